//! A quota counted by one node, in memory of a fixed size.

use std::{
    collections::HashMap,
    num::NonZeroU32,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use governor::{
    Quota, RateLimiter,
    clock::Clock as GovernorClock,
    middleware::StateInformationMiddleware,
    nanos::Nanos,
    state::{StateStore, keyed::ShrinkableKeyedStateStore},
};

use super::{Key, Standing};
use crate::foundation::clock::Clock;

/// Callers with a place of their own. The others of that minute share one quota: a flood of addresses takes no more
/// memory than this, about ten megabytes.
const MOST_KEYS: usize = 100_000;
/// No sweep sooner after another: a sweep looks at every caller.
const SWEEP: Duration = Duration::from_secs(1);

/// The service's clock as the library needs it: it never goes back. Whoever sets the clock of a machine back must not
/// shut every caller out until the old time has come again, so what passed is added up and a step back is nothing.
#[derive(Clone)]
struct Passed {
    clock: Arc<dyn Clock>,
    /// What the clock said last, since 1970, and what has passed until then.
    at: Arc<Mutex<(Duration, Duration)>>,
}

impl Passed {
    fn new(clock: Arc<dyn Clock>) -> Self {
        let at = Arc::new(Mutex::new((since_1970(&*clock), Duration::ZERO)));
        Self { clock, at }
    }
}

impl GovernorClock for Passed {
    /// Since the limiter was made.
    type Instant = Duration;

    fn now(&self) -> Duration {
        let now = since_1970(&*self.clock);
        let mut at = self.at.lock().unwrap_or_else(PoisonError::into_inner);
        *at = (now, at.1.saturating_add(now.saturating_sub(at.0)));
        at.1
    }
}

fn since_1970(clock: &dyn Clock) -> Duration {
    Duration::from_micros(u64::try_from(clock.now().timestamp_micros()).unwrap_or_default())
}

/// When each caller's use is made good again, by the library's reckoning.
#[derive(Default)]
struct Bounded(Mutex<HashMap<Key, Nanos>>);

impl Bounded {
    fn held(&self) -> MutexGuard<'_, HashMap<Key, Nanos>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl StateStore for Bounded {
    type Key = Key;

    fn measure_and_replace<T, F, E>(&self, key: &Key, f: F) -> Result<T, E>
    where
        F: Fn(Option<Nanos>) -> Result<(T, Nanos), E>,
    {
        let mut held = self.held();
        let own = held.len() < MOST_KEYS || held.contains_key(key);
        let key = if own { key } else { &Key::Others };
        let (answer, arrival) = f(held.get(key).copied())?;
        held.insert(key.clone(), arrival);
        Ok(answer)
    }
}

impl ShrinkableKeyedStateStore<Key> for Bounded {
    fn retain_recent(&self, drop_below: Nanos) {
        self.held().retain(|_, arrival| *arrival > drop_below);
    }

    fn len(&self) -> usize {
        self.held().len()
    }

    fn is_empty(&self) -> bool {
        self.held().is_empty()
    }
}

/// One quota for each key.
pub(super) struct Local {
    limiter: RateLimiter<Key, Bounded, Passed, StateInformationMiddleware>,
    clock: Passed,
    swept: Mutex<Duration>,
    limit: u32,
}

impl Local {
    /// `limit` units a minute, all of which may be used at once.
    pub(super) fn new(limit: u32, clock: Arc<dyn Clock>) -> Self {
        let limit = NonZeroU32::new(limit).unwrap_or(NonZeroU32::MIN);
        let clock = Passed::new(clock);
        let limiter = RateLimiter::new(Quota::per_minute(limit), Bounded::default(), clock.clone());
        Self { limiter, clock, swept: Mutex::default(), limit: limit.get() }
    }

    /// Takes `units`, all of them or none.
    pub(super) fn take(&self, key: &Key, units: u32) -> Standing {
        let now = self.clock.now();
        self.sweep(now);
        let units = NonZeroU32::new(units).unwrap_or(NonZeroU32::MIN);
        match self.limiter.check_key_n(key, units) {
            Ok(Ok(after)) => Standing::of(self.limit, after.remaining_burst_capacity(), None),
            Ok(Err(refused)) => {
                let wait = refused.wait_time_from(now).as_nanos().div_ceil(1_000_000_000);
                Standing::of(self.limit, 0, Some(u64::try_from(wait).unwrap_or(60).max(1)))
            }
            // More than ever fits into a minute.
            Err(_) => Standing::of(self.limit, 0, Some(60)),
        }
    }

    /// Before there is no place any more: forgets whoever has used nothing that is not made good.
    fn sweep(&self, now: Duration) {
        if self.limiter.len() < MOST_KEYS {
            return;
        }
        let mut swept = self.swept.lock().unwrap_or_else(PoisonError::into_inner);
        if now >= swept.saturating_add(SWEEP) {
            *swept = now;
            self.limiter.retain_recent();
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::foundation::clock::FixedClock;

    fn key(name: usize) -> Key {
        Key::Caller(name.to_string())
    }

    fn local(limit: u32) -> (Local, Arc<FixedClock>) {
        let clock = Arc::new(FixedClock::new("2026-03-02T08:00:00Z".parse().unwrap()));
        (Local::new(limit, clock.clone()), clock)
    }

    #[test]
    fn exactly_the_quota_passes_and_comes_back_evenly() {
        let (local, clock) = local(6);
        for left in (0..6).rev() {
            let standing = local.take(&key(1), 1);
            assert_eq!((standing.wait, standing.remaining), (None, left));
        }
        assert_eq!(local.take(&key(1), 1), Standing { limit: 6, remaining: 0, reset: 60, wait: Some(10) });
        assert_eq!(local.take(&key(2), 1).wait, None, "another caller");
        clock.set(clock.now() + TimeDelta::seconds(10));
        assert_eq!(local.take(&key(1), 1).wait, None);
        assert!(local.take(&key(1), 1).wait.is_some());
    }

    #[test]
    fn a_clock_that_is_set_back_shuts_nobody_out() {
        let (local, clock) = local(6);
        local.take(&key(1), 6);
        clock.set(clock.now() - TimeDelta::days(3));
        assert_eq!(local.take(&key(1), 1).wait, Some(10));
        clock.set(clock.now() + TimeDelta::seconds(10));
        assert_eq!(local.take(&key(1), 1).wait, None);
        assert!(local.take(&key(1), 1).wait.is_some(), "nor is anything given away");
    }

    #[test]
    fn several_units_are_taken_whole_or_not_at_all() {
        let (local, _) = local(100);
        assert_eq!(local.take(&key(1), 70).remaining, 30);
        assert_eq!(local.take(&key(1), 31).wait, Some(1));
        assert_eq!(local.take(&key(1), 30).remaining, 0);
        assert_eq!(local.take(&key(2), 101).wait, Some(60), "more than there ever is");
    }

    #[test]
    fn a_flood_of_callers_takes_no_more_memory_and_those_who_wait_are_forgotten() {
        let (local, clock) = local(2);
        for name in 0..MOST_KEYS + 10 {
            local.take(&key(name), 1);
        }
        assert_eq!(local.limiter.len(), MOST_KEYS + 1, "the others share one place");
        assert!(local.take(&key(MOST_KEYS + 20), 1).wait.is_some());
        clock.set(clock.now() + TimeDelta::seconds(120));
        assert_eq!(local.take(&key(1), 1).wait, None);
        assert_eq!(local.limiter.len(), 1, "all use was made good");
    }
}
