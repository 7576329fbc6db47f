//! Errors as `application/problem+json` (RFC 9457), in the caller's language.

use actix_web::{
    HttpMessage, HttpRequest, HttpResponse, ResponseError,
    http::{StatusCode, header},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    foundation::{
        error::{Error, Fault},
        language::{self, Language},
    },
    identity::oauth::dpop,
};

/// RFC 9457's media type.
const MEDIA: &str = "application/problem+json";

/// An error on its way out; the edge middleware gives it words and a body.
#[derive(Debug)]
pub struct Failure(pub Error);

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl ResponseError for Failure {
    fn status_code(&self) -> StatusCode {
        status(&self.0)
    }

    fn error_response(&self) -> HttpResponse {
        // Without the edge (never in the running service) at least the status and code are right.
        HttpResponse::build(self.status_code()).json(serde_json::json!({ "code": self.0.code() }))
    }
}

/// The HTTP status of an error.
pub const fn status(error: &Error) -> StatusCode {
    match error {
        Error::Unauthenticated(_) => StatusCode::UNAUTHORIZED,
        Error::Forbidden(_) | Error::InsufficientScope(_) => StatusCode::FORBIDDEN,
        Error::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
        Error::NotFound(_) => StatusCode::NOT_FOUND,
        Error::Malformed(_) | Error::Unreadable(_) => StatusCode::BAD_REQUEST,
        Error::TimedOut => StatusCode::REQUEST_TIMEOUT,
        Error::Invalid(_) | Error::KeyReused => StatusCode::UNPROCESSABLE_ENTITY,
        Error::Conflict(_) | Error::Conflicts(_) => StatusCode::CONFLICT,
        Error::Stale => StatusCode::PRECONDITION_FAILED,
        Error::PreconditionRequired => StatusCode::PRECONDITION_REQUIRED,
        Error::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
        Error::UnsupportedMedia => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Error::Unavailable(_) | Error::OutcomeUnknown => StatusCode::SERVICE_UNAVAILABLE,
        Error::Internal { .. } => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// Why a request was refused (RFC 9457). `code` is stable; `title` and `detail` are for people.
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// A URI that names the code.
    #[serde(rename = "type")]
    #[schema(example = "urn:sanggar:problem:invalid", format = "uri")]
    pub kind: String,
    /// The status in words.
    #[schema(example = "Unprocessable Entity")]
    pub title: String,
    /// The HTTP status.
    #[schema(example = 422, minimum = 400, maximum = 599)]
    pub status: u16,
    /// What is wrong and what to do, in the language of `Accept-Language`.
    pub detail: String,
    /// The stable code, the same in both faces and all languages.
    #[schema(example = "invalid")]
    pub code: String,
    /// The request's id; name it when you ask for help.
    #[schema(example = "urn:sanggar:request:0192f3c0-0000-7000-8000-000000000000", format = "uri")]
    pub instance: String,
    /// Every invalid field at once; where several rules say no (409), every one of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldProblem>,
}

/// What is wrong with one field.
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldProblem {
    /// RFC 6901 pointer into the body, or the parameter's name after a slash.
    #[schema(example = "/name")]
    pub pointer: String,
    /// The stable code of the rule.
    #[schema(example = "text_missing")]
    pub code: String,
    /// What is wrong and what to do.
    pub detail: String,
}

impl FieldProblem {
    fn of(fault: &Fault, language: Language) -> Self {
        Self {
            pointer: fault.pointer.clone(),
            code: fault.code.to_owned(),
            detail: language::of_fault(language, fault),
        }
    }
}

/// Every field fault of an error, for both faces.
pub fn field_problems(error: &Error, language: Language) -> Vec<FieldProblem> {
    match error {
        Error::Unreadable(faults) | Error::Invalid(faults) | Error::Conflicts(faults) => {
            faults.iter().map(|f| FieldProblem::of(f, language)).collect()
        }
        Error::Malformed(fault) | Error::Conflict(fault) if !fault.pointer.is_empty() => {
            vec![FieldProblem::of(fault, language)]
        }
        _ => Vec::new(),
    }
}

/// The id the edge gave this request.
pub fn request_id(http: &HttpRequest) -> String {
    http.extensions()
        .get::<super::edge::RequestId>()
        .map_or_else(|| "unknown".to_owned(), |id| id.0.to_string())
}

/// The caller's language.
pub fn language(http: &HttpRequest) -> Language {
    Language::from_accept(http.headers().get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()))
}

