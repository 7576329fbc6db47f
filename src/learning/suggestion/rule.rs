//! Which programs and communities are suggested, why, and in which order: pure. It looks at the person's own plan and at
//! what is offered, and at nobody else.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::domain_enum;

/// The most of each that are suggested.
const MOST: usize = 10;
/// Up to this level of a self-assessment there is something to learn first.
pub const LOW: i32 = 2;

domain_enum! {
    /// Why something is suggested.
    pub enum ReasonCode {
        /// It serves the competency of an open goal.
        GoalCompetency = "goal_competency",
        /// It serves a competency in which the person sees themselves on one of the first two levels.
        LowCompetency = "low_competency",
        /// A batch in the person's province takes applications.
        BatchNear = "batch_near",
        /// Somebody of the person's school could join.
        NearSchool = "near_school",
        /// It is about the subject that the person teaches.
        SameSubject = "same_subject",
        /// It is for the level of the person's school.
        SameLevel = "same_level",
    }
}

/// One reason, with the competency it is about.
pub type Reason = (ReasonCode, Option<String>);

/// The person, as far as suggestions go.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Learner {
    /// What kind of person.
    pub kind: String,
    /// The subject they teach, in small letters.
    pub subject: Option<String>,
    /// The level of their school.
    pub level: Option<String>,
    /// The competencies of open goals.
    pub goals: BTreeSet<String>,
    /// The competencies of which the last self-assessment that stands is low.
    pub low: BTreeSet<String>,
    /// Programs they are in or have been through.
    pub programs: BTreeSet<Uuid>,
    /// Communities they are in, have asked to join, or are invited to.
    pub communities: BTreeSet<Uuid>,
}

/// A program with a batch that takes applications in the person's province.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Which program.
    pub program: Uuid,
    /// What it is called.
    pub title: String,
    /// Whom it is for; empty = everybody.
    pub audience: Vec<String>,
    /// What it serves.
    pub competencies: Vec<String>,
    /// Which batch.
    pub batch: Uuid,
    /// Until when it takes applications.
    pub closes_at: DateTime<Utc>,
}

/// An active community that somebody of the person's school could join.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Circle {
    /// Which community.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// What it is about, in small letters.
    pub subject: Option<String>,
    /// For which level it is.
    pub level: Option<String>,
    /// Whether one joins by asking.
    pub takes_members: bool,
}

/// The programs that are suggested: for those they are meant for, that the person is not in, and that serve a
/// competency of theirs; those with the most reasons first, then those that close first, then by id.
pub fn programs(learner: &Learner, offers: &[Offer]) -> Vec<(Offer, Vec<Reason>)> {
    let mut found: Vec<(Offer, Vec<Reason>)> = Vec::new();
    let mut sorted: Vec<&Offer> = offers.iter().collect();
    sorted.sort_by_key(|offer| (offer.program, offer.closes_at, offer.batch));
    sorted.dedup_by_key(|offer| offer.program);
    for offer in sorted {
        let fits = offer.audience.is_empty() || offer.audience.contains(&learner.kind);
        if !fits || learner.programs.contains(&offer.program) {
            continue;
        }
        let served: BTreeSet<&String> = offer.competencies.iter().collect();
        let about = |code, of: &BTreeSet<String>| {
            let both: Vec<Reason> = served
                .iter()
                .filter(|one| of.contains(**one))
                .map(|one| (code, Some((*one).clone())))
                .collect();
            both
        };
        let mut reasons = about(ReasonCode::GoalCompetency, &learner.goals);
        reasons.extend(about(ReasonCode::LowCompetency, &learner.low));
        if !reasons.is_empty() {
            reasons.push((ReasonCode::BatchNear, None));
            found.push((offer.clone(), reasons));
        }
    }
    found.sort_by_key(|(offer, reasons)| (std::cmp::Reverse(reasons.len()), offer.closes_at, offer.program));
    found.truncate(MOST);
    found
}

