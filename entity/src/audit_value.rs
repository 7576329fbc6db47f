//! What the audit trail shows of a personal value, apart from the chain: the chain holds its salted hash, so this can go
//! and the chain still holds.

use sea_orm::entity::prelude::*;

/// One row of `audit_value`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_value")]
pub struct Model {
    /// Of which entry (`audit_entry.seq`).
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i64,
    /// Which of its personal values: 1, 2, 3 …
    #[sea_orm(primary_key, auto_increment = false)]
    pub place: i32,
    /// The person it is about, where the row that changed says one.
    pub person_id: Option<Uuid>,
    /// The account it is about, where the row that changed says one.
    pub account_id: Option<Uuid>,
    /// What is hashed before each text, hexadecimal: without it the hash tells nobody what it is of.
    pub salt: String,
    /// What the column held before, as the trail shows it. [personal: as the answer; purpose: who answers for a change sees what it was]
    pub before: Option<String>,
    /// What it holds after. [personal: as the answer; purpose: who answers for a change sees what it is]
    pub after: Option<String>,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
