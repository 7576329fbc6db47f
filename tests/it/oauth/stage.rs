//! A teacher with an account, an app on their phone, a system of the ministry.

use std::collections::HashMap;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use chrono::{DateTime, Utc};
use entity::{account, oauth_client};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use p256::{SecretKey, pkcs8::EncodePrivateKey};
use reqwest::Method;
use sanggar::identity::sign_in::session;
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use url::{Url, form_urlencoded};
use uuid::Uuid;

use crate::support::{
    TestApp,
    app::{URL, start},
    directory::{Country, put},
    rows::person_row,
};

/// PKCE's secret of the tests: 43 letters.
pub const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
/// Where the app is answered.
pub const REDIRECT: &str = "https://app.test/cb";

/// Who and what there is.
pub struct Stage<'a> {
    pub app: &'a TestApp,
    pub person: Uuid,
    pub account: Uuid,
    /// The app: keeps no secret.
    pub phone: Uuid,
    /// The system: proves itself with a key.
    pub system: Uuid,
    pub cookie: String,
}

/// An app that was approved.
pub fn client_row(id: Uuid, name: &str) -> oauth_client::Model {
    oauth_client::Model {
        id,
        name: name.to_owned(),
        kind: "public".to_owned(),
        status: "approved".to_owned(),
        status_reason: None,
        redirect_uris: json!([REDIRECT, "id.app.test:/cb", "http://127.0.0.1/cb"]),
        grant_types: json!(["authorization_code", "refresh_token"]),
        scopes: json!([
            "certificates_read",
            "trainings_read",
            "trainings_apply",
            "access_read",
            "access_manage"
        ]),
        auth_method: "none".to_owned(),
        jwks: None,
        contact: "dev@app.test".to_owned(),
        homepage: Some("https://app.test/".to_owned()),
        policy_uri: None,
        dpop_required: false,
        persisted_only: false,
        registered_by: "self".to_owned(),
        decided_by: Some("ministry".to_owned()),
        decided_at: Some(start()),
        version: 2,
        created_at: start(),
        updated_at: start(),
    }
}

/// An account that may be used.
pub fn account_row(id: Uuid, person: Option<Uuid>, login: &str) -> account::Model {
    account::Model {
        id,
        person_id: person,
        login: login.to_owned(),
        name: "Siti Aminah".to_owned(),
        email: None,
        language: "id".to_owned(),
        status: "active".to_owned(),
        status_reason: None,
        password_hash: None,
        password_changed_at: None,
        totp_sealed: None,
        totp_confirmed_at: None,
        totp_last_step: None,
        signed_in_at: None,
        version: 1,
        created_at: start(),
        updated_at: start(),
    }
}

/// A key of a client or device, and its public half as a JWK.
pub fn key(seed: u8) -> (EncodingKey, Value) {
    let secret = SecretKey::from_slice(&[seed; 32]).unwrap();
    let point = p256::ecdsa::VerifyingKey::from(secret.public_key()).to_encoded_point(false);
    let der = secret.to_pkcs8_der().unwrap();
    let [x, y] = [point.x().unwrap(), point.y().unwrap()].map(|c| BASE64.encode(c));
    (EncodingKey::from_ec_der(der.as_bytes()), json!({ "kty": "EC", "crv": "P-256", "x": x, "y": y }))
}

