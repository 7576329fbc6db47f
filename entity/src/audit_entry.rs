//! The append-only, hash-chained trail of every write.

use sea_orm::entity::prelude::*;

/// One row of `audit_entry`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_entry")]
pub struct Model {
    /// 1, 2, 3 … without gaps.
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i64,
    /// When.
    pub at: DateTimeUtc,
    /// Who.
    pub actor: String,
    /// Which command.
    pub action: String,
    /// What it did: of each event its kind, its subject's kind, id and version, and the hash of the whole event.
    pub subjects: Json,
    /// The request it came with.
    pub request_id: String,
    /// How it is sealed: 2 with `client`, `account`, `reason` and `changes`, 3 with the personal values of `changes` apart
    /// (`audit_value`); none for entries from before those were.
    pub format: Option<i32>,
    /// The app or system through which it came (`oauth_client.id`), where there was one.
    pub client: Option<String>,
    /// The account that agreed to that app, where it acted for somebody.
    pub account: Option<String>,
    /// Why, where the command gives a reason.
    pub reason: Option<String>,
    /// What changed, before and after; of a personal value only its salted hash.
    pub changes: Option<Json>,
    /// Position of its first event; none where a program from before wrote it.
    pub first_pos: Option<i64>,
    /// Position of its last event.
    pub last_pos: Option<i64>,
    /// Hash of the entry before.
    pub previous_hash: String,
    /// Seal over this entry and previous_hash: HMAC-SHA-256 with the audit secret, hex.
    pub hash: String,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
