//! The competence gate of sessions as they take place: each session of a direct batch needs somebody
//! whose competence for the program was verified when it began. What was withdrawn later does not undo
//! what was taught; for a session that has not begun, what holds now counts.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use entity::{batch, competence, session, session_teacher};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QuerySelect,
    RelationTrait,
};
use uuid::Uuid;

use crate::{
    directory::resource_person::rule::CompetenceStatus,
    foundation::error::{Error, Fault, Result},
    training::batch::rule::BatchKind,
};

/// Somebody who is assigned to a session, as the gate looks at them. One is assigned only while
/// competence is verified, so it was at that time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Assigned {
    /// Where the evidence for the program stands now.
    pub status: CompetenceStatus,
    /// When that was decided.
    pub decided_at: Option<DateTime<Utc>>,
    /// When the person was assigned.
    pub assigned_at: DateTime<Utc>,
}

impl Assigned {
    /// Whether the competence is known to have been verified at `at`.
    pub fn competent_at(&self, at: DateTime<Utc>) -> bool {
        let assigned_before = self.assigned_at <= at;
        match self.status {
            CompetenceStatus::Verified => assigned_before || self.decided_at.is_none_or(|since| since <= at),
            CompetenceStatus::Withdrawn => assigned_before && self.decided_at.is_some_and(|until| until > at),
            CompetenceStatus::Claimed | CompetenceStatus::Refused => false,
        }
    }
}

/// The instant whose competences count for a session: its start, or now while that is to come.
fn decisive(row: &session::Model, now: DateTime<Utc>) -> DateTime<Utc> {
    row.starts_at.min(now)
}

/// Who may teach which of some sessions of one batch.
pub struct Gate {
    taught: HashMap<Uuid, HashSet<Uuid>>,
}

impl Gate {
    /// Of these sessions of `batch`: one statement.
    pub async fn of(
        db: &impl ConnectionTrait,
        batch: &batch::Model,
        sessions: &[session::Model],
        now: DateTime<Utc>,
    ) -> Result<Self> {
        let at: HashMap<Uuid, DateTime<Utc>> =
            sessions.iter().map(|row| (row.id, decisive(row, now))).collect();
        let mut taught: HashMap<Uuid, HashSet<Uuid>> = HashMap::new();
        for row in evidence(db, batch.program_id, sessions).await? {
            let status = CompetenceStatus::parse(&row.status)
                .map_err(|f| Error::internal("competence.status", f.code))?;
            let assigned = Assigned { status, decided_at: row.decided_at, assigned_at: row.assigned_at };
            if at.get(&row.session_id).is_some_and(|at| assigned.competent_at(*at)) {
                taught.entry(row.session_id).or_default().insert(row.resource_person_id);
            }
        }
        Ok(Self { taught })
    }

    /// How many of `sessions` have nobody who may teach them.
    pub fn untaught(&self, sessions: &[session::Model]) -> usize {
        sessions.iter().filter(|row| !self.taught.contains_key(&row.id)).count()
    }

    /// Whether `resource_person` is the only one who may teach `session`.
    pub fn hangs_on(&self, session: Uuid, resource_person: Uuid) -> bool {
        self.taught.get(&session).is_some_and(|able| able.len() == 1 && able.contains(&resource_person))
    }
}

/// An assignment to a session, with the evidence of competence for the program.
#[derive(FromQueryResult)]
struct Evidence {
    session_id: Uuid,
    resource_person_id: Uuid,
    assigned_at: DateTime<Utc>,
    status: String,
    decided_at: Option<DateTime<Utc>>,
}

async fn evidence(
    db: &impl ConnectionTrait,
    program: Uuid,
    sessions: &[session::Model],
) -> Result<Vec<Evidence>> {
    let rows = session_teacher::Entity::find()
        .select_only()
        .columns([session_teacher::Column::SessionId, session_teacher::Column::ResourcePersonId])
        .column_as(session_teacher::Column::CreatedAt, "assigned_at")
        .columns([competence::Column::Status, competence::Column::DecidedAt])
        .join(JoinType::InnerJoin, session_teacher::Relation::ResourcePerson.def())
        .join_rev(JoinType::InnerJoin, competence::Relation::ResourcePerson.def())
        .filter(competence::Column::ProgramId.eq(program))
        .filter(session_teacher::Column::SessionId.is_in(sessions.iter().map(|row| row.id)))
        .into_model::<Evidence>();
    Ok(rows.all(db).await?)
}

/// What to tell of `sessions` sessions that nobody may teach: `session_without_resource_person`; none for 0.
pub fn fault(sessions: usize) -> Option<Fault> {
    (sessions > 0).then(|| Fault::new("", "session_without_resource_person").with("sessions", sessions))
}

/// How many of these sessions of a batch lack somebody who may teach them; a cascade needs nobody.
///
/// # Errors
/// `internal` when a column holds what no rule knows.
pub async fn untaught(
    db: &impl ConnectionTrait,
    batch: &batch::Model,
    sessions: &[session::Model],
    now: DateTime<Utc>,
) -> Result<usize> {
    if batch.kind != BatchKind::Direct.as_str() {
        return Ok(0);
    }
    Ok(Gate::of(db, batch, sessions, now).await?.untaught(sessions))
}

/// Refuses what a session of a direct batch counts for while nobody may teach it.
///
/// # Errors
/// `session_without_resource_person`.
pub async fn require_taught(
    db: &impl ConnectionTrait,
    batch: &batch::Model,
    row: &session::Model,
    now: DateTime<Utc>,
) -> Result<()> {
    match fault(untaught(db, batch, std::slice::from_ref(row), now).await?) {
        Some(fault) => Err(Error::conflict_with(fault)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::CompetenceStatus::*;
    use super::*;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_798_000_000 + second, 0).unwrap()
    }

    fn competent(status: CompetenceStatus, decided: i64, assigned: i64) -> bool {
        Assigned { status, decided_at: Some(at(decided)), assigned_at: at(assigned) }.competent_at(at(0))
    }

    #[test]
    fn a_withdrawal_after_the_start_does_not_undo_what_was_taught() {
        assert!(competent(Withdrawn, 1, -1));
        assert!(!competent(Withdrawn, 0, -1), "withdrawn as it began");
        assert!(!competent(Withdrawn, 2, 1), "nobody knows since when it had been verified");
    }

    #[test]
    fn a_verification_counts_from_when_it_was_given() {
        assert!(competent(Verified, 0, 1), "assigned late, verified in time");
        assert!(competent(Verified, 1, 0), "assigned in time, so verified by then");
        assert!(!competent(Verified, 1, 1));
        assert!(!competent(Claimed, -1, -1) && !competent(Refused, -1, -1));
    }
}
