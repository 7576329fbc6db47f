//! Something that a community sets out to improve.

use sea_orm::entity::prelude::*;

/// One row of `improvement`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "improvement")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Which community.
    pub community_id: Uuid,
    /// What it is called.
    pub title: String,
    /// What is not as it should be.
    pub problem: String,
    /// What shows it.
    pub evidence: String,
    /// Where that can be seen.
    pub evidence_url: Option<String>,
    /// What is measured.
    pub measure: String,
    /// percent, count, score, minutes, level.
    pub unit: String,
    /// higher, lower.
    pub direction: String,
    /// The value before, in hundredths.
    pub baseline: i64,
    /// When that was measured.
    pub baseline_on: Date,
    /// The value aimed at, in hundredths.
    pub target: i64,
    /// What is tried.
    pub strategy: Option<String>,
    /// Who looks after it.
    pub owner_id: Option<Uuid>,
    /// Until when it should be reviewed.
    pub due_on: Option<Date>,
    /// How it goes.
    pub progress: Option<String>,
    /// The value after, in hundredths.
    pub after_value: Option<i64>,
    /// When that was measured.
    pub after_on: Option<Date>,
    /// What one makes of it.
    pub review: Option<String>,
    /// A last word.
    pub closing_note: Option<String>,
    /// identified, strategy_agreed, in_progress, reviewed, closed, dropped.
    pub status: String,
    /// Why it went a step back, or was given up.
    pub status_reason: Option<String>,
    /// Since when it stands there.
    pub status_since: DateTimeUtc,
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
    /// By `community_id`.
    #[sea_orm(
        belongs_to = "super::community::Entity",
        from = "Column::CommunityId",
        to = "super::community::Column::Id"
    )]
    Community,
}

impl Related<super::community::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Community.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
