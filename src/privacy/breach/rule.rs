//! What may be said of a breach: closed lists, limits, and when things may have been.

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};

use crate::{
    bounded_number, domain_enum,
    foundation::{
        dates,
        error::{Fault, Faults},
        text,
    },
};

/// The most characters of a title or of whom to ask.
pub const TITLE: usize = 200;
/// The most characters of what happened, consequences, measures and lessons.
pub const TEXT: usize = 4_000;
/// The most characters of the number under which the authority has it.
pub const REFERENCE: usize = 100;
/// The most regions that are named.
pub const REGIONS: usize = 50;
/// How long ago a breach may have been found out when it is written down.
const OLDEST: TimeDelta = TimeDelta::days(365);

domain_enum! {
    /// How a breach came to be.
    pub enum BreachCause {
        /// A computer, telephone, disk or paper is lost or was stolen.
        LostDevice = "lost_device",
        /// Something was sent or given to the wrong one.
        Misdirected = "misdirected",
        /// Somebody from outside got in.
        UnauthorisedAccess = "unauthorised_access",
        /// A program that does harm.
        Malware = "malware",
        /// Somebody who may see data used it for what they may not.
        Insider = "insider",
        /// A fault in a program.
        SoftwareFault = "software_fault",
        /// Put where everybody reads it.
        PublishedByMistake = "published_by_mistake",
        /// Something else, as the words tell.
        Other = "other",
    }
}

domain_enum! {
    /// What sort of personal data came out: the classes of the columns.
    pub enum BreachDataClass {
        /// What was done in the registry.
        Activity = "activity",
        /// Answers that were kept for retries; they hold whatever a command answered.
        AsTheAnswer = "as_the_answer",
        /// Where somebody is reached.
        Contact = "contact",
        /// What somebody wrote to others.
        Correspondence = "correspondence",
        /// Sex and date of birth.
        Demographic = "demographic",
        /// Employment, school, subject.
        Employment = "employment",
        /// A number by which the state knows somebody, or what they sign in with.
        Identifier = "identifier",
        /// Who somebody is.
        Identity = "identity",
        /// What somebody thinks.
        Opinion = "opinion",
        /// What is for its author alone.
        Private = "private",
        /// How somebody works.
        Professional = "professional",
        /// What somebody says about themselves to everybody.
        Profile = "profile",
        /// Who stands behind something anonymous.
        SealedIdentity = "sealed_identity",
        /// What opens something, or a number that is never shown.
        Secret = "secret",
        /// What was used when.
        Usage = "usage",
    }
}

domain_enum! {
    /// By which way somebody was told of a breach. The law asks for writing, so a call alone is none.
    pub enum BreachChannel {
        /// By e-mail.
        Email = "email",
        /// By letter.
        Letter = "letter",
        /// Through a portal or an app, each for themselves.
        Portal = "portal",
        /// By a message to their telephone.
        Message = "message",
        /// In public, where they cannot be reached one by one.
        PublicNotice = "public_notice",
    }
}

bounded_number! {
    /// How many persons a breach touches, or were told of it.
    pub struct Persons(i32) in 0..=300_000_000, "breach_persons_out_of_range"
}

/// The classes, each once, at least one.
///
/// # Errors
/// `breach_classes_missing`.
pub fn classes(given: &[BreachDataClass]) -> Result<Vec<BreachDataClass>, Fault> {
    let mut classes = given.to_vec();
    classes.sort_unstable();
    classes.dedup();
    if classes.is_empty() { Err(Fault::new("", "breach_classes_missing")) } else { Ok(classes) }
}

/// A text of several lines that must be said.
///
/// # Errors
/// As [`text::as_given`].
pub fn said(raw: &str) -> Result<String, Fault> {
    text::as_given(raw, TEXT)
}

/// A moment that has come, to the second.
///
/// # Errors
/// `date_out_of_range`; `breach_moment_ahead`.
pub fn past(at: DateTime<Utc>, now: DateTime<Utc>) -> Result<DateTime<Utc>, Fault> {
    let at = dates::instant(at)?.trunc_subsecs(0);
    if at > now { Err(Fault::new("", "breach_moment_ahead")) } else { Ok(at) }
}

