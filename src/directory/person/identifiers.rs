//! The numbers and addresses a person is known by, as types that cannot hold
//! nonsense. No fault here repeats a person's number: faults reach logs and reports.

use super::rule::Sex;
use crate::foundation::error::Fault;
use chrono::{Datelike, NaiveDate};

/// Teacher number (NUPTK): 16 digits, lifelong. Opaque: nothing is read out of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(transparent)]
pub struct Nuptk(String);

/// Civil-servant number (NIP): 18 digits. Tells birth date and sex, so it is no public number.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Nip(String);

/// National identity number (NIK): 16 digits, secret. Never shown, printed or serialised;
/// it leaves this type only through [`Nik::expose`], to be encrypted or blindly indexed.
#[derive(Clone, PartialEq, Eq)]
pub struct Nik(String);

impl Nuptk {
    /// The number from what was typed or exported; spaces, dots, dashes and a leading `'` go.
    ///
    /// # Errors
    /// `number_mangled_by_spreadsheet`, `number_lost_leading_zeros`, `nuptk_malformed`.
    pub fn parse(raw: &str) -> Result<Self, Fault> {
        digits(raw, 16, "nuptk_malformed").map(Self)
    }

    /// The 16 digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Nik {
    /// The number from what was typed or exported; spaces, dots, dashes and a leading `'` go.
    ///
    /// # Errors
    /// `number_mangled_by_spreadsheet`, `number_lost_leading_zeros`, `nik_malformed`.
    pub fn parse(raw: &str) -> Result<Self, Fault> {
        digits(raw, 16, "nik_malformed").map(Self)
    }

    /// The 16 digits, for the one place that seals them.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl Nip {
    /// The number from what was typed or exported; spaces, dots, dashes and a leading `'` go.
    /// An odd inner form is no reason to refuse: see [`Nip::warnings`].
    ///
    /// # Errors
    /// `number_mangled_by_spreadsheet`, `number_lost_leading_zeros`, `nip_malformed`.
    pub fn parse(raw: &str) -> Result<Self, Fault> {
        digits(raw, 18, "nip_malformed").map(Self)
    }

    /// The 18 digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is odd about the number, and where it differs from what else is known.
    /// The form is birth date, year and month of appointment (`21` for a contract
    /// civil servant instead of the month), sex (1 male, 2 female), serial.
    /// Codes: `nip_birth_date_odd`, `nip_appointment_odd`, `nip_sex_odd`,
    /// `nip_birth_date_differs`, `nip_sex_differs`.
    pub fn warnings(&self, birth_date: Option<NaiveDate>, sex: Option<Sex>) -> Vec<Fault> {
        let mut codes = Vec::new();
        match (self.birth_date(), birth_date) {
            (None, _) => codes.push("nip_birth_date_odd"),
            (Some(told), Some(known)) if told != known => codes.push("nip_birth_date_differs"),
            _ => {}
        }
        let appointed = self.number(12, 14);
        if !(1..=12).contains(&appointed) && appointed != 21 {
            codes.push("nip_appointment_odd");
        }
        match (self.sex(), sex) {
            (None, _) => codes.push("nip_sex_odd"),
            (Some(told), Some(known)) if told != known => codes.push("nip_sex_differs"),
            _ => {}
        }
        codes.into_iter().map(|code| Fault::new("", code)).collect()
    }

    fn birth_date(&self) -> Option<NaiveDate> {
        let year = i32::try_from(self.number(0, 4)).ok()?;
        NaiveDate::from_ymd_opt(year, self.number(4, 6), self.number(6, 8)).filter(|d| d.year() >= 1900)
    }

    fn sex(&self) -> Option<Sex> {
        match self.number(14, 15) {
            1 => Some(Sex::Male),
            2 => Some(Sex::Female),
            _ => None,
        }
    }

    /// The number at digits `from..until`; the type holds 18 digits, so it always is one.
    fn number(&self, from: usize, until: usize) -> u32 {
        self.0.bytes().take(until).skip(from).fold(0, |n, digit| n * 10 + u32::from(digit - b'0'))
    }
}

impl std::fmt::Debug for Nik {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Nik(secret)")
    }
}

impl std::fmt::Debug for Nip {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Nip(hidden)")
    }
}

/// `count` digits out of a cell, or what happened to them on the way.
fn digits(raw: &str, count: usize, malformed: &'static str) -> Result<String, Fault> {
    let cell = raw.trim().trim_start_matches('\'');
    if mangled_by_spreadsheet(cell) {
        return Err(Fault::new("", "number_mangled_by_spreadsheet").with("expected", count));
    }
    let plain: String = cell.chars().filter(|c| !matches!(c, ' ' | '\u{A0}' | '.' | '-')).collect();
    let found = plain.len();
    match plain.bytes().all(|b| b.is_ascii_digit()) {
        true if found == count => Ok(plain),
        true if found < count && found + 3 >= count => {
            Err(Fault::new("", "number_lost_leading_zeros").with("expected", count).with("found", found))
        }
        _ => Err(Fault::new("", malformed)),
    }
}

