//! One connection: who it is, what runs on it, and when it ends.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use actix_web::{rt, web::Data};
use actix_ws::{AggregatedMessage, AggregatedMessageStream, CloseReason, Session as Out};
use async_graphql::Response;
use futures_util::StreamExt;
use serde_json::{
    Value,
    value::{RawValue, to_raw_value},
};
use tokio::{
    sync::mpsc,
    task::JoinHandle,
    time::{Instant, interval, timeout},
};

use super::protocol::{Close, FromClient, FromServer, read, write};
use crate::{
    access::{
        actor::Actor,
        context::{Ctx, Services},
    },
    foundation::{
        error::{Error, Fault},
        language::Language,
    },
    graphql::{
        endpoint::Endpoint,
        error::word,
        gate::{CallerGate, Quotas},
        http::{Body, Gate, Incoming},
        loader,
    },
    rest::call,
};

/// Connections that one process keeps open.
const MOST_CONNECTIONS: usize = 10_000;
/// Subscriptions that run on one connection.
const MOST_SUBSCRIPTIONS: usize = 50;
/// How long a client may take to open the conversation.
const INIT_TIMEOUT: Duration = Duration::from_secs(10);
/// How often we ask for a sign of life; after two without any the connection is closed.
const BEAT: Duration = Duration::from_secs(20);
/// How long a client may take to read one message.
const PATIENCE: Duration = Duration::from_secs(20);
/// Answers of all subscriptions of a connection that wait for the client.
const WAITING: usize = 16;

static OPEN: AtomicUsize = AtomicUsize::new(0);

/// A place among the open connections; given back when it is dropped.
pub struct Place(());

/// A place, unless all are taken.
pub fn take_place() -> Option<Place> {
    let taken = OPEN.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |open| {
        (open < MOST_CONNECTIONS).then_some(open + 1)
    });
    taken.ok()?;
    metrics::gauge!("sanggar_websockets").increment(1.0);
    Some(Place(()))
}

impl Drop for Place {
    fn drop(&mut self) {
        OPEN.fetch_sub(1, Ordering::Relaxed);
        metrics::gauge!("sanggar_websockets").decrement(1.0);
    }
}

/// What a connection came in with.
pub struct Door {
    /// Plans and runs what is subscribed.
    pub endpoint: Data<Endpoint>,
    /// The service's own things.
    pub services: Arc<Services>,
    /// The language of errors.
    pub language: Language,
    /// The id of the request that opened it.
    pub request_id: String,
    /// The header `Authorization`, where there was one.
    pub authorization: Option<String>,
    /// What its caller may ask for.
    pub quotas: Quotas,
}

/// One answer on its way out. The serial tells a subscription from a later one of the same id.
struct Answer {
    id: String,
    serial: u64,
    text: String,
    last: bool,
}

struct Running {
    serial: u64,
    task: JoinHandle<()>,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// One connection.
pub struct Session {
    door: Door,
    out: Out,
    caller: Option<Arc<Actor>>,
    /// What it said who it is with, where that can end before the token does: it came through an app.
    again: Option<String>,
    running: HashMap<String, Running>,
    serials: u64,
    /// When the conversation must be open, then: when the token is no longer good.
    until: Instant,
    /// When the client was last heard.
    heard: Instant,
}

impl Session {
    /// A connection that was just opened.
    pub fn new(door: Door, out: Out) -> Self {
        let now = Instant::now();
        Self {
            door,
            out,
            caller: None,
            again: None,
            running: HashMap::new(),
            serials: 0,
            until: now + INIT_TIMEOUT,
            heard: now,
        }
    }

    /// Talks until one side has enough.
    pub async fn run(mut self, mut incoming: AggregatedMessageStream, place: super::session::Place) {
        let _place = place;
        let (tell, mut answers) = mpsc::channel(WAITING);
        let mut beat = interval(BEAT);
        let stopping = self.door.services.live.stopped();
        tokio::pin!(stopping);
        let close = loop {
            let step = tokio::select! {
                message = incoming.recv() => match message {
                    Some(Ok(message)) => self.hear(message, &tell).await,
                    // Too long, not UTF-8, or gone.
                    Some(Err(_)) => Err(Some(Close::BadMessage)),
                    None => Err(None),
                },
                Some(answer) = answers.recv() => self.answer(answer).await,
                _ = beat.tick() => self.beat().await,
                () = tokio::time::sleep_until(self.until) => Err(Some(self.too_late())),
                () = &mut stopping => Err(Some(Close::GoingAway)),
            };
            if let Err(close) = step {
                break close;
            }
        };
        self.running.clear();
        let reason = close.map(|close| CloseReason {
            code: close.code().into(),
            description: Some(close.reason().to_owned()),
        });
        let _ = timeout(PATIENCE, self.out.close(reason)).await;
    }

