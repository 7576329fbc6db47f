//! What shows that a person learned.

use sea_orm::entity::prelude::*;

/// One row of `learning_evidence`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "learning_evidence")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Of which plan.
    pub plan_id: Uuid,
    /// Whose it is.
    pub person_id: Uuid,
    /// For which goal.
    pub goal_id: Option<Uuid>,
    /// A certificate of the person.
    pub certificate_id: Option<Uuid>,
    /// An activity the person attended.
    pub activity_id: Option<Uuid>,
    /// An artefact the person wrote.
    pub artefact_id: Option<Uuid>,
    /// Something on the web.
    pub url: Option<String>,
    /// What it shows. [personal: professional; purpose: the person shows to themselves what they learned]
    pub text: String,
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
