//! Answers: one resource with its ETag, a created one with its address, a page with its next.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, HeaderValue},
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

/// 200 with the resource and its ETag; 304 when the caller has this version.
pub fn resource<T: Serialize>(http: &HttpRequest, view: &T, version: i64) -> Answer {
    let etag = format!("\"v{version}\"");
    let known = http.headers().get(header::IF_NONE_MATCH).and_then(|v| v.to_str().ok());
    let same = known.is_some_and(|list| lists(list, &etag));
    if same && http.method() == actix_web::http::Method::GET {
        return Ok(HttpResponse::NotModified()
            .insert_header((header::ETAG, etag))
            .insert_header((header::CACHE_CONTROL, "private, no-cache"))
            .finish());
    }
    let body = serde_json::to_vec(view).map_err(|e| Error::internal("write an answer", e))?;
    Ok(HttpResponse::Ok()
        .insert_header((header::ETAG, etag))
        .insert_header((header::CACHE_CONTROL, "private, no-cache"))
        .content_type("application/json")
        .body(body))
}

/// 200 with what has no version of its own, or joins things that change without it: its ETag is
/// of what is shown. 304 when the caller has exactly this.
pub fn shown<T: Serialize>(http: &HttpRequest, view: &T) -> Answer {
    let body = serde_json::to_vec(view).map_err(|e| Error::internal("write an answer", e))?;
    let etag = etag_of(&body);
    let known = http.headers().get(header::IF_NONE_MATCH).and_then(|v| v.to_str().ok());
    if http.method() == actix_web::http::Method::GET && known.is_some_and(|list| lists(list, &etag)) {
        return Ok(HttpResponse::NotModified()
            .insert_header((header::ETAG, etag))
            .insert_header((header::CACHE_CONTROL, "private, no-cache"))
            .finish());
    }
    Ok(HttpResponse::Ok()
        .insert_header((header::ETAG, etag))
        .insert_header((header::CACHE_CONTROL, "private, no-cache"))
        .content_type("application/json")
        .body(body))
}

/// As [`shown`], for what was just made: 201, and where it lives.
pub fn created_shown<T: Serialize>(view: &T, location: &str) -> Answer {
    let body = serde_json::to_vec(view).map_err(|e| Error::internal("write an answer", e))?;
    Ok(HttpResponse::Created()
        .insert_header((header::ETAG, etag_of(&body)))
        .insert_header((header::LOCATION, location))
        .content_type("application/json")
        .body(body))
}

/// An ETag of the bytes themselves, half of their SHA-256.
fn etag_of(body: &[u8]) -> String {
    format!("\"{}\"", hex(&Sha256::digest(body)[..16]))
}

/// Whether an `If-None-Match` lists `etag`.
fn lists(header: &str, etag: &str) -> bool {
    header.trim() == "*" || header.split(',').any(|t| t.trim().trim_start_matches("W/") == etag)
}

/// 201 with the new resource, its ETag and where it lives.
pub fn created<T: Serialize>(view: &T, version: i64, location: &str) -> Answer {
    let body = serde_json::to_vec(view).map_err(|e| Error::internal("write an answer", e))?;
    Ok(HttpResponse::Created()
        .insert_header((header::ETAG, format!("\"v{version}\"")))
        .insert_header((header::LOCATION, location))
        .content_type("application/json")
        .body(body))
}

/// 200 with anything that has no version.
pub fn plain<T: Serialize>(view: &T) -> Answer {
    let body = serde_json::to_vec(view).map_err(|e| Error::internal("write an answer", e))?;
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
