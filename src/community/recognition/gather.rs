//! Counting what communities did, from the records there are: as many statements for one community as for many.

use std::collections::HashMap;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use entity::{activity, artefact, community, improvement, progress_note};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select,
};
use uuid::Uuid;

use super::{
    facts::{Held, Known, LEAST_ATTENDED, LOOK_BACK_DAYS, RecognitionFacts, Reuse, Span},
    record::{self, NoteRecord},
};
use crate::{
    community::{
        activity::{rule::ActivityKind, state::ActivityStatus},
        group::lock::clock,
        improvement::{
            measure::{MeasureDirection, Value},
            rule::{ImprovementOutcome, course},
            state::ImprovementStatus,
        },
    },
    foundation::error::{Error, Result},
};

/// The most communities that are counted at once: what is kept in memory is bounded by it.
pub const CHUNK: usize = 200;

/// What was counted of a community in a span, and in the one before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// The span.
    pub facts: RecognitionFacts,
    /// The one before.
    pub before: RecognitionFacts,
}

/// What `rows` did in `span` and in `before`, in their order.
///
/// # Errors
/// `unavailable` or `internal` when the database does not answer.
pub async fn counted(
    db: &impl ConnectionTrait,
    rows: &[community::Model],
    span: Span,
    before: Span,
) -> Result<Vec<Counted>> {
    let mut all = Vec::with_capacity(rows.len());
    for rows in rows.chunks(CHUNK) {
        for known in known(db, rows, Span { from: before.from, until: span.until }).await? {
            all.push(Counted {
                facts: RecognitionFacts::of(&known, span),
                before: RecognitionFacts::of(&known, before),
            });
        }
    }
    Ok(all)
}

/// Instants between which the days of a span lie, by whatever clocks: rows are told apart by day afterwards.
struct Around {
    from: DateTime<Utc>,
    until: DateTime<Utc>,
}

impl Around {
    fn of(span: Span, look_back: u64) -> Self {
        let midnight = |day: NaiveDate| day.and_time(NaiveTime::MIN).and_utc();
        let from = span.from.checked_sub_days(Days::new(look_back + 1)).unwrap_or(span.from);
        let until = span.until.checked_add_days(Days::new(1)).unwrap_or(span.until);
        Self { from: midnight(from), until: midnight(until) }
    }
}

/// What is known of communities about the days of a span and before, in their order.
///
/// # Errors
/// `unavailable` or `internal` when the database does not answer.
pub async fn known(db: &impl ConnectionTrait, rows: &[community::Model], span: Span) -> Result<Vec<Known>> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let mut held = held(db, &ids, span).await?;
    let mut reuses = reuses(db, &ids, span).await?;
    let mut improved = improved(db, &ids, span).await?;
    let mut noted = noted(db, &ids, span).await?;
    let one = |row: &community::Model| {
        let clock = clock(row)?;
        let day = |at: DateTime<Utc>| at.with_timezone(&clock).date_naive();
        let held = held.remove(&row.id).unwrap_or_default();
        let reuses = reuses.remove(&row.id).unwrap_or_default();
        let improved = improved.remove(&row.id).unwrap_or_default();
        Ok(Known {
            id: row.id.into(),
            founded_on: day(row.created_at),
            cadence_days: row.cadence_days,
            noted: noted.remove(&row.id).unwrap_or_default(),
            held: held.into_iter().map(|(at, kind)| Held { day: day(at), kind }).collect(),
            reuses: reuses
                .into_iter()
                .map(|(at, artefact, by)| Reuse { day: day(at), artefact, by })
                .collect(),
            improved,
        })
    };
    rows.iter().map(one).collect()
}

type Of<T> = HashMap<Uuid, Vec<T>>;

async fn held(
    db: &impl ConnectionTrait,
    ids: &[Uuid],
    span: Span,
) -> Result<Of<(DateTime<Utc>, ActivityKind)>> {
    use activity::Column::{Attended, CommunityId, Kind, StartsAt, Status};
    let around = Around::of(span, LOOK_BACK_DAYS);
    let rows: Vec<(Uuid, DateTime<Utc>, String)> = activity::Entity::find()
        .select_only()
        .columns([CommunityId, StartsAt, Kind])
        .filter(CommunityId.is_in(ids.iter().copied()))
        .filter(StartsAt.gte(around.from))
        .filter(StartsAt.lt(around.until))
        .filter(Status.is_in([ActivityStatus::Reported, ActivityStatus::Credited]))
        .filter(Attended.gte(LEAST_ATTENDED))
        .into_tuple()
        .all(db)
        .await?;
    let mut found = Of::new();
    for (community, at, kind) in rows {
        let kind = ActivityKind::parse(&kind).map_err(|f| Error::internal("activity.kind", f.code))?;
        found.entry(community).or_default().push((at, kind));
    }
    Ok(found)
}

