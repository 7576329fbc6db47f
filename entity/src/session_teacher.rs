//! Who teaches a session, and the minutes it adds to that person's burden ledger.

use sea_orm::entity::prelude::*;

/// One row of `session_teacher`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "session_teacher")]
pub struct Model {
    /// Which session.
    #[sea_orm(primary_key, auto_increment = false)]
    pub session_id: Uuid,
    /// Who teaches.
    #[sea_orm(primary_key, auto_increment = false)]
    pub resource_person_id: Uuid,
    /// The same human, for the ledger.
    pub person_id: Uuid,
    /// School term the minutes count in, `2026-1`.
    pub term: String,
    /// Minutes taught.
    pub minutes: i32,
    /// Who allowed more than twice the cap.
    pub override_by: Option<String>,
    /// Why.
    pub override_reason: Option<String>,
    /// When the row came to be.
    pub created_at: DateTimeUtc,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// By `session_id`.
    #[sea_orm(
        belongs_to = "super::session::Entity",
        from = "Column::SessionId",
        to = "super::session::Column::Id"
    )]
    Session,
    /// By `resource_person_id`.
    #[sea_orm(
        belongs_to = "super::resource_person::Entity",
        from = "Column::ResourcePersonId",
        to = "super::resource_person::Column::Id"
    )]
    ResourcePerson,
    /// By `person_id`.
    #[sea_orm(
        belongs_to = "super::person::Entity",
        from = "Column::PersonId",
        to = "super::person::Column::Id"
    )]
    Person,
}

impl Related<super::session::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Session.def()
    }
}

impl Related<super::resource_person::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::ResourcePerson.def()
    }
}

impl Related<super::person::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Person.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
