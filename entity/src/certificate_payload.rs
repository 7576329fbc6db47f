//! The frozen, signed payload of a certificate. Rows are inserted, never updated or deleted; once the holder is erased, one
//! without them takes its place (ADR 42).

use sea_orm::entity::prelude::*;

/// One row of `certificate_payload`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "certificate_payload")]
pub struct Model {
    /// Whose payload.
    #[sea_orm(primary_key, auto_increment = false)]
    pub certificate_id: Uuid,
    /// Canonical JSON (RFC 8785), exactly the signed bytes. [personal: identity; purpose: the holder's proof]
    pub payload: String,
    /// SHA-256 of the payload, hex.
    pub hash: String,
    /// Compact JWS over the payload.
    pub jws: String,
    /// Key that signed it.
    pub kid: String,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// By `certificate_id`.
    #[sea_orm(
        belongs_to = "super::certificate::Entity",
        from = "Column::CertificateId",
        to = "super::certificate::Column::Id"
    )]
    Certificate,
}

impl Related<super::certificate::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Certificate.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
