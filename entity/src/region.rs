//! A province, regency or district, by its ministry-of-home-affairs code.

use sea_orm::entity::prelude::*;

/// One row of `region`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "region")]
pub struct Model {
    /// `32`, `32.73` or `32.73.01`; a prefix names its ancestors.
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    /// `province`, `regency` or `district`.
    pub level: String,
    /// Official name.
    pub name: String,
    /// The region one level up; none for a province.
    pub parent_code: Option<String>,
    /// First day the code was in force, where a decree says so.
    pub valid_from: Option<Date>,
    /// Last day the code was in force; none while it is current.
    pub valid_until: Option<Date>,
    /// The code that replaced this one.
    pub successor_code: Option<String>,
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
