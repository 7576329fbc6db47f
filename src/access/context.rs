//! What every command and read runs in: the service's own things, and who calls.

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ActiveModelBehavior, ActiveModelTrait, EntityTrait, IntoActiveModel, ModelTrait};
use serde::{Serialize, de::DeserializeOwned};

use super::{
    action::Action,
    actor::{Actor, Permit, Place},
    client_use::ClientUses,
    keys::Keyring,
    looks::Looks,
    proof::SeenProofs,
    provider::Provider,
    rates::Rates,
    veil::{Veil, WITHHELD},
};
use crate::foundation::{
    blobs::Blobs,
    clock::Clock,
    document_check::DocumentCheck,
    error::Result,
    event::Event,
    id::Ids,
    language::Language,
    live::Live,
    network::Networks,
    page::CursorKey,
    reads::Reads,
    store::Store,
    text::Reason,
    transaction::{Idempotency, Origin, Stamp, Tx, Writes},
    version,
};

/// How long a request that only reads may take, unless the settings say otherwise.
pub const READ_DEADLINE: Duration = Duration::from_secs(30);

/// What lives as long as the process.
pub struct Services {
    /// The database.
    pub store: Store,
    /// The one way to change it.
    pub writes: Writes,
    /// Files that people bring.
    pub blobs: Blobs,
    /// What was committed, as it happens.
    pub live: Arc<Live>,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Ids and randomness.
    pub ids: Arc<Ids>,
    /// Seals page cursors.
    pub cursors: CursorKey,
    /// Signs tokens and certificates, seals identity numbers.
    pub keyring: Keyring,
    /// Proofs of possession that this node saw, so that none is taken twice.
    pub proofs: SeenProofs,
    /// How often apps and systems called, since it was last written down.
    pub uses: ClientUses,
    /// Holds documents that are registered to the schema.
    pub documents: Arc<dyn DocumentCheck>,
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
    /// Where attachments are kept, if not in `data_dir`.
    pub attachments_url: Option<String>,
    /// How long a request that only reads may take.
    pub read_deadline: Duration,
    /// Upstream OpenID providers through which people may sign in.
    pub providers: Vec<Provider>,
    /// The server through which mail leaves; a folder of `data_dir` without one.
    pub smtp_url: Option<String>,
    /// Whom mail comes from.
    pub mail_from: String,
    /// Proxies whose word about the caller's address is taken.
    pub trusted_proxies: Networks,
    /// How much a caller may ask for in a minute.
    pub rates: Rates,
    /// Connections that one process keeps open.
    pub connections: usize,
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
    /// The version in which the caller wants to find what its command changes, where it said so.
    pub expected: Option<i64>,
    /// What it shows of others, to be written down before the answer leaves.
    pub looks: Looks,
    /// Where it reads, a few statements at a time.
    reads: Reads,
}

/// What a command leaves of whoever asked for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trace {
    /// Their name in the audit trail and in events, and the answer, to be repeated under an idempotency key.
    Named,
    /// Neither their name nor the request it came with; an answer is kept under a name that leads to nobody.
    Withheld,
    /// As withheld, and no answer is kept: doing it again changes nothing.
    Secret,
    /// Their name, but not the answer, which holds what is shown once.
    Unrepeated,
}

/// A change, whole: what to do, under the name it has everywhere.
pub trait Command: Send + Sync + 'static {
    /// What it answers with.
    type Output: Serialize + DeserializeOwned + Send + Sync + 'static;
    /// Its action; the audit trail and metrics use the name.
    const ACTION: Action;

    /// What it leaves of whoever asked.
    fn trace(&self) -> Trace {
        Trace::Named
    }

    /// What it would leave had the caller chosen otherwise; none where there is nothing to choose. An idempotency key
    /// stands for one of the two.
    fn otherwise(&self) -> Option<Trace> {
        None
    }

    /// Why, in the caller's words, where the command is given with a reason. The audit trail keeps it, and shows it to
    /// whoever may read the entry: a reason that only those may see whom the thing is for is not answered here.
    fn why(&self) -> Option<&str> {
        None
    }

    /// Notes what its answer shows of others ([`Ctx::looks`]); an answer that is repeated under an idempotency key too.
    fn shows(&self, _answer: &Self::Output, _ctx: &Ctx) {}

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
    /// The version in which the caller wants to find what it changes, where it said so.
    pub expected: Option<i64>,
}

