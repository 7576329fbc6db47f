//! Files that come in over the network: kept on disk while they are imported, then removed.
//!
//! Whoever imports holds a [`Claim`]. A claim that nobody holds any more is of a process that is
//! gone; [`recover`] then says in the import's record that it was cut short.

use std::path::{Path, PathBuf};

use async_graphql::InputObject;
use chrono::NaiveDate;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use tokio::io::AsyncWriteExt;
use utoipa::IntoParams;

use super::claim::Claim;
use super::load::File;
use super::rule::{ImportKind, ImportStatus};
use super::run::{self, Order};
use super::source::{Input, Limits};
use super::view::{Import, ImportId};
use super::write::StartImport;
use crate::access::action::Action;
use crate::access::actor::Place;
use crate::access::context::Ctx;
use crate::directory::school::npsn::Npsn;
use crate::foundation::dates;
use crate::foundation::error::{Error, Faults, Result};
use crate::foundation::transaction::hex;

/// The most an uploaded file may weigh, bytes, as sent.
pub const MAX_UPLOAD: u64 = 256 * 1024 * 1024;

/// What is said about a file that comes as the request's body.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct StartImportParams {
    /// What the file is about.
    #[param(example = "regions")]
    pub kind: ImportKind,
    /// The file's name, to find the import again by.
    #[serde(default = "unnamed")]
    #[param(
        example = "schools_2019_national.csv.gz",
        max_length = 200,
        required = false,
        default = "upload.csv"
    )]
    pub filename: String,
    /// Whether only a report is wanted and nothing shall change.
    #[serde(default)]
    #[param(required = false, default = false)]
    pub dry_run: bool,
    /// School of the persons whose rows name none; a staff list of the school system names none.
    #[param(example = "20106343", max_length = 8)]
    pub npsn: Option<String>,
    /// Last day of the region codes that a changes file replaces; today unless said.
    #[param(example = "2025-06-25")]
    pub ended_on: Option<NaiveDate>,
}

fn unnamed() -> String {
    "upload.csv".to_owned()
}

/// A small file, inside the request.
#[derive(Debug, Clone, InputObject)]
pub struct StartImportInput {
    /// What the file is about.
    pub kind: ImportKind,
    /// The file's name, to find the import again by.
    #[graphql(default_with = "unnamed()")]
    pub filename: String,
    /// The CSV text, header row included. Files too large for a GraphQL request go to `POST /v1/imports`.
    pub content: String,
    /// Whether only a report is wanted and nothing shall change.
    #[graphql(default)]
    pub dry_run: bool,
    /// School of the persons whose rows name none; a staff list of the school system names none.
    pub npsn: Option<String>,
    /// Last day of the region codes that a changes file replaces; today unless said.
    pub ended_on: Option<NaiveDate>,
}

impl StartImportInput {
    /// The content, and what is said about it.
    pub fn split(self) -> (String, StartImportParams) {
        let Self { kind, filename, content, dry_run, npsn, ended_on } = self;
        (content, StartImportParams { kind, filename, dry_run, npsn, ended_on })
    }
}

/// A file on its way in. Removed from disk when dropped.
pub struct Upload {
    id: ImportId,
    file: tokio::fs::File,
    bytes: u64,
    hash: Sha256,
    claim: Claim,
}

fn folder(ctx: &Ctx) -> PathBuf {
    ctx.services.settings.data_dir.join("uploads")
}

/// Whether the caller may import at all; asked before anything is read from it.
pub fn permit(ctx: &Ctx) -> Result<()> {
    ctx.actor.permit(Action::ImportStart, &Place::default()).map(|_| ())
}

impl Upload {
    /// An empty file for a new import.
    ///
    /// # Errors
    /// `forbidden` when the caller may not import; `unavailable` when the disk does not take it.
    pub async fn begin(ctx: &Ctx) -> Result<Self> {
        permit(ctx)?;
        let id: ImportId = ctx.services.ids.next(ctx.now()).into();
        let claim = Claim::take(ctx, id)?;
        // Not awaited, so that a client that goes away here leaves no file that nobody holds.
        let file = std::fs::File::create_new(claim.part()).map_err(|e| disk(&e))?;
        Ok(Self { id, file: tokio::fs::File::from_std(file), bytes: 0, hash: Sha256::new(), claim })
    }

