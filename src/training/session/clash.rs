//! Which schools' teaching hours a batch's sessions fall into. Teaching time is protected:
//! a clash is reported before anything is published, and whenever somebody asks. Persons
//! are counted by school, never named.

use std::collections::{HashMap, HashSet};

use async_graphql::SimpleObject;
use chrono::{DateTime, NaiveDateTime, Utc};
use entity::{batch, enrolment, person, school, session, session_teacher};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, RelationTrait, Select,
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    read::times,
    timetable::{Clash, Timetable},
    view::SessionId,
};
use crate::{
    access::{action::Action, context::Ctx, scope},
    directory::school::view::SchoolId,
    foundation::error::{Error, Fault, Result},
    training::{
        batch::{lock::place, view::BatchId},
        enrolment::rule::EnrolmentStatus,
    },
};

/// Enrolments of persons who would be taken from their classes.
const ATTENDING: &[EnrolmentStatus] = &[EnrolmentStatus::Applied, EnrolmentStatus::Accepted];

/// Which teaching hours one session falls into.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SessionClashes {
    /// The session.
    #[schema(value_type = String, format = "uuid")]
    pub session_id: SessionId,
    /// What it is about.
    #[schema(max_length = 200)]
    pub title: String,
    /// First instant.
    pub starts_at: DateTime<Utc>,
    /// First instant after it.
    pub ends_at: DateTime<Utc>,
    /// Persons who would miss lessons: participants with a seat or an application, and those who teach.
    #[schema(minimum = 0)]
    pub persons: i64,
    /// The schools whose teaching hours it falls into, most persons first.
    pub schools: Vec<SchoolClash>,
}

/// The part of a session that falls into one school's teaching hours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SchoolClash {
    /// The school.
    #[schema(value_type = String, format = "uuid")]
    pub school_id: SchoolId,
    /// Its national number.
    #[schema(example = "20219345", max_length = 8)]
    pub npsn: String,
    /// Its name.
    #[schema(example = "SDN Cibogo", max_length = 150)]
    pub name: String,
    /// Minutes of the session that fall into its teaching hours.
    #[schema(example = 60, minimum = 1, maximum = 720)]
    pub minutes: i64,
    /// Its teachers with a seat in the batch or an application for it.
    #[schema(minimum = 0)]
    pub participants: i64,
    /// Its teachers who teach the session.
    #[schema(minimum = 0)]
    pub teachers: i64,
    /// The parts, by the school's own clocks.
    pub windows: Vec<ClashWindow>,
}

/// A part of a session that falls into teaching hours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ClashWindow {
    /// First minute, by the school's clocks.
    #[schema(value_type = String, example = "2027-02-01T13:00:00")]
    pub from: NaiveDateTime,
    /// First minute after it.
    #[schema(value_type = String, example = "2027-02-01T14:00:00")]
    pub until: NaiveDateTime,
}

/// What the sessions of a batch take from lessons, all in all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BatchClashes {
    /// The batch.
    #[schema(value_type = String, format = "uuid")]
    pub batch_id: BatchId,
    /// Sessions that fall into teaching hours of some school.
    #[schema(minimum = 0, maximum = 100)]
    pub clashing_sessions: i64,
    /// Schools whose teaching hours some session falls into.
    #[schema(minimum = 0)]
    pub schools: i64,
    /// Minutes of lessons missed, added up over persons and sessions.
    #[schema(minimum = 0)]
    pub person_minutes: i64,
    /// Every session that falls into teaching hours, by start; its own clashes tell which schools.
    pub sessions: Vec<ClashingSession>,
}

/// How much one session of a batch takes from lessons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ClashingSession {
    /// The session.
    #[schema(value_type = String, format = "uuid")]
    pub session_id: SessionId,
    /// What it is about.
    #[schema(max_length = 200)]
    pub title: String,
    /// First instant.
    pub starts_at: DateTime<Utc>,
    /// Schools whose teaching hours it falls into.
    #[schema(minimum = 1)]
    pub schools: i64,
    /// Persons who would miss lessons.
    #[schema(minimum = 1)]
    pub persons: i64,
    /// Minutes of lessons missed, added up over persons.
    #[schema(minimum = 1)]
    pub person_minutes: i64,
}