/// The thumbprint of a key (RFC 7638).
pub fn thumbprint(seed: u8) -> String {
    let jwk = key(seed).1;
    let text = format!(r#"{{"crv":"P-256","kty":"EC","x":{},"y":{}}}"#, jwk["x"], jwk["y"]);
    BASE64.encode(Sha256::digest(text))
}

/// A proof of possession for one request.
pub fn proof(seed: u8, method: &str, url: &str, now: DateTime<Utc>, token: Option<&str>) -> String {
    let (secret, jwk) = key(seed);
    let mut header = Header::new(Algorithm::ES256);
    header.typ = Some("dpop+jwt".to_owned());
    header.jwk = Some(serde_json::from_value(jwk).unwrap());
    let mut claims = json!({ "jti": Uuid::now_v7(), "htm": method, "htu": url, "iat": now.timestamp() });
    if let Some(token) = token {
        claims["ath"] = json!(BASE64.encode(Sha256::digest(token)));
    }
    jsonwebtoken::encode(&header, &claims, &secret).unwrap()
}

/// Parameters as a form or a query.
pub fn encoded(pairs: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

/// What an answer to the app says.
pub fn answer(location: &str) -> HashMap<String, String> {
    Url::parse(location).unwrap().query_pairs().into_owned().collect()
}

impl<'a> Stage<'a> {
    /// One of everything; the country is made the first time.
    pub async fn new(app: &'a TestApp) -> Self {
        let [person, account, phone, system] = std::array::from_fn(|_| Uuid::now_v7());
        if entity::region::Entity::find_by_id("32.73.01")
            .one(app.services.store.reader())
            .await
            .unwrap()
            .is_none()
        {
            Country::new(app).await;
        }
        put(app, person_row(person, "Siti Aminah", None, "32.73.01")).await;
        put(app, account_row(account, Some(person), &format!("siti-{person}"))).await;
        put(app, client_row(phone, "Buku <b>Guru</b>")).await;
        let mut public = key(9).1;
        public["kid"] = json!("nine");
        public["alg"] = json!("ES256");
        let row = oauth_client::Model {
            kind: "confidential".to_owned(),
            redirect_uris: json!([]),
            grant_types: json!(["client_credentials"]),
            auth_method: "private_key_jwt".to_owned(),
            jwks: Some(json!({ "keys": [public] })),
            ..client_row(system, "Dapodik")
        };
        put(app, row).await;
        let cookie = session::start(&app.services, account, false, "test").await.unwrap();
        Self { app, person, account, phone, system, cookie }
    }

    /// The same, where somebody else is signed in.
    pub async fn signed_in_as(&self, account: Uuid) -> Self {
        let cookie = session::start(&self.app.services, account, false, "test").await.unwrap();
        Self { cookie, account, ..*self }
    }

    /// A page, as the teacher's browser gets it.
    pub async fn browse(&self, method: Method, path: &str, form: Option<&str>) -> reqwest::Response {
        let request = self.app.request(method, path, None);
        let request = request
            .header("cookie", format!("sanggar-session={}", self.cookie))
            .header("accept-language", "en")
            .header("accept", "text/html");
        match form {
            Some(form) => {
                let media = "application/x-www-form-urlencoded";
                request.header("content-type", media).body(form.to_owned()).send().await.unwrap()
            }
            None => request.send().await.unwrap(),
        }
    }

    /// What the app asks, with `changes` to the usual: another value, or none.
    pub fn asks(&self, changes: &[(&str, Option<&str>)]) -> String {
        let (id, challenge) = (self.phone.to_string(), BASE64.encode(Sha256::digest(VERIFIER)));
        let usual = [
            ("client_id", id.as_str()),
            ("redirect_uri", REDIRECT),
            ("response_type", "code"),
            ("scope", "certificates_read access_read access_manage"),
            ("state", "s1"),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
        ];
        let mut pairs: Vec<(&str, &str)> = Vec::new();
        for (name, value) in usual {
            match changes.iter().find(|change| change.0 == name) {
                Some((_, Some(other))) => pairs.push((name, *other)),
                Some((_, None)) => {}
                None => pairs.push((name, value)),
            }
        }
        let more = changes.iter().filter(|change| usual.iter().all(|usual| usual.0 != change.0));
        pairs.extend(more.filter_map(|(name, value)| Some((*name, (*value)?))));
        format!("/oauth/authorize?{}", encoded(&pairs))
    }

    /// Where the app is led back to once the teacher agreed.
    pub async fn agrees(&self, changes: &[(&str, Option<&str>)]) -> String {
        let path = self.asks(changes);
        let page = self.browse(Method::GET, &path, None).await;
        if page.status() == 303 {
            return page.headers()["location"].to_str().unwrap().to_owned();
        }
        assert_eq!(page.status(), 200);
        let csrf = csrf(&page.text().await.unwrap());
        let decision = encoded(&[("csrf", &csrf), ("decision", "approve")]);
        led_to(self.browse(Method::POST, &path, Some(&decision)).await).await
    }

    /// A code for the app.
    pub async fn code(&self, changes: &[(&str, Option<&str>)]) -> String {
        answer(&self.agrees(changes).await)["code"].clone()
    }

    /// A form sent to an endpoint of the protocol: status, body, challenge.
    pub async fn send(&self, path: &str, form: &[(&str, &str)], dpop: Option<&str>) -> (u16, Value, String) {
        let request = self.app.request(Method::POST, path, None);
        let request = match dpop {
            Some(proof) => request.header("dpop", proof),
            None => request,
        };
        let media = "application/x-www-form-urlencoded";
        let answer = request.header("content-type", media).body(encoded(form)).send().await.unwrap();
        let status = answer.status().as_u16();
        let challenge = answer.headers().get("www-authenticate").map(|v| v.to_str().unwrap().to_owned());
        if status == 200 {
            assert_eq!(answer.headers()["cache-control"], "no-store", "{path}");
        }
        (status, answer.json().await.unwrap_or_default(), challenge.unwrap_or_default())
    }

    /// The code turned into tokens by the app.
    pub async fn redeem(&self, code: &str) -> (u16, Value) {
        let id = self.phone.to_string();
        let form = [
            ("grant_type", "authorization_code"),
            ("client_id", id.as_str()),
            ("code", code),
            ("redirect_uri", REDIRECT),
            ("code_verifier", VERIFIER),
        ];
        let (status, body, _) = self.send("/oauth/token", &form, None).await;
        (status, body)
    }

    /// Tokens of the app, for the usual scopes.
    pub async fn tokens(&self) -> Value {
        let code = self.code(&[]).await;
        let (status, body) = self.redeem(&code).await;
        assert_eq!(status, 200, "{body}");
        body
    }

    /// A refresh by the app.
    pub async fn refresh(&self, token: &str) -> (u16, Value) {
        let id = self.phone.to_string();
        let form = [("grant_type", "refresh_token"), ("client_id", id.as_str()), ("refresh_token", token)];
        let (status, body, _) = self.send("/oauth/token", &form, None).await;
        (status, body)
    }

    /// What the system proves itself with (RFC 7523), once.
    pub fn assertion(&self) -> String {
        let now = self.app.services.clock.now().timestamp();
        let id = self.system.to_string();
        let claims =
            json!({ "iss": id, "sub": id, "aud": URL, "jti": Uuid::now_v7(), "iat": now, "exp": now + 60 });
        let mut header = Header::new(Algorithm::ES256);
        header.kid = Some("nine".to_owned());
        jsonwebtoken::encode(&header, &claims, &key(9).0).unwrap()
    }

    /// A form of the system.
    pub async fn system_sends(&self, path: &str, form: &[(&str, &str)]) -> (u16, Value) {
        let (id, assertion) = (self.system.to_string(), self.assertion());
        let kind = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
        let proven =
            [("client_id", id.as_str()), ("client_assertion", &assertion), ("client_assertion_type", kind)];
        let form: Vec<_> = form.iter().copied().chain(proven).collect();
        let (status, body, _) = self.send(path, &form, None).await;
        (status, body)
    }

    /// The status of the API to this token, and the code of a refusal.
    pub async fn me(&self, token: &str) -> (u16, String) {
        let (status, body) = self.app.get("/v1/me", Some(token)).await;
        (status, body["code"].as_str().unwrap_or_default().to_owned())
    }
}

/// Where the answer to a decision leads: at once, or by a page that does.
pub async fn led_to(answer: reqwest::Response) -> String {
    if answer.status() == 303 {
        return answer.headers()["location"].to_str().unwrap().to_owned();
    }
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["cache-control"], "no-store");
    let html = answer.text().await.unwrap();
    let (_, rest) =
        html.split_once("http-equiv=\"refresh\" content=\"0;url=").unwrap_or_else(|| panic!("{html}"));
    rest.split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&")
}

/// The mark of the session in a page's forms.
pub fn csrf(html: &str) -> String {
    let (_, rest) = html.split_once("name=\"csrf\" value=\"").expect("a form with the session's mark");
    rest.split('"').next().unwrap().to_owned()
}
