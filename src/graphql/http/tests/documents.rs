//! Documents seen before, values, floods, and words.

use super::*;

#[actix_web::test]
async fn persisted_queries_recover_as_apollos_clients_expect() {
    let edge = web::Data::new(edge());
    let text = "{ hello(name: \"APQ\") }";
    let hash: String = crate::graphql::persisted::hash_of(text).iter().map(|b| format!("{b:02x}")).collect();
    let extensions = json!({"persistedQuery": {"version": 1, "sha256Hash": hash}});
    let only_hash = json!({"extensions": extensions}).to_string();
    for accept in [OURS, JSON] {
        let answer = send_to(&edge, post(accept, only_hash.clone())).await;
        assert_eq!((answer.status, answer.code()), (200, "PERSISTED_QUERY_NOT_FOUND"));
        assert_eq!(answer.body["errors"][0]["message"], "PersistedQueryNotFound");
    }
    let whole = json!({"query": text, "extensions": extensions}).to_string();
    assert_eq!(send_to(&edge, post(OURS, whole)).await.body["data"]["hello"], "Halo APQ");
    assert_eq!(send_to(&edge, post(OURS, only_hash)).await.body["data"]["hello"], "Halo APQ");
    let by_get = send_to(&edge, get(&[("extensions", &extensions.to_string())])).await;
    assert_eq!(by_get.body["data"]["hello"], "Halo APQ");

    let other = json!({"query": "{ whoami }", "extensions": extensions}).to_string();
    assert_eq!(send_to(&edge, post(OURS, other)).await.code(), "persisted_query_mismatch");
    let version = json!({"extensions": {"persistedQuery": {"version": 2, "sha256Hash": hash}}}).to_string();
    let answer = send_to(&edge, post(OURS, version)).await;
    assert_eq!((answer.status, answer.code()), (200, "PERSISTED_QUERY_NOT_SUPPORTED"));
}

#[actix_web::test]
async fn a_document_is_validated_once_and_one_that_did_not_pass_is_never_run() {
    let edge = edge();
    let plan = |body: Value| {
        let incoming = Incoming::from_body(body.to_string().as_bytes()).unwrap();
        edge.plan(&Method::POST, Media::Json, incoming).map_err(|_| "refused").unwrap()
    };
    let run = async |plan: Plan| edge.run(&plan, plan.request()).await;
    let own =
        json!({"query": "query($f: Filter) { rows(filter: $f) { jp } }", "variables": {"f": {"level": 1}}});
    let first = plan(own.clone());
    assert!(!first.document.is_validated(), "never seen");
    run(first).await;
    assert!(plan(own).document.is_validated(), "seen, whatever its values are");

    let invalid = json!({"query": "{ rows { nothing } }"});
    for _ in 0..2 {
        let answered = run(plan(invalid.clone())).await;
        assert!(answer::is_request_error(&answered));
        assert!(!plan(invalid.clone()).document.is_validated());
    }
}

#[actix_web::test]
async fn values_are_refused_alike_whether_the_document_was_seen_before_or_not() {
    let edge = web::Data::new(edge());
    let text = "query($f: Filter, $n: Int) { rows(filter: $f, first: $n) { jp } }";
    let send_values = async |values: Value| {
        let body = json!({"query": text, "variables": values}).to_string();
        send_to(&edge, post(OURS, body)).await
    };
    for round in 0..2 {
        let bad = send_values(json!({"f": {"level": "high"}})).await;
        assert_eq!((bad.status, bad.code()), (400, "variable_invalid"), "round {round}: {}", bad.body);
        let both = send_values(json!({"f": {"x": 1}, "n": 1.5})).await;
        assert_eq!((both.status, both.code()), (400, "invalid"), "round {round}: {}", both.body);
        let mut told: Vec<&str> = both.body["errors"][0]["extensions"]["errors"]
            .as_array()
            .unwrap()
            .iter()
            .map(|fault| fault["pointer"].as_str().unwrap())
            .collect();
        told.sort_unstable();
        assert_eq!(told, ["/variables/f/level", "/variables/f/x", "/variables/n"]);
        assert_eq!(send_values(json!({"n": "many"})).await.code(), "variable_invalid", "round {round}");
        assert_eq!(send_values(json!({"n": 1_000_000})).await.code(), "query_too_costly", "round {round}");
        let good = send_values(json!({"f": {"level": 5.0}, "n": 1.0})).await;
        assert_eq!(good.body["data"]["rows"], json!([{"jp": 5}]), "round {round}");
    }
}

#[actix_web::test]
async fn the_introspection_query_is_answered() {
    let text = include_str!("../../guard/introspection.graphql");
    let answer = send(post(OURS, query(text))).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.body["data"]["__schema"]["queryType"]["name"], "Query");
}

