//! One scenario, two faces: an operation is called by its one name with one set of
//! arguments; how REST and GraphQL spell it is read from the contracts themselves.

use std::sync::LazyLock;

use reqwest::Method;
use sanggar::{foundation::id::parse_global, graphql, rest::openapi};
use serde_json::{Map, Value, json};

use super::TestApp;

/// The way in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    Rest,
    Graphql,
}

impl Face {
    pub const BOTH: [Self; 2] = [Self::Rest, Self::Graphql];
}

/// What came back, told alike for both faces.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// `None` when it succeeded; else the stable code.
    pub code: Option<String>,
    /// The pointers and codes of every field at fault.
    pub faults: Vec<(String, String)>,
    /// The answer: REST's body; GraphQL's with ids, enums and lists written as REST does.
    pub data: Value,
}

impl Outcome {
    /// The answer of a call that must have succeeded.
    #[track_caller]
    pub fn ok(self) -> Value {
        assert!(self.code.is_none(), "refused with {:?} {:?}: {}", self.code, self.faults, self.data);
        self.data
    }

    /// The code of a call that must have been refused.
    #[track_caller]
    pub fn refused(self) -> String {
        self.code.unwrap_or_else(|| panic!("was not refused: {}", self.data))
    }
}

/// The REST method and path of an operation.
pub fn rest_operation(name: &str) -> Option<(String, String, Value)> {
    for (path, item) in openapi::DOCUMENT["paths"].as_object()? {
        for (method, operation) in item.as_object()? {
            if operation["operationId"] == name {
                return Some((method.clone(), path.clone(), operation.clone()));
            }
        }
    }
    None
}

/// Every REST operation's id.
pub fn rest_operations() -> Vec<String> {
    let paths = openapi::DOCUMENT["paths"].as_object().unwrap();
    let items = paths.values().flat_map(|item| item.as_object().unwrap().values());
    items.map(|operation| operation["operationId"].as_str().unwrap().to_owned()).collect()
}

/// The GraphQL field of a REST operation: `list_programs` → `programs`, `get_program` →
/// `program`, `revoke_certificate` → `revokeCertificate`.
pub fn graphql_field(operation: &str) -> String {
    let stem =
        operation.strip_prefix("list_").or_else(|| operation.strip_prefix("get_")).unwrap_or(operation);
    let mut parts = stem.split('_');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |name, part| name + &part[..1].to_uppercase() + &part[1..])
}

static INTROSPECTION: LazyLock<Value> = LazyLock::new(|| {
    let query = "{ __schema { queryType { name } mutationType { name } types { kind name
        fields(includeDeprecated: true) { name args { name type { ...T } } type { ...T } }
        inputFields { name type { ...T } } enumValues { name } possibleTypes { name } } } }
        fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } }";
    let task = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(graphql::schema().execute(query)).data.into_json().unwrap()
    });
    task.join().unwrap()["__schema"].clone()
});

/// The GraphQL type of this name.
pub fn type_named(name: &str) -> &'static Value {
    let types = INTROSPECTION["types"].as_array().unwrap();
    types.iter().find(|t| t["name"] == name).unwrap_or_else(|| panic!("no GraphQL type {name}"))
}

/// Every field of `Query` or `Mutation`.
pub fn graphql_fields(root: &str) -> Vec<String> {
    let fields = type_named(root)["fields"].as_array().unwrap();
    fields.iter().map(|f| f["name"].as_str().unwrap().to_owned()).collect()
}

/// A field of a type.
pub fn field_of<'a>(holder: &'a Value, name: &str) -> Option<&'a Value> {
    holder["fields"].as_array()?.iter().find(|f| f["name"] == name)
}

/// A type without its wrappers, and whether it is a list.
pub fn bare(ty: &Value) -> (&str, &str, bool) {
    let mut ty = ty;
    let mut list = false;
    while !ty["ofType"].is_null() {
        list |= ty["kind"] == "LIST";
        ty = &ty["ofType"];
    }
    (ty["kind"].as_str().unwrap(), ty["name"].as_str().unwrap(), list)
}

impl TestApp {
    /// Calls `operation` through `face`. Arguments: path parameters and list filters by their
    /// camelCase names, `first`, `after`, `version`, `input`, and `key` for an idempotency key.
    pub async fn call(&self, face: Face, token: Option<&str>, operation: &str, args: Value) -> Outcome {
        match face {
            Face::Rest => self.call_rest(token, operation, args).await,
            Face::Graphql => self.call_graphql(token, operation, args).await,
        }
    }

