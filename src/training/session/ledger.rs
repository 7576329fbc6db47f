//! The trainer-burden ledger in the tables: each assignment to a session is an entry of
//! minutes, per person and school term. Only serving teachers are counted against the cap.

use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};
use entity::{person, session, session_teacher};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder,
    QuerySelect, RelationTrait, sea_query::ExprTrait,
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    burden::{Burden, BurdenCap, Term},
    view::SessionId,
};
use crate::{
    access::{
        context::{Ctx, Settings},
        scope,
    },
    directory::person::{
        merged,
        rule::{Employment, PersonKind, is_serving_teacher},
        view::PersonId,
    },
    foundation::error::{Error, Result},
    training::batch::view::BatchId,
};

/// Terms that are shown at most, latest first.
const TERMS: usize = 20;

/// What a person teaches others, term by term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TrainerBurden {
    /// Whose: the current record, where the one asked for was merged into it.
    #[schema(value_type = String, format = "uuid")]
    pub person_id: PersonId,
    /// Whether the cap applies: to serving teachers, because their hours are taken from classes.
    pub counted: bool,
    /// Minutes per term up to which nobody is warned; past twice as many an override is needed.
    #[schema(example = 2400, minimum = 1, maximum = 100000)]
    pub cap_minutes: i64,
    /// The terms in which the person teaches others, latest first; at most 20.
    pub terms: Vec<BurdenTerm>,
}

/// What a person teaches others in one term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BurdenTerm {
    /// The year in which the school year began, the semester: `2026-1` is July to December 2026.
    #[schema(example = "2026-1", max_length = 6)]
    pub term: String,
    /// Minutes in all.
    #[schema(example = 540, minimum = 0)]
    pub minutes: i64,
    /// Whether they are past the cap; never for persons who are not counted.
    pub past_cap: bool,
    /// Whether they are past twice the cap, so that somebody gave an override.
    pub past_twice_cap: bool,
    /// The sessions, by start.
    pub entries: Vec<BurdenEntry>,
}

/// One session that a person teaches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BurdenEntry {
    /// The session.
    #[schema(value_type = String, format = "uuid")]
    pub session_id: SessionId,
    /// Its batch.
    #[schema(value_type = String, format = "uuid")]
    pub batch_id: BatchId,
    /// What it is about.
    #[schema(max_length = 200)]
    pub title: String,
    /// When it starts.
    pub starts_at: DateTime<Utc>,
    /// Minutes that count.
    #[schema(example = 180, minimum = 1, maximum = 720)]
    pub minutes: i32,
    /// Who let the person teach more than twice the cap; null where nobody had to.
    #[schema(max_length = 200)]
    pub override_by: Option<String>,
    /// Why; null where nobody had to.
    #[schema(max_length = 500)]
    pub override_reason: Option<String>,
}

#[derive(FromQueryResult)]
struct Row {
    session_id: Uuid,
    batch_id: Uuid,
    title: String,
    starts_at: DateTime<Utc>,
    term: String,
    minutes: i32,
    override_by: Option<String>,
    override_reason: Option<String>,
}

/// What a person teaches others, term by term.
///
/// # Errors
/// `forbidden` when no role of the caller reads burdens, `not_found` outside its reach.
pub async fn trainer_burden(ctx: &Ctx, id: PersonId) -> Result<TrainerBurden> {
    let trainers = scope::trainers(&ctx.actor)?;
    // A retired id leads to the record that has the entries now.
    let current = merged::resolve(ctx.db(), id.uuid()).await?;
    let found = trainers.filter(person::Column::Id.eq(current)).one(ctx.db()).await?;
    let person = found.ok_or(Error::NotFound("person"))?;
    let cap = cap(&ctx.services.settings)?;
    let counted = is_counted(&person)?;
    let mut terms: Vec<BurdenTerm> = Vec::new();
    for row in entries(ctx.db(), person.id).await? {
        if terms.last().is_none_or(|term| term.term != row.term) {
            if terms.len() == TERMS {
                break;
            }
            terms.push(BurdenTerm::empty(row.term.clone()));
        }
        if let Some(term) = terms.last_mut() {
            term.take(row);
        }
    }
    for term in terms.iter_mut().filter(|_| counted) {
        term.past_cap = Burden { total_minutes: term.minutes, cap, overridden: false }.warning().is_some();
        term.past_twice_cap = super::burden::add(term.minutes, 0, cap, None).is_err();
    }
    Ok(TrainerBurden { person_id: person.id.into(), counted, cap_minutes: cap.get(), terms })
}

