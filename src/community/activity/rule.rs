//! What kinds of activities there are, and when one may take place.

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};

use crate::{
    domain_enum,
    foundation::{
        error::{Error, Fault, Result as Answer},
        text,
    },
    training::session::rule::{SessionTimes, SessionZone},
};

domain_enum! {
    /// What a community does.
    pub enum ActivityKind {
        /// A meeting of the group.
        Meeting = "meeting",
        /// A lesson that colleagues watch and speak about.
        PeerObservation = "peer_observation",
        /// A meeting about a chapter of a book read together.
        BookClubMeeting = "book_club_meeting",
        /// Lessons or materials planned together.
        CollaborativePlanning = "collaborative_planning",
        /// What is taught compared with the curriculum.
        CurriculumAlignment = "curriculum_alignment",
        /// An assessment written in common.
        CommonAssessment = "common_assessment",
        /// What worked, told to colleagues.
        BestPracticeSharing = "best_practice_sharing",
        /// Pupils show teachers how to use technology; no pupil is named.
        StudentLedIct = "student_led_ict",
        /// An article read by all.
        ArticleSharing = "article_sharing",
        /// One colleague accompanies another.
        Coaching = "coaching",
    }
}

domain_enum! {
    /// How people come together.
    pub enum MeetingMode {
        /// In one room.
        FaceToFace = "face_to_face",
        /// Over a network.
        Online = "online",
    }
}

domain_enum! {
    /// How it is known that somebody was there.
    pub enum AttendanceMethod {
        /// An officer noted it.
        Organiser = "organiser",
        /// The person's phone read the code shown in the room.
        Code = "code",
        /// The person said so afterwards.
        Confirmation = "confirmation",
    }
}

/// The most days ahead that an activity may be planned.
pub const DAYS_AHEAD: i64 = 400;
/// The most days back: groups note yesterday's meeting.
pub const DAYS_BACK: i64 = 30;

/// Times of a sensible length, near enough to `now`, kept to the second.
///
/// # Errors
/// Every fault: as [`SessionTimes::lasting`] under `/endsAt`, `activity_outside_plan` with `first` and `last`
/// under `/startsAt`.
pub fn times(
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    zone: SessionZone,
    now: DateTime<Utc>,
) -> Result<SessionTimes, Vec<Fault>> {
    let (starts_at, ends_at) = (starts_at.trunc_subsecs(0), ends_at.trunc_subsecs(0));
    let (first, last) = (now - TimeDelta::days(DAYS_BACK), now + TimeDelta::days(DAYS_AHEAD));
    let lasting = SessionTimes::lasting(starts_at, ends_at, zone);
    let mut faults = Vec::new();
    if starts_at < first || starts_at > last {
        let day = |at| zone.local(at).date();
        let fault = Fault::new("/startsAt", "activity_outside_plan");
        faults.push(fault.with("first", day(first)).with("last", day(last)));
    }
    match lasting {
        Ok(times) if faults.is_empty() => Ok(times),
        Ok(_) => Err(faults),
        Err(fault) => {
            faults.push(fault);
            Err(faults)
        }
    }
}

/// That it takes place on the day on which its community was founded or later, by the clocks on the spot.
///
/// # Errors
/// `activity_before_community` under `/startsAt`, with the day it was `founded`.
pub fn require_founded(times: &SessionTimes, founded: DateTime<Utc>) -> Result<(), Fault> {
    let founded = times.zone.local(founded).date();
    if times.zone.local(times.starts_at).date() >= founded {
        return Ok(());
    }
    Err(Fault::new("/startsAt", "activity_before_community").with("founded", founded))
}

/// That it has begun: nothing is held, and nobody attends, before.
///
/// # Errors
/// `activity_not_begun` with `starts`.
pub fn require_begun(starts_at: DateTime<Utc>, now: DateTime<Utc>) -> Answer<()> {
    if now >= starts_at {
        return Ok(());
    }
    let fault = Fault::new("", "activity_not_begun").with("starts", starts_at.to_rfc3339());
    Err(Error::conflict_with(fault))
}

/// That it is over: what came of it, and that one was there, is said afterwards.
///
/// # Errors
/// `activity_not_over` with `ends`.
pub fn require_over(ends_at: DateTime<Utc>, now: DateTime<Utc>) -> Answer<()> {
    if now >= ends_at {
        return Ok(());
    }
    Err(Error::conflict_with(Fault::new("", "activity_not_over").with("ends", ends_at.to_rfc3339())))
}

