//! Answers: the JSON of a GraphQL response, its media type and its status.

use std::sync::Arc;

use actix_web::{
    HttpRequest, HttpResponse, HttpResponseBuilder,
    http::{
        StatusCode,
        header::{self, HeaderName, HeaderValue},
    },
};
use async_graphql::{Name, Pos, Response, ServerError, Value, value};
use serde::Serialize;

use super::{
    accept::Media,
    bounded::{ANSWER_BYTES, written},
};
use crate::{
    foundation::error::{Error, Fault},
    graphql::{
        error::word,
        guard::{Limits, Measure},
    },
    identity::limit::Standing,
    rest::problem,
};

/// Errors of one document that are told; a flood of them helps nobody.
const ERRORS_TOLD: usize = 25;
/// Errors of one run that are told; how many were not is in `extensions.errorsOmitted`.
const FAILURES_TOLD: usize = 100;

/// The body, in the order the specification recommends: errors where they are seen.
#[derive(Serialize)]
pub struct Body<'a> {
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [ServerError],
    /// Absent, not null, when nothing was run.
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'a Value>,
    #[serde(skip_serializing_if = "std::collections::BTreeMap::is_empty")]
    extensions: &'a std::collections::BTreeMap<String, Value>,
}

impl<'a> Body<'a> {
    /// Of an answer whose errors have their words; `ran` where there is data, null or not.
    pub fn of(response: &'a Response, ran: bool) -> Self {
        let data = ran.then_some(&response.data);
        Self { errors: &response.errors, data, extensions: &response.extensions }
    }
}

/// Whether the request was refused before anything ran. What runs has a path.
pub(super) fn is_request_error(response: &Response) -> bool {
    response.data == Value::Null
        && !response.errors.is_empty()
        && response.errors.iter().all(|error| error.path.is_empty())
}

/// The answer to a request that reached the schema.
pub(super) fn of_response(
    http: &HttpRequest,
    media: Media,
    mut response: Response,
    told: (Measure, Option<Standing>),
    limits: &Limits,
) -> HttpResponse {
    let refused = is_request_error(&response);
    let status = if refused { media.request_error() } else { StatusCode::OK };
    let most = if refused { ERRORS_TOLD } else { FAILURES_TOLD };
    let omitted = response.errors.len().saturating_sub(most);
    if omitted > 0 {
        response.errors.truncate(most);
        response.extensions.insert("errorsOmitted".to_owned(), value!(omitted));
    }
    let mut builder = HttpResponse::build(status);
    for (name, value) in &response.http_headers {
        let name = HeaderName::from_bytes(name.as_str().as_bytes());
        if let (Ok(name), Ok(value)) = (name, HeaderValue::from_bytes(value.as_bytes())) {
            builder.append_header((name, value));
        }
    }
    send(http, builder, media, response.extension("cost", cost(told, limits)), !refused)
}

/// The answer to a request that was refused before the schema was asked.
pub(super) fn of_refusal(
    http: &HttpRequest,
    mut builder: HttpResponseBuilder,
    media: Media,
    error: Error,
) -> HttpResponse {
    match &error {
        Error::Unauthenticated(_) => {
            builder.insert_header((
                header::WWW_AUTHENTICATE,
                "Bearer realm=\"sanggar\", error=\"invalid_token\"",
            ));
        }
        Error::TooMany(seconds) => {
            builder.insert_header((header::RETRY_AFTER, seconds.to_string()));
        }
        Error::Unavailable(_) | Error::OutcomeUnknown => {
            builder.insert_header((header::RETRY_AFTER, "1"));
        }
        _ => {}
    }
    send(http, builder, media, response_of(error), false)
}

/// An answer without data that says why.
pub fn response_of(error: Error) -> Response {
    let mut told = ServerError::new("", None);
    told.locations = places(&error);
    told.source = Some(Arc::new(error));
    Response::from_errors(vec![told])
}

/// An answer of Apollo's persisted query protocol. Its words and codes are what clients
/// compare, so they are neither translated nor spelt like ours, and 200 in both media types.
pub(super) fn of_persisted(http: &HttpRequest, media: Media, message: &str, code: &str) -> HttpResponse {
    send(http, HttpResponse::Ok(), media, persisted_response(message, code), false)
}

/// What [`of_persisted`] says, without HTTP.
pub(super) fn persisted_response(message: &str, code: &str) -> Response {
    let mut told = ServerError::new(message, None);
    told.extensions.get_or_insert_default().set("code", code);
    Response::from_errors(vec![told])
}

fn send(
    http: &HttpRequest,
    mut builder: HttpResponseBuilder,
    media: Media,
    response: Response,
    ran: bool,
) -> HttpResponse {
    let language = problem::language(http);
    let response = word(response, language, &problem::request_id(http));
    match written(&Body::of(&response, ran), ANSWER_BYTES) {
        Ok(bytes) => builder
            .insert_header((header::CONTENT_TYPE, media.content_type()))
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .insert_header((header::CONTENT_LANGUAGE, language.tag()))
            .body(bytes),
        // Said without data, that is short. What was changed stays so, as when a connection breaks.
        Err(error @ Error::Malformed(_)) if ran => {
            send(http, HttpResponse::build(StatusCode::OK), media, response_of(error), false)
        }
        Err(error) => problem::response(http, &error),
    }
}

fn cost((measure, budget): (Measure, Option<Standing>), limits: &Limits) -> Value {
    let mut told = value!({
        "total": measure.cost, "limit": limits.cost, "fields": measure.fields, "depth": measure.depth,
        "aliases": measure.aliases, "directives": measure.directives,
    });
    if let (Value::Object(told), Some(budget)) = (&mut told, budget) {
        let more = [
            ("budget", u64::from(budget.limit)),
            ("remaining", u64::from(budget.remaining)),
            ("resetSeconds", budget.reset),
        ];
        told.extend(more.map(|(name, value)| (Name::new(name), Value::from(value))));
    }
    told
}

/// Where in the text of the document an error is, as far as its faults tell.
fn places(error: &Error) -> Vec<Pos> {
    let faults = match error {
        Error::Malformed(fault) => std::slice::from_ref(&**fault),
        Error::Invalid(faults) => faults,
        _ => &[],
    };
    let place = |fault: &Fault| {
        let number = |wanted: &str| {
            fault.args.iter().find(|(name, _)| *name == wanted).and_then(|(_, value)| value.parse().ok())
        };
        Some(Pos { line: number("line")?, column: number("column")? })
    };
    faults.iter().filter_map(place).collect()
}
