//! That somebody asks to be erased, and what came of it. Once they were, it says who by their id, and when.

use sea_orm::entity::prelude::*;

/// One row of `erasure`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "erasure")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Who is to be erased.
    pub person_id: Uuid,
    /// requested, done, rejected, withdrawn.
    pub status: String,
    /// Why; gone once it was done. [personal: correspondence; purpose: decide on the request]
    pub reason: Option<String>,
    /// Who asked, as the audit trail names them.
    pub requested_by: String,
    /// When.
    pub requested_at: DateTimeUtc,
    /// Until when the law wants an answer.
    pub due_at: DateTimeUtc,
    /// Who decided.
    pub decided_by: Option<String>,
    /// When it was done, rejected or withdrawn.
    pub decided_at: Option<DateTimeUtc>,
    /// Why it was rejected. [personal: correspondence; purpose: whoever asked learns why not]
    pub decision_reason: Option<String>,
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
    /// By `person_id`.
    #[sea_orm(
        belongs_to = "super::person::Entity",
        from = "Column::PersonId",
        to = "super::person::Column::Id"
    )]
    Person,
}

impl Related<super::person::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Person.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
