//! Which activity belongs to which item of improvement.

use sea_orm::entity::prelude::*;

/// One row of `improvement_activity`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "improvement_activity")]
pub struct Model {
    /// Which item.
    #[sea_orm(primary_key, auto_increment = false)]
    pub improvement_id: Uuid,
    /// Which activity.
    #[sea_orm(primary_key, auto_increment = false)]
    pub activity_id: Uuid,
    /// Since when.
    pub linked_at: DateTimeUtc,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// By `improvement_id`.
    #[sea_orm(
        belongs_to = "super::improvement::Entity",
        from = "Column::ImprovementId",
        to = "super::improvement::Column::Id"
    )]
    Improvement,
}

impl Related<super::improvement::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Improvement.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