    fn too_late(&self) -> Close {
        if self.caller.is_some() { Close::Forbidden } else { Close::InitTimeout }
    }

    async fn beat(&mut self) -> Result<(), Option<Close>> {
        if self.heard.elapsed() > BEAT * 2 + BEAT / 2 {
            return Err(Some(Close::Silent));
        }
        self.look_again().await?;
        let pinged = timeout(PATIENCE, self.out.ping(b"")).await;
        if matches!(pinged, Ok(Ok(()))) { Ok(()) } else { Err(None) }
    }

    /// That whoever came through an app is still who they were, with the same roles: what was withdrawn, blocked or
    /// revoked ends the conversation with the next beat. A database that does not answer ends nothing.
    async fn look_again(&self) -> Result<(), Option<Close>> {
        let Some(header) = &self.again else { return Ok(()) };
        match call::authenticate(&self.door.services, Some(header), None).await {
            Ok(caller) if self.is_still(&caller.actor) => Ok(()),
            Ok(_) | Err(Error::Unauthenticated(_)) => Err(Some(Close::Forbidden)),
            Err(_) => Ok(()),
        }
    }

    /// Whether it is who the conversation was opened by, with the same rights and bound as before, in whatever order they were found.
    fn is_still(&self, now: &Actor) -> bool {
        let pinned = |actor: &Actor| actor.via.as_ref().is_some_and(|via| via.persisted_only);
        let Some(known) = self.caller.as_deref() else { return false };
        let caller = known.caller().ok();
        caller.is_some() && caller == now.caller().ok() && pinned(known) == pinned(now)
    }

    async fn hear(
        &mut self,
        message: AggregatedMessage,
        tell: &mpsc::Sender<Answer>,
    ) -> Result<(), Option<Close>> {
        self.heard = Instant::now();
        match message {
            AggregatedMessage::Text(text) => match read(&text)? {
                FromClient::ConnectionInit { payload } => self.init(payload).await,
                FromClient::Ping { payload } => self.say(write(&FromServer::Pong { payload })).await,
                FromClient::Pong {} => Ok(()),
                FromClient::Subscribe { id, payload } => self.subscribe(id, payload, tell).await,
                FromClient::Complete { id } => {
                    self.running.remove(&id);
                    Ok(())
                }
            },
            AggregatedMessage::Binary(_) => Err(Some(Close::BadMessage)),
            AggregatedMessage::Ping(bytes) => {
                let ponged = timeout(PATIENCE, self.out.pong(&bytes)).await;
                if matches!(ponged, Ok(Ok(()))) { Ok(()) } else { Err(None) }
            }
            AggregatedMessage::Pong(_) => Ok(()),
            AggregatedMessage::Close(_) => Err(None),
        }
    }

    async fn init(&mut self, payload: Option<Value>) -> Result<(), Option<Close>> {
        if self.caller.is_some() {
            return Err(Some(Close::TooManyInits));
        }
        let sent = payload.as_ref().and_then(token_in).map(str::to_owned);
        // Nothing that can be followed is for everybody, and places are few.
        let Some(header) = sent.or_else(|| self.door.authorization.take()) else {
            return Err(Some(Close::Forbidden));
        };
        let caller = call::authenticate(&self.door.services, Some(&header), None).await;
        let caller = caller.map_err(|error| Some(Close::of(&error)))?;
        let left = caller.until.saturating_sub(self.door.services.clock.now().timestamp());
        self.until = Instant::now() + Duration::from_secs(u64::try_from(left).unwrap_or_default());
        self.again = caller.actor.via.is_some().then_some(header);
        self.caller = Some(Arc::new(caller.actor));
        self.say(write(&FromServer::ConnectionAck)).await
    }

