//! A GraphQL request out of a body or a query string. Everything that is wrong with it
//! is told at once.

use actix_web::{HttpRequest, web};
use async_graphql::Variables;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::foundation::error::{Error, Fault, Faults, Result};
use crate::graphql::persisted::{Hash, hash_from_hex};

/// The parameters of GraphQL over HTTP, their kinds checked.
#[derive(Debug, Default)]
pub struct Incoming {
    /// The text of the document; absent where a hash stands for it.
    pub query: Option<String>,
    /// Which operation of the document; `None` also for the empty string.
    pub operation_name: Option<String>,
    /// Values of variables.
    pub variables: Variables,
    /// `extensions.persistedQuery`
    pub persisted: Persisted,
}

/// What `extensions.persistedQuery` asks for.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum Persisted {
    /// Nothing.
    #[default]
    Absent,
    /// The document with this hash.
    Hash(Hash),
    /// A version of the protocol that is not spoken here.
    Unsupported,
}

impl Incoming {
    /// From the JSON body of a POST.
    ///
    /// # Errors
    /// `json_malformed`, `batch_not_supported`, `request_not_object`,
    /// or every parameter of a wrong kind.
    pub fn from_body(body: &[u8]) -> Result<Self> {
        let parsed: Value = serde_json::from_slice(body)
            .map_err(|error| Error::Malformed(Box::new(Fault::not_json("", &error))))?;
        Self::from_value(parsed)
    }

    /// From JSON that was read already.
    ///
    /// # Errors
    /// As [`Incoming::from_body`].
    pub fn from_value(parsed: Value) -> Result<Self> {
        match parsed {
            Value::Object(members) => Self::from_members(members),
            Value::Array(_) => Err(Error::malformed("", "batch_not_supported")),
            _ => Err(Error::malformed("", "request_not_object")),
        }
    }

    /// From the query string of a GET, where `variables` and `extensions` are JSON in text.
    ///
    /// # Errors
    /// As [`Incoming::from_body`]; `query_string_malformed`.
    pub fn from_query_string(http: &HttpRequest) -> Result<Self> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Parameters {
            query: Option<String>,
            operation_name: Option<String>,
            variables: Option<String>,
            extensions: Option<String>,
        }
        let parameters = web::Query::<Parameters>::from_query(http.query_string())
            .map_err(|_| Error::malformed("", "query_string_malformed"))?
            .into_inner();
        let mut members = Map::new();
        let mut faults = Faults::new();
        for (name, text) in [("variables", parameters.variables), ("extensions", parameters.extensions)] {
            let Some(text) = text.filter(|text| !text.is_empty()) else { continue };
            match serde_json::from_str(&text) {
                Ok(value) => {
                    members.insert(name.to_owned(), value);
                }
                Err(error) => faults.push(Fault::not_json(format!("/{name}"), &error)),
            }
        }
        faults.done()?;
        members.extend(parameters.query.map(|query| ("query".to_owned(), query.into())));
        members.extend(parameters.operation_name.map(|name| ("operationName".to_owned(), name.into())));
        Self::from_members(members)
    }

    fn from_members(mut members: Map<String, Value>) -> Result<Self> {
        let mut faults = Faults::new();
        let query = string(&mut members, "query", "query_not_string", &mut faults);
        let operation_name = string(&mut members, "operationName", "operation_name_not_string", &mut faults)
            .filter(|n| !n.is_empty());
        let variables = object(&mut members, "variables", "variables_not_object", &mut faults);
        let extensions = object(&mut members, "extensions", "extensions_not_object", &mut faults);
        let persisted = persisted(&extensions, &mut faults);
        if faults.is_empty() && query.is_none() && persisted == Persisted::Absent {
            faults.push(Fault::new("/query", "query_missing"));
        }
        faults.done()?;
        let variables = Variables::from_json(Value::Object(variables));
        Ok(Self { query, operation_name, variables, persisted })
    }
}

fn string(
    members: &mut Map<String, Value>,
    name: &str,
    code: &'static str,
    faults: &mut Faults,
) -> Option<String> {
    match members.remove(name) {
        None | Some(Value::Null) => None,
        Some(Value::String(text)) => Some(text),
        Some(_) => {
            faults.push(Fault::new(format!("/{name}"), code));
            None
        }
    }
}

fn object(
    members: &mut Map<String, Value>,
    name: &str,
    code: &'static str,
    faults: &mut Faults,
) -> Map<String, Value> {
    match members.remove(name) {
        Some(Value::Object(object)) => return object,
        None | Some(Value::Null) => {}
        Some(_) => faults.push(Fault::new(format!("/{name}"), code)),
    }
    Map::new()
}

fn persisted(extensions: &Map<String, Value>, faults: &mut Faults) -> Persisted {
    let Some(asked) = extensions.get("persistedQuery").filter(|asked| !asked.is_null()) else {
        return Persisted::Absent;
    };
    if asked.get("version").is_some_and(|version| version != 1) {
        return Persisted::Unsupported;
    }
    match asked.get("sha256Hash").and_then(Value::as_str).and_then(hash_from_hex) {
        Some(hash) => Persisted::Hash(hash),
        None => {
            faults.push(Fault::new("/extensions/persistedQuery", "persisted_query_malformed"));
            Persisted::Absent
        }
    }
}
