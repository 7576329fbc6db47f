//! What a member proposes to a community, by name or without one.

use sea_orm::entity::prelude::*;

/// One row of `proposal`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "proposal")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// To which community.
    pub community_id: Uuid,
    /// In one line.
    pub title: String,
    /// What is proposed.
    pub body: String,
    /// Whether the author is kept from everybody.
    pub anonymous: bool,
    /// Who proposed it; never of an anonymous one.
    pub author_id: Option<Uuid>,
    /// Who proposed an anonymous one, sealed. [personal: sealed identity; purpose: abuse can be followed up, for a stated reason]
    pub author_sealed: Option<String>,
    /// By which the author of an anonymous one finds it again: keyed, another one for each proposal.
    pub author_mark: Option<String>,
    /// Where it stands.
    pub status: String,
    /// What was said to its last step.
    pub status_reason: Option<String>,
    /// Since when it stands there.
    pub status_since: DateTimeUtc,
    /// Which majority is needed.
    pub voting_rule: Option<String>,
    /// How many of a hundred members must vote.
    pub quorum_percent: Option<i32>,
    /// Active members when voting was opened.
    pub eligible: Option<i32>,
    /// When voting closes.
    pub voting_closes_at: Option<DateTimeUtc>,
    /// Grows by one with every change.
    pub version: i64,
    /// When the row came to be.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// By `community_id`.
    #[sea_orm(
        belongs_to = "super::community::Entity",
        from = "Column::CommunityId",
        to = "super::community::Column::Id"
    )]
    Community,
    /// By `author_id`.
    #[sea_orm(
        belongs_to = "super::person::Entity",
        from = "Column::AuthorId",
        to = "super::person::Column::Id"
    )]
    Person,
}

impl Related<super::community::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Community.def()
    }
}

impl Related<super::person::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Person.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
