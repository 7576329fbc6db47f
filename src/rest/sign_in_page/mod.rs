//! The pages on which people sign in, out and look after their account: server-rendered, in both languages, without
//! scripts. Every form proves that it came from a page of ours.

mod account;
mod enter;
mod factor;
mod link;
mod sheet;

use std::{collections::BTreeMap, future::Future, pin::Pin};

use actix_web::{
    FromRequest, HttpMessage, HttpRequest, HttpResponse,
    dev::Payload,
    http::{StatusCode, header},
    web::ServiceConfig,
};
use url::form_urlencoded;

use self::sheet::Sheet;
use super::{address::client_address, body, call::services, page, problem, problem::Failure};
use crate::{
    foundation::error::{Error, Result},
    identity::sign_in::{device, enter::Visitor, secret},
};

/// The most a form may weigh, bytes.
const MOST: usize = 64 * 1024;
/// How long the token of forms before signing in lasts, seconds.
const FORM_LASTS: i64 = 3600;

/// All of them.
pub fn configure(config: &mut ServiceConfig) {
    enter::configure(config);
    factor::configure(config);
    link::configure(config);
    account::configure(config);
}

/// What was filled in; of a field that came twice, the first.
pub struct Form(BTreeMap<String, String>);

impl Form {
    /// The value of a field; empty where it did not come.
    fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// Whether a field came, be it empty.
    fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }
}

impl FromRequest for Form {
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = std::result::Result<Self, Failure>>>>;

    fn from_request(http: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (http, mut payload) = (http.clone(), payload.take());
        Box::pin(async move {
            if !http.content_type().eq_ignore_ascii_case("application/x-www-form-urlencoded") {
                return Err(Error::UnsupportedMedia.into());
            }
            let bytes = body::read(&http, &mut payload, MOST).await?;
            let mut fields = BTreeMap::new();
            for (name, value) in form_urlencoded::parse(&bytes).into_owned() {
                fields.entry(name).or_insert(value);
            }
            Ok(Self(fields))
        })
    }
}

/// A page, whatever came of making it.
fn answered(http: &HttpRequest, made: Result<HttpResponse>) -> HttpResponse {
    made.unwrap_or_else(|error| page::refusal(http, &error))
}

/// A page of one sheet.
fn one(http: &HttpRequest, status: StatusCode, sheet: &Sheet) -> Result<HttpResponse> {
    Ok(page::shown(http, status, sheet.title(), sheet.html()?))
}

/// From where a request comes.
fn visitor(http: &HttpRequest) -> Visitor {
    Visitor {
        address: Some(client_address(http)),
        device: page::cookie(http, &device_cookie(http)),
        session: page::session_value(http),
        request_id: problem::request_id(http),
    }
}

fn device_cookie(http: &HttpRequest) -> String {
    page::cookie_name(http, "sanggar-device")
}

/// Makes the browser known for next time.
fn know(http: &HttpRequest, response: &mut HttpResponse, device: &str) {
    add_cookie(response, page::set_cookie(http, &device_cookie(http), device, Some(device::LASTS)));
}

fn add_cookie(response: &mut HttpResponse, (name, value): (header::HeaderName, String)) {
    if let Ok(value) = header::HeaderValue::from_str(&value) {
        response.headers_mut().append(name, value);
    }
}

fn form_cookie(http: &HttpRequest) -> String {
    page::cookie_name(http, "sanggar-form")
}

/// The token of forms before anybody is signed in: it stands in a cookie and in the form, and both must be the same.
fn form_token(http: &HttpRequest) -> Result<String> {
    let kept = page::cookie(http, &form_cookie(http)).filter(|token| secret::is_one(token));
    match kept {
        Some(token) => Ok(token),
        None => Ok(secret::fresh(&services(http)?.ids)),
    }
}

/// As [`one`], for a form before anybody is signed in: the browser keeps its token.
fn one_with_token(
    http: &HttpRequest,
    status: StatusCode,
    sheet: &Sheet,
    token: &str,
) -> Result<HttpResponse> {
    let mut response = one(http, status, sheet)?;
    add_cookie(&mut response, page::set_cookie(http, &form_cookie(http), token, Some(FORM_LASTS)));
    Ok(response)
}

/// Whether a form before signing in came from a page of ours.
fn is_ours(http: &HttpRequest, form: &Form) -> bool {
    let kept = page::cookie(http, &form_cookie(http)).filter(|token| secret::is_one(token));
    kept.is_some_and(|token| secret::same(&token, form.get("csrf")))
}

/// 403: the form did not come from a page of ours, or its page is too old.
fn stale(http: &HttpRequest) -> Result<HttpResponse> {
    let sheet = Sheet::new(http, "form-stale").link(http, "/sign-in", "link-sign-in");
    one(http, StatusCode::FORBIDDEN, &sheet)
}

/// A parameter of the address.
fn asked(http: &HttpRequest, name: &str) -> Option<String> {
    let mut pairs = form_urlencoded::parse(http.query_string().as_bytes());
    pairs.find(|(given, _)| given == name).map(|(_, value)| value.into_owned())
}

/// 429 with the time to wait.
fn waiting(http: &HttpRequest, sheet: Sheet, seconds: u64) -> Result<HttpResponse> {
    let sheet = sheet.alert("sign_in_wait", &[("seconds", seconds.to_string())]);
    let mut response = one(http, StatusCode::TOO_MANY_REQUESTS, &sheet)?;
    response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from(seconds));
    Ok(response)
}
