//! The accounts elsewhere with which somebody signs in here: they see them, and let go of them.

use std::sync::Arc;

use entity::account_identity::{self, Column, Entity};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, sea_query::Expr};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::providers;
use crate::{
    access::context::Services,
    foundation::{
        error::{Error, Result},
        event::Event,
    },
    identity::{protocol, sign_in::enter},
};

/// What came of letting go of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unlinked {
    /// It is gone, or was not theirs: in either case it is not there.
    Done,
    /// It is the only way in: there is no password, and no other link to a provider that is in use.
    LastWayIn,
}

/// The links of `account`, the oldest first.
///
/// # Errors
/// `unavailable` when the database does not answer in time.
pub async fn linked(services: &Services, account: Uuid) -> Result<Vec<account_identity::Model>> {
    let found = Entity::find().filter(Column::AccountId.eq(account)).order_by_asc(Column::Id);
    let found = found.all(services.store.reader());
    let found = tokio::time::timeout(services.settings.read_deadline, found).await;
    Ok(found.map_err(|_| Error::Unavailable("the database took too long".into()))??)
}

/// Whether somebody comes in by this link: its provider is in the settings, and is still the same issuer.
fn leads_in(services: &Services, link: &account_identity::Model) -> bool {
    providers(services).iter().any(|one| one.name == link.provider && one.issuer == link.issuer)
}

/// Lets go of a link of `account`, as long as another way in is left. One that leads nowhere any more always goes.
///
/// # Errors
/// `unavailable` when too many writes wait.
pub async fn unlink(
    services: &Arc<Services>,
    account: Uuid,
    link: Uuid,
    request_id: &str,
) -> Result<Unlinked> {
    let subject = account.to_string();
    let known = services.clone();
    protocol::write(services, "account.unlink_from_provider", &subject, request_id, move |tx| {
        let known = known.clone();
        Box::pin(async move {
            let account = enter::lock(tx, account).await?;
            let all = Entity::find().filter(Column::AccountId.eq(account.id)).all(tx.db()).await?;
            let Some(gone) = all.iter().find(|row| row.id == link) else { return Ok(Unlinked::Done) };
            let mut others = all.iter().filter(|row| row.id != link);
            let left = account.password_hash.is_some() || others.any(|row| leads_in(&known, row));
            if leads_in(&known, gone) && !left {
                return Ok(Unlinked::LastWayIn);
            }
            Entity::delete_by_id(link).exec(tx.db()).await?;
            entity::account::Entity::update_many()
                .col_expr(
                    entity::account::Column::Version,
                    Expr::col(entity::account::Column::Version).add(1),
                )
                .col_expr(entity::account::Column::UpdatedAt, Expr::value(tx.now()))
                .filter(entity::account::Column::Id.eq(account.id))
                .exec(tx.db())
                .await?;
            let event =
                Event::new("account.unlinked_from_provider", "account", account.id, account.version + 1);
            tx.emit(event.with(json!({ "provider": gone.provider }))).await?;
            Ok(Unlinked::Done)
        })
    })
    .await
}
