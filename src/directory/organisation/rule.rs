//! What kinds of organisation there are, and what an organisation is called.

use crate::domain_enum;
use crate::foundation::{error::Fault, text};

domain_enum! {
    /// What an organisation (lembaga) is.
    pub enum OrganisationKind {
        /// A unit of the education ministry.
        MinistryUnit = "ministry_unit",
        /// A regional education office (dinas).
        RegionalOffice = "regional_office",
        /// A national or provincial training centre (BBGTK, BGTK).
        TrainingCentre = "training_centre",
        /// A university that educates teachers (LPTK).
        TeacherUniversity = "teacher_university",
        /// A professional association of teachers.
        Association = "association",
        /// A school that trains.
        School = "school",
        /// A company.
        Company = "company",
        /// A body of parents.
        ParentsBody = "parents_body",
    }
}

/// The code certificates and imports know an organisation by: `BGTK-JABAR`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(transparent)]
pub struct OrganisationCode(String);

impl OrganisationCode {
    /// 2 to 20 capital letters, digits and dashes; small letters become capitals.
    ///
    /// # Errors
    /// `organisation_code_malformed`.
    pub fn parse(raw: &str) -> Result<Self, Fault> {
        let code = raw.trim().to_ascii_uppercase();
        let ends = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let sound = (2..=20).contains(&code.len())
            && code.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && ends(code.chars().next())
            && ends(code.chars().last());
        if sound { Ok(Self(code)) } else { Err(Fault::new("", "organisation_code_malformed")) }
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An organisation's name, 1 to 200 characters, in its normal form.
///
/// # Errors
/// As [`text::line`].
pub fn name(raw: &str) -> Result<String, Fault> {
    text::line(raw, 200)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::foundation::domain_enum::tests::assert_enum_travels;

    #[test]
    fn kinds_are_told_alike_everywhere() {
        assert_enum_travels(OrganisationKind::ALL, OrganisationKind::as_str);
    }

    #[test]
    fn a_code_is_short_and_plain() {
        assert_eq!(OrganisationCode::parse(" bgtk-jabar ").unwrap().as_str(), "BGTK-JABAR");
        for bad in ["", "A", "-AB", "AB-", "A B", "A/B", "ABCDEFGHIJKLMNOPQRSTU", "É1"] {
            let refused = OrganisationCode::parse(bad).unwrap_err();
            assert_eq!(refused.code, "organisation_code_malformed", "{bad}");
        }
    }
}