impl Work<'_> {
    /// That what the command changes is still as the caller read it, where the caller said what it read.
    ///
    /// # Errors
    /// `stale_version`.
    pub fn expect(&self, current: i64) -> Result<()> {
        if self.expected.is_some() { version::check(self.expected, current) } else { Ok(()) }
    }

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

    /// Records an event; answers its place and instant. Call it after everything slow ([`Tx::emit`]).
    pub async fn emit(&self, event: Event) -> Result<Stamp> {
        self.tx.emit(event).await
    }

    /// Changes a row and notes for the audit trail what it was before: the one line of a noun's own step.
    ///
    /// # Errors
    /// Whatever the database answers.
    pub async fn save<A>(
        &self,
        before: &<A::Entity as EntityTrait>::Model,
        change: A,
    ) -> Result<<A::Entity as EntityTrait>::Model>
    where
        A: ActiveModelTrait + ActiveModelBehavior + Send,
        <A::Entity as EntityTrait>::Model: IntoActiveModel<A>,
    {
        let after = change.update(self.db()).await?;
        self.changed(before, &after);
        Ok(after)
    }

    /// Notes for the audit trail what changed in a row ([`Tx::changed`]).
    pub fn changed<M: ModelTrait>(&self, before: &M, after: &M) {
        self.tx.changed(before, after);
    }

    /// The proof that the caller may do `action` at `place`.
    pub fn permit(&self, action: Action, place: &Place) -> Result<Permit> {
        self.actor.permit(action, place)
    }
}

impl Ctx {
    /// The context of one request.
    pub fn new(services: Arc<Services>, actor: Actor, request_id: Arc<str>, language: Language) -> Self {
        let reads = Reads::new(services.store.reader());
        Self {
            services,
            actor: Arc::new(actor),
            request_id,
            language,
            idempotency: None,
            expected: None,
            looks: Looks::default(),
            reads,
        }
    }

    /// The context of work nobody asked for over the network (command line, demo).
    pub fn internal(services: Arc<Services>, actor: Actor) -> Self {
        Self::new(services, actor, Arc::from("internal"), Language::default())
    }

    /// Runs `command` in one durable transaction.
    ///
    /// # Errors
    /// `unauthenticated` for a caller without a token and `forbidden` for one whose roles never
    /// have the command's action, before anything is looked at or waited for.
    pub async fn write<C: Command>(&self, command: C) -> Result<C::Output> {
        self.actor.require_role_for(C::ACTION)?;
        let origin = self.origin(&command)?;
        let (command, actor, services) = (Arc::new(command), self.actor.clone(), self.services.clone());
        let (expected, asked) = (self.expected, command.clone());
        let answer = self
            .services
            .writes
            .run(C::ACTION.name(), origin, move |tx| {
                let (command, actor, services) = (command.clone(), actor.clone(), services.clone());
                Box::pin(async move {
                    command.run(&Work { tx, actor: &actor, services: &services, expected }).await
                })
            })
            .await?;
        asked.shows(&answer, self);
        Ok(answer)
    }

    fn origin<C: Command>(&self, command: &C) -> Result<Origin> {
        let via = self.actor.via.as_ref();
        let named = Origin {
            actor: self.actor.subject.clone(),
            caller: self.actor.caller()?,
            request_id: self.request_id.to_string(),
            idempotency: self.idempotency.clone(),
            otherwise: None,
            client: via.map(|via| via.client.to_string()),
            account: via.and_then(|via| Some(via.account?.to_string())),
            // A reason that is none is refused before anything is left of it.
            reason: command.why().and_then(|raw| Some(Reason::parse(raw).ok()?.as_str().to_owned())),
            quiet: false,
        };
        let otherwise = command.otherwise().map(|trace| self.left(C::ACTION, named.clone(), trace));
        let otherwise = otherwise.and_then(|other| Some((other.caller, other.idempotency?.key)));
        Ok(Origin { otherwise, ..self.left(C::ACTION, named, command.trace()) })
    }

    /// What is left of an origin.
    fn left(&self, action: Action, origin: Origin, trace: Trace) -> Origin {
        match trace {
            Trace::Named => origin,
            Trace::Unrepeated => Origin { idempotency: None, ..origin },
            Trace::Withheld => self.withheld(action, origin),
            Trace::Secret => Origin { idempotency: None, ..self.withheld(action, origin) },
        }
    }

    /// An origin that leads to nobody. The key that the client chose and the hash of the request go too: what else was
    /// sent under them stands elsewhere by name.
    fn withheld(&self, action: Action, origin: Origin) -> Origin {
        let veil = Veil::new(&self.services.keyring);
        let key = origin.idempotency.as_ref().map_or("", |idempotency| idempotency.key.as_str());
        let caller = veil.caller(&origin.caller, action.name(), key);
        let idempotency = origin.idempotency.as_ref().map(|idempotency| Idempotency {
            key: veil.caller(&caller, "key", &idempotency.key),
            request_hash: veil.caller(&caller, "request", &idempotency.request_hash),
        });
        let name = || WITHHELD.to_owned();
        Origin { actor: name(), request_id: name(), caller, idempotency, quiet: true, ..Origin::default() }
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
    pub const fn db(&self) -> &Reads {
        &self.reads
    }

    /// What seals cursors.
    pub fn cursors(&self) -> &CursorKey {
        &self.services.cursors
    }
}
