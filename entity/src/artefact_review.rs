//! What a colleague says about a version of an artefact.

use sea_orm::entity::prelude::*;

/// One row of `artefact_review`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "artefact_review")]
pub struct Model {
    /// Of which artefact.
    #[sea_orm(primary_key, auto_increment = false)]
    pub artefact_id: Uuid,
    /// Which version.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    /// Who says it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub reviewer_id: Uuid,
    /// `approved` or `changes_wanted`.
    pub verdict: String,
    /// In words. [personal: correspondence; purpose: improve what is shared]
    pub comment: Option<String>,
    /// When.
    pub created_at: DateTimeUtc,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// By `artefact_id`.
    #[sea_orm(
        belongs_to = "super::artefact::Entity",
        from = "Column::ArtefactId",
        to = "super::artefact::Column::Id"
    )]
    Artefact,
    /// By `reviewer_id`.
    #[sea_orm(
        belongs_to = "super::person::Entity",
        from = "Column::ReviewerId",
        to = "super::person::Column::Id"
    )]
    Person,
}

impl Related<super::artefact::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Artefact.def()
    }
}

impl Related<super::person::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Person.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
