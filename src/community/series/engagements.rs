//! What members of a community have to do in a stretch of time: lessons, meetings of their other communities,
//! trainings. Counted, never named: whoever plans a meeting learns how many cannot come, not who or why.

use chrono::{DateTime, Utc, Weekday};
use entity::{activity, batch, community, enrolment, membership, person, school, session};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, RelationTrait, Select,
};
use uuid::Uuid;

use crate::{
    community::activity::state::ActivityStatus,
    directory::school::teaching::TeachingDay,
    foundation::error::{Error, Result},
    training::{batch::state::BatchStatus, enrolment::rule::EnrolmentStatus, session::timetable::Timetable},
};

/// The most meetings and trainings, of each, that are looked at.
const MOST: u64 = 5000;

/// A school at which members teach.
#[derive(Debug, Clone)]
pub struct SchoolHours {
    /// Which school.
    pub id: Uuid,
    /// Its national number.
    pub npsn: String,
    /// Its name.
    pub name: String,
    /// When it gives lessons.
    pub timetable: Timetable,
    /// How many members are there.
    pub members: i64,
}

/// A stretch of time in which members are engaged elsewhere.
#[derive(Debug, Clone, Copy, FromQueryResult)]
pub struct Busy {
    /// First instant.
    pub starts_at: DateTime<Utc>,
    /// First instant after it.
    pub ends_at: DateTime<Utc>,
    /// How many members.
    pub members: i64,
}

/// What the members of one community have to do.
#[derive(Debug, Clone, Default)]
pub struct Engagements {
    /// Their schools.
    pub schools: Vec<SchoolHours>,
    /// Planned meetings of their other communities.
    pub meetings: Vec<Busy>,
    /// Sessions of trainings in which they have a seat.
    pub trainings: Vec<Busy>,
    /// The day of the week on which they are excused from lessons.
    pub learning_day: Option<Weekday>,
}

#[derive(FromQueryResult)]
struct Taught {
    id: Uuid,
    npsn: String,
    name: String,
    timezone: String,
    teaching_days: i32,
    teaching_from: i32,
    teaching_until: i32,
    members: i64,
}

impl Engagements {
    /// Those of the members of `row` between two instants: one statement for each kind.
    ///
    /// # Errors
    /// `unavailable` or `internal` when the database does not answer.
    pub async fn of(
        db: &impl ConnectionTrait,
        row: &community::Model,
        (from, until): (DateTime<Utc>, DateTime<Utc>),
    ) -> Result<Self> {
        let learning_day = row.learning_day.as_deref().map(TeachingDay::parse).transpose();
        let learning_day =
            learning_day.map_err(|f| Error::internal("community.learning_day", f.code))?.map(weekday);
        let (schools, meetings, trainings) = (
            schools(db, row.id).await?,
            meetings(db, row.id, (from, until)).await?,
            trainings(db, row.id, (from, until)).await?,
        );
        Ok(Self { schools, meetings, trainings, learning_day })
    }
}

const fn weekday(day: TeachingDay) -> Weekday {
    match day {
        TeachingDay::Monday => Weekday::Mon,
        TeachingDay::Tuesday => Weekday::Tue,
        TeachingDay::Wednesday => Weekday::Wed,
        TeachingDay::Thursday => Weekday::Thu,
        TeachingDay::Friday => Weekday::Fri,
        TeachingDay::Saturday => Weekday::Sat,
    }
}

/// The ids of a community's members.
fn members(community: Uuid) -> Select<membership::Entity> {
    membership::Entity::find()
        .select_only()
        .column(membership::Column::PersonId)
        .filter(membership::Column::CommunityId.eq(community))
        .filter(membership::Column::Status.eq("active"))
}

async fn schools(db: &impl ConnectionTrait, community: Uuid) -> Result<Vec<SchoolHours>> {
    let rows = person::Entity::find()
        .select_only()
        .columns([school::Column::Id, school::Column::Npsn, school::Column::Name, school::Column::Timezone])
        .columns([school::Column::TeachingDays, school::Column::TeachingFrom, school::Column::TeachingUntil])
        .column_as(person::Column::Id.count(), "members")
        .join(JoinType::InnerJoin, person::Relation::School.def())
        .filter(person::Column::Id.in_subquery(members(community).into_query()))
        .group_by(school::Column::Id)
        .order_by_asc(school::Column::Npsn)
        .into_model::<Taught>();
    let of = |row: Taught| {
        let timetable =
            Timetable::stored(&row.timezone, row.teaching_days, row.teaching_from, row.teaching_until)?;
        Ok(SchoolHours { id: row.id, npsn: row.npsn, name: row.name, timetable, members: row.members })
    };
    rows.all(db).await?.into_iter().map(of).collect()
}

async fn meetings(
    db: &impl ConnectionTrait,
    community: Uuid,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<Busy>> {
    let rows = activity::Entity::find()
        .select_only()
        .columns([activity::Column::StartsAt, activity::Column::EndsAt])
        .column_as(membership::Column::Id.count(), "members")
        .join(JoinType::InnerJoin, activity::Relation::Community.def())
        .join_rev(JoinType::InnerJoin, membership::Relation::Community.def())
        .filter(activity::Column::CommunityId.ne(community))
        .filter(activity::Column::Status.eq(ActivityStatus::Planned))
        .filter(activity::Column::StartsAt.lt(until))
        .filter(activity::Column::EndsAt.gt(from))
        .filter(membership::Column::Status.eq("active"))
        .filter(membership::Column::PersonId.in_subquery(members(community).into_query()))
        .group_by(activity::Column::Id)
        .order_by_asc(activity::Column::StartsAt)
        .limit(MOST)
        .into_model::<Busy>();
    Ok(rows.all(db).await?)
}

async fn trainings(
    db: &impl ConnectionTrait,
    community: Uuid,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<Busy>> {
    let rows = session::Entity::find()
        .select_only()
        .columns([session::Column::StartsAt, session::Column::EndsAt])
        .column_as(enrolment::Column::Id.count(), "members")
        .join(JoinType::InnerJoin, session::Relation::Batch.def())
        .join_rev(JoinType::InnerJoin, enrolment::Relation::Batch.def())
        .filter(batch::Column::Status.ne(BatchStatus::Cancelled))
        .filter(session::Column::StartsAt.lt(until))
        .filter(session::Column::EndsAt.gt(from))
        .filter(enrolment::Column::Status.eq(EnrolmentStatus::Accepted))
        .filter(enrolment::Column::PersonId.in_subquery(members(community).into_query()))
        .group_by(session::Column::Id)
        .order_by_asc(session::Column::StartsAt)
        .limit(MOST)
        .into_model::<Busy>();
    Ok(rows.all(db).await?)
}
