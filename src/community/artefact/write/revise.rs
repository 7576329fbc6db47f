//! Writing a new version.

use sea_orm::{ActiveValue::Set, IntoActiveModel};
use uuid::Uuid;

use super::{add_version, update, version};
use crate::{
    access::{
        action::Action,
        context::{Command, Work},
    },
    community::artefact::{
        input::{self, MAX_ATTACHMENTS, ReviseArtefactInput},
        lock::{lock, person},
        rule::MAX_VERSIONS,
        versions::{require_attached, stored},
        view::{Artefact, ArtefactId},
    },
    foundation::{
        error::{Error, Fault, Faults, Result},
        text,
    },
};

/// Adds a version to an artefact. What was published stays published until the new one is.
pub struct ReviseArtefact {
    /// Which one.
    pub id: ArtefactId,
    /// What it now says.
    pub input: ReviseArtefactInput,
}

impl Command for ReviseArtefact {
    type Output = Artefact;
    const ACTION: Action = Action::ArtefactRevise;

    async fn run(&self, work: &Work<'_>) -> Result<Artefact> {
        let held = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &held.community.place)?;
        work.expect(held.row.version)?;
        held.community.status.require_alive()?;
        let author = person(work, Self::ACTION)?;
        if held.row.latest >= MAX_VERSIONS {
            let fault = Fault::new("", "artefact_versions_too_many").with("max", MAX_VERSIONS);
            return Err(Error::conflict_with(fault));
        }
        let mut faults = Faults::new();
        let content = input::content(&mut faults, &self.input.body, &self.input.alignment);
        let note = self.input.note.as_deref().filter(|note| !note.trim().is_empty());
        let note = note.map(|raw| faults.take("/note", text::line(raw, 500)));
        let ids: Vec<Uuid> = self.input.attachment_ids.iter().map(|id| id.uuid()).collect();
        for fault in require_attached(work.db(), held.row.id, &ids, MAX_ATTACHMENTS).await? {
            faults.push(fault);
        }
        faults.done()?;
        let content = content.ok_or_else(|| Error::invalid("", "invalid"))?;
        let number = held.row.latest + 1;
        let mut next = version(work, (held.row.id, number), &content, author)?;
        next.note = note.flatten();
        next.attachments = stored(ids)?;
        add_version(work, &permit, next).await?;
        let mut change = held.row.clone().into_active_model();
        change.latest = Set(number);
        update(work, &permit, "artefact.revised", &held.row, change).await
    }
}
