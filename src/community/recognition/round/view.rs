//! A round, its entries and the objections to them as both faces show them.

use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};
use entity::{award_entry, award_objection, award_round};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::state::{AwardObjectionStatus, AwardRoundStatus};
use crate::{
    community::{
        group::view::CommunityId,
        recognition::{
            facts::RecognitionFacts,
            record::{self, EntryRecord},
            scheme::view::RecognitionSchemeId,
            view::{AwardLine, award_lines},
        },
    },
    foundation::{
        error::{Error, Result},
        id::{Id, Kind},
    },
};

/// The id of a round.
pub type AwardRoundId = Id<AwardRound>;
/// The id of an entry.
pub type AwardEntryId = Id<AwardEntry>;
/// The id of an objection.
pub type AwardObjectionId = Id<AwardObjection>;

impl Kind for AwardRound {
    const NAME: &'static str = "AwardRound";
}

impl Kind for AwardEntry {
    const NAME: &'static str = "AwardEntry";
}

impl Kind for AwardObjection {
    const NAME: &'static str = "AwardObjection";
}

/// The yearly recognition of the communities of one region (penghargaan tahunan).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
#[graphql(complex)]
pub struct AwardRound {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: AwardRoundId,
    /// Which region: a regency or city with everything below it, or a province for the groups of the whole province.
    #[schema(example = "33.23", max_length = 5)]
    pub region_code: String,
    /// Which year.
    #[schema(example = 2025, minimum = 2000, maximum = 2100)]
    pub year: i32,
    /// By which edition of the criteria.
    #[schema(value_type = String, format = "uuid")]
    pub scheme_id: RecognitionSchemeId,
    /// Where it stands.
    pub status: AwardRoundStatus,
    /// Why the last announcement was taken back; null where none was.
    #[schema(max_length = 500)]
    pub status_reason: Option<String>,
    /// How many communities were looked at.
    #[schema(minimum = 0)]
    pub communities: i32,
    /// How many of them are recognised: all that meet the criteria.
    #[schema(minimum = 0)]
    pub awarded: i32,
    /// How often it was announced.
    #[schema(minimum = 0)]
    pub announcement: i32,
    /// When it was announced; null while it is not.
    pub announced_at: Option<DateTime<Utc>>,
    /// Until when communities may object: fourteen days after the announcement; null while it is not announced.
    pub contest_until: Option<DateTime<Utc>>,
    /// Since when it is final; null before.
    pub finalised_at: Option<DateTime<Utc>>,
    /// Grows by one with every change; what `If-Match` and `version` refer to.
    pub version: i64,
    /// When the record came to be.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

impl TryFrom<award_round::Model> for AwardRound {
    type Error = Error;

