//! A file beside an artefact.

use sea_orm::entity::prelude::*;

/// One row of `artefact_attachment`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "artefact_attachment")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Of which artefact.
    pub artefact_id: Uuid,
    /// What it is called.
    pub filename: String,
    /// What its bytes are, by looking at them.
    pub media_type: String,
    /// How many there are.
    pub bytes: i64,
    /// Their hash, which is also where they are kept.
    pub sha256: String,
    /// Who brought it.
    pub uploaded_by: Uuid,
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
    /// By `uploaded_by`.
    #[sea_orm(
        belongs_to = "super::person::Entity",
        from = "Column::UploadedBy",
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
