//! Signing in, out, with a second factor, and with links.

use chrono::TimeDelta;
use sanggar::{access::grant::Grant, foundation::clock::Clock, identity::sign_in::session};
use sea_orm::EntityTrait;
use totp_rs::{Builder, Secret};

use crate::{
    both_engines,
    support::{
        TestApp,
        browser::{Browser, PASSWORD, Seen, account, letters, link},
    },
};

const NEW: &str = "sepeda ontel sembilan rambutan";

/// The code that an app shows now for the secret on the page.
pub fn code(app: &TestApp, page: &Seen) -> String {
    let typed = page.html.split_once("<p class=\"mono\">").unwrap().1.split('<').next().unwrap();
    let secret = Secret::try_from_base32(typed).unwrap();
    let totp = Builder::new().with_secret(secret).build().unwrap();
    totp.generate(u64::try_from(app.clock.now().timestamp()).unwrap()).to_string()
}

/// Sets up the second factor that a role asks for: the page with its secret.
pub async fn enrol(app: &TestApp, browser: &mut Browser<'_>, login: &str) -> Seen {
    let entered = browser.sign_in(login, PASSWORD).await;
    assert_eq!(entered.location.as_deref(), Some("/second-factor/new"));
    let page = browser.get("/second-factor/new").await;
    let right = code(app, &page);
    let fields = [("csrf", page.hidden("csrf")), ("code", right)];
    let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
    assert_eq!(browser.post("/second-factor/new", &fields).await.status, 200);
    page
}

