//! `/account/sign-ins`: with which accounts elsewhere somebody signs in here, and letting go of one.

use actix_web::{
    HttpMessage, HttpRequest, HttpResponse,
    http::StatusCode,
    web::{self, Bytes, ServiceConfig},
};
use askama::Template;
use chrono::{DateTime, Utc};
use url::form_urlencoded;
use uuid::Uuid;

use super::{call::services, landing::page_language, page, problem};
use crate::{
    access::context::Services,
    certification::certificate::dates,
    foundation::{
        error::{Error, Result},
        language::{self, Language},
    },
    identity::{
        sign_in::session::Session,
        upstream::{
            self,
            linked::{Unlinked, linked, unlink},
        },
    },
};

/// `/account/sign-ins` and `/account/sign-ins/remove`.
pub fn configure(config: &mut ServiceConfig) {
    config
        .route("/account/sign-ins", web::get().to(show))
        .route("/account/sign-ins/remove", web::post().to(remove));
}

async fn show(http: HttpRequest) -> HttpResponse {
    shown(&http).await.unwrap_or_else(|error| page::refusal(&http, &error))
}

async fn shown(http: &HttpRequest) -> Result<HttpResponse> {
    let Some(session) = page::session(http).await? else { return Ok(page::to_sign_in(http)) };
    drawn(http, &session, StatusCode::OK, false).await
}

async fn remove(http: HttpRequest, sent: Bytes) -> HttpResponse {
    removed(&http, &sent).await.unwrap_or_else(|error| page::refusal(&http, &error))
}

async fn removed(http: &HttpRequest, sent: &[u8]) -> Result<HttpResponse> {
    if !http.content_type().eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        return Err(Error::UnsupportedMedia);
    }
    let Some(session) = page::session(http).await? else {
        return Ok(page::to(http, "/sign-in?next=%2Faccount%2Fsign-ins"));
    };
    let field = |name: &str| {
        let found = form_urlencoded::parse(sent).find(|(given, _)| given == name);
        found.map(|(_, value)| value.into_owned()).unwrap_or_default()
    };
    if !page::same_session(&session, &field("csrf")) {
        // It did not come from this page as it is now: it is shown again, and nothing goes.
        return drawn(http, &session, StatusCode::FORBIDDEN, false).await;
    }
    let link = Uuid::parse_str(&field("id")).map_err(|_| Error::malformed("/id", "id_malformed"))?;
    match unlink(&services(http)?, session.account, link, &problem::request_id(http)).await? {
        Unlinked::Done => Ok(page::to(http, "/account/sign-ins")),
        Unlinked::LastWayIn => drawn(http, &session, StatusCode::CONFLICT, true).await,
    }
}

async fn drawn(
    http: &HttpRequest,
    session: &Session,
    status: StatusCode,
    last: bool,
) -> Result<HttpResponse> {
    let services = services(http)?;
    let language = page_language(http);
    let rows = linked(&services, session.account).await?;
    let links = rows.iter().map(|row| Link {
        id: row.id,
        label: label(&services, &row.provider),
        since: language::of_code(
            language,
            "upstream-identity-since",
            &[
                ("linked", day(&services, language, row.linked_at)),
                ("used", day(&services, language, row.used_at)),
            ],
        ),
    });
    let body = LinkedPage {
        language,
        links: links.collect(),
        csrf: &session.csrf,
        action: page::in_language(http, "/account/sign-ins/remove"),
        account: page::in_language(http, "/account"),
        last,
    };
    let html = body.render().map_err(|error| Error::internal("draw the linked sign-ins", error))?;
    Ok(page::shown(http, status, &language::of_code(language, "upstream-identities-title", &[]), html))
}

/// What a provider is called; one that is configured no more keeps its name.
fn label(services: &Services, name: &str) -> String {
    let known = upstream::providers(services).iter().find(|provider| provider.name == name);
    known.map_or_else(|| name.to_owned(), |provider| provider.label.clone())
}

fn day(services: &Services, language: Language, at: DateTime<Utc>) -> String {
    dates::in_words(language, services.issuer_day(at))
}

struct Link {
    id: Uuid,
    label: String,
    since: String,
}

#[derive(Template)]
#[template(path = "linked.html")]
struct LinkedPage<'a> {
    language: Language,
    links: Vec<Link>,
    csrf: &'a str,
    action: String,
    account: String,
    /// Whether the only way in was to go.
    last: bool,
}

impl LinkedPage<'_> {
    fn text(&self, key: &str) -> String {
        language::of_code(self.language, key, &[])
    }
}
