//! How a person sees themselves in one competency.

use sea_orm::entity::prelude::*;

/// One row of `self_assessment`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "self_assessment")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Of which plan.
    pub plan_id: Uuid,
    /// Whose it is.
    pub person_id: Uuid,
    /// Which competency.
    pub competency: String,
    /// Which level. [personal: opinion; purpose: the person sees how far they have come; shown to nobody else]
    pub level: i32,
    /// The one it was said in place of.
    pub corrects_id: Option<Uuid>,
    /// When another was said in its place.
    pub corrected_at: Option<DateTimeUtc>,
    /// When the row came to be.
    pub created_at: DateTimeUtc,
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
