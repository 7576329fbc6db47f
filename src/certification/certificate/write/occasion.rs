//! A batch as the occasion of certificates: what each completed enrolment of it earned.

use entity::batch;

use super::draft::{Deed, Earned, Letterhead};
use crate::{
    access::context::Work,
    certification::certificate::{payload, rule},
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
    /// Who issues them, and for which program.
    pub letterhead: Letterhead,
    batch: batch::Model,
    kind: BatchKind,
    rule: PassRule,
    minutes: Minutes,
}

impl Occasion {
    /// What certificates of the batch of `origin`, which the caller holds locked, have in common.
    pub async fn of(
        work: &Work<'_>,
        origin: Origin,
        minutes: Minutes,
        valid_until: Option<chrono::NaiveDate>,
    ) -> Result<Self> {
        let Origin { batch, program } = origin;
        let kind = BatchKind::parse(&batch.kind).map_err(|f| Error::internal("batch.kind", f.code))?;
        let rule = pass_rule(&program)?;
        let letterhead = Letterhead::of(work, program, batch.provider_id, valid_until).await?;
        Ok(Self { letterhead, batch, kind, rule, minutes })
    }

    /// What `due` earned in it.
    ///
    /// # Errors
    /// As [`rule::require_met`].
    pub fn deed<'a>(&self, due: &'a Issuable) -> Result<Deed<'a>> {
        let enrolment = &due.enrolment;
        let jp = enrolment
            .jp_earned
            .ok_or_else(|| Error::internal("issue a certificate", "the completed enrolment earned no JP"))?;
        let assessment = completion::assess(&self.rule, &self.minutes.recorded(enrolment)?);
        rule::require_met(&assessment, enrolment.id)?;
        let generation =
            u32::try_from(self.batch.generation).map_err(|e| Error::internal("batch.generation", e))?;
        let batch = payload::Batch {
            id: self.batch.id,
            name: Some(self.batch.name.clone()).filter(|name| !name.is_empty()),
            kind: self.kind,
            generation,
        };
        Ok(Deed {
            person: &due.person,
            jp,
            starts_on: self.batch.starts_on,
            ends_on: self.batch.ends_on,
            origin: Earned::Training { enrolment: enrolment.id, completion: enrolment.completions, batch },
            completion: assessment.lines.iter().map(Into::into).collect(),
        })
    }
}
