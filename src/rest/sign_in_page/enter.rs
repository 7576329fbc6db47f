//! `/sign-in` and `/sign-out`.

use actix_web::{HttpRequest, HttpResponse, get, http::StatusCode, post, web::ServiceConfig};
use url::form_urlencoded;

use super::{
    Form, add_cookie, answered, asked, form_token, is_ours, know, one_with_token, sheet::Sheet, stale,
    visitor, waiting,
};
use crate::{
    foundation::{error::Result, language},
    identity::{
        protocol,
        sign_in::{
            enter::{self, Entered},
            session::{self, Stage},
        },
        upstream,
    },
    rest::{call::services, landing::page_language, page, problem},
};

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(show).service(take).service(leave);
}

/// Where signing in leads.
pub(super) fn next(http: &HttpRequest, given: Option<&str>) -> Option<String> {
    given.and_then(|next| page::own_path(http, next))
}

/// `path` with where it leads on.
pub(super) fn with_next(path: &str, next: Option<&str>) -> String {
    match next {
        Some(next) => {
            let next: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
            format!("{path}?next={next}")
        }
        None => path.to_owned(),
    }
}

/// On to where somebody wanted to go. What is not a page of the account may lead to an app, to which an answer to a form
/// must not: such a page is led to by another one.
pub(super) fn onward(http: &HttpRequest, next: Option<&str>) -> Result<HttpResponse> {
    match next {
        None => Ok(page::to(http, "/account")),
        Some(next) if next.starts_with("/account") => Ok(page::to(http, next)),
        Some(next) => {
            let sheet = Sheet::new(http, "signed-in").link(http, next, "link-onward");
            let next = page::in_language(http, next);
            Ok(page::shown_before(http, sheet.title(), sheet.html()?, &next))
        }
    }
}

fn form(http: &HttpRequest, login: &str, next: Option<&str>, token: &str) -> Sheet {
    Sheet::new(http, "sign-in")
        .form(http, "/sign-in", token)
        .hidden("next", next)
        .field("login", "login", "text", "username", login)
        .field("password", "password", "password", "current-password", "")
        .link(http, "/reset", "link-reset")
}

#[get("/sign-in")]
async fn show(http: HttpRequest) -> HttpResponse {
    answered(&http, shown(&http).await)
}

/// The buttons of the providers with which people may sign in instead.
fn providers(http: &HttpRequest, mut sheet: Sheet, next: Option<&str>) -> Result<Sheet> {
    let language = page_language(http);
    for provider in upstream::providers(&*services(http)?) {
        let words = language::of_code(language, "upstream-with", &[("provider", provider.label.clone())]);
        let path = with_next(&format!("/sign-in/with/{}", provider.name), next);
        sheet = sheet.link_in_words(http, &path, words);
    }
    Ok(sheet)
}

async fn shown(http: &HttpRequest) -> Result<HttpResponse> {
    let next = next(http, asked(http, "next").as_deref());
    if page::session(http).await?.is_some() {
        return onward(http, next.as_deref());
    }
    let token = form_token(http)?;
    let mut sheet = providers(http, form(http, "", next.as_deref(), &token), next.as_deref())?;
    if asked(http, "set").is_some() {
        sheet = sheet.note("password-is-set");
    }
    one_with_token(http, StatusCode::OK, &sheet, &token)
}

#[post("/sign-in")]
async fn take(http: HttpRequest, sent: Form) -> HttpResponse {
    answered(&http, taken(&http, &sent).await)
}

async fn taken(http: &HttpRequest, sent: &Form) -> Result<HttpResponse> {
    if !is_ours(http, sent) {
        return stale(http);
    }
    let (services, visitor) = (services(http)?, visitor(http));
    let next = next(http, Some(sent.get("next")));
    let login = sent.get("login");
    let entered = enter::with_password(&services, login, sent.get("password"), &visitor).await?;
    let token = form_token(http)?;
    let again = || form(http, login, next.as_deref(), &token);
    match entered {
        Entered::Begun { cookie, stage, device } => {
            let mut response = match stage {
                Stage::Open => onward(http, next.as_deref())?,
                Stage::SecondFactor => page::to(http, &with_next("/second-factor", next.as_deref())),
                Stage::Enrol => page::to(http, &with_next("/second-factor/new", next.as_deref())),
            };
            add_cookie(&mut response, page::cookie_header(http, &cookie));
            if let Some(device) = device {
                know(http, &mut response, &device);
            }
            Ok(response)
        }
        Entered::Wrong => {
            let sheet = again().alert("sign_in_wrong", &[]);
            one_with_token(http, StatusCode::UNPROCESSABLE_ENTITY, &sheet, &token)
        }
        Entered::Wait(seconds) => waiting(http, again(), seconds),
    }
}

#[post("/sign-out")]
async fn leave(http: HttpRequest, sent: Form) -> HttpResponse {
    answered(&http, left(&http, &sent).await)
}

async fn left(http: &HttpRequest, sent: &Form) -> Result<HttpResponse> {
    let mut over = false;
    if let (Some(begun), Some(cookie)) = (page::begun(http).await?, page::session_value(http)) {
        if !page::same_session(&begun.session, sent.get("csrf")) {
            return stale(http);
        }
        let (subject, request) = (begun.account.id.to_string(), problem::request_id(http));
        protocol::write(&services(http)?, "session.end", &subject, &request, move |tx| {
            let cookie = cookie.clone();
            Box::pin(async move { session::end(tx, &cookie).await })
        })
        .await?;
        over = true;
    }
    let title = language::of_code(page_language(http), "signed_out_title", &[]);
    let sheet = Sheet::new(http, "signed-out").link(http, "/sign-in", "link-sign-in");
    let mut response = page::shown(http, StatusCode::OK, &title, sheet.html()?);
    // Who comes without a session, as from a form of elsewhere, has nothing to lose here.
    if over {
        add_cookie(&mut response, page::cookie_header(http, ""));
    }
    Ok(response)
}
