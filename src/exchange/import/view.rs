//! An import as both faces show it.

use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};
use entity::import_job::Model;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::finding;
use super::rule::{ImportKind, ImportStatus};
use crate::foundation::{
    error::{Error, Fault, Result},
    id::{Id, Kind},
    language::{self, Language},
};

/// The id of an import.
pub type ImportId = Id<Import>;

impl Kind for Import {
    const NAME: &'static str = "Import";
}

/// One file brought into the directory: how far it is and what became of its rows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Import {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: ImportId,
    /// What the file is about.
    pub kind: ImportKind,
    /// The file's name as the caller gave it.
    #[schema(example = "schools_2019_national.csv.gz", max_length = 200)]
    pub filename: String,
    /// Whether it only reports what it would do.
    pub dry_run: bool,
    /// How far it is.
    pub status: ImportStatus,
    /// How much of the file was read, 0 to 100. Checking it as a whole is the first half.
    #[schema(minimum = 0, maximum = 100)]
    pub progress_percent: i32,
    /// Size of the file, bytes.
    pub bytes: i64,
    /// Why the file was refused or loading stopped.
    pub failure: Option<ImportFailure>,
    /// Rows read so far, header and blank lines aside: new, updated, unchanged and refused together.
    pub rows_read: i64,
    /// Rows that made a new record.
    pub rows_new: i64,
    /// Rows that changed a record.
    pub rows_updated: i64,
    /// Rows whose record said the same already; nothing was written.
    pub rows_unchanged: i64,
    /// Rows that were loaded with at least one warning.
    pub rows_warned: i64,
    /// Rows that were not loaded.
    pub rows_refused: i64,
    /// Findings by what they are, the most frequent first.
    pub findings: Vec<FindingCount>,
    /// Who asked for it.
    pub started_by: String,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// When it ended.
    pub finished_at: Option<DateTime<Utc>>,
    /// Grows by one with every change.
    pub version: i64,
}

/// Why a file was refused as a whole, or loading stopped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImportFailure {
    /// Stable code.
    #[schema(example = "file_truncated")]
    pub code: String,
    /// What it means and what to do, in the caller's language.
    pub message: String,
}

/// How often one thing was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FindingCount {
    /// Stable code.
    #[schema(example = "district_unmatched")]
    pub code: String,
    /// How many findings.
    pub count: i64,
    /// What it means, in the caller's language.
    pub meaning: String,
}

/// One thing an import has to say about one row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, SimpleObject)]
#[serde(rename_all = "camelCase")]
pub struct ImportFinding {
    /// Physical line of the file on which the row starts, from 1.
    pub line: i64,
    /// The column's name; empty for the row as a whole.
    pub column: String,
    /// `warning`: loaded all the same; `refusal`: not loaded.
    pub severity: String,
    /// Stable code.
    pub code: String,
    /// What was found; null for personal columns.
    pub value: Option<String>,
    /// What it means, in the caller's language.
    pub meaning: String,
    /// What to do about it, in the caller's language.
    pub advice: String,
}

impl ImportFinding {
    /// The view of a row.
    pub fn of(row: entity::import_finding::Model, language: Language) -> Self {
        let value = Some(row.value).filter(|value| !value.is_empty());
        Self {
            line: row.line,
            meaning: finding::meaning(language, &row.code, value.as_deref()),
            advice: finding::advice(language, &row.code),
            column: row.column_name,
            severity: row.severity,
            code: row.code,
            value,
        }
    }
}

impl Import {
    /// The view of a row, its texts in `language`.
    pub fn of(row: Model, language: Language) -> Result<Self> {
        let unknown = |fault: Fault| Error::internal("read an import", fault.code);
        let status = ImportStatus::parse(&row.status).map_err(unknown)?;
        Ok(Self {
            id: row.id.into(),
            kind: ImportKind::parse(&row.kind).map_err(unknown)?,
            status,
            progress_percent: percent(status, row.bytes_read, row.bytes_total),
            bytes: row.bytes_total,
            failure: failure(row.failure_code, row.failure_detail.as_deref(), language),
            findings: counts(&row.by_code, language),
            filename: row.filename,
            dry_run: row.dry_run,
            rows_read: row.rows_read,
            rows_new: row.rows_new,
            rows_updated: row.rows_updated,
            rows_unchanged: row.rows_unchanged,
            rows_warned: row.rows_warned,
            rows_refused: row.rows_refused,
            started_by: row.started_by,
            created_at: row.created_at,
            finished_at: row.finished_at,
            version: row.version,
        })
    }
}

fn percent(status: ImportStatus, read: i64, total: i64) -> i32 {
    match status {
        ImportStatus::Finished => 100,
        _ => i32::try_from((read.saturating_mul(100)).checked_div(total).unwrap_or(0).clamp(0, 99))
            .unwrap_or(99),
    }
}

fn failure(code: Option<String>, detail: Option<&str>, language: Language) -> Option<ImportFailure> {
    let code = code?;
    let values: Vec<(String, String)> =
        detail.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
    // The catalogue wants names that live as long as the program; these are all the texts use.
    let names = ["line", "limit", "max", "reason", "kind", "asked", "cells", "columns", "expected", "found"];
    let args: Vec<_> = names
        .into_iter()
        .filter_map(|name| values.iter().find(|(n, _)| n == name).map(|(_, value)| (name, value.clone())))
        .collect();
    Some(ImportFailure { message: language::of_code(language, &code, &args), code })
}

fn counts(by_code: &serde_json::Value, language: Language) -> Vec<FindingCount> {
    let pairs = by_code.as_object().into_iter().flatten();
    let count = |(code, count): (&String, &serde_json::Value)| FindingCount {
        code: code.clone(),
        count: count.as_i64().unwrap_or_default(),
        meaning: finding::meaning(language, code, None),
    };
    let mut counts: Vec<_> = pairs.map(count).collect();
    counts.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.code.cmp(&b.code)));
    counts
}
