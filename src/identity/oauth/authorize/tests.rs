use serde_json::json;

use super::*;
use crate::access::oauth_scope::OAuthScope;

const ISSUER: &str = "https://sanggar.test";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

fn client() -> oauth_client::Model {
    let now = chrono::DateTime::UNIX_EPOCH;
    oauth_client::Model {
        id: Uuid::from_u128(7),
        name: "Buku Guru".to_owned(),
        kind: "public".to_owned(),
        status: "approved".to_owned(),
        status_reason: None,
        redirect_uris: json!(["https://app.test/cb?x=1", "id.app:/cb"]),
        grant_types: json!(["authorization_code", "refresh_token"]),
        scopes: json!(["certificates_read", "trainings_read"]),
        auth_method: "none".to_owned(),
        jwks: None,
        contact: "dev@app.test".to_owned(),
        homepage: None,
        policy_uri: None,
        dpop_required: false,
        persisted_only: false,
        registered_by: "self".to_owned(),
        decided_by: None,
        decided_at: None,
        version: 1,
        created_at: now,
        updated_at: now,
    }
}

/// A good request with `changes`: a value instead of the usual one, or none at all.
fn query(changes: &[(&str, Option<&str>)]) -> Form {
    let usual = [
        ("client_id", "00000000-0000-0000-0000-000000000007"),
        ("redirect_uri", "https://app.test/cb?x=1"),
        ("response_type", "code"),
        ("scope", "certificates_read"),
        ("state", "s t"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    let mut out = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in usual {
        match changes.iter().find(|(changed, _)| *changed == name) {
            Some((_, Some(other))) => out.append_pair(name, other),
            Some((_, None)) => &mut out,
            None => out.append_pair(name, value),
        };
    }
    for (name, value) in changes.iter().filter(|(name, _)| !usual.iter().any(|(usual, _)| usual == name)) {
        out.append_pair(name, value.unwrap_or_default());
    }
    Form::parse(out.finish().as_bytes())
}

fn refused(changes: &[(&str, Option<&str>)]) -> &'static str {
    match judge(&client(), ISSUER, &query(changes)) {
        Verdict::Refused(refusal) => refusal.error.error,
        other => panic!("{changes:?}: {other:?}"),
    }
}

#[test]
fn a_good_request_may_be_decided_on() {
    let Verdict::Asked(request) = judge(&client(), ISSUER, &query(&[])) else { panic!() };
    assert_eq!(request.scopes, Scopes::from([OAuthScope::CertificatesRead]));
    assert_eq!((request.state.as_deref(), request.dpop_jkt), (Some("s t"), None));
    assert_eq!(client_id(&query(&[])), Some(Uuid::from_u128(7)));
}

#[test]
fn what_cannot_be_trusted_is_never_sent_on() {
    for (uri, why) in [
        (None, Dead::Redirect),
        (Some("https://app.test/cb"), Dead::Redirect),
        (Some("https://app.test/cb?x=1&y"), Dead::Redirect),
        (Some("https://evil.test/"), Dead::Redirect),
        (Some("//evil.test"), Dead::Redirect),
        (Some("javascript:alert(1)"), Dead::Redirect),
    ] {
        let verdict = judge(&client(), ISSUER, &query(&[("redirect_uri", uri)]));
        assert_eq!(verdict, Verdict::Dead(why), "{uri:?}");
    }
    let pending = oauth_client::Model { status: "pending".to_owned(), ..client() };
    assert_eq!(judge(&pending, ISSUER, &query(&[])), Verdict::Dead(Dead::Client));
    let twice = Form::parse(b"redirect_uri=id.app%3A%2Fcb&redirect_uri=id.app%3A%2Fcb");
    assert_eq!(judge(&client(), ISSUER, &twice), Verdict::Dead(Dead::Redirect));
}

#[test]
fn every_other_fault_is_told_the_app() {
    for (name, value, error) in [
        ("response_type", None, "invalid_request"),
        ("response_type", Some("token"), "unsupported_response_type"),
        ("response_type", Some("code id_token"), "unsupported_response_type"),
        ("response_mode", Some("fragment"), "invalid_request"),
        ("code_challenge", None, "invalid_request"),
        ("code_challenge", Some("short"), "invalid_request"),
        ("code_challenge_method", None, "invalid_request"),
        ("code_challenge_method", Some("plain"), "invalid_request"),
        ("scope", None, "invalid_scope"),
        ("scope", Some("everything"), "invalid_scope"),
        ("scope", Some("certificates_read access_manage"), "invalid_scope"),
        ("dpop_jkt", Some("short"), "invalid_request"),
        ("request", Some("e30.e30."), "request_not_supported"),
        ("request_uri", Some("https://app.test/r"), "request_uri_not_supported"),
        ("resource", Some("https://other.test"), "invalid_target"),
    ] {
        assert_eq!(refused(&[(name, value)]), error, "{name} {value:?}");
    }
    let twice = Form::parse(
        b"redirect_uri=id.app%3A%2Fcb&response_type=code&scope=certificates_read&scope=trainings_read&state=x",
    );
    let Verdict::Refused(refusal) = judge(&client(), ISSUER, &twice) else { panic!() };
    assert_eq!((refusal.error.error, refusal.state.as_deref()), ("invalid_request", Some("x")));
}

#[test]
fn the_answer_joins_the_query_that_the_address_has_and_names_the_issuer() {
    let to = back("https://app.test/cb?x=1", &[("code", "c&d")], Some("s t"), ISSUER).unwrap();
    assert_eq!(to, "https://app.test/cb?x=1&code=c%26d&state=s+t&iss=https%3A%2F%2Fsanggar.test");
    let to = back("id.app:/cb", &[("code", "c")], None, ISSUER).unwrap();
    assert_eq!(to, "id.app:/cb?code=c&iss=https%3A%2F%2Fsanggar.test");
}

#[test]
fn nobody_is_passed_through_for_an_app_that_anybody_could_play() {
    let ask = |uri: &str| match judge(&client(), ISSUER, &query(&[("redirect_uri", Some(uri))])) {
        Verdict::Asked(request) => request,
        other => panic!("{other:?}"),
    };
    assert!(is_sure_of(&client(), &ask("https://app.test/cb?x=1")));
    assert!(!is_sure_of(&client(), &ask("id.app:/cb")));
    let system = oauth_client::Model { kind: "confidential".to_owned(), ..client() };
    assert!(is_sure_of(&system, &ask("id.app:/cb")));
}
