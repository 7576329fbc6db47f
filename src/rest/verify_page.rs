//! The page on which anyone checks a certificate: in Indonesian and English, without
//! scripts, on any phone, and on paper. It shows what the JSON form shows.

use actix_web::http::{StatusCode, header};
use actix_web::web::{Path, Query, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, get};
use askama::Template;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::Deserialize;

use super::call::context;
use super::reply::Answer;
use crate::access::context::Ctx;
use crate::certification::certificate::dates;
use crate::certification::certificate::state::CertificateStatus;
use crate::certification::certificate::verification_id::VerificationId;
use crate::certification::certificate::verify;
use crate::certification::certificate::view::Verification;
use crate::foundation::error::{Error, Result};
use crate::foundation::language::{self, Language};

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
    let bare = |state: &'static str, tone: &'static str, asked: Option<&String>| Page {
        language,
        state,
        tone,
        checked_at: None,
        successor: None,
        facts: Vec::new(),
        found: None,
        asked: asked.map(|asked| asked.chars().filter(|c| !c.is_control()).take(60).collect()),
    };
    let page = match shown {
        Shown::Found(found) => Page {
            language,
            state: found.status.as_str(),
            tone: tone(found.status),
            checked_at: Some(checked_at(language, found.checked_at, zone)),
            successor: found.superseded_by.as_ref().map(|id| format!("/verify/{id}?lang={}", language.tag())),
            facts: facts(found, language, zone),
            found: Some(found),
            asked: None,
        },
        Shown::Unknown { asked } => bare("unknown", "unknown", Some(asked)),
        Shown::Unconfirmed { asked } => bare("unconfirmed", "revoked", Some(asked)),
        Shown::Form => bare("form", "unknown", None),
    };
    page.render().map_err(|e| Error::internal("write the verification page", e))
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
    };
    let html = render(shown, language, zone)?;
    Ok(HttpResponse::build(status)
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

#[derive(Deserialize)]
struct Asked {
    id: Option<String>,
    lang: Option<String>,
}

#[get("/verify/{id}")]
async fn verify_page(http: HttpRequest, id: Path<String>, asked: Query<Asked>) -> Answer {
    answer(&http, Some(&id), asked.lang.as_deref()).await
}

/// The form of the page itself asks here: `/verify?id=…`.
#[get("/verify")]
async fn verify_form(http: HttpRequest, asked: Query<Asked>) -> Answer {
    answer(&http, asked.id.as_deref(), asked.lang.as_deref()).await
}

#[get("/assets/verify.css")]
async fn verify_style() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "public, max-age=300"))
        .content_type("text/css; charset=utf-8")
        .body(include_str!("../../assets/verify.css"))
}

async fn answer(http: &HttpRequest, asked: Option<&str>, lang: Option<&str>) -> Answer {
    let ctx = context(http)?;
    let accept = http.headers().get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok());
    let shown = match asked {
        None => Shown::Form,
        Some(asked) => check(&ctx, asked).await?,
    };
    Ok(respond(&shown, language(lang, accept), ctx.services.settings.issuer_timezone)?)
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
        text(self.language, key)
    }

    fn t(&self, key: &str, state: &str) -> String {
        text(self.language, &format!("{key}-{state}"))
    }
}

fn text(language: Language, key: &str) -> String {
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

fn facts(found: &Verification, language: Language, zone: Tz) -> Vec<Fact> {
    let label = |key: &str| text(language, key);
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
