//! Where parsed rows become records: a chunk, its findings, its events and the import's own
//! counts in one transaction, through the one way to write.

pub mod persons;
pub mod regions;
pub mod schools;
mod staff;

use std::sync::{Arc, Mutex, PoisonError};

use entity::{import_finding, import_job};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use uuid::Uuid;

use super::finding::Finding;
use super::load::{self, Sink};
use super::progress::Progress;
use super::report::{Outcome, Tally};
use super::row::Parsed;
use crate::access::action::Action;
use crate::access::actor::{Permit, Place};
use crate::access::context::{Command, Ctx, Work};
use crate::foundation::error::{Error, Result};
use crate::foundation::event::Event;

/// Most findings that are kept of one import; the counts by code are always complete.
pub const FINDINGS_KEPT: u64 = 1_000_000;

/// Values that fit into one statement on either engine (SQLite takes 32,766).
const BINDS: usize = 30_000;

/// What rows of one kind do to the directory.
pub trait Target: Clone + Send + Sync + 'static {
    /// What a row is.
    type Row: Send + Sync + 'static;

    /// Decides about each row and, unless this is a dry run, changes what differs. Answers one
    /// outcome for each row, in order, and what happened.
    fn settle(
        &self,
        work: &Work<'_>,
        chunk: &[Parsed<Self::Row>],
        dry_run: bool,
    ) -> impl Future<Output = Result<Settled>> + Send;
}

/// What became of a chunk.
#[derive(Debug, Default)]
pub struct Settled {
    /// One for each row.
    pub outcomes: Vec<Outcome>,
    /// One for each record made or changed.
    pub events: Vec<Event>,
}

impl Settled {
    /// For a chunk of `rows`, all refused until told otherwise.
    pub fn of(rows: usize) -> Self {
        Self { outcomes: vec![Outcome::Refused(Vec::new()); rows], events: Vec::new() }
    }

    /// Row `at` came to this.
    pub fn set(&mut self, at: usize, outcome: Outcome) {
        if let Some(slot) = self.outcomes.get_mut(at) {
            *slot = outcome;
        }
    }

    /// Row `at` is refused for this reason.
    pub fn refuse(&mut self, at: usize, finding: Finding) {
        self.set(at, Outcome::Refused(vec![finding]));
    }
}

/// Feeds a target under one import.
pub struct DatabaseSink<T: Target> {
    /// In whose name.
    pub ctx: Ctx,
    /// Which import.
    pub job: Uuid,
    /// Whether nothing but the import's own record is written.
    pub dry_run: bool,
    /// Where rows go.
    pub target: T,
    /// How far the reading is.
    pub progress: Arc<Progress>,
    /// Counts so far.
    pub tally: Tally,
    /// Findings kept so far.
    pub kept: u64,
}

impl<T: Target> Sink for DatabaseSink<T> {
    type Row = T::Row;

    async fn apply(&mut self, chunk: Arc<Vec<Parsed<T::Row>>>) -> Result<Vec<Outcome>> {
        let answer = Arc::new(Mutex::new(Vec::new()));
        let command = LoadChunk {
            job: self.job,
            dry_run: self.dry_run,
            target: self.target.clone(),
            chunk: Arc::clone(&chunk),
            tally: self.tally.clone(),
            kept: self.kept,
            bytes: self.progress.stored_bytes_read(),
            answer: Arc::clone(&answer),
        };
        self.kept = self.ctx.write(command).await?;
        let outcomes = std::mem::take(&mut *answer.lock().unwrap_or_else(PoisonError::into_inner));
        load::count(&mut self.tally, &chunk, &outcomes);
        Ok(outcomes)
    }
}

/// One chunk, in one transaction.
struct LoadChunk<T: Target> {
    job: Uuid,
    dry_run: bool,
    target: T,
    chunk: Arc<Vec<Parsed<T::Row>>>,
    tally: Tally,
    kept: u64,
    bytes: u64,
    /// The outcomes of the attempt that was committed, for the reader; not part of the change.
    answer: Arc<Mutex<Vec<Outcome>>>,
}

impl<T: Target> Command for LoadChunk<T> {
    type Output = u64;
    const ACTION: Action = Action::ImportStart;

