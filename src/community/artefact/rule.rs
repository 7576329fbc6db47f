//! What kinds of artefacts there are, who sees them, and when one may be published.

use std::collections::BTreeMap;

use async_graphql::{InputObject, SimpleObject};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    domain_enum,
    foundation::{
        error::{Error, Fault, Faults, Result},
        text,
    },
};

/// The most versions of one artefact.
pub const MAX_VERSIONS: i32 = 500;
/// The most entries of what an artefact serves.
pub const MAX_ALIGNMENT: usize = 30;
/// The most characters of a version's text.
pub const MAX_BODY: usize = 100_000;

domain_enum! {
    /// What kind of thing a community made.
    pub enum ArtefactKind {
        /// A lesson plan (modul ajar, RPP).
        LessonPlan = "lesson_plan",
        /// An assessment written in common.
        CommonAssessment = "common_assessment",
        /// What is taught compared with the curriculum.
        CurriculumAlignment = "curriculum_alignment",
        /// What worked in a classroom.
        GoodPractice = "good_practice",
        /// Something to read, with what the community says about it.
        Article = "article",
    }
}

domain_enum! {
    /// Where an artefact stands.
    pub enum ArtefactStatus {
        /// Being made; only the community sees it.
        Draft = "draft",
        /// A version of it is out.
        Published = "published",
        /// Taken back, for a stated reason; it may be published again.
        Withdrawn = "withdrawn",
    }
}

domain_enum! {
    /// Who sees what was published.
    pub enum Audience {
        /// The community's members.
        Community = "community",
        /// Whoever works in the regency or city of the community.
        Region = "region",
        /// Everyone who is signed in.
        Everyone = "everyone",
    }
}

domain_enum! {
    /// What a reviewer says about a version.
    pub enum Verdict {
        /// It is good to go out.
        Approved = "approved",
        /// Something should change first.
        ChangesWanted = "changes_wanted",
    }
}

domain_enum! {
    /// Which list a code of [`Alignment`] is of.
    pub enum Framework {
        /// The competency model of teachers.
        Competency = "competency",
        /// The curriculum's own elements and outcomes.
        Curriculum = "curriculum",
    }
}

/// Something that an artefact serves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, InputObject, ToSchema)]
#[graphql(input_name = "AlignmentInput")]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Alignment {
    /// Which list the code is of.
    pub framework: Framework,
    /// The code there, 1 to 40 characters.
    #[schema(example = "K2.3", min_length = 1, max_length = 40)]
    pub code: String,
    /// In words, at most 200 characters; null where the code says enough.
    #[schema(example = "Asesmen yang berpusat pada peserta didik", max_length = 200)]
    pub note: Option<String>,
}

/// What an artefact serves, each once.
///
/// # Errors
/// Every fault under `/alignment`: `list_too_long`, `alignment_twice`, and those of [`text::line`].
pub fn alignment(given: &[Alignment]) -> std::result::Result<Vec<Alignment>, Faults> {
    let mut faults = Faults::new();
    if given.len() > MAX_ALIGNMENT {
        faults.push(Fault::new("/alignment", "list_too_long").with("max", MAX_ALIGNMENT));
        return Err(faults);
    }
    let mut all: Vec<Alignment> = Vec::with_capacity(given.len());
    for (at, one) in given.iter().enumerate() {
        let code = faults.take(&format!("/alignment/{at}/code"), text::line(&one.code, 40));
        let note = one.note.as_deref().filter(|note| !note.trim().is_empty());
        let note = note.map(|note| faults.take(&format!("/alignment/{at}/note"), text::line(note, 200)));
        let Some(code) = code else { continue };
        if all.iter().any(|had| had.framework == one.framework && had.code == code) {
            faults.push(Fault::new(format!("/alignment/{at}"), "alignment_twice").with("code", &code));
        }
        all.push(Alignment { framework: one.framework, code, note: note.flatten() });
    }
    if faults.is_empty() { Ok(all) } else { Err(faults) }
}

/// What is known about an artefact's newest version when it shall go out.
#[derive(Debug, Default)]
pub struct Reviews {
    by_reviewer: BTreeMap<u128, Verdict>,
}

impl Reviews {
    /// The verdicts of reviewers who are not among the authors; each reviewer has one.
    pub fn of(verdicts: impl IntoIterator<Item = (u128, Verdict)>) -> Self {
        Self { by_reviewer: verdicts.into_iter().collect() }
    }

    /// That the version may go out to `audience`: beyond the community only what a colleague who did not
    /// write it approved; nowhere what a colleague wants changed.
    ///
    /// # Errors
    /// `artefact_changes_wanted` with `reviewers`; `artefact_not_reviewed`.
    pub fn require(&self, audience: Audience) -> Result<()> {
        let count = |verdict| self.by_reviewer.values().filter(|one| **one == verdict).count();
        let against = count(Verdict::ChangesWanted);
        if against > 0 {
            let fault = Fault::new("", "artefact_changes_wanted").with("reviewers", against);
            return Err(Error::conflict_with(fault));
        }
        if audience != Audience::Community && count(Verdict::Approved) == 0 {
            return Err(Error::conflict("artefact_not_reviewed"));
        }
        Ok(())
    }
}

/// The regency or city of a region's code; a province stays one.
pub fn regency(code: &str) -> &str {
    code.get(..5).unwrap_or(code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn one(code: &str) -> Alignment {
        Alignment { framework: Framework::Competency, code: code.to_owned(), note: Some(" ".to_owned()) }
    }

    #[test]
    fn what_it_serves_is_told_once_and_bounded() {
        assert_eq!(alignment(&[one(" K2.3 ")]).unwrap()[0].code, "K2.3");
        let codes = |given: &[Alignment]| match alignment(given).unwrap_err().done() {
            Err(Error::Invalid(faults)) => faults.iter().map(|f| f.code).collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        };
        assert_eq!(codes(&[one("K1"), one("K1"), one("")]), ["alignment_twice", "text_missing"]);
        assert_eq!(codes(&vec![one("K1"); MAX_ALIGNMENT + 1]), ["list_too_long"]);
    }

    #[test]
    fn only_what_a_colleague_approved_leaves_the_community() {
        let code = |reviews: &Reviews, audience| reviews.require(audience).map_err(|e| e.code());
        let none = Reviews::default();
        assert_eq!(code(&none, Audience::Community), Ok(()));
        assert_eq!(code(&none, Audience::Region), Err("artefact_not_reviewed"));
        let good = Reviews::of([(1, Verdict::Approved)]);
        assert_eq!(code(&good, Audience::Everyone), Ok(()));
        let mixed = Reviews::of([(1, Verdict::Approved), (2, Verdict::ChangesWanted)]);
        assert_eq!(code(&mixed, Audience::Community), Err("artefact_changes_wanted"));
    }

    proptest! {
        #[test]
        fn one_objection_outweighs_any_number_of_approvals(approvals in 0u128..20, objector in 100u128..120) {
            let all = (0..approvals).map(|at| (at, Verdict::Approved));
            let reviews = Reviews::of(all.chain([(objector, Verdict::ChangesWanted)]));
            for audience in Audience::ALL {
                prop_assert!(reviews.require(*audience).is_err());
            }
        }
    }

    #[test]
    fn a_region_sees_what_its_regency_made() {
        assert_eq!(regency("32.73.01"), "32.73");
        assert_eq!(regency("32.73"), "32.73");
        assert_eq!(regency("32"), "32");
    }
}
