//! The yearly recognition of the communities of one region.

use sea_orm::entity::prelude::*;

/// One row of `award_round`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "award_round")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Which region: a regency or city, or a province for the groups of the whole province.
    pub region_code: String,
    /// Which year is looked at.
    pub year: i32,
    /// By which edition of the criteria.
    pub scheme_id: Uuid,
    /// computed, announced, final.
    pub status: String,
    /// Why the announcement was taken back.
    pub status_reason: Option<String>,
    /// How many communities were looked at.
    pub communities: i32,
    /// How many of them are recognised.
    pub awarded: i32,
    /// How often it was announced.
    pub announcement: i32,
    /// Who announced it: `sub` of the token.
    pub announced_by: Option<String>,
    /// When it was announced.
    pub announced_at: Option<DateTimeUtc>,
    /// Until when communities may object.
    pub contest_until: Option<DateTimeUtc>,
    /// Since when it is final.
    pub finalised_at: Option<DateTimeUtc>,
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
    /// By `region_code`.
    #[sea_orm(
        belongs_to = "super::region::Entity",
        from = "Column::RegionCode",
        to = "super::region::Column::Code"
    )]
    Region,
    /// By `scheme_id`.
    #[sea_orm(
        belongs_to = "super::recognition_scheme::Entity",
        from = "Column::SchemeId",
        to = "super::recognition_scheme::Column::Id"
    )]
    Scheme,
}

impl Related<super::region::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Region.def()
    }
}

impl Related<super::recognition_scheme::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Scheme.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
