//! A service with two upstream providers, and the way through one as a browser goes it.

use entity::{account, account_identity};
use sanggar::{access::provider::Provider, identity::sign_in::session};
use sea_orm::EntityTrait;
use serde_json::json;
use uuid::Uuid;

use super::{
    TestApp,
    app::start,
    directory::put,
    provider::{FakeProvider, SECRET},
};

/// The provider that knows people by their address.
pub const BELAJAR: &str = "belajar-id";
/// The one that knows them by what they sign in with.
pub const MADRASAH: &str = "madrasah";
/// What a browser keeps while somebody is at a provider.
pub const COOKIE: &str = "sanggar-provider";
/// The session's cookie.
pub const SESSION: &str = "sanggar-session";

/// Two providers and an account that the first one knows by its address.
pub struct Fixture {
    pub app: TestApp,
    pub belajar: FakeProvider,
    pub madrasah: FakeProvider,
    pub siti: Uuid,
}

impl Fixture {
    /// The usual.
    pub async fn new(app: TestApp) -> Self {
        Self::with(app, |_| {}).await
    }

    /// With these changes of the settings.
    pub async fn with(app: TestApp, change: impl FnOnce(&mut Vec<Provider>)) -> Self {
        let email = json!({ "email": "Siti@belajar.id", "email_verified": true });
        let (belajar, madrasah) =
            (FakeProvider::start(email), FakeProvider::start(json!({ "preferred_username": "siti" })));
        let mut providers =
            vec![belajar.settings(BELAJAR, "email"), madrasah.settings(MADRASAH, "preferred_username")];
        change(&mut providers);
        let app = app.with_settings(|settings| settings.providers = providers);
        let siti = account(&app, "siti", "active").await;
        Self { app, belajar, madrasah, siti }
    }

    /// Goes to a provider: its page, and the cookie for the way back.
    pub async fn to(&self, provider: &str, query: &str) -> (String, String) {
        let answer = self.get(&format!("/sign-in/with/{provider}{query}"), "").await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        (answer.location, answer.upstream.unwrap())
    }

    /// Goes to a provider, signs in there, and comes back: the path of the way back, and the cookie.
    pub async fn there(&self, provider: &str, query: &str) -> (String, String) {
        let (page, cookie) = self.to(provider, query).await;
        let answer = self.app.http.get(&page).send().await.unwrap();
        let back = answer.headers()["location"].to_str().unwrap().to_owned();
        let path = back.strip_prefix("http://sanggar.test").unwrap_or_else(|| panic!("{back}"));
        (path.to_owned(), cookie)
    }

    /// The whole way.
    pub async fn through(&self, provider: &str, query: &str) -> Answer {
        let (path, cookie) = self.there(provider, query).await;
        self.get(&path, &format!("{COOKIE}={cookie}")).await
    }

    /// A page, in English.
    pub async fn get(&self, path: &str, cookie: &str) -> Answer {
        let request = self.app.request(reqwest::Method::GET, path, None).header("Cookie", cookie);
        let answer = request.header("Accept-Language", "en").send().await.unwrap();
        let set = |name: &str| {
            let lines = answer.headers().get_all("set-cookie").iter();
            let values = lines.filter_map(|line| line.to_str().ok()?.strip_prefix(&format!("{name}=")));
            let values = values.filter_map(|rest| rest.split(';').next());
            values.filter(|value| !value.is_empty()).map(str::to_owned).next_back()
        };
        let (upstream, session) = (set(COOKIE), set(SESSION));
        let header = |name: &str| {
            answer.headers().get(name).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned()
        };
        let (location, policy) = (header("location"), header("content-security-policy"));
        Answer {
            status: answer.status().as_u16(),
            location,
            policy,
            upstream,
            session,
            body: answer.text().await.unwrap(),
        }
    }

    /// Whose session an answer began.
    pub async fn who(&self, answer: &Answer) -> Option<Uuid> {
        let cookie = answer.session.as_deref();
        session::find(&self.app.services, cookie).await.unwrap().map(|session| session.account)
    }

    /// That nobody is signed in, with this status and these words, and that the page tells no more.
    #[track_caller]
    pub fn refused(&self, answer: &Answer, status: u16, words: &str) {
        assert_eq!(answer.status, status, "{}", answer.body);
        assert!(answer.session.is_none(), "{:?}", answer.session);
        assert!(answer.body.contains(words), "{words}: {}", answer.body);
        assert!(answer.policy.contains("default-src 'none'"), "{}", answer.policy);
        for secret in [SECRET, "canary", "eyJ"] {
            assert!(!answer.body.contains(secret), "{secret}: {}", answer.body);
        }
    }

    /// Lets go of a link on the page for that: the status.
    pub async fn remove(&self, session: &str, csrf: &str, link: Uuid) -> u16 {
        let request = self.app.request(reqwest::Method::POST, "/account/sign-ins/remove", None);
        let request = request.header("Cookie", format!("{SESSION}={session}"));
        let request = request.header("Content-Type", "application/x-www-form-urlencoded");
        request.body(format!("csrf={csrf}&id={link}")).send().await.unwrap().status().as_u16()
    }

    /// Every link.
    pub async fn links(&self) -> Vec<account_identity::Model> {
        account_identity::Entity::find().all(self.app.services.store.reader()).await.unwrap()
    }

    /// The account as it is now.
    pub async fn account(&self, id: Uuid) -> account::Model {
        account::Entity::find_by_id(id).one(self.app.services.store.reader()).await.unwrap().unwrap()
    }
}

/// What a browser got.
pub struct Answer {
    pub status: u16,
    pub location: String,
    pub policy: String,
    pub upstream: Option<String>,
    pub session: Option<String>,
    pub body: String,
}

/// An account with an address of the first provider.
pub fn row(login: &str, status: &str) -> account::Model {
    account::Model {
        id: Uuid::now_v7(),
        person_id: None,
        login: login.to_owned(),
        name: format!("Ibu {login}"),
        email: Some(format!("{login}@belajar.id")),
        language: "id".to_owned(),
        status: status.to_owned(),
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

/// Puts one in.
pub async fn account(app: &TestApp, login: &str, status: &str) -> Uuid {
    let row = row(login, status);
    let id = row.id;
    put(app, row).await;
    id
}
