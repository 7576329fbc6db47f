//! Everything that is stored of a certificate, brought together to be examined.

use chrono::{DateTime, Utc};
use entity::{certificate, certificate_payload, event};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, Iterable, JoinType, QueryFilter, QueryOrder,
    QueryResult, QuerySelect, RelationDef, RelationTrait, Select,
};

use super::{
    integrity::{DECIDING, MOVED, Stored},
    read::with_columns,
};
use crate::foundation::error::Result;

const SEALED: &str = "s_";
const LAST: &str = "e_";

/// The rows that together are a certificate.
#[derive(Debug)]
pub struct Rows {
    /// What changes.
    pub row: certificate::Model,
    /// What never changes.
    pub sealed: Option<certificate_payload::Model>,
    /// The event at the row's `changed_pos`.
    pub last: Option<event::Model>,
    /// The event that gave it its status, where the last one is another.
    pub decided: Option<event::Model>,
}

/// Certificates with their payload and the event of their last change, in one statement.
pub fn with_all(query: Select<certificate::Entity>) -> Select<certificate::Entity> {
    let last: RelationDef = certificate::Entity::belongs_to(event::Entity)
        .from(certificate::Column::ChangedPos)
        .to(event::Column::Pos)
        .into();
    let query = query
        .join_rev(JoinType::LeftJoin, certificate_payload::Relation::Certificate.def())
        .join(JoinType::LeftJoin, last);
    let query = with_columns(query, certificate_payload::Column::iter(), SEALED);
    with_columns(query, event::Column::iter(), LAST)
}

impl Rows {
    /// The rows of one answer of [`with_all`]. Only for a certificate that moved to another
    /// record of its holder a second statement looks for what gave it its status.
    pub async fn read(db: &impl ConnectionTrait, row: &QueryResult) -> Result<Self> {
        let mut rows = Self {
            row: certificate::Model::from_query_result(row, "")?,
            sealed: certificate_payload::Model::from_query_result_optional(row, SEALED)?,
            last: event::Model::from_query_result_optional(row, LAST)?,
            decided: None,
        };
        if rows.last.as_ref().is_some_and(|last| last.kind == MOVED) {
            rows.decided = event::Entity::find()
                .filter(event::Column::SubjectKind.eq("certificate"))
                .filter(event::Column::SubjectId.eq(rows.row.id.to_string()))
                .filter(event::Column::Kind.is_in(DECIDING))
                .order_by_desc(event::Column::Pos)
                .one(db)
                .await?;
        }
        Ok(rows)
    }

    /// As the examination wants them.
    pub fn stored(&self) -> Stored<'_> {
        Stored {
            row: &self.row,
            sealed: self.sealed.as_ref(),
            last: self.last.as_ref(),
            decided: self.decided.as_ref(),
        }
    }

    /// When it got the status it has.
    pub fn status_since(&self) -> Option<DateTime<Utc>> {
        self.decided.as_ref().or(self.last.as_ref()).map(|event| event.occurred_at)
    }
}
