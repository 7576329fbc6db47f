//! What two colleagues work on when one accompanies the other.

use sea_orm::entity::prelude::*;

/// One row of `coaching`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "coaching")]
pub struct Model {
    /// At which activity.
    #[sea_orm(primary_key, auto_increment = false)]
    pub activity_id: Uuid,
    /// Who accompanies.
    pub coach_id: Uuid,
    /// Who is accompanied.
    pub coachee_id: Uuid,
    /// What they work on. [personal: opinion; purpose: the two remember what they agreed on]
    pub focus: String,
    /// What they agreed to do next. [personal: opinion; purpose: the two remember what they agreed on]
    pub next_steps: Option<String>,
    /// Since when the coach shares it with the members.
    pub coach_shared_at: Option<DateTimeUtc>,
    /// Since when the coachee does.
    pub coachee_shared_at: Option<DateTimeUtc>,
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
    /// By `activity_id`.
    #[sea_orm(
        belongs_to = "super::activity::Entity",
        from = "Column::ActivityId",
        to = "super::activity::Column::Id"
    )]
    Activity,
    /// By `coach_id`.
    #[sea_orm(
        belongs_to = "super::person::Entity",
        from = "Column::CoachId",
        to = "super::person::Column::Id"
    )]
    Coach,
    /// By `coachee_id`.
    #[sea_orm(
        belongs_to = "super::person::Entity",
        from = "Column::CoacheeId",
        to = "super::person::Column::Id"
    )]
    Coachee,
}

impl Related<super::activity::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Activity.def()
    }
}

impl Related<super::person::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Coach.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
