//! What anyone is told who checks a certificate: as JSON, in GraphQL and as a page.

use chrono::TimeDelta;
use reqwest::Method;
use sanggar::certification::certificate::payload;
use serde_json::{Value, json};

use crate::{
    both_engines,
    certificate::{OVER, completed, issue},
    support::{Face, TestApp, training::World},
};

async fn issued(world: &World<'_>) -> Value {
    let batch = world.batch(OVER).await;
    let siti = world.teacher("Siti Nurhaliza, S.Pd.").await;
    issue(world, Face::Rest, completed(world, batch, siti).await).await
}

async fn page(app: &TestApp, path: &str) -> (u16, String, reqwest::header::HeaderMap) {
    let answer = app.request(Method::GET, path, None).send().await.unwrap();
    let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
    (status, answer.text().await.unwrap(), headers)
}

both_engines! {
    async fn anyone_may_check_a_certificate_and_sees_no_full_name(app: TestApp) {
        let world = World::new(&app).await;
        let made = issued(&world).await;
        let asked = json!({ "id": made["verificationId"] });
        let told = app.call(Face::Rest, None, "get_verification", asked.clone()).await.ok();
        assert_eq!(told, app.call(Face::Graphql, None, "get_verification", asked).await.ok());
        assert_eq!((&told["status"], &told["number"], &told["hoursJp"]), (&json!("valid"), &made["number"], &json!(32)));
        assert_eq!(told["holderName"], "S*** N********, S.Pd.");
        assert_eq!((&told["statusSince"], &told["checkedAt"]), (&json!(null), &json!("2026-03-02T08:00:00Z")));
        let whole = told.to_string();
        for secret in ["Nurhaliza", made["id"].as_str().unwrap(), made["personId"].as_str().unwrap()] {
            assert!(!whole.contains(secret), "{secret} in {whole}");
        }
    }

    async fn a_check_is_three_statements(app: TestApp) {
        let world = World::new(&app).await;
        let made = issued(&world).await;
        for face in Face::BOTH {
            let before = app.services.store.statements();
            app.call(face, None, "get_verification", json!({ "id": made["verificationId"] })).await.ok();
            assert!(app.services.store.statements() - before <= 3);
        }
    }

    async fn the_answer_is_never_stored(app: TestApp) {
        let world = World::new(&app).await;
        let made = issued(&world).await;
        let id = made["verificationId"].as_str().unwrap();
        for path in [format!("/v1/verifications/{id}"), format!("/verify/{id}")] {
            let (status, _, headers) = page(&app, &path).await;
            assert_eq!((status, headers["cache-control"].to_str().unwrap()), (200, "no-store"), "{path}");
        }
    }

    async fn a_typed_id_is_understood_and_an_unknown_one_is_not_found(app: TestApp) {
        let world = World::new(&app).await;
        let made = issued(&world).await;
        let typed = made["verificationId"].as_str().unwrap().to_lowercase();
        let typed = format!("{}-{}", &typed[..5], &typed[5..]);
        for face in Face::BOTH {
            app.call(face, None, "get_verification", json!({ "id": typed })).await.ok();
            let unknown = app.call(face, None, "get_verification", json!({ "id": "01ARZ3NDEKTSV4RRFFQ69G5FAV" })).await;
            assert_eq!(unknown.refused(), "not_found");
            let malformed = app.call(face, None, "get_verification", json!({ "id": made["number"].as_str().unwrap().replace('/', "-") })).await;
            assert_eq!(malformed.refused(), "verification_id_malformed");
        }
    }

    async fn after_a_revocation_is_acknowledged_nobody_is_told_valid(app: TestApp) {
        let world = World::new(&app).await;
        let made = issued(&world).await;
        app.pass(TimeDelta::hours(2));
        let revoke = json!({ "id": made["id"], "input": { "reason": "Rahasia penerbit" } });
        app.call(Face::Rest, Some(&world.staff()), "revoke_certificate", revoke).await.ok();
        for face in Face::BOTH {
            let told = app.call(face, None, "get_verification", json!({ "id": made["verificationId"] })).await.ok();
            assert_eq!((&told["status"], &told["statusSince"]), (&json!("revoked"), &json!("2026-03-02T10:00:00Z")));
            assert!(!told.to_string().contains("Rahasia"), "the reason is for holder and issuer");
        }
        let (status, html, _) = page(&app, &format!("/verify/{}?lang=en", made["verificationId"].as_str().unwrap())).await;
        assert_eq!(status, 200);
        assert!(html.contains("has been revoked") && !html.contains("genuine and valid"));
    }

    async fn a_certificate_expires_at_the_end_of_its_last_day_where_the_issuer_is(app: TestApp) {
        let world = World::new(&app).await;
        let batch = world.batch(OVER).await;
        let enrolment = completed(&world, batch, world.teacher("Siti").await).await;
        let input = json!({ "input": { "enrolmentId": enrolment, "validUntil": "2026-03-03" } });
        let made = app.call(Face::Rest, Some(&world.staff()), "issue_certificate", input).await.ok();
        let status = async || {
            app.call(Face::Graphql, None, "get_verification", json!({ "id": made["verificationId"] })).await.ok()["status"].clone()
        };
        // 2026-03-03 23:59 in Jakarta, then midnight.
        app.clock.set("2026-03-03T16:59:00Z".parse().unwrap());
        assert_eq!(status().await, "valid");
        app.clock.set("2026-03-03T17:00:00Z".parse().unwrap());
        assert_eq!(status().await, "expired");
    }

    async fn the_page_speaks_both_languages_and_answers_its_own_form(app: TestApp) {
        let world = World::new(&app).await;
        let made = issued(&world).await;
        let id = made["verificationId"].as_str().unwrap();
        for (path, status, words) in [
            (format!("/verify/{id}"), 200, "asli dan berlaku"),
            (format!("/verify/{id}?lang=en"), 200, "genuine and valid"),
            ("/verify?lang=en".to_owned(), 200, "Check a certificate"),
            ("/verify/01ARZ3NDEKTSV4RRFFQ69G5FAV?lang=en".to_owned(), 404, "No such certificate"),
            ("/verify/%3Cscript%3E?lang=en".to_owned(), 404, "No such certificate"),
            // Nothing was asked yet: the form again, not a verdict on nothing.
            ("/verify?id=".to_owned(), 200, "Periksa sertifikat"),
            ("/verify?id=000042%2FBGTK%2F2026".to_owned(), 404, "nomor sertifikat"),
        ] {
            let (got, html, headers) = page(&app, &path).await;
            assert_eq!(got, status, "{path}");
            assert!(html.contains(words), "{path}: {html}");
            assert!(!html.contains("<script"), "{path}");
            assert_eq!(headers["x-robots-tag"], "noindex, nofollow");
        }
        let (status, css, headers) = page(&app, "/assets/verify.css").await;
        assert_eq!((status, headers["content-type"].to_str().unwrap()), (200, "text/css; charset=utf-8"));
        assert!(css.contains("verdict"));
    }

    async fn the_published_keys_prove_a_certificate_without_us(app: TestApp) {
        let world = World::new(&app).await;
        let made = issued(&world).await;
        let read = app.call(Face::Rest, Some(&app.ministry()), "get_certificate", json!({ "id": made["id"] })).await.ok();
        let (status, keys) = app.get("/.well-known/jwks.json", None).await;
        assert_eq!(status, 200);
        let jwk = keys["keys"].as_array().unwrap().iter().find(|key| key["kid"] == read["signed"]["kid"]).unwrap();
        assert!(jwk.get("d").is_none());
        let key = jsonwebtoken::DecodingKey::from_jwk(&serde_json::from_value(jwk.clone()).unwrap()).unwrap();
        let jws = read["signed"]["jws"].as_str().unwrap();
        let (message, signature) = jws.rsplit_once('.').unwrap();
        let es256 = jsonwebtoken::Algorithm::ES256;
        assert!(jsonwebtoken::crypto::verify(signature, message.as_bytes(), &key, es256).unwrap());
        assert!(payload::verify(&app.services.keyring, jws).is_ok());
    }
}
