//! Bodies: read within a size and a pace, then checked against the document and read once.

use std::time::Duration;

use actix_web::{
    HttpMessage, HttpRequest,
    dev::Payload,
    http::header,
    web::{Bytes, BytesMut},
};
use futures_util::{Stream, StreamExt};
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::time::Instant;
use utoipa::ToSchema;

use super::{fit, openapi};
use crate::foundation::error::{Error, Fault, Result};

/// The most a JSON body may weigh, bytes.
pub const MAX_BODY: usize = 1024 * 1024;

/// How long a client may take over a body.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// The longest silence between two pieces.
    pub idle: Duration,
    /// The longest for the whole.
    pub whole: Duration,
}

impl Pace {
    /// Of a JSON body.
    pub const BODY: Self = Self { idle: Duration::from_secs(15), whole: Duration::from_secs(60) };
    /// Of a file: 256 MiB over a village's line take their time.
    pub const FILE: Self = Self { idle: Duration::from_secs(15), whole: Duration::from_secs(60 * 60) };

    /// The moment by which a body begun now must be whole.
    pub fn end(self) -> Instant {
        Instant::now() + self.whole
    }

    /// The next piece of a body that must be whole by `end`; `None` when it is.
    ///
    /// # Errors
    /// `request_timeout` when the client is silent for too long, `body_incomplete` when it went away.
    pub async fn next<S, E>(self, body: &mut S, end: Instant) -> Result<Option<Bytes>>
    where
        S: Stream<Item = std::result::Result<Bytes, E>> + Unpin,
    {
        let until = (Instant::now() + self.idle).min(end);
        match tokio::time::timeout_at(until, body.next()).await {
            Err(_) => Err(Error::TimedOut),
            Ok(None) => Ok(None),
            Ok(Some(piece)) => piece.map(Some).map_err(|_| Error::malformed("", "body_incomplete")),
        }
    }
}

/// The whole body, as long as it is within `limit` bytes.
///
/// # Errors
/// `too_large`, and as [`Pace::next`].
pub async fn read(http: &HttpRequest, payload: &mut Payload, limit: usize) -> Result<Bytes> {
    let announced =
        http.headers().get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > limit) {
        return Err(Error::TooLarge(limit as u64));
    }
    let (mut body, end) = (BytesMut::new(), Pace::BODY.end());
    while let Some(piece) = Pace::BODY.next(payload, end).await? {
        if body.len() + piece.len() > limit {
            return Err(Error::TooLarge(limit as u64));
        }
        body.extend_from_slice(&piece);
    }
    Ok(body.freeze())
}

/// The body as `T`; an empty one is read as `{}`.
///
/// # Errors
/// `unsupported_media_type`, `json_malformed`, or every field at fault.
pub fn parse<T: DeserializeOwned + ToSchema>(http: &HttpRequest, bytes: &[u8]) -> Result<T> {
    if bytes.is_empty() {
        return of_value(&Value::Object(serde_json::Map::new()));
    }
    let media = http.content_type();
    let json = ["application/json", "application/merge-patch+json"];
    if !json.iter().any(|one| media.eq_ignore_ascii_case(one)) || is_encoded(http) {
        return Err(Error::UnsupportedMedia);
    }
    let value = serde_json::from_slice(bytes)
        .map_err(|error| Error::Malformed(Box::new(Fault::not_json("", &error))))?;
    of_value(&value)
}

/// Whether the body is compressed, which no operation undoes.
fn is_encoded(http: &HttpRequest) -> bool {
    let encoding = http.headers().get(header::CONTENT_ENCODING);
    encoding.is_some_and(|encoding| !encoding.as_bytes().eq_ignore_ascii_case(b"identity"))
}

/// Reads `T` from JSON. The document's schema finds the faults in one walk, so that a body costs the
/// same however much of it is wrong; `T` itself is read once, and has the last word.
fn of_value<T: DeserializeOwned + ToSchema>(value: &Value) -> Result<T> {
    let schemas = &openapi::DOCUMENT["components"]["schemas"];
    let own;
    let schema = match schemas.get(T::name().as_ref()) {
        Some(schema) => schema,
        None => {
            own = serde_json::to_value(T::schema()).unwrap_or_default();
            &own
        }
    };
    let mut faults = Vec::new();
    if value.is_object() {
        faults.extend(fit::faults(schema, schemas, value));
    } else {
        // serde would also take a list for the fields in their order, which no document promises.
        faults.push(Fault::new("", "field_type").with("expected", "object"));
    }
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    serde_path_to_error::deserialize(value).map_err(|error| Error::Invalid(vec![unread(&error)]))
}

/// What serde could not read although the schema found no fault: it stops at the first one.
fn unread(error: &serde_path_to_error::Error<serde_json::Error>) -> Fault {
    let (pointer, why) = (pointer(error.path()), error.inner().to_string());
    if why.starts_with("missing field") {
        let name = why.split('`').nth(1).unwrap_or_default();
        return Fault::new(format!("{pointer}/{name}"), "field_missing");
    }
    if why.starts_with("unknown field") {
        return Fault::new(pointer, "field_unknown");
    }
    Fault::new(pointer, "field_type").with("expected", "other")
}

/// The path serde names, as an RFC 6901 pointer.
fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    path.iter()
        .map(|segment| match segment {
            Segment::Seq { index } => format!("/{index}"),
            Segment::Map { key } => format!("/{}", fit::cut(key).replace('~', "~0").replace('/', "~1")),
            Segment::Enum { variant } => format!("/{variant}"),
            Segment::Unknown => String::new(),
        })
        .collect()
}

#[cfg(test)]
mod tests;
