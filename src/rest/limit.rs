//! At the door: requests that are too large to look at, callers who asked too much, and what every answer tells about
//! the quota (draft-ietf-httpapi-ratelimit-headers-10).

use std::net::IpAddr;

use actix_web::{
    Error as ActixError, HttpMessage, HttpRequest,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        StatusCode,
        header::{HeaderMap, HeaderName, HeaderValue},
    },
    middleware::Next,
    web::Data,
};

use super::{
    address::client_address,
    call::{self, Through},
    problem,
};
use crate::{
    access::actor::Actor,
    foundation::error::{Error, Result},
    identity::limit::{Limiter, Standing, places::Place},
};

/// Bytes of the address of a request with its query.
pub const ADDRESS_BYTES: usize = 32 * 1024;
/// Bytes of all headers of a request.
pub const HEADER_BYTES: usize = 48 * 1024;
/// Headers of a request.
pub const HEADERS: usize = 80;

const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");
const RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// Who a request's token stands for, or why it goes no further; looked up once at the door.
pub struct Seen(pub Result<Actor>);

/// What costs the database nothing: probes, contracts, what tells clients about the service, and what pages are made of.
const EXEMPT: &[&str] = &[
    "/",
    "/livez",
    "/readyz",
    "/metrics",
    "/openapi.json",
    "/schema.graphql",
    "/.well-known/oauth-authorization-server",
    "/.well-known/oauth-protected-resource",
    "/explorer",
];
/// The same, with all that lies below.
const EXEMPT_BELOW: &[&str] = &["/assets/", "/explorer/"];

/// Everything else is counted, so what is new is counted until somebody says otherwise.
fn is_counted(path: &str) -> bool {
    !EXEMPT.contains(&path) && !EXEMPT_BELOW.iter().any(|start| path.starts_with(start))
}

/// Where systems prove themselves by what they send along, so that at the door they are an address only.
const FOR_SYSTEMS: &[&str] = &["/oauth/token", "/oauth/introspect", "/oauth/revoke"];

/// Wraps the whole application, inside the edge, which adds to the answer what is told about the quota.
pub async fn limit<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> std::result::Result<ServiceResponse<BoxBody>, ActixError> {
    if let Some((status, code)) = oversized(request.request()) {
        let answer = problem::refused(request.request(), status, code);
        return Ok(request.into_response(answer));
    }
    let limiter = request.app_data::<Data<Limiter>>().cloned();
    let Some(limiter) = limiter.filter(|_| is_counted(seen_path(request.request()))) else {
        return next.call(request).await.map(ServiceResponse::map_into_boxed_body);
    };
    let (seen, place) = count(request.request(), &limiter).await;
    if let (Err(error @ Error::TooMany(_)), true) = (&seen, seen_path(request.request()) != "/graphql") {
        let answer = problem::response(request.request(), error);
        return Ok(request.into_response(answer));
    }
    // GraphQL words its refusals itself; it finds this one where it looks for its caller.
    request.extensions_mut().insert(Seen(seen));
    let answer = next.call(request).await.map(ServiceResponse::map_into_boxed_body);
    drop(place);
    answer
}

/// The path as the router compares it with its routes: what was written as `%76` is a `v` there.
pub(super) fn seen_path(http: &HttpRequest) -> &str {
    http.match_info().as_str()
}

/// Counts a request under whoever sent it. A token that is no good counts under the address, for whoever tries tokens.
async fn count(http: &HttpRequest, limiter: &Limiter) -> (Result<Actor>, Option<Place>) {
    let address = client_address(http);
    let seen = call::identify(http).await;
    let unknown = Actor::public();
    let actor = seen.as_ref().unwrap_or(&unknown);
    if let Some(via) = &actor.via {
        // Noted before it may be refused: whoever looks after an app sees that it asks too much.
        http.extensions_mut().insert(Through(via.client));
    }
    let standing = if FOR_SYSTEMS.contains(&seen_path(http)) {
        limiter.system(address).await
    } else {
        limiter.request(actor, address).await
    };
    http.extensions_mut().insert(standing);
    if let Some(seconds) = standing.wait {
        metrics::counter!("sanggar_limited_total", "limit" => "requests").increment(1);
        return (Err(Error::TooMany(seconds)), None);
    }
    let Some(place) = limiter.enter(actor, address) else {
        metrics::counter!("sanggar_limited_total", "limit" => "at_once").increment(1);
        return (Err(Error::TooMany(1)), None);
    };
    (seen, Some(place))
}

