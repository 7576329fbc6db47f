//! Clients that registered themselves and came to nothing.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    app_authorization, authorization_code, client_document, client_use,
    oauth_client::{Column, Entity},
    oauth_client_secret, role_grant, token_family,
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use super::write::ITSELF;
use crate::{access::context::Services, foundation::error::Result, identity::protocol};

/// How long the ministry may take to decide, and a refusal stays to be read.
pub const KEPT: TimeDelta = TimeDelta::days(30);

/// The ids of clients that rows of a table name.
macro_rules! named {
    ($table:ident) => {
        $table::Entity::find()
            .select_only()
            .column($table::Column::ClientId)
            .filter($table::Column::ClientId.is_not_null())
            .into_query()
    };
}

/// Which clients registered themselves, waited or were refused for a month, and are referred to by nothing.
pub fn due(now: DateTime<Utc>) -> Condition {
    let alone = Condition::all()
        .add(Column::RegisteredBy.eq(ITSELF))
        .add(Column::Status.is_in(["pending", "refused"]))
        .add(Column::UpdatedAt.lt(now - KEPT));
    [
        named!(app_authorization),
        named!(authorization_code),
        named!(client_document),
        named!(client_use),
        named!(oauth_client_secret),
        named!(role_grant),
        named!(token_family),
    ]
    .into_iter()
    .fold(alone, |alone, named| alone.add(Column::Id.not_in_subquery(named)))
}

/// Lets go of clients that registered themselves, waited or were refused for a month, and that nothing refers to;
/// answers how many.
///
/// # Errors
/// When the database does not answer.
pub async fn tidy(services: &Arc<Services>) -> Result<u64> {
    protocol::write(services, "oauth_client.tidy", "worker", "worker", move |tx| {
        Box::pin(
            async move { Ok(Entity::delete_many().filter(due(tx.now())).exec(tx.db()).await?.rows_affected) },
        )
    })
    .await
}
