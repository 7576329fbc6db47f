//! The one moment in which the outcome of a write can be unknown: `COMMIT` was sent, and no
//! answer came.

use std::time::Duration;

use sea_orm::{DatabaseTransaction, DbErr, RuntimeErr, sqlx};

use crate::foundation::error::{Error, Result};

/// How long the database may take to commit before we stop waiting for its answer.
pub(super) const LONGEST_COMMIT: Duration = Duration::from_secs(15);

/// Commits.
///
/// # Errors
/// What the database refused; `outcome_unknown` when it did not say.
pub(super) async fn commit(transaction: DatabaseTransaction) -> Result<()> {
    match tokio::time::timeout(LONGEST_COMMIT, transaction.commit()).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) if said_no(&error) => Err(error.into()),
        Ok(Err(error)) => {
            tracing::warn!(%error, "no answer to COMMIT");
            Err(Error::OutcomeUnknown)
        }
        Err(_) => {
            tracing::warn!("no answer to COMMIT in time");
            Err(Error::OutcomeUnknown)
        }
    }
}

/// Whether the error is the database's own word that nothing was committed.
fn said_no(error: &DbErr) -> bool {
    let (DbErr::Conn(RuntimeErr::SqlxError(error))
    | DbErr::Exec(RuntimeErr::SqlxError(error))
    | DbErr::Query(RuntimeErr::SqlxError(error))) = error
    else {
        return false;
    };
    let sqlx::Error::Database(told) = &**error else { return false };
    let code = told.code().unwrap_or_default();
    match code.parse::<u32>() {
        // SQLite's extended codes end in the basic one; 10 is a disk that fails.
        Ok(number) if code.len() < 5 => number % 256 != 10,
        // The session was ended, the server's own disk or program failed: it may have happened before.
        _ => !["57P", "58", "XX", "08"].iter().any(|class| code.starts_with(class)),
    }
}
