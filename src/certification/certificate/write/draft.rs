//! What a certificate will say, gathered under locks: the rows it refers to cannot be
//! changed or retired while it is written.

use std::collections::HashMap;

use chrono::NaiveDate;
use entity::{batch, certificate, organisation, program, school};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::LockType};
use uuid::Uuid;

use crate::{
    access::context::Work,
    certification::certificate::{
        number::Facts,
        payload::{self, Payload, SCHEMA_VERSION, Signed, WholeSeconds},
        rule,
        state::State,
        verification_id::VerificationId,
    },
    foundation::error::{Error, Result},
    training::{
        batch::rule::BatchKind,
        enrolment::{
            completion,
            issue::{Issuable, Origin},
            record::{Minutes, pass_rule},
        },
        program::rule::PassRule,
    },
};

/// What all certificates of a batch have in common.
pub struct Occasion {
    batch: batch::Model,
    program: program::Model,
    provider: organisation::Model,
    rule: PassRule,
    minutes: Minutes,
    kind: BatchKind,
    issued_at: WholeSeconds,
    issued_on: NaiveDate,
    valid_until: Option<NaiveDate>,
}

/// A certificate that wants only its place in the order of changes.
pub struct Draft {
    /// Its row; `changed_pos` is not yet known.
    pub row: certificate::Model,
    /// What it says.
    pub payload: Payload,
}

impl Occasion {
    /// What certificates of `batch`, which the caller holds locked, have in common.
    pub async fn of(
        work: &Work<'_>,
        origin: Origin,
        minutes: Minutes,
        valid_until: Option<NaiveDate>,
    ) -> Result<Self> {
        let Origin { batch, program } = origin;
        let provider = organisation::Entity::find_by_id(batch.provider_id).lock(LockType::KeyShare);
        let provider = provider.one(work.db()).await?;
        let provider = provider.ok_or_else(|| Error::internal("issue", "the provider is missing"))?;
        let now = work.now();
        Ok(Self {
            rule: pass_rule(&program)?,
            kind: BatchKind::parse(&batch.kind).map_err(|f| Error::internal("batch.kind", f.code))?,
            issued_at: WholeSeconds::of(now),
            issued_on: work.services.issuer_day(now),
            batch,
            program,
            provider,
            minutes,
            valid_until,
        })
    }

    /// What numbers of this occasion are made of.
    pub fn facts(&self) -> Facts<'_> {
        Facts { provider: &self.provider.code, program: &self.program.code, issued_on: self.issued_on }
    }

    /// What the certificate of `due`, whose home school is `school`, will be.
    pub fn draft(
        &self,
        work: &Work<'_>,
        due: &Issuable,
        school: Option<&school::Model>,
        number: String,
    ) -> Result<Draft> {
        let verification_id = VerificationId::from_bytes(work.tx.random());
        let hours = due
            .enrolment
            .jp_earned
            .ok_or_else(|| Error::internal("issue a certificate", "the completed enrolment earned no JP"))?;
        let row = certificate::Model {
            id: work.new_id(),
            number,
            verification_id: verification_id.to_string(),
            source: "training".to_owned(),
            enrolment_id: Some(due.enrolment.id),
            completion: Some(due.enrolment.completions),
            person_id: due.person.id,
            program_id: self.program.id,
            batch_id: Some(self.batch.id),
            provider_id: self.provider.id,
            school_id: school.map(|school| school.id),
            region_code: due.person.region_code.clone(),
            holder_name: due.person.name.clone(),
            title: self.program.title.clone(),
            hours_jp: hours,
            kind: self.kind.as_str().to_owned(),
            generation: self.batch.generation,
            starts_on: self.batch.starts_on,
            ends_on: self.batch.ends_on,
            status: State::Valid.as_str().to_owned(),
            status_reason: None,
            issued_at: self.issued_at.instant(),
            valid_until: self.valid_until,
            superseded_by: None,
            changed_at: work.now(),
            changed_pos: 0,
            version: 1,
        };
        let payload = self.payload(&row, verification_id, due, school)?;
        Ok(Draft { row, payload })
    }

    fn payload(
        &self,
        row: &certificate::Model,
        verification_id: VerificationId,
        due: &Issuable,
        school: Option<&school::Model>,
    ) -> Result<Payload> {
        let whole = |number: i32| u32::try_from(number).map_err(|e| Error::internal("a certificate", e));
        let assessment = completion::assess(&self.rule, &self.minutes.recorded(&due.enrolment)?);
        rule::require_met(&assessment, due.enrolment.id)?;
        let person = &due.person;
        Ok(Payload {
            schema_version: SCHEMA_VERSION,
            certificate_id: row.id,
            number: row.number.clone(),
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
                jp: whole(row.hours_jp)?,
            },
            batch: payload::Batch {
                id: self.batch.id,
                name: Some(self.batch.name.clone()).filter(|name| !name.is_empty()),
                kind: self.kind,
                generation: whole(self.batch.generation)?,
            },
            start_date: self.batch.starts_on,
            end_date: self.batch.ends_on,
            issued_at: self.issued_at,
            valid_until: self.valid_until,
            completion: assessment.lines.iter().map(Into::into).collect(),
        })
    }
}

/// The home schools of these holders by id, held still.
pub async fn schools(work: &Work<'_>, due: &[Issuable]) -> Result<HashMap<Uuid, school::Model>> {
    let mut ids: Vec<Uuid> = due.iter().filter_map(|one| one.person.school_id).collect();
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
