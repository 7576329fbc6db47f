//! What happened, written in the transaction in which it happened: the truth for feeds and webhooks.

use sea_orm::entity::prelude::*;

/// One row of `event`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "event")]
pub struct Model {
    /// Place in the one order of commits.
    #[sea_orm(primary_key, auto_increment = false)]
    pub pos: i64,
    /// Stable id for consumers to recognise repeats by.
    #[sea_orm(unique)]
    pub id: Uuid,
    /// `certificate.revoked` and so on.
    pub kind: String,
    /// Noun.
    pub subject_kind: String,
    /// Its id.
    pub subject_id: String,
    /// Its version after the change.
    pub subject_version: i64,
    /// Where it belongs, for reach.
    pub region_code: Option<String>,
    /// What a consumer needs; never personal secrets.
    pub payload: Json,
    /// Who did it.
    pub actor: String,
    /// The request it came with.
    pub request_id: String,
    /// When.
    pub occurred_at: DateTimeUtc,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
