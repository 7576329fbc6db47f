mod documents;

use actix_web::{App, http::Method, test, web};
use async_graphql::{Context, EmptySubscription, ErrorExtensions, InputObject, Object, Schema, SimpleObject};
use serde_json::{Value, json};

use super::*;

#[derive(SimpleObject)]
#[graphql(complex)]
struct Row {
    name: String,
    jp: i32,
}

#[async_graphql::ComplexObject]
impl Row {
    async fn broken(&self) -> Option<async_graphql::Result<i32>> {
        Some(Err(async_graphql::Error::new("bare")))
    }
}

#[derive(InputObject)]
struct Filter {
    level: i32,
    note: Option<String>,
}

struct Query;

#[Object]
impl Query {
    async fn hello(&self, name: Option<String>) -> String {
        format!("Halo {}", name.unwrap_or_default())
    }

    async fn whoami<'a>(&self, ctx: &Context<'a>) -> &'a str {
        ctx.data_opt::<&'static str>().copied().unwrap_or("nobody")
    }

    async fn rows(&self, first: Option<i32>, filter: Option<Filter>) -> Vec<Row> {
        let level = filter.map_or(0, |filter| filter.level + filter.note.map_or(0, |note| note.len() as i32));
        (0..first.unwrap_or(2)).map(|jp| Row { name: "r".into(), jp: jp + level }).collect()
    }

    async fn count(&self, filters: Option<Vec<Filter>>) -> usize {
        filters.map_or(0, |filters| filters.len())
    }

    async fn required(&self, n: i32) -> i32 {
        n
    }

    async fn full(&self) -> async_graphql::Result<i32> {
        Err(async_graphql::Error::new("penuh").extend_with(|_, e| e.set("code", "seats_exhausted")))
    }

    async fn maybe(&self) -> Option<async_graphql::Result<i32>> {
        Some(Err(async_graphql::Error::new("bare")))
    }
}

struct Mutation;

#[Object]
impl Mutation {
    async fn touch(&self) -> bool {
        true
    }
}

type TestEdge = Edge<Query, Mutation, EmptySubscription>;

fn edge() -> TestEdge {
    Edge::new(|| Schema::build(Query, Mutation, EmptySubscription), Limits::default())
}

async fn endpoint(edge: web::Data<TestEdge>, http: HttpRequest, payload: web::Payload) -> HttpResponse {
    use actix_web::HttpMessage;
    http.extensions_mut().insert(crate::rest::edge::RequestId("req-1".into()));
    edge.handle(&http, payload, &Open, |request, _| match *http.method() {
        Method::GET => Ok(request.data("by GET")),
        _ if http.headers().contains_key("x-refuse") => Err(Error::Unauthenticated("token_expired")),
        _ => Ok(request.data("siti")),
    })
    .await
}

struct Answer {
    status: u16,
    media: String,
    allow: Option<String>,
    body: Value,
}

impl Answer {
    fn code(&self) -> &str {
        self.body["errors"][0]["extensions"]["code"].as_str().unwrap_or("none")
    }
}

async fn send_to(edge: &web::Data<TestEdge>, request: test::TestRequest) -> Answer {
    let app = App::new().app_data(edge.clone()).service(web::resource("/graphql").to(endpoint));
    let app = test::init_service(app).await;
    let response = test::call_service(&app, request.to_request()).await;
    let header = |name| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
    let (media, allow) = (header(header::CONTENT_TYPE).unwrap_or_default(), header(header::ALLOW));
    let status = response.status().as_u16();
    let bytes = test::read_body(response).await;
    Answer { status, media, allow, body: serde_json::from_slice(&bytes).unwrap_or(Value::Null) }
}

async fn send(request: test::TestRequest) -> Answer {
    send_to(&web::Data::new(edge()), request).await
}

const OURS: &str = "application/graphql-response+json";
const JSON: &str = "application/json";

fn post(accept: &str, body: impl Into<String>) -> test::TestRequest {
    test::TestRequest::post()
        .uri("/graphql")
        .insert_header(("accept", accept))
        .insert_header(("content-type", JSON))
        .set_payload(body.into())
}

fn query(text: &str) -> String {
    json!({"query": text}).to_string()
}

fn get(parameters: &[(&str, &str)]) -> test::TestRequest {
    let pairs: Vec<String> = parameters
        .iter()
        .map(|(name, value)| {
            let value: String = value.bytes().map(|byte| format!("%{byte:02X}")).collect();
            format!("{name}={value}")
        })
        .collect();
    test::TestRequest::get().uri(&format!("/graphql?{}", pairs.join("&"))).insert_header(("accept", OURS))
}

