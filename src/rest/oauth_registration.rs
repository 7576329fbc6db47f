//! `POST /oauth/register`: apps and systems that register themselves (RFC 7591). Whoever comes waits for the ministry:
//! there is no secret and no token before somebody approved.

use actix_web::{
    HttpMessage, HttpRequest, HttpResponse,
    http::header,
    web::{self, Payload, ServiceConfig},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    address::client_address,
    body,
    call::services,
    edge::RequestId,
    problem::{self, Failure},
    reply::Answer,
};
use crate::{
    access::oauth_scope,
    foundation::error::{Error, Fault},
    identity::client::{
        metadata::Metadata,
        rule::{ClientAuthMethod, ClientGrantType, OAuthClientKind},
        write::{Registered, register_itself},
    },
};

/// The largest body, in bytes.
const MAX_BODY: usize = 32 * 1024;
/// The most contacts that are kept.
const CONTACTS: usize = 3;

/// `/oauth/register`.
pub fn configure(config: &mut ServiceConfig) {
    let other = async |http: HttpRequest| problem::method_not_allowed(&http, "POST");
    let resource = web::resource("/oauth/register").route(web::post().to(register));
    config.service(resource.default_service(web::to(other)));
}

/// What a client says of itself (RFC 7591, section 2). What is not known is ignored, as section 2 says.
#[derive(Deserialize)]
struct Said {
    #[serde(default)]
    redirect_uris: Vec<String>,
    token_endpoint_auth_method: Option<String>,
    grant_types: Option<Vec<String>>,
    response_types: Option<Vec<String>>,
    client_name: Option<String>,
    client_uri: Option<String>,
    policy_uri: Option<String>,
    scope: Option<String>,
    #[serde(default)]
    contacts: Vec<String>,
    jwks: Option<Value>,
    jwks_uri: Option<Value>,
    /// RFC 9449, section 5.2.
    #[serde(default)]
    dpop_bound_access_tokens: bool,
}

/// A refusal (RFC 7591, section 3.2.2).
#[derive(Serialize)]
struct Refusal {
    error: &'static str,
    error_description: String,
}

impl Refusal {
    fn metadata(words: impl Into<String>) -> Self {
        Self { error: "invalid_client_metadata", error_description: words.into() }
    }

    /// All that is wrong, by the names that the standard has for it. What was sent is not repeated.
    fn of(faults: &[Fault]) -> Self {
        let address = faults.iter().any(|fault| fault.pointer.starts_with("/redirectUris"));
        let told: Vec<String> = faults.iter().map(|f| format!("{} {}", member(&f.pointer), f.code)).collect();
        let error = if address { "invalid_redirect_uri" } else { "invalid_client_metadata" };
        Self { error, error_description: told.join(", ") }
    }

    fn answer(&self) -> HttpResponse {
        HttpResponse::BadRequest().insert_header((header::CACHE_CONTROL, "no-store")).json(self)
    }
}

fn member(pointer: &str) -> String {
    let names = [
        ("/name", "client_name"),
        ("/homepage", "client_uri"),
        ("/policyUri", "policy_uri"),
        ("/redirectUris", "redirect_uris"),
        ("/grantTypes", "grant_types"),
        ("/scopes", "scope"),
        ("/authMethod", "token_endpoint_auth_method"),
        ("/contact", "contacts"),
    ];
    let known = names.iter().find_map(|(ours, theirs)| Some((theirs, pointer.strip_prefix(ours)?)));
    known.map_or_else(
        || pointer.trim_start_matches('/').to_owned(),
        |(theirs, rest)| format!("{theirs}{rest}"),
    )
}

