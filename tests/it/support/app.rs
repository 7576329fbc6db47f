//! A running service for one test: its own database, a clock that stands, seeded ids.

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use sanggar::{
    access::{
        actor::Actor,
        context::{Ctx, READ_DEADLINE, Services, Settings},
        grant::Grant,
        keys::Keyring,
        token::{self, Claims},
    },
    config::Config,
    foundation::{clock::FixedClock, id::Ids, store::Store},
    startup,
};
use serde_json::Value;
use uuid::Uuid;

use super::database::{self, Leftover};

/// Issuer and audience of the tests' tokens.
pub const URL: &str = "http://sanggar.test";

/// One service under test.
pub struct TestApp {
    /// The service's own things, for looking behind the faces.
    pub services: Arc<Services>,
    /// Stands at 2026-03-02 08:00 UTC until a test moves it.
    pub clock: Arc<FixedClock>,
    /// `http://127.0.0.1:port`
    pub base: String,
    /// For requests of any kind.
    pub http: reqwest::Client,
    _leftover: Leftover,
}

/// When every test begins: a Monday.
pub fn start() -> DateTime<Utc> {
    "2026-03-02T08:00:00Z".parse().unwrap()
}

impl TestApp {
    /// On the embedded engine.
    pub async fn sqlite() -> Self {
        let (url, leftover) = database::sqlite().await;
        Self::on(&url, leftover).await
    }

    /// On PostgreSQL, where there is one.
    pub async fn postgres() -> Option<Self> {
        let (url, leftover) = database::postgres().await?;
        Some(Self::on(&url, leftover).await)
    }

    /// On the database of `url`.
    pub async fn on(url: &str, leftover: Leftover) -> Self {
        Self::with_deadline(url, leftover, READ_DEADLINE).await
    }

    /// The same, with another time for requests that only read.
    pub async fn with_deadline(url: &str, leftover: Leftover, read_deadline: Duration) -> Self {
        let store = Store::open(url, database::SIZES).await.unwrap();
        let clock = Arc::new(FixedClock::new(start()));
        let settings = Config::usual(URL, leftover.data_dir()).settings();
        let settings = Settings { read_deadline, ..settings };
        let services = startup::assemble(
            store,
            clock.clone(),
            Ids::seeded(7),
            Keyring::ephemeral(7),
            settings,
            database::SIZES.writers,
        );
        Self { clock, ..Self::over(Arc::new(services), leftover) }
    }

    /// Another node on the same database, with the same keys and the same clock, whose settings are changed first.
    pub fn node(&self, change: impl FnOnce(&mut Settings)) -> Self {
        let mut settings = self.services.settings.clone();
        change(&mut settings);
        let services = startup::assemble(
            self.services.store.clone(),
            self.clock.clone(),
            Ids::from_os(),
            Keyring::ephemeral(7),
            settings,
            database::SIZES.writers,
        );
        Self { clock: self.clock.clone(), ..Self::over(Arc::new(services), Leftover::nothing()) }
    }

    /// Serves `services` as they are. The clock of the app moves only what was assembled with it.
    pub fn over(services: Arc<Services>, leftover: Leftover) -> Self {
        let local = std::net::SocketAddr::from(([127, 0, 0, 1], 0));
        let running =
            startup::Running::bind(services.clone(), None, local, Some(1), Duration::from_secs(1)).unwrap();
        let base = format!("http://{}", running.address());
        tokio::spawn(running.until(std::future::pending()));
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(Duration::from_secs(60))
            .build()
            .unwrap();
        Self { services, clock: Arc::new(FixedClock::new(start())), base, http, _leftover: leftover }
    }

    /// The same database, served anew with other settings.
    pub fn with_settings(self, change: impl FnOnce(&mut Settings)) -> Self {
        let mut settings = self.services.settings.clone();
        change(&mut settings);
        // Another seed: what was made before keeps its ids for itself.
        let services = startup::assemble(
            self.services.store.clone(),
            self.clock.clone(),
            Ids::seeded(8),
            Keyring::ephemeral(7),
            settings,
            database::SIZES.writers,
        );
        Self { clock: self.clock, ..Self::over(Arc::new(services), self._leftover) }
    }

    /// A token with these grants; the subject is the grant's person or its role.
    pub fn token(&self, grant: Grant) -> String {
        let subject = grant.person.map_or_else(|| grant.role.to_string(), |p| p.to_string());
        self.token_of(&subject, vec![grant])
    }

    /// A token of `subject` with several grants.
    pub fn token_of(&self, subject: &str, grants: Vec<Grant>) -> String {
        let now = self.services.clock.now();
        let claims = Claims::new(URL, URL, subject, grants, Uuid::now_v7(), now, TimeDelta::days(300));
        token::issue(&self.services.keyring, &claims, now).unwrap()
    }

    /// The ministry's token.
    pub fn ministry(&self) -> String {
        self.token(Grant::ministry())
    }

    /// A context of `actor`, for calling a capability without a face.
    pub fn ctx(&self, actor: Actor) -> Ctx {
        Ctx::internal(self.services.clone(), actor)
    }

    /// The ministry's context.
    pub fn operator(&self) -> Ctx {
        self.ctx(Actor::operator())
    }

    /// Moves the clock forward.
    pub fn pass(&self, delta: TimeDelta) {
        use sanggar::foundation::clock::Clock;
        self.clock.set(self.clock.now() + delta);
    }

    /// A raw request to `path`; `None` token = the public.
    pub fn request(
        &self,
        method: reqwest::Method,
        path: &str,
        token: Option<&str>,
    ) -> reqwest::RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.base));
        match token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    /// GETs JSON: status and body.
    pub async fn get(&self, path: &str, token: Option<&str>) -> (u16, Value) {
        let answer = self.request(reqwest::Method::GET, path, token).send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap_or_default())
    }

    /// POSTs JSON: status and body.
    pub async fn post(&self, path: &str, token: Option<&str>, body: &Value) -> (u16, Value) {
        let answer = self.request(reqwest::Method::POST, path, token).json(body).send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap_or_default())
    }

    /// Runs a GraphQL document: the whole answer.
    pub async fn graphql(&self, token: Option<&str>, query: &str, variables: Value) -> Value {
        let body = serde_json::json!({ "query": query, "variables": variables });
        let answer = self.request(reqwest::Method::POST, "/graphql", token).json(&body).send().await.unwrap();
        let text = answer.text().await.unwrap();
        serde_json::from_str(&text).unwrap_or_else(|e| panic!("not JSON: {e}: {text}"))
    }

    /// Events of this kind so far.
    pub async fn events(&self, kind: &str) -> Vec<entity::event::Model> {
        use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
        entity::event::Entity::find()
            .filter(entity::event::Column::Kind.eq(kind))
            .order_by_asc(entity::event::Column::Pos)
            .all(self.services.store.reader())
            .await
            .unwrap()
    }
}
