//! The page on which anyone checks a certificate: in Indonesian and English, without
//! scripts, on any phone, and on paper. It shows what the JSON form shows.

use actix_web::http::{StatusCode, header};
use actix_web::web::{Data, Path, Query, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, get};
use askama::Template;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::call::context;
use super::problem;
use super::reply::Answer;
use crate::access::context::{Ctx, Services};
use crate::certification::certificate::dates;
use crate::certification::certificate::state::CertificateStatus;
use crate::certification::certificate::verification_id::VerificationId;
use crate::certification::certificate::verify;
use crate::certification::certificate::view::Verification;
use crate::foundation::error::{Error, Result};
use crate::foundation::language::{self, Language};
use crate::foundation::text;

/// Nothing runs, nothing is fetched from elsewhere, nobody frames the page.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// What the page shows.
#[derive(Debug, Clone)]
pub enum Shown {
    /// There is such a certificate, whatever it is worth.
    Found(Box<Verification>),
    /// There is none, or what was asked for is no verification id.
    Unknown {
        /// What was asked for, as it came.
        asked: String,
    },
    /// There is one, but what is stored is not what was issued.
    Unconfirmed {
        /// What was asked for, as it came.
        asked: String,
    },
    /// Nobody asked yet.
    Form,
    /// The registry cannot say at the moment; the status with which it does not.
    Trouble(StatusCode),
}

/// The reader's language: `?lang=id|en` where given, else `Accept-Language`, else Indonesian.
pub fn language(lang: Option<&str>, accept: Option<&str>) -> Language {
    match lang {
        Some("id") => Language::Indonesian,
        Some("en") => Language::English,
        _ => Language::from_accept(accept),
    }
}

/// The page as HTML. `zone` is the issuer's time zone, in which instants become dates.
///
/// # Errors
/// `Internal` when the template cannot be written.
pub fn render(shown: &Shown, language: Language, zone: Tz) -> Result<String> {
    let bare = |state: &'static str, tone: &'static str, asked: Option<&String>| {
        let asked = asked.map(|asked| shown_back(asked));
        let here =
            asked.as_ref().map_or_else(|| "/verify?".to_owned(), |a| format!("/verify?id={}&", encoded(a)));
        let (checked_at, successor, facts, found) = (None, None, Vec::new(), None);
        Page { language, state, tone, here, checked_at, successor, facts, found, asked }
    };
    let page = match shown {
        Shown::Found(found) => Page {
            language,
            state: found.status.as_str(),
            tone: tone(found.status),
            here: "?".to_owned(),
            checked_at: Some(checked_at(language, found.checked_at, zone)),
            successor: found.superseded_by.as_ref().map(|id| format!("/verify/{id}?lang={}", language.tag())),
            facts: facts(found, language, zone),
            found: Some(found),
            asked: None,
        },
        Shown::Unknown { asked } if is_like_a_number(asked) => bare("number", "unknown", Some(asked)),
        Shown::Unknown { asked } => bare("unknown", "unknown", Some(asked)),
        Shown::Trouble(_) => bare("trouble", "unknown", None),
        Shown::Unconfirmed { asked } => bare("unconfirmed", "revoked", Some(asked)),
        Shown::Form => bare("form", "unknown", None),
    };
    page.render().map_err(|e| Error::internal("write the verification page", e))
}

/// What was asked for, short and without what would make it look like something else.
fn shown_back(asked: &str) -> String {
    asked.chars().filter(|c| !text::deceives(*c)).take(60).collect()
}

/// A text as one value of a query string.
fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            let _ = std::fmt::Write::write_fmt(&mut out, format_args!("%{byte:02X}"));
        }
    }
    out
}

/// Whether somebody typed the printed number instead: it has strokes, which no code has.
fn is_like_a_number(asked: &str) -> bool {
    asked.contains('/') && asked.chars().any(|c| c.is_ascii_digit())
}

