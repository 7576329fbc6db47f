//! One version of an artefact; never changed.

use sea_orm::entity::prelude::*;

/// One row of `artefact_version`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "artefact_version")]
pub struct Model {
    /// Of which artefact.
    #[sea_orm(primary_key, auto_increment = false)]
    pub artefact_id: Uuid,
    /// Counts from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    /// The text itself, Markdown.
    pub body: String,
    /// What it serves: list of `{framework, code, note}`.
    pub alignment: Json,
    /// The ids of the files that belong to it.
    pub attachments: Json,
    /// What changed.
    pub note: Option<String>,
    /// Who wrote it.
    pub written_by: Uuid,
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
    /// By `written_by`.
    #[sea_orm(
        belongs_to = "super::person::Entity",
        from = "Column::WrittenBy",
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
