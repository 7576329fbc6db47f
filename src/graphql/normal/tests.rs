use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use async_graphql::{
    Context, EmptySubscription, Interface, Object, Request, Schema, SimpleObject, Variables,
};
use serde_json::{Value, json};

use super::*;
use crate::graphql::guard::{self, Limits};

#[derive(SimpleObject)]
struct Cat {
    id: i32,
    name: String,
    lives: i32,
}

#[derive(SimpleObject)]
#[graphql(complex)]
struct Dog {
    id: i32,
    name: String,
    tricks: Vec<String>,
}

#[async_graphql::ComplexObject]
impl Dog {
    async fn owner(&self) -> Option<Owner> {
        Some(Owner)
    }
}

struct Owner;

#[Object]
impl Owner {
    async fn name(&self) -> async_graphql::Result<String> {
        Err("name".into())
    }

    async fn nick(&self) -> async_graphql::Result<Option<String>> {
        Err("nick".into())
    }
}

#[derive(Interface)]
#[graphql(field(name = "id", ty = "&i32"), field(name = "name", ty = "String"))]
enum Animal {
    Cat(Cat),
    Dog(Dog),
}

struct Query;

#[Object]
impl Query {
    async fn animals(&self) -> Vec<Animal> {
        let cat = Cat { id: 1, name: "Manis".into(), lives: 9 };
        let dog = Dog { id: 2, name: "Bona".into(), tricks: vec!["duduk".into()] };
        vec![Animal::Cat(cat), Animal::Dog(dog)]
    }

    async fn late(&self) -> i32 {
        tokio::task::yield_now().await;
        1
    }

    async fn soon(&self) -> i32 {
        2
    }

    async fn owner(&self) -> Option<Owner> {
        Some(Owner)
    }

    async fn nobody(&self) -> Option<Owner> {
        None
    }

    async fn owners(&self) -> Vec<Owner> {
        vec![Owner, Owner]
    }

    async fn sure(&self) -> async_graphql::Result<i32> {
        Err("sure".into())
    }

    async fn perhaps(&self, n: Option<i32>) -> async_graphql::Result<Option<i32>> {
        n.map(Some).ok_or_else(|| "perhaps".into())
    }
}

struct Mutation;

#[Object]
impl Mutation {
    async fn bump(&self, ctx: &Context<'_>, by: i32) -> Dog {
        let calls = ctx.data_unchecked::<Arc<AtomicU32>>().fetch_add(1, Ordering::Relaxed);
        Dog { id: by, name: format!("call {calls}"), tricks: Vec::new() }
    }
}

fn schema() -> Schema<Query, Mutation, EmptySubscription> {
    let built = Schema::build(Query, Mutation, EmptySubscription);
    // What was laid out is not validated any more.
    built.validation_mode(async_graphql::ValidationMode::Fast).finish()
}

fn normal_of(text: &str, values: &Variables, limit: u64) -> Result<Arc<Normal>> {
    let types = Types::of(&schema().sdl());
    let (document, _) = guard::read(text, &Limits::default()).unwrap();
    let normals = Normals::of(&document, &types, limit)?;
    normals.choose(&document, guard::select(&document, None).unwrap(), values, &types, limit)
}

fn refused(text: &str) -> &'static str {
    normal_of(text, &Variables::default(), 10_000).map_or_else(|error| error.code(), |_| "ok")
}

/// The answer as text, for the order of its fields, with how often `bump` was called.
async fn run(text: &str, values: Value) -> (String, usize, u32) {
    let values = Variables::from_json(values);
    let normal = normal_of(text, &values, 10_000).unwrap();
    let calls = Arc::new(AtomicU32::new(0));
    let mut request = Request::new("").variables(values).data(calls.clone());
    request.set_parsed_query(normal.executable());
    let mut response = schema().execute(request).await;
    complete(&mut response, &normal.set);
    let data = serde_json::to_string(&response.data).unwrap();
    (data, response.errors.len(), calls.load(Ordering::Relaxed))
}

async fn data(text: &str) -> String {
    run(text, json!({})).await.0
}

