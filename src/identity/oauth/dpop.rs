//! Proof of possession (RFC 9449): a token that is bound to a key is of no use to whoever only has the token.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use entity::used_proof;
use jsonwebtoken::{
    Algorithm, DecodingKey, Validation,
    jwk::{Jwk, ThumbprintHash},
};
use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};
use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use url::Url;

use crate::{
    access::{context::Services, token::Claims},
    foundation::{
        error::{Error, Result},
        transaction::{Tx, hex},
    },
    identity::{client::jwks, protocol::OAuthError},
};

/// The type in the header of a proof (RFC 9449, section 4.2).
const TYP: &str = "dpop+jwt";
/// Algorithms that are accepted, as metadata and challenges name them.
pub const ALGORITHMS: &[&str] = &["ES256", "EdDSA", "RS256"];
/// How far from now a proof may have been made, in seconds.
const AGE: i64 = 60;
/// The longest proof that is looked at, in bytes.
const MAX_BYTES: usize = 8 * 1024;
/// The longest id of a proof, in bytes.
const LONGEST_JTI: usize = 200;

/// A proof that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// Thumbprint of the key (RFC 7638).
    pub jkt: String,
    /// The proof's own id.
    pub jti: String,
    /// When it was made, seconds since 1970.
    pub iat: i64,
}

/// A proof that does not hold; which of the reasons it was is for developers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Flaw(pub &'static str);

impl From<Flaw> for OAuthError {
    fn from(flaw: Flaw) -> Self {
        // RFC 9449, section 5.
        Self::new("invalid_dpop_proof", flaw.0)
    }
}

#[derive(Deserialize)]
struct Said {
    jti: String,
    htm: String,
    htu: String,
    iat: i64,
    ath: Option<String>,
}

/// The request that a proof must be made for.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// Its method.
    pub method: &'a str,
    /// Its address, without query.
    pub url: &'a str,
    /// The access token it carries, at the API.
    pub token: Option<&'a str>,
    /// Now, seconds since 1970.
    pub now: i64,
}

/// Checks a proof (RFC 9449, section 4.3), all but whether it was used before.
///
/// # Errors
/// The first [`Flaw`].
pub fn check(proof: &str, request: &Request<'_>) -> std::result::Result<Proof, Flaw> {
    if proof.len() > MAX_BYTES {
        return Err(Flaw("The DPoP proof is too long."));
    }
    let key = header(proof)?;
    let mut rules = Validation::new(key.algorithm);
    // The claims of a proof are its own; time is checked below, by the service's clock.
    rules.required_spec_claims.clear();
    (rules.validate_exp, rules.validate_aud) = (false, false);
    let said = jsonwebtoken::decode::<Said>(proof, &key.verifying, &rules)
        .map_err(|_| Flaw("The DPoP proof is malformed or its signature does not fit."))?
        .claims;
    if said.jti.is_empty() || said.jti.len() > LONGEST_JTI {
        return Err(Flaw("jti of the DPoP proof must have 1 to 200 bytes."));
    }
    if said.htm != request.method || !is_same_address(&said.htu, request.url) {
        return Err(Flaw("htm or htu of the DPoP proof is of another request."));
    }
    if said.iat.abs_diff(request.now) > AGE.unsigned_abs() {
        return Err(Flaw("iat of the DPoP proof is more than a minute from now."));
    }
    if let Some(token) = request.token
        && said.ath.as_deref() != Some(BASE64.encode(Sha256::digest(token)).as_str())
    {
        return Err(Flaw("ath of the DPoP proof is not the hash of the access token."));
    }
    Ok(Proof { jkt: key.jkt, jti: said.jti, iat: said.iat })
}

/// The key of a proof.
struct Key {
    algorithm: Algorithm,
    verifying: DecodingKey,
    jkt: String,
}

