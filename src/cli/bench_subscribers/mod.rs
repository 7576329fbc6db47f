//! `sanggar bench subscribers`: many who follow their communities over several nodes on one database. Everybody must
//! hear everything that they may, in the order of commits, and nobody anything else; a fifth of them are cut off in the
//! middle and come back with their cursors, to another node. Memory and latency are told beside it.

mod check;
mod follow;
mod node;
mod seed;
mod socket;
mod write;

use std::{net::SocketAddr, path::Path, time::Duration};

use chrono::TimeDelta;
use clap::Args;
use tokio::{
    sync::{mpsc, watch},
    task::JoinSet,
};
use uuid::Uuid;

use self::{
    check::{Found, percentile},
    follow::{Follower, Outcome, Stage},
    node::{Node, Order},
    seed::{Person, Seeded},
    write::{Writing, Written},
};
use super::bench_import::{admin, on_server};
use crate::{
    access::{grant::Grant, keys::Keyring, token, token::Claims},
    foundation::{
        clock::{Clock, SystemClock},
        id::Ids,
        language,
        store::{PoolSizes, Store},
    },
    startup,
};

pub use node::run as node;

/// Where the nodes believe to be reached.
const URL: &str = "http://localhost";
/// The keys of all nodes and of whoever signs the tokens: the same for the same number.
const KEYS: u64 = 1;
/// Every so manyth subscriber is cut off in the middle.
const CUT: usize = 5;
/// How many connect at the same time.
const AT_ONCE: usize = 50;
/// How long everybody goes on listening when all has been heard.
const GRACE: Duration = Duration::from_secs(2);
/// Open files that a node or the measuring process needs beside its sockets.
const OTHER_FILES: usize = 128;

/// How many follow, and what.
#[derive(Args)]
pub struct BenchSubscribersArgs {
    /// A PostgreSQL server on which a database may be made and dropped again; an embedded database in one file,
    /// which all nodes open, without one.
    #[arg(long)]
    postgres: Option<String>,
    /// Nodes, each a process of its own.
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u16).range(1..=16))]
    nodes: u16,
    /// Subscribers, in turn on each of the nodes.
    #[arg(long, default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..=20_000))]
    subscribers: u32,
    /// Communities they are members of.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u16).range(3..=1_000))]
    communities: u16,
    /// Events written meanwhile, in turn by each of the nodes.
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..=9_000))]
    events: u32,
    /// Events written in one second.
    #[arg(long, default_value_t = 10.0)]
    per_second: f64,
    /// HTTP workers of each node.
    #[arg(long, default_value_t = 1)]
    workers: usize,
}

/// Measures on PostgreSQL where a server is named, else on the embedded database.
///
/// # Errors
/// In words: also when anybody heard too little, too much, or in the wrong order.
pub async fn run(args: &BenchSubscribersArgs) -> Result<(), String> {
    if cfg!(debug_assertions) {
        println!("This is a debug build: build with --release for times that mean something.");
    }
    if !(args.per_second.is_finite() && args.per_second > 0.0) {
        return Err("--per-second: more than 0".to_owned());
    }
    require_files(args.subscribers as usize + OTHER_FILES)?;
    let folder = tempfile::Builder::new().prefix("sanggar-bench-").tempdir();
    let folder = folder.map_err(|e| format!("make a folder for the data: {e}"))?;
    on_an_engine(args, folder.path()).await
}

async fn on_an_engine(args: &BenchSubscribersArgs, folder: &Path) -> Result<(), String> {
    let Some(server) = &args.postgres else {
        let url = format!("sqlite://{}", folder.join("bench.db").display());
        return measure("SQLite", &url, args, folder).await;
    };
    let name = format!("sanggar_bench_{}", std::process::id());
    admin(server, &format!("CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0")).await?;
    let measured = measure("PostgreSQL", &on_server(server, &name), args, folder).await;
    admin(server, &format!("DROP DATABASE {name} WITH (FORCE)")).await?;
    measured
}

/// That so many files may be open here; each subscriber is one, on both sides.
fn require_files(needed: usize) -> Result<(), String> {
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"));
    let most = line.and_then(|line| line.split_whitespace().next()?.parse::<usize>().ok());
    match most {
        Some(most) if most < needed => {
            Err(format!("{needed} files must be open at once and {most} may: `ulimit -n {needed}` first"))
        }
        _ => Ok(()),
    }
}

