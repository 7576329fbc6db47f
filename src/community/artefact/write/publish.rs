//! Letting a version out, and taking it back.

use entity::{artefact_author, artefact_review};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect, QueryTrait,
};

use super::update;
use crate::{
    access::{
        action::Action,
        context::{Command, Work},
    },
    community::artefact::{
        input::{PublishArtefactInput, WithdrawArtefactInput},
        lock::{lock, status},
        rule::{ArtefactStatus, Reviews, Verdict},
        view::{Artefact, ArtefactId},
    },
    foundation::{
        error::{Error, Fault, Faults, Result},
        text::Reason,
    },
};

/// Lets the newest version out.
pub struct PublishArtefact {
    /// Which one.
    pub id: ArtefactId,
    /// To whom.
    pub input: PublishArtefactInput,
}

impl Command for PublishArtefact {
    type Output = Artefact;
    const ACTION: Action = Action::ArtefactPublish;

    async fn run(&self, work: &Work<'_>) -> Result<Artefact> {
        let held = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &held.community.place)?;
        work.expect(held.row.version)?;
        held.community.status.require_alive()?;
        // What was taken back for a reason does not come out again as it was.
        if status(&held.row)? == ArtefactStatus::Withdrawn && held.row.published == Some(held.row.latest) {
            return Err(Error::conflict("artefact_withdrawn"));
        }
        reviews(work, held.row.id, held.row.latest).await?.require(self.input.audience)?;
        let mut change = held.row.clone().into_active_model();
        change.status = Set(ArtefactStatus::Published.as_str().to_owned());
        change.status_reason = Set(None);
        change.audience = Set(Some(self.input.audience.as_str().to_owned()));
        change.published = Set(Some(held.row.latest));
        change.published_at = Set(Some(work.now()));
        update(work, &permit, "artefact.published", &held.row, change).await
    }
}

/// What colleagues who did not write it say about a version.
async fn reviews(work: &Work<'_>, artefact: uuid::Uuid, number: i32) -> Result<Reviews> {
    let authors = artefact_author::Entity::find()
        .select_only()
        .column(artefact_author::Column::PersonId)
        .filter(artefact_author::Column::ArtefactId.eq(artefact))
        .into_query();
    let rows = artefact_review::Entity::find()
        .filter(artefact_review::Column::ArtefactId.eq(artefact))
        .filter(artefact_review::Column::Number.eq(number))
        .filter(artefact_review::Column::ReviewerId.not_in_subquery(authors))
        .all(work.db())
        .await?;
    let verdict = |row: artefact_review::Model| {
        let verdict = Verdict::parse(&row.verdict);
        let verdict = verdict.map_err(|f| Error::internal("artefact_review.verdict", f.code))?;
        Ok((row.reviewer_id.as_u128(), verdict))
    };
    Ok(Reviews::of(rows.into_iter().map(verdict).collect::<Result<Vec<_>>>()?))
}

/// Takes an artefact back: only its community goes on seeing it, and those who look after the region.
pub struct WithdrawArtefact {
    /// Which one.
    pub id: ArtefactId,
    /// Why.
    pub input: WithdrawArtefactInput,
}

impl Command for WithdrawArtefact {
    type Output = Artefact;
    const ACTION: Action = Action::ArtefactWithdraw;

    async fn run(&self, work: &Work<'_>) -> Result<Artefact> {
        let held = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &held.community.place)?;
        work.expect(held.row.version)?;
        let mut faults = Faults::new();
        let reason = faults.take("/reason", Reason::parse(&self.input.reason));
        faults.done()?;
        let Some(reason) = reason else { return Err(Error::invalid("/reason", "reason_missing")) };
        let status = status(&held.row)?;
        if status != ArtefactStatus::Published {
            let fault = Fault::new("", "artefact_not_published").with("status", status);
            return Err(Error::conflict_with(fault));
        }
        let mut change = held.row.clone().into_active_model();
        change.status = Set(ArtefactStatus::Withdrawn.as_str().to_owned());
        change.status_reason = Set(Some(reason.as_str().to_owned()));
        update(work, &permit, "artefact.withdrawn", &held.row, change).await
    }
}
