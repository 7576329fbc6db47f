//! One person in one batch.

use sea_orm::entity::prelude::*;

/// One row of `enrolment`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "enrolment")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// In which batch.
    pub batch_id: Uuid,
    /// Who.
    pub person_id: Uuid,
    /// The person's school when applying.
    pub school_id: Option<Uuid>,
    /// The person's region when applying.
    pub region_code: Option<String>,
    /// applied, accepted, waitlisted, rejected, withdrawn, completed, not_completed.
    pub status: String,
    /// Why, where the state asks for one. [personal: correspondence; purpose: whoever gives up or loses a place and the provider know why]
    pub reason: Option<String>,
    /// When the person applied, last time.
    pub applied_at: DateTimeUtc,
    /// When the present state began.
    pub decided_at: Option<DateTimeUtc>,
    /// 0 to 100.
    pub score: Option<i32>,
    /// JP earned at completion.
    pub jp_earned: Option<i32>,
    /// How often it was completed so far; a certificate names which of them it certifies.
    pub completions: i32,
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
    /// By `batch_id`.
    #[sea_orm(belongs_to = "super::batch::Entity", from = "Column::BatchId", to = "super::batch::Column::Id")]
    Batch,
    /// By `person_id`.
    #[sea_orm(
        belongs_to = "super::person::Entity",
        from = "Column::PersonId",
        to = "super::person::Column::Id"
    )]
    Person,
    /// By `school_id`.
    #[sea_orm(
        belongs_to = "super::school::Entity",
        from = "Column::SchoolId",
        to = "super::school::Column::Id"
    )]
    School,
    /// By `region_code`.
    #[sea_orm(
        belongs_to = "super::region::Entity",
        from = "Column::RegionCode",
        to = "super::region::Column::Code"
    )]
    Region,
}

impl Related<super::batch::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Batch.def()
    }
}

impl Related<super::person::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Person.def()
    }
}

impl Related<super::school::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::School.def()
    }
}

impl Related<super::region::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Region.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
