//! The same request sent twice has one effect: its key is written beside the effect, in the
//! same transaction, with the answer to repeat.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
};

use chrono::TimeDelta;
use entity::idempotency_key;
use futures_util::future::BoxFuture;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
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

/// Under what the answer to a request is kept: by whose key, and for what.
type Name = (String, String);

impl Origin {
    fn name(&self, action: &str) -> Option<Name> {
        let idempotency = self.idempotency.as_ref()?;
        Some((self.caller.clone(), format!("{action} {}", idempotency.key)))
    }

    /// Under what it would be kept had the caller chosen otherwise.
    fn other_name(&self, action: &str) -> Option<Name> {
        let (caller, key) = self.otherwise.as_ref()?;
        Some((caller.clone(), format!("{action} {key}")))
    }
}

/// The answer this request had before, if it was made before.
///
/// # Errors
/// `idempotency_key_reused` when the key stood for another request.
pub(super) async fn replay<T: DeserializeOwned>(tx: &Tx, action: &str, origin: &Origin) -> Result<Option<T>> {
    let Some((idempotency, name)) = origin.idempotency.as_ref().zip(origin.name(action)) else {
        return Ok(None);
    };
    let Some(row) = idempotency_key::Entity::find_by_id(name).one(tx.db()).await? else {
        require_no_other(tx, action, origin).await?;
        return Ok(None);
    };
    if row.request_hash != idempotency.request_hash {
        return Err(Error::KeyReused);
    }
    let answer = serde_json::from_value(row.response).map_err(|e| Error::internal("repeat an answer", e))?;
    Ok(Some(answer))
}

/// That the key does not stand for what the caller might have chosen in place of this. It is looked for and nothing is
/// written: the two names have nothing in common for whoever reads them.
///
/// # Errors
/// `idempotency_key_reused`.
async fn require_no_other(tx: &Tx, action: &str, origin: &Origin) -> Result<()> {
    let Some(other) = origin.other_name(action) else { return Ok(()) };
    let found = idempotency_key::Entity::find_by_id(other).count(tx.db()).await?;
    if found == 0 { Ok(()) } else { Err(Error::KeyReused) }
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
pub const KEPT: TimeDelta = TimeDelta::days(30);
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
    // Once more: its event made it wait for whatever another node was committing.
    require_no_other(tx, action, origin).await?;
    let Some((caller, key)) = origin.name(action) else { return Ok(()) };
    let row = idempotency_key::ActiveModel {
        caller: Set(caller),
        key: Set(key),
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
pub(super) struct Running(Arc<Mutex<HashSet<Name>>>);

impl Running {
    /// Holds the request's key, if it has one, until the claim is dropped, so that its twin is told to wait.
    ///
    /// # Errors
    /// `idempotency_in_progress`.
    pub(super) fn claim(&self, action: &str, origin: &Origin) -> Result<Claim> {
        let names: Vec<Name> =
            [origin.name(action), origin.other_name(action)].into_iter().flatten().collect();
        let mut running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if names.iter().any(|name| running.contains(name)) {
            return Err(Error::conflict("idempotency_in_progress"));
        }
        running.extend(names.iter().cloned());
        drop(running);
        Ok(Claim { keys: self.clone(), names })
    }
}

/// Held while a request with an idempotency key runs.
pub(super) struct Claim {
    keys: Running,
    names: Vec<Name>,
}

impl Drop for Claim {
    fn drop(&mut self) {
        let mut running = self.keys.0.lock().unwrap_or_else(PoisonError::into_inner);
        for name in &self.names {
            running.remove(name);
        }
    }
}