#[actix_web::test]
async fn a_flood_of_validation_errors_is_told_in_part() {
    let unknown: String = (0..1_000).map(|i| format!("u{i} ")).collect();
    let answer = send(post(OURS, query(&format!("{{ rows(first: 1) {{ {unknown} }} }}")))).await;
    assert_eq!(answer.body["errors"].as_array().unwrap().len(), 25);
}

#[actix_web::test]
async fn a_flood_of_failures_is_told_in_part_with_how_many_were_not() {
    let failing: String = (0..130).map(|i| format!("u{i}: broken ")).collect();
    let answer = send(post(OURS, query(&format!("{{ rows(first: 1) {{ {failing} }} }}")))).await;
    assert_eq!(answer.body["errors"].as_array().unwrap().len(), 100);
    assert_eq!(answer.body["extensions"]["errorsOmitted"], 30);
    assert_eq!(answer.body["data"]["rows"][0].as_object().unwrap().len(), 130);
}

#[actix_web::test]
async fn the_same_request_under_a_key_is_the_same_with_its_text_or_only_its_hash() {
    let edge = edge();
    let text = "mutation A($n: String) { touch } mutation B { touch }";
    let hash: String = crate::graphql::persisted::hash_of(text).iter().map(|b| format!("{b:02x}")).collect();
    let extensions = json!({"persistedQuery": {"version": 1, "sha256Hash": hash}});
    let identity = |body: Value| {
        let incoming = Incoming::from_body(body.to_string().as_bytes()).unwrap();
        let plan = edge.plan(&Method::POST, Media::Json, incoming).map_err(|_| "refused").unwrap();
        plan.identity().unwrap()
    };
    let values = json!({"n": "x"});
    let whole = identity(json!({"query": text, "operationName": "A", "variables": values}));
    let only_hash = identity(json!({"extensions": extensions, "variables": values, "operationName": "A"}));
    assert_eq!(whole, only_hash);
    for other in [
        json!({"query": text, "operationName": "B", "variables": values}),
        json!({"query": text, "operationName": "A", "variables": {"n": "y"}}),
        json!({"query": format!("{text} "), "operationName": "A", "variables": values}),
    ] {
        assert_ne!(whole, identity(other.clone()), "{other}");
    }
}

#[actix_web::test]
async fn deep_json_is_refused_not_followed() {
    for body in
        ["[".repeat(100_000), format!("{{\"query\":\"{{hello}}\",\"variables\":{}", "{\"a\":".repeat(50_000))]
    {
        assert_eq!(send(post(OURS, body)).await.status, 400);
    }
}

#[actix_web::test]
async fn refusals_beside_graphql_take_the_shape_that_clients_read() {
    let http = test::TestRequest::post().insert_header(("accept", JSON)).to_http_request();
    let answer = refuse(&http, Error::Unauthenticated("token_expired"));
    assert_eq!(answer.status(), 401);
    assert!(answer.headers().get("www-authenticate").unwrap().to_str().unwrap().starts_with("Bearer"));
    assert_eq!(answer.headers().get("content-type").unwrap(), "application/json; charset=utf-8");
}

#[actix_web::test]
async fn what_prepares_the_request_may_refuse_it_and_sees_the_body() {
    let refused = send(post(OURS, query("{ hello }")).insert_header(("x-refuse", "1"))).await;
    assert_eq!((refused.status, refused.code()), (401, "token_expired"));
    assert_eq!(send(get(&[("query", "{ whoami }")])).await.body["data"]["whoami"], "by GET");
}

#[actix_web::test]
async fn every_refusal_has_its_words_in_both_languages() {
    use crate::foundation::language::{Language, text};
    let sources = [
        include_str!("../mod.rs"),
        include_str!("../incoming.rs"),
        include_str!("../variables.rs"),
        include_str!("../../normal/merge.rs"),
        include_str!("../../normal/values.rs"),
        include_str!("../../persisted.rs"),
        include_str!("../../guard/mod.rs"),
        include_str!("../../guard/scan.rs"),
        include_str!("../../guard/shape.rs"),
        include_str!("../../guard/cost.rs"),
    ];
    let mut seen = 0;
    for source in sources {
        let code = source.split("#[cfg(test)]\nmod tests").next().unwrap();
        for word in code.split('"').skip(1).step_by(2) {
            let is_code = word.contains('_') && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
            if !is_code || word.starts_with("__") {
                continue;
            }
            seen += 1;
            for language in [Language::Indonesian, Language::English] {
                assert!(
                    text(language, &word.replace('_', "-"), &[]).is_some(),
                    "{word} in {}",
                    language.tag()
                );
            }
        }
    }
    assert!(seen > 30, "the codes were looked for in the wrong place: {seen}");
}
