//! How much a caller may ask for in a minute: through both faces, from behind proxies, on several nodes, and while the
//! database is away.

use chrono::TimeDelta;
use reqwest::{Method, RequestBuilder, Response};
use sanggar::access::grant::Grant;
use sea_orm::{ConnectionTrait, EntityTrait};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    support::{Face, TestApp, socket::Socket},
};

const QUERY: &str = "{ me { subject } }";

fn ask(app: &TestApp, face: Face, token: Option<&str>) -> RequestBuilder {
    match face {
        Face::Rest => app.request(Method::GET, "/v1/me", token),
        Face::Graphql => app.request(Method::POST, "/graphql", token).json(&json!({ "query": QUERY })),
    }
}

fn header<'a>(answer: &'a Response, name: &str) -> &'a str {
    answer.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

async fn code(answer: Response) -> String {
    let body: Value = answer.json().await.unwrap();
    let code =
        if body["code"].is_string() { &body["code"] } else { &body["errors"][0]["extensions"]["code"] };
    code.as_str().unwrap_or("none").to_owned()
}

/// How many of so many requests pass; the others are refused as too many, none in another way.
async fn passing(requests: impl IntoIterator<Item = RequestBuilder>) -> usize {
    let mut passed = 0;
    for request in requests {
        let answer = request.send().await.unwrap();
        match answer.status().as_u16() {
            200 => passed += 1,
            429 => assert!(!header(&answer, "retry-after").is_empty()),
            other => panic!("answered {other}: {}", answer.text().await.unwrap()),
        }
    }
    passed
}

