//! The page on which a person decides what an app may do for them (RFC 6749, section 3.1).
//!
//! What the app asks stands in the address, and is judged anew when the decision comes back: a form carries the decision
//! and the session's own mark, and nothing that was already judged.

use std::{sync::Arc, time::Duration};

use actix_web::{
    HttpRequest, HttpResponse, get,
    http::{StatusCode, header},
    post,
    web::{Payload, ServiceConfig},
};
use askama::Template;
use entity::oauth_client;
use url::Url;

use crate::{
    access::{context::Services, oauth_scope::OAuthScope},
    foundation::{
        error::{Error, Result},
        language::{self, Language},
    },
    identity::{
        oauth::{
            authorize::{self, Dead, Refusal, Request, Verdict},
            consent::{self, Agreeing},
            form::Form,
            metadata,
        },
        protocol::{OAuthError, Refused},
        sign_in::session::Session,
    },
    rest::{call, landing::page_language, page, problem},
};

/// The most that a decision may weigh, bytes.
const MAX_FORM: usize = 16 * 1024;

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(ask).service(decide);
}

/// Asks the person, once they are signed in.
#[get("/oauth/authorize")]
async fn ask(http: HttpRequest) -> HttpResponse {
    answered(&http, asked(&http).await)
}

/// Takes their decision.
#[post("/oauth/authorize")]
async fn decide(http: HttpRequest, payload: Payload) -> HttpResponse {
    answered(&http, decided(&http, payload).await)
}

fn answered(http: &HttpRequest, answer: std::result::Result<HttpResponse, Refused>) -> HttpResponse {
    match answer {
        Ok(answer) => answer,
        Err(Refused::Service(error)) => page::refusal(http, &error),
        Err(Refused::OAuth(_)) => dead(http, Dead::Redirect),
    }
}

/// A request that may be decided on, with all that it takes.
struct Open {
    services: Arc<Services>,
    client: oauth_client::Model,
    request: Request,
    session: Session,
}

/// What was asked, judged; `Err` is an answer already.
async fn opened(http: &HttpRequest) -> std::result::Result<std::result::Result<Open, HttpResponse>, Refused> {
    let services = call::services(http)?;
    let form = Form::parse(http.query_string().as_bytes());
    let client = match authorize::client_id(&form) {
        Some(id) => within(&services, consent::client(services.store.reader(), id)).await?,
        None => None,
    };
    let Some(client) = client else { return Ok(Err(dead(http, Dead::Client))) };
    let request = match authorize::judge(&client, &services.settings.public_url, &form) {
        Verdict::Dead(why) => return Ok(Err(dead(http, why))),
        Verdict::Refused(refusal) => return Ok(Err(refused(&services, &refusal)?)),
        Verdict::Asked(request) => request,
    };
    let Some(session) = page::session(http).await? else { return Ok(Err(page::to_sign_in(http))) };
    Ok(Ok(Open { services, client, request, session }))
}

async fn within<T>(services: &Services, read: impl Future<Output = Result<T>>) -> Result<T> {
    let patience: Duration = services.settings.read_deadline;
    let found = tokio::time::timeout(patience, read).await;
    found.map_err(|_| Error::Unavailable("the database took too long".into()))?
}

async fn asked(http: &HttpRequest) -> std::result::Result<HttpResponse, Refused> {
    let open = match opened(http).await? {
        Ok(open) => open,
        Err(answer) => return Ok(answer),
    };
    if authorize::is_sure_of(&open.client, &open.request) {
        let reader = open.services.store.reader();
        let agreed = consent::agreed(reader, open.session.account, open.client.id);
        let agreed = within(&open.services, agreed).await?;
        if open.request.scopes.is_subset(&agreed) {
            return agreed_to(http, &open, false).await;
        }
    }
    shown(http, &open)
}

