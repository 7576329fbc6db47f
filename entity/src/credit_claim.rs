//! What a person claimed for their work in a community. Rows are inserted and follow their person, no more.

use sea_orm::entity::prelude::*;

/// One row of `credit_claim`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "credit_claim")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// For whom.
    pub person_id: Uuid,
    /// In which community it was earned.
    pub community_id: Uuid,
    /// By which edition of which scheme.
    pub scheme_id: Uuid,
    /// First day of the cycle.
    pub starts_on: Date,
    /// Last day of the cycle.
    pub ends_on: Date,
    /// Credit hours.
    pub jp: i32,
    /// The explanation as it was on that day. [personal: activity; purpose: explain a certificate]
    pub statement: Json,
    /// Who claimed it.
    pub claimed_by: String,
    /// When.
    pub created_at: DateTimeUtc,
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
    /// By `community_id`.
    #[sea_orm(
        belongs_to = "super::community::Entity",
        from = "Column::CommunityId",
        to = "super::community::Column::Id"
    )]
    Community,
    /// By `scheme_id`.
    #[sea_orm(
        belongs_to = "super::credit_scheme::Entity",
        from = "Column::SchemeId",
        to = "super::credit_scheme::Column::Id"
    )]
    CreditScheme,
}

impl Related<super::person::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Person.def()
    }
}

impl Related<super::community::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Community.def()
    }
}

impl Related<super::credit_scheme::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::CreditScheme.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