both_engines! {
    async fn exactly_the_quota_passes_and_the_next_is_told_when_to_come_back(app: TestApp) {
        for face in Face::BOTH {
            let node = app.node(|settings| settings.rates.requests = 6);
            let token = node.ministry();
            for left in (0..6).rev() {
                let answer = ask(&node, face, Some(&token)).send().await.unwrap();
                assert_eq!(answer.status(), 200, "{face:?}");
                assert_eq!(header(&answer, "ratelimit-policy"), "\"default\";q=6;w=60");
                let expected = format!("\"default\";r={left};t={}", (6 - left) * 10);
                assert_eq!(header(&answer, "ratelimit"), expected, "{face:?}");
                assert!(header(&answer, "retry-after").is_empty());
            }
            let refused = ask(&node, face, Some(&token)).send().await.unwrap();
            assert_eq!(refused.status(), 429, "{face:?}");
            assert_eq!(header(&refused, "retry-after"), "10");
            assert_eq!(header(&refused, "ratelimit"), "\"default\";r=0;t=60");
            let media = if face == Face::Rest { "application/problem+json" } else { "application/json" };
            assert!(header(&refused, "content-type").starts_with(media), "{}", header(&refused, "content-type"));
            assert_eq!(code(refused).await, "too_many_requests", "{face:?}");
            // Others go on, and so does the caller once its time has come.
            let other = node.token(Grant::teacher(Uuid::now_v7()));
            assert_eq!(passing([ask(&node, face, Some(&other)), ask(&node, face, None)]).await, 2, "{face:?}");
            node.pass(TimeDelta::seconds(10));
            assert_eq!(passing((0..3).map(|_| ask(&node, face, Some(&token)))).await, 1, "{face:?}");
        }
    }

    async fn a_path_written_otherwise_is_the_same_path(app: TestApp) {
        let node = app.node(|settings| settings.rates.requests_address = 3);
        let paths = ["/%761/regions", "/%76%31/regions", "/v1/region%73", "/v1/regions", "/%761/regions"];
        let asked = paths.map(|path| node.request(Method::GET, path, None));
        assert_eq!(passing(asked).await, 3);
        let graphql = node.request(Method::POST, "/graph%71l", None).json(&json!({ "query": QUERY }));
        let refused = graphql.send().await.unwrap();
        assert_eq!((refused.status().as_u16(), code(refused).await.as_str()), (429, "too_many_requests"));
        for page in ["/second-factor", "/sign-in", "/invitation", "/reset", "/calendar/x.ics", "/sign-in/with/x", "/nowhere"] {
            let answer = node.request(Method::GET, page, None).send().await.unwrap();
            assert_eq!(answer.status(), 429, "{page}");
        }
    }

    async fn systems_ask_for_tokens_from_one_address_as_often_as_they_call(app: TestApp) {
        let node = app.node(|settings| (settings.rates.requests_address, settings.rates.requests_client) = (1, 4));
        let paths = ["/oauth/token", "/oauth/introspect", "/oauth/revoke", "/oauth/%74oken", "/oauth/token"];
        for (nth, path) in paths.into_iter().enumerate() {
            let answer = node.request(Method::POST, path, None).send().await.unwrap();
            assert_eq!(answer.status() == 429, nth == 4, "{path}: {}", answer.status());
        }
        assert_eq!(passing([ask(&node, Face::Rest, None)]).await, 1, "what people ask is counted by itself");
    }

    async fn a_system_has_a_quota_of_its_own(app: TestApp) {
        let node = app.node(|settings| (settings.rates.requests, settings.rates.requests_client) = (2, 5));
        let system = node.token_of("dapodik", vec![Grant::ministry_system()]);
        assert_eq!(passing((0..9).map(|_| ask(&node, Face::Rest, Some(&system)))).await, 5);
        let another = node.token_of("simpkb", vec![Grant::ministry_system()]);
        assert_eq!(passing((0..9).map(|_| ask(&node, Face::Rest, Some(&another)))).await, 5);
    }

    async fn a_forged_address_changes_nothing(app: TestApp) {
        let node = app.node(|settings| settings.rates.requests_address = 4);
        let forged = (0..8).map(|nth| {
            ask(&node, Face::Rest, None)
                .header("X-Forwarded-For", format!("203.0.113.{nth}"))
                .header("Forwarded", format!("for=203.0.113.{nth}"))
        });
        assert_eq!(passing(forged).await, 4);
        let known = node.ministry();
        assert_eq!(passing([ask(&node, Face::Rest, Some(&known))]).await, 1, "a token has its own");
    }

    async fn behind_a_trusted_proxy_each_address_has_its_own_quota(app: TestApp) {
        let node = app.node(|settings| {
            settings.rates.requests_address = 3;
            settings.trusted_proxies = "127.0.0.1, 10.0.0.0/8".parse().unwrap();
        });
        let from = |line: &str| ask(&node, Face::Rest, None).header("X-Forwarded-For", line.to_owned());
        assert_eq!(passing((0..5).map(|_| from("203.0.113.1"))).await, 3);
        assert_eq!(passing((0..5).map(|_| from("203.0.113.2, 10.1.2.3"))).await, 3);
        // What the client wrote itself stands before what the proxy added.
        assert_eq!(passing((0..5).map(|nth| from(&format!("198.51.100.{nth}, 203.0.113.1")))).await, 0);
        // A household has a whole network of addresses.
        assert_eq!(passing((0..5).map(|nth| from(&format!("2001:db8:1:1::{nth}")))).await, 3);
        assert_eq!(passing([from("2001:db8:1:2::1")]).await, 1);
    }

    async fn tokens_that_are_no_good_count_under_the_address(app: TestApp) {
        let node = app.node(|settings| settings.rates.requests_address = 3);
        for nth in 0..5 {
            let answer = ask(&node, Face::Rest, Some(&format!("guess-{nth}"))).send().await.unwrap();
            assert_eq!(answer.status(), if nth < 3 { 401 } else { 429 });
        }
    }

    async fn two_nodes_on_one_database_grant_no_more_than_one(app: TestApp) {
        let share = || app.node(|settings| (settings.rates.requests, settings.rates.shared) = (40, true));
        let nodes = [share(), share()];
        let token = app.ministry();
        let turns = |many: usize| (0..many).map(|nth| ask(&nodes[nth % 2], Face::Rest, Some(&token)));
        assert_eq!(passing(turns(60)).await, 40);
        app.pass(TimeDelta::seconds(30));
        assert_eq!(passing(turns(40)).await, 20, "half of a minute gives half of the quota back");
        let rows = entity::rate_window::Entity::find().all(app.services.store.reader()).await.unwrap();
        assert_eq!(rows.len(), 1, "for one caller there is one row");
        assert!(!rows[0].key.contains("ministry"), "which names nobody");
    }

    async fn a_node_without_its_database_counts_alone_and_more_strictly(app: TestApp) {
        let node = app.node(|settings| (settings.rates.requests, settings.rates.shared) = (40, true));
        app.services.store.writer().execute_unprepared("DROP TABLE rate_window").await.unwrap();
        let token = app.ministry();
        assert_eq!(passing((0..30).map(|_| ask(&node, Face::Rest, Some(&token)))).await, 10);
    }

    async fn alone_a_node_still_lets_one_operation_cost_what_one_may(app: TestApp) {
        let node = app.node(|settings| (settings.rates.cost, settings.rates.shared) = (40_000, true));
        app.services.store.writer().execute_unprepared("DROP TABLE rate_window").await.unwrap();
        let answer = node.graphql(Some(&app.ministry()), QUERY, json!({})).await;
        assert_eq!(answer["extensions"]["cost"]["budget"], 20_000, "{answer}");
    }

    async fn what_nobody_used_up_is_forgotten(app: TestApp) {
        let node = app.node(|settings| settings.rates.shared = true);
        assert_eq!(passing([ask(&node, Face::Rest, None)]).await, 1);
        app.pass(TimeDelta::minutes(2));
        assert_eq!(sanggar::identity::limit::shared::forget(&app.services).await.unwrap(), 1);
    }

    async fn a_budget_of_cost_is_told_and_over_it_nothing_runs(app: TestApp) {
        let token = app.ministry();
        let first = app.graphql(Some(&token), QUERY, json!({})).await;
        let total = first["extensions"]["cost"]["total"].as_u64().unwrap();
        let budget = u32::try_from(total * 3).unwrap();
        let node = app.node(|settings| settings.rates.cost = budget);
        for left in [2, 1, 0] {
            let answer = node.graphql(Some(&token), QUERY, json!({})).await;
            let cost = &answer["extensions"]["cost"];
            assert_eq!(cost["budget"], budget, "{answer}");
            assert_eq!(cost["remaining"], total * left, "{answer}");
            assert_eq!(cost["resetSeconds"], (3 - left) * 20, "{answer}");
        }
        let refused = ask(&node, Face::Graphql, Some(&token)).send().await.unwrap();
        assert_eq!(refused.status(), 429);
        assert_eq!(header(&refused, "retry-after"), "20");
        let body: Value = refused.json().await.unwrap();
        assert_eq!(body["errors"][0]["extensions"]["code"], "too_many_requests", "{body}");
        assert!(body.get("data").is_none(), "{body}");
        // REST has no cost, and another caller another budget.
        assert_eq!(passing([ask(&node, Face::Rest, Some(&token)), ask(&node, Face::Graphql, None)]).await, 2);
    }

    async fn what_is_followed_counts_as_well(app: TestApp) {
        let node = app.node(|settings| settings.rates.requests = 2);
        let mut socket = Socket::open(&node, &node.ministry()).await;
        for id in ["1", "2", "3"] {
            // No document of ours: it is refused as such as long as it is looked at.
            let asked = json!({ "id": id, "type": "subscribe", "payload": { "query": "subscription { nothing }" } });
            socket.say(&asked).await;
            let told = socket.hear().await;
            assert_eq!(told["type"], "error", "{told}");
            let code = &told["payload"][0]["extensions"]["code"];
            assert_eq!(code == "too_many_requests", id == "3", "{told}");
        }
    }

    async fn reading_the_schema_costs_too(app: TestApp) {
        let token = app.ministry();
        let node = app.node(|settings| settings.rates.cost = 20_000);
        let answer = node.graphql(Some(&token), "{ __schema { types { name fields { name } } } }", json!({})).await;
        let cost = &answer["extensions"]["cost"];
        assert!(cost["total"].as_u64().unwrap() > 10, "{cost}");
        assert_eq!(cost["remaining"].as_u64().unwrap(), 20_000 - cost["total"].as_u64().unwrap(), "{cost}");
    }
}