#[actix_web::test]
async fn a_mutation_named_in_several_fragments_happens_once() {
    let two = "mutation { ...A ...B } fragment A on Mutation { bump(by: 1) { id } }
        fragment B on Mutation { bump(by: 1) { name ... { tricks } } }";
    let once = r#"{"bump":{"id":1,"name":"call 0","tricks":[]}}"#;
    assert_eq!(run(two, json!({})).await, (once.to_owned(), 0, 1));
    let plain = "mutation($n: Int!) { bump(by: $n) { id } bump(by: $n) { id } ... { bump(by: $n) { id } } }";
    assert_eq!(run(plain, json!({"n": 3})).await.2, 1);
    let conditional = "mutation($n: Int!, $yes: Boolean = true) {
        bump(by: $n) @include(if: $yes) { id } bump(by: $n) @skip(if: false) { name } }";
    assert_eq!(
        run(conditional, json!({"n": 3})).await,
        (r#"{"bump":{"id":3,"name":"call 0"}}"#.to_owned(), 0, 1)
    );
    let aliased = "mutation { a: bump(by: 1) { id } b: bump(by: 1) { id } }";
    assert_eq!(run(aliased, json!({})).await.2, 2, "two names are two calls");
}

#[test]
fn no_mutation_of_ours_is_run_twice_for_two_fragments() {
    let sdl = crate::graphql::schema().sdl();
    let types = Types::of(&sdl);
    let (_, mutations) = sdl.split_once("\ntype Mutation {").unwrap();
    let (mutations, _) = mutations.split_once("\n}").unwrap();
    let names: Vec<&str> = mutations
        .lines()
        .filter_map(|line| line.strip_prefix('\t'))
        .filter_map(|line| line.split_once(['(', ':']).map(|(name, _)| name))
        .filter(|name| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric()))
        .collect();
    assert!(names.len() > 30, "{names:?}");
    for name in names {
        let text = format!(
            "mutation {{ ...A ...B }} fragment A on Mutation {{ {name} {{ a: __typename }} }}
             fragment B on Mutation {{ ... {{ {name} {{ b: __typename }} }} }}"
        );
        let (document, _) = guard::read(&text, &Limits::default()).unwrap();
        let chosen = guard::select(&document, None).unwrap();
        let normal = Normal::of(&document, chosen.1, &types, Conditions::Ignored, 100).unwrap();
        let Set::Every(fields) = &normal.set else { panic!("{name}") };
        assert_eq!(fields.len(), 1, "{name}");
    }
}