    async fn call_rest(&self, token: Option<&str>, operation: &str, args: Value) -> Outcome {
        let (method, path, spec) =
            rest_operation(operation).unwrap_or_else(|| panic!("no REST operation {operation}"));
        let mut path = path;
        let mut query = Vec::new();
        for parameter in spec["parameters"].as_array().into_iter().flatten() {
            let name = parameter["name"].as_str().unwrap();
            let given = if name == "limit" { &args["first"] } else { &args[name] };
            let text = match given {
                Value::Null => continue,
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            match parameter["in"].as_str().unwrap() {
                "path" => path = path.replace(&format!("{{{name}}}"), &text),
                "query" => query.push((name.to_owned(), text)),
                _ => {}
            }
        }
        assert!(!path.contains('{'), "{operation}: a path parameter is missing in {args}");
        let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
        let mut request = self.request(method.clone(), &path, token);
        if !query.is_empty() {
            let pairs = query.iter().map(|(k, v)| format!("{k}={}", percent(v))).collect::<Vec<_>>();
            request = self.request(method, &format!("{path}?{}", pairs.join("&")), token);
        }
        if let Some(version) = args["version"].as_i64() {
            request = request.header("If-Match", format!("\"v{version}\""));
        }
        if let Some(key) = args["key"].as_str() {
            request = request.header("Idempotency-Key", key);
        }
        if !args["input"].is_null() {
            request = request.json(&args["input"]);
        }
        let answer = request.send().await.unwrap();
        let status = answer.status().as_u16();
        let text = answer.text().await.unwrap();
        assert!(status < 500, "{operation} answered {status}: {text}");
        let data: Value = serde_json::from_str(&text).unwrap_or(Value::Null);
        if status < 400 {
            return Outcome { code: None, faults: Vec::new(), data };
        }
        Outcome { code: data["code"].as_str().map(str::to_owned), faults: faults(&data["errors"]), data }
    }

    async fn call_graphql(&self, token: Option<&str>, operation: &str, args: Value) -> Outcome {
        let field = graphql_field(operation);
        let (kind, root) = match field_of(type_named("Query"), &field) {
            Some(_) => ("query", "Query"),
            None => ("mutation", "Mutation"),
        };
        let spec = field_of(type_named(root), &field).unwrap_or_else(|| panic!("no GraphQL field {field}"));
        let (mut declared, mut passed, mut variables) = (Vec::new(), Vec::new(), Map::new());
        for arg in spec["args"].as_array().unwrap() {
            let name = arg["name"].as_str().unwrap();
            let value = if name == "filter" { filter(&arg["type"], &args) } else { args[name].clone() };
            if value.is_null() {
                continue;
            }
            declared.push(format!("${name}: {}", spelled(&arg["type"])));
            passed.push(format!("{name}: ${name}"));
            variables.insert(name.to_owned(), to_graphql(&arg["type"], value));
        }
        let wrap = |list: Vec<String>| {
            if list.is_empty() { String::new() } else { format!("({})", list.join(", ")) }
        };
        let selection = selection(&spec["type"], 0);
        let query = format!("{kind}{} {{ {field}{} {selection} }}", wrap(declared), wrap(passed));
        let mut request = self.request(Method::POST, "/graphql", token);
        if let Some(key) = args["key"].as_str() {
            request = request.header("Idempotency-Key", key);
        }
        let answer = request.json(&json!({ "query": query, "variables": variables })).send().await.unwrap();
        let status = answer.status().as_u16();
        let text = answer.text().await.unwrap();
        assert!(status < 500, "{operation} answered {status}: {text}");
        let body: Value = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{e}: {text}"));
        if let Some(error) = body["errors"].as_array().and_then(|e| e.first()) {
            let code = error["extensions"]["code"].as_str().unwrap_or("none").to_owned();
            return Outcome { code: Some(code), faults: faults(&error["extensions"]["errors"]), data: body };
        }
        Outcome { code: None, faults: Vec::new(), data: to_rest(&spec["type"], &body["data"][&field]) }
    }
}

fn faults(errors: &Value) -> Vec<(String, String)> {
    let text = |v: &Value| v.as_str().unwrap_or_default().to_owned();
    errors.as_array().into_iter().flatten().map(|e| (text(&e["pointer"]), text(&e["code"]))).collect()
}

/// Percent-encoded for a URL.
pub fn percent(text: &str) -> String {
    text.bytes()
        .map(|b| match b {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => (b as char).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect()
}

/// The filter object made of those arguments that the filter's type has.
fn filter(ty: &Value, args: &Value) -> Value {
    let fields = type_named(bare(ty).1)["inputFields"].as_array().unwrap();
    let mut found = Map::new();
    for name in fields.iter().filter_map(|f| f["name"].as_str()) {
        if !args[name].is_null() {
            found.insert(name.to_owned(), args[name].clone());
        }
    }
    if found.is_empty() { Value::Null } else { Value::Object(found) }
}

/// A type as GraphQL writes it.
pub fn spelled(ty: &Value) -> String {
    match ty["kind"].as_str().unwrap() {
        "NON_NULL" => format!("{}!", spelled(&ty["ofType"])),
        "LIST" => format!("[{}]", spelled(&ty["ofType"])),
        _ => ty["name"].as_str().unwrap().to_owned(),
    }
}

/// Writes REST's spelling of a value as GraphQL wants it: enums in capitals.
fn to_graphql(ty: &Value, value: Value) -> Value {
    let (kind, name, _) = bare(ty);
    match (kind, value) {
        ("ENUM", Value::String(text)) => Value::String(text.to_uppercase()),
        (_, Value::Array(list)) => Value::Array(list.into_iter().map(|v| to_graphql(ty, v)).collect()),
        ("INPUT_OBJECT", Value::Object(map)) => {
            let fields = type_named(name)["inputFields"].as_array().unwrap();
            let typed = |key: &str| fields.iter().find(|f| f["name"] == key).map(|f| &f["type"]);
            map.into_iter()
                .map(|(key, v)| {
                    let v = match typed(&key) {
                        Some(ty) => to_graphql(ty, v),
                        None => v,
                    };
                    (key, v)
                })
                .collect()
        }
        (_, value) => value,
    }
}

/// Everything of a type that needs no arguments: leaves, and plain objects two levels down.
pub fn selection(ty: &Value, depth: usize) -> String {
    let (kind, name, _) = bare(ty);
    if matches!(kind, "SCALAR" | "ENUM") {
        return String::new();
    }
    let relay = name.ends_with("Connection") || name.ends_with("Edge") || name == "PageInfo";
    let mut parts = vec!["__typename".to_owned()];
    if kind == "UNION" {
        for one in type_named(name)["possibleTypes"].as_array().unwrap() {
            let one = json!({ "kind": "OBJECT", "name": one["name"] });
            parts.push(format!("... on {} {}", one["name"].as_str().unwrap(), selection(&one, depth)));
        }
    }
    for field in type_named(name)["fields"].as_array().into_iter().flatten() {
        let text = field["name"].as_str().unwrap();
        let inner = bare(&field["type"]);
        if field["args"].as_array().is_some_and(|args| !args.is_empty()) || (relay && text == "nodes") {
            continue;
        }
        // An edge to one of several shapes is the loader's, like one to another node.
        if inner.0 == "UNION" && field_of(type_named(name), "id").is_some() {
            continue;
        }
        let has_id = |n: &str| field_of(type_named(n), "id").is_some();
        if matches!(inner.0, "SCALAR" | "ENUM") {
            parts.push(text.to_owned());
        } else if relay || (depth < 3 && !has_id(inner.1) && !inner.1.ends_with("Connection")) {
            parts.push(format!("{text} {}", selection(&field["type"], depth + usize::from(!relay))));
        }
    }
    format!("{{ {} }}", parts.join(" "))
}

/// Writes a GraphQL answer as REST would: UUIDs, small letters in enums, `items` and `next`.
fn to_rest(ty: &Value, value: &Value) -> Value {
    let (kind, name, _) = bare(ty);
    match (kind, value) {
        (_, Value::Array(list)) => Value::Array(list.iter().map(|v| to_rest(ty, v)).collect()),
        ("ENUM", Value::String(text)) => Value::String(text.to_lowercase()),
        ("SCALAR", Value::String(text)) if name == "ID" => {
            Value::String(parse_global(text).map_or_else(|| text.clone(), |(_, key)| key))
        }
        // The same instant: the GraphQL library spells UTC as an offset, serde as Z.
        ("SCALAR", Value::String(text)) if name == "DateTime" => Value::String(text.replace("+00:00", "Z")),
        ("OBJECT", Value::Object(map)) if name.ends_with("Connection") => {
            let spec = type_named(name);
            let edge = bare(&field_of(spec, "edges").unwrap()["type"]).1;
            let node = &field_of(type_named(edge), "node").unwrap()["type"];
            let items = map["edges"].as_array().unwrap().iter().map(|e| to_rest(node, &e["node"]));
            let more = map["pageInfo"]["hasNextPage"] == true;
            let next = if more { map["pageInfo"]["endCursor"].clone() } else { Value::Null };
            json!({ "items": items.collect::<Vec<_>>(), "next": next })
        }
        ("UNION", Value::Object(map)) => {
            let shape = map["__typename"].clone();
            to_rest(&json!({ "kind": "OBJECT", "name": shape }), value)
        }
        ("OBJECT", Value::Object(map)) => {
            let spec = type_named(name);
            let typed = |key: &str| field_of(spec, key).map(|f| &f["type"]);
            map.iter().filter_map(|(key, v)| Some((key.clone(), to_rest(typed(key)?, v)))).collect()
        }
        (_, value) => value.clone(),
    }
}

/// Arguments of the right types that name nothing that exists; `None` where the face has no such operation.
pub fn dummy_args(operation: &str, face: Face) -> Option<Value> {
    let (_, _, spec) = rest_operation(operation)?;
    let field = graphql_field(operation);
    let graphql = ["Query", "Mutation"].into_iter().find_map(|root| field_of(type_named(root), &field));
    let mut args = Map::new();
    for parameter in spec["parameters"].as_array().into_iter().flatten() {
        let name = parameter["name"].as_str()?;
        if parameter["in"] == "path" && parameter["schema"]["type"] == "integer" {
            args.insert(name.to_owned(), json!(1));
        } else if parameter["in"] == "path" {
            args.insert(name.to_owned(), json!("01890000-0000-7000-8000-00000000000f"));
        } else if parameter["in"] == "query" && parameter["required"] == true && name == "kind" {
            args.insert(name.to_owned(), json!("regions"));
        } else if parameter["in"] == "query" && parameter["required"] == true {
            let id = parameter["schema"]["format"] == "uuid";
            let value = if id { "01890000-0000-7000-8000-00000000000f" } else { "teks" };
            args.insert(name.to_owned(), json!(value));
        }
    }
    match graphql {
        Some(field) => {
            for arg in field["args"].as_array().into_iter().flatten() {
                let name = arg["name"].as_str()?;
                if name == "version" {
                    args.insert(name.to_owned(), json!(1));
                } else if arg["type"]["kind"] == "NON_NULL" && !args.contains_key(name) {
                    args.insert(name.to_owned(), dummy(&arg["type"]));
                }
            }
        }
        None if face == Face::Graphql => return None,
        None => {}
    }
    Some(Value::Object(args))
}

fn dummy(ty: &Value) -> Value {
    if ty["kind"] == "NON_NULL" {
        return dummy(&ty["ofType"]);
    }
    if ty["kind"] == "LIST" {
        return json!([dummy(&ty["ofType"])]);
    }
    match (ty["kind"].as_str().unwrap(), ty["name"].as_str().unwrap()) {
        ("ENUM", name) => {
            let first = type_named(name)["enumValues"][0]["name"].as_str().unwrap();
            json!(first.to_lowercase())
        }
        ("INPUT_OBJECT", name) => {
            let fields = type_named(name)["inputFields"].as_array().unwrap();
            let required = fields.iter().filter(|f| f["type"]["kind"] == "NON_NULL");
            required.map(|f| (f["name"].as_str().unwrap().to_owned(), dummy(&f["type"]))).collect()
        }
        (_, "Int") => json!(1),
        (_, "Boolean") => json!(false),
        (_, "ID") => json!("01890000-0000-7000-8000-00000000000f"),
        (_, "DateTime") => json!("2026-03-20T00:00:00Z"),
        (_, "NaiveDate") => json!("2026-03-20"),
        _ => json!("teks"),
    }
}
