//! A teacher, pre-service teacher, principal, supervisor, administrator or external expert.

use sea_orm::entity::prelude::*;

/// One row of `person`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "person")]
pub struct Model {
    /// UUIDv7; also the person's opaque public subject.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What the person is.
    pub kind: String,
    /// Full name. [personal: identity; purpose: recognise the person on rosters and certificates]
    pub name: String,
    /// Teacher number, 16 digits, lifelong. [personal: identifier; purpose: match records of the same teacher]
    #[sea_orm(unique)]
    pub nuptk: Option<String>,
    /// Civil servant number, 18 digits. [personal: identifier; purpose: match records of the same civil servant]
    pub nip: Option<String>,
    /// National identity number, encrypted. [personal: secret; purpose: prove two records are one person]
    pub nik_sealed: Option<String>,
    /// Blind index of the identity number. [personal: secret; purpose: find duplicates without decrypting]
    #[sea_orm(unique)]
    pub nik_index: Option<String>,
    /// `female` or `male`. [personal: demographic; purpose: measure equity]
    pub sex: Option<String>,
    /// Date of birth. [personal: demographic; purpose: tell persons of one name apart]
    pub birth_date: Option<Date>,
    /// Kind of employment. [personal: employment; purpose: measure equity of access]
    pub employment: String,
    /// Subject taught. [personal: employment; purpose: match trainings to audience]
    pub subject: Option<String>,
    /// Home school. [personal: employment; purpose: reach of principals and officers]
    pub school_id: Option<Uuid>,
    /// Region of the home school, or of residence for those without. [personal: employment; purpose: reach of officers]
    pub region_code: Option<String>,
    /// Mobile number. [personal: contact; purpose: reach the person about an enrolment]
    pub phone: Option<String>,
    /// E-mail address. [personal: contact; purpose: reach the person about an enrolment]
    pub email: Option<String>,
    /// The record this one was merged into; then it is retired.
    pub merged_into: Option<Uuid>,
    /// Since when the use of what is held on them is restricted; none while it is not.
    pub restricted_at: Option<DateTimeUtc>,
    /// Who had it restricted: `person`, `officer` or `ministry`; none while it is not.
    pub restricted_by: Option<String>,
    /// When everything that says who they are was erased; then only the id is left.
    pub erased_at: Option<DateTimeUtc>,
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
