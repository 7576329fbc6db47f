//! What callers may say about a proposal.

use async_graphql::InputObject;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use utoipa::ToSchema;

use super::rule::{VoteChoice, VotingRule};

/// What you propose.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateProposalInput {
    /// In one line, at most 200 characters.
    #[schema(example = "Pertemuan pindah ke hari Kamis", min_length = 1, max_length = 200)]
    pub title: String,
    /// What you propose and why, at most 10,000 characters; line breaks stay.
    #[schema(
        example = "Pada hari Sabtu banyak dari kita mengurus keluarga.",
        min_length = 1,
        max_length = 10000
    )]
    pub body: String,
    /// Whether your name is kept from everybody, officers and the ministry among them.
    #[serde(default)]
    #[graphql(default)]
    #[schema(example = false)]
    pub anonymous: bool,
}

/// How a proposal is voted on.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OpenProposalVotingInput {
    /// When voting closes: an hour from now at the earliest, sixty days at the latest.
    #[schema(example = "2027-02-13T10:00:00Z")]
    pub closes_at: DateTime<Utc>,
    /// Which majority is needed.
    pub rule: VotingRule,
    /// How many of a hundred active members must vote; 1 to 100.
    #[schema(example = 50, minimum = 1, maximum = 100)]
    pub quorum_percent: i32,
}

/// Your vote.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct VoteProposalInput {
    /// In favour, against, or neither.
    pub choice: VoteChoice,
}

/// Why a vote is broken off, or held again.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReopenProposalInput {
    /// Why, at most 500 characters.
    #[schema(example = "Terlalu sedikit yang sempat memilih", min_length = 1, max_length = 500)]
    pub reason: String,
}

/// What was decided, in words.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DecideProposalInput {
    /// What follows from the vote, at most 500 characters.
    #[schema(example = "Mulai bulan depan kita bertemu pada hari Kamis", min_length = 1, max_length = 500)]
    pub decision: String,
}

/// Why a proposal is taken away.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RemoveProposalInput {
    /// Why, at most 500 characters.
    #[schema(example = "Menyerang seorang rekan secara pribadi", min_length = 1, max_length = 500)]
    pub reason: String,
}

/// Why the moderator must know who wrote an anonymous proposal.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UnsealProposalInput {
    /// Why, at most 500 characters. It is kept, and its author reads it.
    #[schema(
        example = "Ancaman terhadap seorang rekan, dilaporkan ke polisi",
        min_length = 1,
        max_length = 500
    )]
    pub reason: String,
}
