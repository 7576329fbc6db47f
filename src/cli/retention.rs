//! `sanggar retention`: how long what is held stays, and what of it is due.

use std::sync::Arc;

use clap::Args;

use super::fsck::refuse_if_absent;
use crate::{
    access::{
        actor::Actor,
        context::{Ctx, Services},
    },
    config::Config,
    foundation::language::Language,
    privacy::retention::{read, view::RetentionRule},
    startup, worker,
};

/// Whether to look only.
#[derive(Debug, Clone, Default, Args)]
pub struct RetentionArgs {
    /// Let go of everything that is due, as the service does by itself every hour.
    #[arg(long)]
    pub apply: bool,
}

/// Prints the schedule with what is due; with `--apply` does it first. May run beside the service.
///
/// # Errors
/// In words: the database is away, or a job was cut short.
pub async fn run(config: &Config, args: &RetentionArgs) -> Result<(), String> {
    refuse_if_absent(config)?;
    let services = Arc::new(if args.apply {
        startup::services(config).await?
    } else {
        // Looking changes nothing, least of all the schema.
        startup::inspection(&Config { migrate: false, ..config.clone() }).await?
    });
    let mut failed = Vec::new();
    if args.apply {
        for (job, outcome) in worker::let_go(&services).await {
            match outcome {
                Ok(0) => {}
                Ok(gone) => println!("{job}: {gone}"),
                Err(error) => failed.push(format!("{job}: {error}")),
            }
        }
    }
    print(&rules(&services).await?);
    services.store.clone().close().await;
    if failed.is_empty() { Ok(()) } else { Err(failed.join("; ")) }
}

async fn rules(services: &Arc<Services>) -> Result<Vec<RetentionRule>, String> {
    let mut operator = Ctx::internal(services.clone(), Actor::operator());
    operator.language = Language::English;
    read::list(&operator).await.map_err(|error| error.to_string())
}

fn print(rules: &[RetentionRule]) {
    println!("{:<22} {:<7} {:<7} {:>8}  oldest", "what", "stays", "then", "due");
    for rule in rules {
        let oldest = rule.oldest.map(|at| at.format("%Y-%m-%d").to_string()).unwrap_or_default();
        let due = rule.due.map_or_else(|| "-".to_owned(), |due| due.to_string());
        let (period, code) = (rule.period.as_deref().unwrap_or("-"), rule.code.as_str());
        println!("{code:<22} {period:<7} {:<7} {due:>8}  {oldest}", rule.outcome.as_str());
    }
}
