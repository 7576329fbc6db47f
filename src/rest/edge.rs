//! The outermost layer: gives each request an id, catches panics, words every error,
//! sets the security headers, counts and logs.

use std::{panic::AssertUnwindSafe, sync::Arc, time::Instant};

use actix_web::{
    Error as ActixError, HttpMessage,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        StatusCode,
        header::{self, HeaderName, HeaderValue},
    },
    middleware::Next,
    web::Data,
};
use futures_util::FutureExt;

use super::problem::{self, Failure};
use crate::{
    access::context::Services,
    foundation::{error::Error, language::Language},
};

/// This request's id, also in `X-Request-Id` and in every error.
#[derive(Debug, Clone)]
pub struct RequestId(pub Arc<str>);

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What a page of ours may load: only what we serve ourselves.
const CONTENT_POLICY: &str = "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'; img-src 'self' data:";

/// Wraps the whole application.
pub async fn edge<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, ActixError> {
    let started = Instant::now();
    let id = request_id(&request);
    request.extensions_mut().insert(RequestId(id.clone()));
    let language = problem::language(request.request());
    let (method, path) = (request.method().clone(), request.path().to_owned());
    // The request must not be held here meanwhile: the router wants it for itself.
    let outcome = AssertUnwindSafe(next.call(request)).catch_unwind().await;
    let mut response = match outcome {
        Ok(Ok(response)) => worded(response),
        Ok(Err(error)) => return Err(Worded::of(language, &id, &from_actix(&error)).into()),
        Err(_) => {
            metrics::counter!("sanggar_panics_total").increment(1);
            tracing::error!(request_id = %id, %method, path, "a handler panicked");
            return Err(Worded::of(language, &id, &Error::internal("a handler", "panicked")).into());
        }
    };
    secure(&mut response, &id);
    let status = response.status().as_u16();
    let route = response.request().match_pattern().unwrap_or_else(|| "unmatched".to_owned());
    let seconds = started.elapsed().as_secs_f64();
    metrics::histogram!("sanggar_http_seconds", "route" => route.clone(), "method" => method.to_string(), "status" => status.to_string())
        .record(seconds);
    tracing::info!(request_id = %id, %method, route, status, seconds, "request");
    Ok(response)
}

/// The client's own id when it is a sane one, so that both sides' logs meet; else a new one.
fn request_id(request: &ServiceRequest) -> Arc<str> {
    let given = request.headers().get(&REQUEST_ID).and_then(|v| v.to_str().ok()).filter(|id| {
        (8..=64).contains(&id.len())
            && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    });
    match given {
        Some(id) => Arc::from(id),
        None => match request.app_data::<Data<Services>>() {
            Some(services) => Arc::from(services.ids.next(services.clock.now()).to_string()),
            None => Arc::from("unknown"),
        },
    }
}

/// Gives a failed response its problem body.
fn worded<B: MessageBody + 'static>(response: ServiceResponse<B>) -> ServiceResponse<BoxBody> {
    let replacement =
        response.response().error().map(|error| problem::response(response.request(), &from_actix(error)));
    match replacement {
        Some(replacement) => response.into_response(replacement),
        None => response.map_into_boxed_body(),
    }
}

/// What an error of the web layer, or of ours inside it, means.
fn from_actix(error: &ActixError) -> Error {
    if let Some(Failure(error)) = error.as_error::<Failure>() {
        return error.clone();
    }
    match error.as_response_error().status_code() {
        StatusCode::NOT_FOUND => Error::NotFound("resource"),
        StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge(0),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Error::UnsupportedMedia,
        status if status.is_client_error() => Error::malformed("", "request_malformed"),
        _ => Error::internal("the web layer", error),
    }
}

/// An error that already has its words, for when the request itself is gone.
#[derive(Debug)]
struct Worded {
    language: Language,
    request_id: Arc<str>,
    error: Error,
}

impl Worded {
    fn of(language: Language, request_id: &Arc<str>, error: &Error) -> Self {
        Self { language, request_id: request_id.clone(), error: error.clone() }
    }
}

impl std::fmt::Display for Worded {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.error.fmt(f)
    }
}

impl actix_web::ResponseError for Worded {
    fn status_code(&self) -> StatusCode {
        problem::status(&self.error)
    }

    fn error_response(&self) -> actix_web::HttpResponse {
        let mut response = problem::render(self.language, &self.request_id, &self.error);
        if let Ok(value) = HeaderValue::from_str(&self.request_id) {
            response.headers_mut().insert(REQUEST_ID, value);
        }
        response
    }
}

fn secure(response: &mut ServiceResponse<BoxBody>, id: &str) {
    let explorer = response.request().path().starts_with("/explorer");
    let policy = if explorer { super::explorer::CONTENT_POLICY } else { CONTENT_POLICY };
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    };
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::X_FRAME_OPTIONS, "DENY");
    set(header::REFERRER_POLICY, "no-referrer");
    set(header::CONTENT_SECURITY_POLICY, policy);
    set(header::CACHE_CONTROL, "no-store");
    set(header::VARY, "Authorization, Accept, Accept-Language");
    if let Ok(value) = HeaderValue::from_str(id) {
        headers.insert(REQUEST_ID, value);
    }
}
