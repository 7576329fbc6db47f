//! The 72 hours of a breach: from when it was found out until everybody who must be told was told, or until it is said
//! why not. Pure: now is an argument.

use chrono::{DateTime, TimeDelta, Utc};

/// The hours there are (UU 27/2022, article 46: 3 × 24).
pub const HOURS: i64 = 72;
/// With this many hours left, it is said once that the time is running out.
pub const SOON: i64 = 24;

/// Whether somebody who must be told of a breach was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// Not yet.
    NotYet,
    /// At this moment.
    At(DateTime<Utc>),
    /// Not, and it is said why.
    NotNeeded,
}

impl Told {
    /// From when it was told and why not, as far as either is known.
    pub const fn of(at: Option<DateTime<Utc>>, not_needed: Option<&str>) -> Self {
        match (at, not_needed) {
            (Some(at), _) => Self::At(at),
            (None, Some(_)) => Self::NotNeeded,
            (None, None) => Self::NotYet,
        }
    }

    /// Whether nothing more is to be done.
    pub const fn is_settled(self) -> bool {
        !matches!(self, Self::NotYet)
    }
}

/// The clock of one breach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// When the breach was found out.
    pub discovered_at: DateTime<Utc>,
    /// Whether the authority was told.
    pub authority: Told,
    /// Whether the persons were told.
    pub persons: Told,
}

/// When the time of a breach found out at `discovered_at` is over.
pub fn due(discovered_at: DateTime<Utc>) -> DateTime<Utc> {
    discovered_at + TimeDelta::hours(HOURS)
}

impl Clock {
    /// When the time is over.
    pub fn due_at(&self) -> DateTime<Utc> {
        due(self.discovered_at)
    }

    /// Whether somebody is still to be told.
    pub const fn runs(&self) -> bool {
        !(self.authority.is_settled() && self.persons.is_settled())
    }

    /// Whether the time is over and somebody is still to be told.
    pub fn is_overdue(&self, now: DateTime<Utc>) -> bool {
        self.runs() && now > self.due_at()
    }

    /// Whole hours left, below zero once the time is over; none where nobody is to be told any more.
    pub fn hours_left(&self, now: DateTime<Utc>) -> Option<i64> {
        let left = self.due_at() - now;
        // A second that has begun to be missing is missing.
        let seconds = left.num_seconds() - i64::from(left.subsec_nanos() < 0);
        self.runs().then(|| seconds.div_euclid(3600))
    }

    /// Whether this one was told after the time.
    pub fn is_late(&self, told: Told) -> bool {
        matches!(told, Told::At(at) if at > self.due_at())
    }

    /// Whether anybody was.
    pub fn notified_late(&self) -> bool {
        self.is_late(self.authority) || self.is_late(self.persons)
    }

    /// Whether it is time to say that the time is running out.
    pub fn is_due_soon(&self, now: DateTime<Utc>) -> bool {
        self.runs() && self.due_at() - now <= TimeDelta::hours(SOON)
    }
}

#[cfg(test)]
mod tests {
    use super::{Told::*, *};
    use proptest::prelude::*;

    fn found_out() -> DateTime<Utc> {
        "2026-03-02T01:00:00Z".parse().unwrap()
    }

    fn clock(authority: Told, persons: Told) -> Clock {
        Clock { discovered_at: found_out(), authority, persons }
    }

    #[test]
    fn seventy_two_hours_run_from_when_it_was_found_out() {
        let (running, day) = (clock(NotYet, NotYet), TimeDelta::hours(24));
        assert_eq!(running.due_at().to_rfc3339(), "2026-03-05T01:00:00+00:00");
        assert_eq!(running.hours_left(found_out()), Some(72));
        assert_eq!(running.hours_left(found_out() + TimeDelta::minutes(1)), Some(71));
        assert!(!running.is_due_soon(found_out() + day * 2 - TimeDelta::seconds(1)));
        assert!(running.is_due_soon(found_out() + day * 2));
        let due = running.due_at();
        assert!(!running.is_overdue(due) && running.hours_left(due) == Some(0));
        let after = due + TimeDelta::seconds(1);
        assert!(running.is_overdue(after) && running.hours_left(after) == Some(-1));
    }

    #[test]
    fn the_clock_stops_when_both_were_told_or_need_not_be() {
        let late = found_out() + TimeDelta::hours(100);
        for told in [At(late), NotNeeded] {
            assert!(clock(told, NotYet).is_overdue(late) && clock(NotYet, told).is_overdue(late));
            let both = clock(told, told);
            assert!(!both.is_overdue(late) && both.hours_left(late).is_none() && !both.is_due_soon(late));
        }
    }

    #[test]
    fn what_is_not_needed_is_never_late() {
        let due = due(found_out());
        assert!(!clock(At(due), NotNeeded).notified_late());
        assert!(clock(At(due + TimeDelta::seconds(1)), NotNeeded).notified_late());
        assert!(clock(NotNeeded, At(due + TimeDelta::seconds(1))).notified_late());
        assert!(!clock(NotNeeded, NotNeeded).notified_late());
    }

    proptest! {
        #[test]
        fn overdue_is_exactly_where_no_hour_is_left(seconds in 0i64..1_000_000) {
            let (running, now) = (clock(NotYet, NotNeeded), found_out() + TimeDelta::seconds(seconds));
            let left = running.hours_left(now).unwrap();
            prop_assert_eq!(running.is_overdue(now), left < 0);
            prop_assert_eq!(left < SOON || seconds == (HOURS - SOON) * 3600, running.is_due_soon(now));
            prop_assert!(left <= HOURS);
        }

        #[test]
        fn hours_only_go_down(one in 0i64..1_000_000, more in 0i64..1_000_000) {
            let (running, at) = (clock(NotYet, NotYet), |s| found_out() + TimeDelta::seconds(s));
            prop_assert!(running.hours_left(at(one + more)) <= running.hours_left(at(one)));
        }
    }
}
