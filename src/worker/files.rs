//! Lets go of files that no row needs any more.

use std::sync::Arc;

use crate::{
    access::{
        actor::Actor,
        context::{Ctx, Services},
    },
    community::artefact::forget::{ForgetFile, due},
    foundation::error::Result,
};

/// Files looked at in one statement.
const PAGE: u64 = 200;

/// Looks at every file that was released a while ago, and lets go of those that nothing needs; answers how many.
///
/// # Errors
/// What stops the job: the database or the store of files is away. What was done stays done.
pub async fn run_once(services: &Arc<Services>) -> Result<u64> {
    let mut gone = 0;
    loop {
        // A context reads for one request's time at most; each page has its own.
        let ctx = Ctx::internal(services.clone(), Actor::worker());
        let page = due(&ctx, PAGE).await?;
        if page.is_empty() {
            return Ok(gone);
        }
        for sha256 in page {
            gone += u64::from(ctx.write(ForgetFile { sha256 }).await?);
        }
    }
}
