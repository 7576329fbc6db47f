//! What a person wants to reach.

use sea_orm::entity::prelude::*;

/// One row of `learning_goal`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "learning_goal")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Of which plan.
    pub plan_id: Uuid,
    /// Whose it is.
    pub person_id: Uuid,
    /// Which competency it serves.
    pub competency: Option<String>,
    /// What. [personal: opinion; purpose: the person plans their own learning]
    pub text: String,
    /// By when.
    pub due_on: Option<Date>,
    /// `open`, `reached` or `dropped`.
    pub status: String,
    /// Since when it stands there.
    pub status_since: DateTimeUtc,
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
    /// By `plan_id`.
    #[sea_orm(
        belongs_to = "super::learning_plan::Entity",
        from = "Column::PlanId",
        to = "super::learning_plan::Column::Id"
    )]
    LearningPlan,
    /// By `person_id`.
    #[sea_orm(
        belongs_to = "super::person::Entity",
        from = "Column::PersonId",
        to = "super::person::Column::Id"
    )]
    Person,
}

impl Related<super::learning_plan::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::LearningPlan.def()
    }
}

impl Related<super::person::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Person.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
