//! Access tokens: JWTs (RFC 9068 form) that the service signs itself with its token
//! key. What a token says is only believed after signature, issuer, audience and time
//! hold; a refusal never repeats the token.

use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::{Algorithm, Header, Validation, errors::ErrorKind};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::grant::Grant;
use super::jws::{self, Flaw};
use super::keys::{Keyring, Purpose};
use crate::foundation::error::{Error, Fault, Faults, Result};

/// The media type in the header of an access token; anything else is not one.
pub const TYP: &str = "at+jwt";
/// The longest token that is looked at, in bytes.
pub const MAX_BYTES: usize = 8 * 1024;
/// How far the clocks of two machines may be apart, in seconds.
pub const LEEWAY_SECONDS: i64 = 30;
/// The longest lifetime a token can be given.
pub const MAX_LIFETIME: TimeDelta = TimeDelta::days(366);

/// What a token says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// Who issued it: the service's own base URL.
    pub iss: String,
    /// Who it is for: the API's identifier.
    pub aud: String,
    /// Whom it stands for: a person's id, or the name of a system.
    pub sub: String,
    /// Issued at, seconds since 1970.
    pub iat: i64,
    /// No longer good from then on, seconds since 1970.
    pub exp: i64,
    /// The token's own id.
    pub jti: Uuid,
    /// The roles it carries, at least one, where an operator made it. A token that came through OAuth carries none:
    /// what its holder may do is looked up when it is used, so that what is withdrawn is gone at once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grants: Vec<Grant>,
    /// The app or system that asked for it (RFC 9068, section 2.2).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<Uuid>,
    /// What it may be used for (RFC 9068, section 2.2.3.1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// The refresh tokens it came with; none where a system acts for itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sid: Option<Uuid>,
    /// Which of those refresh tokens it came with, by its generation: whoever uses it has that one too.
    #[serde(default, rename = "gen", skip_serializing_if = "Option::is_none")]
    pub generation: Option<i64>,
    /// The key it is bound to (RFC 7800; RFC 9449, section 6.1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cnf: Option<Confirmation>,
}

/// The key that whoever uses a token must prove to have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmation {
    /// Its thumbprint (RFC 7638), base64url of SHA-256.
    pub jkt: String,
}

impl Claims {
    /// Claims that start at `now` and hold for `lifetime`.
    pub fn new(
        issuer: impl Into<String>,
        audience: impl Into<String>,
        subject: impl Into<String>,
        grants: Vec<Grant>,
        jti: Uuid,
        now: DateTime<Utc>,
        lifetime: TimeDelta,
    ) -> Self {
        let iat = now.timestamp();
        let exp = iat.saturating_add(lifetime.num_seconds());
        Self {
            iss: issuer.into(),
            aud: audience.into(),
            sub: subject.into(),
            iat,
            exp,
            jti,
            grants,
            client_id: None,
            scope: None,
            sid: None,
            generation: None,
            cnf: None,
        }
    }

    fn check(&self) -> Result<()> {
        let mut faults = Faults::new();
        faults.require(!self.sub.is_empty(), "/sub", "token_subject_missing");
        faults.require(self.client_id.is_some() == self.grants.is_empty(), "/grants", "token_grants_missing");
        faults.require(self.client_id.is_some() == self.scope.is_some(), "/scope", "token_grants_missing");
        for (index, grant) in self.grants.iter().enumerate() {
            faults.take(&format!("/grants/{index}"), grant.check());
        }
        faults.done()
    }
}

/// Signs `claims` with the current token key.
///
/// # Errors
/// `Invalid` with every fault: no subject, no or incoherent grants, a lifetime that is
/// over at `now` or longer than [`MAX_LIFETIME`], or too much for [`MAX_BYTES`].
pub fn issue(ring: &Keyring, claims: &Claims, now: DateTime<Utc>) -> Result<String> {
    claims.check()?;
    let left = claims.exp.saturating_sub(now.timestamp());
    if left <= 0 || claims.exp.saturating_sub(claims.iat) > MAX_LIFETIME.num_seconds() {
        let fault = Fault::new("/exp", "token_lifetime_invalid").with("days", MAX_LIFETIME.num_days());
        return Err(Error::Invalid(vec![fault]));
    }
    let key = ring.signer(Purpose::Token);
    let mut header = Header::new(Algorithm::ES256);
    header.typ = Some(TYP.to_owned());
    header.kid = Some(key.kid().to_owned());
    let secret = key.for_jwt().map_err(|e| Error::internal("sign a token", e))?;
    let token =
        jsonwebtoken::encode(&header, claims, &secret).map_err(|e| Error::internal("sign a token", e))?;
    if token.len() > MAX_BYTES {
        return Err(Error::invalid("/grants", "token_too_large"));
    }
    Ok(token)
}

/// What `token` says, once it is proven to be ours, for `audience`, and good at `now`.
///
/// # Errors
/// `Unauthenticated` with one of `token_too_large`, `token_malformed`,
/// `token_algorithm_refused`, `token_type_refused`, `token_key_unknown`,
/// `token_signature_invalid`, `token_issuer_wrong`, `token_audience_wrong`,
/// `token_expired`, `token_not_yet_valid`.
pub fn verify(
    ring: &Keyring,
    token: &str,
    now: DateTime<Utc>,
    issuer: &str,
    audience: &str,
) -> Result<Claims> {
    if token.len() > MAX_BYTES {
        return Err(Error::Unauthenticated("token_too_large"));
    }
    let kid = jws::named_key(token, TYP).map_err(refusal)?;
    let key = ring.public(Purpose::Token, &kid).ok_or(Error::Unauthenticated("token_key_unknown"))?;
    let claims = jsonwebtoken::decode::<Claims>(token, key.for_jwt(), &rules(issuer, audience))
        .map_err(|e| unproven(e.kind()))?
        .claims;
    let now = now.timestamp();
    let refused = if claims.exp.saturating_add(LEEWAY_SECONDS) <= now {
        "token_expired"
    } else if claims.iat.saturating_sub(LEEWAY_SECONDS) > now {
        "token_not_yet_valid"
    } else if claims.check().is_err() {
        "token_malformed"
    } else {
        return Ok(claims);
    };
    Err(Error::Unauthenticated(refused))
}

/// What the library holds a token to. Time it leaves to us: it knows the machine's clock only.
fn rules(issuer: &str, audience: &str) -> Validation {
    let mut rules = Validation::new(Algorithm::ES256);
    rules.set_issuer(&[issuer]);
    rules.set_audience(&[audience]);
    rules.validate_exp = false;
    rules
}

fn unproven(kind: &ErrorKind) -> Error {
    Error::Unauthenticated(match kind {
        ErrorKind::InvalidSignature => "token_signature_invalid",
        ErrorKind::InvalidIssuer => "token_issuer_wrong",
        ErrorKind::InvalidAudience => "token_audience_wrong",
        ErrorKind::InvalidAlgorithm => "token_algorithm_refused",
        _ => "token_malformed",
    })
}

fn refusal(flaw: Flaw) -> Error {
    Error::Unauthenticated(match flaw {
        Flaw::Malformed | Flaw::NotCanonical => "token_malformed",
        Flaw::Algorithm => "token_algorithm_refused",
        Flaw::Type => "token_type_refused",
        Flaw::Key => "token_key_unknown",
        Flaw::Signature => "token_signature_invalid",
    })
}

#[cfg(test)]
mod tests;
