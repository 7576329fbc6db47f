//! What the service does by itself while it serves: jobs whose time has come. Each job is a number of steps, and
//! each step one transaction that asks again whether its time has come, so that several nodes may do
//! the same job at once, and a job that was cut short is done by its next run.

pub mod breach;
pub mod dormancy;
pub mod files;
pub mod post;
pub mod progress;
pub mod rhythm;

use std::{sync::Arc, time::Duration};

use tokio::task::JoinHandle;

use crate::{
    access::context::Services,
    foundation::{error::Result, places},
    identity::{
        client::{self, usage},
        limit, mail,
        oauth::tidy,
        protocol,
        sign_in::leftover,
    },
    privacy::retention,
};

/// How often the jobs run.
pub const EVERY: Duration = Duration::from_secs(3600);
/// How long after a start they run for the first time: a node that keeps falling over does its jobs too.
const FIRST: Duration = Duration::from_secs(60);
/// How often what clients did is written down: so much of the counts is lost when a node falls over.
const COUNTS: Duration = Duration::from_secs(5);

/// How often mail that waits is looked for: somebody waits for their link.
const POST_EVERY: Duration = Duration::from_secs(5);

/// The jobs of one node; they stop when this is dropped. A transaction that is under way then ends by itself.
#[derive(Debug)]
pub struct Worker([JoinHandle<()>; 3]);

impl Drop for Worker {
    fn drop(&mut self) {
        self.0.iter().for_each(JoinHandle::abort);
    }
}

/// Runs every job `every` so often, for the first time a minute after the start or sooner.
pub fn spawn(services: Arc<Services>, every: Duration) -> Worker {
    mail::warn_without_server(&services);
    let postman = services.clone();
    let counting = services.clone();
    let counts = tokio::spawn(async move {
        loop {
            tokio::time::sleep(every.min(COUNTS)).await;
            write_counts(&counting).await;
        }
    });
    let jobs = tokio::spawn(async move {
        tokio::time::sleep(every.min(FIRST)).await;
        loop {
            run_once(&services).await;
            tokio::time::sleep(every).await;
        }
    });
    let post = tokio::spawn(async move {
        loop {
            tokio::time::sleep(every.min(POST_EVERY)).await;
            post::deliver(&postman).await;
        }
    });
    Worker([jobs, counts, post])
}

async fn write_counts(services: &Arc<Services>) {
    if let Err(error) = usage::flush(services).await {
        tracing::warn!(%error, job = "counts", "what clients did could not be written down; it is counted on");
    }
}

/// A chunk after the other, each in its own transaction.
async fn fill_places(services: &Arc<Services>) -> Result<u64> {
    let mut all = 0;
    loop {
        let filled = protocol::write(services, "audit.places", "worker", "internal", |tx| {
            Box::pin(async move { places::fill(tx.db()).await })
        });
        match filled.await? {
            0 => return Ok(all),
            some => all += some,
        }
    }
}

/// What a job came to: its name, and how many rows went.
pub type Outcome = (&'static str, Result<u64>);

/// Lets go of everything whose time is over, as `privacy::retention` lists it. What goes wrong with one job stops no other.
pub async fn let_go(services: &Arc<Services>) -> Vec<Outcome> {
    vec![
        ("files", files::run_once(services).await),
        ("clients", client::leftover::tidy(services).await),
        ("post", mail::tidy(services).await.map(|()| 0)),
        ("sign-in", leftover::tidy(services).await),
        ("limits", limit::shared::forget(services).await),
        ("tokens", tidy::run_once(services).await),
        ("retention", retention::apply::run_once(services).await),
    ]
}

/// Runs every job once. What goes wrong with one is logged and stops no other.
pub async fn run_once(services: &Arc<Services>) {
    write_counts(services).await;
    match fill_places(services).await {
        Ok(0) => {}
        Ok(filled) => {
            tracing::info!(filled, "audit entries that did not say where their events are say it now");
        }
        Err(error) => tracing::warn!(%error, job = "places", "a job was cut short; its next run goes on"),
    }
    match breach::run_once(services).await {
        Ok(0) => {}
        Ok(told) => tracing::info!(told, "breaches whose time is running out were told of"),
        Err(error) => tracing::warn!(%error, job = "breaches", "a job was cut short; its next run goes on"),
    }
    match dormancy::run_once(services).await {
        Ok(0) => {}
        Ok(rested) => tracing::info!(rested, "communities that went quiet are noted as dormant"),
        Err(error) => tracing::warn!(%error, job = "dormancy", "a job was cut short; its next run goes on"),
    }
    for (job, outcome) in let_go(services).await {
        match outcome {
            Ok(0) => {}
            // Callers who used up nothing go all the time.
            Ok(gone) if job == "limits" => tracing::debug!(job, gone, "what has had its time is gone"),
            Ok(gone) => tracing::info!(job, gone, "what has had its time is gone"),
            Err(error) => tracing::warn!(%error, job, "a job was cut short; its next run goes on"),
        }
    }
    match progress::run_once(services).await {
        Ok(0) => {}
        Ok(made) => tracing::info!(made, "notes of progress were made"),
        Err(error) => tracing::warn!(%error, job = "progress", "a job was cut short; its next run goes on"),
    }
    match rhythm::run_once(services).await {
        Ok(0) => {}
        Ok(made) => tracing::info!(made, "meetings of recurring series were put in the plan"),
        Err(error) => tracing::warn!(%error, job = "rhythm", "a job was cut short; its next run goes on"),
    }
}
