//! `sanggar fsck`: whether what is stored is what was written.

use std::{path::Path, sync::Arc};

use clap::{Args, ValueEnum};

use crate::{
    access::context::Services,
    certification::inspect,
    config::Config,
    foundation::{
        audit::{AuditKey, Head},
        error::Result,
        trail, trail_values,
    },
    startup,
};

/// What can be looked at alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// The audit trail, the events that it seals and the personal values apart from it: edits, deletions, another order, and
    /// with a head a cut-off end.
    Audit,
}

/// What to hold the database against beside itself.
#[derive(Debug, Clone, Default, Args)]
pub struct FsckArgs {
    /// What to look at; everything unless said.
    #[arg(value_enum)]
    pub part: Option<Part>,
    /// Where the audit trail ended once, as an earlier run or the service's log printed it:
    /// finds an end that was cut off.
    #[arg(long, value_name = "SEQ:HASH")]
    pub expect_head: Option<Head>,
}

/// What an inspection looked at and found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Certificates whose payload, hash, signature, row and events were held against each other.
    pub certificates: u64,
    /// How far the trail was walked.
    pub trail: trail::Extent,
    /// How many faults there are.
    pub faults: u64,
}

/// Inspects the database of `config` and prints every fault. May run beside the service.
///
/// # Errors
/// When there is a fault, the database cannot be read, or it or its keys are not there.
pub async fn run(config: &Config, args: &FsckArgs) -> std::result::Result<(), String> {
    refuse_if_absent(config)?;
    // An inspection changes nothing, least of all the schema.
    let config = Config { migrate: false, ..config.clone() };
    let services = Arc::new(startup::inspection(&config).await?);
    let (known, mut tell) = (args.expect_head.as_ref(), |fault| println!("{fault}"));
    let inspected = match args.part {
        Some(Part::Audit) => inspect_audit(&services, known, &mut tell).await,
        None => inspect(&services, known, &mut tell).await,
    };
    let summary = inspected.map_err(|e| e.to_string())?;
    if args.part.is_none() {
        print!("{} certificates, ", summary.certificates);
    }
    println!(
        "{} events and {} audit entries: {}",
        summary.trail.events,
        summary.trail.entries,
        if summary.faults == 0 { "all as written".to_owned() } else { format!("{} faults", summary.faults) }
    );
    if let Some(head) = &summary.trail.head {
        println!("head {head}");
    }
    services.store.clone().close().await;
    if summary.faults == 0 { Ok(()) } else { Err("what is stored is not what was written".to_owned()) }
}

/// Opening would make what is missing, and an inspection of something new finds nothing.
pub(super) fn refuse_if_absent(config: &Config) -> std::result::Result<(), String> {
    let advice = "name the folder that the service uses in SANGGAR_DATA_DIR";
    if let Some(key) = config.keys().missing().first() {
        return Err(format!("{} is missing: {advice}, or give the key as a setting", key.display()));
    }
    let database = config.database();
    if let Some(path) = database.strip_prefix("sqlite:") {
        let path = path.trim_start_matches("//").split('?').next().unwrap_or_default();
        if !Path::new(path).exists() {
            return Err(format!("there is no database at {path}: {advice}, or the database in DATABASE_URL"));
        }
    }
    Ok(())
}

/// Recomputes every certificate's hash and signature, compares it with its row and its
/// events, walks the audit trail, and holds seats, hours, numbers and merged persons against
/// what they are counted from; tells `found` each fault as it is met. `known`: where the
/// trail ended once.
///
/// # Errors
/// When the database does not answer.
pub async fn inspect(
    services: &Arc<Services>,
    known: Option<&Head>,
    found: &mut impl FnMut(String),
) -> Result<Summary> {
    let mut faults = 0;
    let mut tell = |fault: String| {
        faults += 1;
        found(fault);
    };
    let db = services.store.reader();
    let trail = walk(services, known, &mut tell).await?;
    let certificates = inspect::certificates(services, &mut tell).await?;
    inspect::issues(services, &mut tell).await?;
    inspect::uniqueness(services, &mut tell).await?;
    inspect::tally::seats(db, &mut tell).await?;
    inspect::tally::completions(db, &mut tell).await?;
    inspect::tally::merges(db, &mut tell).await?;
    inspect::tally::claims(db, &mut tell).await?;
    Ok(Summary { certificates, trail, faults })
}

/// The audit trail alone: walks it from its first entry to its end, holds every entry against its seal, every event and
/// every personal value against its entry, and tells `found` each fault as it is met. `known`: where the trail ended once.
///
/// # Errors
/// When the database does not answer.
pub async fn inspect_audit(
    services: &Arc<Services>,
    known: Option<&Head>,
    found: &mut impl FnMut(String),
) -> Result<Summary> {
    let mut faults = 0;
    let trail = walk(services, known, &mut |fault| {
        faults += 1;
        found(fault);
    })
    .await?;
    Ok(Summary { certificates: 0, trail, faults })
}

async fn walk(
    services: &Services,
    known: Option<&Head>,
    tell: &mut impl FnMut(String),
) -> Result<trail::Extent> {
    let (db, key) = (services.store.reader(), AuditKey::new(*services.keyring.audit().bytes()));
    let extent = trail::inspect(db, &key, known, tell).await?;
    if let Some(head) = &extent.head {
        trail_values::inspect(db, services.clock.now(), head.seq, tell).await?;
    }
    trail::beyond_the_end(db, tell).await?;
    Ok(extent)
}