/// Its title, 1 to 200 characters.
///
/// # Errors
/// As [`text::line`].
pub fn title(raw: &str) -> Result<String, Fault> {
    text::line(raw, 200)
}

/// Where it takes place, 1 to 200 characters.
///
/// # Errors
/// As [`text::line`].
pub fn place(raw: &str) -> Result<String, Fault> {
    text::line(raw, 200)
}

/// What it is about, at most 2000 characters; none when nothing was said.
///
/// # Errors
/// As [`text::paragraphs`].
pub fn description(raw: &str) -> Result<Option<String>, Fault> {
    Ok(Some(text::paragraphs(raw, 2000)?).filter(|said| !said.is_empty()))
}

/// Minutes of the meeting, 1 to 10000 characters.
///
/// # Errors
/// As [`text::paragraphs`], and `text_missing` when nothing was said.
pub fn notes(raw: &str) -> Result<String, Fault> {
    let said = text::paragraphs(raw, 10_000)?;
    if said.is_empty() { Err(Fault::new("", "text_missing")) } else { Ok(said) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::foundation::domain_enum::tests::assert_enum_travels;
    use proptest::prelude::*;

    fn now() -> DateTime<Utc> {
        "2026-03-02T08:00:00Z".parse().unwrap()
    }

    fn codes(starts: TimeDelta, length: TimeDelta) -> Vec<&'static str> {
        let zone = SessionZone::parse("Asia/Makassar").unwrap();
        let told = times(now() + starts, now() + starts + length, zone, now());
        told.err().unwrap_or_default().iter().map(|fault| fault.code).collect()
    }

    #[test]
    fn lists_are_told_alike_everywhere() {
        assert_enum_travels(ActivityKind::ALL, ActivityKind::as_str);
        assert_enum_travels(MeetingMode::ALL, MeetingMode::as_str);
        assert_enum_travels(AttendanceMethod::ALL, AttendanceMethod::as_str);
    }

    #[test]
    fn a_group_plans_a_year_ahead_and_notes_last_months_meeting() {
        let hour = TimeDelta::hours(1);
        for sound in [-30, -1, 0, 1, 400] {
            assert!(codes(TimeDelta::days(sound), hour).is_empty(), "{sound}");
        }
        for wild in [-31, 401] {
            assert_eq!(codes(TimeDelta::days(wild), hour), ["activity_outside_plan"], "{wild}");
        }
        let both = codes(TimeDelta::days(500), -hour);
        assert_eq!(both, ["activity_outside_plan", "session_times_reversed"], "all at once");
    }

    #[test]
    fn nothing_took_place_before_the_community_was_there() {
        let zone = SessionZone::parse("Asia/Jakarta").unwrap();
        let at = |hours: i64| {
            let starts_at = now() + TimeDelta::hours(hours);
            SessionTimes { starts_at, ends_at: starts_at + TimeDelta::hours(1), zone }
        };
        // Founded at three in the afternoon: that day's morning will do.
        for (hours, sound) in [(-16, false), (-15, true), (0, true), (900, true)] {
            assert_eq!(require_founded(&at(hours), now()).is_ok(), sound, "{hours}");
        }
    }

    #[test]
    fn what_was_done_must_be_said_and_an_empty_description_is_none() {
        assert_eq!(notes(" \n ").unwrap_err().code, "text_missing");
        assert_eq!(notes(" Hasil:\n\n1. Soal  disusun. ").unwrap(), "Hasil:\n1. Soal disusun.");
        assert_eq!(notes(&"a".repeat(10_001)).unwrap_err().code, "text_too_long");
        assert_eq!(description(" ").unwrap(), None);
    }

    proptest! {
        #[test]
        fn accepted_times_are_near_and_last_a_minute_to_twelve_hours(
            start in -60i64 * 24 * 3600..600 * 24 * 3600, length in -60i64..60_000,
        ) {
            let told = codes(TimeDelta::seconds(start), TimeDelta::seconds(length));
            let near = (-DAYS_BACK * 86_400..=DAYS_AHEAD * 86_400).contains(&start);
            prop_assert_eq!(told.is_empty(), near && (60..=43_200).contains(&length));
        }
    }
}