/// The communities that are suggested: those that take members and that the person has nothing to do with yet; those
/// with the most reasons first, then by name, then by id. One about another subject, or for another level, is none.
pub fn communities(learner: &Learner, circles: &[Circle]) -> Vec<(Circle, Vec<Reason>)> {
    let mut found: Vec<(Circle, Vec<Reason>)> = Vec::new();
    for circle in circles {
        let clashes = |theirs: &Option<String>, own: &Option<String>| theirs.is_some() && theirs != own;
        let is_other = clashes(&circle.subject, &learner.subject) || clashes(&circle.level, &learner.level);
        if !circle.takes_members || is_other || learner.communities.contains(&circle.id) {
            continue;
        }
        let mut reasons = vec![(ReasonCode::NearSchool, None)];
        if circle.subject.is_some() {
            reasons.push((ReasonCode::SameSubject, None));
        }
        if circle.level.is_some() {
            reasons.push((ReasonCode::SameLevel, None));
        }
        found.push((circle.clone(), reasons));
    }
    found.sort_by(|(one, some), (other, more)| {
        (more.len(), &one.name, one.id).cmp(&(some.len(), &other.name, other.id))
    });
    found.dedup_by_key(|(circle, _)| circle.id);
    found.truncate(MOST);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::foundation::domain_enum::tests::assert_enum_travels;
    use proptest::{collection, option, prelude::*};

    fn codes() -> impl Strategy<Value = BTreeSet<String>> {
        collection::btree_set("K[1-4]", 0..4)
    }

    fn learner() -> impl Strategy<Value = Learner> {
        let ids = || collection::btree_set((1u128..12).prop_map(Uuid::from_u128), 0..6);
        (codes(), codes(), ids(), ids(), option::of("[ab]"), option::of("sd|smp")).prop_map(
            |(goals, low, programs, communities, subject, level)| Learner {
                kind: "teacher".to_owned(),
                subject,
                level,
                goals,
                low,
                programs,
                communities,
            },
        )
    }

    fn offer() -> impl Strategy<Value = Offer> {
        (1u128..12, collection::vec("teacher|principal", 0..2), codes(), 1u128..40, 0i64..5).prop_map(
            |(program, audience, competencies, batch, closes)| Offer {
                program: Uuid::from_u128(program),
                title: format!("P{program}"),
                audience,
                competencies: competencies.into_iter().collect(),
                batch: Uuid::from_u128(batch),
                closes_at: DateTime::UNIX_EPOCH + chrono::TimeDelta::days(closes),
            },
        )
    }

    fn circle() -> impl Strategy<Value = Circle> {
        (1u128..12, option::of("[ab]"), option::of("sd|smp"), any::<bool>()).prop_map(
            |(id, subject, level, takes_members)| Circle {
                id: Uuid::from_u128(id),
                name: format!("C{}", id % 3),
                subject,
                level,
                takes_members,
            },
        )
    }

    #[test]
    fn reasons_are_told_alike_everywhere() {
        assert_enum_travels(ReasonCode::ALL, ReasonCode::as_str);
    }

    proptest! {
        #[test]
        fn a_program_is_suggested_for_true_reasons_and_never_twice(
            learner in learner(), offers in collection::vec(offer(), 0..30), turn in 0usize..30,
        ) {
            let found = programs(&learner, &offers);
            prop_assert!(found.len() <= MOST);
            let mut met = BTreeSet::new();
            for (offer, reasons) in &found {
                prop_assert!(met.insert(offer.program) && !learner.programs.contains(&offer.program));
                prop_assert!(offer.audience.is_empty() || offer.audience.contains(&learner.kind));
                prop_assert!(reasons.iter().any(|(code, _)| *code != ReasonCode::BatchNear));
                for (code, about) in reasons {
                    let serves = || about.as_ref().is_some_and(|code| offer.competencies.contains(code));
                    match code {
                        ReasonCode::GoalCompetency => prop_assert!(serves() && learner.goals.contains(about.as_ref().unwrap())),
                        ReasonCode::LowCompetency => prop_assert!(serves() && learner.low.contains(about.as_ref().unwrap())),
                        ReasonCode::BatchNear => prop_assert!(about.is_none()),
                        _ => prop_assert!(false, "a reason of communities"),
                    }
                }
            }
            let mut turned = offers.clone();
            if !turned.is_empty() {
                let by = turn % turned.len();
                turned.rotate_left(by);
            }
            let again: Vec<_> = programs(&learner, &turned).into_iter().map(|(offer, _)| offer.program).collect();
            let before: Vec<_> = found.into_iter().map(|(offer, _)| offer.program).collect();
            // Offers of one program that differ in more than their batch do not come from the database.
            let consistent = offers.iter().all(|one| offers.iter().all(|other| {
                one.program != other.program || (&one.audience, &one.competencies) == (&other.audience, &other.competencies)
            }));
            if consistent {
                prop_assert_eq!(again, before);
            }
        }

        #[test]
        fn a_community_is_suggested_for_true_reasons_and_in_one_order(
            learner in learner(), circles in collection::btree_map(1u128..12, circle(), 0..11),
        ) {
            let circles: Vec<Circle> =
                circles.into_iter().map(|(id, one)| Circle { id: Uuid::from_u128(id), ..one }).collect();
            let found = communities(&learner, &circles);
            for (circle, reasons) in &found {
                prop_assert!(circle.takes_members && !learner.communities.contains(&circle.id));
                for (code, _) in reasons {
                    match code {
                        ReasonCode::NearSchool => {}
                        ReasonCode::SameSubject => prop_assert!(circle.subject.is_some() && circle.subject == learner.subject),
                        ReasonCode::SameLevel => prop_assert!(circle.level.is_some() && circle.level == learner.level),
                        _ => prop_assert!(false, "a reason of programs"),
                    }
                }
            }
            let turned: Vec<Circle> = circles.into_iter().rev().collect();
            prop_assert_eq!(communities(&learner, &turned), found);
        }
    }
}
