//! Clients that registered themselves and came to nothing.

use std::sync::Arc;

use chrono::TimeDelta;
use entity::{
    app_authorization, authorization_code, client_document, client_use,
    oauth_client::{Column, Entity},
    oauth_client_secret, role_grant, token_family,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use super::write::ITSELF;
use crate::{access::context::Services, foundation::error::Result, identity::protocol};

/// How long the ministry may take to decide, and a refusal stays to be read.
const KEPT: TimeDelta = TimeDelta::days(30);

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

/// Lets go of clients that registered themselves, waited or were refused for a month, and that nothing refers to;
/// answers how many.
///
/// # Errors
/// When the database does not answer.
pub async fn tidy(services: &Arc<Services>) -> Result<u64> {
    protocol::write(services, "oauth_client.tidy", "worker", "worker", move |tx| {
        Box::pin(async move {
            let mut gone = Entity::delete_many()
                .filter(Column::RegisteredBy.eq(ITSELF))
                .filter(Column::Status.is_in(["pending", "refused"]))
                .filter(Column::UpdatedAt.lt(tx.now() - KEPT));
            for named in [
                named!(app_authorization),
                named!(authorization_code),
                named!(client_document),
                named!(client_use),
                named!(oauth_client_secret),
                named!(role_grant),
                named!(token_family),
            ] {
                gone = gone.filter(Column::Id.not_in_subquery(named));
            }
            Ok(gone.exec(tx.db()).await?.rows_affected)
        })
    })
    .await
}
