//! A correction as both faces show it.

use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};
use entity::correction::Model;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    rule::CorrectionStatus,
    wishes::{self, Wish},
};
use crate::{
    access::{actor::Actor, keys::Keyring, oauth_scope::OAuthScope},
    directory::person::view::PersonId,
    foundation::{
        error::{Error, Result},
        id::{Id, Kind},
    },
};

/// The id of a correction.
pub type CorrectionId = Id<Correction>;

impl Kind for Correction {
    const NAME: &'static str = "Correction";
}

/// One field of a record, and what it shall be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CorrectionChange {
    /// The field, as a person has it in both faces: `name`, `birthDate`.
    #[schema(example = "name", max_length = 20)]
    pub field: String,
    /// What it shall be, as REST writes it; null to have it emptied, and where it is withheld.
    #[schema(example = "Siti Aminah", max_length = 254)]
    pub wanted: Option<String>,
    /// The scope that the app lacks to be shown what it shall be; null where it is shown.
    pub withheld: Option<OAuthScope>,
}

/// What a person asks to have corrected in their record, until when it must be answered, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
#[graphql(complex)]
pub struct Correction {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: CorrectionId,
    /// Whose record.
    #[schema(value_type = String, format = "uuid")]
    pub person_id: PersonId,
    /// Where it stands.
    pub status: CorrectionStatus,
    /// The names of the fields that shall change; these stay when it is answered.
    #[schema(max_items = 20)]
    pub fields: Vec<String>,
    /// What they shall be; empty once it is answered.
    #[schema(max_items = 20)]
    pub changes: Vec<CorrectionChange>,
    /// What else is wrong; null where nothing was said, and once it is answered.
    #[schema(max_length = 2000)]
    pub words: Option<String>,
    /// Why, and what shows it; null once it is answered.
    #[schema(max_length = 500)]
    pub reason: Option<String>,
    /// Until when it must be answered: 72 hours after it was asked for.
    pub due_at: DateTime<Utc>,
    /// Whether it waits longer than that.
    pub overdue: bool,
    /// Why it was decided so, for the person; null before, and where it was taken back.
    #[schema(max_length = 500)]
    pub decision_reason: Option<String>,
    /// When it was decided or taken back; null before.
    pub decided_at: Option<DateTime<Utc>>,
    /// Grows by one with every change; what `If-Match` refers to.
    pub version: i64,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

impl CorrectionChange {
    fn of(wish: Wish, actor: &Actor, is_own: bool) -> Self {
        let covered = actor.via.as_ref().is_none_or(|via| via.scopes.contains(&wish.purpose));
        let withheld = (!is_own && !covered).then_some(wish.purpose);
        let wanted = wish.wanted.filter(|_| withheld.is_none());
        Self { field: wish.field.to_owned(), wanted, withheld }
    }
}

/// Where a row stands.
///
/// # Errors
/// `internal` when the column holds what no rule knows.
pub(super) fn status(row: &Model) -> Result<CorrectionStatus> {
    CorrectionStatus::parse(&row.status).map_err(|f| Error::internal("correction.status", f.code))
}

impl Correction {
    /// A row as `actor` sees it at `now`: the person all of it; others what their app may be shown.
    ///
    /// # Errors
    /// `internal` for a row that no rule knows, or that cannot be opened.
    pub fn seen_by(actor: &Actor, ring: &Keyring, now: DateTime<Utc>, row: Model) -> Result<Self> {
        let is_own = actor.person() == Some(row.person_id);
        let wishes = wishes::shown(ring, &row)?;
        let status = status(&row)?;
        let fields = serde_json::from_value(row.fields);
        Ok(Self {
            id: row.id.into(),
            person_id: row.person_id.into(),
            status,
            fields: fields.map_err(|e| Error::internal("correction.fields", e))?,
            changes: wishes.into_iter().map(|wish| CorrectionChange::of(wish, actor, is_own)).collect(),
            words: row.words,
            reason: row.reason,
            due_at: row.due_at,
            overdue: status.is_overdue(row.due_at, now),
            decision_reason: row.decision_reason,
            decided_at: row.decided_at,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }
}
