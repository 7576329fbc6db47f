//! The words to which people agree. Their edition stands here and the words themselves in the catalogues, each edition
//! under a key of its own (`consent-text-name-on-verification-1`): words that somebody agreed to are never changed, a new
//! edition is added beside them.

use async_graphql::SimpleObject;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use super::rule::{ConsentLanguage, SharingPurpose};
use crate::foundation::{language, transaction::hex};

/// What one agrees to, in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConsentText {
    /// What would be shared.
    pub purpose: SharingPurpose,
    /// The edition of the words; whoever agrees names it.
    #[schema(example = 1, minimum = 1, maximum = 1000)]
    pub edition: i32,
    /// The language of the words.
    pub language: ConsentLanguage,
    /// The words.
    #[schema(max_length = 2000)]
    pub text: String,
    /// SHA-256 of the words in UTF-8, 64 hex digits; each consent keeps it.
    #[schema(min_length = 64, max_length = 64)]
    pub hash: String,
}

/// The words of today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConsentTexts {
    /// One for each purpose and language.
    #[schema(max_items = 100)]
    pub texts: Vec<ConsentText>,
}

/// The edition of the words of today.
pub const fn edition(purpose: SharingPurpose) -> i32 {
    match purpose {
        SharingPurpose::NameOnVerification => 1,
    }
}

/// An edition in one language.
fn text(purpose: SharingPurpose, edition: i32, language: ConsentLanguage) -> ConsentText {
    let key = format!("consent_text_{purpose}_{edition}");
    let text = language::of_code(language.into(), &key, &[]);
    let hash = hex(&Sha256::digest(text.as_bytes()));
    ConsentText { purpose, edition, language, text, hash }
}

/// The words of today for one purpose, in one language.
pub fn current(purpose: SharingPurpose, language: ConsentLanguage) -> ConsentText {
    text(purpose, edition(purpose), language)
}

/// The words of today, all of them.
pub fn all() -> ConsentTexts {
    let in_each = |purpose: &SharingPurpose| {
        let purpose = *purpose;
        ConsentLanguage::ALL.iter().map(move |language| current(purpose, *language))
    };
    ConsentTexts { texts: SharingPurpose::ALL.iter().flat_map(in_each).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What people agreed to. A line may be added; none may ever be changed.
    const AGREED: &[(SharingPurpose, i32, ConsentLanguage, &str)] = &[
        (
            SharingPurpose::NameOnVerification,
            1,
            ConsentLanguage::Id,
            "283b9e059899dc21988b140b15653e76113b7f2e319c436021f15dc6ba78678d",
        ),
        (
            SharingPurpose::NameOnVerification,
            1,
            ConsentLanguage::En,
            "c5577fa1f15f7ad92aaf485e1382cc7cf60b5aaf229319a49f7e89d045726bdb",
        ),
    ];

    #[test]
    fn words_that_were_agreed_to_stay_as_they_were() {
        for (purpose, edition, language, hash) in AGREED {
            let found = text(*purpose, *edition, *language);
            assert_eq!(found.hash, *hash, "{purpose} {edition} {language}: add an edition instead");
        }
    }

    #[test]
    fn every_edition_of_today_is_held_and_has_words() {
        for found in all().texts {
            let held = |row: &&(SharingPurpose, i32, ConsentLanguage, &str)| {
                (row.0, row.1, row.2) == (found.purpose, found.edition, found.language)
            };
            assert!(AGREED.iter().any(|row| held(&row)), "{} {}", found.purpose, found.edition);
            assert!(found.text.len() > 100 && !found.text.starts_with("consent_text"), "{}", found.text);
        }
    }
}
