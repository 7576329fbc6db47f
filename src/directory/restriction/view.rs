//! A restriction as both faces show it.

use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};
use entity::person::Model;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rule::RestrictedBy;
use crate::{
    directory::person::view::PersonId,
    foundation::error::{Error, Result},
};

/// Whether the use of a person's record is restricted, since when, and by whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Restriction {
    /// Whose record.
    #[schema(value_type = String, format = "uuid")]
    pub person_id: PersonId,
    /// Since when its use is restricted; null while it is not.
    pub restricted_at: Option<DateTime<Utc>>,
    /// Who had it restricted, which decides who may lift it; null while it is not.
    pub restricted_by: Option<RestrictedBy>,
    /// The version of the person's record; what `If-Match` and `version` refer to.
    #[schema(example = 1, minimum = 1)]
    pub version: i64,
}

impl TryFrom<Model> for Restriction {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self> {
        Ok(Self {
            person_id: row.id.into(),
            restricted_at: row.restricted_at,
            restricted_by: standing(&row)?,
            version: row.version,
        })
    }
}

/// Who had the use of this record restricted; none while it is not. Where nobody is noted it is the ministry's to lift.
pub(super) fn standing(row: &Model) -> Result<Option<RestrictedBy>> {
    if row.restricted_at.is_none() {
        return Ok(None);
    }
    let by = row.restricted_by.as_deref().map_or(Ok(RestrictedBy::Ministry), RestrictedBy::parse);
    by.map(Some).map_err(|f| Error::internal("person.restricted_by", f.code))
}
