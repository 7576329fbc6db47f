//! What HTTP itself promises: conditions, caches, methods, other origins, bodies.

use reqwest::{Method, Response};
use sanggar::access::grant::Grant;
use serde_json::{Value, json};

use crate::{
    both_engines,
    support::{Face, TestApp, directory::Country},
};

fn header(answer: &Response, name: &str) -> String {
    answer.headers().get(name).map_or_else(String::new, |value| value.to_str().unwrap().to_owned())
}

async fn with(
    app: &TestApp,
    method: Method,
    path: &str,
    token: Option<&str>,
    headers: &[(&str, &str)],
) -> Response {
    let request = app.request(method, path, token);
    headers.iter().fold(request, |request, (name, value)| request.header(*name, *value)).send().await.unwrap()
}

/// Status and code of a refusal.
async fn told(answer: Response) -> (u16, String) {
    let status = answer.status().as_u16();
    let body: Value = answer.json().await.unwrap_or_default();
    (status, body["code"].as_str().unwrap_or_default().to_owned())
}

async fn organisation(app: &TestApp) -> String {
    let input = json!({ "code": "BGTK-A", "kind": "training_centre", "name": "Balai A" });
    let args = json!({ "input": input });
    let made = app.call(Face::Rest, Some(&app.ministry()), "create_organisation", args).await.ok();
    format!("/v1/organisations/{}", made["id"].as_str().unwrap())
}

