//! Time as an argument: nothing asks the operating system but [`SystemClock`].

use std::sync::Mutex;

use chrono::{DateTime, SubsecRound, Utc};

/// Tells the time, in whole microseconds (what PostgreSQL keeps).
pub trait Clock: Send + Sync + 'static {
    /// Now, UTC.
    fn now(&self) -> DateTime<Utc>;
}

/// The operating system's clock.
#[derive(Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods, reason = "this is the one place")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now().trunc_subsecs(6)
    }
}

/// A clock that can be set into an invented past and then left to run from there: the demo's.
#[derive(Debug)]
pub struct SetClock(Mutex<(DateTime<Utc>, Option<std::time::Instant>)>);

impl SetClock {
    /// Stands at `now`.
    pub fn new(now: DateTime<Utc>) -> Self {
        Self(Mutex::new((now, None)))
    }

    /// Stands at `now` from here on.
    pub fn set(&self, now: DateTime<Utc>) {
        *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = (now, None);
    }

    /// Runs from where it stands.
    pub fn run(&self) {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).1 = Some(std::time::Instant::now());
    }
}

impl Clock for SetClock {
    fn now(&self) -> DateTime<Utc> {
        let (at, since) = *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let passed = since.map(|s| s.elapsed()).and_then(|d| chrono::TimeDelta::from_std(d).ok());
        (at + passed.unwrap_or_default()).trunc_subsecs(6)
    }
}

/// A clock that stands until it is moved: for tests and for the demo's invented past.
#[derive(Debug)]
pub struct FixedClock(Mutex<DateTime<Utc>>);

impl FixedClock {
    /// Stands at `now`.
    pub fn new(now: DateTime<Utc>) -> Self {
        Self(Mutex::new(now))
    }

    /// Moves to `now`.
    pub fn set(&self, now: DateTime<Utc>) {
        *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = now;
    }
}

impl Clock for FixedClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