async fn decided(http: &HttpRequest, payload: Payload) -> std::result::Result<HttpResponse, Refused> {
    let body = call::read(http, &mut payload.into_inner(), MAX_FORM).await?;
    let form = Form::parse(&body);
    let open = match opened(http).await? {
        Ok(open) => open,
        Err(answer) => return Ok(answer),
    };
    let csrf = form.one("csrf")?.unwrap_or_default();
    if !page::same_session(&open.session, csrf) {
        // Another site sent it, or somebody else signed in meanwhile: nothing is decided, the page is shown anew.
        return shown(http, &open);
    }
    match form.one("decision")? {
        Some("approve") => agreed_to(http, &open, true).await,
        Some("deny") => {
            let error = OAuthError::new("access_denied", "The person did not agree.");
            let (redirect_uri, state) = (open.request.redirect_uri.clone(), open.request.state.clone());
            let refusal = Refusal { redirect_uri, state, error };
            Ok(led_back(http, &open, &refusal.address(&open.services.settings.public_url)?))
        }
        _ => shown(http, &open),
    }
}

/// Back to the app with a code (RFC 6749, section 4.1.2). Where nobody was `asked` and what was agreed to before is withdrawn
/// meanwhile, the page is shown.
async fn agreed_to(
    http: &HttpRequest,
    open: &Open,
    asked: bool,
) -> std::result::Result<HttpResponse, Refused> {
    let session = &open.session;
    let who = Agreeing { account: session.account, second_factor: session.second_factor, asked };
    let id = problem::request_id(http);
    let code = consent::give(&open.services, &who, open.client.id, &open.request, &id).await?;
    let Some(code) = code else { return shown(http, open) };
    let (answer, state) = ([("code", code.as_str())], open.request.state.as_deref());
    let issuer = &open.services.settings.public_url;
    let address = authorize::back(&open.request.redirect_uri, &answer, state, issuer)?;
    Ok(if asked { led_back(http, open, &address) } else { to(&address) })
}

/// Back to the app after a decision. Browsers hold all that follows the answer to a form to the page's `form-action`, and an
/// app may lead on to another host of its own: a page in between leads there, and is held to nothing. Where a program of this
/// device is meant nothing follows, and not every browser opens one from such a page.
fn led_back(http: &HttpRequest, open: &Open, address: &str) -> HttpResponse {
    if !address.starts_with("https://") {
        return to(address);
    }
    let language = page_language(http);
    let app = [("app", open.client.name.as_str())];
    let title = with(language, "consent-back-title", &app);
    let body = Back { title: &title, address, link: &with(language, "consent-back-link", &app) };
    page::shown_before(http, &title, body.render().unwrap_or_default(), address)
}

fn refused(services: &Services, refusal: &Refusal) -> std::result::Result<HttpResponse, OAuthError> {
    Ok(to(&refusal.address(&services.settings.public_url)?))
}

/// 303, so that a form is not sent on (RFC 9700, section 4.12).
fn to(address: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, address))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::REFERRER_POLICY, "no-referrer"))
        .finish()
}

/// What cannot be told the app.
fn dead(http: &HttpRequest, why: Dead) -> HttpResponse {
    let key = match why {
        Dead::Client => "consent-dead-client",
        Dead::Redirect => "consent-dead-redirect",
    };
    let language = page_language(http);
    let title = words(language, "consent-dead-title");
    let body =
        Lost { title: &title, why: &words(language, key), then: &words(language, "consent-dead-then") };
    page::shown(http, StatusCode::BAD_REQUEST, &title, body.render().unwrap_or_default())
}

fn shown(http: &HttpRequest, open: &Open) -> std::result::Result<HttpResponse, Refused> {
    let language = page_language(http);
    let title = with(language, "consent-title", &[("app", &open.client.name)]);
    let consent = Consent {
        language,
        title: &title,
        client: &open.client,
        name: &open.session.name,
        csrf: &open.session.csrf,
        action: format!("{}?{}", metadata::AUTHORIZE, http.query_string()),
        goes_to: destination(language, &open.request.redirect_uri),
        scopes: open.request.scopes.iter().copied().collect(),
    };
    let body = consent.render().map_err(|e| Error::internal("draw the consent page", e))?;
    let target = form_target(&open.request.redirect_uri);
    Ok(page::shown_towards(http, StatusCode::OK, &title, body, &[&target]))
}