async fn measure(engine: &str, url: &str, args: &BenchSubscribersArgs, folder: &Path) -> Result<(), String> {
    let store = Store::open(url, PoolSizes { readers: 2, writers: 1 }).await.map_err(|e| e.to_string())?;
    startup::migrate(&store).await?;
    let (now, subscribers) = (SystemClock.now(), args.subscribers as usize);
    let seeded = seed::seed(&store, now, args.communities.into(), subscribers).await;
    let seeded = seeded.map_err(|e| format!("put rows in: {e}"))?;
    let start = |n: u16| {
        let folder = folder.join(format!("node-{n}"));
        Node::start(&Order { url: url.to_owned(), folder, workers: args.workers })
    };
    let nodes = (0..args.nodes).map(start).collect::<Result<Vec<_>, _>>()?;
    let addresses: Vec<SocketAddr> = nodes.iter().map(|node| node.address).collect();
    let resident = || nodes.iter().map(Node::resident).collect::<Vec<_>>();

    let tokens = Tokens { keyring: Keyring::ephemeral(KEYS), ids: Ids::from_os() };
    let idle = resident();
    let (set, stage) = watch::channel(Stage::Gathering);
    let crowd = Crowd::gather(args, &seeded, &addresses, &tokens, &stage).await?;
    let full = resident();
    let communities: Result<Vec<(Uuid, String)>, String> =
        seeded.communities.iter().map(|(id, chair)| Ok((*id, tokens.of(*chair)?))).collect();
    let writing = Writing {
        nodes: addresses,
        communities: communities?,
        events: args.events as usize,
        per_second: args.per_second,
        from: now + TimeDelta::days(1),
    };
    set.send_replace(Stage::Writing);
    let written = writing.run(set.clone()).await?;
    let outcomes = crowd.finish(&set).await?;
    let after = resident();
    let committed = check::committed(&store, &written).await?;
    store.close().await;
    let found = check::check(&seeded.persons, &outcomes, &committed, &written)?;
    show(engine, args, &found, &written);
    show_memory(&idle, &full, &after, subscribers);
    Ok(())
}

/// Signs tokens as the nodes do.
struct Tokens {
    keyring: Keyring,
    ids: Ids,
}

impl Tokens {
    fn of(&self, person: Uuid) -> Result<String, String> {
        let (now, grants) = (SystemClock.now(), vec![Grant::teacher(person)]);
        let id = self.ids.next(now);
        let claims = Claims::new(URL, URL, person.to_string(), grants, id, now, TimeDelta::days(1));
        let signed = token::issue(&self.keyring, &claims, now);
        signed.map_err(|e| language::of_error(language::Language::English, &e))
    }
}

/// What a subscriber comes to, and which of the persons it is.
type Ended = (usize, Result<Outcome, String>);

/// All who follow.
struct Crowd {
    tasks: JoinSet<Ended>,
    told: mpsc::UnboundedReceiver<()>,
    all: usize,
}

impl Crowd {
    /// Lets everybody come in, on the nodes in turn; comes back when all of them follow.
    async fn gather(
        args: &BenchSubscribersArgs,
        seeded: &Seeded,
        nodes: &[SocketAddr],
        tokens: &Tokens,
        stage: &watch::Receiver<Stage>,
    ) -> Result<Self, String> {
        let (tell, told) = mpsc::unbounded_channel();
        let mut crowd = Self { tasks: JoinSet::new(), told, all: seeded.persons.len() };
        let persons: Vec<(usize, &Person)> = seeded.persons.iter().enumerate().collect();
        for some in persons.chunks(AT_ONCE) {
            for (nth, person) in some.iter().copied() {
                let follower = follower(args, seeded, nodes, tokens, (nth, person))?;
                let (tell, stage) = (tell.clone(), stage.clone());
                crowd.tasks.spawn(async move { (nth, follower.run(tell, stage).await) });
            }
            crowd.wait(some.len()).await?;
        }
        Ok(crowd)
    }

    /// Waits until so many have come in, or have heard all of it.
    async fn wait(&mut self, mut many: usize) -> Result<(), String> {
        while many > 0 {
            tokio::select! {
                Some(()) = self.told.recv() => many -= 1,
                Some(ended) = self.tasks.join_next() => {
                    let (nth, outcome) = ended.map_err(|e| e.to_string())?;
                    let why = outcome.err().unwrap_or_else(|| "it ended before its time".to_owned());
                    return Err(format!("subscriber {nth}: {why}"));
                }
            }
        }
        Ok(())
    }

