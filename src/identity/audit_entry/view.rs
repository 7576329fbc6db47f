//! An entry of the audit trail as both faces show it.

use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    access::veil::WITHHELD,
    foundation::{
        change::{Change, Field},
        error::{Error, Result},
    },
};

/// What one command did, as it was written in the transaction of the change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AuditEntry {
    /// Its number: 1, 2, 3 … in the order of commits, without gaps.
    #[schema(example = 1)]
    pub seq: i64,
    /// When. Instants never go back along the numbers.
    pub at: DateTime<Utc>,
    /// Who: a person's or account's id, or a system's name; null where that is withheld.
    pub actor: Option<String>,
    /// Whether whoever did it stays unnamed, because it was anonymous. Then nothing that would lead to them is kept:
    /// no actor, request, app, reason, and nothing of what changed.
    pub withheld: bool,
    /// Which command: `certificate.revoke` and so on.
    #[schema(example = "certificate.revoke")]
    pub action: String,
    /// Why, where the command gives a reason.
    #[schema(max_length = 500)]
    pub reason: Option<String>,
    /// The app or system through which it came (`client_id`); null where there was none.
    #[schema(format = "uuid")]
    pub client: Option<String>,
    /// The account for which that app acted; null where a system acted for itself, or there was no app.
    #[schema(format = "uuid")]
    pub account: Option<String>,
    /// The request it came with; null where that is withheld.
    pub request_id: Option<String>,
    /// What it was done to, in the order of the events.
    pub subjects: Vec<AuditSubject>,
    /// What changed, row by row and column by column. Empty for what was made anew, for what many rows went through
    /// at once, and for nouns whose content is not kept twice.
    pub changes: Vec<AuditChange>,
    /// Its seal: HMAC-SHA-256 over all of it and the seal before, 64 hex digits.
    #[schema(min_length = 64, max_length = 64)]
    pub hash: String,
}

/// One event of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AuditSubject {
    /// What happened: `certificate.revoked` and so on.
    #[schema(example = "certificate.revoked")]
    pub event: String,
    /// To what kind of thing.
    #[schema(example = "certificate")]
    pub kind: String,
    /// Its id; a region's code.
    pub subject_id: String,
    /// Its version after that.
    pub version: i64,
}

/// One column of a row that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AuditChange {
    /// What kind of row: the name of its table.
    #[schema(example = "person")]
    pub kind: String,
    /// Its id; of a row with several keys, all of them with a slash between.
    pub row_id: String,
    /// The column.
    #[schema(example = "phone")]
    pub field: String,
    /// What it held before, as text, cut after 1,000 characters; null for nothing.
    #[schema(example = "+6•••89")]
    pub before: Option<String>,
    /// What it holds after, as text, cut after 1,000 characters; null for nothing.
    #[schema(example = "+6•••12")]
    pub after: Option<String>,
    /// Whether it is personal, and only its ends or nothing at all may be shown.
    pub masked: bool,
}

fn columns(change: Change) -> impl Iterator<Item = AuditChange> {
    let Change { kind, row_id, fields } = change;
    fields.into_iter().map(move |Field { name, before, after, masked }| AuditChange {
        kind: kind.clone(),
        row_id: row_id.clone(),
        field: name,
        before,
        after,
        masked,
    })
}

impl TryFrom<entity::audit_entry::Model> for AuditEntry {
    type Error = Error;

    fn try_from(row: entity::audit_entry::Model) -> Result<Self> {
        let unreadable = |error| Error::internal("read an audit entry", error);
        let subjects: Vec<(String, String, String, i64, String)> =
            serde_json::from_value(row.subjects).map_err(unreadable)?;
        let subjects = subjects.into_iter().map(|(event, kind, subject_id, version, _)| AuditSubject {
            event,
            kind,
            subject_id,
            version,
        });
        let changes: Option<Vec<Change>> =
            row.changes.map(serde_json::from_value).transpose().map_err(unreadable)?;
        let withheld = row.actor == WITHHELD;
        Ok(Self {
            seq: row.seq,
            at: row.at,
            actor: Some(row.actor).filter(|_| !withheld),
            withheld,
            action: row.action,
            reason: row.reason,
            client: row.client,
            account: row.account,
            request_id: Some(row.request_id).filter(|_| !withheld),
            subjects: subjects.collect(),
            changes: changes.into_iter().flatten().flat_map(columns).collect(),
            hash: row.hash,
        })
    }
}
