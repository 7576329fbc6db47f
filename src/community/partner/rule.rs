//! What a partner contributes, and what it is worth.

use chrono::NaiveDate;

use crate::{
    bounded_number, domain_enum,
    foundation::{error::Fault, text},
};

domain_enum! {
    /// What a partner gives.
    pub enum Contribution {
        /// What its people know.
        Expertise = "expertise",
        /// Money.
        Money = "money",
        /// A place to meet.
        Place = "place",
        /// Books, tools, consumables.
        Materials = "materials",
        /// The time of its people.
        Time = "time",
    }
}

bounded_number! {
    /// What a contribution is worth, in rupiah: 0 to 2,000,000,000.
    pub struct PartnerValue(i64) in 0..=2_000_000_000, "partner_value_out_of_range"
}

/// Most partners of a community.
pub const MAX_PARTNERS: u64 = 100;

/// What is contributed, in 1 to 500 characters.
///
/// # Errors
/// As [`text::line`].
pub fn description(raw: &str) -> Result<String, Fault> {
    text::line(raw, 500)
}

/// That a partnership does not end before it begins.
///
/// # Errors
/// `partner_days_reversed`.
pub fn days(since: NaiveDate, until: Option<NaiveDate>) -> Result<(), Fault> {
    match until {
        Some(until) if until < since => Err(Fault::new("", "partner_days_reversed")),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::foundation::domain_enum::tests::assert_enum_travels;

    #[test]
    fn contributions_are_told_alike_everywhere() {
        assert_enum_travels(Contribution::ALL, Contribution::as_str);
    }

    #[test]
    fn a_partnership_ends_on_its_first_day_or_later() {
        let day = |text: &str| text.parse().unwrap();
        assert!(
            days(day("2026-01-02"), Some(day("2026-01-02"))).is_ok() && days(day("2026-01-02"), None).is_ok()
        );
        let refused = days(day("2026-01-02"), Some(day("2026-01-01"))).unwrap_err();
        assert_eq!(refused.code, "partner_days_reversed");
    }
}
