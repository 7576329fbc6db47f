//! A GraphQL document that was registered for an app which sends no others.

use sea_orm::entity::prelude::*;

/// One row of `client_document`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "client_document")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Whose.
    pub client_id: Uuid,
    /// SHA-256 of the text, lower-case hexadecimal; once for each client.
    pub sha256: String,
    /// What its makers call it.
    pub name: String,
    /// The text.
    pub document: String,
    /// One: a document never changes, another text is another document.
    pub version: i64,
    /// When the row came to be.
    pub created_at: DateTimeUtc,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
