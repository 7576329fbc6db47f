//! Who else may read a goal or a reflection.

use sea_orm::entity::prelude::*;

/// One row of `learning_share`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "learning_share")]
pub struct Model {
    /// The goal or reflection.
    #[sea_orm(primary_key, auto_increment = false)]
    pub subject_id: Uuid,
    /// The person or community.
    #[sea_orm(primary_key, auto_increment = false)]
    pub audience_id: Uuid,
    /// `person` or `community`.
    pub audience: String,
    /// Whose goal or reflection it is.
    pub owner_id: Uuid,
    /// When the row came to be.
    pub created_at: DateTimeUtc,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// By `owner_id`.
    #[sea_orm(
        belongs_to = "super::person::Entity",
        from = "Column::OwnerId",
        to = "super::person::Column::Id"
    )]
    Owner,
}

impl Related<super::person::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Owner.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
