//! One file brought in.

use sea_orm::entity::prelude::*;

/// One row of `import_job`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "import_job")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// regions, schools or persons.
    pub kind: String,
    /// As the client named it.
    pub filename: String,
    /// Whether it only reports.
    pub dry_run: bool,
    /// queued, running, finished, failed.
    pub status: String,
    /// Why the file as a whole was refused.
    pub failure_code: Option<String>,
    /// Values for that reason's text.
    pub failure_detail: Option<String>,
    /// Size of the file.
    pub bytes_total: i64,
    /// Progress.
    pub bytes_read: i64,
    /// Rows read.
    pub rows_read: i64,
    /// Rows that created a record.
    pub rows_new: i64,
    /// Rows that changed a record.
    pub rows_updated: i64,
    /// Rows that changed nothing.
    pub rows_unchanged: i64,
    /// Rows loaded with at least one warning.
    pub rows_warned: i64,
    /// Rows not loaded.
    pub rows_refused: i64,
    /// Findings counted by code.
    pub by_code: Json,
    /// Who.
    pub started_by: String,
    /// When it was asked for.
    pub created_at: DateTimeUtc,
    /// When it ended.
    pub finished_at: Option<DateTimeUtc>,
    /// Grows by one with every change.
    pub version: i64,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
