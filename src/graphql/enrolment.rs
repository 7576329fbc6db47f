//! Enrolments.

use async_graphql::{ComplexObject, Context, Lookahead, Object};

use super::{
    batch::plan as batch_plan,
    list::{self, List},
    loader::{self, CertificateOf, RegionKey, Shared},
    node::{call, with_key},
};
use crate::{
    certification::certificate::view::Certificate,
    directory::{person::view::Person, region::view::Region, school::view::School},
    foundation::error::Result,
    training::{
        batch::view::{Batch, BatchId},
        enrolment::{
            read::{self, EnrolmentFilter, EnrolmentPlan, RosterFilter},
            record,
            view::{Completion, CompletionOutcome, Enrolment, EnrolmentId, RankingLine, SelectionOutcome},
            write::{
                AcceptEnrolment, ApplyEnrolment, ApplyEnrolmentInput, CompleteEnrolment, ReapplyEnrolment,
                RejectEnrolment, RejectEnrolmentInput, ReopenEnrolment, ReopenEnrolmentInput, ScoreEnrolment,
                ScoreEnrolmentInput, WaitlistEnrolment, WithdrawEnrolment, WithdrawEnrolmentInput,
            },
        },
    },
};

#[ComplexObject]
impl Enrolment {
    /// Who applied; null when the person has since moved out of your reach.
    async fn person(&self, ctx: &Context<'_>) -> std::result::Result<Option<Person>, Shared> {
        match &self.joined_person {
            Some(joined) => Ok(joined.as_deref().cloned()),
            None => loader::opt(ctx, self.person_id).await,
        }
    }

    /// The batch applied for.
    async fn batch(&self, ctx: &Context<'_>) -> std::result::Result<Batch, Shared> {
        match &self.joined_batch {
            Some(joined) => Ok((**joined).clone()),
            None => loader::one(ctx, self.batch_id, "batch").await,
        }
    }

    /// The person's school when applying.
    async fn school(&self, ctx: &Context<'_>) -> std::result::Result<Option<School>, Shared> {
        loader::edge(ctx, self.school_id).await
    }

    /// The person's region when applying.
    async fn region(&self, ctx: &Context<'_>) -> std::result::Result<Option<Region>, Shared> {
        loader::edge(ctx, self.region_code.clone().map(RegionKey)).await
    }

    /// The certificate of its completion: the one in force, else the latest; null when there is none.
    async fn certificate(&self, ctx: &Context<'_>) -> std::result::Result<Option<Certificate>, Shared> {
        loader::opt(ctx, CertificateOf(self.id)).await
    }
}

#[ComplexObject]
impl RankingLine {
    /// The enrolment; null when it is outside your reach.
    async fn enrolment(&self, ctx: &Context<'_>) -> std::result::Result<Option<Enrolment>, Shared> {
        loader::opt(ctx, self.enrolment_id).await
    }
}

#[ComplexObject]
impl SelectionOutcome {
    /// The enrolment; null when it is outside your reach.
    async fn enrolment(&self, ctx: &Context<'_>) -> std::result::Result<Option<Enrolment>, Shared> {
        loader::opt(ctx, self.enrolment_id).await
    }
}

#[ComplexObject]
impl CompletionOutcome {
    /// The enrolment; null when it is outside your reach.
    async fn enrolment(&self, ctx: &Context<'_>) -> std::result::Result<Option<Enrolment>, Shared> {
        loader::opt(ctx, self.enrolment_id).await
    }
}

/// What the selections below enrolments want along with them.
pub fn plan(rows: &[Lookahead<'_>]) -> EnrolmentPlan {
    let mut plan = EnrolmentPlan::default();
    for row in rows {
        plan.person |= row.field("person").exists();
        let batch = row.field("batch");
        if batch.exists() {
            let (wanted, before) = (batch_plan(&batch), plan.batch.unwrap_or_default());
            plan.batch = Some(wanted.or(before));
        }
    }
    plan
}

/// Reads.
#[derive(Default)]
pub struct EnrolmentQuery;

#[Object]
impl EnrolmentQuery {
    /// The enrolments within your reach, in the order of application: your own for a teacher, the
    /// school's for a principal, those of your batches for a provider, of your region for an officer.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn enrolments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to narrow the list by.")] filter: Option<EnrolmentFilter>,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<Enrolment>> {
        let (filter, call, plan) = (filter.unwrap_or_default(), call(ctx)?, plan(&list::rows(ctx)));
        let page = read::list(call, &filter, plan, &list::request(ctx, first, after, last, before)?).await?;
        let total = if list::wants_total(ctx) { Some(read::count(call, &filter).await?) } else { None };
        Ok(list::connection(page, total))
    }

    /// The roster of a batch within your reach, in the order of application.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn batch_enrolments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The batch's id.")] id: BatchId,
        #[graphql(desc = "What to narrow the list by.")] filter: Option<RosterFilter>,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<Enrolment>> {
        let (filter, call, plan) = (filter.unwrap_or_default(), call(ctx)?, plan(&list::rows(ctx)));
        let page = list::request(ctx, first, after, last, before)?;
        let page = read::roster(call, id, &filter, plan, &page).await?;
        let total = match list::wants_total(ctx) {
            true => Some(read::count_roster(call, id, &filter).await?),
            false => None,
        };
        Ok(list::connection(page, total))
    }

    /// One enrolment by its id; while waitlisted with its place on the waiting list.
    async fn enrolment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The enrolment's id.")] id: EnrolmentId,
    ) -> Result<Enrolment> {
        read::find(call(ctx)?, id, plan(&[ctx.look_ahead()])).await
    }

    /// Each requirement of the program's pass rule with what is asked for, what is recorded, and
    /// whether it is enough.
    async fn enrolment_completion(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The enrolment's id.")] id: EnrolmentId,
    ) -> Result<Completion> {
        record::find_completion(call(ctx)?, id).await
    }
}

