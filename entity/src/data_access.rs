//! Who saw what of a person on one day: a line for each reader, app, purpose and set of fields, that counts how often.

use sea_orm::entity::prelude::*;

/// One row of `data_access`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "data_access")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Whose data it was. [personal: usage; purpose: the person reads who saw what is held on them]
    pub person_id: Uuid,
    /// The day, where the issuer is.
    pub day: Date,
    /// Who saw it, as the audit trail names them. [personal: usage; purpose: whoever reads of others answers for it]
    pub reader: String,
    /// The app or system through which they came (its `client_id`); empty for none, so that a day has one line.
    pub client: String,
    /// The account for which that app acted. [personal: usage; purpose: whoever reads of others answers for it]
    pub account_id: Option<Uuid>,
    /// The roles that the reader held when they last looked, with commas between.
    pub roles: String,
    /// What it was shown for: an OAuth scope.
    pub purpose: String,
    /// What was shown: names of fields in order, with commas between.
    pub fields: String,
    /// How often.
    pub times: i64,
    /// When first.
    pub first_at: DateTimeUtc,
    /// When last.
    pub last_at: DateTimeUtc,
    /// The last request.
    pub request_id: String,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
