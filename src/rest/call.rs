//! What a handler receives: the caller's context, parameters and body, each checked
//! so that a bad request learns of all its faults at once.

use std::{future::Future, pin::Pin, sync::Arc};

use actix_web::{
    FromRequest, HttpMessage, HttpRequest,
    dev::Payload,
    http::{
        Method,
        header::{self, HeaderMap},
    },
    web::{Data, Query},
};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

pub use super::body::read;
use super::{
    body::{MAX_BODY, parse},
    edge::RequestId,
    fit,
    limit::Seen,
    openapi, problem,
    problem::Failure,
};
use crate::{
    access::{
        actor::Actor,
        context::{Ctx, Services},
        token,
    },
    foundation::{
        error::{Error, Result},
        transaction::{Idempotency, hex},
        version,
    },
    identity::{
        caller::{self, Caller},
        oauth::dpop,
    },
};

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

/// The app or system through which a request came, once its token was proven; its calls are counted.
#[derive(Debug, Clone, Copy)]
pub struct Through(pub uuid::Uuid);

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

/// The version that `If-Match` names; our ETags begin with it: `"v<version>-<what is shown>"`, and
/// `"v<version>"` will do. Several are allowed (RFC 9110, 13.1.1): versions only grow, so only the
/// greatest can still be current. A weak tag, or one that is not ours, matches nothing.
fn if_match(headers: &HeaderMap) -> Result<Option<i64>> {
    let mut given = headers.get_all(header::IF_MATCH).peekable();
    if given.peek().is_none() {
        return Ok(None);
    }
    let malformed = || Error::malformed("/If-Match", "etag_malformed");
    let mut newest = version::NONE;
    for line in given {
        for tag in line.to_str().map_err(|_| malformed())?.split(',').map(str::trim) {
            if tag == "*" {
                return Ok(Some(version::ANY));
            }
            let weak = tag.starts_with("W/");
            let inner = tag.trim_start_matches("W/").strip_prefix('"').and_then(|t| t.strip_suffix('"'));
            let inner = inner.filter(|inner| !inner.contains('"')).ok_or_else(malformed)?;
            let ours = inner.strip_prefix('v').map(|rest| rest.split('-').next().unwrap_or(rest));
            if let Some(named) =
                ours.and_then(|digits| digits.parse::<i64>().ok()).filter(|n| *n > 0 && !weak)
            {
                newest = newest.max(named);
            }
        }
    }
    Ok(Some(newest))
}

/// The context of this request.
///
/// # Errors
/// `Unauthenticated` when a token was sent that is not good: it is never quietly ignored.
pub async fn context(http: &HttpRequest) -> Result<Ctx> {
    let services = services(http)?;
    let seen = http.extensions().get::<Seen>().map(|seen| seen.0.clone());
    let actor = match seen {
        Some(seen) => seen?,
        None => identify(http).await?,
    };
    if let Some(via) = &actor.via {
        http.extensions_mut().insert(Through(via.client));
    }
    let request_id =
        http.extensions().get::<RequestId>().map_or_else(|| Arc::from("unknown"), |id| id.0.clone());
    let language = problem::language(http);
    let mut ctx = Ctx::new(services, actor, request_id, language);
    if let Some(before) = http.extensions().get::<Ctx>() {
        ctx.looks = before.looks.clone();
    }
    // What it shows of others is written down where the answer leaves (`rest::recorded`).
    http.extensions_mut().insert(ctx.clone());
    Ok(ctx)
}

/// Who the token of this request stands for; the public without one.
///
/// # Errors
/// `Unauthenticated` when a token was sent that is not good.
pub async fn identify(http: &HttpRequest) -> Result<Actor> {
    let services = services(http)?;
    let Some(value) = http.headers().get(header::AUTHORIZATION) else { return Ok(Actor::public()) };
    let proofs = http.headers().get_all("dpop").map(|proof| proof.to_str().unwrap_or_default());
    let proofs: Vec<&str> = proofs.collect();
    let way = Way { method: http.method().as_str(), path: http.path(), proofs: &proofs };
    Ok(authenticate(&services, value.to_str().ok(), Some(&way)).await?.actor)
}

/// The service's own things, as the application holds them.
///
/// # Errors
/// `internal` when it holds none.
pub fn services(http: &HttpRequest) -> Result<Arc<Services>> {
    let services = http.app_data::<Data<Services>>();
    Ok(services.ok_or_else(|| Error::internal("the application", "has no services"))?.clone().into_inner())
}

/// The request that a token came with, for which a proof must be made.
pub struct Way<'a> {
    /// Its method.
    pub method: &'a str,
    /// Its path.
    pub path: &'a str,
    /// Its headers `DPoP`.
    pub proofs: &'a [&'a str],
}

