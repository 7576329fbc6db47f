//! Files that are part of the program: stylesheets, scripts and pages that never change
//! while it runs. Each has an ETag of its bytes, so a browser fetches it once a version.

use std::sync::OnceLock;

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, HeaderValue},
};
use sha2::{Digest, Sha256};

use crate::foundation::transaction::hex;

/// A file of the program.
#[derive(Debug)]
pub struct Asset {
    media: &'static str,
    body: &'static str,
    digest: OnceLock<String>,
}

impl Asset {
    /// A file with its media type.
    pub const fn new(media: &'static str, body: &'static str) -> Self {
        Self { media, body, digest: OnceLock::new() }
    }

    /// Names this version of the file: the start of its SHA-256.
    pub fn version(&self) -> &str {
        self.digest.get_or_init(|| version_of(self.body))
    }

    /// The file, or 304 to a browser that has it. An address that names the version
    /// (`?v=…`) may be kept for a year; any other is asked about again.
    pub fn answer(&self, http: &HttpRequest) -> HttpResponse {
        let pinned = http.query_string().strip_prefix("v=") == Some(self.version());
        let cache = if pinned { "public, max-age=31536000, immutable" } else { "public, no-cache" };
        answer(http, self.media, self.version(), cache, || self.body.to_owned())
    }
}

/// The start of the SHA-256 of a text: enough to tell its versions apart.
pub fn version_of(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    hex(digest.get(..8).unwrap_or_default())
}

/// A body under its ETag; 304 without it to a browser that names this version.
pub fn answer(
    http: &HttpRequest,
    media: &'static str,
    version: &str,
    cache: &'static str,
    body: impl FnOnce() -> String,
) -> HttpResponse {
    let etag = format!("\"{version}\"");
    let known = http.headers().get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    // A proxy that compresses makes the tag a weak one; the version in it is the same.
    let same = known.is_some_and(|list| {
        list.split(',').any(|tag| tag.trim().trim_start_matches("W/").trim_matches('"') == version)
    });
    let mut builder = if same { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    builder
        .insert_header((header::ETAG, etag))
        .insert_header((header::CACHE_CONTROL, HeaderValue::from_static(cache)))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"));
    if same { builder.finish() } else { builder.insert_header((header::CONTENT_TYPE, media)).body(body()) }
}