impl From<SessionClashes> for ClashingSession {
    fn from(all: SessionClashes) -> Self {
        Self {
            schools: all.schools.len() as i64,
            persons: all.persons,
            person_minutes: all.schools.iter().map(SchoolClash::person_minutes).sum(),
            session_id: all.session_id,
            title: all.title,
            starts_at: all.starts_at,
        }
    }
}

impl SchoolClash {
    const fn person_minutes(&self) -> i64 {
        self.minutes * (self.participants + self.teachers)
    }
}

/// Which teaching hours one session falls into.
///
/// # Errors
/// `not_found`, `forbidden`.
pub async fn session_clashes(ctx: &Ctx, id: SessionId) -> Result<SessionClashes> {
    ctx.actor.require_role_for(Action::SessionClashes)?;
    let row = scope::sessions(&ctx.actor)
        .filter(session::Column::Id.eq(id.uuid()))
        .find_also_related(batch::Entity)
        .one(ctx.db())
        .await?;
    let Some((row, Some(batch))) = row else { return Err(Error::NotFound("session")) };
    ctx.actor.permit(Action::SessionClashes, &place(&batch))?;
    Affected::of(ctx.db(), batch.id).await?.by(&row)
}

/// Which teaching hours the sessions of a batch fall into.
///
/// # Errors
/// `not_found`, `forbidden`.
pub async fn batch_clashes(ctx: &Ctx, id: BatchId) -> Result<BatchClashes> {
    ctx.actor.require_role_for(Action::SessionClashes)?;
    let found = scope::batches(&ctx.actor).filter(batch::Column::Id.eq(id.uuid())).one(ctx.db()).await?;
    let batch = found.ok_or(Error::NotFound("batch"))?;
    ctx.actor.permit(Action::SessionClashes, &place(&batch))?;
    let sessions = session::Entity::find()
        .filter(session::Column::BatchId.eq(batch.id))
        .order_by_asc(session::Column::StartsAt)
        .order_by_asc(session::Column::Id)
        .all(ctx.db())
        .await?;
    summary(ctx.db(), batch.id, &sessions).await
}

async fn summary(
    db: &impl ConnectionTrait,
    batch: Uuid,
    sessions: &[session::Model],
) -> Result<BatchClashes> {
    let affected = Affected::of(db, batch).await?;
    let all = sessions.iter().map(|row| affected.by(row)).collect::<Result<Vec<_>>>()?;
    let sessions: Vec<_> = all.into_iter().filter(|clashes| !clashes.schools.is_empty()).collect();
    let schools: HashSet<_> =
        sessions.iter().flat_map(|clashes| &clashes.schools).map(|line| line.school_id).collect();
    let sessions: Vec<ClashingSession> = sessions.into_iter().map(Into::into).collect();
    Ok(BatchClashes {
        batch_id: batch.into(),
        clashing_sessions: sessions.len() as i64,
        schools: schools.len() as i64,
        person_minutes: sessions.iter().map(|session| session.person_minutes).sum(),
        sessions,
    })
}

/// The warning that sessions fall into teaching hours: `sessions_clash_with_teaching`, with how many
/// `sessions`, `schools` and `minutes` of lessons missed. None when they do not.
pub async fn warning(
    db: &impl ConnectionTrait,
    batch: Uuid,
    sessions: &[session::Model],
) -> Result<Option<Fault>> {
    let found = summary(db, batch, sessions).await?;
    Ok((found.clashing_sessions > 0).then(|| {
        Fault::new("", "sessions_clash_with_teaching")
            .with("sessions", found.clashing_sessions)
            .with("schools", found.schools)
            .with("minutes", found.person_minutes)
    }))
}

/// Whom the sessions of a batch take from which school.
struct Affected {
    schools: Vec<(Timetable, school::Model)>,
    /// Participants by school.
    participants: HashMap<Uuid, i64>,
    /// Those who teach, by session and school.
    teachers: HashMap<(Uuid, Uuid), i64>,
}

