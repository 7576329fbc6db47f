//! `sanggar bench nested`: what a request costs in CPU, of the server and of the database,
//! for the two nested reads and for a page of a thousand certificates, each beside a bare
//! prepared query that returns the same rows from the same process. A ratio of two costs of
//! one run says what our layers add; requests per second would say how busy the machine was.

mod bare;
mod cases;
mod cost;
pub(super) mod load;
mod rows;
pub(super) mod seed;

use std::{path::Path, sync::Arc, time::Duration};

use clap::Args;

use self::{
    bare::Bare,
    cases::{Case, cases},
    cost::Cpu,
    load::{Client, Order},
    seed::Sizes,
};
use super::bench_import::{admin, on_server};
use crate::{
    access::{grant::Grant, keys::Keyring, token, token::Claims},
    config::Config,
    foundation::{
        clock::{Clock, SystemClock},
        id::Ids,
        language,
        store::{PoolSizes, Store},
    },
    startup::{self, Running},
};

pub use load::run as load;

/// Where the service under measurement believes to be reached.
const URL: &str = "http://localhost";

/// How much to measure, and where.
#[derive(Args)]
pub struct BenchNestedArgs {
    /// A PostgreSQL server on which a database may be made and dropped again; only the embedded
    /// engine is measured without one.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    postgres: Option<String>,
    /// Persons to invent.
    #[arg(long, default_value_t = 20_000)]
    persons: usize,
    /// Certificates to invent.
    #[arg(long, default_value_t = 50_000)]
    certificates: usize,
    /// Batches to invent, a quarter of them open.
    #[arg(long, default_value_t = 2_000)]
    batches: usize,
    /// How often each read is measured; the reads take turns.
    #[arg(long, default_value_t = 5)]
    rounds: u32,
    /// Seconds of each measurement.
    #[arg(long, default_value_t = 1.0)]
    seconds: f64,
    /// Connections that ask at once.
    #[arg(long, default_value_t = 16)]
    connections: usize,
    /// HTTP workers of the service, and as many of the bare one.
    #[arg(long, default_value_t = 2)]
    workers: usize,
}

/// Measures on the embedded database and, where a server is named, on PostgreSQL.
///
/// # Errors
/// In words.
pub async fn run(args: &BenchNestedArgs) -> Result<(), String> {
    if cfg!(debug_assertions) {
        println!("This is a debug build: build with --release for figures that mean something.");
    }
    let folder = tempfile::Builder::new().prefix("sanggar-bench-").tempdir();
    let folder = folder.map_err(|e| format!("make a folder for the data: {e}"))?;
    engines(args, folder.path()).await
}

async fn engines(args: &BenchNestedArgs, folder: &Path) -> Result<(), String> {
    let server = args.postgres.as_deref().filter(|url| !url.starts_with("sqlite:"));
    if let Some(server) = server {
        let name = format!("sanggar_bench_{}", std::process::id());
        admin(server, &format!("CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0")).await?;
        let measured = measure("PostgreSQL", &on_server(server, &name), Some(&name), args, folder).await;
        admin(server, &format!("DROP DATABASE {name} WITH (FORCE)")).await?;
        measured?;
    }
    let url = format!("sqlite://{}", folder.join("bench.db").display());
    measure("SQLite", &url, None, args, folder).await
}

