//! One edition of the criteria by which communities are recognised.

use sea_orm::entity::prelude::*;

/// One row of `recognition_scheme`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "recognition_scheme")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Which edition, counted from 1.
    pub edition: i32,
    /// The first year that is looked at by it.
    pub from_year: i32,
    /// What it asks for, in plain words.
    pub description: String,
    /// What is asked: list of `{code, least, growth, ceiling}`.
    pub criteria: Json,
    /// How many of them must be met.
    pub needed: i32,
    /// draft, published, retired.
    pub status: String,
    /// The year in which it was retired.
    pub retired_year: Option<i32>,
    /// Grows by one with every change.
    pub version: i64,
    /// When the row came to be.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