#[actix_web::test]
async fn a_query_is_answered_in_the_media_type_asked_for_with_its_cost() {
    for (accept, media) in [(OURS, OURS), (JSON, JSON), ("*/*", JSON)] {
        let answer = send(post(accept, query("{ whoami rows(first: 3) { jp } }"))).await;
        assert_eq!((answer.status, answer.media), (200, format!("{media}; charset=utf-8")));
        assert_eq!(answer.body["data"]["whoami"], "siti");
        assert_eq!(answer.body["data"]["rows"], json!([{"jp": 0}, {"jp": 1}, {"jp": 2}]));
        assert_eq!(answer.body["extensions"]["cost"]["total"], 200 + 1 + 200 + 1 + 3);
        assert!(answer.body.get("errors").is_none());
    }
    let without = test::TestRequest::post().uri("/graphql").insert_header(("content-type", JSON));
    let answer = send(without.set_payload(query("{ whoami }"))).await;
    assert_eq!(answer.media, format!("{OURS}; charset=utf-8"));
    assert_eq!(send(post("text/html", query("{ whoami }"))).await.status, 406);
}

#[actix_web::test]
async fn a_well_formed_request_with_an_invalid_document_is_400_or_200_by_media_type() {
    let cases = [
        ("{", "query_syntax"),
        ("{ nothing }", "graphql_invalid"),
        ("query A { hello } query B { hello }", "operation_name_needed"),
        ("query($n: Int!) { required(n: $n) }", "variable_required"),
        ("{ ...A } fragment A on Query { ...A }", "fragment_cycle"),
        ("subscription { x }", "subscription_over_http"),
        ("{ required(n: \"x\") }", "argument_invalid"),
        ("{ required(n: 3000000000) }", "number_out_of_range"),
        ("{ a: hello ... on Query { a: whoami } }", "fields_conflict"),
        ("{ rows(first: 1) { jp } ...R } fragment R on Query { rows(first: 2) { jp } }", "fields_conflict"),
        ("{ rows { x: jp } rows { x: name } }", "fields_conflict"),
        ("{ rows { x: jp } ...R } fragment R on Query { rows { ... { x: name } } }", "fields_conflict"),
        ("{ __typename @foo }", "graphql_invalid"),
        ("{ __typename @skip }", "graphql_invalid"),
        ("{ __typename @skip(if: true) @skip(if: false) }", "graphql_invalid"),
        ("{ __typename(x: 1) }", "graphql_invalid"),
        ("{ rows { __typename { jp } } }", "graphql_invalid"),
    ];
    for (text, code) in cases {
        for (accept, status) in [(OURS, 400), (JSON, 200)] {
            let answer = send(post(accept, query(text))).await;
            assert_eq!((answer.status, answer.code()), (status, code), "{text} {:?}", answer.body);
            assert!(answer.body.get("data").is_none(), "nothing ran, so there is no data entry");
            assert_eq!(answer.body["errors"][0]["extensions"]["requestId"], "req-1");
        }
    }
}

#[actix_web::test]
async fn a_field_that_fails_is_200_with_data_its_path_and_its_code() {
    for accept in [OURS, JSON] {
        let answer = send(post(accept, query("{ full }"))).await;
        assert_eq!((answer.status, answer.code()), (200, "seats_exhausted"));
        assert_eq!(answer.body["data"], Value::Null);
        assert!(answer.body.as_object().unwrap().contains_key("data"), "it ran, so data is null, not absent");
        let answer = send(post(accept, query("{ maybe whoami }"))).await;
        assert_eq!((answer.status, answer.code()), (200, "graphql_invalid"));
        assert_eq!(answer.body["data"], json!({"maybe": null, "whoami": "siti"}));
        assert_eq!(answer.body["errors"][0]["path"], json!(["maybe"]));
    }
}

#[actix_web::test]
async fn a_request_that_is_not_well_formed_is_400_in_both_media_types_and_names_every_fault() {
    let cases = [
        ("", "json_malformed"),
        ("{\"query\":", "json_malformed"),
        ("[{\"query\":\"{hello}\"}]", "batch_not_supported"),
        ("\"{hello}\"", "request_not_object"),
        ("{\"qeury\":\"{hello}\"}", "query_missing"),
        ("{\"query\":null}", "query_missing"),
        ("{\"query\":7}", "query_not_string"),
        ("{\"query\":\"{hello}\",\"variables\":[1]}", "variables_not_object"),
        ("{\"query\":\"{hello}\",\"variables\":\"{}\"}", "variables_not_object"),
        ("{\"query\":\"{hello}\",\"extensions\":0}", "extensions_not_object"),
        ("{\"query\":\"{hello}\",\"operationName\":{}}", "operation_name_not_string"),
        ("{\"extensions\":{\"persistedQuery\":{\"version\":1}}}", "persisted_query_malformed"),
    ];
    for (body, code) in cases {
        for accept in [OURS, JSON] {
            let answer = send(post(accept, body)).await;
            assert_eq!((answer.status, answer.code()), (400, code), "{body}");
        }
    }
    let all = send(post(JSON, "{\"query\":1,\"variables\":2,\"extensions\":3,\"operationName\":4}")).await;
    let pointers: Vec<&str> = all.body["errors"][0]["extensions"]["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|fault| fault["pointer"].as_str().unwrap())
        .collect();
    assert_eq!(pointers, ["/query", "/operationName", "/variables", "/extensions"]);
}

#[actix_web::test]
async fn null_and_empty_parameters_are_absent_ones() {
    let body = json!({"query": "{ hello }", "variables": null, "operationName": null, "extensions": null});
    assert_eq!(send(post(OURS, body.to_string())).await.status, 200);
    assert_eq!(
        send(post(OURS, json!({"query": "{ hello }", "operationName": ""}).to_string())).await.status,
        200
    );
    let named = json!({"query": "query A { hello } query B { whoami }", "operationName": "B"});
    assert_eq!(send(post(OURS, named.to_string())).await.body["data"], json!({"whoami": "siti"}));
}

#[actix_web::test]
async fn only_json_bodies_are_read() {
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json; charset=utf-16",
        "",
    ] {
        let request = test::TestRequest::post().uri("/graphql").insert_header(("content-type", kind));
        let answer = send(request.set_payload(query("mutation { touch }"))).await;
        assert_eq!((answer.status, answer.code()), (415, "unsupported_media_type"), "{kind}");
    }
    let missing = test::TestRequest::post().uri("/graphql").set_payload(query("{ hello }"));
    assert_eq!(send(missing).await.status, 415);
    let utf8 = test::TestRequest::post()
        .uri("/graphql")
        .insert_header(("content-type", "application/json; charset=UTF-8"));
    assert_eq!(send(utf8.set_payload(query("{ hello }"))).await.status, 200);
}

