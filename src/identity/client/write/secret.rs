//! Secrets of systems. A secret has 256 random bits and is shown once; the table keeps its SHA-256, which is as hard to
//! undo as the secret is to guess, so that it needs no slow hash.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use entity::oauth_client_secret::{Column, Entity, Model};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QuerySelect,
};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::lock;
use crate::{
    access::{
        action::Action,
        actor::{Permit, Place},
        context::{Command, Trace, Work},
        scope,
    },
    foundation::{
        error::{Error, Fault, Faults, Result},
        event::Event,
        transaction::hex,
    },
    identity::client::{
        input::CreateOAuthClientSecretInput,
        rule::{self, ClientAuthMethod, MOST_SECRETS, OAuthClientStatus},
        view::{OAuthClientId, OAuthClientSecret, OAuthClientSecretId},
    },
};

/// What every secret begins with, so that programs that look for lost secrets know one.
const PREFIX: &str = "sgs_";
/// How long a secret is good unless said, in days.
const DAYS: i64 = 180;

/// Makes a secret for a system.
pub struct CreateOAuthClientSecret {
    /// Whose.
    pub id: OAuthClientId,
    /// What it shall be.
    pub input: CreateOAuthClientSecretInput,
}

impl Command for CreateOAuthClientSecret {
    type Output = OAuthClientSecret;
    const ACTION: Action = Action::OAuthClientSecretCreate;

    // The answer holds the secret, which is kept nowhere.
    fn trace(&self) -> Trace {
        Trace::Unrepeated
    }

    async fn run(&self, work: &Work<'_>) -> Result<OAuthClientSecret> {
        let client = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &Place::default())?;
        work.expect(client.version)?;
        if client.auth_method != ClientAuthMethod::ClientSecretBasic.as_str() {
            return Err(Error::conflict("oauth_client_has_no_secret"));
        }
        // Not before somebody decided: a secret for a client that is turned away would lie about.
        if client.status != OAuthClientStatus::Approved.as_str() {
            return Err(Error::conflict("oauth_client_not_approved"));
        }
        let mut faults = Faults::new();
        let days = faults.take("/days", rule::secret_days(self.input.days.unwrap_or(DAYS)));
        faults.done()?;
        let live = Entity::find()
            .filter(Column::ClientId.eq(client.id))
            .filter(Column::WithdrawnAt.is_null())
            .filter(Column::ExpiresAt.gt(work.now()));
        if live.count(work.db()).await? >= MOST_SECRETS {
            let fault = Fault::new("", "client_secrets_exhausted").with("max", MOST_SECRETS);
            return Err(Error::conflict_with(fault));
        }
        let secret = format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(work.tx.random::<32>()));
        let row = Model {
            id: work.new_id(),
            client_id: client.id,
            hash: hash(&secret),
            expires_at: work.now() + TimeDelta::days(days.unwrap_or(DAYS)),
            withdrawn_at: None,
            created_at: work.now(),
        };
        insert(work, &permit, &row).await?;
        Ok(OAuthClientSecret { secret: Some(secret), ..row.into() })
    }
}

/// What the table keeps of a secret.
pub fn hash(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

async fn insert(work: &Work<'_>, _: &Permit, row: &Model) -> Result<()> {
    Entity::insert(row.clone().into_active_model()).exec_without_returning(work.db()).await?;
    work.emit(happened("oauth_client_secret.created", row, 1)).await?;
    Ok(())
}

/// Lets a secret be good no longer.
pub struct WithdrawOAuthClientSecret(pub OAuthClientSecretId);

impl Command for WithdrawOAuthClientSecret {
    type Output = OAuthClientSecret;
    const ACTION: Action = Action::OAuthClientSecretWithdraw;

    async fn run(&self, work: &Work<'_>) -> Result<OAuthClientSecret> {
        let found = scope::oauth_client_secrets(work.actor)?.filter(Column::Id.eq(self.0.uuid()));
        let found = found.lock_exclusive().one(work.db()).await?;
        let found = found.ok_or(Error::NotFound("oauth-client-secret"))?;
        let permit = work.permit(Self::ACTION, &Place::default())?;
        work.expect(OAuthClientSecret::from(found.clone()).version)?;
        if found.withdrawn_at.is_some() {
            return Err(Error::conflict("client_secret_withdrawn"));
        }
        withdraw(work, &permit, found).await
    }
}

async fn withdraw(work: &Work<'_>, _: &Permit, found: Model) -> Result<OAuthClientSecret> {
    let row = Model { withdrawn_at: Some(work.now()), ..found.clone() };
    row.clone().into_active_model().reset_all().update(work.db()).await?;
    work.changed(&found, &row);
    work.emit(happened("oauth_client_secret.withdrawn", &row, 2)).await?;
    Ok(row.into())
}

/// What is told of a secret: that there is one, and until when.
fn happened(kind: &'static str, row: &Model, version: i64) -> Event {
    let until = row.expires_at;
    let told = json!({ "clientId": row.client_id, "expiresAt": until });
    Event::new(kind, "oauth_client_secret", row.id, version).with(told)
}
