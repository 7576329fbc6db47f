//! Notes active communities that have gone quiet as dormant.

use std::sync::Arc;

use crate::{
    access::{
        actor::Actor,
        context::{Ctx, Services},
    },
    community::group::{read, write::RestCommunity},
    foundation::error::{Error, Result},
};

/// Communities looked at in one statement.
const PAGE: u64 = 500;

/// Looks at every active community once, a page at a time, and notes those that are quiet; answers how many.
///
/// # Errors
/// What stops the job: the database is away. A community that is no longer active or
/// quiet when its turn comes is passed over.
pub async fn run_once(services: &Arc<Services>) -> Result<u64> {
    let (mut after, mut rested) = (None, 0);
    loop {
        // A context reads for one request's time at most; each page has its own.
        let ctx = Ctx::internal(services.clone(), Actor::worker());
        let page = read::silent(&ctx, after, PAGE).await?;
        let Some((last, _)) = page.last() else { return Ok(rested) };
        after = Some(last.uuid());
        for (id, _) in page.iter().filter(|(_, quiet)| *quiet) {
            match ctx.write(RestCommunity { id: *id }).await {
                Ok(_) => rested += 1,
                // Another node was first, or something was held meanwhile.
                Err(Error::Conflict(_) | Error::NotFound(_)) => {}
                Err(error @ Error::Unavailable(_)) => return Err(error),
                // One that fails keeps no other from its turn.
                Err(error) => tracing::error!(community = %id, %error, "a quiet community was not noted"),
            }
        }
    }
}
