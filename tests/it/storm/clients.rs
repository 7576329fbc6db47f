//! Clients of two kinds: honest ones, who note what was acknowledged to them, and ones
//! who send a write and reset the socket, as a phone does that loses its network.

use std::{
    collections::BTreeSet,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use rand::{RngExt, SeedableRng, rngs::StdRng};
use serde_json::{Value, json};
use tokio::{io::AsyncWriteExt, net::TcpStream, sync::Semaphore, task::JoinSet};

/// How many honest clients write at once.
const HONEST: usize = 4;
/// How many clients send and reset at once.
const RESETTING: usize = 8;
/// How many resets go with each answered write: the storm is as strong as the service is
/// quick, so that honest clients meet resets, and are not merely crowded out.
const RESETS_PER_WRITE: usize = 8;
/// How long a storm may take to do as much as it must on a busy machine.
const PATIENCE: Duration = Duration::from_secs(90);

/// Against what the storm blows.
#[derive(Clone)]
pub struct Target {
    pub address: SocketAddr,
    pub token: String,
    /// Sets the codes of this storm apart from those of others; at most 6 characters.
    pub mark: String,
}

/// What the honest clients have noted.
#[derive(Default, Debug)]
pub struct Notes {
    /// Codes whose creation was answered with 201.
    pub acknowledged: BTreeSet<String>,
    /// Codes whose creation was sent but not answered: they may be there or not.
    pub unanswered: BTreeSet<String>,
    /// Sockets reset in the middle of a write.
    pub resets: usize,
}

impl Notes {
    /// What was acknowledged but is not among `there`.
    pub fn missing<'a>(&'a self, there: &BTreeSet<String>) -> Vec<&'a String> {
        self.acknowledged.iter().filter(|code| !there.contains(*code)).collect()
    }

    /// These and those.
    pub fn add(&mut self, other: Self) {
        self.acknowledged.extend(other.acknowledged);
        self.unanswered.extend(other.unanswered);
        self.resets += other.resets;
    }
}

/// A storm that blows until it is ended.
pub struct Storm {
    weather: Arc<Weather>,
    honest: JoinSet<Notes>,
    resetting: JoinSet<()>,
}

/// What the clients of one storm share.
struct Weather {
    over: AtomicBool,
    answered: AtomicUsize,
    resets: AtomicUsize,
    /// How long an honest write takes of late, microseconds. Resetting clients wait as long at
    /// most, so that on any machine every step of a write is hit, from `BEGIN` to `COMMIT`.
    latency: AtomicU64,
    /// Resets that may happen now.
    due: Semaphore,
}

impl Storm {
    /// Waits until the storm has blown for so long and so many writes were answered meanwhile.
    pub async fn blow(&self, least: Duration, writes: usize) {
        let started = Instant::now();
        while started.elapsed() < least || self.weather.answered.load(Relaxed) < writes {
            assert!(started.elapsed() < least + PATIENCE, "the service answers next to nothing");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// Ends the storm; what the honest clients have noted.
    pub async fn end(mut self) -> Notes {
        self.weather.over.store(true, Relaxed);
        let mut notes = Notes::default();
        while let Some(noted) = self.honest.join_next().await {
            notes.add(noted.unwrap());
        }
        while let Some(ended) = self.resetting.join_next().await {
            ended.unwrap();
        }
        notes.resets = self.weather.resets.load(Relaxed);
        notes
    }
}

/// The write that every client sends.
fn body(code: &str) -> Value {
    json!({ "code": code, "kind": "company", "name": format!("Balai {code}") })
}

impl Target {
    /// Lets a storm loose.
    pub fn storm(&self) -> Storm {
        let weather = Arc::new(Weather {
            over: AtomicBool::new(false),
            answered: AtomicUsize::new(0),
            resets: AtomicUsize::new(0),
            latency: AtomicU64::new(5_000),
            due: Semaphore::new(RESETTING * RESETS_PER_WRITE),
        });
        let mut resetting = JoinSet::new();
        for n in 0..RESETTING {
            resetting.spawn(self.clone().resetting(n, weather.clone()));
        }
        let mut honest = JoinSet::new();
        for n in 0..HONEST {
            honest.spawn(self.clone().honest(n, weather.clone()));
        }
        Storm { weather, honest, resetting }
    }

    /// One write as an honest client makes it: `true` when it was acknowledged. The key is the
    /// code, so that it can be sent again.
    pub async fn write(&self, http: &reqwest::Client, code: &str) -> Result<bool, reqwest::Error> {
        let answer = http
            .post(format!("http://{}/v1/organisations", self.address))
            .bearer_auth(&self.token)
            .header("Idempotency-Key", code)
            .json(&body(code))
            .send()
            .await?;
        let status = answer.status().as_u16();
        assert!(matches!(status, 201 | 503), "{code}: {status} {}", answer.text().await.unwrap_or_default());
        Ok(status == 201)
    }

    async fn honest(self, n: usize, weather: Arc<Weather>) -> Notes {
        let http = reqwest::Client::builder().timeout(Duration::from_secs(30)).build().unwrap();
        let mut notes = Notes::default();
        for turn in 0.. {
            if weather.over.load(Relaxed) {
                break;
            }
            let code = format!("H{}-{n}-{turn}", self.mark);
            let started = Instant::now();
            match self.write(&http, &code).await {
                Ok(true) => {
                    notes.acknowledged.insert(code);
                    weather.answer(started.elapsed());
                }
                Ok(false) => {}
                Err(_) => {
                    notes.unanswered.insert(code);
                    // The service was killed; whoever killed it ends the storm.
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            }
        }
        notes
    }

    async fn resetting(self, n: usize, weather: Arc<Weather>) {
        let mut chance = StdRng::seed_from_u64(n as u64);
        for turn in 0.. {
            if !weather.next().await {
                return;
            }
            let request = self.raw(&format!("S{}-{n}-{turn}", self.mark));
            // One in eight goes away in the middle of its body.
            let sent = if chance.random_ratio(1, 8) { request.len() - 20 } else { request.len() };
            let wait = Duration::from_micros(chance.random_range(0..=weather.latency.load(Relaxed)));
            if send_and_reset(self.address, &request.as_bytes()[..sent], wait).await.is_ok() {
                weather.resets.fetch_add(1, Relaxed);
            }
        }
    }

    fn raw(&self, code: &str) -> String {
        let body = body(code).to_string();
        format!(
            "POST /v1/organisations HTTP/1.1\r\nHost: sanggar.test\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            self.token,
            body.len(),
        )
    }
}

impl Weather {
    fn answer(&self, took: Duration) {
        self.answered.fetch_add(1, Relaxed);
        self.due.add_permits(RESETS_PER_WRITE);
        let took = u64::try_from(took.as_micros()).unwrap();
        self.latency.store((self.latency.load(Relaxed) * 7 + took) / 8, Relaxed);
    }

    /// Waits until a reset is due; `false` when the storm is over.
    async fn next(&self) -> bool {
        while !self.over.load(Relaxed) {
            if let Ok(due) = tokio::time::timeout(Duration::from_millis(50), self.due.acquire()).await {
                due.unwrap().forget();
                return true;
            }
        }
        false
    }
}

async fn send_and_reset(address: SocketAddr, request: &[u8], wait: Duration) -> std::io::Result<()> {
    let mut socket = TcpStream::connect(address).await?;
    socket.set_nodelay(true)?;
    // Closing with this set sends a reset instead of a goodbye.
    socket.set_zero_linger()?;
    socket.write_all(request).await?;
    tokio::time::sleep(wait).await;
    drop(socket);
    Ok(())
}
