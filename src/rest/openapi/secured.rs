//! Which tokens an operation takes: one that an operator made, or one that came through OAuth with the right scope.

use serde_json::{Map, Value, json};

use super::PUBLIC;
use crate::{
    access::{
        action::Action,
        oauth_scope::{OAuthScope, Scopes},
    },
    foundation::language::{self, Language},
    identity::oauth::metadata,
};

/// The ways to come by a token.
pub(super) fn schemes() -> Value {
    let words = |scope: &OAuthScope| {
        let key = format!("scope-{}", scope.as_str());
        (scope.as_str().to_owned(), Value::from(language::of_code(Language::English, &key, &[])))
    };
    let scopes: Map<String, Value> = OAuthScope::ALL.iter().map(words).collect();
    json!({
        "bearer": { "type": "http", "scheme": "bearer", "bearerFormat": "JWT",
            "description": "An access token. The demo prints one per role; operators make them with `sanggar token`." },
        "oauth2": { "type": "oauth2",
            "description": "An access token that an app was given by somebody who agreed, or that a system got for itself (OAuth 2.1). PKCE with S256 is required.",
            "flows": {
                "authorizationCode": { "authorizationUrl": metadata::AUTHORIZE, "tokenUrl": metadata::TOKEN,
                    "refreshUrl": metadata::TOKEN, "scopes": scopes },
                "clientCredentials": { "tokenUrl": metadata::TOKEN, "scopes": scopes },
            } },
    })
}

/// What the operation of this id asks for. Where its action does not follow from its name no scope is named; who lacks
/// one is told which (`insufficient_scope`).
pub(super) fn of(id: &str) -> Value {
    let scopes: Scopes = action(id).map(Action::scope).into_iter().collect();
    let scopes: Vec<&str> = scopes.iter().map(|scope| scope.as_str()).collect();
    let tokens = [json!({ "bearer": [] }), json!({ "oauth2": scopes })];
    // What answers without a token takes one all the same.
    let without = PUBLIC.contains(&id).then(|| json!({}));
    without.into_iter().chain(tokens).collect()
}

/// The action that an operation is, by its name.
fn action(id: &str) -> Option<Action> {
    let (verb, of) = id.split_once('_')?;
    let is = |action: &&Action| {
        let Some((noun, done)) = action.name().split_once('.') else { return false };
        match verb {
            "get" | "list" => done == "read" && (of == noun || of == plural(noun)),
            _ => id == format!("{done}_{noun}"),
        }
    };
    Action::ALL.iter().find(is).copied()
}

fn plural(noun: &str) -> String {
    match noun.strip_suffix('y') {
        Some(stem) => format!("{stem}ies"),
        None if noun.ends_with("ch") => format!("{noun}es"),
        None => format!("{noun}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operation_names_the_scope_of_its_action() {
        assert_eq!(of("revoke_certificate"), json!([{ "bearer": [] }, { "oauth2": ["certificates_issue"] }]));
        assert_eq!(of("list_certificates"), json!([{ "bearer": [] }, { "oauth2": ["certificates_read"] }]));
        assert_eq!(of("list_communities")[1], json!({ "oauth2": ["communities_read"] }));
        assert_eq!(of("get_me"), json!([{}, { "bearer": [] }, { "oauth2": [] }]));
    }
}
