//! What may be said about each kind of activity.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::input::{BestPracticeInput, DescribeActivityInput, MeetingAgendaInput, StudentLedIctInput};
use crate::{
    community::{activity::rule::ActivityKind, identity},
    foundation::{
        error::{Fault, Faults},
        text,
    },
};

/// The most points of an agenda, presenters of a practice, and pupils who lead.
const POINTS: usize = 20;
const PRESENTERS: usize = 10;
const PUPILS: i32 = 100;

/// The typed words of an activity, as they are stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Words {
    /// Of a meeting.
    Meeting {
        /// Its points.
        agenda: Vec<String>,
    },
    /// Of a practice that worked.
    BestPracticeSharing {
        /// What it is called.
        title: String,
        /// Where it was tried.
        context: String,
        /// What the problem was.
        problem: String,
        /// What was done.
        done: String,
        /// What changed.
        changed: String,
        /// An artefact that shows it.
        artefact: Option<Uuid>,
    },
    /// Of what pupils showed.
    StudentLedIct {
        /// What.
        topic: String,
        /// With what.
        tool: String,
        /// Of which grade they are.
        grade: String,
        /// How many led.
        pupils: i32,
    },
}

impl Words {
    /// The kind of activity they are about.
    pub const fn kind(&self) -> ActivityKind {
        match self {
            Self::Meeting { .. } => ActivityKind::Meeting,
            Self::BestPracticeSharing { .. } => ActivityKind::BestPracticeSharing,
            Self::StudentLedIct { .. } => ActivityKind::StudentLedIct,
        }
    }
}

/// What somebody did at an activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Told of a practice.
    Presenter,
    /// Looked after the pupils.
    Supervisor,
}

impl Part {
    /// As it is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Presenter => "presenter",
            Self::Supervisor => "supervisor",
        }
    }
}

/// What was said, sound in itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The words.
    pub words: Words,
    /// Who did what, each with where it was said.
    pub persons: Vec<(String, Uuid, Part)>,
    /// The artefact that is named, if one is.
    pub artefact: Option<Uuid>,
}

/// Whether words can be said of this kind of activity at all.
pub const fn takes_words(kind: ActivityKind) -> bool {
    matches!(kind, ActivityKind::Meeting | ActivityKind::BestPracticeSharing | ActivityKind::StudentLedIct)
}

/// What the input says about an activity of this kind; every fault of it otherwise: `activity_takes_no_detail`,
/// `detail_of_other_kind` with `kind`, `detail_missing`, and those of the texts and lists.
pub fn said(kind: ActivityKind, input: &DescribeActivityInput, faults: &mut Faults) -> Option<Said> {
    if !takes_words(kind) {
        faults.push(Fault::new("", "activity_takes_no_detail").with("kind", kind));
        return None;
    }
    let given = [
        ("/meeting", ActivityKind::Meeting, input.meeting.is_some()),
        ("/bestPractice", ActivityKind::BestPracticeSharing, input.best_practice.is_some()),
        ("/studentLedIct", ActivityKind::StudentLedIct, input.student_led_ict.is_some()),
    ];
    for (pointer, of, is_given) in given {
        if is_given && of != kind {
            faults.push(Fault::new(pointer, "detail_of_other_kind").with("kind", kind));
        }
        if !is_given && of == kind {
            faults.push(Fault::new(pointer, "detail_missing"));
        }
    }
    match kind {
        ActivityKind::Meeting => agenda(input.meeting.as_ref()?, faults),
        ActivityKind::BestPracticeSharing => practice(input.best_practice.as_ref()?, faults),
        ActivityKind::StudentLedIct => shown_by_pupils(input.student_led_ict.as_ref()?, faults),
        _ => None,
    }
}

fn agenda(input: &MeetingAgendaInput, faults: &mut Faults) -> Option<Said> {
    let count = input.agenda.len();
    if !(1..=POINTS).contains(&count) {
        faults.push(Fault::new("/meeting/agenda", "agenda_out_of_range").with("min", 1).with("max", POINTS));
        return None;
    }
    let point =
        |(i, raw): (usize, &String)| faults.take(&format!("/meeting/agenda/{i}"), text::line(raw, 200));
    let agenda: Vec<_> = input.agenda.iter().enumerate().filter_map(point).collect();
    (agenda.len() == count).then_some(Said {
        words: Words::Meeting { agenda },
        persons: Vec::new(),
        artefact: None,
    })
}

