//! A small OpenID provider on this machine: it describes itself, signs people in without asking, and can be told to lie.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use actix_web::{
    App, HttpRequest, HttpResponse, HttpServer,
    web::{self, Data},
};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD as BASE64},
};
use hmac::{Hmac, KeyInit, Mac};
use p256::ecdsa::{Signature, SigningKey, signature::Signer};
use sanggar::access::provider::Provider;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use url::{Url, form_urlencoded};

use super::app::start;

/// What it knows us by.
pub const CLIENT: &str = "sanggar-client";
/// What proves that it is us; must never be seen anywhere.
pub const SECRET: &str = "hush-upstream-secret-canary";

/// How an ID token is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signed {
    /// As agreed.
    Es256,
    /// Not at all.
    None,
    /// With the client's secret.
    Hs256,
    /// With a key that it never publishes.
    Elsewhere,
}

/// What somebody asked for at the authorization endpoint.
struct Asked {
    challenge: String,
    nonce: String,
    back: String,
}

/// What it does at the moment.
pub struct Behaviour {
    /// Claims of the next ID tokens; null leaves one out.
    pub claims: Value,
    /// How they are signed.
    pub signed: Signed,
    /// Which of its keys signs, and is published.
    pub key: u8,
    /// The error with which it sends people back, if any.
    pub error: Option<&'static str>,
    /// Whom it says to be when it sends people back; none = itself.
    pub iss: Option<String>,
    /// Whether it cannot say at the moment who it is.
    pub away: bool,
    /// How often it was asked who it is.
    pub described: usize,
    /// How often a code was exchanged, or tried to be.
    pub exchanged: usize,
    codes: HashMap<String, Asked>,
}

/// A running provider. It stops when dropped.
pub struct FakeProvider {
    pub issuer: String,
    state: Arc<Shared>,
    handle: actix_web::dev::ServerHandle,
}

struct Shared {
    issuer: Mutex<String>,
    behaviour: Mutex<Behaviour>,
}

impl FakeProvider {
    /// Starts one for somebody with these claims.
    pub fn start(claims: Value) -> Self {
        let behaviour = Behaviour {
            claims,
            signed: Signed::Es256,
            key: 1,
            error: None,
            iss: None,
            away: false,
            described: 0,
            exchanged: 0,
            codes: HashMap::new(),
        };
        let state = Arc::new(Shared { issuer: Mutex::new(String::new()), behaviour: Mutex::new(behaviour) });
        let shared = Data::from(state.clone());
        let server = HttpServer::new(move || {
            App::new()
                .app_data(shared.clone())
                .route("/.well-known/openid-configuration", web::get().to(describe))
                .route("/jwks", web::get().to(keys))
                .route("/authorize", web::get().to(authorize))
                .route("/token", web::post().to(token))
        })
        .workers(1)
        .disable_signals()
        .bind(("127.0.0.1", 0))
        .unwrap();
        let issuer = format!("http://{}", server.addrs()[0]);
        *state.issuer.lock().unwrap() = issuer.clone();
        let server = server.run();
        let handle = server.handle();
        tokio::spawn(server);
        Self { issuer, state, handle }
    }

    /// The settings with which Sanggar uses it.
    pub fn settings(&self, name: &str, claim: &str) -> Provider {
        Provider {
            name: name.to_owned(),
            label: format!("Akun {name}"),
            issuer: self.issuer.clone(),
            client_id: CLIENT.to_owned(),
            client_secret: SECRET.to_owned(),
            claim: claim.to_owned(),
            domains: Vec::new(),
            algorithms: vec!["RS256".to_owned(), "ES256".to_owned()],
            scopes: vec!["email".to_owned()],
            language: None,
        }
    }

    /// Changes what it does, or looks at it.
    pub fn does<T>(&self, change: impl FnOnce(&mut Behaviour) -> T) -> T {
        change(&mut self.state.behaviour.lock().unwrap())
    }

    /// Adds claims to those of the next ID tokens.
    pub fn says(&self, claims: Value) {
        self.does(|behaviour| {
            for (name, value) in claims.as_object().unwrap() {
                behaviour.claims[name] = value.clone();
            }
        });
    }

    /// Goes away.
    pub async fn stop(&self) {
        self.handle.stop(false).await;
    }
}

impl Drop for FakeProvider {
    fn drop(&mut self) {
        // The future does nothing that must be waited for.
        drop(self.handle.stop(false));
    }
}

fn signing_key(number: u8) -> SigningKey {
    SigningKey::from_slice(&[number; 32]).unwrap()
}

async fn describe(state: Data<Shared>) -> HttpResponse {
    let issuer = state.issuer.lock().unwrap().clone();
    {
        let mut behaviour = state.behaviour.lock().unwrap();
        behaviour.described += 1;
        if behaviour.away {
            return HttpResponse::BadGateway().finish();
        }
    }
    HttpResponse::Ok().json(json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/jwks"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "authorization_response_iss_parameter_supported": true,
    }))
}

