//! Guessing is slowed down, and nobody locks the owner out by it.

use chrono::TimeDelta;
use sanggar::identity::{
    protocol,
    sign_in::throttle::{self, Budget},
};

use crate::{
    both_engines,
    support::{
        TestApp,
        browser::{Browser, PASSWORD, account},
    },
};

const WRONG: &str = "bukan yang ini juga";

/// Guesses until it has to wait; how many guesses were looked at.
async fn guess(app: &TestApp, login: &str) -> usize {
    for tried in 0..20 {
        let answer = Browser::new(app).sign_in(login, WRONG).await;
        if answer.status == 429 {
            assert!(answer.header("retry-after").parse::<u64>().unwrap() >= 1);
            assert!(answer.html.contains("Try again in"), "{}", answer.html);
            return tried;
        }
        assert_eq!(answer.status, 422);
    }
    panic!("nothing slowed guessing down");
}

/// Counts an attempt from the address that all of them share; seconds to wait where it has to.
async fn try_from_school(app: &TestApp) -> Option<u64> {
    let counted = protocol::write(&app.services, "sign_in.attempt", "test", "test", |tx| {
        Box::pin(async move { throttle::charge(tx, &[Budget::address(None)]).await })
    });
    counted.await.unwrap()
}

both_engines! {
    async fn a_school_that_is_busy_waits_for_seconds_and_is_let_in(app: TestApp) {
        for _ in 0..50 {
            assert_eq!(try_from_school(&app).await, None);
        }
        let mut waits = 0;
        for _ in 0..30 {
            if let Some(seconds) = try_from_school(&app).await {
                waits += 1;
                assert!(seconds <= 10, "a school waits {seconds} seconds");
                app.pass(TimeDelta::seconds(i64::try_from(seconds).unwrap()));
            }
        }
        assert!(waits > 0, "nothing slowed it down");
        // Whoever is right ends the wait that their attempt began for everybody there.
        while try_from_school(&app).await.is_none() {}
        let forgiven = protocol::write(&app.services, "sign_in.enter", "test", "test", |tx| {
            Box::pin(async move { throttle::forgive(tx, &[Budget::address(None)]).await })
        });
        forgiven.await.unwrap();
        assert_eq!(try_from_school(&app).await, None);
        // Somebody always tries; what was long ago is forgotten all the same.
        for _ in 0..40 {
            app.pass(TimeDelta::seconds(30));
            try_from_school(&app).await;
        }
        for _ in 0..10 {
            assert_eq!(try_from_school(&app).await, None, "a busy address was never forgiven");
        }
    }

    async fn guessing_waits_and_the_owner_still_comes_in_from_a_known_browser(app: TestApp) {
        let (_, login) = account(&app, None, &[]).await;
        let mut owner = Browser::new(&app);
        assert_eq!(owner.sign_in(&login, PASSWORD).await.status, 303);
        assert_eq!(guess(&app, &login).await, 5);
        assert_eq!(Browser::new(&app).sign_in(&login, PASSWORD).await.status, 429, "waiting was no waiting");
        owner.forget("sanggar-session");
        assert_eq!(owner.sign_in(&login, PASSWORD).await.status, 303, "the owner was locked out");
        app.pass(TimeDelta::minutes(2));
        assert_eq!(Browser::new(&app).sign_in(&login, PASSWORD).await.status, 303);
    }

    async fn logins_that_nobody_has_are_slowed_down_alike(app: TestApp) {
        assert_eq!(guess(&app, "nobody-at-all").await, 5);
    }

    async fn a_cookie_of_a_known_browser_cannot_be_made_up_or_used_for_another(app: TestApp) {
        let (_, mine) = account(&app, None, &[]).await;
        let (_, yours) = account(&app, None, &[]).await;
        let mut known = Browser::new(&app);
        known.sign_in(&mine, PASSWORD).await;
        let cookie = known.cookie("sanggar-device").unwrap().to_owned();
        guess(&app, &yours).await;
        for forged in [cookie.clone(), cookie.replace('.', "x"), format!("{cookie}0"), "a.b.c".to_owned()] {
            let mut browser = Browser::new(&app);
            browser.set("sanggar-device", &forged);
            assert_eq!(browser.sign_in(&yours, PASSWORD).await.status, 429, "{forged}");
        }
    }
}
