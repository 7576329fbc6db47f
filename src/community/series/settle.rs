//! Brings the meetings in the plan in line with their series, in the transaction of whoever changes it.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use entity::{activity, meeting_series, series_withdrawal};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, Set,
};
use serde_json::json;
use uuid::Uuid;

use super::{
    input::Draft,
    plan::{self, Condition, Plan, Standing, Why},
    rule::{HORIZON_DAYS, written},
};
use crate::{
    access::{actor::Permit, context::Work},
    community::activity::state::ActivityStatus,
    foundation::{
        error::Fault,
        error::Result,
        event::Event,
        language::{self, Language},
    },
};

/// Rows put in with one statement; PostgreSQL takes 65,535 values at most.
const CHUNK: usize = 100;

/// Until when meetings stand in the plan at an instant: whole days, so that the same day comes to the same.
pub fn horizon(now: DateTime<Utc>) -> DateTime<Utc> {
    (now.date_naive() + TimeDelta::days(HORIZON_DAYS)).and_time(chrono::NaiveTime::MIN).and_utc()
}

/// A series and what its meetings are to follow.
pub struct Settling<'a> {
    /// The region of its community.
    pub region: &'a str,
    /// Its row, as it shall be.
    pub row: &'a meeting_series::Model,
    /// What it said before; the same where it did not change.
    pub old: &'a Draft,
    /// What it says.
    pub new: &'a Draft,
}

/// The part of the plan that a series is looked at in, by its own clocks: from now until the horizon.
pub fn window(draft: &Draft, now: DateTime<Utc>) -> (NaiveDateTime, NaiveDateTime) {
    let zone = draft.rhythm.zone();
    (zone.local(now), zone.local(horizon(now)))
}

impl Settling<'_> {
    /// Makes, takes back, brings back and changes meetings until they are what the series says. Answers what to
    /// tell of it, to be told when all is done.
    ///
    /// # Errors
    /// `unavailable` or `internal` when the database does not answer.
    pub async fn run(&self, work: &Work<'_>, permit: &Permit) -> Result<Vec<Event>> {
        let window = window(self.new, work.now());
        let rows = self.standing(work, window.0).await?;
        let withdrawn = withdrawn(work, self.row.id).await?;
        let standing: Vec<Standing> = rows.iter().map(|row| self.seen(row, &withdrawn, work.now())).collect();
        let plan = plan::decide(&self.new.rhythm, &self.new.pauses, window, &standing);
        let mut events = self.withdraw(work, permit, &plan, &rows).await?;
        events.extend(self.follow(work, permit, &plan, &rows).await?);
        events.extend(self.create(work, permit, &plan.create).await?);
        Ok(events)
    }

    async fn standing(&self, work: &Work<'_>, from: NaiveDateTime) -> Result<Vec<activity::Model>> {
        let rows = activity::Entity::find()
            .filter(activity::Column::SeriesId.eq(self.row.id))
            .filter(activity::Column::Occurrence.gte(written(from)))
            .order_by_asc(activity::Column::Occurrence);
        Ok(rows.all(work.db()).await?)
    }

    fn seen(&self, row: &activity::Model, withdrawn: &BTreeSet<Uuid>, now: DateTime<Utc>) -> Standing {
        let condition = if withdrawn.contains(&row.id) {
            Condition::Withdrawn
        } else if row.starts_at > now && row.attended == 0 && self.as_made(row) {
            Condition::AsMade
        } else {
            Condition::Settled
        };
        Standing { occurrence: row.occurrence.clone().unwrap_or_default(), condition }
    }

    /// Whether nobody touched a meeting since the series made it.
    fn as_made(&self, row: &activity::Model) -> bool {
        let Some(at) = row.occurrence.as_deref().and_then(|text| super::rule::local(text).ok()) else {
            return false;
        };
        let mut made = row.clone();
        shape(&mut made, self.old, at);
        made == *row && row.status == ActivityStatus::Planned.as_str()
    }

    async fn withdraw(
        &self,
        work: &Work<'_>,
        _: &Permit,
        plan: &Plan,
        rows: &[activity::Model],
    ) -> Result<Vec<Event>> {
        let (mut events, mut notes) = (Vec::new(), Vec::new());
        for (place, why) in &plan.withdraw {
            let Some(row) = rows.get(*place) else { continue };
            let mut row = row.clone();
            ActivityStatus::Cancelled.as_str().clone_into(&mut row.status);
            row.status_reason = Some(reason(why));
            save(work, &mut row).await?;
            notes.push(series_withdrawal::Model {
                activity_id: row.id,
                series_id: self.row.id,
                withdrawn_at: work.now(),
            });
            events.push(self.happened("activity.cancelled", &row));
        }
        for chunk in notes.chunks(CHUNK) {
            let rows = chunk.iter().cloned().map(IntoActiveModel::into_active_model);
            series_withdrawal::Entity::insert_many(rows).exec_without_returning(work.db()).await?;
        }
        Ok(events)
    }

    /// Brings back what was taken back, and lets what stays follow what the series says now.
    async fn follow(
        &self,
        work: &Work<'_>,
        _: &Permit,
        plan: &Plan,
        rows: &[activity::Model],
    ) -> Result<Vec<Event>> {
        let (mut events, mut back) = (Vec::new(), Vec::new());
        for (place, at) in &plan.revive {
            let Some(row) = rows.get(*place) else { continue };
            let mut row = row.clone();
            shape(&mut row, self.new, *at);
            ActivityStatus::Planned.as_str().clone_into(&mut row.status);
            row.status_reason = None;
            save(work, &mut row).await?;
            back.push(row.id);
            events.push(self.happened("activity.updated", &row));
        }
        for (place, at) in &plan.keep {
            let Some(old) = rows.get(*place) else { continue };
            let mut row = old.clone();
            shape(&mut row, self.new, *at);
            if row != *old {
                save(work, &mut row).await?;
                events.push(self.happened("activity.updated", &row));
            }
        }
        if !back.is_empty() {
            let of = series_withdrawal::Column::ActivityId.is_in(back);
            series_withdrawal::Entity::delete_many().filter(of).exec(work.db()).await?;
        }
        Ok(events)
    }

    async fn create(&self, work: &Work<'_>, _: &Permit, starts: &[NaiveDateTime]) -> Result<Vec<Event>> {
        let rows: Vec<activity::Model> = starts.iter().map(|at| self.made(work, *at)).collect();
        for chunk in rows.chunks(CHUNK) {
            let rows = chunk.iter().cloned().map(IntoActiveModel::into_active_model);
            activity::Entity::insert_many(rows).exec_without_returning(work.db()).await?;
        }
        Ok(rows.iter().map(|row| self.happened("activity.created", row)).collect())
    }

    fn made(&self, work: &Work<'_>, at: NaiveDateTime) -> activity::Model {
        let mut row = activity::Model {
            id: work.new_id(),
            community_id: self.row.community_id,
            region_code: self.region.to_owned(),
            series_id: Some(self.row.id),
            occurrence: Some(written(at)),
            kind: String::new(),
            title: String::new(),
            description: None,
            starts_at: work.now(),
            ends_at: work.now(),
            timezone: String::new(),
            minutes: 0,
            place: None,
            mode: String::new(),
            status: ActivityStatus::Planned.as_str().to_owned(),
            status_reason: None,
            revision: 0,
            notes: None,
            detail: None,
            held_at: None,
            reported_at: None,
            reported_by: None,
            attended: 0,
            version: 1,
            created_at: work.now(),
            updated_at: work.now(),
        };
        shape(&mut row, self.new, at);
        row
    }

    fn happened(&self, kind: &'static str, row: &activity::Model) -> Event {
        happened(kind, self.region, row)
    }
}

