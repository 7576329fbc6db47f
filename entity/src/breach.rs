//! A breach of personal data, and what was done about it. No person is named in it.

use sea_orm::entity::prelude::*;

/// One row of `breach`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "breach")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What it is called.
    pub title: String,
    /// What happened.
    pub what_happened: String,
    /// When it was found out; the 72 hours run from here.
    pub discovered_at: DateTimeUtc,
    /// Since when data lay open.
    pub occurred_from: Option<DateTimeUtc>,
    /// Until when.
    pub occurred_until: Option<DateTimeUtc>,
    /// Classes of data that came out.
    pub data_classes: Json,
    /// How it came to be.
    pub cause: String,
    /// How many persons it touches, as far as is known.
    pub persons_estimated: i32,
    /// Where they are.
    pub region_codes: Json,
    /// What may come of it for them.
    pub consequences: Option<String>,
    /// What is done about it.
    pub measures: Option<String>,
    /// Whom to ask: an office and its address.
    pub contact: Option<String>,
    /// When it was stopped.
    pub contained_at: Option<DateTimeUtc>,
    /// When the authority was told.
    pub authority_notified_at: Option<DateTimeUtc>,
    /// How.
    pub authority_channel: Option<String>,
    /// Under which number.
    pub authority_reference: Option<String>,
    /// Why the authority need not be told.
    pub authority_not_needed: Option<String>,
    /// When the persons were told.
    pub persons_notified_at: Option<DateTimeUtc>,
    /// How.
    pub persons_channel: Option<String>,
    /// How many.
    pub persons_notified: Option<i32>,
    /// Why they need not be told.
    pub persons_not_needed: Option<String>,
    /// What was learnt.
    pub lessons: Option<String>,
    /// open, contained, closed.
    pub status: String,
    /// Why it went a step back.
    pub status_reason: Option<String>,
    /// Since when it stands there.
    pub status_since: DateTimeUtc,
    /// 1 once it is closed, 0 before.
    pub closed: i32,
    /// When it was told that a day is left.
    pub due_soon_at: Option<DateTimeUtc>,
    /// Grows by one with every change.
    pub version: i64,
    /// When the row came to be.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

/// It belongs to nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