both_engines! {
    async fn somebody_signs_in_looks_at_their_account_and_signs_out(app: TestApp) {
        let (id, login) = account(&app, None, &[]).await;
        let mut browser = Browser::new(&app);
        let turned = browser.get("/account").await;
        assert_eq!((turned.status, turned.location.as_deref()), (303, Some("/sign-in?next=%2Faccount")));
        let page = browser.get("/sign-in?next=%2Faccount").await;
        let policy = page.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("script-src"), "{policy}");
        assert_eq!(page.header("cache-control"), "no-store");
        assert_eq!(page.header("referrer-policy"), "no-referrer");
        assert!(!page.html.contains("<script"));
        let entered = browser.sign_in(&login.to_uppercase(), PASSWORD).await;
        assert_eq!((entered.status, entered.location.as_deref()), (303, Some("/account")), "{}", entered.html);
        let own = browser.get("/account").await;
        assert!(own.status == 200 && own.html.contains("Siti Aminah"), "{}", own.html);
        let cookie = browser.cookie("sanggar-session").unwrap().to_owned();
        let found = session::find(&app.services, Some(&cookie)).await.unwrap().unwrap();
        assert_eq!((found.account, found.second_factor), (id.uuid(), false));
        assert_eq!(browser.post("/sign-out", &[("csrf", "another")]).await.status, 403);
        assert!(browser.is_in().await, "a form of elsewhere signed somebody out");
        let csrf = own.hidden("csrf");
        assert_eq!(browser.post("/sign-out", &[("csrf", &csrf)]).await.status, 200);
        assert!(session::find(&app.services, Some(&cookie)).await.unwrap().is_none());
        browser.set("sanggar-session", &cookie);
        assert!(!browser.is_in().await, "a cookie outlived its session");
    }

    async fn an_unknown_login_and_a_wrong_password_are_told_in_the_same_words(app: TestApp) {
        let (id, login) = account(&app, None, &[]).await;
        let mut told = Vec::new();
        for (who, password) in [(login.as_str(), "salah sekali semuanya"), ("nobody-at-all", PASSWORD)] {
            let answer = Browser::new(&app).sign_in(who, password).await;
            assert_eq!(answer.status, 422);
            let start = answer.html.find("role=\"alert\"").unwrap();
            told.push(answer.html[start..].split("</div>").next().unwrap().to_owned());
        }
        assert_eq!(told[0], told[1]);
        let blocked = serde_json::json!({ "reason": "Pindah tugas." });
        let (status, _) = app.post(&format!("/v1/accounts/{id}/block"), Some(&app.ministry()), &blocked).await;
        assert_eq!(status, 200);
        let answer = Browser::new(&app).sign_in(&login, PASSWORD).await;
        assert!(answer.status == 422 && answer.html.contains("Login or password is not right"));
    }

    async fn a_form_without_its_token_changes_nothing(app: TestApp) {
        let (_, login) = account(&app, None, &[]).await;
        let mut browser = Browser::new(&app);
        let fields = [("login", login.as_str()), ("password", PASSWORD)];
        assert_eq!(browser.post("/sign-in", &fields).await.status, 403);
        browser.get("/sign-in").await;
        assert_eq!(browser.post("/sign-in", &fields).await.status, 403);
        let forged = [("csrf", "A"), fields[0], fields[1]];
        assert_eq!(browser.post("/sign-in", &forged).await.status, 403);
        assert_eq!(browser.sign_in(&login, PASSWORD).await.status, 303);
        let change = [("old", PASSWORD), ("password", NEW), ("again", NEW)];
        assert_eq!(browser.post("/account/password", &change).await.status, 403);
    }

    async fn signing_in_leads_to_no_other_host(app: TestApp) {
        let (_, login) = account(&app, None, &[]).await;
        for bad in [
            "https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example",
            "javascript:alert(1)", "https:evil.example", "evil", "/a\r\nSet-Cookie: x=y",
        ] {
            let mut browser = Browser::new(&app);
            let csrf = browser.get("/sign-in").await.hidden("csrf");
            let fields = [("csrf", csrf.as_str()), ("login", login.as_str()), ("password", PASSWORD), ("next", bad)];
            let entered = browser.post("/sign-in", &fields).await;
            assert_eq!((entered.status, entered.location.as_deref()), (303, Some("/account")), "{bad:?}");
        }
        let mut browser = Browser::new(&app);
        let csrf = browser.get("/sign-in").await.hidden("csrf");
        let next = "/oauth/authorize?client_id=x&state=y";
        let fields = [("csrf", csrf.as_str()), ("login", login.as_str()), ("password", PASSWORD), ("next", next)];
        let entered = browser.post("/sign-in", &fields).await;
        assert_eq!(entered.status, 200, "what follows a form is held to its policy; a page of its own is not");
        assert!(entered.html.contains("http-equiv=\"refresh\""), "{}", entered.html);
    }

    async fn a_session_ends_when_it_is_idle_and_at_last_anyway(app: TestApp) {
        let (_, login) = account(&app, None, &[]).await;
        let mut browser = Browser::new(&app);
        browser.sign_in(&login, PASSWORD).await;
        for _ in 0..3 {
            app.pass(TimeDelta::hours(7));
            assert!(browser.is_in().await, "a session in use ended");
        }
        app.pass(TimeDelta::hours(4));
        assert!(!browser.is_in().await, "a session outlived its day");
        browser.sign_in(&login, PASSWORD).await;
        app.pass(TimeDelta::hours(9));
        assert!(!browser.is_in().await, "an idle session went on");
    }

    async fn a_new_password_ends_every_other_session(app: TestApp) {
        let (_, login) = account(&app, None, &[]).await;
        let (mut here, mut there) = (Browser::new(&app), Browser::new(&app));
        here.sign_in(&login, PASSWORD).await;
        there.sign_in(&login, PASSWORD).await;
        let csrf = here.get("/account").await.hidden("csrf");
        let change = |old, new, again| [("csrf", csrf.as_str()), ("old", old), ("password", new), ("again", again)];
        assert_eq!(here.post("/account/password", &change("salah semua itu", NEW, NEW)).await.status, 422);
        assert_eq!(here.post("/account/password", &change(PASSWORD, NEW, "lain")).await.status, 422);
        for weak in ["pendek", "passwordpassword", "Siti Aminah 1"] {
            let refused = here.post("/account/password", &change(PASSWORD, weak, weak)).await;
            assert_eq!(refused.status, 422, "{weak}");
        }
        assert_eq!(here.post("/account/password", &change(PASSWORD, NEW, NEW)).await.status, 303);
        assert!(here.is_in().await && !there.is_in().await);
        assert_eq!(there.sign_in(&login, PASSWORD).await.status, 422);
        assert_eq!(there.sign_in(&login, NEW).await.status, 303);
    }

    async fn a_reset_is_asked_for_by_anybody_and_answered_by_mail_alone(app: TestApp) {
        let (_, login) = account(&app, None, &[]).await;
        let mut browser = Browser::new(&app);
        let mut told = Vec::new();
        for who in [login.as_str(), "nobody-at-all"] {
            let csrf = browser.get("/reset").await.hidden("csrf");
            let asked = browser.post("/reset", &[("csrf", &csrf), ("login", who)]).await;
            assert_eq!(asked.status, 200);
            told.push(asked.html);
        }
        assert_eq!(told[0], told[1]);
        // Until the worker looks, both left the same behind: the time of an answer tells nothing either.
        let noted = entity::outgoing_mail::Entity::find().all(app.services.store.reader()).await.unwrap();
        assert_eq!(noted.len(), 2);
        let sent = letters(&app).await;
        assert_eq!(sent.len(), 1);
        let path = link(&sent[0]);
        let page = browser.get(&path).await;
        let (csrf, token) = (page.hidden("csrf"), page.hidden("token"));
        let fields = |new| [("csrf", csrf.as_str()), ("token", token.as_str()), ("password", new), ("again", new)];
        assert_eq!(browser.post("/reset", &fields("pendek")).await.status, 422);
        assert_eq!(browser.post("/reset", &fields(NEW)).await.status, 303);
        assert_eq!(browser.post("/reset", &fields(NEW)).await.status, 410, "a link was good twice");
        assert_eq!(browser.get(&path).await.status, 410);
        assert_eq!(browser.sign_in(&login, NEW).await.status, 303);
        for kind in ["account.password_set", "account.invited"] {
            for event in app.events(kind).await {
                assert!(!event.payload.to_string().contains(&token) && !event.payload.to_string().contains(NEW));
            }
        }
    }

    async fn a_link_is_too_old_after_an_hour_and_replaced_by_a_newer_one(app: TestApp) {
        let (_, login) = account(&app, None, &[]).await;
        let mut browser = Browser::new(&app);
        for _ in 0..2 {
            let csrf = browser.get("/reset").await.hidden("csrf");
            browser.post("/reset", &[("csrf", &csrf), ("login", &login)]).await;
        }
        let sent = letters(&app).await;
        let mut good = Vec::new();
        for letter in &sent {
            if browser.get(&link(letter)).await.status == 200 {
                good.push(letter);
            }
        }
        assert_eq!((sent.len(), good.len()), (2, 1), "a newer link left the older one good");
        app.pass(TimeDelta::minutes(61));
        assert_eq!(browser.get(&link(good[0])).await.status, 410);
    }

    async fn whoever_can_issue_sets_up_a_second_factor_before_anything_else(app: TestApp) {
        let (_, login) = account(&app, None, &[Grant::ministry()]).await;
        let mut browser = Browser::new(&app);
        let entered = browser.sign_in(&login, PASSWORD).await;
        assert_eq!(entered.location.as_deref(), Some("/second-factor/new"));
        assert!(!browser.is_in().await, "somebody went on without a second factor");
        let page = browser.get("/second-factor/new").await;
        assert!(page.html.contains("<svg"), "{}", page.html);
        let (csrf, right) = (page.hidden("csrf"), code(&app, &page));
        let wrong = if right == "000000" { "000001" } else { "000000" };
        assert_eq!(browser.post("/second-factor/new", &[("csrf", &csrf), ("code", wrong)]).await.status, 422);
        let paper = browser.post("/second-factor/new", &[("csrf", &csrf), ("code", &right)]).await;
        assert_eq!(paper.status, 200, "{}", paper.html);
        assert!(browser.is_in().await);
        let cookie = browser.cookie("sanggar-session").unwrap();
        assert!(session::find(&app.services, Some(cookie)).await.unwrap().unwrap().second_factor);

        // From then on a code is asked for, and none is taken twice.
        let mut other = Browser::new(&app);
        assert_eq!(other.sign_in(&login, PASSWORD).await.location.as_deref(), Some("/second-factor"));
        let csrf = other.get("/second-factor").await.hidden("csrf");
        let again = other.post("/second-factor", &[("csrf", &csrf), ("code", &right)]).await;
        assert_eq!(again.status, 422, "a code was taken twice");
        app.pass(TimeDelta::seconds(60));
        let next = code(&app, &page);
        assert_eq!(other.post("/second-factor", &[("csrf", &csrf), ("code", &next)]).await.status, 303);
        assert!(other.is_in().await);

        // A code on paper is good once.
        let codes = paper.html.split_once("<p class=\"mono\">").unwrap().1.split('<').next().unwrap();
        let first = codes.split_whitespace().next().unwrap();
        for expected in [303, 422] {
            let mut lost = Browser::new(&app);
            lost.sign_in(&login, PASSWORD).await;
            let csrf = lost.get("/second-factor").await.hidden("csrf");
            assert_eq!(lost.post("/second-factor", &[("csrf", &csrf), ("code", first)]).await.status, expected);
        }

        // Whose role asks for it cannot give it up.
        let csrf = browser.get("/account").await.hidden("csrf");
        let given_up = browser.post("/account/second-factor/remove", &[("csrf", &csrf), ("password", PASSWORD)]).await;
        assert_eq!(given_up.status, 409);
    }
}
