//! How a client proves to be who it says (OAuth 2.1, section 2.4): a secret in the header (RFC 6749, section 2.3.1), an
//! assertion that it signed (RFC 7523), or, for an app that keeps no secret, its name alone. Whatever is wrong, the
//! answer is the same: who guesses must not learn which clients there are.

use std::sync::Arc;

use base64::{Engine, engine::general_purpose::STANDARD};
use entity::{
    oauth_client,
    oauth_client_secret::{self, Column},
};
use sea_orm::{ColumnTrait, QueryFilter};
use uuid::Uuid;

use super::{
    assertion,
    rule::{ClientAuthMethod, OAuthClientStatus},
    usage::{self, UseKind},
    write::secret,
};
use crate::{
    access::{context::Services, scope},
    foundation::error::{Error, Result},
    identity::protocol::{OAuthError, Refused},
};

/// The longest secret, assertion or header that is looked at, in bytes.
const MAX_BYTES: usize = 8 * 1024;
/// `client_assertion_type` of a signed assertion (RFC 7523, section 2.2).
const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// What a client sent to prove itself.
#[derive(Default)]
pub struct Presented {
    /// The header `Authorization`.
    pub authorization: Option<String>,
    /// `client_id` of the body.
    pub client_id: Option<String>,
    /// `client_secret` of the body; always refused: bodies are logged more readily than headers.
    pub client_secret: Option<String>,
    /// `client_assertion` (RFC 7521, section 4.2).
    pub assertion: Option<String>,
    /// `client_assertion_type`.
    pub assertion_type: Option<String>,
}

/// One way of proving it, as it was sent.
enum Shown<'a> {
    Nothing,
    Secret(String),
    Assertion(&'a str),
}

/// The approved client that `presented` proves. `endpoint` is the absolute address that was called: an assertion may be
/// made for it, or for the service as a whole.
///
/// # Errors
/// `invalid_request` when several ways are used at once or the secret stands in the body, else `invalid_client`.
pub async fn authenticate(
    services: &Arc<Services>,
    presented: &Presented,
    endpoint: &str,
    request_id: &str,
) -> std::result::Result<oauth_client::Model, Refused> {
    let (id, shown) = claimed(presented)?;
    // The same statements whoever it is, so that time does not tell whether there is such a client.
    let looked_up = tokio::time::timeout(services.settings.read_deadline, looked_up(services, id));
    let (client, secrets) =
        looked_up.await.map_err(|_| Error::Unavailable("the database took too long".into()))??;
    let proven = match &shown {
        Shown::Nothing => true,
        Shown::Secret(secret) => is_one_of(secret, &secrets),
        Shown::Assertion(text) => {
            let keys = client.as_ref().and_then(|client| client.jwks.as_ref());
            let audiences = [endpoint, services.settings.public_url.as_str()];
            match keys.and_then(|keys| assertion::verify(text, keys, id, &audiences, services.clock.now())) {
                Some(proof) => assertion::is_first(services, id, proof, request_id).await?,
                None => false,
            }
        }
    };
    let Some(client) = client else { return Err(OAuthError::invalid_client().into()) };
    let method = match shown {
        Shown::Nothing => ClientAuthMethod::None,
        Shown::Secret(_) => ClientAuthMethod::ClientSecretBasic,
        Shown::Assertion(_) => ClientAuthMethod::PrivateKeyJwt,
    };
    let agreed = client.auth_method == method.as_str();
    if proven && agreed && client.status == OAuthClientStatus::Approved.as_str() {
        return Ok(client);
    }
    usage::count(services, client.id, UseKind::RefusedTokens);
    Err(OAuthError::invalid_client().into())
}

