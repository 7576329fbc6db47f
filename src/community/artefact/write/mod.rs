//! Changing artefacts. Each command locks the community, then the artefact.

mod create;
mod detach;
mod fork;
mod publish;
mod review;
mod revise;

pub use create::{CreateArtefact, UpdateArtefact};
pub use detach::DetachArtefact;
pub use fork::ForkArtefact;
pub use publish::{PublishArtefact, WithdrawArtefact};
pub use review::ReviewArtefact;
pub use revise::ReviseArtefact;

use entity::{
    artefact::{ActiveModel, Entity, Model},
    artefact_author, artefact_version,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel, sea_query::OnConflict};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{input::Content, read, versions::stored_alignment, view::Artefact};
use crate::{
    access::{actor::Permit, context::Work},
    foundation::{
        error::{Error, Result},
        event::Event,
    },
};

/// Puts a new artefact in, with its first version and its author.
async fn insert(
    work: &Work<'_>,
    permit: &Permit,
    row: Model,
    version: artefact_version::Model,
) -> Result<Artefact> {
    Entity::insert(row.clone().into_active_model()).exec_without_returning(work.db()).await?;
    add_version(work, permit, version).await?;
    let event = if row.forked_from_id.is_some() { "artefact.forked" } else { "artefact.created" };
    finish(work, event, row).await
}

/// Puts a version in and names who wrote it.
async fn add_version(work: &Work<'_>, _: &Permit, version: artefact_version::Model) -> Result<()> {
    let author = artefact_author::ActiveModel {
        artefact_id: Set(version.artefact_id),
        person_id: Set(version.written_by),
        created_at: Set(work.now()),
    };
    artefact_version::Entity::insert(version.into_active_model()).exec_without_returning(work.db()).await?;
    let keys = [artefact_author::Column::ArtefactId, artefact_author::Column::PersonId];
    artefact_author::Entity::insert(author)
        .on_conflict(OnConflict::columns(keys).do_nothing().to_owned())
        .exec_without_returning(work.db())
        .await?;
    Ok(())
}

/// A version of this content, by this person, now.
fn version(
    work: &Work<'_>,
    (artefact, number): (Uuid, i32),
    content: &Content,
    written_by: Uuid,
) -> Result<artefact_version::Model> {
    Ok(artefact_version::Model {
        artefact_id: artefact,
        number,
        body: content.body.clone(),
        alignment: stored_alignment(&content.alignment)?,
        attachments: Value::Array(Vec::new()),
        note: None,
        written_by,
        created_at: work.now(),
    })
}

async fn update(
    work: &Work<'_>,
    _: &Permit,
    event: &'static str,
    found: &Model,
    mut change: ActiveModel,
) -> Result<Artefact> {
    change.version = Set(found.version + 1);
    change.updated_at = Set(work.now());
    let row = change.update(work.db()).await?;
    finish(work, event, row).await
}

async fn finish(work: &Work<'_>, event: &'static str, row: Model) -> Result<Artefact> {
    let view = read::views(work.db(), vec![row.clone()]).await?.pop();
    let view = view.ok_or_else(|| Error::internal("read an artefact back", row.id))?;
    work.emit(happened(event, &row)).await?;
    Ok(view)
}

/// What is told of a change to an artefact.
fn happened(event: &'static str, row: &Model) -> Event {
    Event::new(event, "artefact", row.id, row.version).in_region(Some(row.region_code.clone())).with(json!({
        "communityId": row.community_id,
        "kind": row.kind,
        "status": row.status,
        "audience": row.audience,
        "latest": row.latest,
        "published": row.published,
        "forkedFromId": row.forked_from_id,
    }))
}
