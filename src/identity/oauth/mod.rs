//! The authorization server (OAuth 2.1): apps act for those who agreed, systems for themselves.
//!
//! Each rule has the section of its standard beside it. Where the standards leave a choice, the narrower one is taken:
//! one flow for people (codes with PKCE S256), one for systems, tokens of ten minutes that are looked up at each use.

pub mod authorize;
pub mod code;
pub mod consent;
pub mod dpop;
pub mod form;
pub mod introspect;
pub mod metadata;
pub mod refresh;
pub mod revoke;
pub mod tidy;
pub mod token;

use entity::oauth_client;
use serde_json::Value;

use crate::access::oauth_scope::{OAuthScope, Scopes};

/// The texts of a stored list; what is no text is left out.
pub fn texts(stored: &Value) -> Vec<String> {
    let listed = stored.as_array().into_iter().flatten();
    listed.filter_map(|one| one.as_str().map(str::to_owned)).collect()
}

/// The scopes of a stored list. One that is no longer there gives nothing.
pub fn scopes(stored: &Value) -> Scopes {
    let listed = stored.as_array().into_iter().flatten();
    listed.filter_map(|one| OAuthScope::parse(one.as_str()?).ok()).collect()
}

/// Scopes as they are stored.
pub fn stored(scopes: &Scopes) -> Value {
    scopes.iter().map(|scope| Value::from(scope.as_str())).collect()
}

/// Whether the client may use this grant (RFC 7591, section 2: `grant_types`).
pub fn may_use(client: &oauth_client::Model, grant_type: &str) -> bool {
    texts(&client.grant_types).iter().any(|one| one == grant_type)
}

/// Whether the client can keep a secret (RFC 6749, section 2.1).
pub fn is_confidential(client: &oauth_client::Model) -> bool {
    client.kind == "confidential"
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_stored_list_of_scopes_is_read_as_it_was_written() {
        let all: Scopes = OAuthScope::ALL.iter().copied().collect();
        assert_eq!(scopes(&stored(&all)), all);
        assert_eq!(scopes(&json!(["gone", 7, "moderation"])), Scopes::from([OAuthScope::Moderation]));
        assert_eq!(scopes(&json!(null)), Scopes::new());
    }
}
