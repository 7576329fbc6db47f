//! For which region and year a round is.

use crate::{
    community::recognition::rule,
    directory::region::code::{RegionCode, RegionLevel},
    foundation::error::Fault,
};

/// The region of a round: a regency or city with everything below it, or a province for the groups of the whole
/// province. So each community belongs to one round.
///
/// # Errors
/// As [`RegionCode::parse`]; `award_region_too_small` for a district.
pub fn region(raw: &str) -> Result<String, Fault> {
    let code = RegionCode::parse(raw)?;
    if code.level() == RegionLevel::District {
        return Err(Fault::new("", "award_region_too_small"));
    }
    Ok(code.as_str().to_owned())
}

/// Whether the round of a region takes in what lies below it: that of a province does not.
pub fn takes_below(region: &str) -> bool {
    region.contains('.')
}

/// The year of a round: one that is over.
///
/// # Errors
/// As [`rule::year`]; `award_year_open` with `year`.
pub fn year(raw: i32, this_year: i32) -> Result<i32, Fault> {
    let year = rule::year(raw)?;
    if year >= this_year {
        return Err(Fault::new("", "award_year_open").with("year", year));
    }
    Ok(year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_round_is_of_a_regency_or_of_a_whole_province() {
        assert!(region("33").is_ok() && region("33.23").is_ok());
        assert_eq!(region("33.23.05").unwrap_err().code, "award_region_too_small");
        assert!(region("xx").is_err() && region("").is_err());
        assert!(takes_below("33.23") && !takes_below("33"));
    }

    #[test]
    fn a_year_is_looked_at_when_it_is_over() {
        assert_eq!(year(2025, 2026), Ok(2025));
        assert_eq!(year(2026, 2026).unwrap_err().code, "award_year_open");
        assert_eq!(year(1999, 2026).unwrap_err().code, "year_out_of_range");
        assert_eq!(year(i32::MAX, 2026).unwrap_err().code, "year_out_of_range");
    }
}
