//! To what one can agree, and when it counts. Pure.

use crate::{
    domain_enum,
    foundation::{
        error::{Error, Fault, Result},
        language::Language,
    },
};

domain_enum! {
    /// What may be shared beyond what must be, if the person agrees.
    pub enum SharingPurpose {
        /// Whoever checks a certificate of theirs sees the holder's whole name, not only its first letters.
        NameOnVerification = "name_on_verification",
    }
}

domain_enum! {
    /// The language in which somebody read what they agreed to.
    pub enum ConsentLanguage {
        /// Bahasa Indonesia.
        Id = "id",
        /// English.
        En = "en",
    }
}

domain_enum! {
    /// By what a consent ended.
    pub enum ConsentEnding {
        /// The person took it back.
        Withdrawn = "withdrawn",
        /// The person agreed to a newer edition of the words.
        Replaced = "replaced",
        /// The record became part of another, for which the person may agree anew.
        Merged = "merged",
    }
}

impl From<ConsentLanguage> for Language {
    fn from(language: ConsentLanguage) -> Self {
        match language {
            ConsentLanguage::Id => Self::Indonesian,
            ConsentLanguage::En => Self::English,
        }
    }
}

/// Nobody agrees to words that are no longer those.
///
/// # Errors
/// `consent_text_outdated`, naming the edition to read.
pub fn require_current(edition: i32, current: i32) -> Result<()> {
    if edition == current {
        return Ok(());
    }
    Err(Error::conflict_with(Fault::new("/edition", "consent_text_outdated").with("current", current)))
}

/// Whether a consent counts: it was not ended, it is to the words of today, and the use of the record is not restricted.
pub const fn counts(ended: bool, edition: i32, current: i32, restricted: bool) -> bool {
    !ended && edition == current && !restricted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::foundation::domain_enum::tests::assert_enum_travels;

    #[test]
    fn lists_travel() {
        assert_enum_travels(SharingPurpose::ALL, SharingPurpose::as_str);
        assert_enum_travels(ConsentLanguage::ALL, ConsentLanguage::as_str);
        assert_enum_travels(ConsentEnding::ALL, ConsentEnding::as_str);
    }

    #[test]
    fn only_the_words_of_today_are_agreed_to() {
        assert!(require_current(2, 2).is_ok());
        for edition in [i32::MIN, 0, 1, 3, i32::MAX] {
            assert_eq!(require_current(edition, 2).unwrap_err().code(), "consent_text_outdated");
        }
    }

    #[test]
    fn what_ended_is_old_or_restricted_does_not_count() {
        assert!(counts(false, 1, 1, false));
        assert!(!counts(true, 1, 1, false));
        assert!(!counts(false, 1, 2, false));
        assert!(!counts(false, 1, 1, true));
    }
}
