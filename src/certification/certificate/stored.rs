//! Everything that is stored of a certificate, brought together to be examined.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{certificate, certificate_payload, event};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, Iterable, JoinType, QueryFilter, QueryOrder,
    QueryResult, QuerySelect, QueryTrait, RelationTrait, Select,
};
use uuid::Uuid;

use super::{
    integrity::{MOVED, Stored},
    read::with_columns,
    redact::ERASED,
};
use crate::foundation::error::Result;

const SEALED: &str = "s_";

/// The rows that together are a certificate.
#[derive(Debug)]
pub struct Rows {
    /// What changes.
    pub row: certificate::Model,
    /// What never changes.
    pub sealed: Option<certificate_payload::Model>,
    /// All its events, in the order of commits.
    pub events: Vec<event::Model>,
}

/// Certificates with their payload, in one statement.
pub fn with_payload(query: Select<certificate::Entity>) -> Select<certificate::Entity> {
    let query = query.join_rev(JoinType::LeftJoin, certificate_payload::Relation::Certificate.def());
    with_columns(query, certificate_payload::Column::iter(), SEALED)
}

impl Rows {
    /// The rows of one answer of [`with_payload`], as yet without events.
    ///
    /// # Errors
    /// `internal` naming the column when a cell holds what its type does not allow.
    pub fn read(row: &QueryResult) -> Result<Self> {
        Ok(Self {
            row: certificate::Model::from_query_result(row, "")?,
            sealed: certificate_payload::Model::from_query_result_optional(row, SEALED)?,
            events: Vec::new(),
        })
    }

    /// As the examination wants them.
    pub fn stored(&self) -> Stored<'_> {
        Stored { row: &self.row, sealed: self.sealed.as_ref(), events: &self.events }
    }

    /// Whether the certificate changed after its row was read: then its events tell of more
    /// than the row, and it must be read again before anyone calls that a breach.
    pub fn is_behind(&self) -> bool {
        self.events.last().is_some_and(|last| last.pos > self.row.changed_pos)
    }

    /// When it got the status it has.
    pub fn status_since(&self) -> Option<DateTime<Utc>> {
        self.events
            .iter()
            .rev()
            .find(|event| ![MOVED, ERASED].contains(&event.kind.as_str()))
            .map(|event| event.occurred_at)
    }
}

/// Brings the events of all of `rows`, in one statement. Reading them after the rows means
/// that a change in between shows as a row that [is behind](Rows::is_behind), never as one
/// that is ahead.
pub async fn bring_events(db: &impl ConnectionTrait, rows: &mut [Rows]) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let query = event::Entity::find()
        .filter(event::Column::SubjectKind.eq("certificate"))
        .filter(event::Column::SubjectId.is_in(rows.iter().map(|rows| rows.row.id.to_string())))
        .order_by_asc(event::Column::Pos);
    let mut events: HashMap<String, Vec<event::Model>> = HashMap::new();
    for row in db.query_all(&query.into_query()).await? {
        // An event that cannot be read is as good as none; the walk of the trail tells of it.
        if let Ok(event) = event::Model::from_query_result(&row, "") {
            events.entry(event.subject_id.clone()).or_default().push(event);
        }
    }
    for rows in rows {
        rows.events = events.remove(&rows.row.id.to_string()).unwrap_or_default();
    }
    Ok(())
}

/// One certificate as it is now; none when it is gone or cannot be read.
pub async fn again(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<Rows>> {
    let query = with_payload(certificate::Entity::find_by_id(id));
    let row = db.query_one(&query.into_query()).await?;
    let Some(mut rows) = row.and_then(|row| Rows::read(&row).ok()) else { return Ok(None) };
    bring_events(db, std::slice::from_mut(&mut rows)).await?;
    Ok(Some(rows))
}
