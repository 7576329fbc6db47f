//! Files beside an artefact: what they are is found out from their bytes, how large they may be is bounded,
//! and they are handed out as files to keep, never to be shown or run in the browser.

use bytes::Bytes;
use entity::{artefact_attachment, artefact_version};
use futures_util::stream::BoxStream;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};
use uuid::Uuid;

use super::{
    forget,
    lock::{lock, person},
    versions::{json, seen},
    view::{ArtefactId, Attachment, AttachmentId},
};
use crate::{
    access::{
        action::Action,
        actor::Permit,
        context::{Command, Ctx, Work},
        scope,
    },
    community::group::lock as community_lock,
    foundation::{
        error::{Error, Fault, Result},
        event::Event,
        text,
    },
};

/// The most bytes of one file.
pub const MAX_BYTES: usize = 10 * 1024 * 1024;
/// The most files that are brought to one artefact over the years.
const MAX_FILES: u64 = 200;

/// What a file may be: what teachers exchange, and nothing that runs.
const TAKEN: &[&str] = &[
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.spreadsheet",
    "application/vnd.oasis.opendocument.presentation",
    "image/png",
    "image/jpeg",
    "image/webp",
    "audio/mpeg",
    "text/plain",
];

/// What the bytes are, by looking at them.
///
/// # Errors
/// `file_empty`; `file_type_not_taken` with `found` and `allowed`.
pub fn sniff(bytes: &[u8]) -> Result<&'static str> {
    if bytes.is_empty() {
        return Err(Error::invalid("", "file_empty"));
    }
    let found = infer::get(bytes).map(|kind| kind.mime_type());
    let found = found.or_else(|| is_plain(bytes).then_some("text/plain")).unwrap_or("unknown");
    match TAKEN.iter().find(|taken| **taken == found) {
        Some(taken) => Ok(taken),
        None => {
            let fault = Fault::new("", "file_type_not_taken").with("found", found);
            Err(Error::Invalid(vec![fault.with("allowed", TAKEN.join(", "))]))
        }
    }
}

/// Text that is nothing else: UTF-8 without control characters, and no markup that a browser would run.
fn is_plain(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let start = text.trim_start().get(..1).unwrap_or_default();
    start != "<" && !text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
}

/// That the caller may bring files to this artefact; asked before anything is read from it.
///
/// # Errors
/// `unauthenticated`, `forbidden`, `not_found`.
pub async fn permit(ctx: &Ctx, id: ArtefactId) -> Result<()> {
    ctx.actor.require_role_for(Action::ArtefactAttach)?;
    let (row, _) = seen(ctx, id).await?;
    let community = scope::communities(&ctx.actor)?
        .filter(entity::community::Column::Id.eq(row.community_id))
        .one(ctx.db())
        .await?
        .ok_or(Error::NotFound("community"))?;
    let place = community_lock::place(ctx.db(), &ctx.actor, &community).await?;
    ctx.actor.permit(Action::ArtefactAttach, &place).map(|_| ())
}

/// Keeps the bytes and notes the file beside the artefact.
///
/// # Errors
/// Those of [`sniff`] and [`permit`]; `too_large`; a name that is no line of text; `unavailable` when the
/// store of files is away.
pub async fn bring(ctx: &Ctx, id: ArtefactId, filename: &str, bytes: Bytes) -> Result<Attachment> {
    let filename = self::filename(filename)
        .map_err(|fault| Error::Invalid(vec![Fault { pointer: "/filename".to_owned(), ..fault }]))?;
    if bytes.len() > MAX_BYTES {
        return Err(Error::TooLarge(MAX_BYTES as u64));
    }
    let media_type = sniff(&bytes)?;
    let size = i64::try_from(bytes.len()).map_err(|e| Error::internal("a file's size", e))?;
    // Bytes without a row harm nobody: they are found by nothing, and the next one with them is no copy.
    let sha256 = ctx.services.blobs.put(bytes.clone()).await?;
    ctx.write(AttachArtefact { id, file: File { filename, media_type, size, sha256, bytes } }).await
}

/// A file's name: one line, no folder, at most 120 characters.
fn filename(raw: &str) -> std::result::Result<String, Fault> {
    let name = text::line(raw, 120)?;
    if name.contains(['/', '\\']) || name.starts_with('.') {
        return Err(Fault::new("", "file_name_malformed"));
    }
    Ok(name)
}

/// What is known of a file that is kept.
#[derive(Debug, Clone)]
struct File {
    filename: String,
    media_type: &'static str,
    size: i64,
    sha256: String,
    bytes: Bytes,
}

/// Notes a file beside an artefact. The next version says whether it belongs to it.
struct AttachArtefact {
    id: ArtefactId,
    file: File,
}

