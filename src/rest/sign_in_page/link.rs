//! `/invitation` and `/reset`: asking for a link, and setting a password by one.

use actix_web::{HttpRequest, HttpResponse, get, http::StatusCode, post, web::ServiceConfig};

use super::{
    Form, answered, asked, form_token, is_ours, know, one, one_with_token, sheet::Sheet, stale, visitor,
    waiting,
};
use crate::{
    foundation::error::{Error, Faults, Result},
    identity::sign_in::{
        link::{self, LinkKind},
        password::{self, PasswordSet},
    },
    rest::{call::services, page},
};

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(show_invitation).service(take_invitation).service(show_reset).service(take_reset);
}

#[get("/invitation")]
async fn show_invitation(http: HttpRequest) -> HttpResponse {
    let secret = asked(&http, "token").unwrap_or_default();
    answered(&http, shown(&http, LinkKind::Invitation, &secret).await)
}

#[post("/invitation")]
async fn take_invitation(http: HttpRequest, sent: Form) -> HttpResponse {
    answered(&http, taken(&http, LinkKind::Invitation, &sent).await)
}

#[get("/reset")]
async fn show_reset(http: HttpRequest) -> HttpResponse {
    let shown = match asked(&http, "token") {
        Some(secret) => shown(&http, LinkKind::Reset, &secret).await,
        None => ask(&http),
    };
    answered(&http, shown)
}

#[post("/reset")]
async fn take_reset(http: HttpRequest, sent: Form) -> HttpResponse {
    let taken = if sent.get("token").is_empty() {
        asked_for(&http, &sent).await
    } else {
        taken(&http, LinkKind::Reset, &sent).await
    };
    answered(&http, taken)
}

fn ask_form(http: &HttpRequest, login: &str, token: &str) -> Sheet {
    Sheet::new(http, "reset-ask")
        .form(http, "/reset", token)
        .field("login", "login", "text", "username", login)
        .link(http, "/sign-in", "link-sign-in")
}

fn ask(http: &HttpRequest) -> Result<HttpResponse> {
    let token = form_token(http)?;
    one_with_token(http, StatusCode::OK, &ask_form(http, "", &token), &token)
}

async fn asked_for(http: &HttpRequest, sent: &Form) -> Result<HttpResponse> {
    if !is_ours(http, sent) {
        return stale(http);
    }
    let login = sent.get("login");
    match password::ask_for_reset(&services(http)?, login, &visitor(http)).await? {
        None => {
            let sheet = Sheet::new(http, "reset-asked").link(http, "/sign-in", "link-sign-in");
            one(http, StatusCode::OK, &sheet)
        }
        Some(seconds) => waiting(http, ask_form(http, login, &form_token(http)?), seconds),
    }
}

fn form(http: &HttpRequest, kind: LinkKind, login: &str, secret: &str, token: &str) -> Sheet {
    Sheet::new(http, kind.as_str())
        .form(http, &format!("/{}", kind.as_str()), token)
        .hidden("token", Some(secret))
        // For the browser's own store of passwords: whose it is.
        .hidden("username", Some(login))
        .field("password", "password-new", "password", "new-password", "")
        .field("again", "password-again", "password", "new-password", "")
}

fn dead(http: &HttpRequest) -> Result<HttpResponse> {
    let sheet = Sheet::new(http, "link-dead").link(http, "/reset", "link-reset");
    one(http, StatusCode::GONE, &sheet)
}

async fn shown(http: &HttpRequest, kind: LinkKind, secret: &str) -> Result<HttpResponse> {
    let Some(account) = link::look(&*services(http)?, kind, secret).await? else { return dead(http) };
    let token = form_token(http)?;
    let sheet = form(http, kind, &account.login, secret, &token);
    one_with_token(http, StatusCode::OK, &sheet, &token)
}

async fn taken(http: &HttpRequest, kind: LinkKind, sent: &Form) -> Result<HttpResponse> {
    if !is_ours(http, sent) {
        return stale(http);
    }
    let (services, secret) = (services(http)?, sent.get("token"));
    let again = |faults: Faults| -> Result<HttpResponse> {
        let token = form_token(http)?;
        let Err(Error::Invalid(faults)) = faults.done() else { return dead(http) };
        let sheet = form(http, kind, sent.get("username"), secret, &token).faults(&faults);
        one_with_token(http, StatusCode::UNPROCESSABLE_ENTITY, &sheet, &token)
    };
    let password = sent.get("password");
    if password != sent.get("again") {
        let mut faults = Faults::new();
        faults.require(false, "/again", "passwords_differ");
        return again(faults);
    }
    match password::by_link(&services, kind, secret, password, &visitor(http)).await? {
        PasswordSet::Done { device, .. } => {
            let mut response = page::to(http, "/sign-in?set=1");
            if let Some(device) = device {
                know(http, &mut response, &device);
            }
            Ok(response)
        }
        PasswordSet::Refused(faults) => again(faults),
        PasswordSet::DeadLink | PasswordSet::Wrong | PasswordSet::Wait(_) => dead(http),
    }
}
