//! Optimistic locking: whoever changes something names the version they read.

use super::error::{Error, Result};

/// What stands for whichever version is current (`If-Match: *`). Versions start at 1.
pub const ANY: i64 = -1;
/// What no version is: a condition that cannot hold.
pub const NONE: i64 = 0;

/// That the version a caller read is still the current one.
///
/// # Errors
/// `precondition_required` (428) without one, `stale_version` (412) when it is not.
pub fn check(read: Option<i64>, current: i64) -> Result<()> {
    match read {
        None => Err(Error::PreconditionRequired),
        Some(read) if read == current || read == ANY => Ok(()),
        Some(_) => Err(Error::Stale),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_current_version_or_any_will_do() {
        assert!(matches!(check(None, 3), Err(Error::PreconditionRequired)));
        assert!(check(Some(3), 3).is_ok() && check(Some(ANY), 3).is_ok());
        for other in [2, 4, NONE] {
            assert!(matches!(check(Some(other), 3), Err(Error::Stale)), "{other}");
        }
    }
}
