//! The outermost layer: gives each request an id, catches panics, words every error,
//! sets the security headers, counts and logs.

use std::{panic::AssertUnwindSafe, sync::Arc, time::Instant};

use actix_web::{
    Error as ActixError, HttpMessage,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        Method, StatusCode,
        header::{self, AcceptEncoding, Encoding, Header, HeaderMap, HeaderName, HeaderValue},
    },
    middleware::Next,
    web::Data,
};
use futures_util::FutureExt;

use super::{
    call::Through,
    cross_origin, limit, openapi,
    problem::{self, Failure},
};
use crate::{
    access::context::Services,
    foundation::{
        error::{ADDRESS, Error},
        language::Language,
    },
    identity::client::usage::{self, UseKind},
};

/// This request's id, also in `X-Request-Id` and in every error.
#[derive(Debug, Clone)]
pub struct RequestId(pub Arc<str>);

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What a page of ours may load: only what we serve ourselves.
const CONTENT_POLICY: &str = "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'; img-src 'self' data:";

/// Wraps the whole application.
pub async fn edge<B: MessageBody + 'static>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, ActixError> {
    let started = Instant::now();
    let id = request_id(&request);
    request.extensions_mut().insert(RequestId(id.clone()));
    let language = problem::language(request.request());
    let (method, path) = (request.method().clone(), request.path().to_owned());
    if method == Method::HEAD {
        // Answered as GET is; the connection leaves the body out.
        request.head_mut().method = Method::GET;
    }
    negotiable(&mut request);
    if let Some(answer) = cross_origin::options(&request) {
        let mut response = request.into_response(answer);
        secure(&mut response, &id);
        return Ok(response);
    }
    // The request must not be held here meanwhile: the router wants it for itself.
    let outcome = AssertUnwindSafe(next.call(request)).catch_unwind().await;
    let mut response = match outcome {
        Ok(Ok(response)) => worded(response),
        Ok(Err(error)) => return Err(Worded::of(language, &id, &path, from_actix(&error)).into()),
        Err(_) => {
            metrics::counter!("sanggar_panics_total").increment(1);
            tracing::error!(request_id = %id, %method, path, "a handler panicked");
            return Err(Worded::of(language, &id, &path, Error::internal("a handler", "panicked")).into());
        }
    };
    secure(&mut response, &id);
    count_use(&response);
    let http = response.request().clone();
    limit::tell(&http, response.headers_mut());
    let status = response.status().as_u16();
    let route = response.request().match_pattern().unwrap_or_else(|| "unmatched".to_owned());
    let seconds = started.elapsed().as_secs_f64();
    metrics::histogram!("sanggar_http_seconds", "route" => route.clone(), "method" => method.to_string(), "status" => status.to_string())
        .record(seconds);
    tracing::info!(request_id = %id, %method, route, status, seconds, "request");
    Ok(response)
}

/// Counts a call for the app or system that it came through.
fn count_use(response: &ServiceResponse<BoxBody>) {
    let http = response.request();
    let through = http.extensions().get::<Through>().copied();
    let (Some(Through(client)), Some(services)) = (through, http.app_data::<Data<Services>>()) else {
        return;
    };
    let refused = response.status().as_u16() >= 400;
    usage::count(services, client, if refused { UseKind::RefusedCalls } else { UseKind::Calls });
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
    let http = response.request();
    // The web layer refuses a method without a word where an address has another one.
    let wordless = response.status() == StatusCode::METHOD_NOT_ALLOWED
        && !response.headers().contains_key(header::ALLOW);
    let replacement = if wordless {
        Some(problem::method_not_allowed(http, &openapi::methods_at(http.path()).join(", ")))
    } else {
        response.response().error().map(|error| problem::response(http, &from_actix(error)))
    };
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
        StatusCode::NOT_FOUND => Error::NotFound(ADDRESS),
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
    path: String,
    error: Error,
}

impl Worded {
    fn of(language: Language, request_id: &Arc<str>, path: &str, error: Error) -> Self {
        Self { language, request_id: request_id.clone(), path: path.to_owned(), error }
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
        cross_origin::open(&self.path, response.headers_mut());
        vary(response.headers_mut());
        if let Ok(value) = HeaderValue::from_str(&self.request_id) {
            response.headers_mut().insert(REQUEST_ID, value);
        }
        response
    }
}

fn secure(response: &mut ServiceResponse<BoxBody>, id: &str) {
    let explorer = response.request().path().starts_with("/explorer");
    let policy = if explorer { super::explorer::CONTENT_POLICY } else { CONTENT_POLICY };
    let path = response.request().path().to_owned();
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
    cross_origin::open(&path, headers);
    vary(headers);
    if let Ok(value) = HeaderValue::from_str(id) {
        headers.insert(REQUEST_ID, value);
    }
}

/// What every answer depends on, added to what a layer inside named already: one that was compressed
/// says `Accept-Encoding`, and a cache must still never show one caller what another may see.
fn vary(headers: &mut HeaderMap) {
    let mut names: Vec<String> = headers
        .get_all(header::VARY)
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|name| name.trim().to_owned())
        .collect();
    for name in ["Authorization", "Accept", "Accept-Language"] {
        if !names.iter().any(|named| named.eq_ignore_ascii_case(name)) {
            names.push(name.to_owned());
        }
    }
    if let Ok(value) = HeaderValue::from_str(&names.join(", ")) {
        headers.insert(header::VARY, value);
    }
}

/// Forgets an `Accept-Encoding` that nothing of ours satisfies: an answer as it is serves a client
/// better than none (RFC 9110, 12.5.3).
fn negotiable(request: &mut ServiceRequest) {
    if !request.headers().contains_key(header::ACCEPT_ENCODING) {
        return;
    }
    let ours = [Encoding::gzip(), Encoding::identity()];
    let agreed =
        AcceptEncoding::parse(request).is_ok_and(|accepted| accepted.negotiate(ours.iter()).is_some());
    if !agreed {
        request.headers_mut().remove(header::ACCEPT_ENCODING);
    }
}
