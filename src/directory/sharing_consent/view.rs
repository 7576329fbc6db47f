//! A consent as both faces show it.

use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};
use entity::sharing_consent::Model;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    rule::{ConsentEnding, ConsentLanguage, SharingPurpose, counts},
    texts,
};
use crate::{
    directory::person::view::PersonId,
    foundation::{
        error::{Error, Result},
        id::{Id, Kind},
    },
};

/// The id of a consent to sharing.
pub type SharingConsentId = Id<SharingConsent>;

impl Kind for SharingConsent {
    const NAME: &'static str = "SharingConsent";
}

/// That a person agreed to share something that need not be shared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SharingConsent {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: SharingConsentId,
    /// Who agreed.
    #[schema(value_type = String, format = "uuid")]
    pub person_id: PersonId,
    /// To what.
    pub purpose: SharingPurpose,
    /// The edition of the words they agreed to.
    #[schema(example = 1, minimum = 1, maximum = 1000)]
    pub edition: i32,
    /// The language in which they read them.
    pub language: ConsentLanguage,
    /// SHA-256 of those words, 64 hex digits.
    #[schema(min_length = 64, max_length = 64)]
    pub text_hash: String,
    /// When they agreed.
    pub given_at: DateTime<Utc>,
    /// When it ended; null while it did not.
    pub ended_at: Option<DateTime<Utc>>,
    /// By what it ended; null while it did not.
    pub ending: Option<ConsentEnding>,
    /// Whether it counts now: it did not end, the words have no newer edition, and the use of the record is not
    /// restricted.
    pub in_force: bool,
    /// Grows by one with every change; what `If-Match` and `version` refer to.
    #[schema(example = 1, minimum = 1)]
    pub version: i64,
    /// When the record came to be.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

impl SharingConsent {
    /// The view of a row; `restricted` says whether the use of the person's record is.
    ///
    /// # Errors
    /// `internal` when a column holds what no rule knows.
    pub fn of(row: Model, restricted: bool) -> Result<Self> {
        let purpose = purpose(&row)?;
        let ending = row.ending.as_deref().map(ConsentEnding::parse).transpose();
        Ok(Self {
            id: row.id.into(),
            person_id: row.person_id.into(),
            purpose,
            edition: row.edition,
            language: ConsentLanguage::parse(&row.language)
                .map_err(|f| Error::internal("sharing_consent.language", f.code))?,
            text_hash: row.text_hash,
            given_at: row.given_at,
            ended_at: row.ended_at,
            ending: ending.map_err(|f| Error::internal("sharing_consent.ending", f.code))?,
            in_force: counts(row.ended_at.is_some(), row.edition, texts::edition(purpose), restricted),
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }
}

/// The purpose of a row.
pub(super) fn purpose(row: &Model) -> Result<SharingPurpose> {
    SharingPurpose::parse(&row.purpose).map_err(|f| Error::internal("sharing_consent.purpose", f.code))
}