async fn keys(state: Data<Shared>) -> HttpResponse {
    let number = state.behaviour.lock().unwrap().key;
    let point = signing_key(number).verifying_key().to_encoded_point(false);
    let (x, y) = (BASE64.encode(point.x().unwrap()), BASE64.encode(point.y().unwrap()));
    let kid = format!("key-{number}");
    HttpResponse::Ok().json(json!({
        "keys": [{ "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": kid, "x": x, "y": y }]
    }))
}

async fn authorize(http: HttpRequest, state: Data<Shared>) -> HttpResponse {
    let asked: HashMap<String, String> =
        form_urlencoded::parse(http.query_string().as_bytes()).into_owned().collect();
    assert_eq!(asked["response_type"], "code");
    assert_eq!(asked["client_id"], CLIENT);
    assert_eq!(asked["code_challenge_method"], "S256");
    assert!(asked["scope"].split(' ').any(|scope| scope == "openid"), "{}", asked["scope"]);
    assert!(asked["state"].len() >= 43 && asked["nonce"].len() >= 43);
    let issuer = state.issuer.lock().unwrap().clone();
    let mut behaviour = state.behaviour.lock().unwrap();
    let mut back = Url::parse(&asked["redirect_uri"]).unwrap();
    match behaviour.error {
        Some(error) => {
            back.query_pairs_mut().append_pair("error", error);
        }
        None => {
            let code = format!("code-canary-{}", behaviour.codes.len());
            back.query_pairs_mut().append_pair("code", &code);
            let request = Asked {
                challenge: asked["code_challenge"].clone(),
                nonce: asked["nonce"].clone(),
                back: asked["redirect_uri"].clone(),
            };
            behaviour.codes.insert(code, request);
        }
    }
    let iss = behaviour.iss.clone().unwrap_or(issuer);
    back.query_pairs_mut().append_pair("state", &asked["state"]).append_pair("iss", &iss);
    HttpResponse::Found().insert_header(("Location", back.to_string())).finish()
}

async fn token(http: HttpRequest, body: web::Bytes, state: Data<Shared>) -> HttpResponse {
    let issuer = state.issuer.lock().unwrap().clone();
    let mut behaviour = state.behaviour.lock().unwrap();
    behaviour.exchanged += 1;
    let refused = |error: &str| HttpResponse::BadRequest().json(json!({ "error": error }));
    let basic = format!("Basic {}", STANDARD.encode(format!("{CLIENT}:{SECRET}")));
    if http.headers().get("Authorization").and_then(|value| value.to_str().ok()) != Some(basic.as_str()) {
        return HttpResponse::Unauthorized().json(json!({ "error": "invalid_client" }));
    }
    let form: HashMap<String, String> = form_urlencoded::parse(&body).into_owned().collect();
    let Some(asked) = form.get("code").and_then(|code| behaviour.codes.remove(code)) else {
        return refused("invalid_grant");
    };
    let proven = form.get("code_verifier").map(|verifier| BASE64.encode(Sha256::digest(verifier.as_bytes())));
    if proven.as_deref() != Some(asked.challenge.as_str()) || form.get("redirect_uri") != Some(&asked.back) {
        return refused("invalid_grant");
    }
    let access = "access-token-canary";
    let token = id_token(&behaviour, &issuer, &asked.nonce, access);
    HttpResponse::Ok().json(json!({
        "access_token": access, "token_type": "Bearer", "expires_in": 300, "id_token": token
    }))
}

fn id_token(behaviour: &Behaviour, issuer: &str, nonce: &str, access: &str) -> String {
    let now = start().timestamp();
    let half = &Sha256::digest(access.as_bytes())[..16];
    let mut claims = json!({
        "iss": issuer, "aud": CLIENT, "sub": "subject-1", "iat": now, "exp": now + 300,
        "nonce": nonce, "at_hash": BASE64.encode(half),
    });
    for (name, value) in behaviour.claims.as_object().unwrap() {
        claims[name] = value.clone();
    }
    let kept: Map<String, Value> =
        claims.as_object().unwrap().clone().into_iter().filter(|(_, value)| !value.is_null()).collect();
    let (alg, kid) = match behaviour.signed {
        Signed::Es256 => ("ES256", format!("key-{}", behaviour.key)),
        Signed::None => ("none", String::new()),
        Signed::Hs256 => ("HS256", format!("key-{}", behaviour.key)),
        Signed::Elsewhere => ("ES256", "key-nowhere".to_owned()),
    };
    let part = |value: &Value| BASE64.encode(value.to_string());
    let head = json!({ "alg": alg, "typ": "JWT", "kid": kid });
    let input = format!("{}.{}", part(&head), part(&Value::Object(kept)));
    let signature = match behaviour.signed {
        Signed::None => Vec::new(),
        Signed::Hs256 => {
            let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
            mac.update(input.as_bytes());
            mac.finalize().into_bytes().to_vec()
        }
        Signed::Es256 => signed(behaviour.key, &input),
        Signed::Elsewhere => signed(99, &input),
    };
    format!("{input}.{}", BASE64.encode(signature))
}

fn signed(key: u8, input: &str) -> Vec<u8> {
    let signature: Signature = signing_key(key).sign(input.as_bytes());
    signature.to_bytes().to_vec()
}
