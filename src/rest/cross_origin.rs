//! Pages of other origins may call the interfaces: with a token they hold themselves, never with
//! this origin's cookies (no interface reads any), so any origin will do.

use actix_web::{
    HttpResponse,
    dev::ServiceRequest,
    http::{
        Method,
        header::{self, HeaderMap, HeaderValue},
    },
};

use super::openapi;
use crate::identity::oauth::metadata;

/// What a page may send.
const REQUEST_HEADERS: &str = "Authorization, Content-Type, DPoP, Idempotency-Key, If-Match, If-None-Match, Accept, Accept-Language, X-Request-Id";
/// What a page may read of an answer, beyond what it always may.
const RESPONSE_HEADERS: &str = "ETag, Link, Location, X-Request-Id, Retry-After, RateLimit, RateLimit-Policy, WWW-Authenticate, Content-Language, Content-Disposition";
const METHODS: &str = "GET, HEAD, POST, PATCH, DELETE";
/// How long a browser remembers what it was told, seconds: the most that browsers allow.
const REMEMBERED: &str = "7200";

/// Whether programs call this address; pages for people stay with their own origin.
fn is_interface(path: &str) -> bool {
    path.starts_with("/v1/")
        || path.starts_with("/.well-known/")
        || matches!(
            path,
            "/graphql" | "/openapi.json" | "/schema.graphql" | metadata::TOKEN | metadata::REVOKE
        )
}

/// The answer to `OPTIONS`: what a page may ask here, and the methods there are.
pub fn options(request: &ServiceRequest) -> Option<HttpResponse> {
    if request.method() != Method::OPTIONS {
        return None;
    }
    let mut answer = HttpResponse::NoContent();
    let methods = openapi::methods_at(request.path());
    if !methods.is_empty() {
        answer.insert_header((header::ALLOW, methods.join(", ")));
    }
    if is_interface(request.path()) {
        answer
            .insert_header((header::ACCESS_CONTROL_ALLOW_METHODS, METHODS))
            .insert_header((header::ACCESS_CONTROL_ALLOW_HEADERS, REQUEST_HEADERS))
            .insert_header((header::ACCESS_CONTROL_MAX_AGE, REMEMBERED));
    } else if methods.is_empty() {
        return None;
    }
    Some(answer.finish())
}

/// Opens an answer of an interface, a refusal too, to the pages of any origin.
pub fn open(path: &str, headers: &mut HeaderMap) {
    if is_interface(path) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(RESPONSE_HEADERS));
    }
}