impl Command for AttachArtefact {
    type Output = Attachment;
    const ACTION: Action = Action::ArtefactAttach;

    async fn run(&self, work: &Work<'_>) -> Result<Attachment> {
        let held = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &held.community.place)?;
        held.community.status.require_alive()?;
        let by = person(work, Self::ACTION)?;
        let had = artefact_attachment::Entity::find()
            .filter(artefact_attachment::Column::ArtefactId.eq(held.row.id));
        if had.count(work.db()).await? >= MAX_FILES {
            let fault = Fault::new("", "artefact_files_too_many").with("max", MAX_FILES);
            return Err(Error::conflict_with(fault));
        }
        let row = artefact_attachment::Model {
            id: work.new_id(),
            artefact_id: held.row.id,
            filename: self.file.filename.clone(),
            media_type: self.file.media_type.to_owned(),
            bytes: self.file.size,
            sha256: self.file.sha256.clone(),
            uploaded_by: by,
            created_at: work.now(),
        };
        note(work, &permit, row.clone()).await?;
        forget::claim(work, &permit, &row.sha256).await?;
        if !work.services.blobs.has(&row.sha256).await? {
            // The last row of the same bytes went, and they with it, after they were put.
            work.services.blobs.put(self.file.bytes.clone()).await?;
        }
        let event = Event::new("artefact.attached", "artefact", held.row.id, held.row.version)
            .in_region(Some(held.row.region_code.clone()))
            .with(serde_json::json!({
                "communityId": held.row.community_id,
                "attachmentId": row.id,
                "mediaType": row.media_type,
                "bytes": row.bytes,
                "sha256": row.sha256,
            }));
        work.emit(event).await?;
        Ok(row.into())
    }
}

async fn note(work: &Work<'_>, _: &Permit, row: artefact_attachment::Model) -> Result<()> {
    artefact_attachment::Entity::insert(row.into_active_model()).exec_without_returning(work.db()).await?;
    Ok(())
}

/// A file with its bytes.
pub struct Content {
    /// What it is.
    pub attachment: Attachment,
    /// Its bytes, piece by piece.
    pub bytes: BoxStream<'static, Result<Bytes>>,
}

/// A file that the caller may read: its community any, everyone else those of the published version.
///
/// # Errors
/// `not_found`; `unavailable` when the store of files is away.
pub async fn content(ctx: &Ctx, id: AttachmentId) -> Result<Content> {
    let missing = || Error::NotFound("attachment");
    let query =
        scope::artefact_attachments(&ctx.actor)?.filter(artefact_attachment::Column::Id.eq(id.uuid()));
    let row = query.one(ctx.db()).await?.ok_or_else(missing)?;
    let (artefact, inside) = seen(ctx, row.artefact_id.into()).await?;
    if !inside {
        let key = (artefact.id, artefact.published.ok_or_else(missing)?);
        let version = artefact_version::Entity::find_by_id(key).one(ctx.db()).await?.ok_or_else(missing)?;
        let listed: Vec<Uuid> = json("artefact_version.attachments", version.attachments)?;
        if !listed.contains(&row.id) {
            return Err(missing());
        }
    }
    let bytes = ctx.services.blobs.get(&row.sha256).await?;
    let bytes = bytes.ok_or_else(|| Error::internal("read a file", format!("{} is missing", row.id)))?;
    Ok(Content { attachment: row.into(), bytes })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_file_is_what_its_bytes_say() {
        assert_eq!(sniff(b"%PDF-1.7\n").unwrap(), "application/pdf");
        assert_eq!(sniff(b"\x89PNG\r\n\x1a\n").unwrap(), "image/png");
        assert_eq!(sniff("Soal 1: berapa 2 × 3?\n".as_bytes()).unwrap(), "text/plain");
        for (bad, what) in [
            (&b"MZ\x90\x00"[..], "a program"),
            (b"<html><script>", "a page"),
            (b"  <svg onload=", "a drawing that runs"),
            (b"#!/bin/sh\x00", "a script with a zero"),
            (b"\x1f\x8b\x08", "an archive"),
            (b"PK\x03\x04", "an archive of anything"),
        ] {
            assert!(sniff(bad).is_err(), "{what}");
        }
        assert_eq!(sniff(b"").unwrap_err().code(), "invalid");
    }

    #[test]
    fn a_name_is_no_path() {
        assert_eq!(filename(" soal.pdf ").unwrap(), "soal.pdf");
        for bad in ["../soal.pdf", "a/b", "a\\b", ".htaccess", "", "a\nb"] {
            assert!(filename(bad).is_err(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_are_taken_for_what_is_not_on_the_list(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            if let Ok(taken) = sniff(&bytes) {
                prop_assert!(TAKEN.contains(&taken));
            }
        }
    }
}
