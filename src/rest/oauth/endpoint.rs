//! The endpoints that clients call themselves: token, revocation, introspection.

use std::sync::Arc;

use actix_web::{
    HttpMessage, HttpRequest, HttpResponse,
    http::{StatusCode, header},
    post,
    web::{Payload, ServiceConfig},
};
use entity::oauth_client;
use serde::Serialize;
use serde_json::json;

use crate::{
    access::context::Services,
    foundation::error::Error,
    identity::{
        client::{
            authenticate::{self, Presented},
            usage::{self, UseKind},
        },
        oauth::{
            dpop::{self, Proof},
            form::Form,
            introspect, metadata, revoke, token,
        },
        protocol::{OAuthError, Refused},
    },
    rest::{call, problem},
};

/// The most that a form of the protocol may weigh, bytes.
const MAX_FORM: usize = 16 * 1024;
/// The only media type of its requests (RFC 6749, appendix B).
const MEDIA: &str = "application/x-www-form-urlencoded";

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(make_token).service(revoke_token).service(introspect_token);
}

type Answer = std::result::Result<HttpResponse, Refused>;

/// Makes an access token (RFC 6749, section 3.2).
#[post("/oauth/token")]
async fn make_token(http: HttpRequest, payload: Payload) -> HttpResponse {
    said(&http, of_token(&http, payload).await)
}

async fn of_token(http: &HttpRequest, payload: Payload) -> Answer {
    let asked = Asked::read(http, payload, metadata::TOKEN).await?;
    let granted = granted(http, &asked).await;
    // What the service could not do is no refusal of the client.
    match &granted {
        Ok(_) => usage::count(&asked.services, asked.client.id, UseKind::Tokens),
        Err(Refused::OAuth(_)) => usage::count(&asked.services, asked.client.id, UseKind::RefusedTokens),
        Err(Refused::Service(_)) => {}
    }
    Ok(written(&granted?))
}

async fn granted(http: &HttpRequest, asked: &Asked) -> std::result::Result<token::Granted, Refused> {
    let proof = proof(http, &asked.services, metadata::TOKEN)?;
    let asking = token::Asking {
        services: &asked.services,
        client: &asked.client,
        proof: proof.as_ref(),
        request_id: &asked.request_id,
    };
    token::grant(&asking, &asked.form).await
}

/// Ends a token (RFC 7009, section 2).
#[post("/oauth/revoke")]
async fn revoke_token(http: HttpRequest, payload: Payload) -> HttpResponse {
    said(&http, of_revocation(&http, payload).await)
}

async fn of_revocation(http: &HttpRequest, payload: Payload) -> Answer {
    let asked = Asked::read(http, payload, metadata::REVOKE).await?;
    revoke::revoke(&asked.services, &asked.client, &asked.form, &asked.request_id).await?;
    Ok(HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).finish())
}

/// Tells what a token is worth (RFC 7662, section 2).
#[post("/oauth/introspect")]
async fn introspect_token(http: HttpRequest, payload: Payload) -> HttpResponse {
    said(&http, of_introspection(&http, payload).await)
}

async fn of_introspection(http: &HttpRequest, payload: Payload) -> Answer {
    let asked = Asked::read(http, payload, metadata::INTROSPECT).await?;
    Ok(written(&introspect::introspect(&asked.services, &asked.client, &asked.form).await?))
}

/// A request of a client that proved who it is.
struct Asked {
    services: Arc<Services>,
    client: oauth_client::Model,
    form: Form,
    request_id: String,
}

impl Asked {
    async fn read(
        http: &HttpRequest,
        payload: Payload,
        endpoint: &str,
    ) -> std::result::Result<Self, Refused> {
        let services = call::services(http)?;
        let request_id = problem::request_id(http);
        if !http.content_type().eq_ignore_ascii_case(MEDIA) {
            let why = "The body must be application/x-www-form-urlencoded.";
            return Err(OAuthError::new("invalid_request", why).into());
        }
        let body = call::read(http, &mut payload.into_inner(), MAX_FORM).await?;
        let form = Form::parse(&body);
        let presented = presented(http, &form)?;
        let endpoint = format!("{}{endpoint}", services.settings.public_url);
        let client = authenticate::authenticate(&services, &presented, &endpoint, &request_id).await?;
        Ok(Self { services, client, form, request_id })
    }
}

