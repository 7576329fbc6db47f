//! What the operator does at the machine, where links are shown instead of sent.

use std::sync::Arc;

use entity::{account, role_grant};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use super::view::AccountId;
use crate::{
    access::{context::Services, grant::Grant},
    foundation::{
        error::{Error, Result},
        event::Event,
        transaction::Tx,
    },
    identity::{
        protocol,
        sign_in::{
            enter,
            link::{self, LinkKind},
            password,
        },
    },
};

/// Who is named in the trail.
const OPERATOR: &str = "cli";

/// The account of a login.
///
/// # Errors
/// `not_found`.
pub async fn of_login(services: &Services, login: &str) -> Result<AccountId> {
    let found = account::Entity::find().filter(account::Column::Login.eq(enter::login(login)));
    let found = found.one(services.store.reader()).await?;
    found.map(|row| row.id.into()).ok_or(Error::NotFound("account"))
}

/// A link with which the owner sets a password: the address, for the operator to pass on. Older links are good no more.
///
/// # Errors
/// `account_blocked`; `not_found`.
pub async fn link(services: &Arc<Services>, account: AccountId) -> Result<String> {
    link_with(services, account, None).await
}

/// As [`link()`], and gives the account a role in the same step.
///
/// # Errors
/// As [`link()`].
pub async fn link_with(
    services: &Arc<Services>,
    account: AccountId,
    grant: Option<&Grant>,
) -> Result<String> {
    let (hands, grant) = (services.clone(), grant.cloned());
    protocol::write(services, "account.send_reset", OPERATOR, "internal", move |tx| {
        let (services, grant) = (hands.clone(), grant.clone());
        Box::pin(async move {
            let row = enter::lock(tx, account.uuid()).await?;
            let kind = match row.status.as_str() {
                "blocked" => return Err(Error::conflict("account_blocked")),
                "invited" => LinkKind::Invitation,
                _ => LinkKind::Reset,
            };
            if let Some(grant) = &grant {
                given(tx, row.id, grant).await?;
            }
            let secret = link::make(tx, row.id, kind).await?;
            let mut change = row.clone().into_active_model();
            change.version = Set(row.version + 1);
            change.updated_at = Set(tx.now());
            let row = change.update(tx.db()).await?;
            let event = Event::new("account.reset_sent", "account", row.id, row.version);
            tx.emit(event.with(json!({ "status": row.status }))).await?;
            Ok(kind.address(&services, &secret))
        })
    })
    .await
}

async fn given(tx: &Tx, account: Uuid, grant: &Grant) -> Result<()> {
    let id = tx.new_id();
    let row = role_grant::ActiveModel {
        id: Set(id),
        account_id: Set(Some(account)),
        client_id: Set(None),
        role: Set(grant.role.name().to_owned()),
        region_code: Set(grant.region.clone()),
        organisation_id: Set(grant.organisation),
        school_id: Set(grant.school),
        person_id: Set(grant.person),
        reason: Set("by the operator".to_owned()),
        given_by: Set(OPERATOR.to_owned()),
        given_at: Set(tx.now()),
        expires_at: Set(None),
        withdrawn_at: Set(None),
        withdrawn_by: Set(None),
        withdrawn_reason: Set(None),
        version: Set(1),
        created_at: Set(tx.now()),
        updated_at: Set(tx.now()),
    };
    role_grant::Entity::insert(row).exec_without_returning(tx.db()).await?;
    let event = Event::new("role_grant.given", "role_grant", id, 1).in_region(grant.region.clone());
    tx.emit(event.with(json!({ "role": grant.role.name() }))).await?;
    Ok(())
}

/// Sets a password that was hashed already: for the demo, whose accounts share one.
///
/// # Errors
/// `not_found`.
pub async fn set_hash(services: &Arc<Services>, account: AccountId, hash: &str) -> Result<()> {
    let hash = hash.to_owned();
    protocol::write(services, "account.set_password", OPERATOR, "internal", move |tx| {
        let hash = hash.clone();
        Box::pin(async move {
            let row = enter::lock(tx, account.uuid()).await?;
            password::set(tx, row, hash).await?;
            Ok(())
        })
    })
    .await
}