/// What is wrong with a request's size, before anything of it is understood.
fn oversized(http: &HttpRequest) -> Option<(StatusCode, &'static str)> {
    let address = http.uri().path_and_query().map_or(0, |whole| whole.as_str().len());
    if address > ADDRESS_BYTES {
        return Some((StatusCode::URI_TOO_LONG, "address_too_long"));
    }
    let headers = http.headers();
    let bytes: usize = headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    (headers.len() > HEADERS || bytes > HEADER_BYTES)
        .then_some((StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE, "headers_too_large"))
}

/// The node's quotas, where the application has them, and the address that a request counts under.
pub fn limiter(http: &HttpRequest) -> Option<(Data<Limiter>, IpAddr)> {
    Some((http.app_data::<Data<Limiter>>()?.clone(), client_address(http)))
}

/// Adds what is left to an answer of what is counted.
pub fn tell(http: &HttpRequest, headers: &mut HeaderMap) {
    let Some(standing) = http.extensions().get::<Standing>().copied() else { return };
    let Standing { limit, remaining, reset, .. } = standing;
    let told = [
        (RATE_LIMIT_POLICY, format!("\"default\";q={limit};w=60")),
        (RATE_LIMIT, format!("\"default\";r={remaining};t={reset}")),
    ];
    for (name, text) in told {
        if let Ok(value) = HeaderValue::from_str(&text) {
            headers.insert(name, value);
        }
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn what_is_too_large_is_refused_before_it_is_understood() {
        let asked = |request: TestRequest| oversized(&request.to_http_request()).map(|told| told.0.as_u16());
        assert_eq!(asked(TestRequest::with_uri("/v1/regions?q=a")), None);
        let long = format!("/v1/regions?q={}", "a".repeat(ADDRESS_BYTES));
        assert_eq!(asked(TestRequest::with_uri(&long)), Some(414));
        let heavy = TestRequest::default().insert_header(("x-much", "a".repeat(HEADER_BYTES)));
        assert_eq!(asked(heavy), Some(431));
        let many =
            (0..=HEADERS).fold(TestRequest::default(), |request, _| request.append_header(("x-many", "a")));
        assert_eq!(asked(many), Some(431));
    }

    #[test]
    fn what_is_counted_is_decided_by_what_the_router_sees() {
        let counted = |uri: &str| is_counted(seen_path(&TestRequest::with_uri(uri).to_http_request()));
        for uri in ["/livez", "/readyz", "/metrics", "/openapi.json", "/schema.graphql", "/", "/assets/a.css"]
        {
            assert!(!counted(uri), "{uri}");
        }
        for uri in
            ["/v1/regions", "/%761/regions", "/%6Fauth/token", "/graph%71l", "/graphql/ws", "/verify/x"]
        {
            assert!(counted(uri), "{uri}");
        }
        for uri in
            ["/second-factor", "/invitation", "/reset", "/sign-in/with/x", "/calendar/x.ics", "/nowhere"]
        {
            assert!(counted(uri), "{uri}");
        }
        // A separator that is written otherwise separates nothing.
        assert!(counted("/assets%2F..%2Fv1/regions"));
    }

    #[test]
    fn every_documented_route_is_counted() {
        let paths = super::super::openapi::DOCUMENT["paths"].as_object().unwrap();
        for path in paths.keys() {
            assert!(is_counted(path) || EXEMPT.contains(&path.as_str()), "{path}");
            assert!(!path.starts_with("/v1/") || is_counted(path), "{path}");
        }
        for path in FOR_SYSTEMS {
            assert!(is_counted(path), "{path}");
        }
    }

    #[test]
    fn every_form_of_the_pages_is_counted() {
        let sources = [
            include_str!("sign_in_page/account.rs"),
            include_str!("sign_in_page/enter.rs"),
            include_str!("sign_in_page/factor.rs"),
            include_str!("sign_in_page/link.rs"),
        ];
        let mut paths: Vec<&str> = Vec::new();
        for mark in ["#[post(\"", "#[get(\""] {
            let after = sources.iter().flat_map(|source| source.split(mark).skip(1));
            paths.extend(after.filter_map(|rest| rest.split('"').next()));
        }
        assert!(paths.len() > 10, "{paths:?}");
        for path in paths {
            assert!(is_counted(path), "{path}");
        }
    }
}