/// When a breach was found out: now or before, and not more than a year ago.
///
/// # Errors
/// As [`past`]; `breach_discovered_too_long_ago`.
pub fn discovered(at: DateTime<Utc>, now: DateTime<Utc>) -> Result<DateTime<Utc>, Fault> {
    let at = past(at, now)?;
    if at < now - OLDEST { Err(Fault::new("", "breach_discovered_too_long_ago")) } else { Ok(at) }
}

/// When somebody was told: now or before, and not before the breach was found out.
///
/// # Errors
/// As [`past`]; `breach_told_before_discovery` with `discovered`.
pub fn told(
    at: DateTime<Utc>,
    discovered_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<DateTime<Utc>, Fault> {
    let at = past(at, now)?;
    if at < discovered_at {
        return Err(
            Fault::new("", "breach_told_before_discovery").with("discovered", discovered_at.to_rfc3339())
        );
    }
    Ok(at)
}

/// Notes where the time during which data lay open runs backwards, or begins after it was found out.
pub fn check_course(
    faults: &mut Faults,
    (from, until): (Option<DateTime<Utc>>, Option<DateTime<Utc>>),
    discovered_at: Option<DateTime<Utc>>,
) {
    if let (Some(from), Some(until)) = (from, until) {
        faults.require(from <= until, "/occurredUntil", "breach_occurred_backwards");
    }
    if let (Some(from), Some(discovered_at)) = (from, discovered_at) {
        faults.require(from <= discovered_at, "/occurredFrom", "breach_occurred_after_discovery");
    }
}

/// Notes where a breach is said to have been stopped before it began.
pub fn check_contained(faults: &mut Faults, at: Option<DateTime<Utc>>, from: Option<DateTime<Utc>>) {
    if let (Some(at), Some(from)) = (at, from) {
        faults.require(from <= at, "/containedAt", "breach_contained_before_it_began");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::foundation::domain_enum::tests::assert_enum_travels;
    use proptest::prelude::*;

    fn now() -> DateTime<Utc> {
        "2026-03-02T01:00:00Z".parse().unwrap()
    }

    #[test]
    fn lists_are_told_alike_everywhere() {
        assert_enum_travels(BreachCause::ALL, BreachCause::as_str);
        assert_enum_travels(BreachDataClass::ALL, BreachDataClass::as_str);
        assert_enum_travels(BreachChannel::ALL, BreachChannel::as_str);
    }

    #[test]
    fn every_class_of_a_personal_column_can_have_come_out() {
        for (table, column, class) in entity::personal::CLASSES {
            let named = class.as_str().replace(' ', "_");
            assert!(BreachDataClass::parse(&named).is_ok(), "{table}.{column}: {named}");
        }
    }

    #[test]
    fn classes_are_named_once_and_at_least_one() {
        use BreachDataClass::{Contact, Identity};
        assert_eq!(classes(&[Identity, Contact, Identity]), Ok(vec![Contact, Identity]));
        assert_eq!(classes(&[]).unwrap_err().code, "breach_classes_missing");
    }

    #[test]
    fn moments_lie_where_they_may() {
        let code = |of: Result<DateTime<Utc>, Fault>| of.unwrap_err().code;
        assert_eq!(discovered(now(), now()), Ok(now()));
        assert_eq!(code(discovered(now() + TimeDelta::seconds(1), now())), "breach_moment_ahead");
        assert!(discovered(now() - OLDEST, now()).is_ok());
        let older = now() - OLDEST - TimeDelta::seconds(1);
        assert_eq!(code(discovered(older, now())), "breach_discovered_too_long_ago");
        assert_eq!(code(told(now() - TimeDelta::hours(1), now(), now())), "breach_told_before_discovery");
        assert_eq!(code(past(DateTime::<Utc>::MAX_UTC, now())), "date_out_of_range");
    }

    proptest! {
        #[test]
        fn a_course_has_a_fault_exactly_where_it_runs_backwards(from in 0i64..100, until in 0i64..100, found in 0i64..100) {
            let at = |hours| Some(now() + TimeDelta::hours(hours));
            let mut faults = Faults::new();
            check_course(&mut faults, (at(from), at(until)), at(found));
            prop_assert_eq!(faults.done().is_ok(), from <= until && from <= found);
        }

        #[test]
        fn what_is_taken_is_past_and_whole_seconds(millis in -10_000_000i64..10_000_000) {
            if let Ok(at) = past(now() + TimeDelta::milliseconds(millis), now()) {
                prop_assert!(at <= now() && at.timestamp_subsec_nanos() == 0);
            }
        }
    }
}
