//! Lessons around the place of a batch. While it is a draft nobody has enrolled, so nobody's lessons can
//! be counted; yet most who will come teach nearby, in the hours in which the schools there teach.

use entity::{school, session};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect};

use super::{read::times, rule::SessionTimes, timetable::Timetable};
use crate::{
    access::scope,
    foundation::error::{Fault, Result},
};

/// Hours that many schools share: there are far fewer timetables than schools.
#[derive(FromQueryResult)]
struct Shared {
    timezone: String,
    teaching_days: i32,
    teaching_from: i32,
    teaching_until: i32,
    schools: i64,
}

impl Shared {
    fn timetable(&self) -> Result<Timetable> {
        Timetable::stored(&self.timezone, self.teaching_days, self.teaching_from, self.teaching_until)
    }
}

/// The warning that sessions fall into hours in which schools of the region teach:
/// `sessions_in_school_hours`, with how many `sessions`, how many of the `schools` there teach during one
/// of them at least, and their share in `percent` (rounded down). None when no school does.
pub async fn warning(
    db: &impl ConnectionTrait,
    region: &str,
    sessions: &[session::Model],
) -> Result<Option<Fault>> {
    let shared = school::Entity::find()
        .select_only()
        .columns([
            school::Column::Timezone,
            school::Column::TeachingDays,
            school::Column::TeachingFrom,
            school::Column::TeachingUntil,
        ])
        .column_as(school::Column::Id.count(), "schools")
        .filter(scope::region_within((school::Entity, school::Column::RegionCode), region))
        .group_by(school::Column::Timezone)
        .group_by(school::Column::TeachingDays)
        .group_by(school::Column::TeachingFrom)
        .group_by(school::Column::TeachingUntil)
        .into_model::<Shared>()
        .all(db)
        .await?;
    let sessions = sessions.iter().map(times).collect::<Result<Vec<SessionTimes>>>()?;
    let (mut all, mut teaching, mut touched) = (0, 0, vec![false; sessions.len()]);
    for shared in shared {
        let timetable = shared.timetable()?;
        let clashing = sessions.iter().map(|session| !timetable.clashes(session, None).is_empty());
        let mut any = false;
        for (touched, clashes) in touched.iter_mut().zip(clashing) {
            *touched |= clashes;
            any |= clashes;
        }
        all += shared.schools;
        teaching += if any { shared.schools } else { 0 };
    }
    Ok((teaching > 0).then(|| {
        Fault::new("", "sessions_in_school_hours")
            .with("sessions", touched.iter().filter(|touched| **touched).count())
            .with("schools", teaching)
            .with("percent", teaching * 100 / all)
    }))
}