    /// Waits until everybody has heard all, and a little longer for what nobody should hear.
    async fn finish(mut self, set: &watch::Sender<Stage>) -> Result<Vec<Outcome>, String> {
        self.wait(self.all).await?;
        tokio::time::sleep(GRACE).await;
        set.send_replace(Stage::Over);
        let mut outcomes: Vec<Option<Outcome>> = (0..self.all).map(|_| None).collect();
        while let Some(ended) = self.tasks.join_next().await {
            let (nth, outcome) = ended.map_err(|e| e.to_string())?;
            let outcome = outcome.map_err(|why| format!("subscriber {nth}: {why}"))?;
            if let Some(place) = outcomes.get_mut(nth) {
                *place = Some(outcome);
            }
        }
        outcomes.into_iter().collect::<Option<Vec<_>>>().ok_or_else(|| "a subscriber was lost".to_owned())
    }
}

fn follower(
    args: &BenchSubscribersArgs,
    seeded: &Seeded,
    nodes: &[SocketAddr],
    tokens: &Tokens,
    (nth, person): (usize, &Person),
) -> Result<Follower, String> {
    let events = |place: usize| {
        let (all, communities) = (args.events as usize, usize::from(args.communities));
        all / communities + usize::from(place < all % communities)
    };
    let id = |place: usize| seeded.communities.get(place).map(|(id, _)| *id).ok_or("no such community");
    let at = |nth: usize| nodes.get(nth % nodes.len()).copied().ok_or("no node");
    let of: Result<Vec<(Uuid, usize)>, &str> =
        person.of.iter().map(|place| Ok((id(*place)?, events(*place)))).collect();
    let other = (0..seeded.communities.len()).find(|place| !person.of.contains(place));
    Ok(Follower {
        first: at(nth)?,
        second: if nth.is_multiple_of(CUT) { Some(at(nth + 1)?) } else { None },
        token: tokens.of(person.id)?,
        of: of?,
        not_of: id(other.ok_or("a member of all communities")?)?,
    })
}

fn show(engine: &str, args: &BenchSubscribersArgs, found: &Found, written: &[Written]) {
    let mut writes: Vec<Duration> = written.iter().map(|one| one.took).collect();
    writes.sort_unstable();
    println!(
        "\n{engine}: {} subscribers on {} nodes, {} of them members; {} events of {} communities, {} in a second.",
        args.subscribers, args.nodes, found.members, args.events, args.communities, args.per_second
    );
    println!(
        "  {} deliveries, each once, in the order of commits, to members alone; all {} were refused what is not theirs.",
        found.delivered, found.refused
    );
    println!(
        "  {} were cut off and came back on another node with their cursors: {} events heard since, none missed.",
        found.returned, found.caught_up
    );
    let line = |what: &str, sorted: &[Duration]| {
        println!(
            "  {what:<44} median {:>7.1}, 95 % {:>7.1}, 99 % {:>7.1}, most {:>7.1} ms",
            percentile(sorted, 50),
            percentile(sorted, 95),
            percentile(sorted, 99),
            percentile(sorted, 100)
        );
    };
    line("from writing an event to hearing of it:", &found.latencies);
    line("of that, until the write is acknowledged:", &writes);
}

fn show_memory(idle: &[Option<u64>], full: &[Option<u64>], after: &[Option<u64>], subscribers: usize) {
    let each = subscribers.div_ceil(idle.len().max(1));
    for (nth, ((idle, full), after)) in idle.iter().zip(full).zip(after).enumerate() {
        let (Some(idle), Some(full), Some(after)) = (idle, full, after) else {
            println!("  node {nth}: the system does not tell its memory");
            continue;
        };
        let mib = |kib: u64| kib as f64 / 1024.0;
        println!(
            "  node {nth}: {:.1} MiB resident before, {:.1} MiB with {each} subscribers, {:.1} MiB after the events: {:.1} KiB a subscriber",
            mib(*idle),
            mib(*full),
            mib(*after),
            (after.saturating_sub(*idle)) as f64 / each as f64
        );
    }
}
