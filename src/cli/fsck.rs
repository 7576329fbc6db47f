//! `sanggar fsck`: whether what is stored is what was written.

use std::sync::Arc;

use crate::{
    access::context::Services,
    certification::inspect,
    config::Config,
    foundation::{error::Result, trail},
    startup,
};

/// What an inspection looked at and found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Certificates whose payload, hash, signature and row were held against each other.
    pub certificates: u64,
    /// How far the trail was walked.
    pub trail: trail::Extent,
    /// How many faults there are.
    pub faults: u64,
}

/// Inspects the database of `config` and prints every fault. May run beside the service.
///
/// # Errors
/// When there is a fault, or the database cannot be read.
pub async fn run(config: &Config) -> std::result::Result<(), String> {
    // An inspection changes nothing, least of all the schema.
    let config = Config { migrate: false, ..config.clone() };
    let services = Arc::new(startup::services(&config).await?);
    let summary = inspect(&services, &mut |fault| println!("{fault}")).await.map_err(|e| e.to_string())?;
    println!(
        "{} certificates, {} events and {} audit entries: {}",
        summary.certificates,
        summary.trail.events,
        summary.trail.entries,
        if summary.faults == 0 { "all as written".to_owned() } else { format!("{} faults", summary.faults) }
    );
    services.store.clone().close().await;
    if summary.faults == 0 { Ok(()) } else { Err("what is stored is not what was written".to_owned()) }
}

/// Recomputes every certificate's hash and signature, compares it with its row and its
/// events, and walks the audit trail; tells `found` each fault as it is met.
///
/// # Errors
/// When the database cannot be read.
pub async fn inspect(services: &Arc<Services>, found: &mut impl FnMut(String)) -> Result<Summary> {
    let mut faults = 0;
    let mut tell = |fault: String| {
        faults += 1;
        found(fault);
    };
    let trail = trail::inspect(services.store.reader(), &mut tell).await?;
    trail::beyond_the_end(services.store.reader(), &mut tell).await?;
    let certificates = inspect::certificates(services, &mut tell).await?;
    inspect::issues(services, &mut tell).await?;
    inspect::uniqueness(services, &mut tell).await?;
    Ok(Summary { certificates, trail, faults })
}
