//! What a person asks to have corrected in their record, until when it must be answered, and what came of it. Once it is
//! answered, what was wished is gone: the names of the fields stay.

use sea_orm::entity::prelude::*;

/// One row of `correction`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "correction")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Whose record.
    pub person_id: Uuid,
    /// Requested, accepted, rejected or withdrawn.
    pub status: String,
    /// The names of the fields that shall change.
    pub fields: Json,
    /// What they shall be, sealed; empty once it is answered.
    /// [personal: secret; purpose: whoever decides knows what is wished, and accepting applies it]
    pub changes_sealed: Option<String>,
    /// What else is wrong; empty once it is answered.
    /// [personal: correspondence; purpose: whoever decides learns what is wrong]
    pub words: Option<String>,
    /// Why it is wrong, and what shows it; empty once it is answered.
    /// [personal: correspondence; purpose: whoever decides learns what shows that it is wrong]
    pub reason: Option<String>,
    /// Until when the law wants it answered.
    pub due_at: DateTimeUtc,
    /// Why it was decided so.
    /// [personal: correspondence; purpose: the person learns what came of it]
    pub decision_reason: Option<String>,
    /// Who decided: `sub` of the token.
    pub decided_by: Option<String>,
    /// When it was decided or taken back.
    pub decided_at: Option<DateTimeUtc>,
    /// Grows by one with every change.
    pub version: i64,
    /// When it was asked for.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// By `person_id`.
    #[sea_orm(
        belongs_to = "super::person::Entity",
        from = "Column::PersonId",
        to = "super::person::Column::Id"
    )]
    Person,
}

impl Related<super::person::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Person.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
