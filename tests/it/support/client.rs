//! Apps and systems for tests: their rows, their keys, what they sign.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use entity::oauth_client;
use p256::ecdsa::{Signature, SigningKey, signature::Signer};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{TestApp, app::start};

/// A system with a secret that waits for a decision.
pub fn oauth_client_row(id: Uuid) -> oauth_client::Model {
    oauth_client::Model {
        id,
        name: "Sistem".to_owned(),
        kind: "confidential".to_owned(),
        status: "pending".to_owned(),
        status_reason: None,
        redirect_uris: json!([]),
        grant_types: json!(["client_credentials"]),
        scopes: json!(["certificates_read"]),
        auth_method: "client_secret_basic".to_owned(),
        jwks: None,
        contact: "tim@contoh.id".to_owned(),
        homepage: None,
        policy_uri: None,
        dpop_required: false,
        persisted_only: false,
        registered_by: "test".to_owned(),
        decided_by: None,
        decided_at: None,
        version: 1,
        created_at: start(),
        updated_at: start(),
    }
}

/// What registers an app on people's devices.
pub fn app_input() -> Value {
    json!({ "name": "Aplikasi Guru", "kind": "public", "authMethod": "none",
        "redirectUris": ["id.contoh.aplikasi:/callback", "http://127.0.0.1/callback"],
        "grantTypes": ["authorization_code", "refresh_token"], "scopes": ["certificates_read", "trainings_read"],
        "contact": "tim@contoh.id" })
}

/// What registers a system that has secrets.
pub fn system_input() -> Value {
    json!({ "name": "Sistem", "kind": "confidential", "authMethod": "client_secret_basic", "redirectUris": [],
        "grantTypes": ["client_credentials"], "scopes": ["certificates_read"], "contact": "tim@contoh.id" })
}

/// A key of a system, always the same.
pub struct ClientKey(SigningKey);

impl ClientKey {
    /// The key of this number, 1 to 255.
    pub fn new(number: u8) -> Self {
        Self(SigningKey::from_slice(&[number; 32]).unwrap())
    }

    /// As it stands in a JWK Set.
    pub fn public(&self, kid: &str) -> Value {
        let point = self.0.verifying_key().to_encoded_point(false);
        let part = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        json!({ "kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": kid,
            "x": part(point.x().unwrap()), "y": part(point.y().unwrap()) })
    }

    /// These claims, signed.
    pub fn sign(&self, header: &Value, claims: &Value) -> String {
        let signed = unsigned(header, claims);
        let signature: Signature = self.0.sign(signed.as_bytes());
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature.to_bytes()))
    }
}

/// Header and claims of a JWS, with no signature yet.
pub fn unsigned(header: &Value, claims: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}", part(header), part(claims))
}

impl TestApp {
    /// Registers a client over REST: its id.
    pub async fn oauth_client(&self, input: Value) -> String {
        let (status, made) = self.post("/v1/oauth-clients", Some(&self.ministry()), &input).await;
        assert_eq!(status, 201, "{made}");
        made["id"].as_str().unwrap().to_owned()
    }

    /// Makes a secret for a system: the secret.
    pub async fn client_secret(&self, id: &str, days: i64) -> String {
        let path = format!("/v1/oauth-clients/{id}/secrets");
        let (status, made) = self.post(&path, Some(&self.ministry()), &json!({ "days": days })).await;
        assert_eq!(status, 201, "{made}");
        made["secret"].as_str().unwrap().to_owned()
    }
}
