//! The same request sent twice has one effect: its key is written beside the effect, in the
//! same transaction, with the answer to repeat.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
};

use chrono::TimeDelta;
use entity::idempotency_key;
use futures_util::future::BoxFuture;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::{Serialize, de::DeserializeOwned};

use super::{Origin, Tx};
use crate::foundation::error::{Error, Result};

/// A client's promise that this is the same request as before.
#[derive(Debug, Clone)]
pub struct Idempotency {
    /// The key the client chose, at most 255 characters.
    pub key: String,
    /// SHA-256 of the request, so that another body under the same key is noticed.
    pub request_hash: String,
}

/// The answer this request had before, if it was made before.
///
/// # Errors
/// `idempotency_key_reused` when the key stood for another request.
pub(super) async fn replay<T: DeserializeOwned>(tx: &Tx, action: &str, origin: &Origin) -> Result<Option<T>> {
    let Some(idempotency) = &origin.idempotency else { return Ok(None) };
    let key = (origin.caller.clone(), format!("{action} {}", idempotency.key));
    let Some(row) = idempotency_key::Entity::find_by_id(key).one(tx.db()).await? else { return Ok(None) };
    if row.request_hash != idempotency.request_hash {
        return Err(Error::KeyReused);
    }
    let answer = serde_json::from_value(row.response).map_err(|e| Error::internal("repeat an answer", e))?;
    Ok(Some(answer))
}

/// The work of a request that was refused: it is refused again, unless its answer is kept by now.
pub(super) fn refusing<T: Send + 'static>(
    refusal: Error,
) -> impl for<'a> Fn(&'a Tx) -> BoxFuture<'a, Result<T>> + Send + Sync {
    move |_| {
        let refusal = refusal.clone();
        Box::pin(async move { Err(refusal) })
    }
}

/// How long an answer is kept to be repeated. It may hold names, so not longer than a client
/// can be expected to ask again.
const KEPT: TimeDelta = TimeDelta::days(30);
/// How many answers that are older go when a new one is kept: more than come, so that none stay.
const SWEPT: u64 = 8;

/// Removes answers that are no longer kept.
async fn sweep(tx: &Tx) -> Result<()> {
    let old: Vec<(String, String)> = idempotency_key::Entity::find()
        .select_only()
        .columns([idempotency_key::Column::Caller, idempotency_key::Column::Key])
        .filter(idempotency_key::Column::CreatedAt.lt(tx.now() - KEPT))
        .order_by_asc(idempotency_key::Column::CreatedAt)
        .limit(SWEPT)
        .into_tuple()
        .all(tx.db())
        .await?;
    for key in old {
        idempotency_key::Entity::delete_by_id(key).exec(tx.db()).await?;
    }
    Ok(())
}

/// Keeps the answer beside the effect, and removes a few that are no longer kept.
pub(super) async fn remember<T: Serialize + Sync>(
    tx: &Tx,
    action: &str,
    origin: &Origin,
    idempotency: &Idempotency,
    answer: &T,
) -> Result<()> {
    sweep(tx).await?;
    let row = idempotency_key::ActiveModel {
        caller: Set(origin.caller.clone()),
        key: Set(format!("{action} {}", idempotency.key)),
        request_hash: Set(idempotency.request_hash.clone()),
        response: Set(serde_json::to_value(answer).map_err(|e| Error::internal("keep an answer", e))?),
        created_at: Set(tx.now()),
    };
    match idempotency_key::Entity::insert(row).exec(tx.db()).await.map_err(Error::from) {
        Ok(_) => Ok(()),
        // Another node finished the same request first: run again and repeat its answer.
        Err(Error::Conflict(_)) => {
            Err(Error::Internal { what: "the key was taken meanwhile".to_owned(), transient: true })
        }
        Err(error) => Err(error),
    }
}

/// The keys of the requests that are running in this process.
#[derive(Clone, Default)]
pub(super) struct Running(Arc<Mutex<HashSet<(String, String)>>>);

impl Running {
    /// Holds the request's key, if it has one, until the claim is dropped, so that its twin is told to wait.
    ///
    /// # Errors
    /// `idempotency_in_progress`.
    pub(super) fn claim(&self, action: &str, origin: &Origin) -> Result<Claim> {
        let mine =
            origin.idempotency.as_ref().map(|i| (origin.caller.clone(), format!("{action} {}", i.key)));
        if let Some(mine) = &mine {
            let fresh = self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(mine.clone());
            if !fresh {
                return Err(Error::conflict("idempotency_in_progress"));
            }
        }
        Ok(Claim { keys: self.clone(), mine })
    }
}

/// Held while a request with an idempotency key runs.
pub(super) struct Claim {
    keys: Running,
    mine: Option<(String, String)>,
}

impl Drop for Claim {
    fn drop(&mut self) {
        if let Some(mine) = &self.mine {
            self.keys.0.lock().unwrap_or_else(PoisonError::into_inner).remove(mine);
        }
    }
}
