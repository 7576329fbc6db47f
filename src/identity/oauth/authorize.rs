//! What an app asks of a person (RFC 6749, section 4.1.1, as OAuth 2.1 narrows it): read and judged here, with no
//! database and no clock, so that the page that is shown and the decision that comes back are judged alike.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use entity::oauth_client;
use url::Url;
use uuid::Uuid;

use super::{form::Form, is_confidential, may_use, scopes, texts};
use crate::{
    access::oauth_scope::{self, Scopes},
    identity::{client::redirect, protocol::OAuthError},
};

/// The longest `state` that is given back, in bytes.
const LONGEST_STATE: usize = 2048;

/// What an app asks, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Where the answer goes: one of the client's own addresses.
    pub redirect_uri: String,
    /// Given back as it came (RFC 6749, section 4.1.1).
    pub state: Option<String>,
    /// What the token shall be used for.
    pub scopes: Scopes,
    /// PKCE, S256 (RFC 7636, section 4.2).
    pub code_challenge: String,
    /// Thumbprint of the key to which the token shall be bound (RFC 9449, section 10).
    pub dpop_jkt: Option<String>,
}

/// A refusal that the app is told, at its own address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Where it goes.
    pub redirect_uri: String,
    /// As it came.
    pub state: Option<String>,
    /// Why.
    pub error: OAuthError,
}

/// What is wrong with a request that cannot be answered to anybody but the person in front of it: sending them on would
/// make an open redirector of us (RFC 6749, section 4.1.2.1; RFC 9700, section 4.11).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dead {
    /// No app, or one that is not approved.
    Client,
    /// The address is none of the app's.
    Redirect,
}

/// What becomes of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Told on a page of ours, and nowhere else.
    Dead(Dead),
    /// Told the app.
    Refused(Refusal),
    /// The person may decide.
    Asked(Request),
}

/// Which client asks; `None` when it is not named once, as an id.
pub fn client_id(form: &Form) -> Option<Uuid> {
    form.one("client_id").ok().flatten().and_then(|id| Uuid::try_parse(id).ok())
}

/// What becomes of what `client` asks. `issuer` is the service's own address.
pub fn judge(client: &oauth_client::Model, issuer: &str, form: &Form) -> Verdict {
    if client.status != "approved" {
        return Verdict::Dead(Dead::Client);
    }
    let Ok(Some(redirect_uri)) = form.one("redirect_uri") else { return Verdict::Dead(Dead::Redirect) };
    if !redirect::matches(&texts(&client.redirect_uris), redirect_uri) {
        return Verdict::Dead(Dead::Redirect);
    }
    let state = form.one("state").ok().flatten().filter(|state| state.len() <= LONGEST_STATE);
    match read(client, issuer, form, redirect_uri) {
        Ok(request) => Verdict::Asked(request),
        Err(error) => Verdict::Refused(Refusal {
            redirect_uri: redirect_uri.to_owned(),
            state: state.map(str::to_owned),
            error,
        }),
    }
}

fn read(
    client: &oauth_client::Model,
    issuer: &str,
    form: &Form,
    redirect_uri: &str,
) -> Result<Request, OAuthError> {
    let invalid = |why| OAuthError::new("invalid_request", why);
    form.each_once(&["resource"])?;
    // RFC 9101, section 6.3: what we do not read must not be passed over.
    if form.one("request")?.is_some() {
        return Err(OAuthError::new("request_not_supported", "Send the parameters themselves."));
    }
    if form.one("request_uri")?.is_some() {
        return Err(OAuthError::new("request_uri_not_supported", "Send the parameters themselves."));
    }
    match form.one("response_type")? {
        Some("code") => {}
        Some(_) => return Err(OAuthError::new("unsupported_response_type", "Only response_type=code.")),
        None => return Err(invalid("response_type is missing; it must be code.")),
    }
    if form.one("response_mode")?.is_some_and(|mode| mode != "query") {
        return Err(invalid("Only response_mode=query."));
    }
    if !may_use(client, "authorization_code") {
        return Err(OAuthError::new("unauthorized_client", "This client does not use authorization codes."));
    }
    let state = form.one("state")?;
    if state.is_some_and(|state| state.len() > LONGEST_STATE) {
        return Err(invalid("state is too long: at most 2048 bytes."));
    }
    // RFC 8707, section 2: there is one resource here.
    if form.all("resource").any(|resource| resource.trim_end_matches('/') != issuer) {
        return Err(OAuthError::new("invalid_target", "The only resource is the service itself."));
    }
    Ok(Request {
        redirect_uri: redirect_uri.to_owned(),
        state: state.map(str::to_owned),
        scopes: wanted(client, form)?,
        code_challenge: challenge(form)?,
        dpop_jkt: thumbprint(form)?,
    })
}

