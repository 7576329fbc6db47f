//! What signing in leaves behind, and how long it stays.

use std::sync::Arc;

use chrono::TimeDelta;
use entity::{account_token, browser_session};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::throttle;
use crate::{access::context::Services, foundation::error::Result, identity::protocol};

/// How long sessions and links that are over stay, for whoever looks into what happened.
pub const KEPT: TimeDelta = TimeDelta::days(30);

/// Lets go of sessions, links and counted attempts that are over; answers how many rows went.
///
/// # Errors
/// When the database does not answer.
pub async fn tidy(services: &Arc<Services>) -> Result<u64> {
    protocol::write(services, "sign_in.tidy", "worker", "worker", move |tx| {
        Box::pin(async move {
            let old = tx.now() - KEPT;
            let sessions = browser_session::Entity::delete_many()
                .filter(browser_session::Column::ExpiresAt.lt(old))
                .exec(tx.db())
                .await?;
            let links = account_token::Entity::delete_many()
                .filter(account_token::Column::ExpiresAt.lt(old))
                .exec(tx.db())
                .await?;
            Ok(sessions.rows_affected + links.rows_affected + throttle::tidy(tx).await?)
        })
    })
    .await
}
