//! The way to an upstream provider and back: two addresses, and a page for each way in which it may not work.

use std::sync::Arc;

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{self, HeaderName, HeaderValue},
    },
    web::{self, Data, Path, ServiceConfig},
};
use askama::Template;
use url::form_urlencoded;

use super::{call::services, landing::page_language, page, problem};
use crate::{
    access::{context::Services, provider::Provider},
    foundation::{
        error::{Error, Result},
        language::{self, Language},
    },
    identity::{
        sign_in::session::Stage,
        upstream::{self, Arrived, Back, COOKIE_SECONDS, Refusal, Started, Step, Upstream},
    },
};

/// What the browser keeps while somebody is at a provider.
const COOKIE: &str = "sanggar-provider";

/// `/sign-in/with/{provider}` and `/sign-in/back/{provider}`.
pub fn configure(config: &mut ServiceConfig) {
    config
        .route("/sign-in/with/{provider}", web::get().to(with))
        .route("/sign-in/back/{provider}", web::get().to(back));
}

/// Sends the browser to a provider.
async fn with(http: HttpRequest, name: Path<String>) -> HttpResponse {
    let next = asked(&http, "next").and_then(|next| page::own_path(&http, &next));
    match begun(&http, &name, next.as_deref().unwrap_or("/account")).await {
        Ok((_, Ok(Started { location, browser }))) => {
            let mut response = HttpResponse::SeeOther()
                .insert_header((header::LOCATION, location))
                .insert_header((header::CACHE_CONTROL, "no-store"))
                .insert_header((header::REFERRER_POLICY, "no-referrer"))
                .finish();
            give(&mut response, page::set_cookie(&http, &cookie(&http), &browser, Some(COOKIE_SECONDS)));
            response
        }
        Ok((provider, Err(refusal))) => refused(&http, &provider, refusal),
        Err(error) => page::refusal(&http, &error),
    }
}

async fn begun(
    http: &HttpRequest,
    name: &str,
    next: &str,
) -> Result<(Provider, std::result::Result<Started, Refusal>)> {
    let (services, upstream) = (services(http)?, known(http)?);
    let provider = upstream::provider(&services, name)?.clone();
    let (language, id) = (page_language(http), problem::request_id(http));
    let started = upstream::start(&services, &upstream, &provider, next, language, &id).await?;
    Ok((provider, started))
}

/// Takes the browser back from a provider.
async fn back(http: HttpRequest, name: Path<String>) -> HttpResponse {
    let came = match (services(&http), known(&http)) {
        (Ok(services), Ok(upstream)) => match upstream::provider(&services, &name).cloned() {
            Ok(provider) => (arrived(&http, &services, &upstream, &provider).await, provider),
            Err(error) => return page::refusal(&http, &error),
        },
        (Err(error), _) | (_, Err(error)) => return page::refusal(&http, &error),
    };
    let mut response = match came {
        (Ok(Ok(Arrived { cookie, stage, next })), _) => {
            let mut response = page::to(&http, &onward(stage, &next));
            give(&mut response, page::cookie_header(&http, &cookie));
            response
        }
        (Ok(Err(refusal)), provider) => refused(&http, &provider, refusal),
        (Err(error), _) => page::refusal(&http, &error),
    };
    // Whatever came of it, this way was gone once.
    give(&mut response, page::set_cookie(&http, &cookie(&http), "", Some(0)));
    response
}

async fn arrived(
    http: &HttpRequest,
    services: &Arc<Services>,
    upstream: &Upstream,
    provider: &Provider,
) -> Step<Arrived> {
    let back = Back {
        state: asked(http, "state"),
        code: asked(http, "code"),
        error: asked(http, "error"),
        iss: asked(http, "iss"),
        browser: page::cookie(http, &cookie(http)),
    };
    upstream::finish(services, upstream, provider, back, &problem::request_id(http)).await
}

