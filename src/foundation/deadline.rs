//! How long a request may take. What only reads is dropped when its time is up; what has
//! begun to write is not, for its outcome must be told.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use super::error::{Error, Result};

/// The longest a caller waits for the answer of a write once it has begun: its turn, all of its
/// attempts, and reading what to show.
const ANSWER: Duration = Duration::from_secs(90);

tokio::task_local! {
    /// Whether the request that runs in this task has begun to write.
    static WRITING: Arc<AtomicBool>;
}

/// Notes that the request of this task writes from now on.
pub(super) fn writing() {
    let _ = WRITING.try_with(|flag| flag.store(true, Ordering::Relaxed));
}

/// What `work` comes to, as long as it takes no longer than `reading` before it begins to write.
/// `None` sets no limit to that (an upload takes as long as it takes).
///
/// # Errors
/// `unavailable` when the time is up and nothing was written; `outcome_unknown` when a write
/// began and its answer did not come.
pub async fn within<F: Future>(reading: Option<Duration>, work: F) -> Result<F::Output> {
    let flag = Arc::new(AtomicBool::new(false));
    let mut work = Box::pin(WRITING.scope(flag.clone(), work));
    let mut limit = reading.unwrap_or(ANSWER);
    loop {
        let began = flag.load(Ordering::Relaxed);
        if let Ok(done) = tokio::time::timeout(limit, work.as_mut()).await {
            return Ok(done);
        }
        if began {
            return Err(Error::OutcomeUnknown);
        }
        if reading.is_some() && !flag.load(Ordering::Relaxed) {
            return Err(Error::Unavailable("the request took too long".into()));
        }
        limit = ANSWER;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOON: Option<Duration> = Some(Duration::from_millis(20));

    #[tokio::test]
    async fn a_read_is_given_up_when_its_time_is_up() {
        let outcome = within(SOON, std::future::pending::<()>()).await;
        assert!(matches!(outcome, Err(Error::Unavailable(_))), "{outcome:?}");
        assert!(matches!(within(SOON, async { 7 }).await, Ok(7)));
    }

    #[tokio::test]
    async fn what_has_begun_to_write_is_waited_for() {
        let work = async {
            writing();
            tokio::time::sleep(Duration::from_millis(80)).await;
            7
        };
        assert!(matches!(within(SOON, work).await, Ok(7)));
    }

    #[tokio::test]
    async fn what_has_no_limit_for_reading_may_take_its_time() {
        let slow = async {
            tokio::time::sleep(Duration::from_millis(80)).await;
            7
        };
        assert!(matches!(within(None, slow).await, Ok(7)));
    }
}
