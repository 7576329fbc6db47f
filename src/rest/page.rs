//! Pages for people.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode};

use crate::{foundation::error::Result, identity::sign_in::session::Session};

/// Who is signed in.
///
/// # Errors
/// When the database does not answer.
pub async fn session(_http: &HttpRequest) -> Result<Option<Session>> {
    Ok(None)
}

/// To the page on which one signs in.
pub fn to_sign_in(_http: &HttpRequest) -> HttpResponse {
    HttpResponse::SeeOther().finish()
}

/// A page.
pub fn shown(_http: &HttpRequest, status: StatusCode, _title: &str, body: String) -> HttpResponse {
    HttpResponse::build(status).body(body)
}

/// Whether a form came from this session.
pub fn same_session(session: &Session, csrf: &str) -> bool {
    session.csrf == csrf
}

/// A page whose form may lead on.
pub fn shown_towards(
    http: &HttpRequest,
    status: StatusCode,
    title: &str,
    body: String,
    _targets: &[&str],
) -> HttpResponse {
    shown(http, status, title, body)
}

/// To a page of ours.
pub fn to(_http: &HttpRequest, _path: &str) -> HttpResponse {
    HttpResponse::SeeOther().finish()
}

/// What went wrong.
pub fn refusal(http: &HttpRequest, error: &crate::foundation::error::Error) -> HttpResponse {
    super::problem::response(http, error)
}
