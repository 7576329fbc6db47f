//! A rule of the schedule as both faces show it.

use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rule::{RetentionCode, RetentionOutcome, Rule};
use crate::foundation::language::{self, Language};

/// How long one sort of data stays, why, and what of it is due now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RetentionRule {
    /// Which rule.
    pub code: RetentionCode,
    /// What it is about, in words.
    pub what: String,
    /// The table in which it stands.
    #[schema(example = "outgoing_mail")]
    pub table: String,
    /// The columns that it is about; none where it is the whole row.
    pub columns: Vec<String>,
    /// The classes of personal data among it; none where there is none.
    pub classes: Vec<String>,
    /// How long it stays, as ISO 8601 writes it; null where it stays.
    #[schema(example = "P30D")]
    pub period: Option<String>,
    /// From which moment on, in words.
    pub since: String,
    /// What happens when the time is over.
    pub outcome: RetentionOutcome,
    /// Why, and on what legal ground, in words.
    pub reason: String,
    /// How many rows are due now: what the next run takes. Null where it stays, or stands in no table.
    #[schema(minimum = 0)]
    pub due: Option<i64>,
    /// The moment that counts of the oldest row that is due; null where none is.
    pub oldest: Option<DateTime<Utc>>,
}

impl RetentionRule {
    pub(super) fn of(
        rule: &Rule,
        due: Option<i64>,
        oldest: Option<DateTime<Utc>>,
        language: Language,
    ) -> Self {
        let words = |part: &str| language::of_code(language, &format!("retention_{}{part}", rule.code), &[]);
        let own = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        Self {
            code: rule.code,
            what: words(""),
            table: rule.table.to_owned(),
            columns: own(rule.columns),
            classes: own(&rule.classes()),
            period: rule.duration(),
            since: words("_since"),
            outcome: rule.outcome,
            reason: words("_why"),
            due,
            oldest,
        }
    }
}
