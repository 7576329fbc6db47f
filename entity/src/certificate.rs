//! The claim that a person completed something worth N JP. Its signed payload is in certificate_payload.

use sea_orm::entity::prelude::*;

/// One row of `certificate`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "certificate")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Printed number; opens nothing by itself.
    #[sea_orm(unique)]
    pub number: String,
    /// Random public id of the verification page.
    #[sea_orm(unique)]
    pub verification_id: String,
    /// training or community.
    pub source: String,
    /// What was completed, for a training.
    pub enrolment_id: Option<Uuid>,
    /// Which completion of that enrolment, counted from 1.
    pub completion: Option<i32>,
    /// Holder.
    pub person_id: Uuid,
    /// The community it was earned in, for community work.
    pub community_id: Option<Uuid>,
    /// What was claimed, for community work.
    pub claim_id: Option<Uuid>,
    /// Program.
    pub program_id: Uuid,
    /// Batch, for a training.
    pub batch_id: Option<Uuid>,
    /// Issuer.
    pub provider_id: Uuid,
    /// Holder's school at issue.
    pub school_id: Option<Uuid>,
    /// Holder's region at issue.
    pub region_code: Option<String>,
    /// Name at issue. [personal: identity; purpose: show whom a certificate is for]
    pub holder_name: String,
    /// Program title at issue.
    pub title: String,
    /// JP earned.
    pub hours_jp: i32,
    /// direct, cascade or community.
    pub kind: String,
    /// Cascade depth; 0 for what was not passed on.
    pub generation: i32,
    /// First day of what was completed.
    pub starts_on: Date,
    /// Last day of what was completed.
    pub ends_on: Date,
    /// valid, suspended, revoked, superseded. expired is derived.
    pub status: String,
    /// Why it is suspended or revoked.
    pub status_reason: Option<String>,
    /// When it was issued, whole seconds.
    pub issued_at: DateTimeUtc,
    /// Last day it is good for; none = for ever.
    pub valid_until: Option<Date>,
    /// The certificate that corrects this one.
    pub superseded_by: Option<Uuid>,
    /// When it was issued, its status last changed, or it followed its holder to another record.
    pub changed_at: DateTimeUtc,
    /// Place of that change in the one order of committed changes.
    pub changed_pos: i64,
    /// Grows by one with every change.
    pub version: i64,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// By `enrolment_id`.
    #[sea_orm(
        belongs_to = "super::enrolment::Entity",
        from = "Column::EnrolmentId",
        to = "super::enrolment::Column::Id"
    )]
    Enrolment,
    /// By `person_id`.
    #[sea_orm(
        belongs_to = "super::person::Entity",
        from = "Column::PersonId",
        to = "super::person::Column::Id"
    )]
    Person,
    /// By `community_id`.
    #[sea_orm(
        belongs_to = "super::community::Entity",
        from = "Column::CommunityId",
        to = "super::community::Column::Id"
    )]
    Community,
    /// By `claim_id`.
    #[sea_orm(
        belongs_to = "super::credit_claim::Entity",
        from = "Column::ClaimId",
        to = "super::credit_claim::Column::Id"
    )]
    CreditClaim,
    /// By `program_id`.
    #[sea_orm(
        belongs_to = "super::program::Entity",
        from = "Column::ProgramId",
        to = "super::program::Column::Id"
    )]
    Program,
    /// By `batch_id`.
    #[sea_orm(belongs_to = "super::batch::Entity", from = "Column::BatchId", to = "super::batch::Column::Id")]
    Batch,
    /// By `provider_id`.
    #[sea_orm(
        belongs_to = "super::organisation::Entity",
        from = "Column::ProviderId",
        to = "super::organisation::Column::Id"
    )]
    Organisation,
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

impl Related<super::enrolment::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Enrolment.def()
    }
}

impl Related<super::person::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Person.def()
    }
}

impl Related<super::community::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Community.def()
    }
}

impl Related<super::credit_claim::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::CreditClaim.def()
    }
}

impl Related<super::program::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Program.def()
    }
}

impl Related<super::batch::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Batch.def()
    }
}

impl Related<super::organisation::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Organisation.def()
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
