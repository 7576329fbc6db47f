//! That somebody reported a comment or proposal. Who, only they can tell: by a keyed mark.

use sea_orm::entity::prelude::*;

/// One row of `report`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "report")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// In which community.
    pub community_id: Uuid,
    /// Comment or proposal.
    pub subject_kind: String,
    /// Which one.
    pub subject_id: Uuid,
    /// Keyed mark of the reporter, another one for each thing.
    pub reporter_mark: String,
    /// What is wrong with it, as a code.
    pub code: String,
    /// The same in words. [personal: correspondence; purpose: whoever moderates learns what is wrong]
    pub words: Option<String>,
    /// Open, settled or dismissed.
    pub status: String,
    /// Why it was dismissed.
    pub answer: Option<String>,
    /// Who settled or dismissed it.
    pub closed_by: Option<String>,
    /// When.
    pub closed_at: Option<DateTimeUtc>,
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
}

impl Related<super::community::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Community.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
