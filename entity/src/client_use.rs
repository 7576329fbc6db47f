//! How often a client asked for tokens and called, day by day.

use sea_orm::entity::prelude::*;

/// One row of `client_use`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "client_use")]
pub struct Model {
    /// Whose.
    #[sea_orm(primary_key, auto_increment = false)]
    pub client_id: Uuid,
    /// The day, where the issuer is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: Date,
    /// tokens, refused_tokens, calls, refused_calls.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    /// How often.
    pub count: i64,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// By `client_id`.
    #[sea_orm(
        belongs_to = "super::oauth_client::Entity",
        from = "Column::ClientId",
        to = "super::oauth_client::Column::Id"
    )]
    OauthClient,
}

impl Related<super::oauth_client::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::OauthClient.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
