//! Taking a file away again, before anybody approved or published it.

use entity::{artefact_attachment, artefact_author, artefact_review, artefact_version};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter,
};
use uuid::Uuid;

use super::update;
use crate::{
    access::{
        action::Action,
        actor::Permit,
        context::{Command, Work},
        scope,
    },
    community::artefact::{
        forget,
        lock::{lock, person},
        versions::{json, stored},
        view::{Attachment, AttachmentId},
    },
    foundation::error::{Error, Result},
};

/// Takes a file away from an artefact, and from its draft versions that name it.
pub struct DetachArtefact {
    /// Which file.
    pub id: AttachmentId,
}

impl Command for DetachArtefact {
    type Output = Attachment;
    const ACTION: Action = Action::ArtefactDetach;

    async fn run(&self, work: &Work<'_>) -> Result<Attachment> {
        let id = self.id.uuid();
        let seen = scope::artefact_attachments(work.actor)?.filter(artefact_attachment::Column::Id.eq(id));
        let of = seen.clone().one(work.db()).await?.ok_or(Error::NotFound("attachment"))?.artefact_id;
        let held = lock(work, of.into()).await?;
        let permit = work.permit(Self::ACTION, &held.community.place)?;
        // Another call may have been first.
        let row = seen.one(work.db()).await?.ok_or(Error::NotFound("attachment"))?;
        held.community.status.require_alive()?;
        let caller = person(work, Self::ACTION)?;
        if row.uploaded_by != caller && !is_author(work, of, caller).await? {
            return Err(Error::Forbidden(Self::ACTION.name()));
        }
        let naming = naming(work, of, id).await?;
        let out =
            |version: &&artefact_version::Model| held.row.published.is_some_and(|n| version.number <= n);
        if naming.iter().any(|version| out(&version)) {
            return Err(Error::conflict("attachment_published"));
        }
        require_unreviewed(work, of, &naming).await?;
        detach(work, &permit, &row, naming).await?;
        let change = held.row.clone().into_active_model();
        update(work, &permit, "artefact.detached", &held.row, change).await?;
        Ok(row.into())
    }
}

async fn is_author(work: &Work<'_>, artefact: Uuid, person: Uuid) -> Result<bool> {
    Ok(artefact_author::Entity::find_by_id((artefact, person)).one(work.db()).await?.is_some())
}

/// The versions that name a file.
async fn naming(work: &Work<'_>, artefact: Uuid, file: Uuid) -> Result<Vec<artefact_version::Model>> {
    let all = artefact_version::Entity::find().filter(artefact_version::Column::ArtefactId.eq(artefact));
    let mut naming = Vec::new();
    for version in all.all(work.db()).await? {
        if listed(&version)?.contains(&file) {
            naming.push(version);
        }
    }
    Ok(naming)
}

fn listed(version: &artefact_version::Model) -> Result<Vec<Uuid>> {
    json("artefact_version.attachments", version.attachments.clone())
}

/// What a colleague spoke about stays as it was.
async fn require_unreviewed(
    work: &Work<'_>,
    artefact: Uuid,
    versions: &[artefact_version::Model],
) -> Result<()> {
    let spoken = artefact_review::Entity::find()
        .filter(artefact_review::Column::ArtefactId.eq(artefact))
        .filter(artefact_review::Column::Number.is_in(versions.iter().map(|version| version.number)));
    if spoken.count(work.db()).await? == 0 { Ok(()) } else { Err(Error::conflict("attachment_reviewed")) }
}

async fn detach(
    work: &Work<'_>,
    permit: &Permit,
    row: &artefact_attachment::Model,
    naming: Vec<artefact_version::Model>,
) -> Result<()> {
    for version in naming {
        let rest = listed(&version)?.into_iter().filter(|id| *id != row.id).collect();
        let mut change = version.into_active_model();
        change.attachments = Set(stored(rest)?);
        change.update(work.db()).await?;
    }
    artefact_attachment::Entity::delete_by_id(row.id).exec(work.db()).await?;
    forget::release(work, permit, row.sha256.clone()).await
}