/// Who it says to be, and the one way in which it shows it.
fn claimed(presented: &Presented) -> std::result::Result<(Uuid, Shown<'_>), OAuthError> {
    if presented.client_secret.is_some() {
        return Err(OAuthError::new(
            "invalid_request",
            "A secret belongs into the header Authorization, not into the body.",
        ));
    }
    let several = OAuthError::new("invalid_request", "Use one way to authenticate the client, not several.");
    let (said, shown) = match (&presented.authorization, &presented.assertion) {
        (Some(_), Some(_)) => return Err(several),
        (Some(header), None) => {
            let (id, secret) = basic(header).ok_or(OAuthError::invalid_client())?;
            (Some(id), Shown::Secret(secret))
        }
        (None, Some(text)) => {
            if presented.assertion_type.as_deref() != Some(ASSERTION_TYPE) || text.len() > MAX_BYTES {
                return Err(OAuthError::invalid_client());
            }
            // Read to know whose keys to look for, believed only once the signature holds.
            (assertion::claimed_by(text), Shown::Assertion(text))
        }
        (None, None) if presented.assertion_type.is_some() => return Err(OAuthError::invalid_client()),
        (None, None) => (None, Shown::Nothing),
    };
    let id = match (said, &presented.client_id) {
        (Some(said), Some(named)) if said != *named => return Err(several),
        (Some(said), _) => said,
        (None, Some(named)) => named.clone(),
        (None, None) => return Err(OAuthError::invalid_client()),
    };
    let id = Uuid::try_parse(&id).ok().filter(|uuid| uuid.to_string() == id);
    Ok((id.ok_or(OAuthError::invalid_client())?, shown))
}

/// Name and secret of a header `Basic`. Each is form-encoded before both are encoded together (RFC 6749, section 2.3.1).
fn basic(header: &str) -> Option<(String, String)> {
    let (scheme, encoded) = header.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") || encoded.len() > MAX_BYTES {
        return None;
    }
    let text = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = text.split_once(':')?;
    Some((form_decoded(id)?, form_decoded(secret)?))
}

fn form_decoded(text: &str) -> Option<String> {
    if text.contains(['&', '=']) {
        return None;
    }
    let mut pairs = url::form_urlencoded::parse(text.as_bytes());
    pairs.next().map(|(decoded, _)| decoded.into_owned())
}

async fn looked_up(
    services: &Services,
    id: Uuid,
) -> Result<(Option<oauth_client::Model>, Vec<oauth_client_secret::Model>)> {
    let db = services.store.reader();
    let client = scope::oauth_client_named(id).one(db).await?;
    let live = scope::secrets_to_prove(id)
        .filter(Column::WithdrawnAt.is_null())
        .filter(Column::ExpiresAt.gt(services.clock.now()));
    Ok((client, live.all(db).await?))
}

/// Whether `secret` is one of these. All are compared, each in full: time tells nothing of where they differ.
fn is_one_of(secret: &str, live: &[oauth_client_secret::Model]) -> bool {
    let given = secret::hash(secret);
    live.iter().fold(false, |found, row| found | is_same(given.as_bytes(), row.hash.as_bytes()))
}

fn is_same(one: &[u8], other: &[u8]) -> bool {
    let differing = one.iter().zip(other).fold(0, |bits, (a, b)| bits | (a ^ b));
    std::hint::black_box(differing) == 0 && one.len() == other.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(id: &str, secret: &str) -> String {
        format!("Basic {}", STANDARD.encode(format!("{id}:{secret}")))
    }

    #[test]
    fn name_and_secret_are_form_decoded() {
        assert_eq!(basic(&header("a%2Bb", "c+d%3A")), Some(("a+b".to_owned(), "c d:".to_owned())));
        assert_eq!(basic(&header("a", "b:c")), Some(("a".to_owned(), "b:c".to_owned())));
        for bad in ["Basic", "Basic ###", "Bearer YTpi", "Basic YQ==", &header("a", "b&c=d")] {
            assert_eq!(basic(bad), None, "{bad}");
        }
    }

    #[test]
    fn several_ways_at_once_and_secrets_in_the_body_are_refused() {
        let id = Uuid::nil().to_string();
        let code = |presented: Presented| claimed(&presented).map(|_| ()).unwrap_err().error;
        let named = || Presented { client_id: Some(id.clone()), ..Presented::default() };
        assert!(claimed(&named()).is_ok());
        let both =
            Presented { authorization: Some(header(&id, "x")), assertion: Some("a.b.c".into()), ..named() };
        assert_eq!(code(both), "invalid_request");
        assert_eq!(code(Presented { client_secret: Some("x".into()), ..named() }), "invalid_request");
        let other = Uuid::max().to_string();
        assert_eq!(
            code(Presented { authorization: Some(header(&other, "x")), ..named() }),
            "invalid_request"
        );
        assert_eq!(code(Presented::default()), "invalid_client");
        let shouted = Presented { client_id: Some("urn:uuid:0".into()), ..Presented::default() };
        assert_eq!(code(shouted), "invalid_client");
    }
}
