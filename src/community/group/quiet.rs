//! When a community has gone quiet: nothing was held for three times as long as its charter means to leave
//! between two meetings. Pure: what is known and the moment are arguments.

use async_graphql::SimpleObject;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::state::CommunityStatus;

/// How many cadences may pass without anything held.
pub const CADENCES: i32 = 3;

/// How long an active community has held nothing, and when that makes it dormant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Dormancy {
    /// Since when nothing was held: the end of the latest activity, or the beginning of its work where that
    /// is later.
    pub quiet_since: DateTime<Utc>,
    /// When it becomes dormant, unless something is held before: three times the charter's days after that.
    pub due_at: DateTime<Utc>,
    /// Whether that moment has come.
    pub is_quiet: bool,
}

/// What is known of a community.
#[derive(Debug, Clone, Copy)]
pub struct Known {
    /// Where it stands.
    pub status: CommunityStatus,
    /// Since when.
    pub status_since: DateTime<Utc>,
    /// End of its latest activity that was held.
    pub last_held_at: Option<DateTime<Utc>>,
    /// Days between two meetings as the charter means them.
    pub cadence_days: i32,
}

impl Dormancy {
    /// How quiet a community is at `now`; none unless it is at work: one that forms, rests or has ended
    /// cannot fall silent.
    pub fn of(known: Known, now: DateTime<Utc>) -> Option<Self> {
        if known.status != CommunityStatus::Active {
            return None;
        }
        let quiet_since = known.last_held_at.map_or(known.status_since, |held| held.max(known.status_since));
        let patience = TimeDelta::days(i64::from(known.cadence_days.max(1)) * i64::from(CADENCES));
        let due_at = quiet_since.checked_add_signed(patience)?;
        Some(Self { quiet_since, due_at, is_quiet: now >= due_at })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(day: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_798_000_000, 0).unwrap() + TimeDelta::days(day)
    }

    fn known(held: Option<i64>) -> Known {
        Known {
            status: CommunityStatus::Active,
            status_since: at(0),
            last_held_at: held.map(at),
            cadence_days: 14,
        }
    }

    fn quiet(known: Known, day: i64) -> bool {
        Dormancy::of(known, at(day)).unwrap().is_quiet
    }

    #[test]
    fn three_cadences_without_anything_held_are_silence_and_a_moment_less_is_not() {
        assert!(!quiet(known(None), 41) && quiet(known(None), 42));
        assert!(!quiet(known(Some(10)), 51) && quiet(known(Some(10)), 52));
    }

    #[test]
    fn a_community_that_began_again_gets_its_time_again() {
        assert!(!quiet(known(Some(-100)), 41));
        assert_eq!(Dormancy::of(known(Some(-100)), at(1)).unwrap().quiet_since, at(0));
    }

    #[test]
    fn only_what_is_at_work_falls_silent() {
        for status in [CommunityStatus::Forming, CommunityStatus::Dormant, CommunityStatus::Closed] {
            assert_eq!(Dormancy::of(Known { status, ..known(None) }, at(1_000)), None);
        }
    }

    proptest! {
        #[test]
        fn nobody_is_quiet_before_three_whole_cadences(
            cadence in 1i32..=180, held in proptest::option::of(-400i64..400), day in 0i64..900,
        ) {
            let known = Known { cadence_days: cadence, ..known(held) };
            let dormancy = Dormancy::of(known, at(day)).unwrap();
            let silent = day - held.unwrap_or(0).max(0);
            prop_assert_eq!(dormancy.is_quiet, silent >= i64::from(cadence) * 3);
            prop_assert!(dormancy.quiet_since < dormancy.due_at);
        }
    }
}
