//! What an activity of a community cost.

use sea_orm::entity::prelude::*;

/// One row of `activity_cost`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "activity_cost")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Which activity.
    pub activity_id: Uuid,
    /// What was paid for.
    pub what: String,
    /// Whole rupiah.
    pub amount_rupiah: i64,
    /// `community`, `school`, `members`, `partner` or `government`.
    pub paid_by: String,
    /// Who recorded it.
    pub recorded_by: String,
    /// 1: a cost is deleted and recorded anew, never changed.
    pub version: i64,
    /// When the row came to be.
    pub created_at: DateTimeUtc,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// By `activity_id`.
    #[sea_orm(
        belongs_to = "super::activity::Entity",
        from = "Column::ActivityId",
        to = "super::activity::Column::Id"
    )]
    Activity,
}

impl Related<super::activity::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Activity.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