/// What is told of a meeting of a series.
pub(super) fn happened(kind: &'static str, region: &str, row: &activity::Model) -> Event {
    Event::new(kind, "activity", row.id, row.version).in_region(Some(region)).with(json!({
        "communityId": row.community_id,
        "seriesId": row.series_id,
        "occurrence": row.occurrence,
        "kind": row.kind,
        "title": row.title,
        "startsAt": row.starts_at,
        "endsAt": row.ends_at,
        "status": row.status,
    }))
}

/// Gives a meeting what its series says of it.
fn shape(row: &mut activity::Model, draft: &Draft, at: NaiveDateTime) {
    let times = draft.rhythm.times(at, draft.minutes);
    draft.kind.as_str().clone_into(&mut row.kind);
    row.title.clone_from(&draft.title);
    row.description.clone_from(&draft.description);
    row.starts_at = times.starts_at;
    row.ends_at = times.ends_at;
    draft.rhythm.zone().as_str().clone_into(&mut row.timezone);
    row.minutes = draft.minutes;
    row.place.clone_from(&draft.place);
    draft.mode.as_str().clone_into(&mut row.mode);
}

/// Writes a changed meeting, as a new version and revision of it.
pub(super) async fn save(work: &Work<'_>, row: &mut activity::Model) -> Result<()> {
    row.version += 1;
    row.revision += 1;
    row.updated_at = work.now();
    let mut change = row.clone().into_active_model().reset_all();
    change.created_at = Set(row.created_at);
    change.update(work.db()).await?;
    Ok(())
}

/// Why a meeting was taken back, as its members read it.
fn reason(why: &Why) -> String {
    match why {
        Why::Paused(reason) => reason.clone(),
        // What is stored is read by people of the country; it has one language.
        Why::RuleChanged => language::of_fault(Language::default(), &Fault::new("", "meeting_left_the_rule")),
    }
}

async fn withdrawn(work: &Work<'_>, series: Uuid) -> Result<BTreeSet<Uuid>> {
    let ids: Vec<Uuid> = series_withdrawal::Entity::find()
        .select_only()
        .column(series_withdrawal::Column::ActivityId)
        .filter(series_withdrawal::Column::SeriesId.eq(series))
        .into_tuple()
        .all(work.db())
        .await?;
    Ok(ids.into_iter().collect())
}
