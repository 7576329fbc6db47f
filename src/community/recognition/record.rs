//! What was counted, kept as one text: canonical JSON (RFC 8785) and its SHA-256, so that anyone can work out again what
//! was decided by it, and see that it is the same text.

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{
    facts::RecognitionFacts,
    rule::{Criterion, Verdict, judge},
};
use crate::foundation::{
    error::{Error, Result},
    transaction::hex,
};

/// The fields of a record. A change of their meaning is a new number, never an edit.
pub const SCHEMA_VERSION: u32 = 1;

/// What a note of progress says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NoteRecord {
    /// Which fields there are.
    pub schema_version: u32,
    /// Which community.
    pub community_id: Uuid,
    /// The month.
    pub facts: RecognitionFacts,
    /// The month before.
    pub before: RecognitionFacts,
}

/// What decides about an entry of a round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EntryRecord {
    /// Which fields there are.
    pub schema_version: u32,
    /// Which community.
    pub community_id: Uuid,
    /// Which edition of the criteria, counted from 1.
    pub edition: i32,
    /// What it asks for.
    pub criteria: Vec<Criterion>,
    /// How many of them must be met.
    pub needed: i32,
    /// The year.
    pub facts: RecognitionFacts,
    /// The year before.
    pub before: RecognitionFacts,
}

impl EntryRecord {
    /// What the criteria say.
    pub fn verdict(&self) -> Verdict {
        judge(&self.criteria, self.needed, &self.facts, &self.before)
    }
}

/// A record as a text, and its hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// Canonical JSON.
    pub text: String,
    /// SHA-256 of it, in hexadecimal digits.
    pub sha256: String,
}

/// Writes a record.
///
/// # Errors
/// `internal` when it cannot be written.
pub fn seal(record: &impl Serialize) -> Result<Sealed> {
    let text =
        serde_json_canonicalizer::to_string(record).map_err(|e| Error::internal("write a record", e))?;
    Ok(Sealed { sha256: hash(&text), text })
}

/// SHA-256 of a text, in hexadecimal digits.
pub fn hash(text: &str) -> String {
    hex(&Sha256::digest(text))
}

/// Reads a record.
///
/// # Errors
/// `internal` when the column holds what no rule knows.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|e| Error::internal("a record of recognition", e))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::community::{activity::rule::ActivityKind, recognition::rule::CriterionCode};

    fn record() -> EntryRecord {
        let facts = RecognitionFacts {
            from: "2026-01-01".parse().unwrap(),
            until: "2027-01-01".parse().unwrap(),
            cadence_days: 14,
            days: 365,
            days_in_rhythm: 220,
            activities: 20,
            kinds: vec![ActivityKind::Meeting],
            reuses: 0,
            improved: 0,
        };
        EntryRecord {
            schema_version: SCHEMA_VERSION,
            community_id: Uuid::from_u128(7),
            edition: 1,
            criteria: vec![Criterion { code: CriterionCode::Regularity, least: 50, growth: 5, ceiling: 75 }],
            needed: 1,
            before: facts.clone(),
            facts,
        }
    }

    #[test]
    fn a_record_is_one_text_and_is_read_as_it_was_written() {
        let sealed = seal(&record()).unwrap();
        assert_eq!(read::<EntryRecord>(&sealed.text).unwrap(), record());
        assert!(
            sealed.text.starts_with(r#"{"before":{"activities":20,"cadenceDays":14,"#),
            "{}",
            sealed.text
        );
        assert_eq!(sealed.sha256, hash(&sealed.text));
        assert_eq!(sealed.sha256.len(), 64);
    }

    #[test]
    fn what_is_no_record_is_an_error_and_no_panic() {
        assert_eq!(read::<EntryRecord>("{}").unwrap_err().code(), "internal");
        assert_eq!(read::<NoteRecord>("nothing").unwrap_err().code(), "internal");
    }
}
