//! Persons whom an officer took off the list of an activity: neither a code nor their own word puts them back.

use sea_orm::entity::prelude::*;

/// One row of `activity_removal`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "activity_removal")]
pub struct Model {
    /// Which activity.
    #[sea_orm(primary_key, auto_increment = false)]
    pub activity_id: Uuid,
    /// Who was taken off.
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: Uuid,
    /// When.
    pub removed_at: DateTimeUtc,
    /// The subject of the token with which it was done.
    pub removed_by: String,
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
