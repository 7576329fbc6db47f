//! Assertions by which a client proves itself with its own key (RFC 7523, section 3). Which algorithm a key is for
//! stands where the key is registered; the message cannot choose.

use std::sync::Arc;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use entity::used_proof::{Column, Entity, Model};
use jsonwebtoken::Validation;
use sea_orm::{EntityTrait, IntoActiveModel, sea_query::OnConflict};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::jwks;
use crate::{
    access::{context::Services, token::LEEWAY_SECONDS},
    foundation::{error::Result, transaction::hex},
    identity::protocol,
};

/// How far ahead the end of an assertion may lie, in seconds: so long must it be remembered. Common libraries make them for
/// an hour.
const MOST_AHEAD: i64 = 3_600;
/// The longest `jti`, in bytes.
const MAX_JTI: usize = 255;

/// Of the header; `typ` may be whatever it is.
#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    crit: Option<Value>,
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    aud: Audience,
    exp: i64,
    nbf: Option<i64>,
    iat: Option<i64>,
    jti: String,
}

/// One audience or several (RFC 7519, section 4.1.3).
#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

impl Audience {
    fn is_one_of(&self, ours: &[&str]) -> bool {
        match self {
            Self::One(name) => ours.contains(&name.as_str()),
            Self::Several(names) => names.iter().any(|name| ours.contains(&name.as_str())),
        }
    }
}

/// An assertion that holds, by what it is remembered.
pub(super) struct Proof {
    jti: String,
    until: DateTime<Utc>,
}

fn part<T: DeserializeOwned>(encoded: &str) -> Option<T> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(encoded).ok()?).ok()
}

/// Whose assertion it says to be; nothing of it is proven.
pub(super) fn claimed_by(text: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Subject {
        sub: String,
    }
    part::<Subject>(text.split('.').nth(1)?).map(|claims| claims.sub)
}

/// The proof that `text` is, signed by one of `keys`, by and about `client`, for one of `audiences`, good at `now` and
/// for no longer than [`MOST_AHEAD`].
pub(super) fn verify(
    text: &str,
    keys: &Value,
    client: Uuid,
    audiences: &[&str],
    now: DateTime<Utc>,
) -> Option<Proof> {
    let header: Header = part(text.split('.').next()?)?;
    let (key, algorithm) = jwks::find(keys, header.kid.as_deref())?;
    if header.crit.is_some() || header.alg != format!("{algorithm:?}") {
        return None;
    }
    let mut rules = Validation::new(algorithm);
    // What it says is looked at below, by our own clock.
    rules.validate_exp = false;
    rules.validate_aud = false;
    rules.required_spec_claims.clear();
    let claims = jsonwebtoken::decode::<Claims>(text, &key, &rules).ok()?.claims;
    let client = client.to_string();
    let sound = claims.iss == client && claims.sub == client && claims.aud.is_one_of(audiences);
    let now = now.timestamp();
    let begun = |at: Option<i64>| at.is_none_or(|at| at.saturating_sub(LEEWAY_SECONDS) <= now);
    let in_time = claims.exp.saturating_add(LEEWAY_SECONDS) > now
        && claims.exp.saturating_sub(LEEWAY_SECONDS) <= now.saturating_add(MOST_AHEAD)
        && begun(claims.nbf)
        && begun(claims.iat);
    let named = (1..=MAX_JTI).contains(&claims.jti.len());
    if !(sound && in_time && named) {
        return None;
    }
    let until = DateTime::from_timestamp(claims.exp, 0)? + TimeDelta::seconds(LEEWAY_SECONDS);
    Some(Proof { jti: hex(&Sha256::digest(claims.jti.as_bytes())), until })
}

/// Whether a proof is used for the first time; from then on it is used.
///
/// # Errors
/// `unavailable` when too much is being written.
pub(super) async fn is_first(
    services: &Arc<Services>,
    client: Uuid,
    proof: Proof,
    request_id: &str,
) -> Result<bool> {
    let subject = client.to_string();
    let row = Model { issuer: format!("assertion:{client}"), jti: proof.jti, expires_at: proof.until };
    protocol::write(services, "oauth_client.prove", &subject, request_id, move |tx| {
        let row = row.clone();
        Box::pin(async move {
            let once = OnConflict::columns([Column::Issuer, Column::Jti]).do_nothing().to_owned();
            let insert = Entity::insert(row.into_active_model()).on_conflict(once);
            match insert.exec_without_returning(tx.db()).await {
                Ok(rows) => Ok(rows == 1),
                Err(sea_orm::DbErr::RecordNotInserted) => Ok(false),
                Err(error) => Err(error.into()),
            }
        })
    })
    .await
}