/// The page as an answer: 200 when found, 404 when not, 409 when it cannot be confirmed.
/// Never stored, so that no cache says "valid" after a revocation.
///
/// # Errors
/// As [`render`].
pub fn respond(shown: &Shown, language: Language, zone: Tz) -> Result<HttpResponse> {
    let status = match shown {
        Shown::Found(_) | Shown::Form => StatusCode::OK,
        Shown::Unknown { .. } => StatusCode::NOT_FOUND,
        Shown::Unconfirmed { .. } => StatusCode::CONFLICT,
        Shown::Trouble(status) => *status,
    };
    let html = render(shown, language, zone)?;
    let mut builder = HttpResponse::build(status);
    if status == StatusCode::SERVICE_UNAVAILABLE {
        builder.insert_header((header::RETRY_AFTER, "1"));
    }
    Ok(builder
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::CONTENT_LANGUAGE, language.tag()))
        .insert_header((header::VARY, "Accept-Language"))
        .insert_header((header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY))
        .insert_header((header::REFERRER_POLICY, "no-referrer"))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header(("X-Robots-Tag", "noindex, nofollow"))
        .body(html))
}

/// `/verify`, `/verify/{id}` and their style sheet.
pub fn configure(config: &mut ServiceConfig) {
    config.service(verify_page).service(verify_form).service(verify_style);
}

/// The last value of a parameter of the page; what else an address carries does not matter to a reader.
fn asked(http: &HttpRequest, name: &str) -> Option<String> {
    let pairs = Query::<Vec<(String, String)>>::from_query(http.query_string()).ok()?.into_inner();
    pairs.into_iter().rev().find(|(given, _)| given == name).map(|(_, value)| value)
}

#[get("/verify/{id}")]
async fn verify_page(http: HttpRequest, id: Path<String>) -> Answer {
    answer(&http, Some(&id)).await
}

/// Forms ask here: `/verify?id=…`. A code has a page of its own, which can be kept and passed on.
#[get("/verify")]
async fn verify_form(http: HttpRequest) -> Answer {
    let id = asked(&http, "id").filter(|id| !id.trim().is_empty());
    if let Some(code) = id.as_deref().and_then(|id| VerificationId::parse(id).ok()) {
        let lang = reader(&http).tag();
        return Ok(HttpResponse::SeeOther()
            .insert_header((header::LOCATION, format!("/verify/{code}?lang={lang}")))
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .finish());
    }
    answer(&http, id.as_deref()).await
}

fn reader(http: &HttpRequest) -> Language {
    let accept = http.headers().get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok());
    language(asked(http, "lang").as_deref(), accept)
}

#[get("/assets/verify.css")]
async fn verify_style() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "public, max-age=300"))
        .content_type("text/css; charset=utf-8")
        .body(include_str!("../../assets/verify.css"))
}

async fn answer(http: &HttpRequest, asked: Option<&str>) -> Answer {
    let services = http
        .app_data::<Data<Services>>()
        .ok_or_else(|| Error::internal("the verification page", "the application has no services"))?;
    let shown = match look(http, asked).await {
        Ok(shown) => shown,
        Err(error) if is_for_people(http) => {
            if let Error::Internal { what, .. } = &error {
                tracing::error!(what, request_id = problem::request_id(http), "internal error");
            }
            Shown::Trouble(problem::status(&error))
        }
        Err(error) => return Err(error.into()),
    };
    Ok(respond(&shown, reader(http), services.settings.issuer_timezone)?)
}

async fn look(http: &HttpRequest, asked: Option<&str>) -> Result<Shown> {
    match asked {
        None => Ok(Shown::Form),
        Some(asked) => check(&context(http).await?, asked).await,
    }
}

/// Whether a browser asks, which shows its reader what comes.
fn is_for_people(http: &HttpRequest) -> bool {
    let accept = http.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/html"))
}

