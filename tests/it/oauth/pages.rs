//! The pages on which people agree and withdraw.

use reqwest::Method;

use super::{
    Stage,
    stage::{answer, csrf, encoded, led_to},
};
use crate::{both_engines, support::TestApp};

both_engines! {
    async fn the_page_says_who_asks_for_what_in_plain_words_in_both_languages(app: TestApp) {
        let stage = Stage::new(&app).await;
        for (lang, see, yes) in [("en", "See your certificates", "Yes, it may"), ("id", "Melihat sertifikat Anda", "Ya, boleh")] {
            let page = stage.browse(Method::GET, &format!("{}&lang={lang}", stage.asks(&[])), None).await;
            assert_eq!(page.status(), 200);
            let policy = page.headers()["content-security-policy"].to_str().unwrap().to_owned();
            assert!(policy.contains("form-action 'self' https://app.test") && !policy.contains("script-src"), "{policy}");
            assert_eq!(page.headers()["cache-control"], "no-store");
            let html = page.text().await.unwrap();
            for word in [see, yes, "Siti Aminah", "app.test", "https://app.test/", "Buku"] {
                assert!(html.contains(word), "{lang}: {word}: {html}");
            }
            assert!(!html.contains("<b>Guru</b>"), "an app's name is no markup");
            assert!(!html.contains("<script") && !html.contains("consent-") && !html.contains("scope-"));
        }
    }

    async fn an_address_of_the_device_is_told_in_words(app: TestApp) {
        let stage = Stage::new(&app).await;
        let asks = stage.asks(&[("redirect_uri", Some("http://127.0.0.1:51234/cb"))]);
        for (lang, told) in [("en", "goes to a program on this device."), ("id", "dikirim ke program di perangkat ini.")] {
            let html = stage.browse(Method::GET, &format!("{asks}&lang={lang}"), None).await.text().await.unwrap();
            assert!(html.contains(told), "{html}");
        }
    }

    async fn a_page_in_between_leads_to_a_web_app_and_none_to_a_program_of_the_device(app: TestApp) {
        let stage = Stage::new(&app).await;
        for (address, status) in [("https://app.test/cb", 200), ("http://127.0.0.1:51234/cb", 303), ("id.app.test:/cb", 303)] {
            let path = stage.asks(&[("redirect_uri", Some(address))]);
            let mark = csrf(&stage.browse(Method::GET, &path, None).await.text().await.unwrap());
            let form = encoded(&[("csrf", &mark), ("decision", "approve")]);
            let led = stage.browse(Method::POST, &path, Some(&form)).await;
            assert_eq!(led.status(), status, "{address}");
            let to = led_to(led).await;
            assert!(to.starts_with(&format!("{address}?code=")) && to.contains("state=s1&iss="), "{to}");
        }
    }

    async fn no_means_no(app: TestApp) {
        let stage = Stage::new(&app).await;
        let path = stage.asks(&[]);
        let mark = csrf(&stage.browse(Method::GET, &path, None).await.text().await.unwrap());
        let form = encoded(&[("csrf", &mark), ("decision", "deny")]);
        let led = led_to(stage.browse(Method::POST, &path, Some(&form)).await).await;
        assert!(led.starts_with("https://app.test/cb?"), "{led}");
        let told = answer(&led);
        assert_eq!((told["error"].as_str(), told["state"].as_str()), ("access_denied", "s1"));
        assert!(!told.contains_key("code") && app.events("app_authorization.given").await.is_empty());
    }

    async fn a_decision_of_another_site_decides_nothing(app: TestApp) {
        let stage = Stage::new(&app).await;
        for form in ["decision=approve", "csrf=&decision=approve", "csrf=wrong&decision=approve"] {
            let page = stage.browse(Method::POST, &stage.asks(&[]), Some(form)).await;
            assert_eq!(page.status(), 200, "{form}");
            assert!(page.headers().get("location").is_none());
        }
        assert!(app.events("app_authorization.given").await.is_empty());
    }

    async fn nobody_is_asked_twice_for_the_same_by_an_app_that_is_sure_to_be_itself(app: TestApp) {
        let stage = Stage::new(&app).await;
        stage.agrees(&[]).await;
        let again = stage.browse(Method::GET, &stage.asks(&[]), None).await;
        assert_eq!(again.status(), 303);
        assert!(answer(again.headers()["location"].to_str().unwrap()).contains_key("code"));
        let less = stage.browse(Method::GET, &stage.asks(&[("scope", Some("certificates_read"))]), None).await;
        assert_eq!(less.status(), 303);
        let more = stage.asks(&[("scope", Some("certificates_read trainings_read"))]);
        assert_eq!(stage.browse(Method::GET, &more, None).await.status(), 200, "more is asked for");
        let own = stage.asks(&[("redirect_uri", Some("id.app.test:/cb"))]);
        let page = stage.browse(Method::GET, &own, None).await;
        assert_eq!(page.status(), 200, "any app of the device could play its part");
        assert_eq!(app.events("app_authorization.given").await.len(), 1);
    }

    async fn what_apps_may_do_is_seen_and_withdrawn_on_a_page(app: TestApp) {
        let stage = Stage::new(&app).await;
        let tokens = stage.tokens().await;
        let html = stage.browse(Method::GET, "/account/apps", None).await.text().await.unwrap();
        assert!(html.contains("See your certificates") && html.contains("Withdraw"), "{html}");
        let (_, rest) = html.split_once("action=\"/account/apps/").unwrap();
        let path = format!("/account/apps/{}", rest.split('"').next().unwrap());
        let refused = stage.browse(Method::POST, &path, Some("csrf=wrong")).await;
        assert_eq!(refused.status(), 303);
        let access = tokens["access_token"].as_str().unwrap();
        assert_eq!(stage.me(access).await.0, 200, "another site withdrew nothing");
        let done = stage.browse(Method::POST, &path, Some(&encoded(&[("csrf", &csrf(&html))]))).await;
        assert_eq!(done.status(), 303);
        assert_eq!(stage.me(access).await, (401, "token_revoked".to_owned()));
        let html = stage.browse(Method::GET, "/account/apps", None).await.text().await.unwrap();
        assert!(html.contains("No app acts for you"), "{html}");
        assert_eq!(app.events("app_authorization.withdrawn").await.len(), 1);
    }
}
