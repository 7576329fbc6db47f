//! `sanggar demo`: the whole service in miniature, on a fresh embedded database.

use std::{net::SocketAddr, time::Duration};

use clap::Args;

use crate::{
    config::{Config, LogFormat},
    demo::{self, Place, Shown},
    startup, telemetry,
};

/// Where the demo runs.
#[derive(Args)]
pub struct DemoArgs {
    /// Address and port; the configured one unless said, the next free one if that is taken.
    #[arg(long)]
    listen: Option<SocketAddr>,
    /// Stop by itself after this many seconds.
    #[arg(long)]
    seconds: Option<u64>,
}

/// Runs the demo until Ctrl-C. Its data is removed afterwards.
///
/// # Errors
/// In words.
pub async fn run(config: &Config, args: &DemoArgs) -> Result<(), String> {
    let quiet = if config.log == "info" { "warn" } else { &config.log };
    telemetry::logs(quiet, LogFormat::Text)?;
    let folder = tempfile::Builder::new().prefix("sanggar-demo-").tempdir();
    let folder = folder.map_err(|e| format!("make a folder for the demo's data: {e}"))?;
    let listen = free(args.listen.unwrap_or(config.listen));
    let place = Place { listen, folder: folder.path().to_owned() };
    println!("Making an invented country in miniature; this takes about a quarter of a minute.");
    let seconds = args.seconds;
    let stop = async move {
        match seconds {
            None => startup::signal().await,
            Some(seconds) => {
                tokio::select! {
                    () = startup::signal() => {}
                    () = tokio::time::sleep(Duration::from_secs(seconds)) => {}
                }
            }
        }
    };
    let told = |doing: &str| println!("  {doing} ...");
    let served = demo::serve(place, told, print, stop).await;
    let path = folder.path().to_owned();
    if let Err(error) = folder.close() {
        eprintln!("could not remove {}: {error}", path.display());
    }
    served
}

/// The first free port from the wished one on, of twenty.
fn free(wished: SocketAddr) -> SocketAddr {
    let candidates = (0..20).map(|n| SocketAddr::new(wished.ip(), wished.port().saturating_add(n)));
    candidates.into_iter().find(|a| std::net::TcpListener::bind(a).is_ok()).unwrap_or(wished)
}

fn print(shown: &Shown) {
    let counts = shown.counts.iter().map(|(what, n)| format!("{n} {what}")).collect::<Vec<_>>().join(", ");
    println!("\nSanggar's demo is ready: {counts}.");
    println!("In it, it is {}; its clock runs on from there.\n", demo::TODAY_IN_WORDS);
    for (what, link) in &shown.links {
        println!("  {what:<22} {link}");
    }
    println!("\nTo sign in: teacher, officer, moderator or ministry, each with the password\n");
    println!("  {}\n", demo::PASSWORD);
    println!("(officer and ministry set up a second factor first if their role asks for one.)");
    println!("\nA token per role, good while the demo runs (paste it under Authorize):\n");
    for (role, what, token) in &shown.tokens {
        println!("  {role} ({what})\n  {token}\n");
    }
    println!("Apps and systems that may ask for tokens (OAuth 2.1):\n");
    for (name, id, secret) in &shown.apps {
        println!("  {name}\n  client_id      {id}");
        if let Some(secret) = secret {
            println!("  client_secret  {secret}");
        }
        println!();
    }
    println!("Stop with Ctrl-C; the data is removed. The same data comes back every time.");
}
