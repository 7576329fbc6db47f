//! `/account`: what belongs to whoever is signed in.

use actix_web::{HttpRequest, HttpResponse, get, http::StatusCode, post, web::ServiceConfig};

use super::{Form, add_cookie, answered, know, sheet::Sheet, stale, visitor};
use crate::{
    foundation::error::{Error, Result},
    identity::sign_in::{
        password::{self, PasswordSet},
        second::{self, GivenUp},
        session::{Begun, Stage},
    },
    rest::{call::services, page},
};

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(show).service(take_password).service(take_factor);
}

/// Who is signed in, with their account; the page then says so.
async fn own(http: &HttpRequest) -> Result<Option<Begun>> {
    if page::session(http).await?.is_none() {
        return Ok(None);
    }
    Ok(page::begun(http).await?.filter(|begun| begun.stage == Stage::Open))
}

fn password_form(http: &HttpRequest, begun: &Begun) -> Sheet {
    Sheet::new(http, "account-password")
        .below()
        .form(http, "/account/password", &begun.session.csrf)
        .field("old", "password-old", "password", "current-password", "")
        .field("password", "password-new", "password", "new-password", "")
        .field("again", "password-again", "password", "new-password", "")
}

fn factor_form(http: &HttpRequest, begun: &Begun) -> Sheet {
    if begun.account.totp_confirmed_at.is_none() {
        return Sheet::new(http, "account-factor-off").below().link(
            http,
            "/second-factor/new",
            "link-factor-new",
        );
    }
    Sheet::new(http, "account-factor-on")
        .below()
        .form(http, "/account/second-factor/remove", &begun.session.csrf)
        .field("password", "password", "password", "current-password", "")
}

fn whole(
    http: &HttpRequest,
    status: StatusCode,
    begun: &Begun,
    password: &Sheet,
    factor: &Sheet,
    note: Option<&str>,
) -> Result<HttpResponse> {
    let mut top = Sheet::new(http, "account")
        .picture(None, format!("{} · {}", begun.account.name, begun.account.login))
        .link(http, "/account/apps", "link-apps")
        .link(http, "/account/sign-ins", "link-sign-ins");
    if let Some(note) = note {
        top = top.alert(note, &[]);
    }
    let body = [top.html()?, password.html()?, factor.html()?].concat();
    Ok(page::shown(http, status, top.title(), body))
}

#[get("/account")]
async fn show(http: HttpRequest) -> HttpResponse {
    answered(&http, shown(&http).await)
}

async fn shown(http: &HttpRequest) -> Result<HttpResponse> {
    let Some(begun) = own(http).await? else { return Ok(page::to_sign_in(http)) };
    let (password, factor) = (password_form(http, &begun), factor_form(http, &begun));
    whole(http, StatusCode::OK, &begun, &password, &factor, None)
}

#[post("/account/password")]
async fn take_password(http: HttpRequest, sent: Form) -> HttpResponse {
    answered(&http, password_taken(&http, &sent).await)
}

async fn password_taken(http: &HttpRequest, sent: &Form) -> Result<HttpResponse> {
    let Some(begun) = own(http).await? else { return Ok(page::to(http, "/sign-in?next=%2Faccount")) };
    if !page::same_session(&begun.session, sent.get("csrf")) {
        return stale(http);
    }
    let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
    let (form, factor) = (password_form(http, &begun), factor_form(http, &begun));
    if sent.get("password") != sent.get("again") {
        return whole(http, unprocessable, &begun, &form.alert("passwords_differ", &[]), &factor, None);
    }
    let (old, new) = (sent.get("old"), sent.get("password"));
    match password::change(&services(http)?, &begun, old, new, &visitor(http)).await? {
        PasswordSet::Done { session, device } => {
            let mut response = page::to(http, "/account");
            if let Some(cookie) = session {
                add_cookie(&mut response, page::cookie_header(http, &cookie));
            }
            if let Some(device) = device {
                know(http, &mut response, &device);
            }
            Ok(response)
        }
        PasswordSet::Wrong | PasswordSet::DeadLink => {
            whole(http, unprocessable, &begun, &form.alert("password_wrong", &[]), &factor, None)
        }
        PasswordSet::Refused(faults) => {
            let faults = match faults.done() {
                Err(Error::Invalid(faults)) => faults,
                _ => Vec::new(),
            };
            whole(http, unprocessable, &begun, &form.faults(&faults), &factor, None)
        }
        PasswordSet::Wait(seconds) => {
            let form = form.alert("sign_in_wait", &[("seconds", seconds.to_string())]);
            whole(http, StatusCode::TOO_MANY_REQUESTS, &begun, &form, &factor, None)
        }
    }
}

#[post("/account/second-factor/remove")]
async fn take_factor(http: HttpRequest, sent: Form) -> HttpResponse {
    answered(&http, factor_taken(&http, &sent).await)
}

async fn factor_taken(http: &HttpRequest, sent: &Form) -> Result<HttpResponse> {
    let Some(begun) = own(http).await? else { return Ok(page::to(http, "/sign-in?next=%2Faccount")) };
    if !page::same_session(&begun.session, sent.get("csrf")) {
        return stale(http);
    }
    let (form, factor) = (password_form(http, &begun), factor_form(http, &begun));
    let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
    match second::give_up(&services(http)?, &begun, sent.get("password"), &visitor(http)).await? {
        GivenUp::Done => Ok(page::to(http, "/account")),
        GivenUp::Wrong => {
            whole(http, unprocessable, &begun, &form, &factor.alert("password_wrong", &[]), None)
        }
        GivenUp::Needed => {
            whole(http, StatusCode::CONFLICT, &begun, &form, &factor.alert("second_factor_needed", &[]), None)
        }
        GivenUp::Wait(seconds) => {
            let factor = factor.alert("sign_in_wait", &[("seconds", seconds.to_string())]);
            whole(http, StatusCode::TOO_MANY_REQUESTS, &begun, &form, &factor, None)
        }
    }
}
