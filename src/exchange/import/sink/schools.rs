//! Schools into the directory. A row is found again by its NPSN. What the list does not tell
//! (contacts, timetable) is never touched, and what it leaves empty does not erase what is known.

use std::collections::HashMap;

use entity::school::{self, Column, Entity, Model};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect, sea_query::OnConflict};
use serde_json::json;

use super::{Settled, Target, change, parts, raced, staff};
use crate::access::context::Work;
use crate::access::scope;
use crate::directory::school::teaching::zone_of;
use crate::exchange::import::report::Outcome;
use crate::exchange::import::row::Parsed;
use crate::exchange::import::schools::SchoolRow;
use crate::foundation::error::Result;
use crate::foundation::event::Event;
use crate::training::session::timetable::TeachingDays;

/// Values of one school in a statement.
const COLUMNS: usize = 19;

/// A school's lessons until it tells its own timetable: 07.00 to 14.00 local time, in minutes after midnight.
const LESSONS: (i32, i32) = (7 * 60, 14 * 60);

/// The schools of the directory.
#[derive(Debug, Clone, Copy, Default)]
pub struct Schools;

impl Target for Schools {
    type Row = SchoolRow;

    async fn settle(&self, work: &Work<'_>, chunk: &[Parsed<SchoolRow>], dry_run: bool) -> Result<Settled> {
        let mut settled = Settled::of(chunk.len());
        let mut known = known(work, chunk).await?;
        let (mut made, mut changed, mut moved) = (Vec::new(), Vec::new(), HashMap::new());
        for (at, row) in chunk.iter().enumerate() {
            let Some(row) = &row.value else { continue };
            match known.remove(row.npsn.as_str()) {
                None => {
                    settled.set(at, Outcome::New);
                    made.push(new(work, row));
                }
                Some(mut school) => {
                    let was_in = school.region_code.clone();
                    let outcome =
                        if update(&mut school, row) { Outcome::Updated } else { Outcome::Unchanged };
                    if outcome == Outcome::Updated {
                        school.version += 1;
                        school.updated_at = work.now();
                        if school.region_code != was_in {
                            moved.insert(school.id, school.region_code.clone());
                        }
                        changed.push(school);
                    }
                    settled.set(at, outcome);
                }
            }
        }
        if dry_run {
            return Ok(settled);
        }
        let told = made.iter().map(|s| told("school.created", s));
        settled.events.extend(told.chain(changed.iter().map(|s| self::told("school.updated", s))));
        insert(work, made).await?;
        store(work, changed).await?;
        settled.events.extend(staff::move_along(work, &moved).await?);
        Ok(settled)
    }
}

/// The schools that the rows are about, locked until the chunk is done.
async fn known(work: &Work<'_>, chunk: &[Parsed<SchoolRow>]) -> Result<HashMap<String, Model>> {
    let numbers = chunk.iter().filter_map(|row| row.value.as_ref()).map(|row| row.npsn.as_str());
    let found = scope::schools().filter(Column::Npsn.is_in(numbers)).lock_exclusive().all(work.db()).await?;
    Ok(found.into_iter().map(|school| (school.npsn.clone(), school)).collect())
}

fn new(work: &Work<'_>, row: &SchoolRow) -> Model {
    Model {
        id: work.new_id(),
        npsn: row.npsn.as_str().to_owned(),
        name: row.name.clone(),
        level: row.level.as_str().to_owned(),
        ownership: row.ownership.as_str().to_owned(),
        address: row.address.clone(),
        region_code: row.region.as_str().to_owned(),
        latitude: row.coordinates.map(|place| place.latitude),
        longitude: row.coordinates.map(|place| place.longitude),
        provisional: row.npsn.is_provisional(),
        phone: None,
        email: None,
        timezone: zone_of(row.region.as_str()).to_owned(),
        teaching_days: TeachingDays::SIX.bits(),
        teaching_from: LESSONS.0,
        teaching_until: LESSONS.1,
        version: 1,
        created_at: work.now(),
        updated_at: work.now(),
    }
}

/// Puts what the row tells into the school; whether anything differed.
fn update(school: &mut Model, row: &SchoolRow) -> bool {
    let mut differs = change(&mut school.level, row.level.as_str().to_owned());
    differs |= change(&mut school.name, row.name.clone());
    differs |= change(&mut school.ownership, row.ownership.as_str().to_owned());
    differs |= change(&mut school.region_code, row.region.as_str().to_owned());
    if row.address.is_some() {
        differs |= change(&mut school.address, row.address.clone());
    }
    if let Some(place) = row.coordinates {
        differs |= change(&mut school.latitude, Some(place.latitude));
        differs |= change(&mut school.longitude, Some(place.longitude));
    }
    differs
}

async fn insert(work: &Work<'_>, schools: Vec<Model>) -> Result<()> {
    for part in parts(schools, COLUMNS) {
        let rows = part.into_iter().map(IntoActiveModel::into_active_model);
        Entity::insert_many(rows).exec_without_returning(work.db()).await.map_err(raced)?;
    }
    Ok(())
}

/// Writes changed schools, many in one statement; they are locked, so the conflict is with themselves.
async fn store(work: &Work<'_>, schools: Vec<Model>) -> Result<()> {
    let written = [
        Column::Name,
        Column::Level,
        Column::Ownership,
        Column::Address,
        Column::RegionCode,
        Column::Latitude,
        Column::Longitude,
        Column::Version,
        Column::UpdatedAt,
    ];
    for part in parts(schools, COLUMNS) {
        let rows = part.into_iter().map(IntoActiveModel::into_active_model);
        let own = OnConflict::column(Column::Id).update_columns(written).to_owned();
        school::Entity::insert_many(rows).on_conflict(own).exec_without_returning(work.db()).await?;
    }
    Ok(())
}

fn told(kind: &'static str, school: &Model) -> Event {
    Event::new(kind, "school", school.id, school.version).in_region(Some(school.region_code.clone())).with(
        json!({
            "npsn": school.npsn,
            "name": school.name,
            "level": school.level,
            "ownership": school.ownership,
        }),
    )
}
