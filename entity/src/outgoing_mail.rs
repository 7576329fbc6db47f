//! A mail that waits to be delivered, written with the change that it tells of.

use sea_orm::entity::prelude::*;

/// One row of `outgoing_mail`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outgoing_mail")]
pub struct Model {
    /// UUIDv7; also the mail's own id, so that one that is sent twice is known.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Whom it goes to and what it says, sealed; gone once delivered. [personal: contact; purpose: deliver the mail]
    pub sealed: Option<String>,
    /// How often it was tried.
    pub attempts: i64,
    /// When it is tried next; a node that takes it moves this on, so that no other does.
    pub due_at: DateTimeUtc,
    /// From then on its link would be refused, and it is not tried any more.
    pub expires_at: DateTimeUtc,
    /// When it was delivered.
    pub sent_at: Option<DateTimeUtc>,
    /// When it was written.
    pub created_at: DateTimeUtc,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
