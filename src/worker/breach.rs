//! Keeps the clock of breaches before everybody's eyes: in the log, as a metric, and as an event when a day is left.

use std::sync::Arc;

use crate::{
    access::{
        actor::Actor,
        context::{Ctx, Services},
    },
    foundation::error::{Error, Result},
    privacy::breach::{read, write::WarnOfBreach},
};

/// Breaches that are told of in one run; more are told of in the next.
const AT_ONCE: u64 = 100;

/// Says how many breaches are open and overdue, and of which the time is running out; answers how many of these are new.
///
/// # Errors
/// What stops the job: the database is away.
pub async fn run_once(services: &Arc<Services>) -> Result<u64> {
    let ctx = Ctx::internal(services.clone(), Actor::worker());
    let (open, overdue) = read::counts(&ctx).await?;
    metrics::gauge!("sanggar_breaches_open").set(shown(open));
    metrics::gauge!("sanggar_breaches_overdue").set(shown(overdue));
    if overdue > 0 {
        tracing::warn!(
            open,
            overdue,
            "breaches of personal data are past their 72 hours, and somebody is still to be told"
        );
    }
    let mut told = 0;
    for id in read::due_soon(&ctx, AT_ONCE).await? {
        match ctx.write(WarnOfBreach(id)).await {
            Ok(_) => {
                told += 1;
                tracing::warn!(breach = %id, "less than a day is left to tell of a breach of personal data");
            }
            Err(error @ Error::Unavailable(_)) => return Err(error),
            // One that fails keeps no other from its turn.
            Err(error) => {
                tracing::error!(breach = %id, %error, "it was not told that the time of a breach runs out");
            }
        }
    }
    Ok(told)
}

/// A count as a gauge wants it.
fn shown(count: u64) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
