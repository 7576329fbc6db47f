//! Sound GraphQL documents to make unsound ones of: one per field of the schema with all its
//! arguments, the console's examples, and the two nested reads.

use rand::{RngExt, rngs::StdRng};
use serde_json::{Map, Value, json};

use crate::support::face::{bare, field_of, graphql_fields, selection, spelled, type_named};

/// A document and its variables.
#[derive(Clone)]
pub struct Sample {
    pub query: String,
    pub variables: Value,
}

const NESTED: [&str; 2] = [
    "query Profile($id: ID!, $first: Int) { person(id: $id) { name school { name } region { name }
       certificates(first: $first) { totalCount edges { node { number title program { title } } } } } }",
    "query Open($first: Int) { batches(first: $first, filter: { status: OPEN }) { pageInfo { hasNextPage endCursor }
       edges { cursor node { name seatsLeft sessionCount program { title } provider { name } } } } }",
];

/// All of them; `ids` are global ids that exist.
pub fn corpus(ids: &[String], chance: &mut StdRng) -> Vec<Sample> {
    let mut samples = Vec::new();
    for root in ["Query", "Mutation"] {
        for field in graphql_fields(root) {
            samples.push(call_of(root, &field, ids, chance));
        }
    }
    for query in NESTED {
        let variables = json!({ "id": ids[chance.random_range(0..ids.len())], "first": 20 });
        samples.push(Sample { query: query.to_owned(), variables });
    }
    let examples = include_str!("../../../src/graphql/console/examples.json");
    let examples: Vec<Value> = serde_json::from_str(examples).unwrap();
    samples.extend(examples.into_iter().map(|example| Sample {
        query: example["query"].as_str().unwrap().to_owned(),
        variables: example["variables"].clone(),
    }));
    samples
}

fn call_of(root: &str, field: &str, ids: &[String], chance: &mut StdRng) -> Sample {
    let spec = field_of(type_named(root), field).unwrap();
    let (mut declared, mut passed, mut variables) = (Vec::new(), Vec::new(), Map::new());
    for arg in spec["args"].as_array().unwrap() {
        let name = arg["name"].as_str().unwrap();
        declared.push(format!("${name}: {}", spelled(&arg["type"])));
        passed.push(format!("{name}: ${name}"));
        variables.insert(name.to_owned(), value_of(&arg["type"], ids, chance, 0));
    }
    let wrap =
        |list: Vec<String>| if list.is_empty() { String::new() } else { format!("({})", list.join(", ")) };
    let kind = if root == "Query" { "query" } else { "mutation" };
    let query =
        format!("{kind} Q{} {{ {field}{} {} }}", wrap(declared), wrap(passed), selection(&spec["type"], 0));
    Sample { query, variables: Value::Object(variables) }
}

/// A value that fits a type, as far as the type tells.
fn value_of(ty: &Value, ids: &[String], chance: &mut StdRng, depth: u32) -> Value {
    match ty["kind"].as_str().unwrap() {
        "NON_NULL" => sound(&ty["ofType"], ids, chance, depth),
        _ if depth > 3 || chance.random_ratio(1, 4) => Value::Null,
        _ => sound(ty, ids, chance, depth),
    }
}

fn sound(ty: &Value, ids: &[String], chance: &mut StdRng, depth: u32) -> Value {
    if ty["kind"] == "LIST" {
        let count = chance.random_range(0..3);
        return (0..count).map(|_| value_of(&ty["ofType"], ids, chance, depth + 1)).collect();
    }
    let (kind, name, _) = bare(ty);
    match (kind, name) {
        ("ENUM", _) => {
            let values = type_named(name)["enumValues"].as_array().unwrap();
            values[chance.random_range(0..values.len())]["name"].clone()
        }
        ("INPUT_OBJECT", _) => {
            let fields = type_named(name)["inputFields"].as_array().unwrap();
            let filled = fields.iter().map(|field| {
                (field["name"].as_str().unwrap().to_owned(), value_of(&field["type"], ids, chance, depth + 1))
            });
            filled.collect()
        }
        (_, "ID") => json!(ids[chance.random_range(0..ids.len())]),
        (_, "Int") => json!(chance.random_range(1..40)),
        (_, "Float") => json!(0.5),
        (_, "Boolean") => json!(chance.random_bool(0.5)),
        (_, "DateTime") => json!("2026-11-24T08:00:00Z"),
        (_, "NaiveDate") => json!("2026-11-30"),
        _ => json!(["Balai Contoh", "32.73", "20219180", "BGTK-X"][chance.random_range(0..4)]),
    }
}
