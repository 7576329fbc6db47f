//! Code, PKCE, redirects.

use reqwest::Method;

use super::{
    Stage, VERIFIER,
    stage::{REDIRECT, answer, client_row},
};
use crate::{
    both_engines,
    support::{TestApp, app::URL, directory::put},
};
use chrono::TimeDelta;
use serde_json::Value;
use uuid::Uuid;

both_engines! {
    async fn an_app_acts_for_a_teacher_who_agreed_on_a_page(app: TestApp) {
        let stage = Stage::new(&app).await;
        let led = stage.agrees(&[]).await;
        assert!(led.starts_with(&format!("{REDIRECT}?")), "{led}");
        let told = answer(&led);
        assert_eq!((told["state"].as_str(), told["iss"].as_str()), ("s1", URL));
        let (status, body) = stage.redeem(&told["code"]).await;
        assert_eq!(status, 200, "{body}");
        assert_eq!((body["token_type"].as_str(), body["expires_in"].as_i64()), (Some("Bearer"), Some(600)));
        assert_eq!(body["scope"], "certificates_read access_read access_manage");
        assert!(body["refresh_token"].is_string());
        let token = body["access_token"].as_str().unwrap();
        let (status, me) = app.get("/v1/me", Some(token)).await;
        assert_eq!((status, me["subject"].as_str()), (200, Some(stage.person.to_string().as_str())), "{me}");
        app.pass(TimeDelta::minutes(11));
        assert_eq!(stage.me(token).await, (401, "token_expired".to_owned()));
        assert_eq!(app.events("app_authorization.given").await.len(), 1);
    }

    async fn whoever_did_not_sign_in_is_sent_to_do_so_and_comes_back(app: TestApp) {
        let stage = Stage::new(&app).await;
        let page = app.request(Method::GET, &stage.asks(&[]), None).send().await.unwrap();
        assert_eq!(page.status(), 303);
        let to = page.headers()["location"].to_str().unwrap();
        assert!(to.starts_with("/sign-in?next=%2Foauth%2Fauthorize"), "{to}");
        // The longest state, of letters that are each written as six.
        let asks = stage.asks(&[("state", Some(&"\u{e9}".repeat(1024)))]);
        let page = app.request(Method::GET, &asks, None).send().await.unwrap();
        let to = page.headers()["location"].to_str().unwrap().to_owned();
        let page = app.request(Method::GET, &to, None).send().await.unwrap().text().await.unwrap();
        assert!(page.contains("name=\"next\" value=\"/oauth/authorize?"), "it leads on");
    }

    async fn a_wrong_address_or_app_is_told_on_a_page_and_never_redirected(app: TestApp) {
        let stage = Stage::new(&app).await;
        let pending = Uuid::now_v7();
        put(&app, entity::oauth_client::Model { status: "pending".to_owned(), ..client_row(pending, "Baru") }).await;
        let (unknown, pending) = (Uuid::now_v7().to_string(), pending.to_string());
        for changes in [
            vec![("redirect_uri", Some("https://evil.test/cb"))],
            vec![("redirect_uri", Some("https://app.test/cb/"))],
            vec![("redirect_uri", Some("https://app.test/cb?x=1"))],
            vec![("redirect_uri", Some("https://app.test.evil.test/cb"))],
            vec![("redirect_uri", Some("http://app.test/cb"))],
            vec![("redirect_uri", Some("javascript:alert(1)"))],
            vec![("redirect_uri", None)],
            vec![("redirect_uri", Some("http://localhost:1234/cb"))],
            vec![("client_id", Some(unknown.as_str()))],
            vec![("client_id", Some(pending.as_str()))],
            vec![("client_id", Some("no id"))],
            vec![("client_id", None)],
            vec![("redirect_uri", Some("https://evil.test/cb")), ("response_type", Some("token"))],
        ] {
            for method in [Method::GET, Method::POST] {
                let page = stage.browse(method, &stage.asks(&changes), Some("decision=approve")).await;
                assert_eq!(page.status(), 400, "{changes:?}");
                assert!(page.headers().get("location").is_none(), "{changes:?}");
                assert!(page.headers()["content-type"].to_str().unwrap().starts_with("text/html"));
            }
        }
        // A port of the machine itself is free.
        let led = stage.agrees(&[("redirect_uri", Some("http://127.0.0.1:51234/cb"))]).await;
        assert!(led.starts_with("http://127.0.0.1:51234/cb?code="), "{led}");
    }

    async fn a_weaker_proof_key_is_refused_at_the_app(app: TestApp) {
        let stage = Stage::new(&app).await;
        for (changes, error) in [
            (vec![("code_challenge", None), ("code_challenge_method", None)], "invalid_request"),
            (vec![("code_challenge_method", Some("plain"))], "invalid_request"),
            (vec![("code_challenge_method", None)], "invalid_request"),
            (vec![("response_type", Some("token"))], "unsupported_response_type"),
            (vec![("scope", Some("moderation"))], "invalid_scope"),
            (vec![("scope", Some("everything"))], "invalid_scope"),
        ] {
            let page = stage.browse(Method::GET, &stage.asks(&changes), None).await;
            assert_eq!(page.status(), 303, "{changes:?}");
            let told = answer(page.headers()["location"].to_str().unwrap());
            assert_eq!((told["error"].as_str(), told["state"].as_str(), told["iss"].as_str()), (error, "s1", URL), "{changes:?}");
            assert!(!told.contains_key("code"));
        }
    }

    async fn a_code_is_good_once_for_its_app_address_and_verifier_only(app: TestApp) {
        let stage = Stage::new(&app).await;
        let other = Uuid::now_v7();
        put(&app, client_row(other, "Lain")).await;
        let (mine, other) = (stage.phone.to_string(), other.to_string());
        let code = stage.code(&[]).await;
        let right = [("client_id", mine.as_str()), ("redirect_uri", REDIRECT), ("code_verifier", VERIFIER), ("code", code.as_str())];
        let wrong_verifier = "a".repeat(43);
        for (name, value, error) in [
            ("client_id", other.as_str(), "invalid_grant"),
            ("redirect_uri", "id.app.test:/cb", "invalid_grant"),
            ("code_verifier", wrong_verifier.as_str(), "invalid_grant"),
            ("code_verifier", "", "invalid_request"),
            ("code", "unknown", "invalid_grant"),
            ("code", "", "invalid_request"),
        ] {
            let mut form = vec![("grant_type", "authorization_code")];
            form.extend(right.iter().map(|pair| if pair.0 == name { (name, value) } else { *pair }));
            let (status, body, _) = stage.send("/oauth/token", &form, None).await;
            assert_eq!((status, body["error"].as_str()), (400, Some(error)), "{name}={value}: {body}");
        }
        assert_eq!(stage.redeem(&code).await.0, 200, "what was refused used nothing up");
    }

    async fn a_code_lives_for_a_minute(app: TestApp) {
        let stage = Stage::new(&app).await;
        let code = stage.code(&[]).await;
        app.pass(TimeDelta::seconds(60));
        let (status, body) = stage.redeem(&code).await;
        assert_eq!((status, body["error"].as_str()), (400, Some("invalid_grant")));
    }

    async fn a_code_that_comes_again_ends_what_came_of_it(app: TestApp) {
        let stage = Stage::new(&app).await;
        let code = stage.code(&[]).await;
        let (_, first) = stage.redeem(&code).await;
        let token = first["access_token"].as_str().unwrap();
        assert_eq!(stage.me(token).await.0, 200);
        let (status, body) = stage.redeem(&code).await;
        assert_eq!((status, body["error"].as_str()), (400, Some("invalid_grant")));
        assert_eq!(stage.me(token).await, (401, "token_revoked".to_owned()));
        let ended = app.events("token_family.revoked").await;
        assert_eq!((ended.len(), &ended[0].payload["reason"]), (1, &serde_json::json!("code_reused")));
        let (status, body) = stage.refresh(first["refresh_token"].as_str().unwrap()).await;
        assert_eq!((status, body["error"].as_str()), (400, Some("invalid_grant")));
    }

    async fn many_who_show_one_code_get_tokens_once(app: TestApp) {
        let stage = Stage::new(&app).await;
        let code = stage.code(&[]).await;
        let all = futures_util::future::join_all((0..8).map(|_| stage.redeem(&code))).await;
        let got: Vec<&Value> = all.iter().filter(|one| one.0 == 200).map(|one| &one.1).collect();
        assert_eq!(got.len(), 1, "{all:?}");
    }

    async fn the_endpoint_reads_forms_only_and_refuses_in_its_own_words(app: TestApp) {
        let stage = Stage::new(&app).await;
        let (status, body) = app.post("/oauth/token", None, &serde_json::json!({ "grant_type": "password" })).await;
        assert_eq!((status, body["error"].as_str()), (400, Some("invalid_request")));
        let id = stage.phone.to_string();
        for (form, status, error) in [
            (vec![("client_id", id.as_str())], 400, "invalid_request"),
            (vec![("client_id", id.as_str()), ("grant_type", "password")], 400, "unsupported_grant_type"),
            (vec![("client_id", id.as_str()), ("grant_type", "client_credentials")], 400, "unauthorized_client"),
            (vec![("client_id", id.as_str()), ("grant_type", "refresh_token"), ("grant_type", "refresh_token")], 400, "invalid_request"),
            (vec![("grant_type", "refresh_token")], 401, "invalid_client"),
        ] {
            let (got, body, _) = stage.send("/oauth/token", &form, None).await;
            assert_eq!((got, body["error"].as_str()), (status, Some(error)), "{form:?} {body}");
        }
        let request = app.request(Method::POST, "/oauth/token", None).header("authorization", "Basic eDp5");
        let answer = request.header("content-type", "application/x-www-form-urlencoded").body("grant_type=client_credentials");
        let answer = answer.send().await.unwrap();
        assert_eq!(answer.status(), 401);
        assert!(answer.headers()["www-authenticate"].to_str().unwrap().starts_with("Basic "));
        let big = format!("grant_type={}", "a".repeat(20_000));
        let request = app.request(Method::POST, "/oauth/token", None);
        let answer = request.header("content-type", "application/x-www-form-urlencoded").body(big).send().await.unwrap();
        assert_eq!(answer.status(), 413);
    }

    async fn what_is_told_of_the_server_is_where_it_is(app: TestApp) {
        let (status, told) = app.get("/.well-known/oauth-authorization-server", None).await;
        assert_eq!((status, told["issuer"].as_str()), (200, Some(URL)));
        assert_eq!(told["code_challenge_methods_supported"], serde_json::json!(["S256"]));
        assert_eq!(told["token_endpoint_auth_signing_alg_values_supported"], serde_json::json!(["ES256", "EdDSA", "RS256", "PS256"]));
        assert_eq!(sanggar::rest::openapi::methods_at("/oauth/register"), ["POST"]);
        assert_eq!(told["authorization_response_iss_parameter_supported"], true);
        for (name, method) in [
            ("authorization_endpoint", Method::GET), ("token_endpoint", Method::POST), ("revocation_endpoint", Method::POST),
            ("introspection_endpoint", Method::POST), ("jwks_uri", Method::GET),
        ] {
            let path = told[name].as_str().unwrap().strip_prefix(URL).unwrap();
            let answer = app.request(method, path, None).send().await.unwrap();
            assert!(![404, 405].contains(&answer.status().as_u16()), "{name}");
        }
        for scope in sanggar::access::oauth_scope::OAuthScope::ALL {
            assert!(told["scopes_supported"].as_array().unwrap().contains(&scope.as_str().into()));
        }
        let (status, told) = app.get("/.well-known/oauth-protected-resource", None).await;
        assert_eq!((status, &told["authorization_servers"]), (200, &serde_json::json!([URL])));
        let options = app.request(Method::OPTIONS, "/oauth/token", None).send().await.unwrap();
        assert!(options.headers()["access-control-allow-headers"].to_str().unwrap().contains("DPoP"));
        let other = app.request(Method::GET, "/oauth/token", None).send().await.unwrap();
        assert_eq!((other.status().as_u16(), other.headers()["allow"].to_str().unwrap()), (405, "POST"));
    }
}
