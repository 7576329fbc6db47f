//! That an activity counted towards a person's certificate: it counts once.

use sea_orm::entity::prelude::*;

/// One row of `credit_use`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "credit_use")]
pub struct Model {
    /// For whom it counted.
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: Uuid,
    /// Which activity.
    #[sea_orm(primary_key, auto_increment = false)]
    pub activity_id: Uuid,
    /// In which claim.
    pub claim_id: Uuid,
    /// The month it was held in, by the clocks on the spot: `2026-03`.
    pub month: String,
    /// Credit hours it counted for.
    pub jp: i32,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// By `person_id`.
    #[sea_orm(
        belongs_to = "super::person::Entity",
        from = "Column::PersonId",
        to = "super::person::Column::Id"
    )]
    Person,
    /// By `activity_id`.
    #[sea_orm(
        belongs_to = "super::activity::Entity",
        from = "Column::ActivityId",
        to = "super::activity::Column::Id"
    )]
    Activity,
    /// By `claim_id`.
    #[sea_orm(
        belongs_to = "super::credit_claim::Entity",
        from = "Column::ClaimId",
        to = "super::credit_claim::Column::Id"
    )]
    CreditClaim,
}

impl Related<super::person::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Person.def()
    }
}

impl Related<super::activity::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Activity.def()
    }
}

impl Related<super::credit_claim::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::CreditClaim.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
