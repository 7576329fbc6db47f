//! `/account/apps`: what apps may do for one, and a button to withdraw it.

use actix_web::{
    HttpRequest, HttpResponse, get,
    http::StatusCode,
    post,
    web::{Path, Payload, ServiceConfig},
};
use askama::Template;
use entity::{app_authorization, oauth_client};
use uuid::Uuid;

use super::authorize::in_words;
use crate::{
    certification::certificate::dates,
    foundation::{
        error::{Error, Result},
        language::{self, Language},
    },
    identity::oauth::{consent, form::Form, scopes},
    rest::{call, landing::page_language, page, problem},
};

/// Where the page is.
pub const PATH: &str = "/account/apps";
/// The most that its form may weigh, bytes.
const MAX_FORM: usize = 16 * 1024;

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(list).service(withdraw);
}

#[get("/account/apps")]
async fn list(http: HttpRequest) -> HttpResponse {
    shown(&http).await.unwrap_or_else(|error| page::refusal(&http, &error))
}

#[post("/account/apps/{id}/withdraw")]
async fn withdraw(http: HttpRequest, id: Path<Uuid>, payload: Payload) -> HttpResponse {
    withdrawn(&http, *id, payload).await.unwrap_or_else(|error| page::refusal(&http, &error))
}

async fn withdrawn(http: &HttpRequest, id: Uuid, payload: Payload) -> Result<HttpResponse> {
    let body = call::read(http, &mut payload.into_inner(), MAX_FORM).await?;
    let Some(session) = page::session(http).await? else {
        return Ok(page::to(http, "/sign-in?next=/account/apps"));
    };
    let form = Form::parse(&body);
    let csrf = form.one("csrf").ok().flatten().unwrap_or_default();
    if page::same_session(&session, csrf) {
        let services = call::services(http)?;
        consent::withdraw(&services, session.account, id, &problem::request_id(http)).await?;
    }
    Ok(page::to(http, PATH))
}

async fn shown(http: &HttpRequest) -> Result<HttpResponse> {
    let Some(session) = page::session(http).await? else { return Ok(page::to_sign_in(http)) };
    let services = call::services(http)?;
    let found = consent::of_account(services.store.reader(), session.account);
    let found = tokio::time::timeout(services.settings.read_deadline, found)
        .await
        .map_err(|_| Error::Unavailable("the database took too long".into()))??;
    let (language, zone) = (page_language(http), services.settings.issuer_timezone);
    let row = |(row, client): (app_authorization::Model, oauth_client::Model)| Row {
        id: row.id,
        app: client.name,
        homepage: client.homepage,
        scopes: scopes(&row.scopes).into_iter().map(|scope| in_words(language, scope)).collect(),
        since: dates::in_words(language, row.given_at.with_timezone(&zone).date_naive()),
        used: row.used_at.map(|at| dates::in_words(language, at.with_timezone(&zone).date_naive())),
    };
    let apps = Apps { language, csrf: &session.csrf, rows: found.into_iter().map(row).collect() };
    let body = apps.render().map_err(|e| Error::internal("draw the page of apps", e))?;
    Ok(page::shown(http, StatusCode::OK, &apps.text("apps-title"), body))
}

struct Row {
    id: Uuid,
    app: String,
    homepage: Option<String>,
    scopes: Vec<String>,
    since: String,
    used: Option<String>,
}

#[derive(Template)]
#[template(path = "apps.html")]
struct Apps<'a> {
    language: Language,
    csrf: &'a str,
    rows: Vec<Row>,
}

impl Apps<'_> {
    fn text(&self, key: &str) -> String {
        language::of_code(self.language, key, &[])
    }

    fn dated(&self, key: &str, when: &str) -> String {
        language::of_code(self.language, key, &[("when", when.to_owned())])
    }

    fn of(&self, app: &str) -> String {
        language::of_code(self.language, "apps-withdraw-of", &[("app", app.to_owned())])
    }
}