#[actix_web::test]
async fn a_body_that_says_it_is_compressed_is_not_read_as_if_it_were_not() {
    for (encoding, status) in [("gzip", 415), ("br", 415), ("identity", 200)] {
        let request = post(OURS, query("{ hello }")).insert_header(("content-encoding", encoding));
        assert_eq!(send(request).await.status, status, "{encoding}");
    }
}

#[actix_web::test]
async fn a_large_value_passes_where_a_large_document_does_not() {
    let text = "query($f: [Filter!]) { count(filters: $f) }";
    let filters: Vec<Value> =
        (0..10_000).map(|level| json!({ "level": level, "note": "x".repeat(60) })).collect();
    let body = json!({ "query": text, "variables": { "f": filters } }).to_string();
    assert!(body.len() > 800_000);
    assert_eq!(send(post(OURS, body)).await.body["data"], json!({ "count": 10_000 }));
    let long = format!("{{ hello }} # {}", "x".repeat(300 * 1024));
    let refused = send(post(OURS, query(&long))).await;
    assert_eq!((refused.status, refused.code()), (400, "query_too_large"));
}

#[actix_web::test]
async fn strings_take_every_escape_of_unicode() {
    for escaped in [r"\ud83d\ude00", r"\u{1F600}", "😀"] {
        let answer = send(post(OURS, query(&format!("{{ hello(name: \"{escaped}\") }}")))).await;
        assert_eq!(answer.body["data"]["hello"], "Halo 😀", "{escaped}: {}", answer.body);
    }
    let half = send(post(OURS, query(r#"{ hello(name: "\ud83d") }"#))).await;
    assert_eq!(half.code(), "query_syntax");
}

#[actix_web::test]
async fn a_body_is_read_up_to_its_limit() {
    let pad = |bytes: usize| {
        let body = |n: usize| json!({"query": "{ hello }", "variables": {"x": "x".repeat(n)}}).to_string();
        body(bytes - body(0).len())
    };
    assert_eq!(send(post(OURS, pad(BODY_BYTES))).await.status, 200);
    let answer = send(post(OURS, pad(BODY_BYTES + 1))).await;
    assert_eq!((answer.status, answer.code()), (413, "too_large"));
}

#[actix_web::test]
async fn get_runs_queries_and_refuses_everything_else() {
    let answer = send(get(&[
        ("query", "query Q($n: String) { hello(name: $n) }"),
        ("variables", "{\"n\":\"Siti\"}"),
        ("operationName", "Q"),
    ]))
    .await;
    assert_eq!((answer.status, &answer.body["data"]["hello"]), (200, &json!("Halo Siti")));
    let mutation = send(get(&[("query", "mutation { touch }")])).await;
    assert_eq!(
        (mutation.status, mutation.code(), mutation.allow.as_deref()),
        (405, "mutation_over_get", Some("POST"))
    );
    let chosen = get(&[("query", "query A { hello } mutation B { touch }"), ("operationName", "B")]);
    assert_eq!(send(chosen).await.status, 405);
    assert_eq!(send(get(&[])).await.code(), "query_missing");
    assert_eq!(send(get(&[("query", "{hello}"), ("variables", "{")])).await.code(), "json_malformed");
    assert_eq!(send(get(&[("query", "{hello}"), ("variables", "3")])).await.code(), "variables_not_object");
    let twice = test::TestRequest::get().uri("/graphql?query=a&query=b").insert_header(("accept", OURS));
    assert_eq!(send(twice).await.code(), "query_string_malformed");
    let put = test::TestRequest::with_uri("/graphql").method(Method::PUT).insert_header(("accept", OURS));
    let answer = send(put).await;
    assert_eq!((answer.status, answer.allow.as_deref()), (405, Some("GET, POST")));
}