/// What others took up of what these communities made.
async fn reuses(
    db: &impl ConnectionTrait,
    ids: &[Uuid],
    span: Span,
) -> Result<Of<(DateTime<Utc>, Uuid, Uuid)>> {
    use artefact::Column::{CommunityId, CreatedAt, ForkedFromId, Forks, Id};
    let taken_up = |columns: &[artefact::Column]| -> Select<artefact::Entity> {
        artefact::Entity::find()
            .select_only()
            .columns(columns.iter().copied())
            .filter(CommunityId.is_in(ids.iter().copied()))
            .filter(Forks.gt(0))
    };
    let makers: Vec<(Uuid, Uuid)> = taken_up(&[Id, CommunityId]).into_tuple().all(db).await?;
    if makers.is_empty() {
        return Ok(Of::new());
    }
    let makers: HashMap<Uuid, Uuid> = makers.into_iter().collect();
    let around = Around::of(span, 0);
    let rows: Vec<(Option<Uuid>, Uuid, DateTime<Utc>)> = artefact::Entity::find()
        .select_only()
        .columns([ForkedFromId, CommunityId, CreatedAt])
        .filter(ForkedFromId.in_subquery(taken_up(&[Id]).into_query()))
        .filter(CreatedAt.gte(around.from))
        .filter(CreatedAt.lt(around.until))
        .into_tuple()
        .all(db)
        .await?;
    let mut found = Of::new();
    for (of, by, at) in rows {
        let made = of.and_then(|of| makers.get(&of).map(|maker| (of, *maker)));
        if let Some((artefact, maker)) = made.filter(|(_, maker)| *maker != by) {
            found.entry(maker).or_default().push((at, artefact, by));
        }
    }
    Ok(found)
}

/// What an item of improvement was measured at.
#[derive(FromQueryResult)]
struct Measured {
    community_id: Uuid,
    baseline: i64,
    target: i64,
    direction: String,
    after_value: Option<i64>,
    after_on: Option<NaiveDate>,
}

/// When items were measured that are closed with their target reached, or better than before. The day of the measurement
/// stays, however often an item is closed.
async fn improved(db: &impl ConnectionTrait, ids: &[Uuid], span: Span) -> Result<Of<NaiveDate>> {
    use improvement::Column::{AfterOn, AfterValue, Baseline, CommunityId, Direction, Status, Target};
    let rows = improvement::Entity::find()
        .select_only()
        .columns([CommunityId, Baseline, Target, Direction, AfterValue, AfterOn])
        .filter(CommunityId.is_in(ids.iter().copied()))
        .filter(Status.eq(ImprovementStatus::Closed))
        .filter(AfterOn.gte(span.from))
        .filter(AfterOn.lt(span.until))
        .into_model::<Measured>()
        .all(db)
        .await?;
    let mut found = Of::new();
    for row in rows {
        let direction = MeasureDirection::parse(&row.direction)
            .map_err(|f| Error::internal("improvement.direction", f.code))?;
        let (Some(after), Some(day)) = (row.after_value, row.after_on) else { continue };
        let outcome = course(Value(row.baseline), Value(after), Value(row.target), direction).outcome;
        if matches!(outcome, ImprovementOutcome::Reached | ImprovementOutcome::Improved) {
            found.entry(row.community_id).or_default().push(day);
        }
    }
    Ok(found)
}

/// What the charters meant in the months of a span that were noted, the earliest first.
async fn noted(db: &impl ConnectionTrait, ids: &[Uuid], span: Span) -> Result<Of<(NaiveDate, i32)>> {
    use progress_note::Column::{CommunityId, Month, Record};
    let rows: Vec<(Uuid, NaiveDate, String)> = progress_note::Entity::find()
        .select_only()
        .columns([CommunityId, Month, Record])
        .filter(CommunityId.is_in(ids.iter().copied()))
        .filter(Month.gte(span.from))
        .filter(Month.lt(span.until))
        .order_by_asc(Month)
        .into_tuple()
        .all(db)
        .await?;
    let mut found = Of::new();
    for (community, month, text) in rows {
        let NoteRecord { facts, .. } = record::read(&text)?;
        found.entry(community).or_default().push((month, facts.cadence_days));
    }
    Ok(found)
}
