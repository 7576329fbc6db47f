//! An import's own record: asked for, begun, ended. What its rows change is in [`super::sink`].

use entity::import_job::{ActiveModel, Column, Entity, Model};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect};
use serde_json::json;

use super::finding::Finding;
use super::rule::{self, ImportKind, ImportStatus};
use super::sink;
use super::view::{Import, ImportId};
use crate::access::action::Action;
use crate::access::actor::{Permit, Place};
use crate::access::context::{Command, Work};
use crate::access::scope;
use crate::foundation::error::{Error, Faults, Result};
use crate::foundation::event::Event;
use crate::foundation::language::Language;

/// Records that a file is to be imported. The file itself is read afterwards, by [`super::run`].
pub struct StartImport {
    /// Its id, given beforehand because the file was kept under it.
    pub id: ImportId,
    /// What the file is about.
    pub kind: ImportKind,
    /// Its name.
    pub filename: String,
    /// Its size, bytes.
    pub bytes: u64,
    /// Whether it only reports.
    pub dry_run: bool,
    /// Language of the answer.
    pub language: Language,
}

impl Command for StartImport {
    type Output = Import;
    const ACTION: Action = Action::ImportStart;

    async fn run(&self, work: &Work<'_>) -> Result<Import> {
        let permit = work.permit(Self::ACTION, &Place::default())?;
        let mut faults = Faults::new();
        let filename = faults.take("/filename", rule::filename(&self.filename));
        faults.done()?;
        let row = Model {
            id: self.id.uuid(),
            kind: self.kind.as_str().to_owned(),
            filename: filename.unwrap_or_default(),
            dry_run: self.dry_run,
            status: ImportStatus::Queued.as_str().to_owned(),
            failure_code: None,
            failure_detail: None,
            bytes_total: i64::try_from(self.bytes).unwrap_or(i64::MAX),
            bytes_read: 0,
            rows_read: 0,
            rows_new: 0,
            rows_updated: 0,
            rows_unchanged: 0,
            rows_warned: 0,
            rows_refused: 0,
            by_code: json!({}),
            started_by: work.actor.subject.clone(),
            created_at: work.now(),
            finished_at: None,
            version: 1,
        };
        insert(work, &permit, row.clone()).await?;
        announce(work, "import.started", &row).await?;
        Import::of(row, self.language)
    }
}

/// The file was found whole; its rows come now.
pub struct BeginImport {
    /// Which.
    pub id: ImportId,
    /// Findings about the file as a whole.
    pub notes: Vec<Finding>,
}

impl Command for BeginImport {
    /// How many findings are kept.
    type Output = u64;
    const ACTION: Action = Action::ImportStart;

    async fn run(&self, work: &Work<'_>) -> Result<u64> {
        let permit = work.permit(Self::ACTION, &Place::default())?;
        let row = lock(work, self.id).await?;
        if row.status != ImportStatus::Queued.as_str() {
            return Err(Error::conflict("import_interrupted"));
        }
        let kept = sink::keep(work, &permit, row.id, 0, &self.notes.iter().collect::<Vec<_>>()).await?;
        let version = row.version + 1;
        let mut change = row.clone().into_active_model();
        change.status = Set(ImportStatus::Running.as_str().to_owned());
        change.version = Set(version);
        update(work, &permit, &row, change).await?;
        Ok(kept)
    }
}

/// The import ended.
pub struct EndImport {
    /// Which.
    pub id: ImportId,
    /// Why it failed, with the values of that reason's text; none when every row was decided on.
    pub failure: Option<(String, Vec<(String, String)>)>,
    /// Language of the answer.
    pub language: Language,
}

impl Command for EndImport {
    type Output = Import;
    const ACTION: Action = Action::ImportStart;

    async fn run(&self, work: &Work<'_>) -> Result<Import> {
        let permit = work.permit(Self::ACTION, &Place::default())?;
        let row = lock(work, self.id).await?;
        // How an import ended is said once.
        if row.finished_at.is_some() {
            return Import::of(row, self.language);
        }
        let (version, total) = (row.version + 1, row.bytes_total);
        let mut change = row.clone().into_active_model();
        let kind = match &self.failure {
            None => {
                change.status = Set(ImportStatus::Finished.as_str().to_owned());
                change.bytes_read = Set(total);
                "import.finished"
            }
            Some((code, values)) => {
                let detail =
                    serde_json::to_string(values).map_err(|e| Error::internal("end an import", e))?;
                change.status = Set(ImportStatus::Failed.as_str().to_owned());
                change.failure_code = Set(Some(code.clone()));
                change.failure_detail = Set(Some(detail));
                "import.failed"
            }
        };
        change.finished_at = Set(Some(work.now()));
        change.version = Set(version);
        let row = update(work, &permit, &row, change).await?;
        announce(work, kind, &row).await?;
        Import::of(row, self.language)
    }
}

/// The import's record, locked until the transaction ends.
async fn lock(work: &Work<'_>, id: ImportId) -> Result<Model> {
    scope::imports(work.actor)?
        .filter(Column::Id.eq(id.uuid()))
        .lock_exclusive()
        .one(work.db())
        .await?
        .ok_or(Error::NotFound("import"))
}

async fn insert(work: &Work<'_>, _: &Permit, row: Model) -> Result<()> {
    Entity::insert(row.into_active_model()).exec_without_returning(work.db()).await?;
    Ok(())
}

async fn update(work: &Work<'_>, _: &Permit, found: &Model, change: ActiveModel) -> Result<Model> {
    work.save(found, change).await
}

async fn announce(work: &Work<'_>, kind: &'static str, row: &Model) -> Result<()> {
    let event = Event::new(kind, "import", row.id, row.version).with(json!({
        "kind": row.kind,
        "dryRun": row.dry_run,
        "rowsNew": row.rows_new,
        "rowsUpdated": row.rows_updated,
        "rowsUnchanged": row.rows_unchanged,
        "rowsRefused": row.rows_refused,
        "failure": row.failure_code,
    }));
    work.emit(event).await?;
    Ok(())
}