/// Where the answer goes, as a person reads it: a host, the scheme of an app on this device, or, for an address of the
/// machine itself, that it is one.
fn destination(language: Language, redirect_uri: &str) -> String {
    let Ok(url) = Url::parse(redirect_uri) else { return String::new() };
    match (url.scheme(), url.host_str()) {
        ("https", Some(host)) => host.to_owned(),
        ("http", _) => words(language, "consent-goes-here"),
        (scheme, _) => scheme.to_owned(),
    }
}

/// The source that `form-action` must allow, for browsers hold the answer to a form to it as well. An address of the
/// machine itself may be an IPv6 one, which no source can name: there the scheme stands for it.
fn form_target(redirect_uri: &str) -> String {
    let Ok(url) = Url::parse(redirect_uri) else { return String::new() };
    match url.scheme() {
        "https" => url.origin().ascii_serialization(),
        "http" if url.host_str().is_some_and(|host| !host.starts_with('[')) => {
            url.origin().ascii_serialization()
        }
        scheme => format!("{scheme}:"),
    }
}

fn words(language: Language, key: &str) -> String {
    language::of_code(language, key, &[])
}

fn with(language: Language, key: &str, args: &[(&'static str, &str)]) -> String {
    let args: Vec<_> = args.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    language::of_code(language, key, &args)
}

/// A scope in words that a teacher understands.
pub(super) fn in_words(language: Language, scope: OAuthScope) -> String {
    words(language, &format!("scope-{}", scope.as_str()))
}

#[derive(Template)]
#[template(path = "consent.html")]
struct Consent<'a> {
    language: Language,
    title: &'a str,
    client: &'a oauth_client::Model,
    name: &'a str,
    csrf: &'a str,
    action: String,
    goes_to: String,
    scopes: Vec<OAuthScope>,
}

impl Consent<'_> {
    fn text(&self, key: &str) -> String {
        words(self.language, key)
    }

    fn named(&self, key: &str) -> String {
        let args = [("app", self.client.name.as_str()), ("name", self.name), ("to", &self.goes_to)];
        with(self.language, key, &args)
    }

    fn scope(&self, scope: &OAuthScope) -> String {
        in_words(self.language, *scope)
    }
}

#[derive(Template)]
#[template(
    source = r#"<section class="card"><h1>{{ title }}</h1><p><a href="{{ address }}" rel="noreferrer">{{ link }}</a></p></section>"#,
    ext = "html"
)]
struct Back<'a> {
    title: &'a str,
    address: &'a str,
    link: &'a str,
}

#[derive(Template)]
#[template(
    source = r#"<section class="card card-suspended"><h1>{{ title }}</h1><p class="lead" role="alert">{{ why }}</p><p>{{ then }}</p></section>"#,
    ext = "html"
)]
struct Lost<'a> {
    title: &'a str,
    why: &'a str,
    then: &'a str,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_may_lead_to_the_app_and_nowhere_else() {
        for (uri, target, told) in [
            ("https://app.test:8443/cb?x=1", "https://app.test:8443", "app.test"),
            ("http://127.0.0.1:5123/cb", "http://127.0.0.1:5123", "a program on this device"),
            ("http://[::1]:5123/cb", "http:", "a program on this device"),
            ("id.app:/cb", "id.app:", "id.app"),
        ] {
            let goes_to = destination(Language::English, uri);
            assert_eq!((form_target(uri).as_str(), goes_to.as_str()), (target, told), "{uri}");
        }
    }

    #[test]
    fn every_scope_has_words_in_both_languages() {
        for language in [Language::Indonesian, Language::English] {
            for scope in OAuthScope::ALL {
                let told = in_words(language, *scope);
                assert!(told.contains(' ') && !told.contains('_'), "{scope}: {told}");
            }
        }
    }
}
