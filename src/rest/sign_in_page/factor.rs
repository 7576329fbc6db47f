//! `/second-factor`: the code at signing in, and setting one up where a role asks for it.

use actix_web::{HttpRequest, HttpResponse, get, http::StatusCode, post, web::ServiceConfig};

use super::{
    Form, add_cookie, answered, asked,
    enter::{next, onward, with_next},
    one,
    sheet::Sheet,
    stale, visitor, waiting,
};
use crate::{
    foundation::error::Result,
    identity::sign_in::{
        second::{self, Proved},
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
    let old = page::session_value(http).unwrap_or_default();
    let again = || form(http, next.as_deref(), &begun.session.csrf);
    match second::prove(&services, &begun, &old, sent.get("code"), &visitor(http)).await? {
        Proved::Right { cookie, .. } => {
            let mut response = onward(http, next.as_deref())?;
            add_cookie(&mut response, page::cookie_header(http, &cookie));
            Ok(response)
        }
        Proved::Wrong => one(http, StatusCode::UNPROCESSABLE_ENTITY, &again().alert("code_wrong", &[])),
        Proved::Wait(seconds) => waiting(http, again(), seconds),
    }
}

async fn set_up(http: &HttpRequest, begun: &Begun, next: Option<&str>) -> Result<Option<Sheet>> {
    let offer = second::offer(&services(http)?, begun, &problem::request_id(http)).await?;
    let Some(offer) = offer else { return Ok(None) };
    let key = if begun.stage == Stage::Enrol { "second-factor-needed" } else { "second-factor-new" };
    let sheet = Sheet::new(http, key)
        .picture(Some(offer.picture), offer.typed)
        .form(http, "/second-factor/new", &begun.session.csrf)
        .hidden("next", next)
        .field("code", "code-first", "text", "one-time-code", "");
    Ok(Some(sheet))
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
    match set_up(http, &begun, next.as_deref()).await? {
        Some(sheet) => one(http, StatusCode::OK, &sheet),
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
    let (next, services) = (next(http, Some(sent.get("next"))), services(http)?);
    let old = page::session_value(http).unwrap_or_default();
    match second::confirm(&services, &begun, &old, sent.get("code"), &visitor(http)).await? {
        Proved::Right { cookie, paper } => {
            let on = next.unwrap_or_else(|| "/account".to_owned());
            let sheet =
                Sheet::new(http, "paper").picture(None, paper.join("  ")).link(http, &on, "link-onward");
            let mut response = one(http, StatusCode::OK, &sheet)?;
            add_cookie(&mut response, page::cookie_header(http, &cookie));
            Ok(response)
        }
        Proved::Wrong => match set_up(http, &begun, next.as_deref()).await? {
            Some(sheet) => one(http, StatusCode::UNPROCESSABLE_ENTITY, &sheet.alert("code_wrong", &[])),
            None => Ok(page::to(http, "/account")),
        },
        Proved::Wait(seconds) => match set_up(http, &begun, next.as_deref()).await? {
            Some(sheet) => waiting(http, sheet, seconds),
            None => Ok(page::to(http, "/account")),
        },
    }
}
