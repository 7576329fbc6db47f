//! Registering clients: by the ministry, and by themselves (RFC 7591).

use std::{net::IpAddr, sync::Arc};

use chrono::{DateTime, Utc};
use entity::oauth_client::{Entity, Model};
use sea_orm::{EntityTrait, IntoActiveModel, PaginatorTrait};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::happened;
use crate::{
    access::{
        action::Action,
        actor::{Permit, Place},
        context::{Command, Services, Work},
        scope,
    },
    foundation::error::{Error, Result},
    identity::{
        client::{
            input::RegisterOAuthClientInput, metadata::Metadata, rule::OAuthClientStatus, view::OAuthClient,
        },
        protocol,
        sign_in::throttle::{self, Budget},
    },
};

/// The most clients that wait for a decision: strangers may register, and each row is somebody's work.
const MOST_PENDING: u64 = 1_000;
/// Who brought a client that nobody brought.
pub(crate) const ITSELF: &str = "self";

/// Registers a client.
pub struct RegisterOAuthClient(pub RegisterOAuthClientInput);

impl Command for RegisterOAuthClient {
    type Output = OAuthClient;
    const ACTION: Action = Action::OAuthClientRegister;

    async fn run(&self, work: &Work<'_>) -> Result<OAuthClient> {
        let Self(input) = self;
        let permit = work.permit(Self::ACTION, &Place::default())?;
        let said = input.metadata()?;
        let mut row = row(&said, work.new_id(), work.now(), &work.actor.subject)?;
        row.dpop_required = input.dpop_required;
        row.persisted_only = input.persisted_only;
        if !input.pending {
            row.status = OAuthClientStatus::Approved.as_str().to_owned();
            row.decided_by = Some(work.actor.subject.clone());
            row.decided_at = Some(work.now());
        }
        insert(work, &permit, row).await
    }
}

async fn insert(work: &Work<'_>, _: &Permit, row: Model) -> Result<OAuthClient> {
    Entity::insert(row.clone().into_active_model()).exec_without_returning(work.db()).await?;
    work.emit(happened("oauth_client.registered", &row)).await?;
    row.try_into()
}

/// A client that waits for a decision.
fn row(said: &Metadata, id: Uuid, now: DateTime<Utc>, by: &str) -> Result<Model> {
    let list = |list: serde_json::Result<serde_json::Value>| {
        list.map_err(|e| Error::internal("write what a client says", e))
    };
    Ok(Model {
        id,
        name: said.name.clone(),
        kind: said.kind.as_str().to_owned(),
        status: OAuthClientStatus::Pending.as_str().to_owned(),
        status_reason: None,
        redirect_uris: json!(said.redirect_uris),
        grant_types: list(serde_json::to_value(&said.grant_types))?,
        scopes: list(serde_json::to_value(&said.scopes))?,
        auth_method: said.auth_method.as_str().to_owned(),
        jwks: said.jwks.clone(),
        contact: said.contact.clone(),
        homepage: said.homepage.clone(),
        policy_uri: said.policy_uri.clone(),
        dpop_required: false,
        persisted_only: false,
        registered_by: by.to_owned(),
        decided_by: None,
        decided_at: None,
        version: 1,
        created_at: now,
        updated_at: now,
    })
}

/// What came of a registration by a stranger.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Registered {
    /// It waits for a decision.
    Waiting {
        /// Its `client_id`.
        id: Uuid,
        /// When it was registered.
        at: DateTime<Utc>,
    },
    /// Too many wait already.
    Full,
    /// Too many came from this address; seconds until the next may.
    Wait(u64),
}

/// Registers a client that comes by itself (RFC 7591, section 3): it waits for the ministry. Registrations at the same
/// moment may pass the limit by as many as are written at once.
///
/// # Errors
/// `unavailable` when too much is being written.
pub async fn register_itself(
    services: &Arc<Services>,
    said: Metadata,
    dpop_required: bool,
    address: Option<IpAddr>,
    request_id: &str,
) -> Result<Registered> {
    let said = Arc::new(said);
    let action = Action::OAuthClientRegister.name();
    protocol::write(services, action, ITSELF, request_id, move |tx| {
        let said = said.clone();
        Box::pin(async move {
            if let Some(wait) = throttle::charge(tx, &[Budget::registration(address)]).await? {
                return Ok(Registered::Wait(wait));
            }
            if scope::oauth_clients_waiting().count(tx.db()).await? >= MOST_PENDING {
                return Ok(Registered::Full);
            }
            let row = Model { dpop_required, ..row(&said, tx.new_id(), tx.now(), ITSELF)? };
            Entity::insert(row.clone().into_active_model()).exec_without_returning(tx.db()).await?;
            tx.emit(happened("oauth_client.registered", &row)).await?;
            Ok(Registered::Waiting { id: row.id, at: row.created_at })
        })
    })
    .await
}
