//! What a comment must be.

use std::{collections::HashSet, hash::Hash};

use crate::{
    domain_enum,
    foundation::error::{Fault, Faults},
};

/// The most characters of a comment.
pub const BODY: usize = 4_000;
/// The most people a comment speaks to by name.
pub const MENTIONS: usize = 20;

domain_enum! {
    /// What a comment is about.
    pub enum CommentSubject {
        /// The community itself.
        Community = "community",
        /// One of its activities.
        Activity = "activity",
        /// Something it made.
        Artefact = "artefact",
        /// A book it reads.
        BookReading = "book_reading",
        /// What was proposed to it.
        Proposal = "proposal",
    }
}

domain_enum! {
    /// A reaction to a comment.
    pub enum Reaction {
        /// Setuju: agreed.
        Agree = "agree",
        /// Terima kasih: thank you.
        Thanks = "thanks",
        /// Membantu: that helped me.
        Helpful = "helpful",
        /// Merayakan: let us celebrate this.
        Celebrate = "celebrate",
        /// Bertanya: I have a question about it.
        Question = "question",
    }
}

domain_enum! {
    /// Why a comment was hidden.
    pub enum HiddenCode {
        /// It hurts or threatens somebody.
        Abuse = "abuse",
        /// It tells what is private, of a pupil or a colleague.
        Privacy = "privacy",
        /// It is untrue and does harm.
        Falsehood = "falsehood",
        /// It advertises.
        Advertising = "advertising",
        /// It does not belong there.
        OffTopic = "off_topic",
    }
}

/// Whom a comment speaks to, each once, in the order in which they were named.
pub fn mentions<K: Copy + Eq + Hash>(faults: &mut Faults, raw: &[K]) -> Vec<K> {
    if raw.len() > MENTIONS {
        faults.push(Fault::new("/mentions", "mentions_too_many").with("max", MENTIONS));
        return Vec::new();
    }
    let mut met = HashSet::new();
    raw.iter().copied().filter(|id| met.insert(*id)).collect()
}

/// That a reply is to a comment on the same thing that is no reply itself: a thread is one level deep.
/// `parent`: what the comment it replies to is about and whether that is a reply; none where it is not there.
pub fn reply<K: PartialEq>(about: &K, parent: Option<(&K, bool)>) -> Result<(), Fault> {
    match parent {
        Some((its, _)) if its != about => Err(Fault::new("/parentId", "reference_unknown")),
        Some((_, true)) => Err(Fault::new("/parentId", "comment_parent_is_reply")),
        Some(_) => Ok(()),
        None => Err(Fault::new("/parentId", "reference_unknown")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::foundation::domain_enum::tests::assert_enum_travels;
    use proptest::prelude::*;

    #[test]
    fn lists_are_told_alike_everywhere() {
        assert_enum_travels(CommentSubject::ALL, CommentSubject::as_str);
        assert_enum_travels(Reaction::ALL, Reaction::as_str);
        assert_enum_travels(HiddenCode::ALL, HiddenCode::as_str);
    }

    #[test]
    fn a_thread_is_one_level_deep_and_about_one_thing() {
        assert!(reply(&1, Some((&1, false))).is_ok());
        assert_eq!(reply(&1, Some((&1, true))).unwrap_err().code, "comment_parent_is_reply");
        for unknown in [None, Some((&2, false)), Some((&2, true))] {
            assert_eq!(reply(&1, unknown).unwrap_err().code, "reference_unknown");
        }
    }

    proptest! {
        #[test]
        fn whoever_is_named_is_spoken_to_once(named in proptest::collection::vec(0_u8..10, 0..40)) {
            let mut faults = Faults::new();
            let taken = mentions(&mut faults, &named);
            prop_assert_eq!(faults.is_empty(), named.len() <= MENTIONS);
            let once: HashSet<_> = taken.iter().collect();
            prop_assert_eq!(once.len(), taken.len());
            prop_assert!(!faults.is_empty() || named.iter().all(|one| taken.contains(one)));
        }
    }
}
