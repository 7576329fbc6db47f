//! The real program as a child process, for what only a process can show: a kill, its
//! metrics, its memory.

use std::{
    fs::File,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use serde_json::Value;

use super::app::URL;

const PROGRAM: &str = env!("CARGO_BIN_EXE_sanggar");

/// How long the program may take until it serves, and until it ends.
const PATIENCE: Duration = Duration::from_secs(60);

/// `sanggar serve`, running. Killed when dropped.
pub struct Service {
    child: Child,
    folder: PathBuf,
    /// `http://127.0.0.1:port`
    pub base: String,
    /// Where it listens.
    pub address: std::net::SocketAddr,
}

fn command(url: &str, folder: &Path) -> Command {
    let mut command = Command::new(PROGRAM);
    // Nothing of the tests' own environment: the program refuses settings it does not know.
    command
        .env_clear()
        .env("DATABASE_URL", url)
        .env("SANGGAR_DATA_DIR", folder.join("data"))
        .env("SANGGAR_LISTEN", "127.0.0.1:0")
        .env("SANGGAR_PUBLIC_URL", URL)
        .env("SANGGAR_WORKERS", "2")
        .env("SANGGAR_REQUESTS_PER_MINUTE", "60000000")
        .env("SANGGAR_REQUESTS_PER_MINUTE_ADDRESS", "60000000")
        .env("SANGGAR_REQUESTS_PER_MINUTE_CLIENT", "60000000")
        .env("SANGGAR_GRAPHQL_COST_PER_MINUTE", "60000000")
        .env("SANGGAR_GRAPHQL_COST_PER_MINUTE_ADDRESS", "60000000")
        .env("SANGGAR_GRAPHQL_COST_PER_MINUTE_CLIENT", "60000000")
        .env("SANGGAR_REQUESTS_AT_ONCE", "1000000")
        .env("SANGGAR_LOG", "warn,sanggar::cli=info")
        .env("SANGGAR_LOG_FORMAT", "json")
        .current_dir(folder)
        .stdin(Stdio::null());
    command
}

/// A ministry's token, signed with the keys in `folder`.
pub fn ministry(url: &str, folder: &Path) -> String {
    let output = command(url, folder).args(["token", "--role", "ministry"]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// Inspects the database with the keys in `folder`; everything must be as it was written.
pub fn fsck(url: &str, folder: &Path) {
    let output = command(url, folder).arg("fsck").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

impl Service {
    /// Runs the program on the database `url` with keys and log in `folder`, and waits until it is ready.
    pub async fn start(url: &str, folder: &Path) -> Self {
        Self::logging(url, folder, "warn,sanggar::cli=info").await
    }

    /// The same, and logs what `filter` says.
    pub async fn logging(url: &str, folder: &Path, filter: &str) -> Self {
        let log = folder.join("log");
        let child = command(url, folder)
            .env("SANGGAR_LOG", filter)
            .arg("serve")
            .stdout(Stdio::null())
            .stderr(File::create(&log).unwrap())
            .spawn()
            .unwrap();
        let mut service = Self {
            child,
            folder: folder.to_owned(),
            base: String::new(),
            address: ([127, 0, 0, 1], 0).into(),
        };
        let started = Instant::now();
        loop {
            if let Some(address) = service.announced() {
                service.base = format!("http://{address}");
                service.address = address;
                return service;
            }
            let ended = service.child.try_wait().unwrap();
            assert!(ended.is_none() && started.elapsed() < PATIENCE, "did not start: {}", service.log());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// The address that its log tells once it serves.
    fn announced(&self) -> Option<std::net::SocketAddr> {
        self.log().lines().find_map(|line| {
            let line: Value = serde_json::from_str(line).ok()?;
            (line["message"] == "listening").then(|| line["address"].as_str()?.parse().ok()).flatten()
        })
    }

    /// What it wrote to its log so far.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.join("log")).unwrap_or_default()
    }

    /// SIGKILL: nothing of the program gets to run any more.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// `sanggar demo`, running, with a token per role. Killed when dropped.
pub struct Demo {
    child: Child,
    /// `http://127.0.0.1:port`
    pub base: String,
    /// By the role's name.
    pub tokens: std::collections::HashMap<String, String>,
    _folder: tempfile::TempDir,
}

impl Demo {
    /// Runs the demo and waits until its data is made.
    pub async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let told = folder.path().join("told");
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let child = Command::new(PROGRAM)
            .env_clear()
            .env("TMPDIR", folder.path())
            .args(["demo", "--listen", &format!("127.0.0.1:{port}")])
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .stdout(File::create(&told).unwrap())
            .stderr(File::create(folder.path().join("log")).unwrap())
            .spawn()
            .unwrap();
        let mut demo = Self { child, base: String::new(), tokens: Default::default(), _folder: folder };
        let started = Instant::now();
        loop {
            let text = std::fs::read_to_string(&told).unwrap_or_default();
            if text.contains("Stop with Ctrl-C") {
                demo.read(&text);
                return demo;
            }
            let ended = demo.child.try_wait().unwrap();
            assert!(ended.is_none() && started.elapsed() < 4 * PATIENCE, "the demo did not start: {text}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    fn read(&mut self, text: &str) {
        let link = text.lines().find(|line| line.contains("start here")).unwrap();
        self.base = link.split_whitespace().last().unwrap().trim_end_matches('/').to_owned();
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        for pair in lines.windows(2).filter(|pair| pair[1].starts_with("eyJ")) {
            let role = pair[0].split(' ').next().unwrap().to_owned();
            self.tokens.insert(role, pair[1].to_owned());
        }
    }

    /// The most memory it had resident so far, MiB; `None` where the system does not tell.
    pub fn peak_memory(&self) -> Option<u64> {
        peak_memory(&self.child)
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The most memory a process had resident so far, MiB; `None` where the system does not tell.
fn peak_memory(child: &Child) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches(" kB").parse::<u64>().ok()? / 1024)
}