/// The public key that the header carries, once it is a header of a proof.
fn header(proof: &str) -> std::result::Result<Key, Flaw> {
    let malformed = Flaw("The header of the DPoP proof is malformed.");
    let (header, _) = proof.split_once('.').ok_or(malformed)?;
    let bytes = BASE64.decode(header).map_err(|_| malformed)?;
    let header: Value = serde_json::from_slice(&bytes).map_err(|_| malformed)?;
    if header["typ"] != TYP || header.get("crit").is_some() {
        return Err(Flaw("typ of the DPoP proof must be dpop+jwt."));
    }
    let jwk = &header["jwk"];
    // RFC 9449, section 4.3, check 7: a private key has no business here.
    if ["d", "k", "p", "q", "dp", "dq", "qi", "oth"].iter().any(|name| jwk.get(name).is_some()) {
        return Err(Flaw("The DPoP proof must carry the public key only."));
    }
    let unsound = Flaw("The DPoP proof must be signed with ES256, EdDSA or RS256, with a sound key.");
    // The library takes a key of any length, and falls over it when it verifies: what is no key is sorted out before.
    let (verifying, algorithm) = jwk.as_object().and_then(jwks::supported).ok_or(unsound)?;
    let named = header["alg"].as_str().unwrap_or_default();
    if !ALGORITHMS.contains(&named) || named != format!("{algorithm:?}") {
        return Err(unsound);
    }
    let key: Jwk = serde_json::from_value(jwk.clone()).map_err(|_| malformed)?;
    let jkt = key.thumbprint(ThumbprintHash::SHA256).map_err(|_| unsound)?;
    Ok(Key { algorithm, verifying, jkt })
}

/// Scheme, host, port and path, compared in the form of RFC 3986, section 6 (RFC 9449, section 4.3, check 9).
fn is_same_address(htu: &str, url: &str) -> bool {
    let bare = |text: &str| {
        let mut url = Url::parse(text).ok()?;
        url.set_query(None);
        url.set_fragment(None);
        Some(url)
    };
    matches!((bare(htu), bare(url)), (Some(said), Some(asked)) if said == asked)
}

/// Takes down in the database, for all nodes, that a proof was used.
///
/// # Errors
/// When the database cannot. `false`: it was used before.
pub async fn use_once(tx: &Tx, proof: &Proof) -> Result<bool> {
    let until =
        chrono::DateTime::from_timestamp(proof.iat.saturating_add(2 * AGE), 0).unwrap_or_else(|| tx.now());
    let row = used_proof::ActiveModel {
        issuer: Set(format!("dpop:{}", proof.jkt)),
        // Whatever the client wrote: nothing of it is kept but that it was used.
        jti: Set(hex(&Sha256::digest(proof.jti.as_bytes()))),
        expires_at: Set(until),
    };
    let once =
        OnConflict::columns([used_proof::Column::Issuer, used_proof::Column::Jti]).do_nothing().to_owned();
    let added = used_proof::Entity::insert(row).on_conflict(once).exec_without_returning(tx.db()).await?;
    Ok(added > 0)
}

/// How a token came to the API.
#[derive(Debug, Clone, Copy)]
pub struct Carried<'a> {
    /// The request's method.
    pub method: &'a str,
    /// Its path, without query.
    pub path: &'a str,
    /// Its `DPoP` headers.
    pub proofs: &'a [&'a str],
    /// Whether `Authorization` said `DPoP` and not `Bearer`.
    pub bound: bool,
}

/// That whoever shows `token` may: a token that is bound to a key came with a proof of that key, made for this request and
/// this token (RFC 9449, section 7.1), and one that is not came as a bearer token.
///
/// # Errors
/// `token_bound` (bound, but came as a bearer token), `token_not_bound`, `dpop_proof_missing` (none, or several),
/// `dpop_proof_invalid`, `dpop_proof_reused`.
pub fn hold(services: &Services, claims: &Claims, token: &str, carried: &Carried<'_>) -> Result<()> {
    let refused = |code| Err(Error::Unauthenticated(code));
    let key = match (&claims.cnf, carried.bound) {
        (None, false) => return Ok(()),
        (Some(_), false) => return refused("token_bound"),
        (None, true) => return refused("token_not_bound"),
        (Some(key), true) => key,
    };
    let [proof] = carried.proofs else { return refused("dpop_proof_missing") };
    let url = format!("{}{}", services.settings.public_url, carried.path);
    let now = services.clock.now().timestamp();
    let request = Request { method: carried.method, url: &url, token: Some(token), now };
    let Ok(proof) = check(proof, &request) else { return refused("dpop_proof_invalid") };
    if proof.jkt != key.jkt {
        return refused("dpop_proof_invalid");
    }
    if services.proofs.is_new(&proof.jkt, &proof.jti, now, proof.iat.saturating_add(2 * AGE)) {
        Ok(())
    } else {
        refused("dpop_proof_reused")
    }
}

#[cfg(test)]
mod tests;
