//! The national school number.

use crate::directory::person::identifiers::mangled_by_spreadsheet;
use crate::foundation::error::Fault;

/// National school number (NPSN): 8 capital letters and digits; mostly digits, `NP567838` while provisional.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(transparent)]
pub struct Npsn(String);

impl Npsn {
    /// The number from a cell: padding and a leading `'` go, letters become capitals.
    ///
    /// # Errors
    /// `number_mangled_by_spreadsheet`, `number_lost_leading_zeros` (5 to 7 digits), `npsn_malformed`.
    pub fn parse(raw: &str) -> Result<Self, Fault> {
        let cell = raw.trim().trim_start_matches('\'');
        // `2010E634` could be a number of that form; only a decimal point or a sign gives a spreadsheet away.
        if (cell.contains(['.', ',', '+'])) && mangled_by_spreadsheet(cell) || float_of_eight(cell) {
            return Err(Fault::new("", "number_mangled_by_spreadsheet").with("expected", 8));
        }
        let found = cell.len();
        let all_digits = cell.bytes().all(|b| b.is_ascii_digit());
        match cell.bytes().all(|b| b.is_ascii_alphanumeric()) {
            true if found == 8 => Ok(Self(cell.to_ascii_uppercase())),
            true if all_digits && (5..8).contains(&found) => {
                Err(Fault::new("", "number_lost_leading_zeros").with("expected", 8).with("found", found))
            }
            _ => Err(Fault::new("", "npsn_malformed")),
        }
    }

    /// The 8 characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is a provisional number: `NP` and six digits.
    pub fn is_provisional(&self) -> bool {
        self.0.strip_prefix("NP").is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit()))
    }

    /// What is odd about the number, though it is accepted: `npsn_provisional`, or
    /// `npsn_has_letters` for letters of any other form.
    pub fn warning(&self) -> Option<Fault> {
        match self.is_provisional() {
            true => Some(Fault::new("", "npsn_provisional").with("npsn", &self.0)),
            false if self.0.bytes().any(|b| b.is_ascii_alphabetic()) => {
                Some(Fault::new("", "npsn_has_letters").with("npsn", &self.0))
            }
            false => None,
        }
    }
}

/// `20106343.0`: a number column that held text.
fn float_of_eight(cell: &str) -> bool {
    cell.strip_suffix(".0").is_some_and(|whole| whole.len() == 8 && whole.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_provisional_number_is_kept_and_flagged() {
        let npsn = Npsn::parse(" np567838 ").unwrap();
        assert_eq!(npsn.as_str(), "NP567838");
        assert!(npsn.is_provisional());
        assert_eq!(npsn.warning().unwrap().code, "npsn_provisional");
        assert_eq!(Npsn::parse("P9998877").unwrap().warning().unwrap().code, "npsn_has_letters");
        assert_eq!(Npsn::parse("20106343").unwrap().warning(), None);
    }

    #[test]
    fn damage_is_told_apart_from_nonsense() {
        let code = |raw: &str| Npsn::parse(raw).unwrap_err().code;
        assert_eq!(code("2.01063E+7"), "number_mangled_by_spreadsheet");
        assert_eq!(code("20106343.0"), "number_mangled_by_spreadsheet");
        assert_eq!(code("106343"), "number_lost_leading_zeros");
        for wrong in ["", "-", "2010634", "NP5678", "201063433", "2010 634", "2010634é"] {
            assert_ne!(code(wrong), "number_mangled_by_spreadsheet", "{wrong}");
        }
        assert_eq!(code("NP5678"), "npsn_malformed");
    }

    proptest! {
        #[test]
        fn eight_letters_and_digits_are_always_a_number(raw in "[0-9A-Z]{8}") {
            let npsn = Npsn::parse(&raw).unwrap();
            prop_assert_eq!(npsn.as_str(), &raw);
        }

        #[test]
        fn nothing_else_is(raw in "\\PC{0,10}") {
            if let Ok(npsn) = Npsn::parse(&raw) {
                prop_assert!(npsn.as_str().len() == 8);
                prop_assert!(npsn.as_str().bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase()));
            }
        }
    }
}
