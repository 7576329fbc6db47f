//! What happens in the communities: meetings put into their plans, on every node in turn.

use std::{
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use tokio::sync::watch;
use uuid::Uuid;

use super::follow::Stage;
use crate::cli::bench_nested::load::{Ask, Line};

/// One event that was written.
#[derive(Debug, Clone)]
pub struct Written {
    /// Place of its community.
    pub community: usize,
    /// The activity.
    pub subject: Uuid,
    /// When it was asked for.
    pub sent: Instant,
    /// How long that took.
    pub took: Duration,
}

/// What to write.
pub struct Writing {
    /// The nodes; the events take turns.
    pub nodes: Vec<SocketAddr>,
    /// The communities, with a token of the chair of each; the events take turns.
    pub communities: Vec<(Uuid, String)>,
    /// How many events.
    pub events: usize,
    /// How many in one second.
    pub per_second: f64,
    /// The first meeting that is planned.
    pub from: DateTime<Utc>,
}

impl Writing {
    /// Writes all of it, at its pace: each node on a connection of its own.
    ///
    /// # Errors
    /// In words: any answer but 201.
    pub async fn run(self, stage: watch::Sender<Stage>) -> Result<Vec<Written>, String> {
        let this = Arc::new(self);
        let begun = Instant::now();
        let of_nodes: Vec<_> = (0..this.nodes.len())
            .map(|node| {
                let (this, stage) = (this.clone(), stage.clone());
                tokio::task::spawn_blocking(move || this.on(node, begun, &stage))
            })
            .collect();
        let mut all = Vec::new();
        for of_node in of_nodes {
            all.extend(of_node.await.map_err(|e| e.to_string())??);
        }
        Ok(all)
    }

    #[allow(clippy::disallowed_methods, reason = "a thread of its own waits for the next event's turn")]
    fn on(&self, node: usize, begun: Instant, stage: &watch::Sender<Stage>) -> Result<Vec<Written>, String> {
        let address = self.nodes.get(node).copied().ok_or("no such node")?;
        let mut line = Line::open(address)?;
        let mut done = Vec::new();
        for nth in (node..self.events).step_by(self.nodes.len()) {
            let due = begun + Duration::from_secs_f64(nth as f64 / self.per_second);
            std::thread::sleep(due.saturating_duration_since(Instant::now()));
            if nth * 3 >= self.events * 2 {
                stage.send_if_modified(|stage| {
                    let changes = *stage < Stage::Later;
                    *stage = (*stage).max(Stage::Later);
                    changes
                });
            }
            done.push(self.one(&mut line, nth)?);
        }
        Ok(done)
    }

    fn one(&self, line: &mut Line, nth: usize) -> Result<Written, String> {
        let place = nth % self.communities.len();
        let (community, token) = self.communities.get(place).ok_or("no such community")?;
        let at = self.from + TimeDelta::hours(i64::try_from(nth).unwrap_or(i64::MAX));
        let body = json!({
            "kind": "meeting", "title": "Pertemuan", "mode": "online",
            "startsAt": at, "endsAt": at + TimeDelta::minutes(30),
        });
        let ask = Ask {
            path: format!("/v1/communities/{community}/activities"),
            token: Some(token.clone()),
            body: Some(body.to_string()),
        };
        let sent = Instant::now();
        let (status, answer) = line.ask(&ask)?;
        let took = sent.elapsed();
        let answer: Value = serde_json::from_slice(answer).map_err(|e| e.to_string())?;
        let subject = answer["id"].as_str().filter(|_| status == 201).and_then(|id| id.parse().ok());
        let subject = subject.ok_or_else(|| format!("an activity was not made: {status} {answer}"))?;
        Ok(Written { community: place, subject, sent, took })
    }
}
