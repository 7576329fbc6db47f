//! Requests to every documented operation, half sound and half not.

use std::collections::HashMap;

use rand::{RngExt, rngs::StdRng};
use sanggar::rest::openapi::DOCUMENT;
use serde_json::{Map, Value, json};

use super::{
    document::{change_value, nudge, spoil},
    junk,
};
use crate::support::face::percent;

/// An operation as the document has it.
pub struct Operation {
    pub id: String,
    method: reqwest::Method,
    path: String,
    spec: &'static Value,
}

/// A request to one.
#[derive(Debug)]
pub struct Hostile {
    pub method: reqwest::Method,
    pub path: String,
    pub headers: Vec<(&'static str, Vec<u8>)>,
    pub body: Option<Vec<u8>>,
}

/// Every operation.
pub fn operations() -> Vec<Operation> {
    let mut found = Vec::new();
    for (path, item) in DOCUMENT["paths"].as_object().unwrap() {
        for (method, spec) in item.as_object().unwrap() {
            found.push(Operation {
                id: spec["operationId"].as_str().unwrap().to_owned(),
                method: method.to_uppercase().parse().unwrap(),
                path: path.clone(),
                spec,
            });
        }
    }
    found
}

/// Headers and, where there is one, a body.
type RawRequest = (Vec<(&'static str, Vec<u8>)>, Option<Vec<u8>>);

impl Operation {
    /// Whether the document says that it may answer so.
    pub fn documents(&self, status: u16) -> bool {
        self.spec["responses"][status.to_string()].is_object()
    }

    /// A request; `known` are ids that exist, by the collection they are in.
    pub fn request(&self, known: &HashMap<String, Vec<String>>, chance: &mut StdRng) -> Hostile {
        let mut path = self.path.clone();
        let mut query = Vec::new();
        for parameter in self.spec["parameters"].as_array().into_iter().flatten() {
            let name = parameter["name"].as_str().unwrap();
            match parameter["in"].as_str().unwrap() {
                "path" => {
                    let value = self.path_value(known, chance);
                    path = path.replace(&format!("{{{name}}}"), &percent(&value));
                }
                "query" if chance.random_ratio(1, 3) => {
                    let value = query_value(parameter, known, chance);
                    query.push(format!("{name}={}", percent(&value)));
                }
                _ => {}
            }
        }
        if chance.random_ratio(1, 20) {
            query.push(format!("{}={}", percent(&junk::text(chance)), percent(&junk::text(chance))));
        }
        if !query.is_empty() {
            path = format!("{path}?{}", query.join("&"));
        }
        let (mut headers, body) = self.body(known, chance);
        headers.extend(conditions(chance));
        Hostile { method: self.method.clone(), path, headers, body }
    }

    fn path_value(&self, known: &HashMap<String, Vec<String>>, chance: &mut StdRng) -> String {
        let collection = self.path.split('/').nth(2).unwrap_or_default();
        match known.get(collection) {
            Some(ids) if chance.random_ratio(5, 6) => ids[chance.random_range(0..ids.len())].clone(),
            // Nothing between two slashes is another address.
            _ => Some(junk::text(chance)).filter(|text| !text.is_empty()).unwrap_or_else(|| "x".to_owned()),
        }
    }

    fn body(&self, known: &HashMap<String, Vec<String>>, chance: &mut StdRng) -> RawRequest {
        let Some(content) = self.spec["requestBody"]["content"].as_object() else {
            return Default::default();
        };
        let (media, described) = content.iter().next().unwrap();
        let mut media = media.clone();
        if chance.random_ratio(1, 30) {
            media = "text/plain".to_owned();
        }
        let headers = vec![("content-type", media.into_bytes())];
        let mut value = value_of(&described["schema"], known, chance, 0);
        for _ in 0..chance.random_range(0..3) {
            if chance.random_bool(0.4) { change_value(&mut value, chance) } else { nudge(&mut value, chance) }
        }
        let mut body = match chance.random_range(0..60) {
            0 => return (Vec::new(), None),
            1 => format!("{}1{}", "[".repeat(20_000), "]".repeat(20_000)).into_bytes(),
            2 => json!({ "name": "A".repeat(200_000) }).to_string().into_bytes(),
            3 => br#"{"name":"a","name":"b"}"#.to_vec(),
            _ => value.to_string().into_bytes(),
        };
        if chance.random_ratio(1, 20) {
            spoil(&mut body, chance);
        }
        (headers, Some(body))
    }
}

fn conditions(chance: &mut StdRng) -> Vec<(&'static str, Vec<u8>)> {
    let mut headers: Vec<(&'static str, Vec<u8>)> = Vec::new();
    let versions: [&[u8]; 7] =
        [b"\"v1\"", b"\"v2\"", b"*", b"W/\"v1\"", b"\"v99999999999999999999\"", b"x", b"\xff"];
    match chance.random_range(0..8) {
        // A step by POST goes on without one; with a stale one it never reaches its rules.
        0..=3 => {}
        4 => headers.push(("if-match", versions[chance.random_range(0..versions.len())].to_vec())),
        _ => headers.push(("if-match", b"\"v1\"".to_vec())),
    }
    if chance.random_ratio(1, 5) {
        headers.push(("if-none-match", versions[chance.random_range(0..versions.len())].to_vec()));
    }
    let keys: [Vec<u8>; 5] =
        [b"k1".to_vec(), b"k2".to_vec(), vec![b'k'; 300], "kunci \u{e9}".into(), b"\xff".to_vec()];
    if chance.random_ratio(1, 12) {
        headers.push(("idempotency-key", keys[chance.random_range(0..keys.len())].clone()));
    }
    if chance.random_ratio(1, 10) {
        headers.push(("accept-language", b"x-klingon;q=9,,en-;*".to_vec()));
    }
    headers
}

fn query_value(parameter: &Value, known: &HashMap<String, Vec<String>>, chance: &mut StdRng) -> String {
    if chance.random_ratio(1, 4) {
        return junk::text(chance);
    }
    match value_of(&parameter["schema"], known, chance, 0) {
        Value::String(text) => text,
        other => other.to_string(),
    }
}

/// A value that fits a schema, as far as the schema tells.
fn value_of(schema: &Value, known: &HashMap<String, Vec<String>>, chance: &mut StdRng, depth: u32) -> Value {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.rsplit('/').next().unwrap();
        return value_of(&DOCUMENT["components"]["schemas"][name], known, chance, depth);
    }
    for several in ["oneOf", "anyOf", "allOf"] {
        if let Some(list) = schema[several].as_array() {
            return value_of(&list[chance.random_range(0..list.len())], known, chance, depth);
        }
    }
    if let Some(values) = schema["enum"].as_array() {
        return values[chance.random_range(0..values.len())].clone();
    }
    if !schema["example"].is_null() && chance.random_ratio(2, 3) {
        return schema["example"].clone();
    }
    let kind = match &schema["type"] {
        Value::Array(kinds) => kinds[chance.random_range(0..kinds.len())].as_str().unwrap_or_default(),
        kind => kind.as_str().unwrap_or_default(),
    };
    match kind {
        "object" => object(schema, known, chance, depth),
        "array" if depth < 5 => {
            let count = chance.random_range(0..3);
            (0..count).map(|_| value_of(&schema["items"], known, chance, depth + 1)).collect()
        }
        "array" => json!([]),
        "integer" | "number" => json!(chance.random_range(0..100)),
        "boolean" => json!(chance.random_bool(0.5)),
        "string" => string(schema, known, chance),
        _ => Value::Null,
    }
}

fn object(schema: &Value, known: &HashMap<String, Vec<String>>, chance: &mut StdRng, depth: u32) -> Value {
    let required = schema["required"].as_array().cloned().unwrap_or_default();
    let mut map = Map::new();
    for (name, field) in schema["properties"].as_object().into_iter().flatten() {
        if depth < 5 && (required.contains(&json!(name)) || chance.random_ratio(1, 2)) {
            map.insert(name.clone(), value_of(field, known, chance, depth + 1));
        }
    }
    Value::Object(map)
}

fn string(schema: &Value, known: &HashMap<String, Vec<String>>, chance: &mut StdRng) -> Value {
    match schema["format"].as_str() {
        Some("uuid") => {
            let all: Vec<&String> = known.values().flatten().collect();
            json!(all[chance.random_range(0..all.len())])
        }
        Some("date") => json!("2026-11-30"),
        Some("date-time") => json!("2026-11-24T08:00:00Z"),
        _ => json!("Contoh"),
    }
}