/// What the client proves itself with (RFC 6749, section 2.3; RFC 7521, section 4.2).
fn presented(http: &HttpRequest, form: &Form) -> std::result::Result<Presented, OAuthError> {
    let mut sent = http.headers().get_all(header::AUTHORIZATION);
    let authorization = match (sent.next(), sent.next()) {
        (None, _) => None,
        (Some(one), None) => Some(one.to_str().map_err(|_| OAuthError::invalid_client())?.to_owned()),
        _ => return Err(OAuthError::new("invalid_request", "Authorization was sent more than once.")),
    };
    let one = |name| form.one(name).map(|value| value.map(str::to_owned));
    Ok(Presented {
        authorization,
        client_id: one("client_id")?,
        client_secret: one("client_secret")?,
        assertion: one("client_assertion")?,
        assertion_type: one("client_assertion_type")?,
    })
}

/// The key that the client proves to have, where it sends a proof (RFC 9449, section 5).
fn proof(
    http: &HttpRequest,
    services: &Services,
    path: &str,
) -> std::result::Result<Option<Proof>, OAuthError> {
    let mut sent = http.headers().get_all("dpop");
    let proof = match (sent.next(), sent.next()) {
        (None, _) => return Ok(None),
        (Some(one), None) => one.to_str().ok(),
        _ => None,
    };
    let one = proof.ok_or(OAuthError::new("invalid_dpop_proof", "Send one DPoP proof."))?;
    let url = format!("{}{path}", services.settings.public_url);
    let now = services.clock.now().timestamp();
    let request = dpop::Request { method: http.method().as_str(), url: &url, token: None, now };
    Ok(Some(dpop::check(one, &request)?))
}

/// An answer that nobody keeps (RFC 6749, section 5.1).
fn written<T: Serialize>(answer: &T) -> HttpResponse {
    HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(answer)
}

fn said(http: &HttpRequest, answer: Answer) -> HttpResponse {
    match answer {
        Ok(answer) => answer,
        Err(refused) => refusal(http, &refused),
    }
}

/// A refusal as the protocol words it (RFC 6749, section 5.2).
fn refusal(http: &HttpRequest, refused: &Refused) -> HttpResponse {
    let (status, error, description) = match refused {
        Refused::OAuth(error) if error.error == "invalid_client" => {
            (StatusCode::UNAUTHORIZED, error.error, error.description)
        }
        Refused::OAuth(error) => (StatusCode::BAD_REQUEST, error.error, error.description),
        Refused::Service(error) => {
            let (code, description) = ours(http, error);
            (problem::status(error), code, description)
        }
    };
    let mut builder = HttpResponse::build(status);
    builder.insert_header((header::CACHE_CONTROL, "no-store"));
    if status == StatusCode::UNAUTHORIZED {
        builder.insert_header((header::WWW_AUTHENTICATE, "Basic realm=\"sanggar\""));
    }
    match refused {
        Refused::Service(Error::TooMany(seconds)) => {
            builder.insert_header((header::RETRY_AFTER, seconds.to_string()));
        }
        Refused::Service(Error::Unavailable(_) | Error::OutcomeUnknown) => {
            builder.insert_header((header::RETRY_AFTER, "1"));
        }
        Refused::Service(Error::TimedOut) => {
            builder.force_close();
        }
        _ => {}
    }
    builder.json(json!({ "error": error, "error_description": description }))
}

/// What stands beside the protocol: too much, too often, too busy, our fault.
fn ours(http: &HttpRequest, error: &Error) -> (&'static str, &'static str) {
    match error {
        Error::TooMany(_) => {
            ("temporarily_unavailable", "Too many requests; wait as long as Retry-After says.")
        }
        Error::Unavailable(_) | Error::OutcomeUnknown => {
            ("temporarily_unavailable", "Too busy; try again in a moment.")
        }
        Error::Internal { what, .. } => {
            tracing::error!(what, request_id = problem::request_id(http), "internal error");
            ("server_error", "Something went wrong on our side.")
        }
        _ => ("invalid_request", "The request could not be read."),
    }
}