    fn try_from(row: award_round::Model) -> Result<Self> {
        Ok(Self {
            id: row.id.into(),
            status: status(&row)?,
            region_code: row.region_code,
            year: row.year,
            scheme_id: row.scheme_id.into(),
            status_reason: row.status_reason,
            communities: row.communities,
            awarded: row.awarded,
            announcement: row.announcement,
            announced_at: row.announced_at,
            contest_until: row.contest_until,
            finalised_at: row.finalised_at,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }
}

/// Where a round stands.
///
/// # Errors
/// `internal` when the column holds what no rule knows.
pub fn status(row: &award_round::Model) -> Result<AwardRoundStatus> {
    AwardRoundStatus::parse(&row.status).map_err(|f| Error::internal("award_round.status", f.code))
}

/// One community in a round: what was counted, criterion by criterion, and whether it is recognised. Everybody sees those
/// that are recognised, once the round was announced; the others are seen by their own members and those who
/// look after them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
#[graphql(complex)]
pub struct AwardEntry {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: AwardEntryId,
    /// Of which round.
    #[schema(value_type = String, format = "uuid")]
    pub round_id: AwardRoundId,
    /// The year.
    #[schema(example = 2025, minimum = 2000, maximum = 2100)]
    pub year: i32,
    /// Where the community belonged when it was counted.
    #[schema(example = "33.23.05", max_length = 8)]
    pub region_code: String,
    /// Which community.
    #[schema(value_type = String, format = "uuid")]
    pub community_id: CommunityId,
    /// What it was called when it was counted.
    #[schema(max_length = 150)]
    pub community_name: String,
    /// Whether it is recognised: `met` is `needed` or more.
    pub awarded: bool,
    /// How many criteria it meets.
    #[schema(example = 3, minimum = 0, maximum = 4)]
    pub met: i32,
    /// How many it takes.
    #[schema(example = 3, minimum = 1, maximum = 4)]
    pub needed: i32,
    /// Criterion by criterion, with the reason in words.
    #[schema(max_items = 4)]
    pub lines: Vec<AwardLine>,
    /// What was counted in the year.
    pub facts: RecognitionFacts,
    /// What was counted in the year before.
    pub before: RecognitionFacts,
    /// The text that decides: criteria and what was counted, as canonical JSON (RFC 8785).
    pub record: String,
    /// SHA-256 of that text, in hexadecimal digits.
    #[schema(min_length = 64, max_length = 64)]
    pub sha256: String,
    /// When it was counted.
    pub computed_at: DateTime<Utc>,
    /// Grows by one with every change.
    pub version: i64,
    /// When the record came to be.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

impl TryFrom<award_entry::Model> for AwardEntry {
    type Error = Error;

    fn try_from(row: award_entry::Model) -> Result<Self> {
        let counted: EntryRecord = record::read(&row.record)?;
        Ok(Self {
            id: row.id.into(),
            round_id: row.round_id.into(),
            year: row.year,
            region_code: row.region_code,
            community_id: row.community_id.into(),
            community_name: row.community_name,
            awarded: row.awarded,
            met: counted.verdict().met,
            needed: counted.needed,
            lines: award_lines(&counted),
            facts: counted.facts,
            before: counted.before,
            record: row.record,
            sha256: row.sha256,
            computed_at: row.computed_at,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }
}

/// An entry, worked out again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AwardReproduction {
    /// Of which entry.
    #[schema(value_type = String, format = "uuid")]
    pub entry_id: AwardEntryId,
    /// Whether the text that decides is still the one that was hashed, and the criteria say of it what was announced.
    pub reproduced: bool,
    /// Whether the records, counted again just now, come to the same. Where not, something was reported, corrected or
    /// taken back since.
    pub records_unchanged: bool,
    /// What the criteria would say of the records as they are now.
    pub awarded_now: bool,
    /// That, criterion by criterion.
    #[schema(max_items = 4)]
    pub lines_now: Vec<AwardLine>,
}

/// What a community says against its entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AwardObjection {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: AwardObjectionId,
    /// In which round.
    #[schema(value_type = String, format = "uuid")]
    pub round_id: AwardRoundId,
    /// Against which entry.
    #[schema(value_type = String, format = "uuid")]
    pub entry_id: AwardEntryId,
    /// Which community.
    #[schema(value_type = String, format = "uuid")]
    pub community_id: CommunityId,
    /// Against which announcement, counted from 1: a community objects once to each.
    #[schema(minimum = 1)]
    pub announcement: i32,
    /// What it says.
    #[schema(max_length = 500)]
    pub reason: String,
    /// Where it stands.
    pub status: AwardObjectionStatus,
    /// What was answered; null while it is open.
    #[schema(max_length = 500)]
    pub answer: Option<String>,
    /// Whether the community was recognised when it objected.
    pub was_awarded: bool,
    /// Whether it is since the decision; null while it is open.
    pub is_awarded: Option<bool>,
    /// When it was decided; null while it is open.
    pub decided_at: Option<DateTime<Utc>>,
    /// Grows by one with every change; what `If-Match` and `version` refer to.
    pub version: i64,
    /// When the record came to be.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

impl TryFrom<award_objection::Model> for AwardObjection {
    type Error = Error;

    fn try_from(row: award_objection::Model) -> Result<Self> {
        Ok(Self {
            id: row.id.into(),
            round_id: row.round_id.into(),
            entry_id: row.entry_id.into(),
            community_id: row.community_id.into(),
            announcement: row.announcement,
            status: objection_status(&row)?,
            reason: row.reason,
            answer: row.answer,
            was_awarded: row.was_awarded,
            is_awarded: row.is_awarded,
            decided_at: row.decided_at,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }
}

/// Where an objection stands.
///
/// # Errors
/// `internal` when the column holds what no rule knows.
pub fn objection_status(row: &award_objection::Model) -> Result<AwardObjectionStatus> {
    AwardObjectionStatus::parse(&row.status).map_err(|f| Error::internal("award_objection.status", f.code))
}
