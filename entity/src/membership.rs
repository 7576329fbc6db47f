//! One person in one community.

use sea_orm::entity::prelude::*;

/// One row of `membership`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "membership")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Which community.
    pub community_id: Uuid,
    /// Who.
    pub person_id: Uuid,
    /// Where it stands.
    pub status: String,
    /// Why it was refused or ended. [personal: correspondence; purpose: the person learns what was decided and why]
    pub reason: Option<String>,
    /// What the person or the officer said with the request or invitation. [personal: correspondence; purpose: decide about a membership]
    pub message: Option<String>,
    /// Since when the person is a member.
    pub joined_at: Option<DateTimeUtc>,
    /// When it ended.
    pub ended_at: Option<DateTimeUtc>,
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
    /// By `person_id`.
    #[sea_orm(
        belongs_to = "super::person::Entity",
        from = "Column::PersonId",
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
