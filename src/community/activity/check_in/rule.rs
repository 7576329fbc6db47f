//! When presence is proved, until when it may reach us, and what it counts.

use chrono::{DateTime, TimeDelta, Utc};

use super::code::Window;
use crate::{
    community::activity::rule::require_over,
    foundation::error::{Error, Fault, Result},
};

/// How long before the start codes are shown: people come early.
pub const OPENS_BEFORE: TimeDelta = TimeDelta::minutes(30);
/// How long after the end a code may arrive: phones find a network late.
pub const UPLOAD_WITHIN: TimeDelta = TimeDelta::days(7);
/// How long after the end one may say that one was there.
pub const CONFIRM_WITHIN: TimeDelta = TimeDelta::days(3);

/// When an activity takes place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meeting {
    /// First instant.
    pub starts_at: DateTime<Utc>,
    /// First instant after it.
    pub ends_at: DateTime<Utc>,
}

impl Meeting {
    /// From when on codes are shown.
    pub fn opens_at(self) -> DateTime<Utc> {
        self.starts_at - OPENS_BEFORE
    }

    /// Whether codes are shown at `at`.
    pub fn shows(self, at: DateTime<Utc>) -> bool {
        (self.opens_at()..self.ends_at).contains(&at)
    }

    /// Whether a code of this window was shown: whether any of it lies between the opening and the end.
    pub fn showed(self, window: Window) -> bool {
        window.until() > self.opens_at() && window.from() < self.ends_at
    }

    /// Whole minutes from the window on, or from the start for who came early, to the end; at least one.
    pub fn minutes_from(self, window: Window) -> i64 {
        (self.ends_at - window.from().max(self.starts_at)).num_minutes().max(1)
    }

    /// That a code may still arrive.
    ///
    /// # Errors
    /// `check_in_too_late` with `until`.
    pub fn require_upload(self, now: DateTime<Utc>) -> Result<()> {
        within(now, self.ends_at + UPLOAD_WITHIN, "check_in_too_late")
    }

    /// That one may still say that one was there.
    ///
    /// # Errors
    /// `activity_not_over` with `ends`; `confirmation_too_late` with `until`.
    pub fn require_confirmation(self, now: DateTime<Utc>) -> Result<()> {
        require_over(self.ends_at, now)?;
        within(now, self.ends_at + CONFIRM_WITHIN, "confirmation_too_late")
    }
}

fn within(now: DateTime<Utc>, until: DateTime<Utc>, code: &'static str) -> Result<()> {
    if now < until {
        return Ok(());
    }
    Err(Error::conflict_with(Fault::new("", code).with("until", until.to_rfc3339())))
}

/// When somebody was there: by the phone, where it says so within the window that the code proves, else when
/// the window began.
pub fn observed(window: Window, said: Option<DateTime<Utc>>) -> DateTime<Utc> {
    said.filter(|at| (window.from()..window.until()).contains(at)).unwrap_or_else(|| window.from())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(minutes: i64) -> DateTime<Utc> {
        DateTime::<Utc>::from_timestamp(1_798_000_020, 0).unwrap() + TimeDelta::minutes(minutes)
    }

    /// Of three hours.
    fn meeting() -> Meeting {
        Meeting { starts_at: at(0), ends_at: at(180) }
    }

    #[test]
    fn codes_are_shown_from_half_an_hour_before_until_the_end() {
        for (minute, shown) in [(-31, false), (-30, true), (0, true), (179, true), (180, false)] {
            assert_eq!(meeting().shows(at(minute)), shown, "{minute}");
            assert_eq!(meeting().showed(Window::at(at(minute))), shown, "{minute}");
        }
    }

    #[test]
    fn minutes_run_from_the_later_of_start_and_code_to_the_end() {
        for (minute, counted) in [(-30, 180), (0, 180), (1, 179), (60, 120), (179, 1)] {
            assert_eq!(meeting().minutes_from(Window::at(at(minute))), counted, "{minute}");
        }
        let last = Window::at(at(180) - TimeDelta::seconds(1));
        assert_eq!(meeting().minutes_from(last), 1, "who came for the last seconds was there");
    }

    #[test]
    fn a_code_may_arrive_for_a_week_and_a_word_for_three_days() {
        let days = |days: i64| at(180 + days * 24 * 60);
        assert!(meeting().require_upload(days(7) - TimeDelta::seconds(1)).is_ok());
        assert_eq!(meeting().require_upload(days(7)).unwrap_err().code(), "check_in_too_late");
        assert_eq!(meeting().require_confirmation(at(179)).unwrap_err().code(), "activity_not_over");
        assert!(meeting().require_confirmation(days(3) - TimeDelta::seconds(1)).is_ok());
        assert_eq!(meeting().require_confirmation(days(3)).unwrap_err().code(), "confirmation_too_late");
    }

    #[test]
    fn a_phones_clock_is_believed_within_what_the_code_proves() {
        let window = Window::at(at(5));
        let inside = window.from() + TimeDelta::seconds(12);
        assert_eq!(observed(window, Some(inside)), inside);
        for wrong in [None, Some(window.until()), Some(at(-600)), Some(at(600))] {
            assert_eq!(observed(window, wrong), window.from());
        }
    }

    proptest! {
        #[test]
        fn minutes_are_never_more_than_planned_and_fall_with_time(
            length in 1i64..720, first in -3600i64..43_200, later in 0i64..3600,
        ) {
            let meeting = Meeting { starts_at: at(0), ends_at: at(length) };
            let of = |seconds| Window::at(at(0) + TimeDelta::seconds(seconds));
            prop_assume!(meeting.showed(of(first)) && meeting.showed(of(first + later)));
            let minutes = meeting.minutes_from(of(first));
            prop_assert!((1..=length).contains(&minutes));
            prop_assert!(meeting.minutes_from(of(first + later)) <= minutes);
        }
    }
}