async fn measure(
    engine: &str,
    url: &str,
    database: Option<&str>,
    args: &BenchNestedArgs,
    folder: &Path,
) -> Result<(), String> {
    let store = Store::open(url, PoolSizes::default()).await.map_err(|e| e.to_string())?;
    startup::migrate(&store).await?;
    let sizes = Sizes { persons: args.persons, certificates: args.certificates, batches: args.batches };
    let now = SystemClock.now();
    let seeded = seed::seed(&store, now, sizes).await.map_err(|e| format!("put rows in: {e}"))?;
    let settings = Config::usual(URL, folder.to_owned()).settings();
    let keyring = Keyring::ephemeral(1);
    let claims = Claims::new(
        URL,
        URL,
        "bench",
        vec![Grant::ministry()],
        Ids::from_os().next(now),
        now,
        chrono::TimeDelta::days(1),
    );
    let token = token::issue(&keyring, &claims, now)
        .map_err(|e| language::of_error(language::Language::English, &e))?;
    let local = std::net::SocketAddr::from(([127, 0, 0, 1], 0));
    let bare = Bare::serve(&store, local, args.workers)?;
    let services = startup::assemble(
        store,
        Arc::new(SystemClock),
        Ids::from_os(),
        keyring,
        settings,
        PoolSizes::default().writers,
    );
    let running = Running::bind(Arc::new(services), None, local, Some(args.workers), Duration::from_secs(1))?;
    let address = running.address();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let served = tokio::spawn(running.until(async move {
        let _ = stopped.await;
    }));
    let cases = cases(address, bare.address, &token, &seeded).await?;
    let measured = turns(args, database, &cases).await;
    bare.stop().await;
    let _ = stop.send(());
    served.await.map_err(|e| e.to_string())??;
    let measured = measured?;
    println!(
        "\n{engine}: {} persons, {} certificates, {} batches; {} rounds of {} s, {} connections.",
        args.persons, args.certificates, args.batches, args.rounds, args.seconds, args.connections
    );
    if database.is_some() && measured.iter().all(|m| m.bare.database.is_zero()) {
        println!("The database is not on this machine: only the server's own CPU is counted.");
    }
    show(&cases, &measured);
    Ok(())
}

/// What one read cost in all rounds together.
#[derive(Default)]
struct Measured {
    ours: Spent,
    bare: Spent,
}

#[derive(Default)]
struct Spent {
    server: Duration,
    database: Duration,
    requests: u64,
}

impl Spent {
    fn milliseconds(&self) -> f64 {
        (self.server + self.database).as_secs_f64() * 1_000.0 / self.requests.max(1) as f64
    }
}

/// Lets the reads take turns, so that whatever else the machine does meets them alike.
async fn turns(
    args: &BenchNestedArgs,
    database: Option<&str>,
    cases: &[Case],
) -> Result<Vec<Measured>, String> {
    let mut client = Client::start()?;
    let mut all: Vec<Measured> = cases.iter().map(|_| Measured::default()).collect();
    // The first round is for warming up: connections, prepared statements, documents seen.
    for round in 0..=args.rounds {
        for (case, measured) in cases.iter().zip(&mut all) {
            for (ours, requests) in [(false, &case.bare), (true, &case.ours)] {
                let order = Order {
                    address: requests.address,
                    connections: args.connections,
                    seconds: if round == 0 { args.seconds.min(0.3) } else { args.seconds },
                    asks: requests.asks.clone(),
                };
                let before = cost::now(database)?;
                let (done, returned) = client.run(order).await?;
                client = returned;
                let after = cost::now(database)?;
                if round > 0 {
                    let spent = if ours { &mut measured.ours } else { &mut measured.bare };
                    add(spent, before, after, done);
                }
            }
        }
    }
    Ok(all)
}

fn add(spent: &mut Spent, before: Cpu, after: Cpu, requests: u64) {
    spent.server += after.server.saturating_sub(before.server);
    spent.database += after.database.saturating_sub(before.database);
    spent.requests += requests;
}

fn show(cases: &[Case], measured: &[Measured]) {
    println!("CPU of server + database per request, ms:");
    println!("  {:<52} {:>7} {:>7} {:>6} {:>5}", "read", "bare", "ours", "ratio", "aim");
    for (case, measured) in cases.iter().zip(measured) {
        let (bare, ours) = (measured.bare.milliseconds(), measured.ours.milliseconds());
        let ratio = ours / bare.max(f64::EPSILON);
        let verdict = if ratio <= case.aim { "" } else { "  over" };
        println!("  {:<52} {bare:>7.3} {ours:>7.3} {ratio:>6.2} {:>5.2}{verdict}", case.name, case.aim);
    }
}