/// Who a header `Authorization` stands for. A token that is bound to a key needs the request that it came with, so it is
/// good for nothing where there is no `way`: on a socket, which stays open when the request is long over.
///
/// # Errors
/// `unauthenticated` with what is wrong with the token.
pub async fn authenticate(
    services: &Arc<Services>,
    header: Option<&str>,
    way: Option<&Way<'_>>,
) -> Result<Caller> {
    let (scheme, token) =
        header.and_then(|h| h.split_once(' ')).ok_or(Error::Unauthenticated("token_malformed"))?;
    let bound = scheme.eq_ignore_ascii_case("dpop");
    if !bound && !scheme.eq_ignore_ascii_case("bearer") {
        return Err(Error::Unauthenticated("token_malformed"));
    }
    let (url, token) = (&services.settings.public_url, token.trim());
    let claims = token::verify(&services.keyring, token, services.clock.now(), url, url)?;
    match way {
        Some(way) => {
            let carried = dpop::Carried { method: way.method, path: way.path, proofs: way.proofs, bound };
            dpop::hold(services, &claims, token, &carried)?;
        }
        None if bound || claims.cnf.is_some() => {
            return Err(Error::Unauthenticated("token_bound_to_requests"));
        }
        None => {}
    }
    caller::of(services, claims).await
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
    // What the change was to be applied to is part of the request: on another version it is another one.
    let condition = http.headers().get(header::IF_MATCH).map_or(&b""[..], |value| value.as_bytes());
    let target = [http.method().as_str(), http.path(), http.query_string()].map(str::as_bytes);
    for part in target.into_iter().chain([condition, body]) {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    Ok(Some(Idempotency { key: key.to_owned(), request_hash: hex(&hash.finalize()) }))
}

impl FromRequest for Call {
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = std::result::Result<Self, Failure>>>>;

    fn from_request(http: &HttpRequest, _: &mut Payload) -> Self::Future {
        let http = http.clone();
        Box::pin(async move { Ok(Self { ctx: context(&http).await?, http }) })
    }
}

impl<T: DeserializeOwned + ToSchema + 'static> FromRequest for Write<T> {
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = std::result::Result<Self, Failure>>>>;

    fn from_request(http: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (http, mut payload) = (http.clone(), payload.take());
        Box::pin(async move {
            let mut ctx = context(&http).await?;
            // No command is public: whoever did not say who they are need not learn what is wrong with a body.
            ctx.actor.require_token()?;
            let bytes = read(&http, &mut payload, MAX_BODY).await?;
            ctx.idempotency = idempotency(&http, &bytes)?;
            if http.method() == Method::POST {
                // A change by PATCH or DELETE must name its version; a step by POST may.
                ctx.expected = if_match(http.headers())?;
            }
            let body = parse(&http, &bytes)?;
            Ok(Self { ctx, http, body })
        })
    }
}

/// The query string as `T`; every unknown, repeated, malformed and overlong parameter is told.
pub struct Params<T>(pub T);

/// That each parameter is one the document has, and of its kind.
fn check_parameters(http: &HttpRequest) -> Result<()> {
    let query = http.query_string();
    if query.is_empty() {
        return Ok(());
    }
    let known = http.match_pattern().and_then(|path| openapi::PARAMETERS.get(&(path, method_of(http))));
    // An operation without parameters knows none.
    let (none, schemas) = (serde_json::Map::new(), &openapi::DOCUMENT["components"]["schemas"]);
    let pairs = Query::<Vec<(String, String)>>::from_query(query)
        .map_err(|_| Error::malformed("", "parameter_malformed"))?;
    let (unread, beyond) = fit::parameter_faults(known.unwrap_or(&none), schemas, &pairs);
    if !unread.is_empty() {
        return Err(Error::Unreadable(unread));
    }
    if beyond.is_empty() { Ok(()) } else { Err(Error::Invalid(beyond)) }
}

/// The method as the document spells it.
fn method_of(http: &HttpRequest) -> String {
    http.method().as_str().to_ascii_lowercase()
}

impl<T: DeserializeOwned> FromRequest for Params<T> {
    type Error = Failure;
    type Future = std::future::Ready<std::result::Result<Self, Failure>>;

    fn from_request(http: &HttpRequest, _: &mut Payload) -> Self::Future {
        let read = check_parameters(http).and_then(|()| {
            let parsed = Query::<T>::from_query(http.query_string());
            // The walk above names each fault; what only the reading itself finds has no name.
            parsed
                .map(|query| Self(query.into_inner()))
                .map_err(|_| Error::malformed("", "parameter_malformed"))
        });
        std::future::ready(read.map_err(Failure))
    }
}