async fn check(ctx: &Ctx, asked: &str) -> Result<Shown> {
    let Ok(id) = VerificationId::parse(asked) else { return Ok(Shown::Unknown { asked: asked.to_owned() }) };
    match verify::find(ctx, id).await {
        Ok(found) => Ok(Shown::Found(Box::new(found))),
        Err(Error::NotFound(_)) => Ok(Shown::Unknown { asked: asked.to_owned() }),
        Err(Error::Conflict(_)) => Ok(Shown::Unconfirmed { asked: asked.to_owned() }),
        Err(error) => Err(error),
    }
}

#[derive(Template)]
#[template(path = "verify.html")]
struct Page<'a> {
    language: Language,
    /// Last part of the keys of its texts.
    state: &'static str,
    /// Last part of its class names.
    tone: &'static str,
    /// This page's address, to which a language is added.
    here: String,
    checked_at: Option<String>,
    successor: Option<String>,
    facts: Vec<Fact>,
    found: Option<&'a Verification>,
    asked: Option<String>,
}

struct Fact {
    label: String,
    value: String,
    note: Option<String>,
    /// Whether it is compared letter by letter.
    code: bool,
}

impl Page<'_> {
    fn text(&self, key: &str) -> String {
        words(self.language, key)
    }

    fn t(&self, key: &str, state: &str) -> String {
        words(self.language, &format!("{key}-{state}"))
    }
}

fn words(language: Language, key: &str) -> String {
    language::of_code(language, key, &[])
}

/// Colours of the shared style sheet; what is neither good nor bad is a warning.
fn tone(status: CertificateStatus) -> &'static str {
    match status {
        CertificateStatus::Valid => "valid",
        CertificateStatus::Revoked => "revoked",
        CertificateStatus::Suspended | CertificateStatus::Superseded | CertificateStatus::Expired => {
            "suspended"
        }
    }
}

fn checked_at(language: Language, now: DateTime<Utc>, zone: Tz) -> String {
    let now = now.with_timezone(&zone);
    let when = format!("{}, {}", dates::in_words(language, now.date_naive()), now.format("%H:%M %Z"));
    language::of_code(language, "verify_checked_at", &[("when", when)])
}

/// Place of the way of learning among the facts.
const WAY: usize = 3;

fn facts(found: &Verification, language: Language, zone: Tz) -> Vec<Fact> {
    let label = |key: &str| words(language, key);
    let fact = |key: &str, value: String| Fact { label: label(key), value, note: None, code: false };
    let day = |at: DateTime<Utc>| dates::in_words(language, at.with_timezone(&zone).date_naive());
    let hours = language::of_code(language, "verify_hours", &[("jp", found.hours_jp.to_string())]);
    let way = format!("verify-way-{}", found.kind);
    let until = found.valid_until.map_or_else(|| label("verify-for-ever"), |d| dates::in_words(language, d));
    let mut facts = vec![
        Fact { note: Some(label("verify-hours-note")), ..fact("verify-hours-label", hours) },
        fact("verify-provider", found.provider_name.clone()),
        fact("verify-days", dates::span_in_words(language, found.starts_on, found.ends_on)),
        fact("verify-way", label(&way)),
        Fact { code: true, ..fact("verify-number", found.number.clone()) },
        fact("verify-issued", day(found.issued_at)),
    ];
    if let Some(community) = &found.community_name {
        facts.insert(WAY + 1, fact("verify-community", community.clone()));
    }
    let decided = matches!(
        found.status,
        CertificateStatus::Revoked | CertificateStatus::Suspended | CertificateStatus::Superseded
    );
    match found.status_since {
        Some(at) if decided => {
            facts.push(fact(&format!("verify-since-{}", found.status.as_str()), day(at)));
        }
        _ => facts.push(fact("verify-valid-until", until)),
    }
    let id = VerificationId::parse(&found.verification_id);
    let id = id.map_or_else(|_| found.verification_id.clone(), |id| id.grouped());
    facts.push(Fact { code: true, ..fact("verify-code", id) });
    facts
}

#[cfg(test)]
mod tests;
