//! A node of the service in a process of its own, so that its memory is its own.

use std::{
    io::{BufRead, BufReader, Write},
    net::SocketAddr,
    path::PathBuf,
    process::{Child, ChildStdin, Command, Stdio},
    sync::Arc,
    time::Duration,
};

use serde::{Deserialize, Serialize};

use super::{KEYS, URL};
use crate::{
    access::keys::Keyring,
    config::Config,
    foundation::{
        clock::SystemClock,
        id::Ids,
        store::{PoolSizes, Store},
    },
    startup::{self, Running},
};

/// What a node serves.
#[derive(Serialize, Deserialize)]
pub struct Order {
    /// The database.
    pub url: String,
    /// For whatever it keeps in files.
    pub folder: PathBuf,
    /// HTTP workers.
    pub workers: usize,
}

/// A node that runs. Its input is what keeps it running.
pub struct Node {
    child: Child,
    _input: ChildStdin,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Node {
    /// Starts one.
    ///
    /// # Errors
    /// In words.
    pub fn start(order: &Order) -> Result<Self, String> {
        let told = |e: std::io::Error| format!("start a node: {e}");
        let program = std::env::current_exe().map_err(told)?;
        let mut child = Command::new(program)
            .args(["bench", "node"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(told)?;
        let mut input = child.stdin.take().ok_or("a node has no input")?;
        let line = serde_json::to_string(order).map_err(|e| e.to_string())?;
        writeln!(input, "{line}").map_err(told)?;
        let mut address = String::new();
        let output = child.stdout.take().ok_or("a node has no output")?;
        BufReader::new(output).read_line(&mut address).map_err(told)?;
        let address = address.trim().parse().map_err(|_| "a node did not start; it says why above")?;
        Ok(Self { child, _input: input, address })
    }

    /// Memory that it has resident, in KiB; nothing where the system does not tell.
    pub fn resident(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        line.split_whitespace().next()?.parse().ok()
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// `sanggar bench node`: serves what the first line of standard input says until that ends.
///
/// # Errors
/// In words.
pub async fn run() -> Result<(), String> {
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).map_err(|e| e.to_string())?;
    let order: Order = serde_json::from_str(&line).map_err(|e| e.to_string())?;
    let store = Store::open(&order.url, PoolSizes::default()).await.map_err(|e| e.to_string())?;
    let services = startup::assemble(
        store,
        Arc::new(SystemClock),
        Ids::from_os(),
        Keyring::ephemeral(KEYS),
        Config::usual(URL, order.folder).settings(),
        PoolSizes::default().writers,
    );
    let local = SocketAddr::from(([127, 0, 0, 1], 0));
    let running =
        Running::bind(Arc::new(services), None, local, Some(order.workers), Duration::from_secs(1))?;
    println!("{}", running.address());
    running.until(ended()).await
}

/// Ends with standard input.
async fn ended() {
    let read = || std::io::copy(&mut std::io::stdin().lock(), &mut std::io::sink());
    let _ = tokio::task::spawn_blocking(read).await;
}
