//! How often clients ask for tokens and call: counted in memory, written down every few seconds.

use std::sync::Arc;

use entity::client_use::{Column, Entity, Model};
use sea_orm::{
    EntityTrait, ExprTrait, IntoActiveModel,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

pub use crate::access::client_use::UseKind;
use crate::{
    access::{client_use::Counted, context::Services},
    foundation::error::Result,
    identity::protocol,
};

/// The most rows that are written in one transaction.
const ROWS: usize = 200;

/// Counts one more of `kind` for a client that is known to be there.
pub fn count(services: &Services, client: Uuid, kind: UseKind) {
    let day = services.issuer_day(services.clock.now());
    services.uses.add((client, day, kind), 1);
}

/// Adds what was counted to the table, one statement per row; answers how many rows. What could not be written is
/// counted on, and written with the next.
///
/// # Errors
/// What stopped it: the database is away, or too much is being written.
pub async fn flush(services: &Arc<Services>) -> Result<u64> {
    let mut written = 0;
    let sums = services.uses.take();
    let mut parts = sums.chunks(ROWS);
    while let Some(part) = parts.next() {
        if let Err(error) = add(services, part.to_vec()).await {
            // Whether it was written may be unknown; counting some twice is better than losing them.
            for (counted, times) in part.iter().chain(parts.flatten()) {
                services.uses.add(*counted, *times);
            }
            return Err(error);
        }
        written += part.len() as u64;
    }
    Ok(written)
}

async fn add(services: &Arc<Services>, sums: Vec<(Counted, i64)>) -> Result<()> {
    let sums = Arc::new(sums);
    protocol::write(services, "client_use.add", "worker", "worker", move |tx| {
        let sums = sums.clone();
        Box::pin(async move {
            for ((client_id, day, kind), count) in sums.iter() {
                let row =
                    Model { client_id: *client_id, day: *day, kind: kind.as_str().to_owned(), count: *count };
                let more = Expr::col((Entity, Column::Count)).add(*count);
                let again = OnConflict::columns([Column::ClientId, Column::Day, Column::Kind])
                    .value(Column::Count, more)
                    .to_owned();
                Entity::insert(row.into_active_model())
                    .on_conflict(again)
                    .exec_without_returning(tx.db())
                    .await?;
            }
            Ok(())
        })
    })
    .await
}
