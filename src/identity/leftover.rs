//! What the protocols leave behind and nobody needs any more. Each row would be refused anyway: nothing changes for
//! anybody when it goes.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use entity::{authorization_code, revoked_token, token_family, used_proof};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait},
};

use super::protocol;
use crate::{
    access::context::Services,
    foundation::{error::Result, transaction::Tx},
};

/// The most rows of one table that go in one transaction.
const BATCH: u64 = 500;

/// Lets go of the next rows of each table: proofs, revoked tokens and codes that ended before `now`, families that ended
/// before `long_ago`. Answers how many; none when nothing is left.
///
/// # Errors
/// `unavailable` when too much is being written.
pub async fn forget(services: &Arc<Services>, now: DateTime<Utc>, long_ago: DateTime<Utc>) -> Result<u64> {
    protocol::write(services, "oauth.forget", "worker", "worker", move |tx| {
        Box::pin(async move {
            let mut gone = proofs(tx, now).await?;
            gone += tokens(tx, now).await?;
            gone += codes(tx, now).await?;
            Ok(gone + families(tx, long_ago).await?)
        })
    })
    .await
}

async fn proofs(tx: &Tx, now: DateTime<Utc>) -> Result<u64> {
    use used_proof::{Column, Entity};
    // Both parts of the key, as one value each: a jti alone may be two issuers'.
    let due = Entity::find().filter(Column::ExpiresAt.lte(now)).limit(BATCH).all(tx.db()).await?;
    if due.is_empty() {
        return Ok(0);
    }
    let each = due.iter().fold(Condition::any(), |any, row| {
        any.add(Column::Issuer.eq(row.issuer.as_str()).and(Column::Jti.eq(row.jti.as_str())))
    });
    Ok(Entity::delete_many().filter(each).exec(tx.db()).await?.rows_affected)
}

async fn tokens(tx: &Tx, now: DateTime<Utc>) -> Result<u64> {
    use revoked_token::{Column, Entity};
    let due =
        Entity::find().select_only().column(Column::Jti).filter(Column::ExpiresAt.lte(now)).limit(BATCH);
    let gone = Entity::delete_many().filter(Column::Jti.in_subquery(due.into_query()));
    Ok(gone.exec(tx.db()).await?.rows_affected)
}

async fn codes(tx: &Tx, now: DateTime<Utc>) -> Result<u64> {
    use authorization_code::{Column, Entity};
    let due =
        Entity::find().select_only().column(Column::Hash).filter(Column::ExpiresAt.lte(now)).limit(BATCH);
    let gone = Entity::delete_many().filter(Column::Hash.in_subquery(due.into_query()));
    Ok(gone.exec(tx.db()).await?.rows_affected)
}

async fn families(tx: &Tx, long_ago: DateTime<Utc>) -> Result<u64> {
    use token_family::{Column, Entity};
    let ended = Condition::any().add(Column::ExpiresAt.lte(long_ago)).add(Column::RevokedAt.lte(long_ago));
    let due = Entity::find().select_only().column(Column::Id).filter(ended).limit(BATCH);
    let gone = Entity::delete_many().filter(Expr::col(Column::Id).in_subquery(due.into_query()));
    Ok(gone.exec(tx.db()).await?.rows_affected)
}
