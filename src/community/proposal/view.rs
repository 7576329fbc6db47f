//! A proposal as both faces show it.

use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    rule::{VoteChoice, VotingOutcome, VotingRequirement, VotingRule},
    state::ProposalStatus,
};
use crate::{
    community::group::view::CommunityId,
    directory::person::view::PersonId,
    foundation::{
        error::{Error, Result},
        id::{Id, Kind},
    },
};

/// The id of a proposal.
pub type ProposalId = Id<Proposal>;

impl Kind for Proposal {
    const NAME: &'static str = "Proposal";
}

/// The vote on a proposal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProposalVoting {
    /// Which majority is needed.
    pub rule: VotingRule,
    /// How many of a hundred members must vote.
    #[schema(minimum = 1, maximum = 100)]
    pub quorum_percent: i32,
    /// How many active members there were when voting was opened: what the quorum is a share of.
    #[schema(minimum = 0)]
    pub eligible: i32,
    /// When voting closes.
    pub closes_at: DateTime<Utc>,
    /// How many have voted. Who, and how, is told to nobody.
    #[schema(minimum = 0)]
    pub turnout: i32,
    /// Your own vote; null where you have not voted.
    pub my_vote: Option<VoteChoice>,
    /// What it came to; null until it has closed.
    pub result: Option<ProposalResult>,
}

/// One thing that a vote must reach, and whether it did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProposalRequirement {
    /// What.
    pub requirement: VotingRequirement,
    /// How many votes it takes.
    #[schema(minimum = 1)]
    pub required: i32,
    /// How many there were.
    #[schema(minimum = 0)]
    pub actual: i32,
    /// Whether that is enough.
    pub met: bool,
}

/// What a vote came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProposalResult {
    /// Votes in favour.
    #[schema(minimum = 0)]
    pub yes: i32,
    /// Votes against.
    #[schema(minimum = 0)]
    pub no: i32,
    /// Votes that abstain.
    #[schema(minimum = 0)]
    pub abstain: i32,
    /// What it had to reach.
    pub requirements: Vec<ProposalRequirement>,
    /// What follows: an officer records it, and cannot record anything else.
    pub outcome: VotingOutcome,
}

/// That the moderator learned who wrote an anonymous proposal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProposalUnsealing {
    /// When.
    pub at: DateTime<Utc>,
    /// Why.
    #[schema(max_length = 500)]
    pub reason: String,
}

/// What a member proposes to the community.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Proposal {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: ProposalId,
    /// To which community.
    #[schema(value_type = String, format = "uuid")]
    pub community_id: CommunityId,
    /// In one line; null once removed, but for its author and the moderator.
    #[schema(example = "Pertemuan pindah ke hari Kamis", max_length = 200)]
    pub title: Option<String>,
    /// What is proposed; null once removed, but for its author and the moderator.
    #[schema(max_length = 10000)]
    pub body: Option<String>,
    /// Whether the author is kept from everybody.
    pub anonymous: bool,
    /// Who proposes it; null where it is anonymous, for everybody.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub author_id: Option<PersonId>,
    /// That person's name; null where it is anonymous.
    #[schema(example = "Siti Rahmawati", max_length = 120)]
    pub author_name: Option<String>,
    /// Whether it is yours.
    pub mine: bool,
    /// Where it stands.
    pub status: ProposalStatus,
    /// What was said to the last step: why it was reopened or removed, or what was decided; null otherwise.
    #[schema(max_length = 500)]
    pub status_reason: Option<String>,
    /// Since when it stands there.
    pub status_since: DateTime<Utc>,
    /// The vote; null where there is or was none.
    pub voting: Option<ProposalVoting>,
    /// When and why the moderator learned who wrote it, for its author and the moderator; nothing for others.
    pub unsealings: Vec<ProposalUnsealing>,
    /// Grows by one with every change but votes; what `If-Match` and `version` refer to.
    pub version: i64,
    /// When it was proposed.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

/// Who wrote an anonymous proposal. Shown in this answer and nowhere else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct UnsealedAuthor {
    /// Of which proposal.
    #[schema(value_type = String, format = "uuid")]
    pub proposal_id: ProposalId,
    /// Who.
    #[schema(value_type = String, format = "uuid")]
    pub person_id: PersonId,
    /// That person's name.
    #[schema(example = "Siti Rahmawati", max_length = 120)]
    pub person_name: String,
}

/// Where a row stands.
///
/// # Errors
/// `internal` when the column holds what no rule knows.
pub fn status(row: &entity::proposal::Model) -> Result<ProposalStatus> {
    ProposalStatus::parse(&row.status).map_err(|f| Error::internal("proposal.status", f.code))
}
