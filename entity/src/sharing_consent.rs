//! That a person agreed to share something that need not be shared, in which words, and when it ended. Never changed but to end it.

use sea_orm::entity::prelude::*;

/// One row of `sharing_consent`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sharing_consent")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Who agreed. [personal: usage; purpose: show, prove and withdraw what they agreed to]
    pub person_id: Uuid,
    /// To what.
    pub purpose: String,
    /// The edition of the words they agreed to.
    pub edition: i32,
    /// The language in which they read them.
    pub language: String,
    /// SHA-256 of those words, hexadecimal.
    pub text_hash: String,
    /// When they agreed.
    pub given_at: DateTimeUtc,
    /// When it ended.
    pub ended_at: Option<DateTimeUtc>,
    /// By what it ended.
    pub ending: Option<String>,
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