impl BurdenTerm {
    fn empty(term: String) -> Self {
        Self { term, minutes: 0, past_cap: false, past_twice_cap: false, entries: Vec::new() }
    }

    fn take(&mut self, row: Row) {
        self.minutes += i64::from(row.minutes);
        self.entries.push(BurdenEntry {
            session_id: row.session_id.into(),
            batch_id: row.batch_id.into(),
            title: row.title,
            starts_at: row.starts_at,
            minutes: row.minutes,
            override_by: row.override_by,
            override_reason: row.override_reason,
        });
    }
}

async fn entries(db: &impl ConnectionTrait, person: Uuid) -> Result<Vec<Row>> {
    let rows = session_teacher::Entity::find()
        .select_only()
        .columns([
            session_teacher::Column::SessionId,
            session_teacher::Column::Term,
            session_teacher::Column::Minutes,
            session_teacher::Column::OverrideBy,
            session_teacher::Column::OverrideReason,
        ])
        .columns([session::Column::BatchId, session::Column::Title, session::Column::StartsAt])
        .join(JoinType::InnerJoin, session_teacher::Relation::Session.def())
        .filter(session_teacher::Column::PersonId.eq(person))
        .order_by_desc(session_teacher::Column::Term)
        .order_by_asc(session::Column::StartsAt)
        .order_by_asc(session::Column::Id)
        .into_model::<Row>();
    Ok(rows.all(db).await?)
}

/// Minutes that a person teaches others in a term, the session `except` left out.
pub(super) async fn minutes_besides(
    db: &impl ConnectionTrait,
    person: Uuid,
    term: Term,
    except: Uuid,
) -> Result<i64> {
    let minutes: Vec<i32> = session_teacher::Entity::find()
        .select_only()
        .column(session_teacher::Column::Minutes)
        .filter(session_teacher::Column::PersonId.eq(person))
        .filter(session_teacher::Column::Term.eq(term.to_string()))
        .filter(session_teacher::Column::SessionId.ne(except))
        .into_tuple()
        .all(db)
        .await?;
    Ok(minutes.into_iter().map(i64::from).sum())
}

/// A session of the person's that overlaps `times`, the session `except` left out.
pub(super) async fn overlapping(
    db: &impl ConnectionTrait,
    person: Uuid,
    times: &super::rule::SessionTimes,
    except: Uuid,
) -> Result<Option<session::Model>> {
    let theirs = session_teacher::Column::PersonId
        .eq(person)
        .and(session_teacher::Column::SessionId.ne(except))
        .and(session::Column::StartsAt.lt(times.ends_at))
        .and(session::Column::EndsAt.gt(times.starts_at));
    let found = session_teacher::Entity::find()
        .find_also_related(session::Entity)
        .filter(theirs)
        .order_by_asc(session::Column::StartsAt)
        .limit(1)
        .one(db)
        .await?;
    Ok(found.and_then(|(_, session)| session))
}

/// Whether the hours a person teaches others are counted against the cap.
///
/// # Errors
/// `internal` when a column holds what no rule knows.
pub(super) fn is_counted(person: &person::Model) -> Result<bool> {
    let kind = PersonKind::parse(&person.kind).map_err(|f| Error::internal("person.kind", f.code))?;
    let employment =
        Employment::parse(&person.employment).map_err(|f| Error::internal("person.employment", f.code))?;
    Ok(is_serving_teacher(kind, employment))
}

/// The cap that whoever runs the service chose.
///
/// # Errors
/// `internal` when it is none.
pub(super) fn cap(settings: &Settings) -> Result<BurdenCap> {
    BurdenCap::parse(settings.burden_cap_minutes).map_err(|f| Error::internal("burden_cap_minutes", f.code))
}
