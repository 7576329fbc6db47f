//! Second factors: what one password, one look at a secret or one open browser is not enough for.

use chrono::TimeDelta;
use sanggar::{access::grant::Grant, identity::sign_in::session};

use crate::{
    both_engines,
    sign_in::{code, enrol},
    support::{
        TestApp,
        browser::{Browser, PASSWORD, account},
    },
};

both_engines! {
    async fn a_right_password_buys_no_fresh_guesses_of_the_second_factor(app: TestApp) {
        let (_, login) = account(&app, None, &[Grant::ministry()]).await;
        let mut owner = Browser::new(&app);
        let page = enrol(&app, &mut owner, &login).await;
        app.pass(TimeDelta::minutes(2));
        let (mut looked_at, mut waited) = (0, 0);
        for _ in 0..3 {
            let mut thief = Browser::new(&app);
            let entered = thief.sign_in(&login, PASSWORD).await;
            assert_eq!(entered.location.as_deref(), Some("/second-factor"));
            assert!(thief.cookie("sanggar-device").is_none(), "a browser was known before the factor was proved");
            let csrf = thief.get("/second-factor").await.hidden("csrf");
            for _ in 0..5 {
                match thief.post("/second-factor", &[("csrf", &csrf), ("code", "12345x")]).await.status {
                    422 => looked_at += 1,
                    429 => waited += 1,
                    other => panic!("a wrong code was answered with {other}"),
                }
            }
        }
        assert_eq!((looked_at, waited), (5, 10), "each password bought fresh guesses");
        // The owner's browser is known, and has guesses of its own.
        owner.forget("sanggar-session");
        owner.sign_in(&login, PASSWORD).await;
        let csrf = owner.get("/second-factor").await.hidden("csrf");
        let right = code(&app, &page);
        assert_eq!(owner.post("/second-factor", &[("csrf", &csrf), ("code", &right)]).await.status, 303);
    }

    async fn a_secret_that_one_saw_is_not_confirmed_by_another(app: TestApp) {
        let (_, login) = account(&app, None, &[Grant::ministry()]).await;
        let (mut thief, mut owner) = (Browser::new(&app), Browser::new(&app));
        thief.sign_in(&login, PASSWORD).await;
        let seen = thief.get("/second-factor/new").await;
        owner.sign_in(&login, PASSWORD).await;
        let shown = owner.get("/second-factor/new").await;
        let csrf = shown.hidden("csrf");
        let stale = code(&app, &seen);
        assert_ne!(stale, code(&app, &shown), "two sessions were shown one secret");
        let redrawn = owner.post("/second-factor/new", &[("csrf", &csrf), ("code", &stale)]).await;
        assert_eq!(redrawn.status, 422);
        assert_eq!(code(&app, &redrawn), code(&app, &shown), "a wrong code changed the secret");
        let right = code(&app, &shown);
        assert_eq!(owner.post("/second-factor/new", &[("csrf", &csrf), ("code", &right)]).await.status, 200);
        let csrf = seen.hidden("csrf");
        let late = thief.post("/second-factor/new", &[("csrf", &csrf), ("code", &stale)]).await;
        assert_ne!(late.status, 200, "a second phone was bound to the account");
        assert!(!thief.is_in().await);
    }

    async fn an_open_browser_alone_sets_no_second_factor_up(app: TestApp) {
        let (_, login) = account(&app, None, &[]).await;
        let mut browser = Browser::new(&app);
        browser.sign_in(&login, PASSWORD).await;
        let asked = browser.get("/second-factor/new").await;
        assert!(asked.status == 200 && !asked.html.contains("<svg"), "a secret was shown without the password");
        let csrf = asked.hidden("csrf");
        let early = browser.post("/second-factor/new", &[("csrf", &csrf), ("code", "123456")]).await;
        assert_eq!(early.status, 303, "a code was taken for a secret that nobody was shown");
        let wrong = browser.post("/second-factor/new", &[("csrf", &csrf), ("password", "salah semua itu")]).await;
        assert!(wrong.status == 422 && !wrong.html.contains("<svg"));
        let shown = browser.post("/second-factor/new", &[("csrf", &csrf), ("password", PASSWORD)]).await;
        assert!(shown.status == 200 && shown.html.contains("<svg"), "{}", shown.html);
        let right = code(&app, &shown);
        let done = browser.post("/second-factor/new", &[("csrf", &csrf), ("code", &right)]).await;
        assert_eq!(done.status, 200, "{}", done.html);
    }

    async fn signing_in_again_ends_the_session_that_the_browser_had(app: TestApp) {
        let (_, mine) = account(&app, None, &[]).await;
        let (_, yours) = account(&app, None, &[Grant::ministry()]).await;
        let mut browser = Browser::new(&app);
        let csrf = browser.get("/sign-in").await.hidden("csrf");
        let mut held = Vec::new();
        for login in [&mine, &yours] {
            let fields = [("csrf", csrf.as_str()), ("login", login.as_str()), ("password", PASSWORD)];
            assert_eq!(browser.post("/sign-in", &fields).await.status, 303);
            held.push(browser.cookie("sanggar-session").unwrap().to_owned());
        }
        assert!(session::begun(&app.services, Some(&held[0])).await.unwrap().is_none(), "a session was left behind");
        assert!(session::begun(&app.services, Some(&held[1])).await.unwrap().is_some());
    }

    async fn two_right_codes_at_once_open_one_session(app: TestApp) {
        let (_, login) = account(&app, None, &[Grant::ministry()]).await;
        let page = enrol(&app, &mut Browser::new(&app), &login).await;
        app.pass(TimeDelta::minutes(2));
        let mut here = Browser::new(&app);
        here.sign_in(&login, PASSWORD).await;
        let csrf = here.get("/second-factor").await.hidden("csrf");
        let mut there = Browser::new(&app);
        there.set("sanggar-session", here.cookie("sanggar-session").unwrap());
        let right = code(&app, &page);
        let fields = [("csrf", csrf.as_str()), ("code", right.as_str())];
        let (one, other) = tokio::join!(here.post("/second-factor", &fields), there.post("/second-factor", &fields));
        let opened = [&one, &other].into_iter().filter(|seen| seen.location.as_deref() == Some("/account"));
        assert_eq!(opened.count(), 1, "{} {}", one.status, other.status);
    }
}
