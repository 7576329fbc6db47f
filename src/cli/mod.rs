//! The command line.

use std::{path::PathBuf, sync::Arc, time::Duration};

use clap::{Parser, Subcommand};

use crate::{
    access::{actor::Actor, context::Ctx},
    config::Config,
    exchange::import::upload,
    foundation::store::PoolSizes,
    startup, telemetry, worker,
};

pub mod account;
pub mod bench_import;
pub mod bench_nested;
pub mod bench_subscribers;
pub mod demo;
pub mod fsck;
pub mod healthcheck;
pub mod import;
pub mod keys;
pub mod retention;
pub mod settings;
pub mod spec;
pub mod token;

/// The open registry of teachers' professional learning.
#[derive(Parser)]
#[command(version, about)]
pub struct Cli {
    /// Settings file; `sanggar.toml` in this folder unless said.
    #[arg(long, global = true)]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run the whole service in miniature, with invented data, on a fresh embedded database.
    Demo(demo::DemoArgs),
    /// Run the service.
    Serve,
    /// Bring the database's schema up to date, or take it back down.
    Migrate {
        /// Undo every change instead. All data is lost.
        #[arg(long)]
        down: bool,
    },
    /// Bring files into the directory: regions, schools, persons.
    Import(import::ImportArgs),
    /// Measure.
    #[command(subcommand)]
    Bench(Bench),
    /// Invite somebody, or let somebody back in who lost their password.
    #[command(subcommand)]
    Account(account::AccountCommand),
    /// Print an access token for a role.
    Token(token::TokenArgs),
    /// Look after the keys.
    #[command(subcommand)]
    Keys(keys::Keys),
    /// Print, write or check the committed contracts.
    Spec(spec::SpecArgs),
    /// Recompute every certificate's hash and signature, and the audit trail; fail when anything was changed behind the service's back.
    Fsck(fsck::FsckArgs),
    /// Print how long what is held stays, and what of it is due now; changes nothing unless told to.
    Retention(retention::RetentionArgs),
    /// Explain every setting, with its present value.
    Config,
    /// Ask a running service whether it is ready; for container health checks.
    Healthcheck,
}

#[derive(Subcommand)]
enum Bench {
    /// How fast real files come in, beside the database's own bulk load.
    Import(bench_import::BenchImportArgs),
    /// What a request costs, beside a bare prepared query of the same rows.
    Nested(bench_nested::BenchNestedArgs),
    /// Many who follow their communities over several nodes: all that they may hear, nothing else, and what it takes.
    Subscribers(bench_subscribers::BenchSubscribersArgs),
    /// The client of `nested`; it starts this itself.
    #[command(hide = true)]
    Load,
    /// A node of `subscribers`; it starts this itself.
    #[command(hide = true)]
    Node,
}

/// Runs the command line; the error is for a person at the terminal.
///
/// # Errors
/// In words.
pub async fn run() -> Result<(), String> {
    let cli = Cli::parse();
    if let Command::Spec(args) = &cli.command {
        return spec::run(args);
    }
    match &cli.command {
        Command::Bench(Bench::Import(args)) => return bench_import::run(args).await,
        Command::Bench(Bench::Nested(args)) => return bench_nested::run(args).await,
        Command::Bench(Bench::Load) => return bench_nested::load(),
        Command::Bench(Bench::Subscribers(args)) => return bench_subscribers::run(args).await,
        Command::Bench(Bench::Node) => return bench_subscribers::node().await,
        _ => {}
    }
    let config = match &cli.command {
        Command::Demo(_) | Command::Healthcheck => Config::load_without_database(cli.config.as_deref())?,
        _ => Config::load(cli.config.as_deref())?,
    };
    match cli.command {
        Command::Demo(args) => demo::run(&config, &args).await,
        Command::Serve => serve(&config).await,
        Command::Migrate { down } => migrate(&config, down).await,
        Command::Import(args) => import::run(&config, &args).await,
        Command::Account(command) => account::run(&config, &command).await,
        Command::Token(args) => token::run(&config, &args),
        Command::Keys(what) => keys::run(&config, &what),
        Command::Fsck(args) => fsck::run(&config, &args).await,
        Command::Retention(args) => retention::run(&config, &args).await,
        Command::Config => {
            settings::print(&config);
            Ok(())
        }
        Command::Healthcheck => healthcheck::run(&config).await,
        Command::Spec(_) | Command::Bench(_) => Ok(()),
    }
}

async fn serve(config: &Config) -> Result<(), String> {
    telemetry::logs(&config.log, config.log_format)?;
    let recorder = telemetry::metrics();
    let services = Arc::new(startup::services(config).await?);
    let operator = Ctx::internal(services.clone(), Actor::operator());
    upload::recover(&operator).await.map_err(|e| format!("imports that were cut short: {e}"))?;
    let patience = Duration::from_secs(config.shutdown_seconds);
    startup::log_head(&services, "started").await;
    let running = startup::Running::bind(services, recorder, config.listen, config.workers, patience)?
        .working(worker::EVERY);
    tracing::info!(address = %running.address(), "listening");
    running.until(startup::signal()).await
}

async fn migrate(config: &Config, down: bool) -> Result<(), String> {
    use migration::MigratorTrait;
    let store = startup::open(config, PoolSizes::default()).await?;
    if down {
        migration::Migrator::down(store.writer(), None)
            .await
            .map_err(|e| format!("take the schema down: {e}"))?;
    } else {
        startup::migrate(&store).await?;
    }
    store.close().await;
    Ok(())
}
