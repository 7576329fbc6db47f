//! One subscriber: what they may see, what they hear, and a connection that is cut once in the middle.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use tokio::sync::{mpsc, watch};
use uuid::Uuid;

use super::socket::Socket;

/// How long anything may take.
const PATIENCE: Duration = Duration::from_secs(120);
const FOLLOW: &str = "subscription($id: ID!, $after: String) { communityUpdates(id: $id, after: $after) \
                      { cursor event { subjectId } } }";

/// How far the writing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Subscribers come in.
    Gathering,
    /// Events are written.
    Writing,
    /// More than half of them are.
    Later,
    /// All of them are, and everybody had time to hear one too many.
    Over,
}

/// What one subscriber does.
pub struct Follower {
    /// The node to begin with.
    pub first: SocketAddr,
    /// The node to come back to; stays where it is where there is none.
    pub second: Option<SocketAddr>,
    /// Their token.
    pub token: String,
    /// Communities they are a member of, with how many events each will have.
    pub of: Vec<(Uuid, usize)>,
    /// A community of which they are no member; they ask for it all the same.
    pub not_of: Uuid,
}

/// One event that came.
#[derive(Debug, Clone)]
pub struct Heard {
    /// Place of the community in [`Follower::of`].
    pub place: usize,
    /// The activity.
    pub subject: Uuid,
    /// When it came.
    pub at: Instant,
    /// Whether it came after the connection had been cut.
    pub caught_up: bool,
}

/// What became of one subscriber.
#[derive(Debug, Default)]
pub struct Outcome {
    /// All events, in the order in which they came.
    pub heard: Vec<Heard>,
    /// Whether the community of others was refused.
    pub refused: bool,
    /// Whether the connection was cut and opened again.
    pub returned: bool,
}

/// Where a subscription stands.
struct Mark {
    cursor: Option<String>,
    heard: usize,
}

impl Follower {
    /// Follows to the end. `tell` is told when everything has begun, and when all was heard.
    ///
    /// # Errors
    /// In words: what came was nothing that should.
    pub async fn run(
        self,
        tell: mpsc::UnboundedSender<()>,
        mut stage: watch::Receiver<Stage>,
    ) -> Result<Outcome, String> {
        let mut outcome = Outcome::default();
        let mut marks: Vec<Mark> = self.of.iter().map(|_| Mark { cursor: None, heard: 0 }).collect();
        let mut socket = patiently(self.begin(self.first, &mut marks)).await?;
        socket.say(&subscribe("other", self.not_of, None)).await?;
        let told = patiently(next(&mut socket)).await?;
        let code = &told["payload"][0]["extensions"]["code"];
        outcome.refused = told["type"] == "error" && told["id"] == "other" && code == "not_found";
        tell.send(()).map_err(|e| e.to_string())?;
        let all: usize = self.of.iter().map(|(_, events)| events).sum();
        if let Some(second) = self.second.filter(|_| all > 1) {
            self.hear(&mut socket, &mut marks, &mut outcome, all / 3, false).await?;
            drop(socket);
            stage.wait_for(|stage| *stage >= Stage::Later).await.map_err(|e| e.to_string())?;
            socket = patiently(self.begin(second, &mut marks)).await?;
            outcome.returned = true;
        }
        let caught_up = outcome.returned;
        self.hear(&mut socket, &mut marks, &mut outcome, all, caught_up).await?;
        tell.send(()).map_err(|e| e.to_string())?;
        // One too many would come now.
        tokio::select! {
            over = stage.wait_for(|stage| *stage == Stage::Over) => { over.map_err(|e| e.to_string())?; }
            more = socket.hear() => return Err(format!("more came than should: {more:?}")),
        }
        Ok(outcome)
    }

    /// Opens the connection and every subscription, after the cursors where there are any.
    async fn begin(&self, node: SocketAddr, marks: &mut [Mark]) -> Result<Socket, String> {
        let mut socket = Socket::open(node).await?;
        let payload = json!({ "authorization": format!("Bearer {}", self.token) });
        socket.say(&json!({ "type": "connection_init", "payload": payload }).to_string()).await?;
        let told = next(&mut socket).await?;
        if told["type"] != "connection_ack" {
            return Err(format!("no conversation: {told}"));
        }
        for (place, ((community, _), mark)) in self.of.iter().zip(marks.iter_mut()).enumerate() {
            socket.say(&subscribe(&place.to_string(), *community, mark.cursor.as_deref())).await?;
            // One after the other, so that the first message of each is not lost among events of others.
            if mark.cursor.is_none() {
                let told = next(&mut socket).await?;
                let (_, cursor, event) = update(&told)?;
                if event.is_some() {
                    return Err(format!("an event before the beginning: {told}"));
                }
                mark.cursor = Some(cursor);
            }
        }
        Ok(socket)
    }

    async fn hear(
        &self,
        socket: &mut Socket,
        marks: &mut [Mark],
        outcome: &mut Outcome,
        until: usize,
        caught_up: bool,
    ) -> Result<(), String> {
        while outcome.heard.len() < until {
            let told = patiently(next(socket)).await?;
            let (place, cursor, event) = update(&told)?;
            let mark = marks.get_mut(place).ok_or("an answer to nothing that was asked")?;
            mark.cursor = Some(cursor);
            if let Some(subject) = event {
                mark.heard += 1;
                outcome.heard.push(Heard { place, subject, at: Instant::now(), caught_up });
            }
        }
        match self.of.iter().zip(marks.iter()).find(|((_, events), mark)| mark.heard > *events) {
            Some(((community, events), _)) => Err(format!("more than {events} events of {community}")),
            None => Ok(()),
        }
    }
}

async fn patiently<T>(doing: impl Future<Output = Result<T, String>>) -> Result<T, String> {
    let done = tokio::time::timeout(PATIENCE, doing).await;
    done.unwrap_or_else(|_| Err(format!("nothing came within {} s", PATIENCE.as_secs())))
}

fn subscribe(id: &str, community: Uuid, after: Option<&str>) -> String {
    let payload = json!({ "query": FOLLOW, "variables": { "id": community, "after": after } });
    json!({ "type": "subscribe", "id": id, "payload": payload }).to_string()
}

async fn next(socket: &mut Socket) -> Result<Value, String> {
    let text = socket.hear().await?.ok_or("the connection was closed")?;
    serde_json::from_str(&text).map_err(|e| format!("{e}: {text}"))
}

/// Of which subscription a message is, where it stands, and what happened.
fn update(told: &Value) -> Result<(usize, String, Option<Uuid>), String> {
    let wrong = || format!("no message of a stream: {told}");
    let place = told["id"].as_str().and_then(|id| id.parse().ok()).ok_or_else(wrong)?;
    let update = &told["payload"]["data"]["communityUpdates"];
    let cursor = update["cursor"].as_str().ok_or_else(wrong)?.to_owned();
    let event = match &update["event"] {
        Value::Null => None,
        event => Some(event["subjectId"].as_str().and_then(|id| id.parse().ok()).ok_or_else(wrong)?),
    };
    Ok((place, cursor, event))
}
