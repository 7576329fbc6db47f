//! Certificates and their public check.

use async_graphql::{ComplexObject, Context, Lookahead, Object};

use super::{
    list::{self, List},
    loader::{self, CertificateCountOf, CertificatesOf, Shared, SignedOf},
    node::{call, with_key},
};
use crate::{
    certification::certificate::{
        filter::CertificateFilter,
        read::{self, CertificatePlan},
        verification_id::VerificationId,
        verify,
        view::{Certificate, CertificateId, IssuedCertificates, SignedForm, Verification},
        write::{
            IssueBatchCertificates, IssueCertificate, IssueCertificateInput, RevokeCertificate,
            RevokeCertificateInput,
        },
    },
    directory::{
        organisation::view::Organisation,
        person::view::{Person, PersonId},
        school::view::School,
    },
    foundation::{
        error::{Error, Result},
        page::{MAX_EXCHANGE_LIMIT, PageRequest},
    },
    training::{
        batch::view::{Batch, BatchId},
        enrolment::view::Enrolment,
        program::view::Program,
    },
};

#[ComplexObject]
impl Certificate {
    /// Whom it is for; null when they are outside your reach.
    async fn person(&self, ctx: &Context<'_>) -> std::result::Result<Option<Person>, Shared> {
        loader::opt(ctx, self.person_id).await
    }

    /// What was completed, as it is today.
    async fn program(&self, ctx: &Context<'_>) -> std::result::Result<Program, Shared> {
        match &self.joined_program {
            Some(joined) => Ok((**joined).clone()),
            None => loader::one(ctx, self.program_id, "program").await,
        }
    }

    /// Which running of the program.
    async fn batch(&self, ctx: &Context<'_>) -> std::result::Result<Option<Batch>, Shared> {
        loader::edge(ctx, self.batch_id).await
    }

    /// Who issued it, as it is today.
    async fn provider(&self, ctx: &Context<'_>) -> std::result::Result<Organisation, Shared> {
        loader::one(ctx, self.provider_id, "organisation").await
    }

    /// The holder's school on the day of issue, as it is today.
    async fn school(&self, ctx: &Context<'_>) -> std::result::Result<Option<School>, Shared> {
        loader::edge(ctx, self.school_id).await
    }

    /// The enrolment whose completion it certifies; null when it is outside your reach.
    async fn enrolment(&self, ctx: &Context<'_>) -> std::result::Result<Option<Enrolment>, Shared> {
        loader::edge(ctx, self.enrolment_id).await
    }

    /// What was signed: proves the certificate by itself, also offline.
    async fn signed(&self, ctx: &Context<'_>) -> std::result::Result<SignedForm, Shared> {
        match &self.signed {
            Some(signed) => Ok(signed.clone()),
            None => loader::one(ctx, SignedOf(self.id), "certificate").await,
        }
    }
}

/// What the selection below one certificate wants along with it.
pub fn plan(wants: impl Fn(&str) -> bool) -> CertificatePlan {
    CertificatePlan { program: wants("program"), signed: wants("signed") }
}

fn plan_of(certificate: &Lookahead<'_>) -> CertificatePlan {
    plan(|field| certificate.field(field).exists())
}

/// The edge from a person to their certificates. Pages from either end and totals are one statement
/// each for many persons; a cursor is of one person.
pub async fn of_person(
    ctx: &Context<'_>,
    person: PersonId,
    page: Result<PageRequest>,
) -> std::result::Result<List<Certificate>, Shared> {
    let call = call(ctx).map_err(Shared::new)?;
    let page = page.map_err(Shared::new)?;
    let plan = plan(|field| list::wants(ctx, field));
    let found = match page {
        PageRequest { cursor: None, limit, direction, .. } => {
            loader::one(ctx, CertificatesOf { person, limit, direction, plan }, "person").await?
        }
        page => read::of_person(call, person, plan, &page).await.map_err(Shared::new)?,
    };
    let total = match list::wants_total(ctx) {
        true => Some(loader::opt(ctx, CertificateCountOf(person)).await?.unwrap_or_default()),
        false => None,
    };
    Ok(list::connection(found, total))
}

/// Reads.
#[derive(Default)]
pub struct CertificateQuery;

#[Object]
impl CertificateQuery {
    /// The certificates within your reach, in the order in which they were issued or last changed status.
    /// To keep a copy up to date: walk to the end, keep the last `endCursor` you saw, and come back with it
    /// as `after`. That never skips a certificate, whoever writes meanwhile, and repeats none.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn certificates(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to narrow the list by.")] filter: Option<CertificateFilter>,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 1,000, 20 unless said.")]
        first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 1,000.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<Certificate>> {
        let (filter, call) = (filter.unwrap_or_default(), call(ctx)?);
        let page = list::request_up_to(MAX_EXCHANGE_LIMIT, ctx, first, after, last, before)?;
        let plan = plan(|field| list::wants(ctx, field));
        let page = read::list(call, &filter, plan, &page).await?;
        let total = if list::wants_total(ctx) { Some(read::count(call, &filter).await?) } else { None };
        Ok(list::connection(page, total))
    }

    /// One certificate by its id.
    async fn certificate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The certificate's id.")] id: CertificateId,
    ) -> Result<Certificate> {
        read::find(call(ctx)?, id, plan_of(&ctx.look_ahead())).await
    }

    /// Whether a certificate is genuine and what it is worth at this moment, for anyone who holds its
    /// verification id. The holder's name is masked, unless the holder agreed that it is shown whole.
    async fn verification(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The verification id, 26 letters and digits as printed; small letters, spaces and dashes do not matter."
        )]
        id: String,
    ) -> Result<Verification> {
        let id = VerificationId::parse(&id).map_err(|fault| Error::malformed("/id", fault.code))?;
        verify::find(call(ctx)?, id).await
    }
}

/// Commands.
#[derive(Default)]
pub struct CertificateMutation;

#[Object]
impl CertificateMutation {
    /// Certifies a completed enrolment: freezes and signs what it says, and gives it the next number. Once
    /// per completion: a second call is refused with `certificate_already_issued`.
    async fn issue_certificate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "For whom, and until when it is good.")] input: IssueCertificateInput,
    ) -> Result<Certificate> {
        with_key(ctx)?.write(IssueCertificate(input)).await
    }

    /// Certifies everyone who completed the batch and has no certificate for it yet, all together or not at
    /// all. Who had one that was revoked is passed over. Calling it again is safe.
    async fn issue_batch_certificates(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The batch's id.")] id: BatchId,
    ) -> Result<IssuedCertificates> {
        with_key(ctx)?.write(IssueBatchCertificates(id)).await
    }

    /// Takes a certificate back, for a reason and for ever. Verification says so as soon as this is answered.
    async fn revoke_certificate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The certificate's id.")] id: CertificateId,
        #[graphql(desc = "Why.")] input: RevokeCertificateInput,
    ) -> Result<Certificate> {
        with_key(ctx)?.write(RevokeCertificate { id, input }).await
    }
}
