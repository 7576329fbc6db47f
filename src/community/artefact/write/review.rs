//! Saying what one thinks of a version.

use entity::{artefact_author, artefact_review};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    sea_query::OnConflict,
};

use super::update;
use crate::{
    access::{
        action::Action,
        context::{Command, Work},
    },
    community::artefact::{
        input::{self, ReviewArtefactInput},
        lock::{lock, person},
        rule::Verdict,
        view::{Artefact, ArtefactId},
    },
    foundation::error::{Error, Fault, Faults, Result},
};

/// Says what a colleague thinks of the newest version; said again, it replaces what was said.
pub struct ReviewArtefact {
    /// Which one.
    pub id: ArtefactId,
    /// What.
    pub input: ReviewArtefactInput,
}

impl Command for ReviewArtefact {
    type Output = Artefact;
    const ACTION: Action = Action::ArtefactReview;

    async fn run(&self, work: &Work<'_>) -> Result<Artefact> {
        let held = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &held.community.place)?;
        let reviewer = person(work, Self::ACTION)?;
        let mut faults = Faults::new();
        let comment = faults.take("/comment", input::comment(self.input.comment.as_deref()));
        let silent = matches!(comment, Some(None)) && self.input.verdict == Verdict::ChangesWanted;
        faults.require(!silent, "/comment", "reason_missing");
        faults.done()?;
        if self.input.number != held.row.latest {
            let fault = Fault::new("/number", "artefact_version_not_newest").with("latest", held.row.latest);
            return Err(Error::conflict_with(fault));
        }
        let own = artefact_author::Entity::find()
            .filter(artefact_author::Column::ArtefactId.eq(held.row.id))
            .filter(artefact_author::Column::PersonId.eq(reviewer));
        if own.count(work.db()).await? > 0 {
            return Err(Error::conflict("artefact_review_of_own"));
        }
        let said = artefact_review::ActiveModel {
            artefact_id: Set(held.row.id),
            number: Set(self.input.number),
            reviewer_id: Set(reviewer),
            verdict: Set(self.input.verdict.as_str().to_owned()),
            comment: Set(comment.flatten()),
            created_at: Set(work.now()),
        };
        use artefact_review::Column::{
            ArtefactId as Of, Comment, CreatedAt, Number, ReviewerId, Verdict as Said,
        };
        let again = OnConflict::columns([Of, Number, ReviewerId])
            .update_columns([Said, Comment, CreatedAt])
            .to_owned();
        artefact_review::Entity::insert(said).on_conflict(again).exec_without_returning(work.db()).await?;
        let change = held.row.clone().into_active_model();
        update(work, &permit, "artefact.reviewed", &held.row, change).await
    }
}