    /// Adds bytes.
    ///
    /// # Errors
    /// `too_large` past [`MAX_UPLOAD`].
    pub async fn add(&mut self, bytes: &[u8]) -> Result<()> {
        self.bytes += bytes.len() as u64;
        if self.bytes > MAX_UPLOAD {
            return Err(Error::TooLarge(MAX_UPLOAD));
        }
        self.hash.update(bytes);
        self.file.write_all(bytes).await.map_err(|e| disk(&e))
    }

    /// SHA-256 of what came in, hex.
    pub fn hash(&self) -> String {
        hex(&self.hash.clone().finalize())
    }

    /// Records the import and begins it in the background. The answer is the record, queued.
    ///
    /// # Errors
    /// What is wrong with what was said about the file, all at once.
    pub async fn start(self, ctx: &Ctx, said: StartImportParams) -> Result<Import> {
        // Detached: a client that goes away must not part the record from the file it is about.
        let ctx = ctx.clone();
        let begun = tokio::spawn(async move { self.record(&ctx, said).await });
        begun.await.unwrap_or_else(|error| Err(Error::internal("an import ended before it began", error)))
    }

    async fn record(mut self, ctx: &Ctx, said: StartImportParams) -> Result<Import> {
        self.file.flush().await.map_err(|e| disk(&e))?;
        let mut faults = Faults::new();
        let school = said.npsn.as_deref().and_then(|npsn| faults.take("/npsn", Npsn::parse(npsn)));
        let ended_on = said.ended_on.map(|day| faults.take("/endedOn", dates::day(day)));
        faults.done()?;
        let start = StartImport {
            id: self.id,
            kind: said.kind,
            filename: said.filename,
            bytes: self.bytes,
            dry_run: said.dry_run,
            language: ctx.language,
        };
        let import = ctx.write(start).await?;
        // A repeated request is answered with the import it started before; this copy is not needed.
        if import.id == self.id {
            let order =
                Order { dry_run: said.dry_run, school, ended_on: ended_on.flatten(), ..Order::of(said.kind) };
            tokio::spawn(go_on(ctx.clone(), self.id, order, self.claim));
        }
        Ok(import)
    }
}

async fn go_on(ctx: Ctx, id: ImportId, order: Order, claim: Claim) {
    let file = match File::new(Input::File(claim.part()), Limits::default()) {
        Ok(file) => file,
        Err(error) => {
            tracing::error!(%error, import = %id, "an uploaded file is gone");
            if let Err(error) = run::interrupt(&ctx, id).await {
                tracing::error!(%error, import = %id, "and its record does not say so");
            }
            return;
        }
    };
    // The record says how it ended; the log only tells operators of what is our fault.
    if let Err(error @ Error::Internal { .. }) = run::run(&ctx, id, &order, &file, &mut |_| Ok(())).await {
        tracing::error!(%error, import = %id, "an import stopped");
    }
}

/// Ends the records of imports whose process is gone, and removes their files. Run it when a process
/// that imports starts. Imports of another living process are left alone.
///
/// # Errors
/// When the folder of uploads cannot be read, or the database does not answer.
pub async fn recover(ctx: &Ctx) -> Result<()> {
    let mut entries = match tokio::fs::read_dir(folder(ctx)).await {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(disk(&error)),
    };
    while let Some(entry) = entries.next_entry().await.map_err(|e| disk(&e))? {
        let Some(id) = import_of(&entry.path()) else { continue };
        let Some(claim) = Claim::inherit(ctx, id) else { continue };
        let cut = super::read::find_opt(ctx, id).await?;
        if cut.is_some_and(|i| matches!(i.status, ImportStatus::Queued | ImportStatus::Running)) {
            run::interrupt(ctx, id).await?;
        }
        drop(claim);
    }
    Ok(())
}

/// The import that a file in the folder of uploads belongs to.
fn import_of(path: &Path) -> Option<ImportId> {
    uuid::Uuid::try_parse(path.file_stem()?.to_str()?).ok().map(ImportId::from)
}

fn disk(error: &std::io::Error) -> Error {
    tracing::error!(%error, "the folder of uploads");
    Error::Unavailable("uploads cannot be kept at the moment".into())
}
