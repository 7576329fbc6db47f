//! A member says that they were there: by a code their phone read, or afterwards in a word. Saying it again
//! changes nothing and answers the same.

use async_graphql::InputObject;
use chrono::{DateTime, Utc};
use entity::{
    activity_attendance::{ActiveModel, Entity, Model},
    activity_removal,
};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{code, rule};
use crate::{
    access::{
        action::Action,
        actor::Permit,
        context::{Command, Work},
    },
    community::activity::{
        attendance::{
            read::of_person,
            record::{elsewhere, members, renew},
            view::ActivityAttendance,
        },
        lock::{HeldActivity, lock},
        rule::AttendanceMethod,
        view::ActivityId,
        write::happened,
    },
    foundation::error::{Error, Result},
};

/// What a phone read in the room.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CheckInActivityInput {
    /// The code, as scanned or typed: letter case, dashes and spaces do not matter.
    #[schema(example = "K7Q2M-9XWTR-4FDJC", min_length = 1, max_length = 40)]
    pub code: String,
    /// When the phone read it, by its own clock. Kept only where it fits the code, which proves the moment.
    pub observed_at: Option<DateTime<Utc>>,
}

/// The caller was there: the code proves it.
pub struct CheckInActivity {
    /// At which activity.
    pub id: ActivityId,
    /// What the phone read.
    pub input: CheckInActivityInput,
}

impl Command for CheckInActivity {
    type Output = ActivityAttendance;
    const ACTION: Action = Action::ActivityCheckIn;

    async fn run(&self, work: &Work<'_>) -> Result<ActivityAttendance> {
        let HeldActivity { community, row, status } = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &community.place)?;
        let person = caller(work)?;
        let key = work.services.keyring.check_in();
        let meeting = rule::Meeting { starts_at: row.starts_at, ends_at: row.ends_at };
        let window = code::read(&key, row.id, row.starts_at, &self.input.code)
            .filter(|window| meeting.showed(*window))
            .ok_or_else(|| Error::invalid("/code", "check_in_code_wrong"))?;
        let before = of_person(work.db(), row.id, person).await?;
        // A code says more than a word afterwards, and less than an officer.
        if let Some(known) = before.as_ref().filter(|b| b.method != AttendanceMethod::Confirmation) {
            return Ok(known.clone());
        }
        status.require_attendance()?;
        require_not_removed(work, &row, person).await?;
        meeting.require_upload(work.now())?;
        require_here(work, &row, person).await?;
        let minutes = i32::try_from(meeting.minutes_from(window));
        let new = Model {
            activity_id: row.id,
            person_id: person,
            method: AttendanceMethod::Code.as_str().to_owned(),
            minutes: minutes.map_err(|e| Error::internal("minutes of a check-in", e))?,
            observed_at: rule::observed(window, self.input.observed_at),
            recorded_at: work.now(),
            recorded_by: work.actor.subject.clone(),
        };
        put(work, &permit, new, before.is_some()).await?;
        let row = renew(work, &permit, row).await?;
        let found = reread(work, row.id, person).await?;
        let more = json!({ "personIds": [person], "attended": row.attended });
        work.emit(happened("activity.checked_in", &row, more)).await?;
        Ok(found)
    }
}

/// The caller was there, and says so afterwards.
pub struct ConfirmActivity(pub ActivityId);

impl Command for ConfirmActivity {
    type Output = ActivityAttendance;
    const ACTION: Action = Action::ActivityConfirm;

    async fn run(&self, work: &Work<'_>) -> Result<ActivityAttendance> {
        let HeldActivity { community, row, status } = lock(work, self.0).await?;
        let permit = work.permit(Self::ACTION, &community.place)?;
        let person = caller(work)?;
        if let Some(known) = of_person(work.db(), row.id, person).await? {
            return Ok(known);
        }
        status.require_held()?;
        require_not_removed(work, &row, person).await?;
        let meeting = rule::Meeting { starts_at: row.starts_at, ends_at: row.ends_at };
        meeting.require_confirmation(work.now())?;
        require_here(work, &row, person).await?;
        let new = Model {
            activity_id: row.id,
            person_id: person,
            method: AttendanceMethod::Confirmation.as_str().to_owned(),
            minutes: row.minutes,
            observed_at: work.now(),
            recorded_at: work.now(),
            recorded_by: work.actor.subject.clone(),
        };
        put(work, &permit, new, false).await?;
        let row = renew(work, &permit, row).await?;
        let found = reread(work, row.id, person).await?;
        let more = json!({ "personIds": [person], "attended": row.attended });
        work.emit(happened("activity.confirmed", &row, more)).await?;
        Ok(found)
    }
}

/// That no officer took the person off the list: they say so by hand, and only an officer takes it back.
async fn require_not_removed(work: &Work<'_>, row: &entity::activity::Model, person: Uuid) -> Result<()> {
    let removed = activity_removal::Entity::find_by_id((row.id, person)).one(work.db()).await?;
    if removed.is_none() { Ok(()) } else { Err(Error::conflict("attendance_removed")) }
}

/// That the person was a member on the day of the activity, and at no other activity meanwhile.
async fn require_here(work: &Work<'_>, row: &entity::activity::Model, person: Uuid) -> Result<()> {
    if members(work, row, [person]).await?.get(&person) != Some(&true) {
        return Err(Error::conflict("person_not_member_then"));
    }
    let elsewhere = elsewhere(work.db(), row, [person]).await?;
    if elsewhere.is_empty() { Ok(()) } else { Err(Error::conflict("attendance_elsewhere")) }
}

/// The person who calls; a permit for either command is only given to a member.
fn caller(work: &Work<'_>) -> Result<Uuid> {
    work.actor.person().ok_or(Error::Forbidden(Action::ActivityCheckIn.name()))
}

/// Puts a person on the list, in place of what stood there.
async fn put(work: &Work<'_>, _: &Permit, row: Model, replaces: bool) -> Result<()> {
    let row: ActiveModel = row.into_active_model();
    if replaces {
        row.reset_all().update(work.db()).await?;
    } else {
        Entity::insert(row).exec_without_returning(work.db()).await?;
    }
    Ok(())
}

async fn reread(work: &Work<'_>, activity: Uuid, person: Uuid) -> Result<ActivityAttendance> {
    let found = of_person(work.db(), activity, person).await?;
    found.ok_or_else(|| Error::internal("read a check-in back", "it is missing"))
}
