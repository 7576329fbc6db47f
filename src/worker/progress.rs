//! Notes how every community went on in the months that are over.

use std::sync::Arc;

use uuid::Uuid;

use crate::{
    access::{
        actor::Actor,
        context::{Ctx, Services},
    },
    community::recognition::{
        facts::Span,
        note::{
            read, rule,
            write::{MakeProgressNote, MakeProgressNoteInput},
        },
    },
    foundation::error::{Error, Result},
};

/// Communities looked at in one statement.
const PAGE: u64 = 200;

/// Makes the notes that are missing for the latest months, one transaction each; answers how many.
///
/// # Errors
/// What stops the job: the database is away. What was noted stays noted.
pub async fn run_once(services: &Arc<Services>) -> Result<u64> {
    let mut made = 0;
    for month in rule::due(Ctx::internal(services.clone(), Actor::worker()).issuer_today()) {
        let Ok(span) = Span::month(month) else { continue };
        let mut after = Uuid::nil();
        loop {
            // A context reads for one request's time at most; each page has its own.
            let ctx = Ctx::internal(services.clone(), Actor::worker());
            let page = read::without(&ctx, span, after, PAGE).await?;
            let Some(last) = page.last() else { break };
            after = last.uuid();
            for community in page {
                match ctx.write(MakeProgressNote { community, input: MakeProgressNoteInput { month } }).await
                {
                    Ok(_) => made += 1,
                    Err(error @ Error::Unavailable(_)) => return Err(error),
                    // Founded on the first day of the next month by its own clocks: there is nothing to note.
                    Err(Error::Invalid(_) | Error::NotFound(_)) => {}
                    // One that fails keeps no other from its turn.
                    Err(error) => tracing::error!(%community, %error, "a note of progress was not made"),
                }
            }
        }
    }
    Ok(made)
}
