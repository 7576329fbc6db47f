//! How a cycle stands for a person, as both faces show it.

use async_graphql::SimpleObject;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{rule::CreditReason, scheme::view::CreditSchemeId};
use crate::{
    community::{
        activity::{
            rule::{ActivityKind, MeetingMode},
            view::ActivityId,
        },
        group::view::CommunityId,
    },
    directory::person::view::PersonId,
};

/// How one cycle of a community's work stands for one person, explained activity by activity. It is about
/// this person alone and compares nobody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CreditStatement {
    /// The community.
    #[schema(value_type = String, format = "uuid")]
    pub community_id: CommunityId,
    /// The person.
    #[schema(value_type = String, format = "uuid")]
    pub person_id: PersonId,
    /// The edition of the scheme that was in force when the cycle began.
    #[schema(value_type = String, format = "uuid")]
    pub scheme_id: CreditSchemeId,
    /// Code of the scheme.
    #[schema(example = "PKB-KKG", max_length = 20)]
    pub code: String,
    /// Which edition of it, counted from 1.
    #[schema(example = 1, minimum = 1)]
    pub edition: i32,
    /// Title of its program, as the certificate will print it.
    #[schema(example = "Pengembangan Keprofesian melalui KKG", max_length = 200)]
    pub title: String,
    /// First day of the cycle, by the community's clocks.
    pub starts_on: NaiveDate,
    /// Last day of the cycle.
    pub ends_on: NaiveDate,
    /// Whether every component is met, so that the certificate can be claimed.
    pub complete: bool,
    /// JP so far.
    #[schema(example = 62, minimum = 0, maximum = 1000)]
    pub jp: i32,
    /// JP of a whole cycle.
    #[schema(example = 82, minimum = 1, maximum = 1000)]
    pub jp_total: i32,
    /// The most JP that count in one month of the calendar; null = no such limit.
    #[schema(minimum = 1, maximum = 200)]
    pub monthly_cap_jp: Option<i32>,
    /// Each component of the scheme, in its order.
    #[schema(max_items = 8)]
    pub components: Vec<CreditLine>,
    /// Each activity that was looked at, by month and start, with what it counts for or why it does not.
    #[schema(max_items = 1000)]
    pub activities: Vec<ConsideredActivity>,
}

/// How one component of a scheme stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CreditLine {
    /// Its code.
    #[schema(example = "IN", max_length = 20)]
    pub code: String,
    /// What it is called.
    #[schema(example = "Pertemuan tatap muka", max_length = 150)]
    pub title: String,
    /// How many activities it takes.
    #[schema(example = 5, minimum = 1, maximum = 40)]
    pub required: i32,
    /// How many count.
    #[schema(example = 3, minimum = 0, maximum = 40)]
    pub actual: i32,
    /// Whether that is enough.
    pub met: bool,
    /// JP for them.
    #[schema(example = 30, minimum = 0, maximum = 1000)]
    pub jp: i32,
    /// JP for all that it takes.
    #[schema(example = 50, minimum = 1, maximum = 1000)]
    pub jp_total: i32,
}

/// An activity that was looked at, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConsideredActivity {
    /// The activity.
    #[schema(value_type = String, format = "uuid")]
    pub activity_id: ActivityId,
    /// What it is called.
    #[schema(example = "Menyusun asesmen diagnostik kelas 4", max_length = 200)]
    pub title: String,
    /// What kind of activity it is.
    pub kind: ActivityKind,
    /// How people came together.
    pub mode: MeetingMode,
    /// First instant.
    pub starts_at: DateTime<Utc>,
    /// Planned minutes.
    #[schema(example = 180, minimum = 1, maximum = 720)]
    pub minutes: i32,
    /// Minutes the person was there; null when they were not.
    #[schema(example = 180, minimum = 0, maximum = 720)]
    pub attended_minutes: Option<i32>,
    /// Code of the component it fits; null when the scheme does not ask for it.
    #[schema(example = "IN", max_length = 20)]
    pub component: Option<String>,
    /// Whether it counts.
    pub counts: bool,
    /// JP it counts for.
    #[schema(example = 10, minimum = 0, maximum = 1000)]
    pub jp: i32,
    /// Why it does not count; null when it does.
    pub reason: Option<CreditReason>,
}
