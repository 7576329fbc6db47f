//! Lets go of what the protocols of OAuth no longer need: proofs and tokens that would be refused anyway, codes that
//! nobody used, and families of tokens that ended a month ago.

use std::sync::Arc;

use chrono::TimeDelta;

use crate::{access::context::Services, foundation::error::Result, identity::leftover};

/// How long the families of tokens stay after their end, so that what happened to an app can still be seen.
const KEPT: TimeDelta = TimeDelta::days(30);

/// Lets go of all that is due; answers how many rows.
///
/// # Errors
/// What stops the job. What was done stays done.
pub async fn run_once(services: &Arc<Services>) -> Result<u64> {
    let mut gone = 0;
    loop {
        let now = services.clock.now();
        let some = leftover::forget(services, now, now - KEPT).await?;
        gone += some;
        if some == 0 {
            return Ok(gone);
        }
    }
}
