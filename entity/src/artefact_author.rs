//! Somebody who is named as an author of an artefact.

use sea_orm::entity::prelude::*;

/// One row of `artefact_author`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "artefact_author")]
pub struct Model {
    /// Of which artefact.
    #[sea_orm(primary_key, auto_increment = false)]
    pub artefact_id: Uuid,
    /// Who.
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: Uuid,
    /// Since when.
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
    /// By `person_id`.
    #[sea_orm(
        belongs_to = "super::person::Entity",
        from = "Column::PersonId",
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
