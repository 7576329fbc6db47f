//! Another system's code for a region, such as the school system's own.

use sea_orm::entity::prelude::*;

/// One row of `region_alias`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "region_alias")]
pub struct Model {
    /// Whose code it is: `dapodik`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub system: String,
    /// The code in that system.
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    /// `province`, `regency` or `district`.
    pub level: String,
    /// The name in that system.
    pub name: String,
    /// The official region; none where no match is known.
    pub region_code: Option<String>,
    /// How the match was found: `exact`, `fuzzy`, `unmatched`, as the mapping says.
    pub match_quality: String,
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
}

impl Related<super::region::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Region.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
