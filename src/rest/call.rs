//! What a handler receives: the caller's context, parameters and body, each checked
//! so that a bad request learns of all its faults at once.

use std::{future::Future, pin::Pin, sync::Arc};

use actix_web::{
    FromRequest, HttpMessage, HttpRequest,
    dev::Payload,
    http::header::{self, HeaderMap},
    web::{Bytes, Data},
};
use futures_util::StreamExt;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sha2::{Digest, Sha256};
use utoipa::PartialSchema;

use super::{edge::RequestId, openapi, problem, problem::Failure};
use crate::{
    access::{
        actor::Actor,
        context::{Ctx, Services},
        token,
    },
    foundation::{
        error::{Error, Fault, Faults, Result},
        transaction::{Idempotency, hex},
    },
};

/// The most a JSON body may weigh, bytes.
pub const MAX_BODY: usize = 1024 * 1024;

/// A caller of a read.
pub struct Call {
    /// Who, in which language, with what.
    pub ctx: Ctx,
    /// The request itself, for conditional answers.
    pub http: HttpRequest,
}

/// A caller of a command, with the command's body.
pub struct Write<T> {
    /// Who, in which language, with what.
    pub ctx: Ctx,
    /// The request itself.
    pub http: HttpRequest,
    /// The checked body.
    pub body: T,
}

/// The body of a command that takes none; an empty body or `{}` will do.
#[derive(Debug, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

impl<T> Write<T> {
    /// The version in `If-Match`, if there is one.
    ///
    /// # Errors
    /// `etag_malformed` when it is not one of ours.
    pub fn version(&self) -> Result<Option<i64>> {
        if_match(self.http.headers())
    }
}

/// The version that `If-Match` names (our ETags are `"v<version>"`).
fn if_match(headers: &HeaderMap) -> Result<Option<i64>> {
    let Some(value) = headers.get(header::IF_MATCH) else { return Ok(None) };
    value
        .to_str()
        .ok()
        .and_then(|text| text.trim().strip_prefix("\"v")?.strip_suffix('"')?.parse().ok())
        .map(Some)
        .ok_or_else(|| Error::malformed("/If-Match", "etag_malformed"))
}

/// The context of this request.
///
/// # Errors
/// `Unauthenticated` when a token was sent that is not good: it is never quietly ignored.
pub fn context(http: &HttpRequest) -> Result<Ctx> {
    let services = http
        .app_data::<Data<Services>>()
        .ok_or_else(|| Error::internal("the application", "has no services"))?
        .clone()
        .into_inner();
    let actor = match http.headers().get(header::AUTHORIZATION) {
        None => Actor::public(),
        Some(value) => authenticate(&services, value.to_str().ok())?,
    };
    let request_id =
        http.extensions().get::<RequestId>().map_or_else(|| Arc::from("unknown"), |id| id.0.clone());
    let language = problem::language(http);
    Ok(Ctx { services, actor: Arc::new(actor), request_id, language, idempotency: None })
}

fn authenticate(services: &Services, header: Option<&str>) -> Result<Actor> {
    let (scheme, token) =
        header.and_then(|h| h.split_once(' ')).ok_or(Error::Unauthenticated("token_malformed"))?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(Error::Unauthenticated("token_malformed"));
    }
    let url = &services.settings.public_url;
    let claims = token::verify(&services.keyring, token.trim(), services.clock.now(), url, url)?;
    Ok(Actor { subject: claims.sub, grants: claims.grants })
}

/// The client's idempotency key with the hash of what it stands for.
pub fn idempotency(http: &HttpRequest, body: &[u8]) -> Result<Option<Idempotency>> {
    let Some(value) = http.headers().get("idempotency-key") else { return Ok(None) };
    let key = value
        .to_str()
        .ok()
        .filter(|key| (1..=255).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_graphic()))
        .ok_or_else(|| Error::malformed("/Idempotency-Key", "idempotency_key_malformed"))?;
    let mut hash = Sha256::new();
    for part in
        [http.method().as_str().as_bytes(), http.path().as_bytes(), http.query_string().as_bytes(), body]
    {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    Ok(Some(Idempotency { key: key.to_owned(), request_hash: hex(&hash.finalize()) }))
}

impl FromRequest for Call {
    type Error = Failure;
    type Future = std::future::Ready<std::result::Result<Self, Failure>>;

    fn from_request(http: &HttpRequest, _: &mut Payload) -> Self::Future {
        let call = context(http).map(|ctx| Self { ctx, http: http.clone() });
        std::future::ready(call.map_err(Failure))
    }
}

impl<T: DeserializeOwned + PartialSchema + 'static> FromRequest for Write<T> {
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = std::result::Result<Self, Failure>>>>;

    fn from_request(http: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (http, mut payload) = (http.clone(), payload.take());
        Box::pin(async move {
            let mut ctx = context(&http)?;
            // No command is public: whoever did not say who they are need not learn what is wrong with a body.
            ctx.actor.require_token()?;
            let bytes = read(&http, &mut payload, MAX_BODY).await?;
            ctx.idempotency = idempotency(&http, &bytes)?;
            let body = parse(&http, &bytes)?;
            Ok(Self { ctx, http, body })
        })
    }
}

/// The whole body, as long as it is within `limit` bytes.
pub async fn read(http: &HttpRequest, payload: &mut Payload, limit: usize) -> Result<Bytes> {
    let announced =
        http.headers().get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > limit) {
        return Err(Error::TooLarge(limit as u64));
    }
    let mut body = Vec::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| Error::malformed("", "body_incomplete"))?;
        if body.len() + chunk.len() > limit {
            return Err(Error::TooLarge(limit as u64));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.into())
}

