//! Versioned rules by which what a community does adds up to credit hours.

use sea_orm::entity::prelude::*;

/// One row of `credit_scheme`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "credit_scheme")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The program whose title, hours and competencies its certificates carry.
    pub program_id: Uuid,
    /// Who offers that program.
    pub provider_id: Uuid,
    /// Short code; the same in all editions of a scheme.
    pub code: String,
    /// Which edition of the scheme, counted from 1.
    pub edition: i32,
    /// What it asks for, in plain words.
    pub description: String,
    /// What must be done: list of `{code, title, kinds, mode, required, jpEach, jpTotal, minMinutesPercent}`.
    pub components: Json,
    /// Days of one cycle.
    pub cycle_days: i32,
    /// The most JP that a person may earn in one month of the calendar.
    pub monthly_cap_jp: Option<i32>,
    /// Minutes of one JP; a shorter activity counts for nothing.
    pub minutes_per_jp: i32,
    /// Kinds of communities it is for: list of codes; empty = all.
    pub community_kinds: Json,
    /// Least length of an activity in minutes, where it asks for more than one JP.
    pub least_minutes: Option<i32>,
    /// The first day on which a cycle by these rules may begin.
    pub effective_from: Date,
    /// The first day on which none begins any more.
    pub retired_on: Option<Date>,
    /// draft, published, retired.
    pub status: String,
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
    /// By `program_id`.
    #[sea_orm(
        belongs_to = "super::program::Entity",
        from = "Column::ProgramId",
        to = "super::program::Column::Id"
    )]
    Program,
    /// By `provider_id`.
    #[sea_orm(
        belongs_to = "super::organisation::Entity",
        from = "Column::ProviderId",
        to = "super::organisation::Column::Id"
    )]
    Organisation,
}

impl Related<super::program::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Program.def()
    }
}

impl Related<super::organisation::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Organisation.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