/// RFC 6749, section 3.3. There is no default: an app says what it needs, and a person reads it.
fn wanted(client: &oauth_client::Model, form: &Form) -> Result<Scopes, OAuthError> {
    let refused = OAuthError::new(
        "invalid_scope",
        "scope must name one or more of the scopes that the client was registered for.",
    );
    let asked = oauth_scope::parse(form.one("scope")?.unwrap_or_default()).map_err(|_| refused.clone())?;
    if asked.is_empty() || !asked.is_subset(&scopes(&client.scopes)) { Err(refused) } else { Ok(asked) }
}

/// RFC 7636, section 4.3; RFC 9700, section 2.1.1: S256 and nothing weaker. Without a method it would be `plain`.
fn challenge(form: &Form) -> Result<String, OAuthError> {
    let invalid = |why| OAuthError::new("invalid_request", why);
    let challenge = form
        .one("code_challenge")?
        .ok_or_else(|| invalid("code_challenge is missing: PKCE (RFC 7636) is required."))?;
    if form.one("code_challenge_method")? != Some("S256") {
        return Err(invalid("code_challenge_method must be S256."));
    }
    if !is_sha256(challenge) {
        return Err(invalid("code_challenge is not a SHA-256 in base64url without padding."));
    }
    Ok(challenge.to_owned())
}

/// RFC 9449, section 10.
fn thumbprint(form: &Form) -> Result<Option<String>, OAuthError> {
    match form.one("dpop_jkt")? {
        Some(jkt) if !is_sha256(jkt) => Err(OAuthError::new(
            "invalid_request",
            "dpop_jkt is not a SHA-256 thumbprint in base64url without padding.",
        )),
        jkt => Ok(jkt.map(str::to_owned)),
    }
}

fn is_sha256(text: &str) -> bool {
    BASE64.decode(text).is_ok_and(|bytes| bytes.len() == 32)
}

/// Whether the app is known to be the one that was agreed to, so that nobody needs to be asked again for what they
/// already agreed to. Of an app on a device that shows no secret and has no address of its own on the web, anybody could
/// play the part (RFC 8252, section 8.6).
pub fn is_sure_of(client: &oauth_client::Model, request: &Request) -> bool {
    is_confidential(client) || request.redirect_uri.starts_with("https://")
}

/// The app's address with an answer in its query. The issuer is always named (RFC 9207, section 2).
///
/// # Errors
/// `invalid_request` when the address is none, which those that were registered never are.
pub fn back(
    redirect_uri: &str,
    answer: &[(&str, &str)],
    state: Option<&str>,
    issuer: &str,
) -> Result<String, OAuthError> {
    let url = Url::parse(redirect_uri);
    let mut url = url.map_err(|_| OAuthError::new("invalid_request", "redirect_uri is no address."))?;
    {
        let mut query = url.query_pairs_mut();
        query.extend_pairs(answer);
        if let Some(state) = state {
            query.append_pair("state", state);
        }
        query.append_pair("iss", issuer);
    }
    Ok(url.into())
}

impl Refusal {
    /// The app's address with the refusal (RFC 6749, section 4.1.2.1).
    ///
    /// # Errors
    /// As [`back`].
    pub fn address(&self, issuer: &str) -> Result<String, OAuthError> {
        let answer = [("error", self.error.error), ("error_description", self.error.description)];
        back(&self.redirect_uri, &answer, self.state.as_deref(), issuer)
    }
}

#[cfg(test)]
mod tests;
