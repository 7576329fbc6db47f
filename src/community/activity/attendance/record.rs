//! Recording who was at an activity: all of it in one call, all faults at once.

use std::collections::{HashMap, HashSet};

use async_graphql::InputObject;
use entity::{
    activity::Model as Activity,
    activity_attendance::{Column, Entity, Model},
    activity_removal, membership,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, JoinType, PaginatorTrait,
    QueryFilter, QuerySelect, RelationTrait, sea_query::OnConflict,
};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    rule::{self, Entry, MAX_ENTRIES, Noted, Told},
    view::ActivityAttendanceRecord,
};
use crate::{
    access::{
        action::Action,
        actor::Permit,
        context::{Command, Work},
    },
    community::activity::{
        lock::{HeldActivity, lock},
        rule::{AttendanceMethod, require_begun},
        view::ActivityId,
        write::{happened, update},
    },
    community::membership::rule as membership_rule,
    directory::person::view::PersonId,
    foundation::error::{Error, Faults, Result},
    training::session::rule::SessionZone,
};

/// Who was there.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RecordActivityAttendanceInput {
    /// One line per person, at most 300. Whoever is not listed stays as recorded before.
    #[schema(min_items = 1, max_items = 300)]
    pub entries: Vec<ActivityAttendanceEntryInput>,
}

/// One person's minutes.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ActivityAttendanceEntryInput {
    /// Who: somebody who was a member of the community on the day of the activity.
    #[schema(value_type = String, format = "uuid")]
    pub person_id: PersonId,
    /// Minutes present, at most the activity's; 0 takes the person off the list.
    #[schema(example = 180, minimum = 0, maximum = 720)]
    pub minutes: i32,
}

/// Records who was at an activity. The same list again changes nothing.
pub struct RecordActivityAttendance {
    /// Which activity.
    pub id: ActivityId,
    /// Who was there.
    pub input: RecordActivityAttendanceInput,
}

impl Command for RecordActivityAttendance {
    type Output = ActivityAttendanceRecord;
    const ACTION: Action = Action::ActivityAttendanceRecord;

    async fn run(&self, work: &Work<'_>) -> Result<ActivityAttendanceRecord> {
        let HeldActivity { community, row, status } = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &community.place)?;
        status.require_attendance()?;
        require_begun(row.starts_at, work.now())?;
        let entry =
            |e: &ActivityAttendanceEntryInput| Entry { person_id: e.person_id.uuid(), minutes: e.minutes };
        let entries: Vec<Entry> = self.input.entries.iter().map(entry).collect();
        let named = if entries.len() > MAX_ENTRIES { &[][..] } else { &entries };
        let members = members(work, &row, named.iter().map(|entry| entry.person_id)).await?;
        let noted = noted(work, row.id).await?;
        rule::check(&entries, &members, &noted, row.minutes)?;
        let told = rule::sort(&entries, &noted);
        let coming = told.changed.iter().map(|(person, _)| *person);
        let elsewhere = elsewhere(work.db(), &row, coming).await?;
        let mut faults = Faults::new();
        for (at, entry) in entries.iter().enumerate().filter(|(_, entry)| entry.minutes > 0) {
            let there = elsewhere.contains(&entry.person_id);
            faults.require(!there, &format!("/entries/{at}/personId"), "attendance_elsewhere");
        }
        faults.done()?;
        let attended = if told == Told::default() {
            row.attended
        } else {
            store(work, &permit, row.id, &told).await?;
            let persons: Vec<Uuid> = told.changed.iter().map(|(person, _)| *person).collect();
            let row = renew(work, &permit, row).await?;
            let more =
                json!({ "personIds": persons, "removedPersonIds": told.removed, "attended": row.attended });
            work.emit(happened("activity_attendance.recorded", &row, more)).await?;
            row.attended
        };
        let number = |n: usize| i32::try_from(n).unwrap_or(i32::MAX);
        Ok(ActivityAttendanceRecord {
            activity_id: self.id,
            recorded_count: number(told.changed.len() - told.corrected),
            corrected_count: number(told.corrected),
            removed_count: number(told.removed.len()),
            unchanged_count: number(entries.len() - told.changed.len() - told.removed.len()),
            attended,
        })
    }
}

/// Which of these persons were at another activity, of any community, that overlaps this one.
///
/// # Errors
/// `unavailable` or `internal` when the database does not answer.
pub(in crate::community::activity) async fn elsewhere(
    db: &impl ConnectionTrait,
    row: &Activity,
    persons: impl IntoIterator<Item = Uuid>,
) -> Result<HashSet<Uuid>> {
    let found: Vec<Uuid> = Entity::find()
        .select_only()
        .column(Column::PersonId)
        .join(JoinType::InnerJoin, entity::activity_attendance::Relation::Activity.def())
        .filter(Column::PersonId.is_in(persons))
        .filter(Column::ActivityId.ne(row.id))
        .filter(Column::Minutes.gt(0))
        .filter(entity::activity::Column::StartsAt.lt(row.ends_at))
        .filter(entity::activity::Column::EndsAt.gt(row.starts_at))
        .into_tuple()
        .all(db)
        .await?;
    Ok(found.into_iter().collect())
}