    async fn subscribe(
        &mut self,
        id: String,
        payload: Value,
        tell: &mpsc::Sender<Answer>,
    ) -> Result<(), Option<Close>> {
        let caller = self.caller.clone().ok_or(Some(Close::Unauthorized))?;
        if self.running.contains_key(&id) {
            return Err(Some(Close::SubscriberExists));
        }
        if self.running.len() >= MOST_SUBSCRIPTIONS {
            let fault = Fault::new("", "subscriptions_too_many").with("max", MOST_SUBSCRIPTIONS);
            let refusal = Errors { language: self.door.language, request_id: &self.door.request_id };
            let errors = refusal.of(Error::conflict_with(fault));
            return self.say(write(&FromServer::Error { id: &id, payload: &errors })).await;
        }
        self.serials += 1;
        let ctx = Ctx::new(
            self.door.services.clone(),
            Actor::clone(&caller),
            Arc::from(self.door.request_id.as_str()),
            self.door.language,
        );
        let line = Line { id: id.clone(), serial: self.serials, tell: tell.clone() };
        let gate = CallerGate::new(&ctx, &self.door.quotas);
        let task = rt::spawn(line.run(self.door.endpoint.clone(), ctx, gate, payload));
        self.running.insert(id, Running { serial: self.serials, task });
        Ok(())
    }

    /// Sends an answer on, unless its subscription was ended meanwhile.
    async fn answer(&mut self, answer: Answer) -> Result<(), Option<Close>> {
        if self.running.get(&answer.id).is_none_or(|running| running.serial != answer.serial) {
            return Ok(());
        }
        if answer.last {
            self.running.remove(&answer.id);
        }
        self.say(answer.text).await
    }

    async fn say(&mut self, text: String) -> Result<(), Option<Close>> {
        let said = timeout(PATIENCE, self.out.text(text)).await;
        if matches!(said, Ok(Ok(()))) { Ok(()) } else { Err(None) }
    }
}

/// `authorization`, however it is capitalised.
fn token_in(payload: &Value) -> Option<&str> {
    let members = payload.as_object()?;
    members.iter().find(|(name, _)| name.eq_ignore_ascii_case("authorization"))?.1.as_str()
}

/// One subscription's way to the client.
struct Line {
    id: String,
    serial: u64,
    tell: mpsc::Sender<Answer>,
}

impl Line {
    async fn run(self, endpoint: Data<Endpoint>, ctx: Ctx, gate: CallerGate, payload: Value) {
        let (language, request_id) = (ctx.language, ctx.request_id.clone());
        let errors = Errors { language, request_id: &request_id };
        if let Err(error) = gate.request().await {
            return self.refuse(&errors.of(error)).await;
        }
        let incoming = match Incoming::from_value(payload) {
            Ok(incoming) => incoming,
            Err(error) => return self.refuse(&errors.of(error)).await,
        };
        let begun = endpoint
            .subscribe(incoming, &gate, |request| {
                let loaders = loader::for_request(&ctx);
                request.data(ctx).data(loaders)
            })
            .await;
        let mut answers = match begun {
            Ok(answers) => answers,
            Err(response) => return self.refuse(&errors.told(*response)).await,
        };
        let mut begun = false;
        while let Some(response) = answers.next().await {
            // A refusal in place of the first answer says that it never began.
            if !begun && response.data == async_graphql::Value::Null && response.is_err() {
                return self.refuse(&errors.told(response)).await;
            }
            begun = true;
            if let Err(error) = gate.shown().await {
                return self.refuse(&errors.of(error)).await;
            }
            let response = word(response, language, &request_id);
            let Ok(body) = to_raw_value(&Body::of(&response, true)) else { return };
            let text = write(&FromServer::Next { id: &self.id, payload: &body });
            if !self.send(text, false).await {
                return;
            }
        }
        let text = write(&FromServer::Complete { id: &self.id });
        self.send(text, true).await;
    }

    async fn refuse(&self, errors: &RawValue) {
        let text = write(&FromServer::Error { id: &self.id, payload: errors });
        self.send(text, true).await;
    }

    async fn send(&self, text: String, last: bool) -> bool {
        let answer = Answer { id: self.id.clone(), serial: self.serial, text, last };
        self.tell.send(answer).await.is_ok()
    }
}

/// How errors are told on this connection.
struct Errors<'a> {
    language: Language,
    request_id: &'a str,
}

impl Errors<'_> {
    fn of(&self, error: Error) -> Box<RawValue> {
        self.told(crate::graphql::http::response_of(error))
    }

    fn told(&self, response: Response) -> Box<RawValue> {
        let response = word(response, self.language, self.request_id);
        to_raw_value(&response.errors).unwrap_or_else(|_| RawValue::NULL.to_owned())
    }
}
