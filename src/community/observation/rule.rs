//! Who sees what of a peer observation, and what may be rated.

use std::collections::HashSet;

use uuid::Uuid;

use super::instrument::rule::Criterion;
use crate::foundation::error::{Error, Fault, Result};

/// The most characters of the focus.
pub const FOCUS: usize = 1_000;
/// The most characters of evidence, feedback and reflection, each.
pub const TEXT: usize = 10_000;
/// The most characters of a subject.
pub const SUBJECT: usize = 60;
/// The most characters of a class's name.
pub const GRADE: usize = 40;

/// Who looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Viewer {
    /// Who watched the lesson.
    Observer,
    /// Whose lesson it was.
    Observed,
    /// Somebody else, to whom both show it.
    Member,
}

impl Viewer {
    /// What `person` is to an observation of these two.
    pub fn of(person: Option<Uuid>, observer: Uuid, observed: Uuid) -> Self {
        match person {
            Some(person) if person == observed => Self::Observed,
            Some(person) if person == observer => Self::Observer,
            _ => Self::Member,
        }
    }

    /// That the observer asks.
    ///
    /// # Errors
    /// `observer_only`.
    pub fn require_observer(self) -> Result<()> {
        if self == Self::Observer { Ok(()) } else { Err(Error::conflict("observer_only")) }
    }

    /// That the observed teacher asks.
    ///
    /// # Errors
    /// `observed_only`.
    pub fn require_observed(self) -> Result<()> {
        if self == Self::Observed { Ok(()) } else { Err(Error::conflict("observed_only")) }
    }

    /// Whether it is shown why it was cancelled or ended as it did: to the two, shared or not.
    pub const fn sees_reason(self) -> bool {
        !matches!(self, Self::Member)
    }

    /// Whether the levels are shown: to the two, never to anybody else, shared or not. No score of a
    /// person is shown to others.
    pub const fn sees_ratings(self) -> bool {
        !matches!(self, Self::Member)
    }

    /// Whether the reflection is shown: to its author; to the observer once its author shares it; to
    /// members once both share the observation and the author the reflection.
    pub const fn sees_reflection(self, consents: Consents) -> bool {
        match self {
            Self::Observed => true,
            Self::Observer => consents.reflection,
            Self::Member => consents.reflection && consents.both(),
        }
    }
}

/// Who shares what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Consents {
    /// The observer shares the observation.
    pub observer: bool,
    /// The observed teacher does.
    pub observed: bool,
    /// The observed teacher shares the reflection.
    pub reflection: bool,
}

impl Consents {
    /// Whether the members of the community see it.
    pub const fn both(self) -> bool {
        self.observer && self.observed
    }
}

/// Every fault of `ratings` (criterion and level) by the criteria of an instrument; a criterion that was
/// not to be seen in this lesson is left out.
pub fn rating_faults(ratings: &[(String, i32)], criteria: &[Criterion]) -> Vec<Fault> {
    let mut faults = Vec::new();
    if criteria.is_empty() {
        if !ratings.is_empty() {
            faults.push(Fault::new("/ratings", "ratings_without_instrument"));
        }
        return faults;
    }
    if ratings.len() > criteria.len() {
        return vec![Fault::new("/ratings", "ratings_too_many").with("max", criteria.len())];
    }
    let mut met = HashSet::new();
    for (i, (code, level)) in ratings.iter().enumerate() {
        if !met.insert(code) {
            faults.push(Fault::new(format!("/ratings/{i}/criterion"), "criterion_rated_twice"));
        }
        match criteria.iter().find(|criterion| criterion.code == *code) {
            None => faults.push(Fault::new(format!("/ratings/{i}/criterion"), "criterion_unknown")),
            Some(criterion)
                if !(1..=criterion.levels.len()).contains(&usize::try_from(*level).unwrap_or(0)) =>
            {
                faults.push(Fault::new(format!("/ratings/{i}/level"), "level_unknown"));
            }
            Some(_) => {}
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::{Viewer::*, *};

    const NOBODY: Consents = Consents { observer: false, observed: false, reflection: false };
    const BOTH: Consents = Consents { observer: true, observed: true, reflection: false };

    #[test]
    fn the_reflection_is_its_authors_until_the_author_says_otherwise() {
        for consents in
            [NOBODY, BOTH, Consents { observer: true, ..NOBODY }, Consents { observed: true, ..NOBODY }]
        {
            assert!(Observed.sees_reflection(consents));
            assert!(!Observer.sees_reflection(consents) && !Member.sees_reflection(consents), "{consents:?}");
        }
        let told = Consents { reflection: true, ..NOBODY };
        assert!(Observer.sees_reflection(told) && !Member.sees_reflection(told));
        assert!(!Member.sees_reflection(Consents { observed: true, ..told }));
        assert!(Member.sees_reflection(Consents { reflection: true, ..BOTH }));
    }

    #[test]
    fn no_level_is_shown_to_anybody_but_the_two() {
        assert!(Observer.sees_ratings() && Observed.sees_ratings() && !Member.sees_ratings());
    }

    #[test]
    fn only_criteria_and_levels_of_the_instrument_are_rated_each_once() {
        let criterion = |code: &str| Criterion {
            code: code.to_owned(),
            text: "Pertanyaan terbuka".to_owned(),
            look: "Murid menjawab lebih dari satu kata".to_owned(),
            levels: ["Belum tampak", "Tampak"].map(str::to_owned).to_vec(),
        };
        let criteria = [criterion("A"), criterion("B"), criterion("C")];
        let told = |ratings: &[(&str, i32)]| {
            let ratings: Vec<_> = ratings.iter().map(|(code, level)| ((*code).to_owned(), *level)).collect();
            rating_faults(&ratings, &criteria).into_iter().map(|f| (f.pointer, f.code)).collect::<Vec<_>>()
        };
        assert!(told(&[("A", 1), ("B", 2)]).is_empty() && told(&[]).is_empty());
        for level in [0, -1, 3, i32::MIN, i32::MAX] {
            assert_eq!(told(&[("A", level)]), [("/ratings/0/level".to_owned(), "level_unknown")]);
        }
        assert_eq!(
            told(&[("A", 3), ("A", 1), ("X", 1)]),
            [
                ("/ratings/0/level".to_owned(), "level_unknown"),
                ("/ratings/1/criterion".to_owned(), "criterion_rated_twice"),
                ("/ratings/2/criterion".to_owned(), "criterion_unknown"),
            ]
        );
        assert_eq!(told(&[("A", 1); 4]), [("/ratings".to_owned(), "ratings_too_many")]);
        assert_eq!(rating_faults(&[("A".to_owned(), 1)], &[])[0].code, "ratings_without_instrument");
    }
}
