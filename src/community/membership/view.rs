//! A membership as both faces show it.

use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{lock::status, state::MembershipStatus};
use crate::{
    community::group::{rule::Office, view::CommunityId},
    directory::{person::view::PersonId, school::view::SchoolId},
    foundation::{
        error::Result,
        id::{Id, Kind},
    },
};

/// The id of a membership.
pub type MembershipId = Id<Membership>;

impl Kind for Membership {
    const NAME: &'static str = "Membership";
}

/// One person in one community.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
#[graphql(complex)]
pub struct Membership {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: MembershipId,
    /// Of which community.
    #[schema(value_type = String, format = "uuid")]
    pub community_id: CommunityId,
    /// What that community is called.
    #[schema(example = "KKG Gugus Cengkeh", max_length = 150)]
    pub community_name: String,
    /// Whose.
    #[schema(value_type = String, format = "uuid")]
    pub person_id: PersonId,
    /// That person's name.
    #[schema(example = "Siti Rahmawati", max_length = 150)]
    pub name: String,
    /// That person's school; null for those without one.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub school_id: Option<SchoolId>,
    /// What that school is called.
    #[schema(example = "SD Negeri 1 Kembangsari", max_length = 150)]
    pub school_name: Option<String>,
    /// Where it stands.
    pub status: MembershipStatus,
    /// The offices the person holds in the community.
    #[schema(max_items = 100)]
    pub offices: Vec<Office>,
    /// What was said with the request or the invitation; shown to the person and the officers only.
    #[schema(max_length = 500)]
    pub message: Option<String>,
    /// Why it was refused or ended; shown to the person and the officers only.
    #[schema(max_length = 500)]
    pub reason: Option<String>,
    /// Since when the person is, or was, a member; null before.
    pub joined_at: Option<DateTime<Utc>>,
    /// When it ended or was turned down; null while it is live.
    pub ended_at: Option<DateTime<Utc>>,
    /// Grows by one with every change.
    pub version: i64,
    /// When it was asked for, or the person was invited.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

/// What a membership's view shows beside its own columns.
pub struct Around {
    /// What the community is called.
    pub community_name: String,
    /// The person's name.
    pub person_name: String,
    /// The person's school.
    pub school_id: Option<uuid::Uuid>,
    /// What it is called.
    pub school_name: Option<String>,
    /// The offices the person holds there.
    pub offices: Vec<Office>,
    /// Whether the caller may read what was said with it.
    pub told: bool,
}

impl Membership {
    /// What a row shows.
    ///
    /// # Errors
    /// `internal` when the row holds a state no rule knows.
    pub fn of(row: entity::membership::Model, around: Around) -> Result<Self> {
        Ok(Self {
            id: row.id.into(),
            community_id: row.community_id.into(),
            community_name: around.community_name,
            person_id: row.person_id.into(),
            name: around.person_name,
            school_id: around.school_id.map(Into::into),
            school_name: around.school_name,
            status: status(&row)?,
            offices: around.offices,
            message: row.message.filter(|_| around.told),
            reason: row.reason.filter(|_| around.told),
            joined_at: row.joined_at,
            ended_at: row.ended_at,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }
}
