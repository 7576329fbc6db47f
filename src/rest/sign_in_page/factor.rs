//! `/second-factor`: the code at signing in, and setting one up where a role asks for it.

use actix_web::{HttpRequest, HttpResponse, get, http::StatusCode, post, web::ServiceConfig};

use super::{
    Form, add_cookie, answered, asked,
    enter::{next, onward, with_next},
    know, one,
    sheet::Sheet,
    stale, visitor, waiting,
};
use crate::{
    foundation::error::Result,
    identity::sign_in::{
        codes::Offer,
        second::{self, Offered, Proved},
        session::{Begun, Stage},
    },
    rest::{call::services, page, problem},
};

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(show).service(take).service(show_new).service(take_new);
}

/// The session that is at `stage`; else the page to go to instead.
async fn at(http: &HttpRequest, stages: &[Stage]) -> Result<std::result::Result<Begun, HttpResponse>> {
    Ok(match page::begun(http).await? {
        Some(begun) if stages.contains(&begun.stage) => Ok(begun),
        Some(begun) if begun.stage == Stage::Open => Err(page::to(http, "/account")),
        _ => {
            Err(page::to(http, &with_next("/sign-in", next(http, asked(http, "next").as_deref()).as_deref())))
        }
    })
}

fn form(http: &HttpRequest, next: Option<&str>, csrf: &str) -> Sheet {
    Sheet::new(http, "second-factor")
        .form(http, "/second-factor", csrf)
        .hidden("next", next)
        .field("code", "code", "text", "one-time-code", "")
        .link(http, "/sign-in", "link-start-again")
}

#[get("/second-factor")]
async fn show(http: HttpRequest) -> HttpResponse {
    answered(&http, shown(&http).await)
}

async fn shown(http: &HttpRequest) -> Result<HttpResponse> {
    let begun = match at(http, &[Stage::SecondFactor]).await? {
        Ok(begun) => begun,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let next = next(http, asked(http, "next").as_deref());
    one(http, StatusCode::OK, &form(http, next.as_deref(), &begun.session.csrf))
}

#[post("/second-factor")]
async fn take(http: HttpRequest, sent: Form) -> HttpResponse {
    answered(&http, taken(&http, &sent).await)
}

async fn taken(http: &HttpRequest, sent: &Form) -> Result<HttpResponse> {
    let begun = match at(http, &[Stage::SecondFactor]).await? {
        Ok(begun) => begun,
        Err(elsewhere) => return Ok(elsewhere),
    };
    if !page::same_session(&begun.session, sent.get("csrf")) {
        return stale(http);
    }
    let (next, services) = (next(http, Some(sent.get("next"))), services(http)?);
    let again = || form(http, next.as_deref(), &begun.session.csrf);
    match second::prove(&services, &begun, sent.get("code"), &visitor(http)).await? {
        Proved::Right { cookie, device, .. } => {
            let mut response = onward(http, next.as_deref())?;
            add_cookie(&mut response, page::cookie_header(http, &cookie));
            if let Some(device) = device {
                know(http, &mut response, &device);
            }
            Ok(response)
        }
        Proved::Wrong => one(http, StatusCode::UNPROCESSABLE_ENTITY, &again().alert("code_wrong", &[])),
        Proved::Wait(seconds) => waiting(http, again(), seconds),
    }
}

/// The picture of a secret, and where the first code goes.
fn set_up(http: &HttpRequest, begun: &Begun, next: Option<&str>, offer: Offer) -> Sheet {
    let key = if begun.stage == Stage::Enrol { "second-factor-needed" } else { "second-factor-new" };
    Sheet::new(http, key)
        .picture(Some(offer.picture), offer.typed)
        .form(http, "/second-factor/new", &begun.session.csrf)
        .hidden("next", next)
        .field("code", "code-first", "text", "one-time-code", "")
}

/// Whoever is signed in for a while is asked for the password before a secret is shown.
fn password_first(http: &HttpRequest, begun: &Begun, next: Option<&str>) -> Sheet {
    Sheet::new(http, "second-factor-password")
        .form(http, "/second-factor/new", &begun.session.csrf)
        .hidden("next", next)
        .field("password", "password", "password", "current-password", "")
}

#[get("/second-factor/new")]
async fn show_new(http: HttpRequest) -> HttpResponse {
    answered(&http, shown_new(&http).await)
}

async fn shown_new(http: &HttpRequest) -> Result<HttpResponse> {
    let begun = match at(http, &[Stage::Enrol, Stage::Open]).await? {
        Ok(begun) => begun,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let next = next(http, asked(http, "next").as_deref());
    if begun.account.totp_confirmed_at.is_some() {
        return Ok(page::to(http, "/account"));
    }
    if begun.stage == Stage::Open {
        return one(http, StatusCode::OK, &password_first(http, &begun, next.as_deref()));
    }
    match second::offer(&services(http)?, &begun, &problem::request_id(http)).await? {
        Some(offer) => one(http, StatusCode::OK, &set_up(http, &begun, next.as_deref(), offer)),
        None => Ok(page::to(http, "/account")),
    }
}

#[post("/second-factor/new")]
async fn take_new(http: HttpRequest, sent: Form) -> HttpResponse {
    answered(&http, taken_new(&http, &sent).await)
}

async fn taken_new(http: &HttpRequest, sent: &Form) -> Result<HttpResponse> {
    let begun = match at(http, &[Stage::Enrol, Stage::Open]).await? {
        Ok(begun) => begun,
        Err(elsewhere) => return Ok(elsewhere),
    };
    if !page::same_session(&begun.session, sent.get("csrf")) {
        return stale(http);
    }
    let next = next(http, Some(sent.get("next")));
    if begun.stage == Stage::Open && !sent.has("code") {
        return password_taken(http, &begun, sent.get("password"), next.as_deref()).await;
    }
    let services = services(http)?;
    let proved = second::confirm(&services, &begun, sent.get("code"), &visitor(http)).await?;
    if let Proved::Right { cookie, paper, device } = proved {
        let on = next.unwrap_or_else(|| "/account".to_owned());
        let sheet = Sheet::new(http, "paper").picture(None, paper.join("  ")).link(http, &on, "link-onward");
        let mut response = one(http, StatusCode::OK, &sheet)?;
        add_cookie(&mut response, page::cookie_header(http, &cookie));
        if let Some(device) = device {
            know(http, &mut response, &device);
        }
        return Ok(response);
    }
    let Some(offer) = second::offered(&services, &begun)? else { return Ok(page::to(http, "/account")) };
    let sheet = set_up(http, &begun, next.as_deref(), offer);
    match proved {
        Proved::Wait(seconds) => waiting(http, sheet, seconds),
        _ => one(http, StatusCode::UNPROCESSABLE_ENTITY, &sheet.alert("code_wrong", &[])),
    }
}

async fn password_taken(
    http: &HttpRequest,
    begun: &Begun,
    password: &str,
    next: Option<&str>,
) -> Result<HttpResponse> {
    let asked = || password_first(http, begun, next);
    match second::offer_for_password(&services(http)?, begun, password, &visitor(http)).await? {
        Offered::Shown(offer) => one(http, StatusCode::OK, &set_up(http, begun, next, offer)),
        Offered::Wrong => one(http, StatusCode::UNPROCESSABLE_ENTITY, &asked().alert("password_wrong", &[])),
        Offered::Over => Ok(page::to(http, "/account")),
        Offered::Wait(seconds) => waiting(http, asked(), seconds),
    }
}
