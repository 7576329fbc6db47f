//! An item of improvement as both faces show it.

use async_graphql::SimpleObject;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    measure::{MeasureDirection, MeasureUnit, Value},
    rule::{self, ImprovementOutcome},
    state::ImprovementStatus,
};
use crate::{
    community::{activity::view::Activity, artefact::view::Artefact, group::view::CommunityId},
    directory::person::view::PersonId,
    foundation::{
        error::{Error, Fault, Result},
        id::{Id, Kind},
    },
};

/// The id of an item.
pub type ImprovementId = Id<Improvement>;

impl Kind for Improvement {
    const NAME: &'static str = "Improvement";
}

/// What came of an item, with everything it was worked out from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImprovementResult {
    /// The value before.
    #[schema(example = "42.5")]
    pub before: String,
    /// When that was measured.
    pub before_on: NaiveDate,
    /// The value after.
    #[schema(example = "71")]
    pub after: String,
    /// When that was measured.
    pub after_on: NaiveDate,
    /// The value that was aimed at.
    #[schema(example = "70")]
    pub target: String,
    /// Which way it should have gone.
    pub direction: MeasureDirection,
    /// After less before; with a minus where it went down.
    #[schema(example = "28.5")]
    pub change: String,
    /// What is still lacking to the target; `0` where it was met.
    #[schema(example = "0")]
    pub missing: String,
    /// What came of it: `reached` where nothing is lacking; else `improved`, `unchanged` or `worse`, as the value after is
    /// better than the one before, the same, or not as good. Worked out from the measure, never typed in.
    pub outcome: ImprovementOutcome,
}

/// Something that a community sets out to improve (pokok perbaikan).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Improvement {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: ImprovementId,
    /// Of which community.
    #[schema(value_type = String, format = "uuid")]
    pub community_id: CommunityId,
    /// What it is called.
    #[schema(example = "Pemahaman pecahan di kelas 4", max_length = 200)]
    pub title: String,
    /// What is not as it should be.
    #[schema(max_length = 2000)]
    pub problem: String,
    /// What shows it.
    #[schema(max_length = 2000)]
    pub evidence: String,
    /// Where it can be seen; null for nowhere.
    #[schema(max_length = 500)]
    pub evidence_url: Option<String>,
    /// What is measured.
    #[schema(example = "Siswa yang tuntas", max_length = 120)]
    pub measure: String,
    /// In what.
    pub unit: MeasureUnit,
    /// Which way it should go.
    pub direction: MeasureDirection,
    /// The value before, with two decimals at most.
    #[schema(example = "42.5")]
    pub baseline: String,
    /// When that was measured.
    pub baseline_on: NaiveDate,
    /// The value that is aimed at.
    #[schema(example = "70")]
    pub target: String,
    /// What is tried; null before it was agreed.
    #[schema(max_length = 2000)]
    pub strategy: Option<String>,
    /// Who looks after it; null before the strategy was agreed.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub owner_id: Option<PersonId>,
    /// That person's name.
    #[schema(example = "Siti Rahmawati", max_length = 120)]
    pub owner_name: Option<String>,
    /// Until when it should be reviewed; null before the strategy was agreed.
    pub due_on: Option<NaiveDate>,
    /// Whether that day is past and it was not reviewed, by the calendar of the issuer.
    pub overdue: bool,
    /// How it goes, in the words of who looks after it; null where nothing was said.
    #[schema(max_length = 2000)]
    pub progress: Option<String>,
    /// What one makes of the result; null before it was reviewed.
    #[schema(max_length = 2000)]
    pub review: Option<String>,
    /// What came of it; null before it was measured again.
    pub result: Option<ImprovementResult>,
    /// A last word; null where nothing was said.
    #[schema(max_length = 2000)]
    pub closing_note: Option<String>,
    /// Where it stands.
    pub status: ImprovementStatus,
    /// Why it went a step back, or was given up; null otherwise.
    #[schema(max_length = 500)]
    pub status_reason: Option<String>,
    /// Since when it stands there.
    pub status_since: DateTime<Utc>,
    /// Grows by one with every change; what `If-Match` and `version` refer to.
    pub version: i64,
    /// When the record came to be.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

/// From the problem to the result: an item with what was done for it.
#[derive(Debug, Clone, PartialEq, Serialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImprovementChain {
    /// The item; its `result` is the end of the chain.
    pub improvement: Improvement,
    /// The activities that belong to it, by start, with when they were, how they stand and how many attended; those
    /// out of your reach are left out.
    #[schema(max_items = 100)]
    pub activities: Vec<Activity>,
    /// The artefacts that belong to it, by title; those out of your reach are left out.
    #[schema(max_items = 100)]
    pub artefacts: Vec<Artefact>,
}

/// What a row is made of that no text shows.
pub struct Measured {
    /// Where it stands.
    pub status: ImprovementStatus,
    /// In what it is measured.
    pub unit: MeasureUnit,
    /// Which way it should go.
    pub direction: MeasureDirection,
}

/// The closed lists of a row.
///
/// # Errors
/// `internal` when a column holds what no rule knows.
pub fn measured(row: &entity::improvement::Model) -> Result<Measured> {
    let odd = |column: &'static str| move |f: Fault| Error::internal(column, f.code);
    Ok(Measured {
        status: ImprovementStatus::parse(&row.status).map_err(odd("improvement.status"))?,
        unit: MeasureUnit::parse(&row.unit).map_err(odd("improvement.unit"))?,
        direction: MeasureDirection::parse(&row.direction).map_err(odd("improvement.direction"))?,
    })
}

/// What came of a row, once it was measured again.
///
/// # Errors
/// As [`measured`].
pub fn result(row: &entity::improvement::Model) -> Result<Option<ImprovementResult>> {
    let (Some(after), Some(after_on)) = (row.after_value, row.after_on) else { return Ok(None) };
    let direction = measured(row)?.direction;
    let (before, after, target) = (Value(row.baseline), Value(after), Value(row.target));
    let course = rule::course(before, after, target, direction);
    Ok(Some(ImprovementResult {
        before: before.to_string(),
        before_on: row.baseline_on,
        after: after.to_string(),
        after_on,
        target: target.to_string(),
        direction,
        change: Value(course.change).to_string(),
        missing: Value(course.missing).to_string(),
        outcome: course.outcome,
    }))
}

impl Improvement {
    /// The view of a row on `today`.
    ///
    /// # Errors
    /// As [`measured`].
    pub fn of(row: entity::improvement::Model, owner_name: Option<String>, today: NaiveDate) -> Result<Self> {
        let Measured { status, unit, direction } = measured(&row)?;
        Ok(Self {
            result: result(&row)?,
            overdue: ImprovementStatus::OPEN.contains(&status) && row.due_on.is_some_and(|due| due < today),
            id: row.id.into(),
            community_id: row.community_id.into(),
            title: row.title,
            problem: row.problem,
            evidence: row.evidence,
            evidence_url: row.evidence_url,
            measure: row.measure,
            unit,
            direction,
            baseline: Value(row.baseline).to_string(),
            baseline_on: row.baseline_on,
            target: Value(row.target).to_string(),
            strategy: row.strategy,
            owner_id: row.owner_id.map(Into::into),
            owner_name,
            due_on: row.due_on,
            progress: row.progress,
            review: row.review,
            closing_note: row.closing_note,
            status,
            status_reason: row.status_reason,
            status_since: row.status_since,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }
}
