//! What a member says about something of a community.

use sea_orm::entity::prelude::*;

/// One row of `comment`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "comment")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// In which community.
    pub community_id: Uuid,
    /// About what kind of thing.
    pub subject_kind: String,
    /// About which one.
    pub subject_id: Uuid,
    /// To which comment it replies.
    pub parent_id: Option<Uuid>,
    /// Who said it.
    pub author_id: Uuid,
    /// What was said; empty once withdrawn. [personal: correspondence; purpose: members of the community talk to one another]
    pub body: String,
    /// Visible, withdrawn or hidden.
    pub status: String,
    /// Why it is hidden, as a code.
    pub hidden_code: Option<String>,
    /// Why it is hidden, in words.
    pub hidden_reason: Option<String>,
    /// When its text was last changed.
    pub edited_at: Option<DateTimeUtc>,
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
