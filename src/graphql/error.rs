//! Errors as GraphQL shows them: the message in the caller's language, the same
//! stable `code` as REST in `extensions.code`, every field at fault in `extensions.errors`.

use async_graphql::{ErrorExtensionValues, Response, ServerError, Value};

use super::loader::Shared;
use crate::foundation::{
    error::{Error, Fault},
    language::{self, Language},
};
use crate::rest::problem::field_problems;

/// Gives every error of a response its words and its code.
pub fn word(mut response: Response, language: Language, request_id: &str) -> Response {
    for error in &mut response.errors {
        word_one(error, language, request_id);
    }
    response
}

fn word_one(error: &mut ServerError, language: Language, request_id: &str) {
    let mut extensions = error.extensions.take().unwrap_or_default();
    let shared = error.source::<Shared>().map(|shared| &**shared);
    if let Some(ours) = error.source::<Error>().or(shared) {
        if let Error::Internal { what, .. } = ours {
            tracing::error!(what, request_id, "internal error");
        }
        extensions.set("code", ours.code());
        let errors = field_problems(ours, language);
        if !errors.is_empty() {
            extensions.set("errors", serde_json::to_value(errors).ok().and_then(json).unwrap_or_default());
        }
        error.message = language::of_error(language, ours);
    } else if let Some(fault) = fault_of_id(&extensions) {
        for (name, _) in &fault.args {
            extensions.unset(name);
        }
        error.message = language::of_fault(language, &fault);
    } else if extensions.get("code").is_none() {
        // What the library itself refuses: a document that does not fit the schema. Its own
        // words are in English; they are framed by ours.
        extensions.set("code", "graphql_invalid");
        let detail = std::mem::take(&mut error.message);
        error.message = language::of_code(language, "graphql_invalid", &[("detail", detail)]);
    }
    extensions.set("requestId", request_id);
    error.extensions = Some(extensions);
}

/// What `foundation::id` found wrong with an id while the library read an argument.
fn fault_of_id(extensions: &ErrorExtensionValues) -> Option<Fault> {
    let text = |name| match extensions.get(name) {
        Some(Value::String(text)) => Some(text.clone()),
        _ => None,
    };
    match text("code")?.as_str() {
        "global_id_malformed" => Some(Fault::new("", "global_id_malformed")),
        "id_of_another_kind" => Some(
            Fault::new("", "id_of_another_kind")
                .with("wanted", text("wanted")?)
                .with("given", text("given")?),
        ),
        _ => None,
    }
}

fn json(value: serde_json::Value) -> Option<Value> {
    Value::from_json(value).ok()
}