/// How many persons are recorded at an activity.
///
/// # Errors
/// `unavailable` or `internal` when the database does not answer.
pub async fn present(db: &impl ConnectionTrait, activity: Uuid) -> Result<u64> {
    Ok(Entity::find().filter(Column::ActivityId.eq(activity)).count(db).await?)
}

/// The activity with as many as are recorded, one version on. Its row is locked, so that nobody else counts
/// at the same time.
///
/// # Errors
/// `unavailable` or `internal` when the database does not answer.
pub(in crate::community::activity) async fn renew(
    work: &Work<'_>,
    permit: &Permit,
    row: Activity,
) -> Result<Activity> {
    let attended = present(work.db(), row.id).await?;
    let mut change = row.clone().into_active_model();
    change.attended = Set(i32::try_from(attended).map_err(|e| Error::internal("count attendance", e))?);
    update(work, permit, &row, change).await
}

/// Which of these persons are or were members of an activity's community, each with whether they were on its day.
///
/// # Errors
/// `unavailable` or `internal` when the database does not answer.
pub(in crate::community::activity) async fn members(
    work: &Work<'_>,
    row: &Activity,
    persons: impl IntoIterator<Item = Uuid>,
) -> Result<HashMap<Uuid, bool>> {
    let zone = SessionZone::parse(&row.timezone).map_err(|f| Error::internal("activity.timezone", f.code))?;
    let day = zone.local(row.starts_at).date();
    let rows = membership::Entity::find()
        .filter(membership::Column::CommunityId.eq(row.community_id))
        .filter(membership::Column::JoinedAt.is_not_null())
        .filter(membership::Column::PersonId.is_in(persons))
        .all(work.db())
        .await?;
    let mut found = HashMap::new();
    for one in rows {
        let then = membership_rule::covers(one.joined_at, one.ended_at, day, zone);
        *found.entry(one.person_id).or_insert(false) |= then;
    }
    Ok(found)
}

/// Whoever is recorded already.
async fn noted(work: &Work<'_>, activity: Uuid) -> Result<HashMap<Uuid, Noted>> {
    let rows = Entity::find().filter(Column::ActivityId.eq(activity)).all(work.db()).await?;
    let one = |row: Model| {
        let method = AttendanceMethod::parse(&row.method)
            .map_err(|f| Error::internal("activity_attendance.method", f.code))?;
        Ok((row.person_id, Noted { minutes: row.minutes, method }))
    };
    rows.into_iter().map(one).collect()
}

async fn store(work: &Work<'_>, _: &Permit, activity: Uuid, told: &Told) -> Result<()> {
    if !told.changed.is_empty() {
        let rows = told.changed.iter().map(|(person_id, minutes)| {
            Model {
                activity_id: activity,
                person_id: *person_id,
                method: AttendanceMethod::Organiser.as_str().to_owned(),
                minutes: *minutes,
                observed_at: work.now(),
                recorded_at: work.now(),
                recorded_by: work.actor.subject.clone(),
            }
            .into_active_model()
        });
        let replace = OnConflict::columns([Column::ActivityId, Column::PersonId])
            .update_columns([
                Column::Method,
                Column::Minutes,
                Column::ObservedAt,
                Column::RecordedAt,
                Column::RecordedBy,
            ])
            .to_owned();
        Entity::insert_many(rows).on_conflict(replace).exec_without_returning(work.db()).await?;
        // Whoever is put on the list again by an officer is there.
        activity_removal::Entity::delete_many()
            .filter(activity_removal::Column::ActivityId.eq(activity))
            .filter(activity_removal::Column::PersonId.is_in(told.changed.iter().map(|(person, _)| *person)))
            .exec(work.db())
            .await?;
    }
    if !told.removed.is_empty() {
        let removals = told.removed.iter().map(|person_id| {
            activity_removal::Model {
                activity_id: activity,
                person_id: *person_id,
                removed_at: work.now(),
                removed_by: work.actor.subject.clone(),
            }
            .into_active_model()
        });
        use activity_removal::Column::{ActivityId, PersonId, RemovedAt, RemovedBy};
        let again =
            OnConflict::columns([ActivityId, PersonId]).update_columns([RemovedAt, RemovedBy]).to_owned();
        let removals = activity_removal::Entity::insert_many(removals).on_conflict(again);
        removals.exec_without_returning(work.db()).await?;
        Entity::delete_many()
            .filter(Column::ActivityId.eq(activity))
            .filter(Column::PersonId.is_in(told.removed.iter().copied()))
            .exec(work.db())
            .await?;
    }
    Ok(())
}