/// Commands.
#[derive(Default)]
pub struct EnrolmentMutation;

#[Object]
impl EnrolmentMutation {
    /// Applies for a batch: for yourself, or as a principal for someone of your school. First come: you
    /// get a seat at once, or a place on the waiting list. Least trained first, or when you were turned
    /// down here before: you stay `APPLIED` until the provider decides. `warnings` tell when the program
    /// is meant for others. Who teaches in the batch cannot take part in it.
    async fn apply_enrolment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The batch's id.")] id: BatchId,
        #[graphql(desc = "Who applies; leave out for yourself.")] input: Option<ApplyEnrolmentInput>,
    ) -> Result<Enrolment> {
        let (call, input) = (with_key(ctx)?, input.unwrap_or_default());
        let language = call.language;
        call.write(ApplyEnrolment { batch_id: id, input, language }).await
    }

    /// Takes a withdrawn enrolment up again, at the end of the queue, while the batch still takes applications.
    async fn reapply_enrolment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The enrolment's id.")] id: EnrolmentId,
    ) -> Result<Enrolment> {
        let call = with_key(ctx)?;
        let language = call.language;
        call.write(ReapplyEnrolment { id, language }).await
    }

    /// Gives a seat by hand to one who applied or waits. `seats_exhausted` when there is none.
    async fn accept_enrolment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The enrolment's id.")] id: EnrolmentId,
    ) -> Result<Enrolment> {
        with_key(ctx)?.write(AcceptEnrolment(id)).await
    }

    /// Puts one who applied on the waiting list.
    async fn waitlist_enrolment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The enrolment's id.")] id: EnrolmentId,
    ) -> Result<Enrolment> {
        with_key(ctx)?.write(WaitlistEnrolment(id)).await
    }

    /// Turns someone down for a reason. One who has a seat only while nothing of their attendance was
    /// recorded; the seat goes to the first of the waiting list.
    async fn reject_enrolment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The enrolment's id.")] id: EnrolmentId,
        #[graphql(desc = "Why.")] input: RejectEnrolmentInput,
    ) -> Result<Enrolment> {
        with_key(ctx)?.write(RejectEnrolment { id, input }).await
    }

    /// Gives an application, a place on the waiting list or a seat up. Whoever gives up a seat says why;
    /// the seat goes to the first of the waiting list.
    async fn withdraw_enrolment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The enrolment's id.")] id: EnrolmentId,
        #[graphql(desc = "Why; needed when a seat is given up.")] input: Option<WithdrawEnrolmentInput>,
    ) -> Result<Enrolment> {
        with_key(ctx)?.write(WithdrawEnrolment { id, input: input.unwrap_or_default() }).await
    }

    /// Gives a score, 0 to 100, in place of an earlier one; until the enrolment is decided.
    async fn score_enrolment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The enrolment's id.")] id: EnrolmentId,
        #[graphql(desc = "The score.")] input: ScoreEnrolmentInput,
    ) -> Result<Enrolment> {
        with_key(ctx)?.write(ScoreEnrolment { id, input }).await
    }

    /// Decides by the program's pass rule: `COMPLETED` with the credit hours earned, or `NOT_COMPLETED`
    /// with what is missing. While the batch runs, only once every session has ended.
    async fn complete_enrolment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The enrolment's id.")] id: EnrolmentId,
    ) -> Result<Enrolment> {
        with_key(ctx)?.write(CompleteEnrolment(id)).await
    }

    /// Takes a decision back for a reason, so that attendance or score can be put right; only while no
    /// certificate of it is valid, and not in a cancelled batch.
    async fn reopen_enrolment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The enrolment's id.")] id: EnrolmentId,
        #[graphql(desc = "Why.")] input: ReopenEnrolmentInput,
    ) -> Result<Enrolment> {
        with_key(ctx)?.write(ReopenEnrolment { id, input }).await
    }
}
