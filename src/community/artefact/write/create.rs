//! Beginning an artefact, and changing what it is called.

use entity::{activity, artefact::Model};
use sea_orm::{ActiveValue::Set, ColumnTrait, IntoActiveModel, PaginatorTrait, QueryFilter};

use super::{insert, update, version};
use crate::{
    access::{
        action::Action,
        context::{Command, Work},
        scope,
    },
    community::{
        artefact::{
            input::{self, CreateArtefactInput, UpdateArtefactInput},
            lock::{lock, person},
            rule::{self, ArtefactStatus, Audience},
            view::{Artefact, ArtefactId},
        },
        group::{lock as community_lock, view::CommunityId},
    },
    foundation::{
        error::{Error, Faults, Result},
        patch, text, version,
    },
};
use version as versions;

/// Begins an artefact of a community.
pub struct CreateArtefact {
    /// Whose it is.
    pub community: CommunityId,
    /// What it is.
    pub input: CreateArtefactInput,
}

impl Command for CreateArtefact {
    type Output = Artefact;
    const ACTION: Action = Action::ArtefactCreate;

    async fn run(&self, work: &Work<'_>) -> Result<Artefact> {
        let held = community_lock::lock(work, self.community).await?;
        let permit = work.permit(Self::ACTION, &held.place)?;
        held.status.require_alive()?;
        let author = person(work, Self::ACTION)?;
        let given = &self.input;
        let mut faults = Faults::new();
        let title = faults.take("/title", text::line(&given.title, 200));
        let summary = faults.take("/summary", input::summary(given.summary.as_deref().unwrap_or_default()));
        let subject = given.subject.as_deref().map(|raw| faults.take("/subject", text::line(raw, 60)));
        let content = input::content(&mut faults, &given.body, &given.alignment);
        if let Some(activity) = given.activity_id {
            let ours = scope::activities(work.actor)?
                .filter(activity::Column::Id.eq(activity.uuid()))
                .filter(activity::Column::CommunityId.eq(held.row.id));
            faults.require(ours.count(work.db()).await? > 0, "/activityId", "reference_unknown");
        }
        faults.done()?;
        let (Some(title), Some(summary), Some(content)) = (title, summary, content) else {
            return Err(Error::invalid("", "invalid"));
        };
        let row = Model {
            id: work.new_id(),
            community_id: held.row.id,
            audience_region: rule::regency(&held.row.region_code).to_owned(),
            region_code: held.row.region_code.clone(),
            kind: given.kind.as_str().to_owned(),
            title,
            summary,
            subject: subject.flatten(),
            level: given.level.map(|level| level.as_str().to_owned()),
            licence: given.licence.as_str().to_owned(),
            status: ArtefactStatus::Draft.as_str().to_owned(),
            status_reason: None,
            audience: None,
            activity_id: given.activity_id.map(|id| id.uuid()),
            forked_from_id: None,
            forked_from_number: None,
            forks: 0,
            latest: 1,
            published: None,
            published_at: None,
            version: 1,
            created_at: work.now(),
            updated_at: work.now(),
        };
        let first = super::version(work, (row.id, 1), &content, author)?;
        insert(work, &permit, row, first).await
    }
}

/// Changes what an artefact is called and for whom it is.
pub struct UpdateArtefact {
    /// Which one.
    pub id: ArtefactId,
    /// The version the caller read.
    pub version: Option<i64>,
    /// The changes.
    pub input: UpdateArtefactInput,
}

impl Command for UpdateArtefact {
    type Output = Artefact;
    const ACTION: Action = Action::ArtefactUpdate;

    async fn run(&self, work: &Work<'_>) -> Result<Artefact> {
        let held = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &held.community.place)?;
        versions::check(self.version, held.row.version)?;
        held.community.status.require_alive()?;
        require_not_out(&held.row)?;
        let mut faults = Faults::new();
        let title = patch::required(&mut faults, "/title", &self.input.title, |raw| text::line(raw, 200));
        let summary =
            patch::optional(&mut faults, "/summary", &self.input.summary, |raw| input::summary(raw));
        let subject =
            patch::optional(&mut faults, "/subject", &self.input.subject, |raw| text::line(raw, 60));
        let level = patch::optional(&mut faults, "/level", &self.input.level, |level| Ok(*level));
        faults.done()?;
        let mut change = held.row.clone().into_active_model();
        if let Some(title) = title {
            change.title = Set(title);
        }
        if let Some(summary) = summary {
            change.summary = Set(summary.unwrap_or_default());
        }
        if let Some(subject) = subject {
            change.subject = Set(subject);
        }
        if let Some(level) = level {
            change.level = Set(level.map(|level| level.as_str().to_owned()));
        }
        update(work, &permit, "artefact.updated", &held.row, change).await
    }
}

/// That it is not out beyond its community: there its words are those that a colleague approved.
fn require_not_out(row: &Model) -> Result<()> {
    let out = row.status == ArtefactStatus::Published.as_str()
        && row.audience.as_deref() != Some(Audience::Community.as_str());
    if out { Err(Error::conflict("artefact_out")) } else { Ok(()) }
}
