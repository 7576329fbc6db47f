//! What callers may say about a partner, and the check of it.

use async_graphql::{InputObject, MaybeUndefined};
use chrono::NaiveDate;
use entity::community_partner::{ActiveModel, Model};
use serde::Deserialize;
use utoipa::ToSchema;

use super::rule::{self, Contribution, PartnerValue};
use crate::{
    directory::organisation::view::OrganisationId,
    foundation::{dates, error::Faults, patch},
};

/// Who stands by a community, and with what.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreatePartnerInput {
    /// Which organisation.
    #[schema(value_type = String, format = "uuid")]
    pub organisation_id: OrganisationId,
    /// What it gives.
    pub contribution: Contribution,
    /// What that is, in words; at most 500 characters.
    #[schema(example = "Dosen pendamping sekali sebulan", min_length = 1, max_length = 500)]
    pub description: String,
    /// What it is worth in rupiah; leave out where nobody said.
    #[schema(example = 2_500_000, minimum = 0, maximum = 2_000_000_000_i64)]
    pub value_rupiah: Option<i64>,
    /// From which day.
    #[schema(example = "2026-07-13")]
    pub since: NaiveDate,
    /// Until which day; leave out where no end is set.
    #[schema(example = "2027-06-30")]
    pub until: Option<NaiveDate>,
}

/// What may be changed about a partner; what is left out stays (JSON merge patch, RFC 7396).
#[derive(Debug, Clone, Default, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdatePartnerInput {
    /// What it gives. Never null.
    #[serde(default)]
    #[schema(value_type = Contribution, required = false)]
    pub contribution: MaybeUndefined<Contribution>,
    /// What that is, in words; at most 500 characters. Never null.
    #[serde(default)]
    #[schema(value_type = String, required = false, min_length = 1, max_length = 500)]
    pub description: MaybeUndefined<String>,
    /// What it is worth in rupiah; null where nobody said.
    #[serde(default)]
    #[schema(value_type = Option<i64>, minimum = 0, maximum = 2_000_000_000_i64)]
    pub value_rupiah: MaybeUndefined<i64>,
    /// From which day. Never null.
    #[serde(default)]
    #[schema(value_type = String, required = false, format = "date")]
    pub since: MaybeUndefined<NaiveDate>,
    /// Until which day; null where no end is set.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = "date")]
    pub until: MaybeUndefined<NaiveDate>,
}

impl UpdatePartnerInput {
    /// Puts what is said and sound into `change`, and what is not into `faults`. `found`: the row as it is,
    /// where there is one.
    pub fn apply(&self, found: Option<&Model>, change: &mut ActiveModel, faults: &mut Faults) {
        if let Some(one) = patch::required(faults, "/contribution", &self.contribution, |one| Ok(*one)) {
            change.contribution.set_if_not_equals(one.as_str().to_owned());
        }
        let words = patch::required(faults, "/description", &self.description, |raw| rule::description(raw));
        if let Some(words) = words {
            change.description.set_if_not_equals(words);
        }
        let value = patch::optional(faults, "/valueRupiah", &self.value_rupiah, |n| PartnerValue::parse(*n));
        if let Some(value) = value {
            change.value_rupiah.set_if_not_equals(value.map(PartnerValue::get));
        }
        let since = patch::required(faults, "/since", &self.since, |day| dates::day(*day));
        let until = patch::optional(faults, "/until", &self.until, |day| dates::day(*day));
        if let Some(since) = since {
            change.since.set_if_not_equals(since);
        }
        if let Some(until) = until {
            change.until.set_if_not_equals(until);
        }
        let first = since.or_else(|| found.map(|row| row.since));
        let last = until.unwrap_or_else(|| found.and_then(|row| row.until));
        if let Some(first) = first {
            faults.take("/until", rule::days(first, last));
        }
    }
}

impl From<&CreatePartnerInput> for UpdatePartnerInput {
    fn from(new: &CreatePartnerInput) -> Self {
        Self {
            contribution: MaybeUndefined::Value(new.contribution),
            description: MaybeUndefined::Value(new.description.clone()),
            value_rupiah: new.value_rupiah.map_or(MaybeUndefined::Null, MaybeUndefined::Value),
            since: MaybeUndefined::Value(new.since),
            until: new.until.map_or(MaybeUndefined::Null, MaybeUndefined::Value),
        }
    }
}