impl Affected {
    async fn of(db: &impl ConnectionTrait, batch: Uuid) -> Result<Self> {
        let participants: Vec<(Uuid, i64)> = participants(batch)
            .column(enrolment::Column::SchoolId)
            .column_as(enrolment::Column::Id.count(), "persons")
            .group_by(enrolment::Column::SchoolId)
            .into_tuple()
            .all(db)
            .await?;
        let teachers: Vec<(Uuid, Uuid, i64)> = teachers(batch)
            .column(session_teacher::Column::SessionId)
            .column(person::Column::SchoolId)
            .column_as(person::Column::Id.count(), "persons")
            .group_by(session_teacher::Column::SessionId)
            .group_by(person::Column::SchoolId)
            .into_tuple()
            .all(db)
            .await?;
        let schools = school::Entity::find().filter(schools_concerned(batch)).all(db).await?;
        let with_hours = |row| Ok((timetable(&row)?, row));
        Ok(Self {
            schools: schools.into_iter().map(with_hours).collect::<Result<_>>()?,
            participants: participants.into_iter().collect(),
            teachers: teachers.into_iter().map(|(session, school, n)| ((session, school), n)).collect(),
        })
    }

    /// What one session takes.
    fn by(&self, row: &session::Model) -> Result<SessionClashes> {
        let times = times(row)?;
        let mut schools: Vec<SchoolClash> = Vec::new();
        for (timetable, school) in &self.schools {
            let participants = self.participants.get(&school.id).copied().unwrap_or_default();
            let teachers = self.teachers.get(&(row.id, school.id)).copied().unwrap_or_default();
            let clashes = timetable.clashes(&times, None);
            if participants + teachers > 0 && !clashes.is_empty() {
                schools.push(line(school, participants, teachers, &clashes));
            }
        }
        schools.sort_by(|a, b| {
            let persons = |line: &SchoolClash| line.participants + line.teachers;
            persons(b).cmp(&persons(a)).then_with(|| a.npsn.cmp(&b.npsn))
        });
        Ok(SessionClashes {
            session_id: row.id.into(),
            title: row.title.clone(),
            starts_at: row.starts_at,
            ends_at: row.ends_at,
            persons: schools.iter().map(|line| line.participants + line.teachers).sum(),
            schools,
        })
    }
}

fn line(school: &school::Model, participants: i64, teachers: i64, clashes: &[Clash]) -> SchoolClash {
    SchoolClash {
        school_id: school.id.into(),
        npsn: school.npsn.clone(),
        name: school.name.clone(),
        minutes: clashes.iter().map(Clash::minutes).sum(),
        participants,
        teachers,
        windows: clashes.iter().map(|c| ClashWindow { from: c.from, until: c.until }).collect(),
    }
}

fn participants(batch: Uuid) -> Select<enrolment::Entity> {
    enrolment::Entity::find()
        .select_only()
        .filter(enrolment::Column::BatchId.eq(batch))
        .filter(enrolment::Column::Status.is_in(ATTENDING.iter().copied()))
        .filter(enrolment::Column::SchoolId.is_not_null())
}

fn teachers(batch: Uuid) -> Select<session_teacher::Entity> {
    session_teacher::Entity::find()
        .select_only()
        .join(JoinType::InnerJoin, session_teacher::Relation::Session.def())
        .join(JoinType::InnerJoin, session_teacher::Relation::Person.def())
        .filter(session::Column::BatchId.eq(batch))
        .filter(person::Column::SchoolId.is_not_null())
}

/// The schools of everyone concerned.
fn schools_concerned(batch: Uuid) -> Condition {
    Condition::any()
        .add(
            school::Column::Id
                .in_subquery(participants(batch).column(enrolment::Column::SchoolId).into_query()),
        )
        .add(school::Column::Id.in_subquery(teachers(batch).column(person::Column::SchoolId).into_query()))
}

/// A school's teaching hours as the rules look at them.
fn timetable(row: &school::Model) -> Result<Timetable> {
    Timetable::stored(&row.timezone, row.teaching_days, row.teaching_from, row.teaching_until)
}
