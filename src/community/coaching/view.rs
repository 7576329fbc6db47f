//! A coaching as both faces show it to whoever looks.

use async_graphql::SimpleObject;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::community::activity::{detail::view::Colleague, rule::ActivityKind};

/// That one colleague accompanied another. Who, what they work on and what they agreed on is shown to the two, as
/// long as they are members, and to other members once both share it; to everybody else it only took place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CoachingDetail {
    /// `coaching`.
    pub kind: ActivityKind,
    /// Whether both share it with the members; false wherever you do not see whose it is.
    pub is_shared: bool,
    /// Whether the coach shares it; false where you do not see whose it is.
    pub coach_shares: bool,
    /// Whether the accompanied colleague shares it; false where you do not see whose it is.
    pub coachee_shares: bool,
    /// Who accompanies; null where you do not see it or nobody said.
    pub coach: Option<Colleague>,
    /// Who is accompanied; null where you do not see it or nobody said.
    pub coachee: Option<Colleague>,
    /// What they work on; null where you do not see it or nobody said.
    #[schema(max_length = 1000)]
    pub focus: Option<String>,
    /// What they agreed to do next; null where you do not see it or nobody said.
    #[schema(max_length = 4000)]
    pub next_steps: Option<String>,
}

impl CoachingDetail {
    /// That it took place, and no more.
    pub const fn closed() -> Self {
        Self {
            kind: ActivityKind::Coaching,
            is_shared: false,
            coach_shares: false,
            coachee_shares: false,
            coach: None,
            coachee: None,
            focus: None,
            next_steps: None,
        }
    }
}
