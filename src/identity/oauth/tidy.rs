//! Rows whose time is over: proofs and revoked tokens that would be refused anyway, codes, families that ended long ago.
//! Each step is one transaction over a minute of them, so that nobody waits for it; several nodes may do it at once.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use entity::{authorization_code, revoked_token, token_family, used_proof};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::{
    access::context::Services,
    foundation::{error::Result, transaction::Tx},
    identity::protocol,
};

/// How far the clocks of nodes may be apart.
pub const APART: TimeDelta = TimeDelta::minutes(5);
/// How long a code is known: one that comes again within that time ends what came of it.
pub const CODES: TimeDelta = TimeDelta::days(1);
/// How long an ended family is kept, for whoever asks what became of it.
pub const FAMILIES: TimeDelta = TimeDelta::days(30);
/// How much of one table a step takes.
const SLICE: TimeDelta = TimeDelta::minutes(1);

/// Deletes the oldest minute of what is over by `cutoff`; answers how many rows, and whether there may be more.
macro_rules! slice {
    ($tx:expr, $table:ident, $cutoff:expr) => {{
        let column = $table::Column::ExpiresAt;
        let oldest = $table::Entity::find().select_only().column(column).filter(column.lte($cutoff));
        let oldest: Option<DateTime<Utc>> =
            oldest.order_by_asc(column).limit(1).into_tuple().one($tx.db()).await?;
        match oldest {
            None => (0, false),
            Some(oldest) => {
                let until = (oldest + SLICE).min($cutoff);
                let gone = $table::Entity::delete_many().filter(column.lte(until)).exec($tx.db()).await?;
                (gone.rows_affected, true)
            }
        }
    }};
}

/// Takes away what is over; answers how many rows.
///
/// # Errors
/// When the database cannot; what was taken away until then is gone, and the next run goes on.
pub async fn run_once(services: &Arc<Services>) -> Result<u64> {
    let mut all = 0;
    loop {
        let (gone, more) =
            protocol::write(services, "token.tidy", "worker", "internal", |tx| Box::pin(step(tx))).await?;
        all += gone;
        if !more {
            return Ok(all);
        }
    }
}

async fn step(tx: &Tx) -> Result<(u64, bool)> {
    let now = tx.now();
    let found = [
        slice!(tx, used_proof, now - APART),
        slice!(tx, revoked_token, now - APART),
        slice!(tx, authorization_code, now - CODES),
        slice!(tx, token_family, now - FAMILIES),
    ];
    Ok(found.into_iter().fold((0, false), |sum, one| (sum.0 + one.0, sum.1 || one.1)))
}
