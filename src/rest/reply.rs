//! Answers: one resource with its ETag, a created one with its address, a page with its next.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        Method,
        header::{self, HeaderValue},
    },
};
use serde::Serialize;
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use super::problem::Failure;
use crate::foundation::{
    error::{Error, Result},
    page::Page,
    transaction::hex,
};

/// What a handler answers with.
pub type Answer = std::result::Result<HttpResponse, Failure>;

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Items<T> {
    /// The rows, in the list's order.
    pub items: Vec<T>,
    /// Pass it as `after` to get the next page; null at the end of the list.
    #[schema(required = true)]
    pub next: Option<String>,
}

/// 200 with the resource and its ETag; 304 when the caller has exactly this.
///
/// The ETag begins with the version, which `If-Match` is held to; the rest is of what is shown,
/// which differs between callers and languages, and with what is joined (ADR 9).
pub fn resource<T: Serialize>(http: &HttpRequest, view: &T, version: i64) -> Answer {
    let body = written(view)?;
    Ok(conditional(http, JSON, versioned_etag(version, &body), body))
}

/// 200 with what has no version of its own: its ETag is of what is shown alone. 304 when the
/// caller has exactly this.
pub fn shown<T: Serialize>(http: &HttpRequest, view: &T) -> Answer {
    let body = written(view)?;
    Ok(conditional(http, JSON, etag_of(&body), body))
}

/// 200 with a text of another media type; 304 when the caller has exactly this.
pub fn text(http: &HttpRequest, media: &'static str, body: String) -> HttpResponse {
    let body = body.into_bytes();
    conditional(http, media, etag_of(&body), body)
}

/// The media type of most answers.
const JSON: &str = "application/json";

fn conditional(http: &HttpRequest, media: &'static str, etag: String, body: Vec<u8>) -> HttpResponse {
    let mut known = http.headers().get_all(header::IF_NONE_MATCH).filter_map(|line| line.to_str().ok());
    let same = http.method() == Method::GET && known.any(|list| lists(list, &etag));
    let mut builder = if same { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    builder.insert_header((header::ETAG, etag)).insert_header((header::CACHE_CONTROL, "private, no-cache"));
    if same { builder.finish() } else { builder.content_type(media).body(body) }
}

fn written<T: Serialize>(view: &T) -> Result<Vec<u8>> {
    serde_json::to_vec(view).map_err(|e| Error::internal("write an answer", e))
}

/// 201 with the new resource, its ETag and where it lives.
pub fn created<T: Serialize>(view: &T, version: i64, location: &str) -> Answer {
    let body = written(view)?;
    Ok(made(versioned_etag(version, &body), location, body))
}

fn made(etag: String, location: &str, body: Vec<u8>) -> HttpResponse {
    HttpResponse::Created()
        .insert_header((header::ETAG, etag))
        .insert_header((header::LOCATION, location))
        .content_type("application/json")
        .body(body)
}

/// An ETag of the bytes themselves, half of their SHA-256.
fn etag_of(body: &[u8]) -> String {
    format!("\"{}\"", hex(&Sha256::digest(body)[..16]))
}

/// An ETag of a version and of how it is shown: `"v12-0123456789abcdef"`.
fn versioned_etag(version: i64, body: &[u8]) -> String {
    format!("\"v{version}-{}\"", hex(&Sha256::digest(body)[..8]))
}

/// Whether an `If-None-Match` lists `etag`; weak tags are as good here (RFC 9110, 13.1.2).
fn lists(header: &str, etag: &str) -> bool {
    header.trim() == "*" || header.split(',').any(|t| t.trim().trim_start_matches("W/") == etag)
}

/// 200 with anything that has no version.
pub fn plain<T: Serialize>(view: &T) -> Answer {
    let body = written(view)?;
    Ok(HttpResponse::Ok().content_type("application/json").body(body))
}

/// 200 with a page and a `Link` to the next one (RFC 8288).
pub fn page<T: Serialize>(http: &HttpRequest, page: Page<T>) -> Answer {
    let next = page.next();
    let mut builder = HttpResponse::Ok();
    if let Some(cursor) = &next {
        builder.insert_header((header::LINK, next_link(http, cursor)?));
    }
    let items = page.rows.into_iter().map(|(_, row)| row).collect();
    let body = serde_json::to_vec(&Items { items, next }).map_err(|e| Error::internal("write a page", e))?;
    Ok(builder.content_type("application/json").body(body))
}

/// The `Link` header to the same list from `cursor` on.
pub fn next_link(http: &HttpRequest, cursor: &str) -> Result<HeaderValue> {
    let kept = http.query_string().split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("after="));
    let query: Vec<&str> = kept.collect();
    let glue = if query.is_empty() { "" } else { "&" };
    let link = format!("<{}?{}{glue}after={cursor}>; rel=\"next\"", http.path(), query.join("&"));
    HeaderValue::from_str(&link).map_err(|e| Error::internal("write a Link header", e))
}
