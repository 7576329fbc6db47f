//! A thing a community made, and where it stands.

use sea_orm::entity::prelude::*;

/// One row of `artefact`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "artefact")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Whose it is.
    pub community_id: Uuid,
    /// The region of the community.
    pub region_code: String,
    /// Whose people see it when it is for the region: the regency or city of the community.
    pub audience_region: String,
    /// What kind of thing it is.
    pub kind: String,
    /// What it is called.
    pub title: String,
    /// What it is for, in a few lines.
    pub summary: String,
    /// The subject it is for; none = any.
    pub subject: Option<String>,
    /// The level of school it is for; none = any.
    pub level: Option<String>,
    /// What others may do with it.
    pub licence: String,
    /// Where it stands.
    pub status: String,
    /// Why it was withdrawn.
    pub status_reason: Option<String>,
    /// Who sees what was published.
    pub audience: Option<String>,
    /// The activity at which it was made.
    pub activity_id: Option<Uuid>,
    /// The artefact it carries on.
    pub forked_from_id: Option<Uuid>,
    /// Which version of that.
    pub forked_from_number: Option<i32>,
    /// How many others carry it on.
    pub forks: i32,
    /// The newest version.
    pub latest: i32,
    /// The version that was published.
    pub published: Option<i32>,
    /// When.
    pub published_at: Option<DateTimeUtc>,
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
