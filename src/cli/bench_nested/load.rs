//! The client that asks: a process of its own, so that its CPU is not the server's.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};

use serde::{Deserialize, Serialize};

/// Stands for a number never used before wherever it is in a body.
pub const FRESH: &str = "FRESH";

/// One request.
#[derive(Clone, Serialize, Deserialize)]
pub struct Ask {
    /// The path, with its query.
    pub path: String,
    /// The bearer token, where one is needed.
    pub token: Option<String>,
    /// Sent as a POST of JSON; a GET without.
    pub body: Option<String>,
}

/// Asks over and over.
#[derive(Serialize, Deserialize)]
pub struct Order {
    /// Whom.
    pub address: SocketAddr,
    /// Over so many connections at once.
    pub connections: usize,
    /// For how long.
    pub seconds: f64,
    /// What, in turn.
    pub asks: Vec<Ask>,
}

/// The client's process.
pub struct Client {
    child: Child,
    orders: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Client {
    /// Starts it.
    ///
    /// # Errors
    /// In words.
    pub fn start() -> Result<Self, String> {
        let told = |e: std::io::Error| format!("start the client: {e}");
        let program = std::env::current_exe().map_err(told)?;
        let mut child = Command::new(program)
            .args(["bench", "load"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(told)?;
        let orders = child.stdin.take().ok_or("the client has no input")?;
        let answers = BufReader::new(child.stdout.take().ok_or("the client has no output")?);
        Ok(Self { child, orders, answers })
    }

    /// Carries out an order, without standing in the way of the servers in this process; answers how
    /// many requests were answered, and the client.
    ///
    /// # Errors
    /// In words: any answer but 200.
    pub async fn run(mut self, order: Order) -> Result<(u64, Self), String> {
        let asked = tokio::task::spawn_blocking(move || {
            let line = serde_json::to_string(&order).map_err(|e| e.to_string())?;
            writeln!(self.orders, "{line}").map_err(|e| e.to_string())?;
            let mut answer = String::new();
            self.answers.read_line(&mut answer).map_err(|e| e.to_string())?;
            let done: Result<u64, String> =
                serde_json::from_str(&answer).map_err(|e| format!("{e}: {answer}"))?;
            Ok::<_, String>((done?, self))
        });
        asked.await.map_err(|e| e.to_string())?
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// `sanggar bench load`: carries out orders from standard input, a line each.
///
/// # Errors
/// In words.
pub fn run() -> Result<(), String> {
    for line in std::io::stdin().lock().lines() {
        let order: Order =
            serde_json::from_str(&line.map_err(|e| e.to_string())?).map_err(|e| e.to_string())?;
        let done = carry_out(&order);
        println!("{}", serde_json::to_string(&done).map_err(|e| e.to_string())?);
    }
    Ok(())
}

fn carry_out(order: &Order) -> Result<u64, String> {
    let until = Instant::now() + Duration::from_secs_f64(order.seconds);
    std::thread::scope(|scope| {
        let connections: Vec<_> = (0..order.connections)
            .map(|n| {
                scope.spawn(move || connection(order, n * order.asks.len() / order.connections.max(1), until))
            })
            .collect();
        let mut done = 0;
        for connection in connections {
            done += connection.join().map_err(|_| "a connection's thread ended early")??;
        }
        Ok(done)
    })
}

fn connection(order: &Order, from: usize, until: Instant) -> Result<u64, String> {
    let mut line = Line::open(order.address)?;
    let mut done = 0;
    for ask in order.asks.iter().cycle().skip(from) {
        let (status, body) = line.ask(ask)?;
        if status != 200 {
            return Err(format!("{}: {status}: {}", ask.path, String::from_utf8_lossy(body)));
        }
        done += 1;
        if Instant::now() >= until {
            break;
        }
    }
    Ok(done)
}

/// One connection that is kept open: as little of HTTP as our own servers need.
pub struct Line {
    stream: BufReader<TcpStream>,
    body: Vec<u8>,
}

impl Line {
    /// Opens one.
    ///
    /// # Errors
    /// In words.
    pub fn open(address: SocketAddr) -> Result<Self, String> {
        let stream = TcpStream::connect(address).map_err(|e| format!("{address}: {e}"))?;
        stream.set_nodelay(true).map_err(|e| e.to_string())?;
        stream.set_read_timeout(Some(Duration::from_secs(60))).map_err(|e| e.to_string())?;
        Ok(Self { stream: BufReader::with_capacity(64 * 1024, stream), body: Vec::new() })
    }

    /// Asks; answers status and body.
    ///
    /// # Errors
    /// In words.
    pub fn ask(&mut self, ask: &Ask) -> Result<(u16, &[u8]), String> {
        let told = |e: std::io::Error| format!("{}: {e}", ask.path);
        self.stream.get_mut().write_all(written(ask).as_bytes()).map_err(told)?;
        let mut line = String::new();
        self.stream.read_line(&mut line).map_err(told)?;
        let status = line.split(' ').nth(1).and_then(|status| status.parse().ok());
        let status = status.ok_or_else(|| format!("{}: not HTTP: {line:?}", ask.path))?;
        let mut length = None;
        loop {
            line.clear();
            self.stream.read_line(&mut line).map_err(told)?;
            let Some((name, value)) = line.trim_end().split_once(':') else { break };
            if name.eq_ignore_ascii_case("content-length") {
                length = value.trim().parse().ok();
            }
        }
        self.body.resize(length.ok_or_else(|| format!("{}: no length", ask.path))?, 0);
        self.stream.read_exact(&mut self.body).map_err(told)?;
        Ok((status, &self.body))
    }
}

fn written(ask: &Ask) -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let method = if ask.body.is_some() { "POST" } else { "GET" };
    let mut text = format!("{method} {} HTTP/1.1\r\nHost: localhost\r\n", ask.path);
    if let Some(token) = &ask.token {
        text += &format!("Authorization: Bearer {token}\r\n");
    }
    if let Some(body) = &ask.body {
        let body = if body.contains(FRESH) {
            body.replace(FRESH, &NEXT.fetch_add(1, Ordering::Relaxed).to_string())
        } else {
            body.clone()
        };
        text += &format!("Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}", body.len());
    } else {
        text += "\r\n";
    }
    text
}
