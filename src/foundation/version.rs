//! Optimistic locking: whoever changes something names the version they read.

use super::error::{Error, Result};

/// That the version a caller read is still the current one.
///
/// # Errors
/// `precondition_required` (428) without one, `stale_version` (412) when it is not.
pub fn check(read: Option<i64>, current: i64) -> Result<()> {
    match read {
        None => Err(Error::PreconditionRequired),
        Some(read) if read == current => Ok(()),
        Some(_) => Err(Error::Stale),
    }
}
