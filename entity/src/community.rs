//! A work group of teachers: KKG, MGMP, MGBK, KKKS, MKKS, a school's learning community, a book club.

use sea_orm::entity::prelude::*;

/// One row of `community`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "community")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What kind of group.
    pub kind: String,
    /// What people call it.
    pub name: String,
    /// What it belongs to: `school`, `cluster` (of schools) or `region`.
    pub anchor: String,
    /// The region it belongs to; that of its school, where it has one.
    pub region_code: String,
    /// Its school; of a cluster, the core school (sekolah inti) where there is one.
    pub school_id: Option<Uuid>,
    /// The subject its members teach; none = any.
    pub subject: Option<String>,
    /// The level of the schools its members teach at; none = any.
    pub level: Option<String>,
    /// Who may become a member: `open`, `request`, `invitation`.
    pub openness: String,
    /// Charter: what it is for.
    pub goals: String,
    /// Charter: what its members agreed on.
    pub agreements: Option<String>,
    /// Charter: what its members expect of one another.
    pub expectations: Option<String>,
    /// Charter: how many days apart it means to meet.
    pub cadence_days: i32,
    /// The one day of the week on which its members are excused from lessons.
    pub learning_day: Option<String>,
    /// IANA zone of its clocks.
    pub timezone: String,
    /// Where it stands.
    pub status: String,
    /// Why it was closed.
    pub status_reason: Option<String>,
    /// Since when it stands there.
    pub status_since: DateTimeUtc,
    /// End of its latest activity that was held.
    pub last_held_at: Option<DateTimeUtc>,
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
    /// By `region_code`.
    #[sea_orm(
        belongs_to = "super::region::Entity",
        from = "Column::RegionCode",
        to = "super::region::Column::Code"
    )]
    Region,
    /// By `school_id`.
    #[sea_orm(
        belongs_to = "super::school::Entity",
        from = "Column::SchoolId",
        to = "super::school::Column::Id"
    )]
    School,
}

impl Related<super::region::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Region.def()
    }
}

impl Related<super::school::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::School.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
