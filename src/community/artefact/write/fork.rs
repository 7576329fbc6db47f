//! Carrying on what another community made.

use entity::{
    artefact::{Column, Entity, Model},
    artefact_attachment, artefact_version,
};
use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter, QueryOrder, sea_query::Expr,
};
use uuid::Uuid;

use super::{happened, insert};
use crate::{
    access::{
        action::Action,
        actor::Permit,
        context::{Command, Work},
        scope,
    },
    community::{
        artefact::{
            input::ForkArtefactInput,
            lock::{licence, person},
            rule::{self, ArtefactStatus, Audience},
            versions::{json, stored},
            view::{Artefact, ArtefactId},
        },
        group::lock as community_lock,
    },
    foundation::{
        error::{Error, Faults, Result},
        text,
    },
};

/// Begins an artefact of one's own community with what another one published.
pub struct ForkArtefact {
    /// What is carried on.
    pub id: ArtefactId,
    /// Where, and how it is called there.
    pub input: ForkArtefactInput,
}

impl Command for ForkArtefact {
    type Output = Artefact;
    const ACTION: Action = Action::ArtefactFork;

    async fn run(&self, work: &Work<'_>) -> Result<Artefact> {
        let seen = scope::artefacts(work.actor)?.filter(Column::Id.eq(self.id.uuid()));
        let source = seen.one(work.db()).await?.ok_or(Error::NotFound("artefact"))?;
        let held = community_lock::lock(work, self.input.community_id).await?;
        let permit = work.permit(Self::ACTION, &held.place)?;
        held.status.require_alive()?;
        let author = person(work, Self::ACTION)?;
        let mut faults = Faults::new();
        let title = self.input.title.as_deref().map(|raw| faults.take("/title", text::line(raw, 200)));
        faults.done()?;
        // What went out to its own community alone nobody approved; it goes nowhere else.
        let out = source.status == ArtefactStatus::Published.as_str()
            && source.audience.as_deref() != Some(Audience::Community.as_str());
        let number = source.published.filter(|_| out).ok_or_else(unpublished)?;
        if source.community_id == held.row.id {
            return Err(Error::conflict("artefact_fork_of_own"));
        }
        let wanted = self.input.licence.map_or_else(|| licence(&source), Ok)?;
        licence(&source)?.require(wanted)?;
        let carried = artefact_version::Entity::find_by_id((source.id, number)).one(work.db()).await?;
        let carried = carried.ok_or_else(|| Error::internal("fork", "the published version is missing"))?;
        let row = Model {
            id: work.new_id(),
            community_id: held.row.id,
            audience_region: rule::regency(&held.row.region_code).to_owned(),
            region_code: held.row.region_code.clone(),
            title: title.flatten().unwrap_or_else(|| source.title.clone()),
            licence: wanted.as_str().to_owned(),
            status: ArtefactStatus::Draft.as_str().to_owned(),
            status_reason: None,
            audience: None,
            activity_id: None,
            forked_from_id: Some(source.id),
            forked_from_number: Some(number),
            forks: 0,
            latest: 1,
            published: None,
            published_at: None,
            version: 1,
            created_at: work.now(),
            updated_at: work.now(),
            ..source.clone()
        };
        let files = carry_files(work, &carried, row.id, author).await?;
        let first = artefact_version::Model {
            artefact_id: row.id,
            number: 1,
            attachments: stored(files.iter().map(|file| file.id).collect())?,
            note: None,
            written_by: author,
            created_at: work.now(),
            ..carried
        };
        let told = count_up(work, &source).await?;
        let made = insert(work, &permit, row, first).await?;
        attach(work, &permit, files).await?;
        work.emit(happened("artefact.carried_on", &told)).await?;
        Ok(made)
    }
}

/// The files of the version that is carried on, as those of the new artefact. Their bytes are kept once.
async fn carry_files(
    work: &Work<'_>,
    carried: &artefact_version::Model,
    artefact: Uuid,
    by: Uuid,
) -> Result<Vec<artefact_attachment::Model>> {
    let ids: Vec<Uuid> = json("artefact_version.attachments", carried.attachments.clone())?;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = artefact_attachment::Entity::find()
        .filter(artefact_attachment::Column::Id.is_in(ids))
        .order_by_asc(artefact_attachment::Column::Id)
        .all(work.db())
        .await?;
    let carry = |row: artefact_attachment::Model| artefact_attachment::Model {
        id: work.new_id(),
        artefact_id: artefact,
        uploaded_by: by,
        created_at: work.now(),
        ..row
    };
    Ok(rows.into_iter().map(carry).collect())
}

async fn attach(work: &Work<'_>, _: &Permit, files: Vec<artefact_attachment::Model>) -> Result<()> {
    if !files.is_empty() {
        let files = files.into_iter().map(IntoActiveModel::into_active_model);
        artefact_attachment::Entity::insert_many(files).exec_without_returning(work.db()).await?;
    }
    Ok(())
}

/// The source learns that it is carried on, if it still is what was read: it may be taken back meanwhile.
///
/// # Errors
/// `artefact_not_published`.
async fn count_up(work: &Work<'_>, source: &Model) -> Result<Model> {
    let rows = Entity::update_many()
        .col_expr(Column::Forks, Expr::col(Column::Forks).add(1))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .col_expr(Column::UpdatedAt, Expr::value(work.now()))
        .filter(Column::Id.eq(source.id))
        .filter(Column::Status.eq(ArtefactStatus::Published))
        .filter(Column::Published.eq(source.published))
        .exec_with_returning(work.db())
        .await?;
    rows.into_iter().next().ok_or_else(unpublished)
}

fn unpublished() -> Error {
    Error::conflict("artefact_not_published")
}
