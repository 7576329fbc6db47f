//! Evidence that a resource person can teach a program, and who verified it.

use sea_orm::entity::prelude::*;

/// One row of `competence`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "competence")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Whose.
    pub resource_person_id: Uuid,
    /// For which program.
    pub program_id: Uuid,
    /// What shows it: a certificate, a portfolio, years of practice. [personal: professional; purpose: verify what somebody can teach]
    pub evidence: String,
    /// Where it can be seen. [personal: professional; purpose: verify what somebody can teach]
    pub evidence_url: Option<String>,
    /// claimed, verified, refused, withdrawn.
    pub status: String,
    /// Why it was refused or withdrawn. [personal: correspondence; purpose: the person learns what was decided and why]
    pub reason: Option<String>,
    /// Who decided.
    pub decided_by: Option<String>,
    /// When it was decided.
    pub decided_at: Option<DateTimeUtc>,
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
    /// By `resource_person_id`.
    #[sea_orm(
        belongs_to = "super::resource_person::Entity",
        from = "Column::ResourcePersonId",
        to = "super::resource_person::Column::Id"
    )]
    ResourcePerson,
    /// By `program_id`.
    #[sea_orm(
        belongs_to = "super::program::Entity",
        from = "Column::ProgramId",
        to = "super::program::Column::Id"
    )]
    Program,
}

impl Related<super::resource_person::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::ResourcePerson.def()
    }
}

impl Related<super::program::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Program.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
