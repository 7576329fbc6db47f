//! Which of a community's members cannot come when it meets. Teaching time is protected: a meeting in lessons
//! is reported before it is published.

use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};
use entity::activity;
use sea_orm::{ColumnTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::engagements::{Busy, Engagements};
use crate::foundation::language::Language;
use crate::{
    access::{action::Action, context::Ctx, scope},
    community::{activity::view::ActivityId, group::lock::place},
    directory::school::view::SchoolId,
    foundation::error::{Error, Fault, Result},
    training::{
        session::{
            rule::{SessionTimes, SessionZone},
            timetable::Clash,
        },
        warning::Warning,
    },
};

/// The most schools told of one meeting.
const MOST_SCHOOLS: usize = 20;
/// The first days told in a refusal.
const FIRST_DAYS: usize = 5;

/// How many members cannot come to one meeting. Counted, never named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MeetingClashes {
    /// First instant of the meeting.
    pub starts_at: DateTime<Utc>,
    /// First instant after it.
    pub ends_at: DateTime<Utc>,
    /// Members who would miss lessons. None on the community's learning day.
    #[schema(minimum = 0)]
    pub teaching: i64,
    /// Schools whose teaching hours it falls into.
    #[schema(minimum = 0)]
    pub school_count: i64,
    /// Those of them with the most members, at most 20.
    pub schools: Vec<MeetingSchoolClash>,
    /// Members with a meeting of another community at that time; one with two of them counts twice.
    #[schema(minimum = 0)]
    pub in_meetings: i64,
    /// Members with a session of a training at that time.
    #[schema(minimum = 0)]
    pub in_trainings: i64,
}

/// The part of a meeting that falls into one school's teaching hours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MeetingSchoolClash {
    /// The school.
    #[schema(value_type = String, format = "uuid")]
    pub school_id: SchoolId,
    /// Its national number.
    #[schema(example = "20219345", max_length = 8)]
    pub npsn: String,
    /// Its name.
    #[schema(example = "SDN Cibogo", max_length = 150)]
    pub name: String,
    /// Members of the community at that school.
    #[schema(minimum = 1)]
    pub members: i64,
    /// Minutes of the meeting that fall into its teaching hours.
    #[schema(example = 60, minimum = 1, maximum = 720)]
    pub minutes: i64,
}

impl Engagements {
    /// How many members cannot come at these times.
    pub fn clashes(&self, times: &SessionTimes) -> MeetingClashes {
        let mut schools: Vec<MeetingSchoolClash> = Vec::new();
        for school in &self.schools {
            let clashes = school.timetable.clashes(times, self.learning_day);
            let minutes: i64 = clashes.iter().map(Clash::minutes).sum();
            if minutes > 0 {
                schools.push(MeetingSchoolClash {
                    school_id: school.id.into(),
                    npsn: school.npsn.clone(),
                    name: school.name.clone(),
                    members: school.members,
                    minutes,
                });
            }
        }
        let (teaching, school_count) = (schools.iter().map(|line| line.members).sum(), schools.len() as i64);
        schools.sort_by(|a, b| b.members.cmp(&a.members).then_with(|| a.npsn.cmp(&b.npsn)));
        schools.truncate(MOST_SCHOOLS);
        MeetingClashes {
            starts_at: times.starts_at,
            ends_at: times.ends_at,
            teaching,
            school_count,
            schools,
            in_meetings: engaged(&self.meetings, times),
            in_trainings: engaged(&self.trainings, times),
        }
    }
}

fn engaged(busy: &[Busy], times: &SessionTimes) -> i64 {
    // By start: what begins when the meeting is over does not matter any more.
    let before = busy.partition_point(|one| one.starts_at < times.ends_at);
    let (begun, _) = busy.split_at(before);
    begun.iter().filter(|one| one.ends_at > times.starts_at).map(|one| one.members).sum()
}

/// The refusal of meetings in lessons: `meetings_clash_with_teaching`, with how many `meetings`, up to how many
/// `members` miss lessons in one of them, and the first `dates`. None when nobody does.
pub fn refusal(clashes: &[MeetingClashes], zone: SessionZone) -> Option<Fault> {
    let found: Vec<&MeetingClashes> = clashes.iter().filter(|one| one.teaching > 0).collect();
    let most = found.iter().map(|one| one.teaching).max()?;
    let days = found.iter().take(FIRST_DAYS).map(|one| zone.local(one.starts_at).date().to_string());
    Some(
        Fault::new("", "meetings_clash_with_teaching")
            .with("meetings", found.len())
            .with("members", most)
            .with("dates", days.collect::<Vec<_>>().join(", ")),
    )
}

/// The warnings about meetings on which members are engaged elsewhere: `meetings_overlap_others`, with how many
/// `meetings` and up to how many `members`; and that of lessons, where they are held all the same.
pub fn warnings(clashes: &[MeetingClashes], zone: SessionZone, language: Language) -> Vec<Warning> {
    let elsewhere = |one: &MeetingClashes| one.in_meetings + one.in_trainings;
    let most = clashes.iter().map(elsewhere).max().filter(|most| *most > 0);
    let overlaps = most.map(|most| {
        let meetings = clashes.iter().filter(|one| elsewhere(one) > 0).count();
        Fault::new("", "meetings_overlap_others").with("meetings", meetings).with("members", most)
    });
    let told = [refusal(clashes, zone), overlaps];
    told.iter().flatten().map(|fault| Warning::of(fault, language)).collect()
}

/// How many members cannot come to an activity.
///
/// # Errors
/// `not_found`, `forbidden`.
pub async fn of_activity(ctx: &Ctx, id: ActivityId) -> Result<MeetingClashes> {
    ctx.actor.require_role_for(Action::ActivityClashes)?;
    let row = scope::activities(&ctx.actor)?
        .filter(activity::Column::Id.eq(id.uuid()))
        .find_also_related(entity::community::Entity)
        .one(ctx.db())
        .await?;
    let Some((row, Some(community))) = row else { return Err(Error::NotFound("activity")) };
    ctx.actor.permit(Action::ActivityClashes, &place(ctx.db(), &ctx.actor, &community).await?)?;
    let zone = SessionZone::parse(&row.timezone).map_err(|f| Error::internal("activity.timezone", f.code))?;
    let times = SessionTimes { starts_at: row.starts_at, ends_at: row.ends_at, zone };
    let found = Engagements::of(ctx.db(), &community, (row.starts_at, row.ends_at)).await?;
    Ok(found.clashes(&times))
}