impl Said {
    fn metadata(self) -> Result<Metadata, Refusal> {
        if self.jwks_uri.is_some() {
            // Fetching what a stranger names would send this service wherever they like.
            return Err(Refusal::metadata("jwks_uri is not supported: send the keys themselves as jwks"));
        }
        let responses = self.response_types.unwrap_or_default();
        if responses.iter().any(|kind| kind != "code") {
            return Err(Refusal::metadata("response_types may only hold code"));
        }
        let method = self.token_endpoint_auth_method.as_deref().unwrap_or("client_secret_basic");
        let auth_method = ClientAuthMethod::parse(method)
            .map_err(|_| Refusal::metadata("token_endpoint_auth_method is not supported"))?;
        let grants = self.grant_types.unwrap_or_else(|| vec!["authorization_code".to_owned()]);
        let grant_types = grants.iter().map(|name| ClientGrantType::parse(name)).collect::<Result<_, _>>();
        let scopes = oauth_scope::parse(self.scope.as_deref().unwrap_or_default());
        let public = auth_method == ClientAuthMethod::None;
        let metadata = Metadata {
            name: self.client_name.unwrap_or_default(),
            kind: if public { OAuthClientKind::Public } else { OAuthClientKind::Confidential },
            redirect_uris: self.redirect_uris,
            grant_types: grant_types.map_err(|_| Refusal::metadata("grant_types holds an unknown name"))?,
            scopes: scopes.map_err(|_| Refusal::metadata("scope holds an unknown name"))?,
            auth_method,
            jwks: self.jwks,
            contact: self.contacts.into_iter().take(CONTACTS).collect::<Vec<_>>().join(", "),
            homepage: self.client_uri,
            policy_uri: self.policy_uri,
        };
        metadata.checked().map_err(|error| match error {
            Error::Invalid(faults) => Refusal::of(&faults),
            _ => Refusal::metadata("something is wrong"),
        })
    }
}

/// What a client is told of itself (RFC 7591, section 3.2.1).
fn told(said: &Metadata, dpop: bool, id: uuid::Uuid, at: i64) -> Value {
    let code = said.grant_types.contains(&ClientGrantType::AuthorizationCode);
    let mut told = json!({
        "client_id": id, "client_id_issued_at": at, "client_name": said.name, "redirect_uris": said.redirect_uris,
        "grant_types": said.grant_types, "response_types": if code { vec!["code"] } else { Vec::new() },
        "token_endpoint_auth_method": said.auth_method, "scope": oauth_scope::line(&said.scopes),
        "contacts": [said.contact], "dpop_bound_access_tokens": dpop,
    });
    let more = [
        ("client_uri", said.homepage.as_deref().map(Value::from)),
        ("policy_uri", said.policy_uri.as_deref().map(Value::from)),
        ("jwks", said.jwks.clone()),
    ];
    for (name, value) in more.into_iter().filter_map(|(name, value)| Some((name, value?))) {
        told[name] = value;
    }
    told
}

async fn register(http: HttpRequest, payload: Payload) -> Answer {
    let json = http.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let json = json.and_then(|media| media.split(';').next()).map(str::trim);
    // Also keeps out forms of other sites.
    if !json.is_some_and(|media| media.eq_ignore_ascii_case("application/json")) {
        return Err(Failure(Error::UnsupportedMedia));
    }
    let bytes = body::read(&http, &mut payload.into_inner(), MAX_BODY).await?;
    let Ok(said) = serde_json::from_slice::<Said>(&bytes) else {
        return Ok(
            Refusal::metadata("the body is not a JSON object of the form that RFC 7591 gives it").answer()
        );
    };
    let dpop = said.dpop_bound_access_tokens;
    let said = match said.metadata() {
        Ok(said) => said,
        Err(refusal) => return Ok(refusal.answer()),
    };
    let services = services(&http)?;
    let request = request_id(&http);
    match register_itself(&services, said.clone(), dpop, Some(client_address(&http)), &request).await? {
        Registered::Waiting { id, at } => Ok(HttpResponse::Created()
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .json(told(&said, dpop, id, at.timestamp()))),
        Registered::Wait(seconds) => Err(Failure(Error::TooMany(seconds))),
        Registered::Full => Ok(HttpResponse::ServiceUnavailable()
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .insert_header((header::RETRY_AFTER, "3600"))
            .json(Refusal {
                error: "temporarily_unavailable",
                error_description: "Too many clients wait for a decision; try again later.".to_owned(),
            })),
    }
}

fn request_id(http: &HttpRequest) -> String {
    http.extensions().get::<RequestId>().map_or_else(|| "unknown".to_owned(), |id| id.0.to_string())
}
