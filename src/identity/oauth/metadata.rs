//! What a client can read about the authorization server (RFC 8414) and about what it protects (RFC 9728).

use serde_json::{Value, json};

use super::dpop;
use crate::{
    access::{jws, oauth_scope::OAuthScope},
    identity::client::jwks,
};

/// Where the authorization server describes itself (RFC 8414, section 3).
pub const SERVER: &str = "/.well-known/oauth-authorization-server";
/// Where the API describes what it wants of clients (RFC 9728, section 3).
pub const RESOURCE: &str = "/.well-known/oauth-protected-resource";
/// Where people decide.
pub const AUTHORIZE: &str = "/oauth/authorize";
/// Where tokens are made.
pub const TOKEN: &str = "/oauth/token";
/// Where tokens are given back.
pub const REVOKE: &str = "/oauth/revoke";
/// Where tokens are asked about.
pub const INTROSPECT: &str = "/oauth/introspect";
/// Where clients are registered (RFC 7591).
pub const REGISTER: &str = "/oauth/register";
/// How clients prove themselves, as their metadata names it.
const AUTH_METHODS: &[&str] = &["none", "client_secret_basic", "private_key_jwt"];

fn scope_names() -> Vec<&'static str> {
    OAuthScope::ALL.iter().map(|scope| scope.as_str()).collect()
}

/// The authorization server's description; `url` is where the service is reached.
pub fn server(url: &str) -> Value {
    let at = |path: &str| format!("{url}{path}");
    // Whoever keeps no secret may not ask what tokens are worth.
    let confidential: Vec<_> = AUTH_METHODS.iter().filter(|method| **method != "none").collect();
    json!({
        "issuer": url,
        "authorization_endpoint": at(AUTHORIZE),
        "token_endpoint": at(TOKEN),
        "revocation_endpoint": at(REVOKE),
        "introspection_endpoint": at(INTROSPECT),
        "registration_endpoint": at(REGISTER),
        "jwks_uri": at("/.well-known/jwks.json"),
        "scopes_supported": scope_names(),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code", "refresh_token", "client_credentials"],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": AUTH_METHODS,
        "token_endpoint_auth_signing_alg_values_supported": jwks::ALGORITHMS,
        "revocation_endpoint_auth_methods_supported": AUTH_METHODS,
        "revocation_endpoint_auth_signing_alg_values_supported": jwks::ALGORITHMS,
        "introspection_endpoint_auth_methods_supported": confidential,
        "introspection_endpoint_auth_signing_alg_values_supported": jwks::ALGORITHMS,
        "authorization_response_iss_parameter_supported": true,
        "dpop_signing_alg_values_supported": dpop::ALGORITHMS,
        "access_token_signing_alg_values_supported": [jws::ALG],
        "ui_locales_supported": ["id", "en"],
        "service_documentation": at("/explorer"),
        "protected_resources": [url],
    })
}

/// The API's description.
pub fn resource(url: &str) -> Value {
    json!({
        "resource": url,
        "authorization_servers": [url],
        "jwks_uri": format!("{url}/.well-known/jwks.json"),
        "scopes_supported": scope_names(),
        "bearer_methods_supported": ["header"],
        "dpop_signing_alg_values_supported": dpop::ALGORITHMS,
        "dpop_bound_access_tokens_required": false,
        "resource_name": "Sanggar",
        "resource_documentation": format!("{url}/explorer"),
    })
}
