//! An entry of the audit trail as both faces show it.

use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::values::Values;
use crate::{
    access::veil::WITHHELD,
    domain_enum,
    foundation::{
        change::Change,
        error::{Error, Result},
    },
};

domain_enum! {
    /// Why a personal value of the audit trail is not shown. The entry itself is whole: the chain has only its hash.
    pub enum AuditWithheld {
        /// It was erased, together with the person whom it is about.
        Erased = "erased",
        /// Its time is over: personal values go after ten years.
        Expired = "expired",
        /// It was edited behind the service's back: it is not what the chain says.
        Altered = "altered",
    }
}

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
    /// Why what it held is not shown any more; null where it is.
    pub withheld: Option<AuditWithheld>,
}

impl AuditEntry {
    /// An entry with the personal values that stand apart from it.
    pub(super) fn of(row: entity::audit_entry::Model, values: &mut Values) -> Result<Self> {
        let unreadable = |error| Error::internal("read an audit entry", error);
        let subjects: Vec<(String, String, String, i64, String)> =
            serde_json::from_value(row.subjects.clone()).map_err(unreadable)?;
        let subjects = subjects.into_iter().map(|(event, kind, subject_id, version, _)| AuditSubject {
            event,
            kind,
            subject_id,
            version,
        });
        let changes: Option<Vec<Change>> =
            row.changes.clone().map(serde_json::from_value).transpose().map_err(unreadable)?;
        let changes = changes.into_iter().flatten().flat_map(|c| columns(&row, &c, values)).collect();
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
            changes,
            hash: row.hash,
        })
    }
}

fn columns(entry: &entity::audit_entry::Model, change: &Change, values: &mut Values) -> Vec<AuditChange> {
    let column = |field| {
        let (before, after, withheld) = values.show(entry.seq, entry.at, change, field);
        AuditChange {
            kind: change.kind.clone(),
            row_id: change.row_id.clone(),
            field: field.name.clone(),
            before,
            after,
            masked: field.masked,
            withheld,
        }
    };
    change.fields.iter().map(column).collect()
}