#[tokio::test]
async fn what_is_too_large_to_look_at_is_refused_by_its_name() {
    let app = TestApp::sqlite().await;
    let long = format!("/v1/regions?after={}", "a".repeat(40_000));
    let answer = app.request(Method::GET, &long, None).send().await.unwrap();
    assert_eq!((answer.status().as_u16(), code(answer).await.as_str()), (414, "address_too_long"));
    let heavy = app.request(Method::GET, "/v1/regions", None).header("X-Much", "a".repeat(60_000));
    let answer = heavy.send().await.unwrap();
    assert_eq!((answer.status().as_u16(), code(answer).await.as_str()), (431, "headers_too_large"));
}

#[tokio::test]
async fn probes_are_not_counted_and_pages_of_others_may_read_what_is_left() {
    let app = TestApp::sqlite().await;
    let node = app.node(|settings| settings.rates.requests_address = 1);
    for _ in 0..3 {
        let answer = app.http.get(format!("{}/livez", node.base)).send().await.unwrap();
        assert_eq!((answer.status().as_u16(), header(&answer, "ratelimit")), (200, ""));
    }
    let answer = ask(&node, Face::Rest, None).send().await.unwrap();
    let exposed = header(&answer, "access-control-expose-headers");
    assert!(exposed.contains("RateLimit, RateLimit-Policy"), "{exposed}");
}
