//! The console at `/graphiql`: our own, because it must work offline from this program
//! and ready-made ones load from elsewhere. Plain modules, no build step.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, HeaderValue},
    web::{self, ServiceConfig},
};

use crate::rest::asset::Asset;

/// Documents to begin with, offered in the console's menu: titles in both languages, the
/// text and its variables. Each must run against the schema; the contract's tests hold it to that.
pub const EXAMPLES: &str = include_str!("examples.json");

const SCRIPT: &str = "text/javascript; charset=utf-8";

static PAGE: Asset = Asset::new("text/html; charset=utf-8", include_str!("index.html"));
static FILES: [(&str, Asset); 6] = [
    ("/graphiql/console.css", Asset::new("text/css; charset=utf-8", include_str!("console.css"))),
    ("/graphiql/console.js", Asset::new(SCRIPT, include_str!("console.js"))),
    ("/graphiql/docs.js", Asset::new(SCRIPT, include_str!("docs.js"))),
    ("/graphiql/language.js", Asset::new(SCRIPT, include_str!("language.js"))),
    ("/graphiql/words.js", Asset::new(SCRIPT, include_str!("words.js"))),
    ("/graphiql/examples.json", Asset::new("application/json", EXAMPLES)),
];

/// The console runs its own scripts and styles and speaks to this origin only.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

/// `/graphiql` and its files.
pub fn configure(config: &mut ServiceConfig) {
    config.route("/graphiql", web::get().to(page));
    for (path, file) in &FILES {
        config.route(path, web::get().to(async move |http: HttpRequest| file.answer(&http)));
    }
}

async fn page(http: HttpRequest) -> HttpResponse {
    let mut response = PAGE.answer(&http);
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graphql::guard;
    use actix_web::{App, test};
    use async_graphql::Variables;
    use serde_json::Value;

    async fn get(path: &str) -> (u16, header::HeaderMap, String) {
        let app = test::init_service(App::new().configure(configure)).await;
        let response = test::call_service(&app, test::TestRequest::get().uri(path).to_request()).await;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        (status, headers, String::from_utf8(test::read_body(response).await.to_vec()).unwrap())
    }

    #[actix_web::test]
    async fn everything_the_page_loads_is_served_from_here() {
        let (status, headers, html) = get("/graphiql").await;
        assert_eq!(status, 200);
        let policy = headers.get("content-security-policy").unwrap().to_str().unwrap();
        assert!(!policy.contains("unsafe") && !policy.contains("http"));
        let mut wanted = vec!["/graphiql/examples.json".to_owned()];
        for mark in ["src=\"", "rel=\"stylesheet\" href=\""] {
            wanted.extend(
                html.split(mark).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned),
            );
        }
        for (_, file) in &FILES {
            let text = test::read_body(
                test::TestRequest::default()
                    .to_srv_response(file.answer(&test::TestRequest::get().to_http_request())),
            )
            .await;
            let text = String::from_utf8(text.to_vec()).unwrap();
            let imports = text.split("from \"./").skip(1).filter_map(|rest| rest.split('"').next());
            wanted.extend(imports.map(|name| format!("/graphiql/{name}")));
            assert!(
                !text.contains("http://") && !text.contains("https://"),
                "nothing is fetched from elsewhere"
            );
        }
        assert!(wanted.len() >= 6, "{wanted:?}");
        for path in wanted {
            assert_eq!(get(&path).await.0, 200, "{path}");
        }
    }

    #[actix_web::test]
    async fn the_page_has_no_inline_script_or_style() {
        let html = get("/graphiql").await.2;
        for inline in ["style=", "onclick", "<style", "javascript:", "<script>"] {
            assert!(!html.contains(inline), "{inline}");
        }
    }

    #[actix_web::test]
    async fn every_word_that_the_page_names_exists_in_both_languages() {
        let (html, words) = (get("/graphiql").await.2, get("/graphiql/words.js").await.2);
        let scripts = get("/graphiql/console.js").await.2 + &get("/graphiql/docs.js").await.2;
        let mut keys: Vec<&str> = Vec::new();
        for (text, mark) in [(&html, "data-t=\""), (&html, "data-label=\""), (&scripts, "word(\"")] {
            keys.extend(text.split(mark).skip(1).filter_map(|rest| rest.split('"').next()));
        }
        assert!(keys.len() > 20);
        for key in keys {
            assert_eq!(words.matches(&format!(" {key}: \"")).count(), 2, "{key}");
        }
    }

    #[actix_web::test]
    async fn examples_are_documents_that_the_guard_lets_pass_with_a_title_in_each_language() {
        let examples: Vec<Value> = serde_json::from_str(EXAMPLES).unwrap();
        assert!(!examples.is_empty());
        for example in examples {
            let limits = guard::Limits::default();
            let (document, _) = guard::read(example["query"].as_str().unwrap(), &limits).unwrap();
            let variables = Variables::from_json(example["variables"].clone());
            guard::measure(&document, None, &variables, &limits).unwrap();
            for language in ["id", "en"] {
                assert!(!example["title"][language].as_str().unwrap().is_empty());
            }
        }
    }
}
