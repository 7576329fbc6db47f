//! A school's level and ownership, and its name and address.

use crate::domain_enum;
use crate::foundation::{error::Fault, text};

domain_enum! {
    /// What a school is (bentuk satuan pendidikan).
    pub enum SchoolLevel {
        /// Early childhood education (PAUD).
        Paud = "paud",
        /// Kindergarten (TK).
        Tk = "tk",
        /// Playgroup (KB).
        Kb = "kb",
        /// Day care (TPA).
        Tpa = "tpa",
        /// Other early childhood unit (SPS).
        Sps = "sps",
        /// Primary school (SD).
        Sd = "sd",
        /// Junior secondary school (SMP).
        Smp = "smp",
        /// Senior secondary school (SMA).
        Sma = "sma",
        /// Vocational secondary school (SMK).
        Smk = "smk",
        /// Special-needs school of all levels (SLB).
        Slb = "slb",
        /// Special-needs primary school (SDLB).
        Sdlb = "sdlb",
        /// Special-needs junior secondary school (SMPLB).
        Smplb = "smplb",
        /// Special-needs senior secondary school (SMLB).
        Smlb = "smlb",
        /// Islamic kindergarten (RA).
        Ra = "ra",
        /// Islamic primary school (MI).
        Mi = "mi",
        /// Islamic junior secondary school (MTs).
        Mts = "mts",
        /// Islamic senior secondary school (MA).
        Ma = "ma",
        /// Community learning centre (PKBM).
        Pkbm = "pkbm",
        /// Public non-formal learning centre (SKB).
        Skb = "skb",
    }
}

domain_enum! {
    /// Who owns a school (status sekolah).
    pub enum Ownership {
        /// The state (negeri).
        Public = "public",
        /// A foundation or private person (swasta).
        Private = "private",
    }
}

impl SchoolLevel {
    /// The level a source's cell means (`SD`, `MTs `), letter case and padding aside.
    ///
    /// # Errors
    /// `school_level_unknown`, with the cell cut to 60 characters.
    pub fn from_source(cell: &str) -> Result<Self, Fault> {
        let shown: String = cell.trim().chars().take(60).collect();
        Self::parse(&shown.to_lowercase())
            .map_err(|_| Fault::new("", "school_level_unknown").with("value", shown))
    }
}

impl Ownership {
    /// The ownership a source's cell means: `N`, `Negeri`, `1`, or `S`, `Swasta`, `2`.
    ///
    /// # Errors
    /// `school_ownership_unknown`, with the cell cut to 60 characters.
    pub fn from_source(cell: &str) -> Result<Self, Fault> {
        let shown: String = cell.trim().chars().take(60).collect();
        match shown.to_lowercase().as_str() {
            "n" | "negeri" | "1" | "public" => Ok(Self::Public),
            "s" | "swasta" | "2" | "private" => Ok(Self::Private),
            _ => Err(Fault::new("", "school_ownership_unknown").with("value", shown)),
        }
    }
}

/// A school's name, 1 to 150 characters, in its normal form, and the warning that control
/// characters inside had to become spaces.
///
/// # Errors
/// As [`text::mended_line`].
pub fn name(cell: &str) -> Result<(String, Option<Fault>), Fault> {
    text::mended_line(cell, 150)
}

/// A street address of at most 250 characters; none for placeholders like `-` or `JL.`
/// (warning `address_missing`). Never a reason to refuse a school: an address that
/// cannot be kept becomes none, with the reason as the warning.
pub fn address(cell: &str) -> (Option<String>, Option<Fault>) {
    match text::mended_line(cell, 250) {
        Ok((line, warning)) if says_where(&line) => (Some(line), warning),
        Ok(_) => (None, Some(Fault::new("", "address_missing"))),
        Err(fault) if fault.code == "text_missing" => (None, Some(Fault::new("", "address_missing"))),
        Err(fault) => (None, Some(fault)),
    }
}

fn says_where(line: &str) -> bool {
    let word: String = line.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    !matches!(word.as_str(), "" | "jl" | "jln" | "jalan" | "0")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::foundation::domain_enum::tests::assert_enum_travels;

    #[test]
    fn the_lists_are_told_alike_everywhere() {
        assert_enum_travels(SchoolLevel::ALL, SchoolLevel::as_str);
        assert_enum_travels(Ownership::ALL, Ownership::as_str);
    }

    #[test]
    fn every_level_found_in_sources_is_known() {
        for cell in "PAUD TK SD SMP SMA SMK SLB RA MI MTs MA SDLB SMPLB SMLB KB TPA SPS PKBM SKB".split(' ') {
            assert!(SchoolLevel::from_source(&format!("{cell}  ")).is_ok(), "{cell}");
        }
        assert_eq!(SchoolLevel::from_source("UNIV").unwrap_err().code, "school_level_unknown");
    }

    #[test]
    fn ownership_comes_in_letters_words_and_numbers() {
        assert_eq!(Ownership::from_source(" N "), Ok(Ownership::Public));
        assert_eq!(Ownership::from_source("Swasta"), Ok(Ownership::Private));
        assert_eq!(Ownership::from_source("X").unwrap_err().code, "school_ownership_unknown");
    }

    #[test]
    fn a_placeholder_is_no_address() {
        let code = |cell: &str| address(cell).1.map(|w| w.code);
        for cell in ["-", "JL.", "", "  ", "Jln "] {
            assert_eq!(code(cell), Some("address_missing"), "{cell}");
        }
        assert_eq!(address("Jl. Merdeka 1"), (Some("Jl. Merdeka 1".to_owned()), None));
        assert_eq!(code("Kp. Lebak\tRT.2"), Some("text_has_control_characters"));
    }
}