fn parse<T: DeserializeOwned + PartialSchema>(http: &HttpRequest, bytes: &[u8]) -> Result<T> {
    if bytes.is_empty() {
        return from_value(Value::Object(serde_json::Map::new()));
    }
    let media = http.content_type();
    if media != "application/json" && media != "application/merge-patch+json" {
        return Err(Error::UnsupportedMedia);
    }
    let value = serde_json::from_slice(bytes)
        .map_err(|e| Error::conflict_with(Fault::new("", "json_malformed").with("why", e)))
        .map_err(|e| match e {
            Error::Conflict(fault) => Error::Malformed(fault),
            other => other,
        })?;
    from_value(value)
}

/// Reads `T` from JSON, gathering every unknown, missing and mistyped field.
///
/// serde stops at the first fault; the field it names is noted, taken out, and the rest read again.
fn from_value<T: DeserializeOwned + PartialSchema>(mut value: Value) -> Result<T> {
    if !value.is_object() {
        // serde would also take a list for the fields in their order, which no document promises.
        let fault = Fault::new("", "field_type").with("why", "an object is expected");
        return Err(Error::Invalid(vec![fault]));
    }
    let mut faults = Faults::new();
    for name in missing::<T>(&value) {
        faults.push(Fault::new(format!("/{name}"), "field_missing"));
    }
    loop {
        let error = match serde_path_to_error::deserialize::<_, T>(value.clone()) {
            Ok(read) => {
                faults.done()?;
                return Ok(read);
            }
            Err(error) => error,
        };
        let why = error.inner().to_string();
        let pointer = pointer(error.path());
        if why.starts_with("missing field") {
            if faults.is_empty() {
                let name = why.split('`').nth(1).unwrap_or_default();
                faults.push(Fault::new(format!("{pointer}/{name}"), "field_missing"));
            }
            break;
        }
        let fault = if why.starts_with("unknown field") {
            Fault::new(pointer.clone(), "field_unknown")
        } else {
            Fault::new(pointer.clone(), "field_type").with("why", why)
        };
        faults.push(fault);
        if !remove(&mut value, &pointer) {
            break;
        }
    }
    faults.done()?;
    Err(Error::invalid("", "invalid"))
}

/// The top-level fields that `T`'s schema requires and `value` lacks.
fn missing<T: PartialSchema>(value: &Value) -> Vec<String> {
    use utoipa::openapi::{RefOr, schema::Schema};
    match (T::schema(), value) {
        (RefOr::T(Schema::Object(schema)), Value::Object(map)) => {
            schema.required.into_iter().filter(|name| !map.contains_key(name)).collect()
        }
        _ => Vec::new(),
    }
}

/// The path serde names, as an RFC 6901 pointer.
fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    path.iter()
        .map(|segment| match segment {
            Segment::Seq { index } => format!("/{index}"),
            Segment::Map { key } => format!("/{}", key.replace('~', "~0").replace('/', "~1")),
            Segment::Enum { variant } => format!("/{variant}"),
            Segment::Unknown => String::new(),
        })
        .collect()
}

fn remove(value: &mut Value, pointer: &str) -> bool {
    let Some((parent, last)) = pointer.rsplit_once('/') else { return false };
    let key = last.replace("~1", "/").replace("~0", "~");
    match value.pointer_mut(parent) {
        Some(Value::Object(map)) => map.remove(&key).is_some(),
        Some(Value::Array(list)) => match key.parse::<usize>() {
            // Taken out, later positions would shift and be misnamed: one fault per list is told.
            Ok(_) => {
                list.clear();
                true
            }
            Err(_) => false,
        },
        _ => false,
    }
}

/// The query string as `T`; unknown, malformed and overlong parameters are refused.
pub struct Params<T>(pub T);

/// That no parameter is longer than the document says it may be.
fn within_lengths(http: &HttpRequest) -> Result<()> {
    let lengths = match http.query_string() {
        "" => None,
        _ => http.match_pattern().and_then(|pattern| openapi::LENGTHS.get(&pattern)),
    };
    let Some(lengths) = lengths else { return Ok(()) };
    // A string that cannot be read at all is told of when it is read as `T`.
    let pairs = actix_web::web::Query::<Vec<(String, String)>>::from_query(http.query_string());
    for (name, value) in pairs.map(actix_web::web::Query::into_inner).unwrap_or_default() {
        let length = value.chars().count();
        if let Some(max) = lengths.get(&name).filter(|max| length > **max) {
            let fault =
                Fault::new(format!("/{name}"), "text_too_long").with("max", max).with("length", length);
            return Err(Error::Malformed(Box::new(fault)));
        }
    }
    Ok(())
}

impl<T: DeserializeOwned> FromRequest for Params<T> {
    type Error = Failure;
    type Future = std::future::Ready<std::result::Result<Self, Failure>>;

    fn from_request(http: &HttpRequest, _: &mut Payload) -> Self::Future {
        if let Err(error) = within_lengths(http) {
            return std::future::ready(Err(Failure(error)));
        }
        let parsed = actix_web::web::Query::<T>::from_query(http.query_string())
            .map(|query| Self(query.into_inner()))
            .map_err(|error| {
                let why = match &error {
                    actix_web::error::QueryPayloadError::Deserialize(inner) => inner.to_string(),
                    other => other.to_string(),
                };
                Failure(Error::Malformed(Box::new(Fault::new("", "parameter_malformed").with("why", why))))
            });
        std::future::ready(parsed)
    }
}
