//! The pages on which people sign in, agree and look after their account: one shell, one cookie, no scripts.

use actix_web::{
    HttpMessage, HttpRequest, HttpResponse,
    http::{
        Method, StatusCode,
        header::{self, HeaderName},
    },
    web::Data,
};
use askama::Template;
use url::{Url, form_urlencoded};

use super::{
    call::services,
    landing::{page_language, stylesheet},
    problem,
};
use crate::{
    access::context::Services,
    foundation::{
        error::{Error, Result},
        language::{self, Language},
    },
    identity::sign_in::{
        secret,
        session::{self, Begun, Session},
    },
};

/// The longest address to which signing in leads on, bytes: what an app asks, whose state alone may have 2048 and thrice as
/// many once it is escaped.
const LONGEST_NEXT: usize = 8_000;

/// The account that is signed in in this request's browser; the page then says so.
///
/// # Errors
/// As [`session::find`].
pub async fn session(http: &HttpRequest) -> Result<Option<Session>> {
    let services = services(http)?;
    let found = session::find(&services, cookie(http, &session_cookie(http)).as_deref()).await?;
    if let Some(found) = &found {
        http.extensions_mut().insert(Known(found.clone()));
    }
    Ok(found)
}

/// As [`session()`], also where the second factor is still missing.
///
/// # Errors
/// As [`session::begun`].
pub async fn begun(http: &HttpRequest) -> Result<Option<Begun>> {
    let services = services(http)?;
    session::begun(&services, cookie(http, &session_cookie(http)).as_deref()).await
}

/// Who is signed in, for the shell.
struct Known(Session);

/// 303 to the page that signs in, and leads back here.
pub fn to_sign_in(http: &HttpRequest) -> HttpResponse {
    let here = http.uri().path_and_query().map_or("/account", |here| here.as_str());
    let next: String = form_urlencoded::byte_serialize(here.as_bytes()).collect();
    to(http, &format!("/sign-in?next={next}"))
}

/// 303 to a page of ours, in the language that was asked for here.
pub fn to(http: &HttpRequest, path: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, in_language(http, path)))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::REFERRER_POLICY, "no-referrer"))
        .finish()
}

/// `path` with the language that this request asks for by its address, where it does.
pub fn in_language(http: &HttpRequest, path: &str) -> String {
    let asked = http.query_string().split('&').find(|pair| matches!(*pair, "lang=id" | "lang=en"));
    match asked {
        Some(pair) if !path.contains("lang=") => {
            format!("{path}{}{pair}", if path.contains('?') { '&' } else { '?' })
        }
        _ => path.to_owned(),
    }
}

/// A page: `body` is HTML of ours, in which everything that somebody else wrote is escaped.
pub fn shown(http: &HttpRequest, status: StatusCode, title: &str, body: String) -> HttpResponse {
    shown_towards(http, status, title, body, &[])
}

/// As [`shown`], where the answer to a form of the page may lead on to one of `targets`: origins (`https://app.example`)
/// or schemes (`id.example.app:`). Browsers hold what follows a form to the page's policy.
pub fn shown_towards(
    http: &HttpRequest,
    status: StatusCode,
    title: &str,
    body: String,
    targets: &[&str],
) -> HttpResponse {
    draw(http, status, title, body, targets, None)
}

/// A page that leads on to `next` by itself: a path of ours, or the address of an app that is registered. Unlike an answer 303 to a form, what comes after it is not
/// held to the policy of the page with the form: an app that somebody signs in to may be where it ends.
pub fn shown_before(http: &HttpRequest, title: &str, body: String, next: &str) -> HttpResponse {
    draw(http, StatusCode::OK, title, body, &[], Some(next))
}

fn draw(
    http: &HttpRequest,
    status: StatusCode,
    title: &str,
    body: String,
    targets: &[&str],
    onward: Option<&str>,
) -> HttpResponse {
    let language = page_language(http);
    let session = http.extensions().get::<Known>().map(|known| known.0.clone());
    let (here, stylesheet) = (here(http), stylesheet());
    let page = Page { language, title, stylesheet, here, body, session, onward };
    let html = match page.render() {
        Ok(html) => html,
        Err(error) => return problem::response(http, &Error::internal("draw a page", error)),
    };
    HttpResponse::build(status)
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::CONTENT_LANGUAGE, language.tag()))
        .insert_header((header::VARY, "Accept-Language, Cookie"))
        .insert_header((header::CONTENT_SECURITY_POLICY, policy(targets)))
        .insert_header((header::REFERRER_POLICY, "no-referrer"))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::X_FRAME_OPTIONS, "DENY"))
        .insert_header(("X-Robots-Tag", "noindex, nofollow"))
        .body(html)
}

/// Nothing runs, nothing is fetched from elsewhere, nobody frames the page, and forms lead where they should.
fn policy(targets: &[&str]) -> String {
    let mut policy = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; \
                      frame-ancestors 'none'; form-action 'self'"
        .to_owned();
    // What could end the directive, or begin another one, is no target.
    let sound = |target: &&&str| {
        !target.is_empty() && target.bytes().all(|b| b.is_ascii_graphic() && !b"\"',;*".contains(&b))
    };
    for target in targets.iter().filter(sound) {
        policy.push(' ');
        policy.push_str(target);
    }
    policy
}