/// 405 with what is allowed instead.
pub fn method_not_allowed(http: &HttpRequest, allowed: &str) -> HttpResponse {
    let mut answer = refused(http, StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed");
    if let Ok(allowed) = header::HeaderValue::from_str(allowed) {
        answer.headers_mut().insert(header::ALLOW, allowed);
    }
    answer
}

/// A refusal of HTTP itself, which is none of the domain's.
pub fn refused(http: &HttpRequest, status: StatusCode, code: &'static str) -> HttpResponse {
    let language = language(http);
    let detail = language::of_code(language, code, &[]);
    let problem = problem(&request_id(http), status, code, detail, Vec::new());
    HttpResponse::build(status)
        .insert_header((header::CONTENT_LANGUAGE, language.tag()))
        .content_type(MEDIA)
        .body(serde_json::to_vec(&problem).unwrap_or_default())
}

fn problem(
    request_id: &str,
    status: StatusCode,
    code: &str,
    detail: String,
    errors: Vec<FieldProblem>,
) -> Problem {
    Problem {
        kind: format!("urn:sanggar:problem:{code}"),
        title: status.canonical_reason().unwrap_or("Error").to_owned(),
        status: status.as_u16(),
        detail,
        code: code.to_owned(),
        instance: format!("urn:sanggar:request:{request_id}"),
        errors,
    }
}

/// Whether a token that is bound to a key was not shown as such a token must be.
fn is_of_bound(code: &str) -> bool {
    code == "token_bound" || code.starts_with("dpop_proof")
}

/// The answer that tells a caller about `error`.
pub fn response(http: &HttpRequest, error: &Error) -> HttpResponse {
    render(language(http), &request_id(http), error)
}

/// The same, where the request itself is gone.
pub fn render(language: Language, request_id: &str, error: &Error) -> HttpResponse {
    let status = status(error);
    let detail = language::of_error(language, error);
    let problem = problem(request_id, status, error.code(), detail, field_problems(error, language));
    let mut builder = HttpResponse::build(status);
    builder.insert_header((header::CONTENT_LANGUAGE, language.tag()));
    match error {
        // RFC 9449, section 7.1.
        Error::Unauthenticated(code) if is_of_bound(code) => {
            let reason = if code.starts_with("dpop") { "invalid_dpop_proof" } else { "invalid_token" };
            let algorithms = dpop::ALGORITHMS.join(" ");
            let challenge = format!("DPoP realm=\"sanggar\", error=\"{reason}\", algs=\"{algorithms}\"");
            builder.insert_header((header::WWW_AUTHENTICATE, challenge));
        }
        Error::Unauthenticated(code) => {
            let reason = if *code == "unauthenticated" { "" } else { ", error=\"invalid_token\"" };
            builder.insert_header((header::WWW_AUTHENTICATE, format!("Bearer realm=\"sanggar\"{reason}")));
            // Tokens that are bound to a key are taken as well (RFC 9449, section 7.1).
            if *code == "unauthenticated" {
                let algorithms = dpop::ALGORITHMS.join(" ");
                builder.append_header((header::WWW_AUTHENTICATE, format!("DPoP algs=\"{algorithms}\"")));
            }
        }
        // RFC 6750, section 3.1.
        Error::InsufficientScope(scope) => {
            let challenge =
                format!("Bearer realm=\"sanggar\", error=\"insufficient_scope\", scope=\"{scope}\"");
            builder.insert_header((header::WWW_AUTHENTICATE, challenge));
        }
        Error::TooMany(seconds) => {
            builder.insert_header((header::RETRY_AFTER, seconds.to_string()));
        }
        // The rest of the body is not waited for.
        Error::TimedOut => {
            builder.force_close();
        }
        Error::Conflict(fault) if fault.code == "idempotency_in_progress" => {
            builder.insert_header((header::RETRY_AFTER, "1"));
        }
        Error::Unavailable(_) | Error::OutcomeUnknown => {
            builder.insert_header((header::RETRY_AFTER, "1"));
        }
        _ => {}
    }
    if let Error::Internal { what, .. } = error {
        tracing::error!(what, request_id, "internal error");
    }
    let body = serde_json::to_vec(&problem).unwrap_or_default();
    builder.content_type(MEDIA).body(body)
}
