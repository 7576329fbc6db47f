//! What a certificate will say, gathered under locks: the rows it refers to cannot be
//! changed or retired while it is written.

use std::collections::HashMap;

use chrono::NaiveDate;
use entity::{certificate, organisation, person, program, school};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::LockType};
use uuid::Uuid;

use crate::{
    access::context::Work,
    certification::certificate::{
        number::Facts,
        payload::{self, COMMUNITY_SCHEMA_VERSION, Payload, SCHEMA_VERSION, Signed, WholeSeconds},
        state::State,
        verification_id::VerificationId,
    },
    foundation::error::{Error, Result},
};

/// What all certificates of one program that are issued together have in common.
pub struct Letterhead {
    program: program::Model,
    provider: organisation::Model,
    issued_at: WholeSeconds,
    issued_on: NaiveDate,
    valid_until: Option<NaiveDate>,
}

/// Whose hours a certificate says, and how they were earned.
pub struct Deed<'a> {
    /// Whose.
    pub person: &'a person::Model,
    /// Credit hours.
    pub jp: i32,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// Where they were earned.
    pub origin: Earned,
    /// Each requirement with what was asked and reached.
    pub completion: Vec<payload::CompletionLine>,
}

/// Where hours were earned.
pub enum Earned {
    /// In a batch: by which completion of which enrolment.
    Training { enrolment: Uuid, completion: i32, batch: payload::Batch },
    /// In a community.
    Community(payload::Community),
}

/// A certificate that wants only its place in the order of changes.
pub struct Draft {
    /// Its row; `changed_pos` is not yet known.
    pub row: certificate::Model,
    /// What it says.
    pub payload: Payload,
}

impl Letterhead {
    /// Of certificates for `program`, which the caller holds locked, issued by `provider`.
    pub async fn of(
        work: &Work<'_>,
        program: program::Model,
        provider: Uuid,
        valid_until: Option<NaiveDate>,
    ) -> Result<Self> {
        let provider = organisation::Entity::find_by_id(provider).lock(LockType::KeyShare);
        let provider = provider.one(work.db()).await?;
        let provider = provider.ok_or_else(|| Error::internal("issue", "the provider is missing"))?;
        let now = work.now();
        Ok(Self {
            issued_at: WholeSeconds::of(now),
            issued_on: work.services.issuer_day(now),
            program,
            provider,
            valid_until,
        })
    }

    /// What numbers under it are made of.
    pub fn facts(&self) -> Facts<'_> {
        Facts { provider: &self.provider.code, program: &self.program.code, issued_on: self.issued_on }
    }

    /// The certificate of `deed`, whose holder's home school is `school`.
    pub fn draft(
        &self,
        work: &Work<'_>,
        deed: Deed<'_>,
        school: Option<&school::Model>,
        number: String,
    ) -> Result<Draft> {
        let (enrolment_id, completion) = match &deed.origin {
            Earned::Training { enrolment, completion, .. } => (Some(*enrolment), Some(*completion)),
            Earned::Community(_) => (None, None),
        };
        let payload = self.payload(work, deed, school, number)?;
        let (batch, community) = (payload.batch.as_ref(), payload.community.as_ref());
        let whole = |number: u32| i32::try_from(number).map_err(|e| Error::internal("a certificate", e));
        let row = certificate::Model {
            id: payload.certificate_id,
            number: payload.number.clone(),
            verification_id: payload.verification_id.to_string(),
            source: if community.is_some() { "community" } else { "training" }.to_owned(),
            enrolment_id,
            completion,
            person_id: payload.holder.id,
            community_id: community.map(|community| community.id),
            claim_id: community.map(|community| community.claim_id),
            program_id: self.program.id,
            batch_id: batch.map(|batch| batch.id),
            provider_id: self.provider.id,
            school_id: school.map(|school| school.id),
            region_code: payload.holder.region_code.clone(),
            holder_name: payload.holder.name.clone(),
            title: payload.program.title.clone(),
            hours_jp: whole(payload.program.jp)?,
            kind: payload.kind().as_str().to_owned(),
            generation: whole(payload.generation())?,
            starts_on: payload.start_date,
            ends_on: payload.end_date,
            status: State::Valid.as_str().to_owned(),
            status_reason: None,
            issued_at: self.issued_at.instant(),
            valid_until: self.valid_until,
            superseded_by: None,
            changed_at: work.now(),
            changed_pos: 0,
            version: 1,
        };
        Ok(Draft { row, payload })
    }

    fn payload(
        &self,
        work: &Work<'_>,
        deed: Deed<'_>,
        school: Option<&school::Model>,
        number: String,
    ) -> Result<Payload> {
        let jp = u32::try_from(deed.jp).map_err(|e| Error::internal("a certificate", e))?;
        let (schema_version, batch, community) = match deed.origin {
            Earned::Training { batch, .. } => (SCHEMA_VERSION, Some(batch), None),
            Earned::Community(community) => (COMMUNITY_SCHEMA_VERSION, None, Some(community)),
        };
        let person = deed.person;
        let verification_id = VerificationId::from_bytes(work.tx.random());
        Ok(Payload {
            schema_version,
            certificate_id: work.new_id(),
            number,
            verification_id,
            issuer: payload::Issuer { id: self.provider.id, name: self.provider.name.clone() },
            holder: payload::Holder {
                id: person.id,
                name: person.name.clone(),
                person_kind: person.kind.clone(),
                employment: Some(person.employment.clone()),
                school_name: school.map(|school| school.name.clone()),
                npsn: school.map(|school| school.npsn.clone()),
                region_code: person.region_code.clone(),
            },
            program: payload::Program {
                id: self.program.id,
                title: self.program.title.clone(),
                form: self.program.form.clone(),
                jp,
            },
            batch,
            community,
            start_date: deed.starts_on,
            end_date: deed.ends_on,
            issued_at: self.issued_at,
            valid_until: self.valid_until,
            completion: deed.completion,
        })
    }
}

/// The home schools of these holders by id, held still.
pub async fn schools<'a>(
    work: &Work<'_>,
    holders: impl Iterator<Item = &'a person::Model>,
) -> Result<HashMap<Uuid, school::Model>> {
    let mut ids: Vec<Uuid> = holders.filter_map(|holder| holder.school_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let schools = school::Entity::find()
        .filter(school::Column::Id.is_in(ids))
        .order_by_asc(school::Column::Id)
        .lock(LockType::KeyShare)
        .all(work.db())
        .await?;
    Ok(schools.into_iter().map(|row| (row.id, row)).collect())
}

/// Freezes and signs what the drafts say. Signing is work for a processor, not for the
/// thread that serves requests.
pub async fn sign(work: &Work<'_>, drafts: Vec<Draft>) -> Result<Vec<(certificate::Model, Signed)>> {
    let services = work.services.clone();
    let signing = tokio::task::spawn_blocking(move || {
        let signed = |draft: Draft| Ok((draft.row, draft.payload.sign(&services.keyring)?));
        drafts.into_iter().map(signed).collect::<Result<Vec<_>>>()
    });
    signing.await.map_err(|e| Error::internal("sign certificates", e))?
}
