//! Giving a token back (RFC 7009): a refresh token with all of its family, an access token alone.

use std::sync::Arc;

use entity::{oauth_client, revoked_token, token_family};
use sea_orm::{ActiveValue::Set, EntityTrait, QuerySelect, sea_query::OnConflict};
use serde::{Deserialize, Serialize};

use super::{code, form::Form, refresh::Named};
use crate::{
    access::{
        context::Services,
        token::{self, Claims, LEEWAY_SECONDS},
    },
    foundation::{
        error::{Error, Result},
        transaction::Tx,
    },
    identity::protocol::{self, OAuthError, Refused},
};

/// What the request was about.
#[derive(Debug, Serialize, Deserialize)]
enum Given {
    /// A token of the client, good no longer; or none at all (RFC 7009, section 2.2: that is no fault).
    Back,
    /// A token of another client.
    OfAnother,
}

/// Ends a token of `client`.
///
/// # Errors
/// `invalid_request` without a token; `invalid_grant` when it is another client's (RFC 7009, section 2.1).
pub async fn revoke(
    services: &Arc<Services>,
    client: &oauth_client::Model,
    form: &Form,
    request_id: &str,
) -> std::result::Result<(), Refused> {
    form.each_once(&[])?;
    let token = form.one("token")?.ok_or(OAuthError::new("invalid_request", "token is missing."))?;
    // The hint may be wrong (RFC 7009, section 2.1), and the two kinds look nothing alike.
    let given = if let Some(named) = Named::read(&services.keyring, token) {
        let id = client.id;
        step(services, client, request_id, move |tx| Box::pin(family(tx, named, id))).await?
    } else if let Some(claims) = proven(services, token)? {
        if claims.client_id == Some(client.id) {
            step(services, client, request_id, move |tx| Box::pin(alone(tx, claims.jti, claims.exp))).await?
        } else {
            Given::OfAnother
        }
    } else {
        Given::Back
    };
    match given {
        Given::Back => Ok(()),
        Given::OfAnother => {
            Err(OAuthError::new("invalid_grant", "The token was issued to another client.").into())
        }
    }
}

async fn step<F>(services: &Arc<Services>, client: &oauth_client::Model, id: &str, work: F) -> Result<Given>
where
    F: for<'a> Fn(&'a Tx) -> futures_util::future::BoxFuture<'a, Result<Given>> + Send + Sync + 'static,
{
    protocol::write(services, "token.revoke", &format!("client:{}", client.id), id, work).await
}

/// What an access token of ours says, as long as it is good; our own troubles are no answer to what it is.
fn proven(services: &Services, token: &str) -> Result<Option<Claims>> {
    let url = &services.settings.public_url;
    match token::verify(&services.keyring, token, services.clock.now(), url, url) {
        Ok(claims) => Ok(Some(claims)),
        Err(Error::Unauthenticated(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

async fn family(tx: &Tx, named: Named, client: uuid::Uuid) -> Result<Given> {
    let row = token_family::Entity::find_by_id(named.family).lock_exclusive().one(tx.db()).await?;
    match row {
        Some(row) if row.client_id != client => Ok(Given::OfAnother),
        Some(row) => {
            code::end(tx, row.id, row.client_id, "signed_out").await?;
            Ok(Given::Back)
        }
        None => Ok(Given::Back),
    }
}

async fn alone(tx: &Tx, jti: uuid::Uuid, exp: i64) -> Result<Given> {
    let until = chrono::DateTime::from_timestamp(exp.saturating_add(LEEWAY_SECONDS), 0);
    let row =
        revoked_token::ActiveModel { jti: Set(jti), expires_at: Set(until.unwrap_or_else(|| tx.now())) };
    let once = OnConflict::column(revoked_token::Column::Jti).do_nothing().to_owned();
    revoked_token::Entity::insert(row).on_conflict(once).exec_without_returning(tx.db()).await?;
    Ok(Given::Back)
}
