//! The random id under which anyone may check a certificate: 128 bits, so that it
//! cannot be guessed, written in Crockford's Base32, so that it can be read out, typed
//! from paper and put into an address.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::foundation::error::Fault;

/// Digits and letters without I, L, O (too like 1 and 0) and U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Letters of an id: 26 × 5 bits hold 128.
const LETTERS: usize = 26;
/// How the letters are grouped for the eye.
const GROUPS: [usize; 5] = [5, 5, 6, 5, 5];

/// A verification id. Equal ids have equal text, whatever way they were typed.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct VerificationId(u128);

impl VerificationId {
    /// The id of 16 random bytes (`ctx.ids.random()`).
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(u128::from_be_bytes(bytes))
    }

    /// Reads an id as people type it: letter case, dashes and spaces do not matter, and
    /// O is read as 0, I and L as 1.
    ///
    /// # Errors
    /// `verification_id_malformed` when that does not leave 26 letters of an id.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let fault = || Fault::new("", "verification_id_malformed");
        let (mut value, mut letters) = (0u128, 0);
        // Twice the longest sensible text; nobody's megabyte is walked through.
        for c in text.chars().take(4 * LETTERS) {
            let c = match c.to_ascii_uppercase() {
                c if c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}') => continue,
                'O' => '0',
                'I' | 'L' => '1',
                c => c,
            };
            let bits = ALPHABET.iter().position(|&a| char::from(a) == c).ok_or_else(fault)?;
            // 26 letters have room for 130 bits: the first one must leave the top two empty.
            if letters == LETTERS || (letters == 0 && bits > 7) {
                return Err(fault());
            }
            value = value << 5 | bits as u128;
            letters += 1;
        }
        if letters == LETTERS && text.len() <= 16 * LETTERS { Ok(Self(value)) } else { Err(fault()) }
    }

    /// The id in groups, for paper and screen: `4XK7M-2Q9RT-0A1B2C-3D4E5-F6G7H`.
    pub fn grouped(&self) -> String {
        let text = self.to_string();
        let mut rest = text.as_str();
        let groups = GROUPS.map(|length| {
            let (group, more) = rest.split_at_checked(length).unwrap_or((rest, ""));
            rest = more;
            group
        });
        groups.join("-")
    }
}

/// The one text of the id: 26 capital letters and digits, for addresses and the database.
impl fmt::Display for VerificationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for place in (0..LETTERS).rev() {
            let bits = (self.0 >> (5 * place)) & 31;
            let letter = ALPHABET.get(bits as usize).copied().unwrap_or(b'0');
            fmt::Write::write_char(f, char::from(letter))?;
        }
        Ok(())
    }
}

impl fmt::Debug for VerificationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::str::FromStr for VerificationId {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self, Fault> {
        Self::parse(text)
    }
}

impl Serialize for VerificationId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for VerificationId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(|_| de::Error::custom("not a verification id"))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_id_reads_as_it_is_typed() {
        let id = VerificationId::parse("01ARZ3NDEKTSV4RRFFQ69G5FAV").unwrap();
        assert_eq!(id.to_string(), "01ARZ3NDEKTSV4RRFFQ69G5FAV");
        assert_eq!(id.grouped(), "01ARZ-3NDEK-TSV4RR-FFQ69-G5FAV");
        for typed in [
            "01arz3ndektsv4rrffq69g5fav",
            "01ARZ-3NDEK-TSV4RR-FFQ69-G5FAV",
            " O1ARZ 3NDEK tsv4rr ffq69 g5fav\n",
            "oIarz–3ndek–tsv4rr–ffq69–g5fav",
            "OLARZ3NDEKTSV4RRFFQ69G5FAV",
        ] {
            assert_eq!(VerificationId::parse(typed), Ok(id), "{typed}");
        }
    }

    #[test]
    fn what_is_no_id_is_refused() {
        let long = "0".repeat(1_000_000);
        let spaces = format!("{}01ARZ3NDEKTSV4RRFFQ69G5FAV", " ".repeat(1_000));
        for bad in [
            "",
            "01ARZ3NDEKTSV4RRFFQ69G5FA",
            "01ARZ3NDEKTSV4RRFFQ69G5FAVV",
            "81ARZ3NDEKTSV4RRFFQ69G5FAV",
            "U1ARZ3NDEKTSV4RRFFQ69G5FAV",
            "01ARZ3NDEKTSV4RRFFQ69G5FA/",
            "０1ARZ3NDEKTSV4RRFFQ69G5FAV",
            "<script>alert(1)</script>01",
            long.as_str(),
            spaces.as_str(),
        ] {
            assert_eq!(VerificationId::parse(bad).unwrap_err().code, "verification_id_malformed");
        }
    }

    proptest! {
        #[test]
        fn every_id_survives_its_texts(bytes in any::<[u8; 16]>()) {
            let id = VerificationId::from_bytes(bytes);
            prop_assert_eq!(id.to_string().len(), LETTERS);
            prop_assert_eq!(VerificationId::parse(&id.to_string()).unwrap(), id);
            prop_assert_eq!(VerificationId::parse(&id.grouped().to_lowercase()).unwrap(), id);
            let json = serde_json::to_string(&id).unwrap();
            prop_assert_eq!(serde_json::from_str::<VerificationId>(&json).unwrap(), id);
        }

        #[test]
        fn any_text_parses_or_is_refused_and_parses_to_itself(text in "\\PC{0,60}") {
            if let Ok(id) = VerificationId::parse(&text) {
                prop_assert_eq!(VerificationId::parse(&id.to_string()).unwrap(), id);
            }
        }
    }
}