/// This page's address, to which a language is added. A page that answers a form is asked for anew without what was sent.
fn here(http: &HttpRequest) -> String {
    // What a provider sent along is good once, and nothing that a page repeats.
    if http.path().starts_with("/sign-in/back/") {
        return "/sign-in?".to_owned();
    }
    let kept = http.query_string().split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("lang="));
    let kept: Vec<&str> = kept.collect();
    let glue = if kept.is_empty() { "" } else { "&" };
    let path = match http.path() {
        // What only takes forms has no page of its own.
        "/sign-out" => "/sign-in",
        path if http.method() == Method::POST && path.starts_with("/account/") => "/account",
        path => path,
    };
    format!("{path}?{}{glue}", kept.join("&"))
}

/// What went wrong, as a page for people.
pub fn refusal(http: &HttpRequest, error: &Error) -> HttpResponse {
    let status = problem::status(error);
    if let Error::Internal { what, .. } = error {
        tracing::error!(what, request_id = problem::request_id(http), "internal error");
    }
    let language = page_language(http);
    let title = language::of_code(language, "page_trouble", &[]);
    let told = language::of_error(language, error);
    let body = Trouble { title: &title, told: &told }.render().unwrap_or_default();
    let mut response = shown(http, status, &title, body);
    if let Error::TooMany(seconds) = error {
        response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from(*seconds));
    } else if status == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from_static("1"));
    }
    response
}

/// Whether a form came from a page of this session.
pub fn same_session(session: &Session, csrf: &str) -> bool {
    secret::same(&session.csrf, csrf)
}

/// `next`, where it is a path of this service and nothing else: no other host, however it is written.
pub fn own_path(http: &HttpRequest, next: &str) -> Option<String> {
    let plain = next.len() <= LONGEST_NEXT && next.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    if !plain || !next.starts_with('/') || next.starts_with("//") {
        return None;
    }
    let base = Url::parse(&services(http).ok()?.settings.public_url).ok()?;
    let whole = base.join(next).ok()?;
    (whole.origin() == base.origin()).then(|| next.to_owned())
}

/// Whether browsers reach the service over TLS.
fn is_secure(http: &HttpRequest) -> bool {
    let services = http.app_data::<Data<Services>>();
    services.is_some_and(|services| services.settings.public_url.starts_with("https://"))
}

/// The name of a cookie of ours: only this host may set one that begins with `__Host-` (RFC 6265bis, 4.1.3.2).
pub fn cookie_name(http: &HttpRequest, name: &str) -> String {
    if is_secure(http) { format!("__Host-{name}") } else { name.to_owned() }
}

fn session_cookie(http: &HttpRequest) -> String {
    if is_secure(http) { "__Host-sanggar".to_owned() } else { "sanggar-session".to_owned() }
}

/// The value of the session's cookie in this request.
pub fn session_value(http: &HttpRequest) -> Option<String> {
    cookie(http, &session_cookie(http))
}

/// The value of the cookie of this whole name.
pub fn cookie(http: &HttpRequest, name: &str) -> Option<String> {
    let lines = http.headers().get_all(header::COOKIE).filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(given, _)| *given == name).map(|(_, value)| value.to_owned())
}

/// The header that gives a browser its session; an empty value takes it away.
pub fn cookie_header(http: &HttpRequest, value: &str) -> (HeaderName, String) {
    let age = if value.is_empty() { Some(0) } else { None };
    set_cookie(http, &session_cookie(http), value, age)
}

/// The header that sets a cookie of this whole name: for this host only, out of reach of scripts, and not sent along with
/// forms of other sites. `age` in seconds; none = until the browser is closed.
pub fn set_cookie(http: &HttpRequest, name: &str, value: &str, age: Option<i64>) -> (HeaderName, String) {
    let secure = if is_secure(http) { "; Secure" } else { "" };
    let age = age.map_or_else(String::new, |age| format!("; Max-Age={age}"));
    (header::SET_COOKIE, format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}"))
}

#[derive(Template)]
#[template(path = "page.html")]
struct Page<'a> {
    language: Language,
    title: &'a str,
    stylesheet: String,
    here: String,
    body: String,
    session: Option<Session>,
    onward: Option<&'a str>,
}

impl Page<'_> {
    fn text(&self, key: &str) -> String {
        language::of_code(self.language, key, &[])
    }
}

#[derive(Template)]
#[template(
    source = r#"<section class="card card-suspended"><h1>{{ title }}</h1><p class="lead" role="alert">{{ told }}</p></section>"#,
    ext = "html"
)]
struct Trouble<'a> {
    title: &'a str,
    told: &'a str,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_leads_to_ourselves_and_to_the_named_app_only() {
        let to_app = policy(&["https://app.example", "id.example.app:"]);
        assert!(to_app.ends_with("form-action 'self' https://app.example id.example.app:"), "{to_app}");
        for bad in ["https://a; script-src *", "'unsafe-inline'", "", "a b", "*"] {
            assert!(policy(&[bad]).ends_with("form-action 'self'"), "{bad}");
        }
        assert!(!to_app.contains("script-src") && to_app.starts_with("default-src 'none'"));
    }
}
