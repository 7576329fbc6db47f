//! A school, by its national number.

use sea_orm::entity::prelude::*;

/// One row of `school`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "school")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// National school number, 8 characters, letters possible.
    #[sea_orm(unique)]
    pub npsn: String,
    /// Official name.
    pub name: String,
    /// SD, SMP, SMA and so on.
    pub level: String,
    /// `public` or `private`.
    pub ownership: String,
    /// Street address as the source gives it.
    pub address: Option<String>,
    /// Its district, or its regency where the district is unknown.
    pub region_code: String,
    /// WGS 84 degrees.
    #[sea_orm(column_type = "Double")]
    pub latitude: Option<f64>,
    /// WGS 84 degrees.
    #[sea_orm(column_type = "Double")]
    pub longitude: Option<f64>,
    /// Whether the NPSN is a provisional one (`NP…`).
    pub provisional: bool,
    /// Contact; shown to signed-in callers only.
    pub phone: Option<String>,
    /// Contact; shown to signed-in callers only.
    pub email: Option<String>,
    /// IANA zone of its timetable.
    pub timezone: String,
    /// Days with lessons as a bit set: Monday 1, Tuesday 2 … Sunday 64.
    pub teaching_days: i32,
    /// First lesson, minutes after midnight, local time.
    pub teaching_from: i32,
    /// End of the last lesson, minutes after midnight, local time.
    pub teaching_until: i32,
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
}

impl Related<super::region::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Region.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
