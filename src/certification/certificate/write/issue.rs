//! Issuing: once per completed enrolment, one by one or for a whole batch.

use std::collections::HashMap;

use async_graphql::InputObject;
use chrono::NaiveDate;
use entity::certificate::{Column, Entity, Model};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{occasion::Occasion, store};
use crate::{
    access::{
        action::Action,
        actor::Permit,
        context::{Command, Work},
    },
    certification::certificate::{
        rule::{self, Earlier},
        state::State,
        view::{Certificate, IssuedCertificates},
    },
    directory::person::rule::require_held,
    foundation::error::{Error, Faults, Result},
    training::{
        batch::{lock, view::BatchId},
        enrolment::{self, issue::Issuable, record::Minutes, view::EnrolmentId},
    },
};

/// For whom to issue, and until when it is good.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct IssueCertificateInput {
    /// The completed enrolment.
    #[schema(value_type = String, format = "uuid")]
    pub enrolment_id: EnrolmentId,
    /// The last day it is good for, today or later; leave out for ever.
    pub valid_until: Option<NaiveDate>,
}

/// Issues the certificate of one completed enrolment.
pub struct IssueCertificate(pub IssueCertificateInput);

impl Command for IssueCertificate {
    type Output = Certificate;
    const ACTION: Action = Action::CertificateIssue;

    async fn run(&self, work: &Work<'_>) -> Result<Certificate> {
        let Self(input) = self;
        let (origin, due) = enrolment::issue::lock_one(work, input.enrolment_id).await?;
        let permit = work.permit(Self::ACTION, &lock::place(&origin.batch))?;
        let enrolled = &due.enrolment;
        let earlier = earlier(work, Column::EnrolmentId.eq(enrolled.id)).await?;
        let earlier = earlier.get(&enrolled.id).map_or(&[][..], Vec::as_slice);
        rule::issuable(due.status, enrolled.completions, earlier)?;
        // Nobody is left whose name it could say.
        require_held(due.person.erased_at)?;
        let mut faults = Faults::new();
        let today = work.services.issuer_day(work.now());
        let until = faults.take("/validUntil", rule::valid_until(input.valid_until, today)).flatten();
        faults.done()?;
        let minutes = Minutes::of_one(work.db(), enrolled).await?;
        let occasion = Occasion::of(work, origin, minutes, until).await?;
        let rows = issue(work, &permit, &occasion, &[due]).await?;
        let row = rows.into_iter().next().ok_or_else(|| Error::internal("issue", "nothing was issued"))?;
        Certificate::of(row, today)
    }
}

/// Issues certificates for all who completed a batch and have none.
pub struct IssueBatchCertificates(pub BatchId);

impl Command for IssueBatchCertificates {
    type Output = IssuedCertificates;
    const ACTION: Action = Action::CertificateIssue;

    async fn run(&self, work: &Work<'_>) -> Result<IssuedCertificates> {
        let (origin, mut due) = enrolment::issue::lock_completed(work, self.0).await?;
        let permit = work.permit(Self::ACTION, &lock::place(&origin.batch))?;
        let earlier = earlier(work, Column::BatchId.eq(origin.batch.id)).await?;
        let (mut passed_over, mut revoked) = (0, Vec::new());
        due.retain(|one| one.person.erased_at.is_none());
        due.retain(|one| {
            let had = earlier.get(&one.enrolment.id).map_or(&[][..], Vec::as_slice);
            let refused = rule::issuable(one.status, one.enrolment.completions, had).err();
            match refused.as_ref().map(Error::code) {
                Some("certificate_revoked_for_completion") => revoked.push(one.enrolment.id.into()),
                Some(_) => passed_over += 1,
                None => {}
            }
            refused.is_none()
        });
        let rows = if due.is_empty() {
            Vec::new()
        } else {
            let minutes = Minutes::of_batch(work.db(), origin.batch.id).await?;
            let occasion = Occasion::of(work, origin, minutes, None).await?;
            issue(work, &permit, &occasion, &due).await?
        };
        Ok(IssuedCertificates {
            batch_id: self.0,
            issued: i64::try_from(rows.len()).unwrap_or(i64::MAX),
            passed_over,
            revoked_enrolment_ids: revoked,
            certificate_ids: rows.into_iter().map(|row| row.id.into()).collect(),
        })
    }
}

/// The certificates that enrolments have had so far, by enrolment.
async fn earlier(work: &Work<'_>, of: Expr) -> Result<HashMap<Uuid, Vec<Earlier>>> {
    let rows = Entity::find().filter(of).all(work.db()).await?;
    let mut by_enrolment: HashMap<Uuid, Vec<Earlier>> = HashMap::new();
    for row in rows {
        let Some(enrolment) = row.enrolment_id else { continue };
        by_enrolment.entry(enrolment).or_default().push(Earlier {
            id: row.id,
            number: row.number,
            state: State::of(&row.status)?,
            completion: row.completion,
        });
    }
    Ok(by_enrolment)
}

/// Issues to `due`, none of whom has a certificate.
async fn issue(
    work: &Work<'_>,
    permit: &Permit,
    occasion: &Occasion,
    due: &[Issuable],
) -> Result<Vec<Model>> {
    let deeds = due.iter().map(|one| occasion.deed(one)).collect::<Result<Vec<_>>>()?;
    store::issue(work, permit, &occasion.letterhead, deeds).await
}
