//! Recording who was in a session: all of it in one call, all faults at once.

use std::collections::HashMap;

use async_graphql::{InputObject, MaybeUndefined};
use entity::{
    attendance::{Column, Entity, Model},
    batch, enrolment, session, session_teacher,
};
use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::view::AttendanceRecord;
use crate::{
    access::{
        action::Action,
        actor::{Permit, Place},
        context::{Command, Work},
        scope,
    },
    foundation::{
        error::{Error, Result},
        event::Event,
    },
    training::{
        batch::lock as batch_lock,
        enrolment::{
            rule::EnrolmentStatus,
            view::{EnrolmentId, status},
        },
        session::{
            attendance::{self, Entry, MAX_ENTRIES, Recording, Said},
            gate,
            view::SessionId,
        },
    },
};

/// Rows of one statement that writes or names many.
const CHUNK: usize = 500;

/// Who was in a session.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RecordAttendanceInput {
    /// One line per participant, at most 10,000. Whoever is not listed stays as recorded before.
    #[schema(min_items = 1, max_items = 10000)]
    pub entries: Vec<AttendanceEntryInput>,
}

/// One participant's minutes.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AttendanceEntryInput {
    /// Whose: an accepted enrolment of the session's batch.
    #[schema(value_type = String, format = "uuid")]
    pub enrolment_id: EnrolmentId,
    /// Minutes present, at most the session's; 0 = absent. Null takes the line back, as if it had never
    /// been recorded; leaving it out is refused.
    #[serde(default)]
    #[schema(value_type = Option<i32>, required = true, example = 90, minimum = 0, maximum = 720)]
    pub minutes: MaybeUndefined<i32>,
}

impl AttendanceEntryInput {
    fn said(&self) -> Said {
        match self.minutes {
            MaybeUndefined::Undefined => Said::Unsaid,
            MaybeUndefined::Null => Said::Nothing,
            MaybeUndefined::Value(minutes) => Said::Minutes(minutes),
        }
    }
}

/// Records a session. The same list again changes nothing; another number of minutes replaces the earlier
/// one, and none takes the line back.
pub struct RecordAttendance {
    /// Which session.
    pub session_id: SessionId,
    /// Who was there.
    pub input: RecordAttendanceInput,
}

impl Command for RecordAttendance {
    type Output = AttendanceRecord;
    const ACTION: Action = Action::AttendanceRecord;

    async fn run(&self, work: &Work<'_>) -> Result<AttendanceRecord> {
        let (batch, session) = lock(work, self.session_id).await?;
        let permit = work.permit(Self::ACTION, &place(work, &batch, session.id).await?)?;
        let entries: Vec<Entry> = self
            .input
            .entries
            .iter()
            .map(|e| Entry { enrolment_id: e.enrolment_id.uuid(), said: e.said() })
            .collect();
        let recording = Recording {
            batch: batch_lock::status(&batch)?,
            starts_at: session.starts_at,
            planned_minutes: session.minutes,
        };
        let named = if entries.len() > MAX_ENTRIES { &[][..] } else { &entries };
        let enrolments = statuses(work, batch.id, named).await?;
        attendance::check(&entries, &enrolments, &recording, work.now())?;
        gate::require_taught(work.db(), &batch, &session, work.now()).await?;
        let before = recorded(work, session.id).await?;
        let told = sort(&entries, &before);
        store(work, &permit, session.id, &told.changed).await?;
        take_back(work, &permit, session.id, &told.removed).await?;
        if !told.changed.is_empty() || !told.removed.is_empty() {
            renew(work, &permit, session.id).await?;
            work.emit(happened(&batch, &session, &told)).await?;
        }
        let number = |n: usize| i32::try_from(n).unwrap_or(i32::MAX);
        Ok(AttendanceRecord {
            session_id: self.session_id,
            recorded_count: number(told.changed.len() - told.corrected),
            corrected_count: number(told.corrected),
            removed_count: number(told.removed.len()),
            unchanged_count: number(entries.len() - told.changed.len() - told.removed.len()),
        })
    }
}

/// Locks the batch of a session within the caller's reach: completion and rejection, which look at
/// attendance, lock it too.
async fn lock(work: &Work<'_>, id: SessionId) -> Result<(batch::Model, session::Model)> {
    let seen = || scope::sessions(work.actor).filter(session::Column::Id.eq(id.uuid()));
    let found = seen().one(work.db()).await?.ok_or(Error::NotFound("session"))?;
    let batch = batch_lock::lock_owner(work, found.batch_id).await?;
    let session = seen().one(work.db()).await?.ok_or(Error::NotFound("session"))?;
    Ok((batch, session))
}

async fn place(work: &Work<'_>, batch: &batch::Model, session: Uuid) -> Result<Place> {
    let taught_by = session_teacher::Entity::find()
        .select_only()
        .column(session_teacher::Column::PersonId)
        .filter(session_teacher::Column::SessionId.eq(session))
        .into_tuple()
        .all(work.db())
        .await?;
    Ok(Place { taught_by, ..batch_lock::place(batch) })
}