/// Where signing in goes on: to the second factor where one is in force or asked for, else where they wanted to go.
fn onward(stage: Stage, next: &str) -> String {
    let page = match stage {
        Stage::Open => return next.to_owned(),
        Stage::SecondFactor => "/second-factor",
        Stage::Enrol => "/second-factor/new",
    };
    let next: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
    format!("{page}?next={next}")
}

fn known(http: &HttpRequest) -> Result<Data<Upstream>> {
    let found = http.app_data::<Data<Upstream>>().cloned();
    found.ok_or_else(|| Error::internal("a provider's page", "the application has no providers"))
}

fn cookie(http: &HttpRequest) -> String {
    page::cookie_name(http, COOKIE)
}

/// A parameter that is there once; one that is there twice counts as none (RFC 6749, section 3.1).
fn asked(http: &HttpRequest, name: &str) -> Option<String> {
    let mut found = form_urlencoded::parse(http.query_string().as_bytes()).filter(|(given, _)| given == name);
    let first = found.next();
    match found.next() {
        None => first.map(|(_, value)| value.into_owned()),
        Some(_) => None,
    }
}

fn give(response: &mut HttpResponse, (name, value): (HeaderName, String)) {
    if let Ok(value) = HeaderValue::from_str(&value) {
        response.headers_mut().append(name, value);
    }
}

/// Why somebody was not signed in, and what to do.
fn refused(http: &HttpRequest, provider: &Provider, refusal: Refusal) -> HttpResponse {
    let request_id = problem::request_id(http);
    tracing::info!(provider = provider.name, refusal = refusal.code(), request_id, "nobody was signed in");
    metrics::counter!("sanggar_upstream_refusals_total", "reason" => refusal.code()).increment(1);
    let language = page_language(http);
    let told = |part: &str| told(language, &format!("upstream-{}-{part}", refusal.code()), provider);
    let (title, text) = (told("title"), told("text"));
    let again = language::of_code(language, "upstream-back-to-sign-in", &[]);
    let id = language::of_code(language, "upstream-request", &[("id", request_id)]);
    let sign_in = page::in_language(http, "/sign-in");
    let body = RefusedPage { title: &title, text: &text, again: &again, id: &id, sign_in: &sign_in };
    let body = body.render().unwrap_or_default();
    let mut response = page::shown(http, status(refusal), &title, body);
    if refusal == Refusal::Away {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("30"));
    }
    response
}

fn told(language: Language, key: &str, provider: &Provider) -> String {
    language::of_code(language, key, &[("provider", provider.label.clone())])
}

const fn status(refusal: Refusal) -> StatusCode {
    match refusal {
        Refusal::Away => StatusCode::SERVICE_UNAVAILABLE,
        Refusal::Lost => StatusCode::BAD_REQUEST,
        _ => StatusCode::FORBIDDEN,
    }
}

#[derive(Template)]
#[template(
    source = r#"<section class="card card-suspended"><h1>{{ title }}</h1><p class="lead" role="alert">{{ text }}</p><p><a class="button" href="{{ sign_in }}">{{ again }}</a></p><p class="note">{{ id }}</p></section>"#,
    ext = "html"
)]
struct RefusedPage<'a> {
    title: &'a str,
    text: &'a str,
    again: &'a str,
    id: &'a str,
    sign_in: &'a str,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_has_words_that_name_no_key() {
        for refusal in Refusal::ALL {
            for language in [Language::Indonesian, Language::English] {
                for part in ["title", "text"] {
                    let key = format!("upstream-{}-{part}", refusal.code());
                    assert!(language::text(language, &key, &[]).is_some(), "{key}");
                }
            }
        }
    }

    #[test]
    fn signing_in_goes_on_where_it_was_to_go_unless_a_second_factor_is_asked_for() {
        assert_eq!(onward(Stage::Open, "/oauth/authorize?a=b"), "/oauth/authorize?a=b");
        let further = onward(Stage::SecondFactor, "/oauth/authorize?a=b&c");
        assert!(further.ends_with("?next=%2Foauth%2Fauthorize%3Fa%3Db%26c"), "{further}");
    }
}