both_engines! {
    async fn a_compressed_answer_still_names_everything_it_depends_on(app: TestApp) {
        Country::new(&app).await;
        for accept in ["gzip", "identity"] {
            let answer = with(&app, Method::GET, "/v1/regions", None, &[("accept-encoding", accept)]).await;
            let vary = header(&answer, "vary").to_ascii_lowercase();
            for name in ["authorization", "accept", "accept-language"] {
                assert!(vary.split(", ").any(|named| named == name), "{accept}: {vary}");
            }
            assert_eq!(header(&answer, "content-encoding") == "gzip", accept == "gzip");
        }
    }

    async fn an_encoding_nobody_has_is_no_reason_to_refuse(app: TestApp) {
        Country::new(&app).await;
        for accept in ["identity;q=0", "*;q=0", "br, identity;q=0"] {
            let answer = with(&app, Method::GET, "/v1/regions", None, &[("accept-encoding", accept)]).await;
            assert_eq!((answer.status().as_u16(), header(&answer, "content-encoding")), (200, String::new()), "{accept}");
        }
    }

    async fn an_etag_stands_for_what_one_caller_is_shown(app: TestApp) {
        let country = Country::new(&app).await;
        let (path, ministry) = (format!("/v1/schools/{}", country.bandung), app.ministry());
        let seen = with(&app, Method::GET, &path, Some(&ministry), &[("accept-encoding", "gzip")]).await;
        let etag = header(&seen, "etag");
        assert!(etag.starts_with("\"v1-"), "{etag}");
        let known = [("if-none-match", etag.as_str()), ("accept-encoding", "gzip")];
        assert_eq!(with(&app, Method::GET, &path, Some(&ministry), &known).await.status(), 304);
        let public = with(&app, Method::GET, &path, None, &known).await;
        assert_eq!(public.status(), 200, "the telephone is not shown to everyone");
        let several = format!("\"other\", W/{etag}");
        assert_eq!(with(&app, Method::GET, &path, Some(&ministry), &[("if-none-match", &several)]).await.status(), 304);
        let me = with(&app, Method::GET, "/v1/me", None, &[("accept-language", "en")]).await;
        let etag = header(&me, "etag");
        for (language, status) in [("en", 304), ("id", 200)] {
            let headers = [("if-none-match", etag.as_str()), ("accept-language", language)];
            assert_eq!(with(&app, Method::GET, "/v1/me", None, &headers).await.status(), status, "{language}");
        }
    }

    async fn if_match_takes_the_etag_its_version_a_list_or_any(app: TestApp) {
        let (path, ministry) = (organisation(&app).await, app.ministry());
        let etag = header(&with(&app, Method::GET, &path, None, &[]).await, "etag");
        let patch = async |condition: &str, name: &str| {
            let request = app.request(Method::PATCH, &path, Some(&ministry)).header("if-match", condition);
            told(request.json(&json!({ "name": name })).send().await.unwrap()).await
        };
        let done = (200, "BGTK-A".to_owned());
        assert_eq!(patch(&etag, "Balai B").await, done);
        for stale in [etag.as_str(), "\"v1\"", "W/\"v2\"", "\"something\"", "W/\"v2\", \"v1\""] {
            assert_eq!(patch(stale, "Balai C").await, (412, "stale_version".to_owned()), "{stale}");
        }
        for (good, name) in [("\"v2\"", "Balai C"), ("\"v1\", \"v3\"", "Balai D"), ("*", "Balai E")] {
            assert_eq!(patch(good, name).await, done, "{good}");
        }
        for bad in ["v5", "\"v5", "\"v5\" \"v6\""] {
            assert_eq!(patch(bad, "Balai F").await, (400, "etag_malformed".to_owned()), "{bad}");
        }
    }

    async fn a_key_under_another_condition_stands_for_another_request(app: TestApp) {
        let (path, ministry) = (organisation(&app).await, app.ministry());
        let patch = async |condition: &str| {
            let request = app.request(Method::PATCH, &path, Some(&ministry)).header("if-match", condition);
            let request = request.header("idempotency-key", "once").json(&json!({ "name": "Balai B" }));
            told(request.send().await.unwrap()).await
        };
        assert_eq!(patch("\"v1\"").await.0, 200);
        assert_eq!(patch("\"v1\"").await.0, 200);
        assert_eq!(patch("\"v2\"").await, (422, "idempotency_key_reused".to_owned()));
    }

    async fn pages_of_other_origins_may_call_the_interfaces(app: TestApp) {
        let asks = [("origin", "https://contoh.id"), ("access-control-request-method", "PATCH"),
            ("access-control-request-headers", "authorization, if-match")];
        for path in ["/v1/organisations/01890000-0000-7000-8000-00000000000f", "/graphql"] {
            let answer = with(&app, Method::OPTIONS, path, None, &asks).await;
            assert_eq!((answer.status().as_u16(), header(&answer, "access-control-allow-origin").as_str()), (204, "*"), "{path}");
            assert!(header(&answer, "access-control-allow-methods").contains("PATCH"));
            let allowed = header(&answer, "access-control-allow-headers");
            for name in ["Authorization", "Content-Type", "Idempotency-Key", "If-Match", "Accept-Language"] {
                assert!(allowed.contains(name), "{allowed}");
            }
        }
        for path in ["/v1/regions", "/v1/persons", "/v1/nope", "/openapi.json", "/schema.graphql", "/.well-known/jwks.json", "/graphql?query=%7B"] {
            let answer = with(&app, Method::GET, path, None, &asks[..1]).await;
            assert_eq!(header(&answer, "access-control-allow-origin"), "*", "{path} {}", answer.status());
            assert!(header(&answer, "access-control-expose-headers").contains("ETag"), "{path}");
            assert_eq!(header(&answer, "access-control-allow-credentials"), "");
        }
        assert_eq!(header(&with(&app, Method::GET, "/verify", None, &asks[..1]).await, "access-control-allow-origin"), "");
    }

    async fn head_answers_wherever_get_does(app: TestApp) {
        Country::new(&app).await;
        for path in ["/", "/v1/regions", "/v1/me", "/livez", "/readyz", "/openapi.json", "/schema.graphql", "/verify", "/explorer/"] {
            let get = with(&app, Method::GET, path, None, &[]).await;
            let head = with(&app, Method::HEAD, path, None, &[]).await;
            assert_eq!((head.status(), header(&head, "etag"), header(&head, "content-type")),
                (get.status(), header(&get, "etag"), header(&get, "content-type")), "{path}");
            assert!(head.bytes().await.unwrap().is_empty());
        }
        assert_eq!(with(&app, Method::HEAD, "/v1/persons", None, &[]).await.status(), 401);
    }

    async fn an_address_names_the_methods_it_has(app: TestApp) {
        for path in ["/", "/verify", "/verify/x", "/livez", "/readyz", "/openapi.json", "/assets/site.css", "/schema.graphql"] {
            let answer = with(&app, Method::POST, path, None, &[]).await;
            assert_eq!((answer.status().as_u16(), header(&answer, "allow").as_str()), (405, "GET, HEAD"), "{path}");
            assert_eq!(told(answer).await.1, "method_not_allowed", "{path}");
        }
        let answer = with(&app, Method::PUT, "/v1/regions", None, &[]).await;
        assert_eq!((answer.status().as_u16(), header(&answer, "allow").as_str()), (405, "GET, HEAD"));
        let answer = with(&app, Method::GET, "/nope", None, &[("accept-language", "en")]).await;
        let problem: Value = answer.json().await.unwrap();
        assert_eq!((&problem["code"], &problem["status"]), (&json!("not_found"), &json!(404)));
        assert!(!problem["detail"].as_str().unwrap().contains("id"), "{problem}");
    }

    async fn null_clears_no_field_that_must_stay(app: TestApp) {
        let (path, ministry) = (organisation(&app).await, app.ministry());
        let id = path.rsplit('/').next().unwrap();
        for face in Face::BOTH {
            let args = json!({ "id": id, "version": 1, "input": { "name": null, "kind": null } });
            let refused = app.call(face, Some(&ministry), "update_organisation", args).await;
            let missing = [("/name", "field_missing"), ("/kind", "field_missing")];
            let mut faults = refused.faults.clone();
            faults.sort_by(|a, b| b.cmp(a));
            assert_eq!(faults, missing.map(|(p, c)| (p.to_owned(), c.to_owned())), "{face:?} {refused:?}");
            assert_eq!(refused.refused(), "invalid");
        }
    }

    async fn bodies_are_known_by_their_type_whatever_its_case(app: TestApp) {
        let ministry = app.ministry();
        let send = async |headers: &[(&str, &str)]| {
            let request = app.request(Method::POST, "/v1/organisations", Some(&ministry));
            let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
            told(request.body("{}").send().await.unwrap()).await
        };
        assert_eq!(send(&[("content-type", "Application/JSON")]).await, (422, "invalid".to_owned()));
        for headers in [&[("content-type", "text/plain")][..], &[("content-type", "application/json"), ("content-encoding", "gzip")]] {
            assert_eq!(send(headers).await, (415, "unsupported_media_type".to_owned()));
        }
    }

    async fn a_flood_of_unknown_fields_is_refused_short(app: TestApp) {
        let body: serde_json::Map<String, Value> = (0..10_000).map(|n| (n.to_string(), json!(0))).collect();
        let teacher = app.token(Grant::teacher(uuid::Uuid::now_v7()));
        let (status, problem) = app.post("/v1/organisations", Some(&teacher), &Value::Object(body)).await;
        assert_eq!((status, problem["errors"].as_array().unwrap().len()), (422, sanggar::rest::fit::MOST_FAULTS));
    }

    async fn refusals_speak_of_values_not_of_libraries(app: TestApp) {
        let ministry = app.ministry();
        let texts = async |answer: Response| answer.text().await.unwrap();
        let long = json!({ "code": "A", "kind": "x".repeat(500_000), "name": 7 });
        let mut told = vec![
            texts(with(&app, Method::GET, "/v1/persons/x", Some(&ministry), &[]).await).await,
            texts(with(&app, Method::GET, "/v1/regions?limit=abc&level=x&colour=red&includeFormer=ya", None, &[]).await).await,
            texts(app.request(Method::POST, "/v1/organisations", Some(&ministry)).header("content-type", "application/json").body("{\"a\":").send().await.unwrap()).await,
        ];
        told.push(app.post("/v1/organisations", Some(&ministry), &long).await.1.to_string());
        for text in told {
            assert!(text.len() < 2_000, "{} bytes", text.len());
            for jargon in ["expected", "invalid type", "deserialize", "UUID parsing", "variant", "i32", "EOF"] {
                assert!(!text.contains(jargon), "{jargon}: {text}");
            }
        }
    }

    async fn every_fault_of_a_query_string_is_told_at_once(app: TestApp) {
        let (status, problem) = app.get("/v1/regions?limit=abc&level=x&colour=red&includeFormer=ya", None).await;
        let told: Vec<_> = problem["errors"].as_array().unwrap().iter()
            .map(|e| (e["pointer"].as_str().unwrap(), e["code"].as_str().unwrap())).collect();
        assert_eq!((status, problem["code"].as_str().unwrap()), (400, "parameter_malformed"));
        assert_eq!(told, [("/limit", "field_type"), ("/level", "unknown_value"), ("/colour", "parameter_unknown"), ("/includeFormer", "field_type")]);
        for out in ["0", "-1", "101", "99999999999999999999"] {
            let (status, problem) = app.get(&format!("/v1/regions?limit={out}"), None).await;
            let first = &problem["errors"][0];
            assert_eq!((status, first["pointer"].as_str(), first["code"].as_str()), (422, Some("/limit"), Some("limit_out_of_range")), "{out}");
        }
        let (status, problem) = app.get("/v1/me?x=1", None).await;
        assert!(status == 200 || problem["errors"][0]["code"] == "parameter_unknown", "{problem}");
    }

    async fn the_form_leads_to_the_page_of_its_code(app: TestApp) {
        let browser = [("accept", "text/html"), ("accept-language", "en")];
        let answer = with(&app, Method::GET, "/verify?id=01arz-3ndek-tsv4rr-ffq69-g5fav&lang=en", None, &browser).await;
        assert_eq!((answer.status().as_u16(), header(&answer, "location").as_str()), (303, "/verify/01ARZ3NDEKTSV4RRFFQ69G5FAV?lang=en"));
        for (path, status) in [("/verify?lang=xx&lang=yy", 200), ("/verify?id=", 200), ("/verify?id=000042%2FBGTK%2F2026", 404)] {
            let answer = with(&app, Method::GET, path, None, &browser).await;
            assert_eq!((answer.status().as_u16(), header(&answer, "content-type").as_str()), (status, "text/html; charset=utf-8"), "{path}");
        }
    }

    async fn a_reader_is_told_in_a_page_that_nothing_could_be_checked(app: TestApp) {
        let path = "/verify/01ARZ3NDEKTSV4RRFFQ69G5FAV";
        app.services.store.clone().close().await;
        let page = with(&app, Method::GET, path, None, &[("accept", "text/html,*/*"), ("accept-language", "en")]).await;
        assert!(page.status().as_u16() >= 500 && header(&page, "content-type").starts_with("text/html"), "{page:?}");
        assert!(page.text().await.unwrap().contains("could not be checked"));
        let program = with(&app, Method::GET, path, None, &[("accept", "application/json")]).await;
        assert_eq!(header(&program, "content-type"), "application/problem+json");
    }
}