fn practice(input: &BestPracticeInput, faults: &mut Faults) -> Option<Said> {
    let at = |field: &str| format!("/bestPractice/{field}");
    let title = faults.take(&at("title"), text::line(&input.title, 200));
    let context = faults.take(&at("context"), text::line(&input.context, 200));
    let problem = faults.take(&at("problem"), text::as_given(&input.problem, 2_000));
    let done = faults.take(&at("done"), text::as_given(&input.done, 4_000));
    let changed = faults.take(&at("changed"), text::as_given(&input.changed, 4_000));
    let presenters = &input.presenter_ids;
    if !(1..=PRESENTERS).contains(&presenters.len()) {
        let fault = Fault::new(at("presenterIds"), "presenters_out_of_range");
        faults.push(fault.with("min", 1).with("max", PRESENTERS));
        return None;
    }
    let mut met = HashSet::new();
    for (i, id) in presenters.iter().enumerate() {
        faults.require(met.insert(*id), &at(&format!("presenterIds/{i}")), "presenter_listed_twice");
    }
    let persons = presenters.iter().enumerate();
    let persons =
        persons.map(|(i, id)| (at(&format!("presenterIds/{i}")), id.uuid(), Part::Presenter)).collect();
    let artefact = input.artefact_id.map(Into::into);
    let words = Words::BestPracticeSharing {
        title: title?,
        context: context?,
        problem: problem?,
        done: done?,
        changed: changed?,
        artefact,
    };
    Some(Said { words, persons, artefact })
}

fn shown_by_pupils(input: &StudentLedIctInput, faults: &mut Faults) -> Option<Said> {
    let at = |field: &str| format!("/studentLedIct/{field}");
    let topic = faults.take(&at("topic"), identity::line(&input.topic, 200));
    let tool = faults.take(&at("tool"), identity::line(&input.tool, 120));
    let grade = faults.take(&at("grade"), identity::line(&input.grade, 40));
    if !(1..=PUPILS).contains(&input.pupils) {
        faults.push(Fault::new(at("pupils"), "pupils_out_of_range").with("min", 1).with("max", PUPILS));
    }
    let persons = vec![(at("supervisorId"), input.supervisor_id.uuid(), Part::Supervisor)];
    let words = Words::StudentLedIct { topic: topic?, tool: tool?, grade: grade?, pupils: input.pupils };
    Some(Said { words, persons, artefact: None })
}

/// No text of an activity at which pupils lead may look as if it named one.
pub fn guard(kind: ActivityKind, texts: &[(&str, Option<&str>)], faults: &mut Faults) {
    if kind != ActivityKind::StudentLedIct {
        return;
    }
    for (pointer, text) in texts {
        let suspected = text.is_some_and(identity::suspects);
        faults.require(!suspected, pointer, "child_identity_suspected");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ict(topic: &str, pupils: i32) -> DescribeActivityInput {
        let (tool, grade) = ("Papan digital".to_owned(), "Kelas 6".to_owned());
        let supervisor_id = Uuid::from_u128(1).into();
        let input = StudentLedIctInput { topic: topic.to_owned(), tool, grade, pupils, supervisor_id };
        DescribeActivityInput { student_led_ict: Some(input), ..DescribeActivityInput::default() }
    }

    fn told(kind: ActivityKind, input: &DescribeActivityInput) -> Vec<&'static str> {
        let mut faults = Faults::new();
        let said = said(kind, input, &mut faults);
        match faults.done() {
            Err(crate::foundation::error::Error::Invalid(found)) => {
                found.into_iter().map(|fault| fault.code).collect()
            }
            _ => {
                assert!(said.is_some_and(|said| said.words.kind() == kind));
                Vec::new()
            }
        }
    }

    #[test]
    fn each_kind_takes_its_own_words_and_no_others() {
        for kind in ActivityKind::ALL {
            let faults = told(*kind, &ict("Kuis daring", 4));
            match kind {
                ActivityKind::StudentLedIct => assert!(faults.is_empty(), "{faults:?}"),
                kind if takes_words(*kind) => {
                    assert!(faults.contains(&"detail_of_other_kind") && faults.contains(&"detail_missing"));
                }
                _ => assert_eq!(faults, ["activity_takes_no_detail"]),
            }
        }
    }

    #[test]
    fn no_child_is_counted_out_of_bounds_or_told_by_number() {
        assert_eq!(
            told(ActivityKind::StudentLedIct, &ict("Siswa 0051234567", 4)),
            ["child_identity_suspected"]
        );
        for pupils in [0, -1, 101, i32::MAX] {
            assert_eq!(told(ActivityKind::StudentLedIct, &ict("Kuis", pupils)), ["pupils_out_of_range"]);
        }
        let guarded = |kind| {
            let mut faults = Faults::new();
            guard(kind, &[("/title", Some("NISN 0051234567")), ("/notes", None)], &mut faults);
            faults.is_empty()
        };
        for kind in ActivityKind::ALL {
            assert_eq!(guarded(*kind), *kind != ActivityKind::StudentLedIct, "{kind}");
        }
    }

    #[test]
    fn words_are_stored_as_they_are_read() {
        let words =
            Words::StudentLedIct { topic: "a".into(), tool: "b".into(), grade: "c".into(), pupils: 2 };
        let stored = serde_json::to_value(&words).unwrap();
        assert_eq!(stored["kind"], "student_led_ict");
        assert_eq!(serde_json::from_value::<Words>(stored).unwrap(), words);
    }
}