/// Whether a cell is what a spreadsheet makes of a long number: `4.738779680130E+15`, `4738779680130000.0`.
pub fn mangled_by_spreadsheet(cell: &str) -> bool {
    let numeric = |s: &str| {
        s.bytes().any(|b| b.is_ascii_digit())
            && s.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b',')
    };
    if let Some((mantissa, exponent)) = cell.split_once(['E', 'e']) {
        let exponent = exponent.trim_start_matches('+');
        return numeric(mantissa) && !exponent.is_empty() && exponent.bytes().all(|b| b.is_ascii_digit());
    }
    cell.split_once(['.', ',']).is_some_and(|(whole, rest)| {
        whole.len() >= 9
            && whole.bytes().all(|b| b.is_ascii_digit())
            && (1..=2).contains(&rest.len())
            && rest.bytes().all(|b| b == b'0')
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NIP: &str = "198503152010012003";

    #[test]
    fn a_number_may_come_with_spaces_and_a_text_mark() {
        assert_eq!(Nuptk::parse(" '4738 7796 8013 0042 ").unwrap().as_str(), "4738779680130042");
        assert_eq!(Nip::parse("19850315 201001 2 003").unwrap().as_str(), NIP);
    }

    #[test]
    fn what_a_spreadsheet_did_is_told_by_its_own_code() {
        for mangled in
            ["4.738779680130E+15", "4,73878E+15", "4738779680130000.0", "4e15", "3273012345678900.00"]
        {
            assert_eq!(Nuptk::parse(mangled).unwrap_err().code, "number_mangled_by_spreadsheet", "{mangled}");
            assert_eq!(Nik::parse(mangled).unwrap_err().code, "number_mangled_by_spreadsheet", "{mangled}");
        }
        assert_eq!(Nuptk::parse("738779680130042").unwrap_err().code, "number_lost_leading_zeros");
        for wrong in ["", "12", "47387796801300421", "473877968013004X", "٤٧٣٨٧٧٩٦٨٠١٣٠٠٤٢"] {
            assert_eq!(Nuptk::parse(wrong).unwrap_err().code, "nuptk_malformed", "{wrong}");
        }
    }

    #[test]
    fn an_odd_civil_servant_number_is_kept_with_warnings() {
        let codes = |nip: &str, birth, sex| -> Vec<&str> {
            Nip::parse(nip).unwrap().warnings(birth, sex).iter().map(|f| f.code).collect()
        };
        let birth = NaiveDate::from_ymd_opt(1985, 3, 15);
        assert!(codes(NIP, birth, Some(Sex::Female)).is_empty());
        assert!(codes("198503152021212003", birth, Some(Sex::Female)).is_empty(), "contract form");
        let differs = codes(NIP, NaiveDate::from_ymd_opt(1985, 3, 16), Some(Sex::Male));
        assert_eq!(differs, ["nip_birth_date_differs", "nip_sex_differs"]);
        let odd = codes("198513152010992003", None, None);
        assert_eq!(odd, ["nip_birth_date_odd", "nip_appointment_odd"]);
        assert_eq!(codes("198503152010019003", None, None), ["nip_sex_odd"]);
    }

    #[test]
    fn a_secret_number_does_not_show_itself() {
        let secret = "3273012345678901";
        let shown = format!("{:?} {:?}", Nik::parse(secret).unwrap(), Nip::parse(NIP).unwrap());
        assert!(!shown.contains(secret) && !shown.contains(NIP), "{shown}");
    }

    proptest! {
        #[test]
        fn no_fault_repeats_the_number(raw in "[0-9 .E+']{0,24}") {
            if let Err(fault) = Nik::parse(&raw) {
                let told = format!("{fault:?}");
                let long: String = raw.chars().filter(char::is_ascii_digit).collect();
                prop_assert!(long.len() < 4 || !told.contains(&long), "{}", told);
            }
        }

        #[test]
        fn sixteen_digits_are_always_a_number(number in "[0-9]{16}") {
            let (nuptk, nik) = (Nuptk::parse(&number).unwrap(), Nik::parse(&number).unwrap());
            prop_assert_eq!(nuptk.as_str(), &number);
            prop_assert_eq!(nik.expose(), &number);
        }

        #[test]
        fn any_eighteen_digits_can_be_read_for_warnings(number in "[0-9]{18}") {
            prop_assert!(Nip::parse(&number).unwrap().warnings(None, None).len() <= 3);
        }
    }
}
