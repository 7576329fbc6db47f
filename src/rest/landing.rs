//! The landing page: what Sanggar is and where its doors are, in both languages,
//! without a script; and the stylesheet that all pages for people share.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{self, ServiceConfig},
};
use askama::Template;

use super::{
    asset::{self, Asset},
    problem,
};
use crate::foundation::language::{self, Language};

static STYLESHEET: Asset = Asset::new("text/css; charset=utf-8", include_str!("../../assets/site.css"));
static ICON: Asset = Asset::new("image/svg+xml", include_str!("../../assets/icon.svg"));

/// What a page of ours may do: show itself in its stylesheet, send its form to us. Nothing else.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// `/`, `/assets/site.css`, `/assets/icon.svg`.
pub fn configure(config: &mut ServiceConfig) {
    config
        .route("/", web::get().to(page))
        .route("/assets/site.css", web::get().to(async |http: HttpRequest| STYLESHEET.answer(&http)))
        .route("/assets/icon.svg", web::get().to(async |http: HttpRequest| ICON.answer(&http)));
}

/// The stylesheet's address with its version, which a browser keeps for a year.
pub fn stylesheet() -> String {
    format!("/assets/site.css?v={}", STYLESHEET.version())
}

/// The language of a page: `?lang=` before `Accept-Language`, Indonesian without either.
pub fn page_language(http: &HttpRequest) -> Language {
    let asked = http.query_string().split('&').find_map(|pair| pair.strip_prefix("lang="));
    match asked {
        Some("id") => Language::Indonesian,
        Some("en") => Language::English,
        _ => problem::language(http),
    }
}

#[derive(Template)]
#[template(path = "landing.html")]
struct Landing {
    language: Language,
    stylesheet: String,
    version: &'static str,
}

impl Landing {
    fn text(&self, key: &str) -> String {
        language::text(self.language, key, &[]).unwrap_or_default()
    }

    fn part(&self, name: &str, part: &str) -> String {
        self.text(&format!("landing-{name}-{part}"))
    }
}

async fn page(http: HttpRequest) -> HttpResponse {
    let language = page_language(&http);
    let page = Landing { language, stylesheet: stylesheet(), version: env!("CARGO_PKG_VERSION") };
    let html = match page.render() {
        Ok(html) => html,
        Err(error) => {
            return problem::response(
                &http,
                &crate::foundation::error::Error::internal("draw the landing page", error),
            );
        }
    };
    let version = asset::version_of(&html);
    let mut response =
        asset::answer(&http, "text/html; charset=utf-8", &version, "public, no-cache", || html);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, header::HeaderValue::from_static(POLICY));
    headers.insert(header::CONTENT_LANGUAGE, header::HeaderValue::from_static(language.tag()));
    headers.insert(header::VARY, header::HeaderValue::from_static("Accept-Language"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::{App, http::StatusCode, test};

    async fn get(path: &str, headers: &[(&str, &str)]) -> (StatusCode, header::HeaderMap, String) {
        let app = test::init_service(App::new().configure(configure)).await;
        let mut request = test::TestRequest::get().uri(path);
        for header in headers {
            request = request.insert_header(*header);
        }
        let response = test::call_service(&app, request.to_request()).await;
        let (status, headers) = (response.status(), response.headers().clone());
        (status, headers, String::from_utf8(test::read_body(response).await.to_vec()).unwrap())
    }

    #[actix_web::test]
    async fn the_page_speaks_the_readers_language_and_the_one_chosen_before_that() {
        for (path, accept, tag) in [
            ("/", "", "id"),
            ("/", "en-GB,en;q=0.9", "en"),
            ("/?lang=id", "en", "id"),
            ("/?lang=en", "id", "en"),
            ("/?lang=xx", "en", "en"),
        ] {
            let (status, headers, html) = get(path, &[("accept-language", accept)]).await;
            assert_eq!(status, StatusCode::OK);
            assert!(html.contains(&format!("<html lang=\"{tag}\">")), "{path} {accept}");
            assert_eq!(headers.get("content-language").unwrap(), tag);
        }
    }

    #[actix_web::test]
    async fn the_page_has_every_door_every_word_and_no_script() {
        for lang in ["id", "en"] {
            let (_, headers, html) = get(&format!("/?lang={lang}"), &[]).await;
            for door in ["/explorer", "/graphiql", "/openapi.json", "/schema.graphql", "/livez", "/readyz"] {
                assert!(html.contains(&format!("href=\"{door}\"")), "{door}");
            }
            assert!(html.contains("action=\"/verify\" method=\"get\""));
            for empty in [
                "></h1>",
                "></h2>",
                "\"></a>",
                "<p></p>",
                "<dd></dd>",
                "<dt></dt>",
                "></label>",
                "landing-",
                "{",
            ] {
                assert!(!html.contains(empty), "{lang}: {empty}");
            }
            assert!(!html.contains("<script") && !html.contains("style="));
            let policy = headers.get("content-security-policy").unwrap().to_str().unwrap();
            assert!(
                policy.starts_with("default-src 'none'")
                    && !policy.contains("unsafe")
                    && !policy.contains("script-src")
            );
        }
    }

    #[actix_web::test]
    async fn what_a_browser_has_is_not_sent_again() {
        for path in ["/", "/assets/site.css", "/assets/icon.svg"] {
            let (status, headers, body) = get(path, &[]).await;
            assert_eq!(status, StatusCode::OK);
            assert!(!body.is_empty());
            let etag = headers.get("etag").unwrap().to_str().unwrap().to_owned();
            for tag in [etag.clone(), format!("W/{etag}"), format!("\"other\", {etag}")] {
                let (status, _, body) = get(path, &[("if-none-match", &tag)]).await;
                assert_eq!((status, body.as_str()), (StatusCode::NOT_MODIFIED, ""), "{path} {tag}");
            }
            assert_eq!(get(path, &[("if-none-match", "\"other\"")]).await.0, StatusCode::OK);
        }
    }

    #[actix_web::test]
    async fn the_stylesheet_is_kept_for_long_only_under_its_own_version() {
        let cache = async |path: &str| {
            get(path, &[]).await.1.get("cache-control").unwrap().to_str().unwrap().to_owned()
        };
        assert!(cache(&stylesheet()).await.contains("immutable"));
        assert_eq!(cache("/assets/site.css").await, "public, no-cache");
        assert_eq!(cache("/assets/site.css?v=0000000000000000").await, "public, no-cache");
    }
}
