//! What a token is worth now (RFC 7662). A client that keeps a secret may ask about its own tokens; of all others it
//! learns that they are not good, and nothing else (RFC 7662, section 2.2).

use std::sync::Arc;

use entity::{oauth_client, token_family};
use sea_orm::EntityTrait;
use serde_json::{Value, json};

use super::{
    consent,
    form::Form,
    is_confidential,
    refresh::{self, Named, Verdict},
    scopes,
    token::state,
};
use crate::{
    access::{
        context::Services,
        oauth_scope::{self, Scopes},
        token::{self, Claims},
    },
    foundation::error::{Error, Result},
    identity::{
        caller,
        protocol::{OAuthError, Refused},
    },
};

/// Answers what the token in `form` is worth to `client`.
///
/// # Errors
/// `unauthorized_client` to clients that keep no secret; `invalid_request` without a token.
pub async fn introspect(
    services: &Arc<Services>,
    client: &oauth_client::Model,
    form: &Form,
) -> std::result::Result<Value, Refused> {
    form.each_once(&[])?;
    if !is_confidential(client) {
        return Err(OAuthError::new("unauthorized_client", "Only confidential clients may ask.").into());
    }
    let token = form.one("token")?.ok_or(OAuthError::new("invalid_request", "token is missing."))?;
    let found = match Named::read(&services.keyring, token) {
        Some(named) => of_refresh(services, client, named).await?,
        None => of_access(services, client, token).await?,
    };
    Ok(found.unwrap_or_else(|| json!({ "active": false })))
}

async fn of_access(
    services: &Arc<Services>,
    client: &oauth_client::Model,
    token: &str,
) -> Result<Option<Value>> {
    let url = &services.settings.public_url;
    let verified = token::verify(&services.keyring, token, services.clock.now(), url, url);
    let Some(claims) = worth(verified)?.filter(|claims| claims.client_id == Some(client.id)) else {
        return Ok(None);
    };
    let told = told(&claims);
    Ok(worth(caller::of(services, claims).await)?.map(|_| told))
}

/// `None` for what is refused; our own troubles stay troubles.
fn worth<T>(found: Result<T>) -> Result<Option<T>> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(Error::Unauthenticated(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

fn told(claims: &Claims) -> Value {
    let mut told = json!({
        "active": true,
        "scope": claims.scope,
        "client_id": claims.client_id,
        "token_type": if claims.cnf.is_some() { "DPoP" } else { "Bearer" },
        "exp": claims.exp,
        "iat": claims.iat,
        "sub": claims.sub,
        "aud": claims.aud,
        "iss": claims.iss,
        "jti": claims.jti,
    });
    // RFC 9449, section 6.2.
    if let Some(key) = &claims.cnf {
        told["cnf"] = json!({ "jkt": key.jkt });
    }
    told
}

async fn of_refresh(
    services: &Services,
    client: &oauth_client::Model,
    named: Named,
) -> Result<Option<Value>> {
    let db = services.store.reader();
    let row = token_family::Entity::find_by_id(named.family).one(db).await?;
    let Some(row) = row.filter(|row| row.client_id == client.id) else { return Ok(None) };
    let state = state(&row);
    if !matches!(
        refresh::judge(&state, named.generation, services.clock.now()),
        Verdict::Next(_) | Verdict::Again(_)
    ) {
        return Ok(None);
    }
    let Some(holder) = consent::holder(db, row.authorization_id).await? else { return Ok(None) };
    // As much as a refresh would give: the client may be registered for less than was agreed to.
    let left: Scopes = scopes(&row.scopes).intersection(&scopes(&client.scopes)).copied().collect();
    if left.is_empty() {
        return Ok(None);
    }
    Ok(Some(json!({
        "active": true,
        "scope": oauth_scope::line(&left),
        "client_id": row.client_id,
        "exp": state.good_until().timestamp(),
        "iat": row.refreshed_at.timestamp(),
        "sub": holder.subject(),
        "iss": services.settings.public_url,
    })))
}