    async fn run(&self, work: &Work<'_>) -> Result<u64> {
        let permit = work.permit(Self::ACTION, &Place::default())?;
        let Settled { outcomes, events } = self.target.settle(work, &self.chunk, self.dry_run).await?;
        if outcomes.len() != self.chunk.len() {
            return Err(Error::internal("an import", "not every row was decided on"));
        }
        let mut tally = self.tally.clone();
        load::count(&mut tally, &self.chunk, &outcomes);
        let findings: Vec<_> = self.chunk.iter().zip(&outcomes).flat_map(load::findings).collect();
        let kept = keep(work, &permit, self.job, self.kept, &findings).await?;
        advance(work, &permit, self.job, &tally, self.bytes).await?;
        for event in events {
            work.emit(event).await?;
        }
        *self.answer.lock().unwrap_or_else(PoisonError::into_inner) = outcomes;
        Ok(kept)
    }
}

/// Keeps findings beside their import, after the `before` that are kept already. Answers how many are kept then.
pub(super) async fn keep(
    work: &Work<'_>,
    _: &Permit,
    job: Uuid,
    before: u64,
    findings: &[&Finding],
) -> Result<u64> {
    let room = usize::try_from(FINDINGS_KEPT.saturating_sub(before)).unwrap_or(usize::MAX);
    let rows: Vec<_> = findings
        .iter()
        .take(room)
        .zip(before..)
        .map(|(finding, ordinal)| import_finding::ActiveModel {
            job_id: Set(job),
            ordinal: Set(ordinal.cast_signed()),
            line: Set(finding.line.cast_signed()),
            column_name: Set(finding.column.to_owned()),
            code: Set(finding.defect.code.to_owned()),
            severity: Set(finding.defect.severity.as_str().to_owned()),
            value: Set(finding.value.clone().unwrap_or_default()),
        })
        .collect();
    let kept = before + rows.len() as u64;
    for part in parts(rows, 7) {
        import_finding::Entity::insert_many(part).exec_without_returning(work.db()).await?;
    }
    Ok(kept)
}

/// Writes the counts so far into the import's own record.
async fn advance(work: &Work<'_>, _: &Permit, job: Uuid, tally: &Tally, bytes: u64) -> Result<()> {
    use import_job::Column;
    let by_code = serde_json::to_value(&tally.by_code).map_err(|e| Error::internal("count findings", e))?;
    let running = super::rule::ImportStatus::Running.as_str();
    let done = import_job::Entity::update_many()
        .col_expr(Column::BytesRead, Expr::value(bytes.cast_signed()))
        .col_expr(Column::RowsRead, Expr::value(tally.read.cast_signed()))
        .col_expr(Column::RowsNew, Expr::value(tally.loaded_new.cast_signed()))
        .col_expr(Column::RowsUpdated, Expr::value(tally.updated.cast_signed()))
        .col_expr(Column::RowsUnchanged, Expr::value(tally.unchanged.cast_signed()))
        .col_expr(Column::RowsWarned, Expr::value(tally.warned.cast_signed()))
        .col_expr(Column::RowsRefused, Expr::value(tally.refused.cast_signed()))
        .col_expr(Column::ByCode, Expr::value(by_code))
        .col_expr(Column::Version, sea_orm::ExprTrait::add(Expr::col(Column::Version), 1))
        .filter(Column::Id.eq(job))
        .filter(Column::Status.eq(running))
        .exec(work.db())
        .await?;
    // Ended from outside: its rows must not go on arriving under a record that says so.
    if done.rows_affected == 1 { Ok(()) } else { Err(Error::conflict("import_interrupted")) }
}

/// `rows` in parts that fit into one statement of `columns` values a row.
pub(super) fn parts<R>(rows: Vec<R>, columns: usize) -> impl Iterator<Item = Vec<R>> {
    let size = BINDS / columns.max(1);
    let mut rows = rows.into_iter();
    std::iter::from_fn(move || {
        let part: Vec<R> = rows.by_ref().take(size).collect();
        (!part.is_empty()).then_some(part)
    })
}

/// A unique value was taken by another writer since this transaction looked: run it again.
pub(super) fn raced(error: sea_orm::DbErr) -> Error {
    match Error::from(error) {
        Error::Conflict(fault) if fault.code == "already_exists" => {
            Error::Internal { what: "another write made the same record".to_owned(), transient: true }
        }
        error => error,
    }
}

/// Puts `to` where `field` differs and says whether it did.
pub(super) fn change<V: PartialEq>(field: &mut V, to: V) -> bool {
    let differs = *field != to;
    if differs {
        *field = to;
    }
    differs
}
