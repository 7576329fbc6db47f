//! A credit scheme as both faces show it.

use async_graphql::SimpleObject;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    rule::{CreditComponent, total_jp},
    state::CreditSchemeStatus,
};
use crate::{
    community::group::rule::CommunityKind,
    directory::organisation::view::OrganisationId,
    foundation::{
        error::{Error, Result},
        id::{Id, Kind},
    },
    training::program::view::ProgramId,
};

/// The id of one edition of a credit scheme.
pub type CreditSchemeId = Id<CreditScheme>;

impl Kind for CreditScheme {
    const NAME: &'static str = "CreditScheme";
}

/// One edition of the rules by which what a community does in one cycle adds up to credit hours of a program.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
#[graphql(complex)]
pub struct CreditScheme {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: CreditSchemeId,
    /// The program whose title, form, hours and competencies the certificates carry.
    #[schema(value_type = String, format = "uuid")]
    pub program_id: ProgramId,
    /// Who offers that program, and issues the certificates.
    #[schema(value_type = String, format = "uuid")]
    pub provider_id: OrganisationId,
    /// Short code, the same in all editions.
    #[schema(example = "PKB-KKG", max_length = 20)]
    pub code: String,
    /// Which edition, counted from 1.
    #[schema(example = 1, minimum = 1)]
    pub edition: i32,
    /// What it asks for, in plain words; may be empty.
    #[schema(max_length = 5000)]
    pub description: String,
    /// What must be done.
    #[schema(max_items = 8)]
    pub components: Vec<CreditComponent>,
    /// JP of a whole cycle: those of all components.
    #[schema(example = 82, minimum = 1, maximum = 1000)]
    pub jp_total: i32,
    /// Days of one cycle.
    #[schema(example = 180, minimum = 7, maximum = 400)]
    pub cycle_days: i32,
    /// The most JP that a person may earn in one month of the calendar; null = no such limit.
    #[schema(minimum = 1, maximum = 200)]
    pub monthly_cap_jp: Option<i32>,
    /// Minutes of one JP; a shorter activity counts for nothing.
    #[schema(example = 45, minimum = 30, maximum = 60)]
    pub minutes_per_jp: i32,
    /// The kinds of communities it is for; empty = all.
    #[schema(max_items = 7)]
    pub community_kinds: Vec<CommunityKind>,
    /// Minutes that an activity must last at least to count, where that is more than one JP; null where it is not.
    #[schema(minimum = 1, maximum = 720)]
    pub least_minutes: Option<i32>,
    /// The first day on which a cycle by it may begin.
    pub effective_from: NaiveDate,
    /// The first day on which none begins any more; null while it is not retired.
    pub retired_on: Option<NaiveDate>,
    /// Where it stands.
    pub status: CreditSchemeStatus,
    /// Grows by one with every change; what `If-Match` and `version` refer to.
    pub version: i64,
    /// When the record came to be.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

impl TryFrom<entity::credit_scheme::Model> for CreditScheme {
    type Error = Error;

    fn try_from(row: entity::credit_scheme::Model) -> Result<Self> {
        let status = status(&row)?;
        let components = components(&row)?;
        let community_kinds = community_kinds(&row)?;
        Ok(Self {
            id: row.id.into(),
            program_id: row.program_id.into(),
            provider_id: row.provider_id.into(),
            code: row.code,
            edition: row.edition,
            description: row.description,
            jp_total: total_jp(&components),
            components,
            cycle_days: row.cycle_days,
            monthly_cap_jp: row.monthly_cap_jp,
            minutes_per_jp: row.minutes_per_jp,
            community_kinds,
            least_minutes: row.least_minutes,
            effective_from: row.effective_from,
            retired_on: row.retired_on,
            status,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }
}

/// Where a scheme stands.
///
/// # Errors
/// `internal` when the column holds what no rule knows.
pub fn status(row: &entity::credit_scheme::Model) -> Result<CreditSchemeStatus> {
    CreditSchemeStatus::parse(&row.status).map_err(|f| Error::internal("credit_scheme.status", f.code))
}

/// What a scheme asks for.
///
/// # Errors
/// `internal` when the column holds what no rule knows.
pub fn components(row: &entity::credit_scheme::Model) -> Result<Vec<CreditComponent>> {
    serde_json::from_value(row.components.clone()).map_err(|e| Error::internal("credit_scheme.components", e))
}

/// The kinds of communities a scheme is for; empty = all.
///
/// # Errors
/// `internal` when the column holds what no rule knows.
pub fn community_kinds(row: &entity::credit_scheme::Model) -> Result<Vec<CommunityKind>> {
    serde_json::from_value(row.community_kinds.clone())
        .map_err(|e| Error::internal("credit_scheme.community_kinds", e))
}
