//! One running of a program.

use sea_orm::entity::prelude::*;

/// One row of `batch`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "batch")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What is taught.
    pub program_id: Uuid,
    /// Who runs it: the program's provider.
    pub provider_id: Uuid,
    /// `Angkatan 3`, as people call it.
    pub name: String,
    /// direct or cascade.
    pub kind: String,
    /// The batch a cascade passes on.
    pub source_batch_id: Option<Uuid>,
    /// 0 for direct, 1 for a cascade of it, and so on.
    pub generation: i32,
    /// Where it takes place.
    pub region_code: String,
    /// Venue, or how to join online.
    pub place: String,
    /// First day.
    pub starts_on: Date,
    /// Last day.
    pub ends_on: Date,
    /// When applications start.
    pub registration_opens_at: DateTimeUtc,
    /// When applications end.
    pub registration_closes_at: DateTimeUtc,
    /// Seats.
    pub capacity: i32,
    /// Seats taken; never above capacity.
    pub taken: i32,
    /// first_come or least_trained_first.
    pub selection: String,
    /// Cost to a participant, whole rupiah.
    pub cost_rupiah: i64,
    /// draft, open, closed, running, finished, cancelled.
    pub status: String,
    /// Why it was cancelled, or opened again.
    pub status_reason: Option<String>,
    /// When it was first opened; none while it never was, so that it is not shown.
    pub opened_at: Option<DateTimeUtc>,
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
    /// By `region_code`.
    #[sea_orm(
        belongs_to = "super::region::Entity",
        from = "Column::RegionCode",
        to = "super::region::Column::Code"
    )]
    Region,
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

impl Related<super::region::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Region.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