/// Where the enrolments that are named stand; those of another batch are left out.
async fn statuses(work: &Work<'_>, batch: Uuid, entries: &[Entry]) -> Result<HashMap<Uuid, EnrolmentStatus>> {
    let mut found = HashMap::with_capacity(entries.len());
    for chunk in entries.chunks(CHUNK) {
        let rows = enrolment::Entity::find()
            .filter(enrolment::Column::BatchId.eq(batch))
            .filter(enrolment::Column::Id.is_in(chunk.iter().map(|e| e.enrolment_id)))
            .all(work.db())
            .await?;
        for row in rows {
            found.insert(row.id, status(&row)?);
        }
    }
    Ok(found)
}

async fn recorded(work: &Work<'_>, session: Uuid) -> Result<HashMap<Uuid, i32>> {
    let rows: Vec<(Uuid, i32)> = Entity::find()
        .select_only()
        .column(Column::EnrolmentId)
        .column(Column::Minutes)
        .filter(Column::SessionId.eq(session))
        .into_tuple()
        .all(work.db())
        .await?;
    Ok(rows.into_iter().collect())
}

/// What the entries say that is new.
#[derive(Debug, Default, PartialEq)]
struct Told {
    /// Enrolments with the minutes they have from now on.
    changed: Vec<(Uuid, i32)>,
    /// How many of those replace another number.
    corrected: usize,
    /// Enrolments of which nothing is recorded any more.
    removed: Vec<Uuid>,
}

fn sort(entries: &[Entry], before: &HashMap<Uuid, i32>) -> Told {
    let mut told = Told::default();
    for Entry { enrolment_id, said } in entries {
        let earlier = before.get(enrolment_id);
        match said {
            Said::Minutes(minutes) if earlier != Some(minutes) => {
                told.corrected += usize::from(earlier.is_some());
                told.changed.push((*enrolment_id, *minutes));
            }
            Said::Nothing if earlier.is_some() => told.removed.push(*enrolment_id),
            Said::Minutes(_) | Said::Nothing | Said::Unsaid => {}
        }
    }
    told
}

async fn take_back(work: &Work<'_>, _: &Permit, session: Uuid, removed: &[Uuid]) -> Result<()> {
    for chunk in removed.chunks(CHUNK) {
        Entity::delete_many()
            .filter(Column::SessionId.eq(session))
            .filter(Column::EnrolmentId.is_in(chunk.iter().copied()))
            .exec(work.db())
            .await?;
    }
    Ok(())
}

/// A new version of the session, so that what is told of it has one order. Its row changes only under
/// the batch's lock, which is held.
async fn renew(work: &Work<'_>, _: &Permit, session: Uuid) -> Result<()> {
    session::Entity::update_many()
        .col_expr(session::Column::Version, Expr::col(session::Column::Version).add(1))
        .col_expr(session::Column::UpdatedAt, Expr::value(work.now()))
        .filter(session::Column::Id.eq(session))
        .exec(work.db())
        .await?;
    Ok(())
}

async fn store(work: &Work<'_>, _: &Permit, session: Uuid, changed: &[(Uuid, i32)]) -> Result<()> {
    for chunk in changed.chunks(CHUNK) {
        let rows = chunk.iter().map(|(enrolment_id, minutes)| {
            Model {
                session_id: session,
                enrolment_id: *enrolment_id,
                minutes: *minutes,
                recorded_by: work.actor.subject.clone(),
                recorded_at: work.now(),
            }
            .into_active_model()
        });
        let replace = OnConflict::columns([Column::SessionId, Column::EnrolmentId])
            .update_columns([Column::Minutes, Column::RecordedBy, Column::RecordedAt])
            .to_owned();
        Entity::insert_many(rows).on_conflict(replace).exec_without_returning(work.db()).await?;
    }
    Ok(())
}

fn happened(batch: &batch::Model, session: &session::Model, told: &Told) -> Event {
    let enrolments: Vec<Uuid> = told.changed.iter().map(|(enrolment, _)| *enrolment).collect();
    Event::new("attendance.recorded", "session", session.id, session.version + 1)
        .in_region(Some(batch.region_code.clone()))
        .with(json!({
            "batchId": batch.id,
            "enrolmentIds": enrolments,
            "removedEnrolmentIds": told.removed,
        }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_new_is_written_and_corrections_are_counted() {
        let id = |n: u128| Uuid::from_u128(n);
        let before = HashMap::from([(id(1), 90), (id(2), 0), (id(4), 0)]);
        let said = [
            (1, Said::Minutes(90)),
            (2, Said::Minutes(45)),
            (3, Said::Minutes(0)),
            (4, Said::Nothing),
            (5, Said::Nothing),
        ];
        let told = sort(&said.map(|(n, said)| Entry { enrolment_id: id(n), said }), &before);
        let changed = vec![(id(2), 45), (id(3), 0)];
        assert_eq!(told, Told { changed, corrected: 1, removed: vec![id(4)] });
    }
}
