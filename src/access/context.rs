//! What every command and read runs in: the service's own things, and who calls.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Serialize, de::DeserializeOwned};

use super::{
    action::Action,
    actor::{Actor, Permit, Place},
    keys::Keyring,
};
use crate::foundation::{
    clock::Clock,
    error::{Error, Result},
    event::Event,
    id::Ids,
    language::Language,
    page::CursorKey,
    store::Store,
    transaction::{Idempotency, Origin, Tx, Writes},
};

/// What lives as long as the process.
pub struct Services {
    /// The database.
    pub store: Store,
    /// The one way to change it.
    pub writes: Writes,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Ids and randomness.
    pub ids: Arc<Ids>,
    /// Signs page cursors.
    pub cursors: CursorKey,
    /// Signs tokens and certificates, seals identity numbers.
    pub keyring: Keyring,
    /// Choices of whoever runs the service.
    pub settings: Settings,
}

/// What whoever runs the service chooses and the rules need.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where the service is reached from outside, without a slash at the end.
    pub public_url: String,
    /// Minutes a serving teacher may teach as a resource person per school term before a warning.
    pub burden_cap_minutes: i64,
    /// How certificate numbers look; checked at start.
    pub number_scheme: String,
    /// Where the issuer's days begin and end.
    pub issuer_timezone: chrono_tz::Tz,
    /// Folder for uploads.
    pub data_dir: std::path::PathBuf,
}

impl Settings {
    /// The defaults of `sanggar serve`, reached at `public_url`, for tests and the demo.
    pub fn for_tests(public_url: &str, data_dir: std::path::PathBuf) -> Self {
        Self {
            public_url: public_url.to_owned(),
            burden_cap_minutes: 48 * 60,
            number_scheme: "{seq:06}/{provider}/{year}".to_owned(),
            issuer_timezone: chrono_tz::Asia::Jakarta,
            data_dir,
        }
    }
}

impl Services {
    /// The date of an instant, where the issuer is.
    pub fn issuer_day(&self, instant: DateTime<Utc>) -> NaiveDate {
        instant.with_timezone(&self.settings.issuer_timezone).date_naive()
    }
}

/// One request's context. Cheap to clone.
#[derive(Clone)]
pub struct Ctx {
    /// The service's own things.
    pub services: Arc<Services>,
    /// Who calls.
    pub actor: Arc<Actor>,
    /// The request, as told to the client in every error.
    pub request_id: Arc<str>,
    /// The language to answer people in.
    pub language: Language,
    /// The client's idempotency key for the command it is about to run.
    pub idempotency: Option<Idempotency>,
}

/// A change, whole: what to do, under the name it has everywhere.
pub trait Command: Send + Sync + 'static {
    /// What it answers with.
    type Output: Serialize + DeserializeOwned + Send + Sync + 'static;
    /// Its action; the audit trail and metrics use the name.
    const ACTION: Action;

    /// Does it. May run several times (after a deadlock), so it changes nothing but through `work`.
    fn run(&self, work: &Work<'_>) -> impl Future<Output = Result<Self::Output>> + Send;
}

/// A command's hands while it runs.
pub struct Work<'a> {
    /// The transaction.
    pub tx: &'a Tx,
    /// Who asked.
    pub actor: &'a Actor,
    /// The service's own things.
    pub services: &'a Arc<Services>,
}

impl Work<'_> {
    /// The connection to read and change through.
    pub const fn db(&self) -> &sea_orm::DatabaseTransaction {
        self.tx.db()
    }

    /// The moment of this write.
    pub const fn now(&self) -> DateTime<Utc> {
        self.tx.now()
    }

    /// A new id.
    pub fn new_id(&self) -> uuid::Uuid {
        self.tx.new_id()
    }

    /// Records an event; answers its position. Call it after everything slow ([`Tx::emit`]).
    pub async fn emit(&self, event: Event) -> Result<i64> {
        self.tx.emit(event).await
    }

    /// The proof that the caller may do `action` at `place`.
    pub fn permit(&self, action: Action, place: &Place) -> Result<Permit> {
        self.actor.permit(action, place)
    }
}

impl Ctx {
    /// The context of work nobody asked for over the network (command line, demo).
    pub fn internal(services: Arc<Services>, actor: Actor) -> Self {
        Self {
            services,
            actor: Arc::new(actor),
            request_id: Arc::from("internal"),
            language: Language::default(),
            idempotency: None,
        }
    }

    /// Runs `command` in one durable transaction.
    ///
    /// # Errors
    /// `unauthenticated` for a caller without a token, before anything is looked at.
    pub async fn write<C: Command>(&self, command: C) -> Result<C::Output> {
        if self.actor.is_public() {
            return Err(Error::Unauthenticated("unauthenticated"));
        }
        let origin = Origin {
            actor: self.actor.subject.clone(),
            request_id: self.request_id.to_string(),
            idempotency: self.idempotency.clone(),
        };
        let (command, actor, services) = (Arc::new(command), self.actor.clone(), self.services.clone());
        self.services
            .writes
            .run(C::ACTION.name(), origin, move |tx| {
                let (command, actor, services) = (command.clone(), actor.clone(), services.clone());
                Box::pin(async move { command.run(&Work { tx, actor: &actor, services: &services }).await })
            })
            .await
    }

    /// Now.
    pub fn now(&self) -> DateTime<Utc> {
        self.services.clock.now()
    }

    /// Today, where the issuer is.
    pub fn issuer_today(&self) -> NaiveDate {
        self.services.issuer_day(self.now())
    }

    /// The connection for reads.
    pub fn db(&self) -> &sea_orm::DatabaseConnection {
        self.services.store.reader()
    }

    /// What signs cursors.
    pub fn cursors(&self) -> &CursorKey {
        &self.services.cursors
    }
}