#[actix_web::test]
async fn conditions_are_decided_by_values_and_defaults_before_fields_are_merged() {
    let text = "query($a: Boolean!, $b: Boolean = false) {
        soon @include(if: $a) ...F @skip(if: $b) } fragment F on Query { late soon @skip(if: $a) }";
    assert_eq!(run(text, json!({"a": true})).await.0, r#"{"soon":2,"late":1}"#);
    assert_eq!(run(text, json!({"a": false})).await.0, r#"{"late":1,"soon":2}"#);
    assert_eq!(run(text, json!({"a": false, "b": true})).await.0, "{}");
    let typename = "query($b: Boolean!) { __typename @include(if: $b) soon }";
    assert_eq!(run(typename, json!({"b": false})).await.0, r#"{"soon":2}"#);
}

#[actix_web::test]
async fn an_answer_has_the_fields_of_its_document_in_their_order() {
    assert_eq!(data("{ z: late a: soon b: late }").await, r#"{"z":1,"a":2,"b":1}"#);
    let animals = "{ animals { ... on Dog { tricks } name ... on Cat { lives } id __typename } }";
    assert_eq!(
        data(animals).await,
        r#"{"animals":[{"name":"Manis","lives":9,"id":1,"__typename":"Cat"},{"tricks":["duduk"],"name":"Bona","id":2,"__typename":"Dog"}]}"#
    );
    assert_eq!(data("{ animals { ... on Cat { id } } }").await, r#"{"animals":[{"id":1},{}]}"#);
}

#[actix_web::test]
async fn an_object_of_which_nothing_is_asked_is_empty_and_not_null() {
    assert_eq!(
        data("{ animals { name @skip(if: true) } nobody { name @skip(if: true) } }").await,
        r#"{"animals":[{},{}],"nobody":null}"#
    );
    assert_eq!(data("{ soon @include(if: false) }").await, "{}");
}

#[actix_web::test]
async fn a_field_that_failed_is_null_and_takes_its_parent_along_where_it_cannot_be() {
    let answered = run("{ perhaps soon b: perhaps(n: 3) }", json!({})).await;
    assert_eq!((answered.0.as_str(), answered.1), (r#"{"perhaps":null,"soon":2,"b":3}"#, 1));
    assert_eq!(data("{ owner { nick } soon }").await, r#"{"owner":{"nick":null},"soon":2}"#);
    assert_eq!(data("{ owner { name nick } soon }").await, r#"{"owner":null,"soon":2}"#);
    assert_eq!(data("{ owners { nick } }").await, r#"{"owners":[{"nick":null},{"nick":null}]}"#);
    assert_eq!(data("{ soon owners { name } }").await, "null", "[Owner!]! of Query itself");
    assert_eq!(data("{ soon sure }").await, "null");
    let deep = "{ animals { id ... on Dog { owner { name } } } soon }";
    assert_eq!(data(deep).await, r#"{"animals":[{"id":1},{"id":2,"owner":null}],"soon":2}"#);
}

#[test]
fn fields_that_cannot_be_one_are_refused() {
    for text in [
        "{ a: late ... on Query { a: soon } }",
        "{ perhaps(n: 1) ...F } fragment F on Query { perhaps(n: 2) }",
        "{ perhaps(n: 1) perhaps }",
        "{ animals { x: id } animals { x: name } }",
        "{ animals { ... on Cat { x: lives } ... on Dog { x: name } } }",
        "{ animals { ... on Cat { x: lives } ... on Dog { x: tricks } } }",
        "{ animals { ... on Dog { x: owner { y: name } } } animals { ... on Dog { x: owner { y: nick } } } }",
        "query($b: Boolean!) { a: late @include(if: $b) a: soon @skip(if: $b) }",
    ] {
        assert_eq!(refused(text), "fields_conflict", "{text}");
    }
    for text in [
        "{ perhaps(n: 1) ...F } fragment F on Query { perhaps(n: 1) }",
        "{ animals { ... on Cat { x: name } ... on Dog { x: name } id } }",
        "{ animals { ... on Cat { x: lives } ... on Dog { x: id } } }",
    ] {
        assert_eq!(refused(text), "ok", "{text}");
    }
}

#[test]
fn literals_are_held_to_their_types() {
    assert_eq!(refused("{ perhaps(n: \"x\") }"), "invalid");
    assert_eq!(refused("{ perhaps(n: 3000000000) }"), "invalid");
    assert_eq!(refused("query($n: Int) { perhaps(n: $n) }"), "ok");
}

#[test]
fn work_is_bounded_where_fragments_double() {
    let mut text = "{ ...F0 }".to_owned();
    for i in 0..40 {
        text.push_str(&format!(" fragment F{i} on Query {{ ...F{n} ...F{n} }}", n = i + 1));
    }
    text.push_str(" fragment F40 on Query { soon }");
    // One set meets each fragment once, however often it is spread.
    assert!(normal_of(&text, &Variables::default(), 200).is_ok());
    let mut nested = "{ owner { ...F0 } }".to_owned();
    for i in 0..10 {
        nested.push_str(&format!(
            " fragment F{i} on Owner {{ a{i}: nick ... {{ ...F{n} }} ... {{ ...F{n} }} }}",
            n = i + 1
        ));
    }
    nested.push_str(" fragment F10 on Owner { nick }");
    assert!(normal_of(&nested, &Variables::default(), 200).is_ok());
    let wide = format!("{{ {} }}", "animals { ... on Cat { id } ... on Dog { id } } ".repeat(100));
    let error = normal_of(&wide, &Variables::default(), 200).err().map(|error| error.code());
    assert_eq!(error, Some("too_many_fields"));
}
