//! Who pays for activities, and how much.

use crate::{
    bounded_number, domain_enum,
    foundation::error::{Error, Fault, Result},
};

/// The most costs of one activity.
pub const MAX_COSTS: u64 = 100;

domain_enum! {
    /// Who paid.
    pub enum CostPayer {
        /// The community's own money.
        Community = "community",
        /// A school.
        School = "school",
        /// Its members, each for themselves.
        Members = "members",
        /// A partner.
        Partner = "partner",
        /// The government.
        Government = "government",
    }
}

bounded_number! {
    /// Whole rupiah of one cost: 0 to two thousand million, the most that fits into both faces' numbers.
    pub struct CostAmount(i64) in 0..=2_000_000_000, "activity_cost_out_of_range"
}

/// That there is room for one more.
///
/// # Errors
/// `activity_costs_too_many` with `max`.
pub fn require_room(costs: u64) -> Result<()> {
    if costs < MAX_COSTS {
        return Ok(());
    }
    Err(Error::conflict_with(Fault::new("", "activity_costs_too_many").with("max", MAX_COSTS)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::foundation::domain_enum::tests::assert_enum_travels;

    #[test]
    fn payers_are_told_alike_everywhere() {
        assert_enum_travels(CostPayer::ALL, CostPayer::as_str);
    }

    #[test]
    fn costs_have_limits() {
        assert!(CostAmount::parse(0).is_ok() && CostAmount::parse(2_000_000_000).is_ok());
        for wild in [-1_i64, 2_000_000_001] {
            assert_eq!(CostAmount::parse(wild).unwrap_err().code, "activity_cost_out_of_range");
        }
        assert!(require_room(99).is_ok());
        assert_eq!(require_room(100).unwrap_err().code(), "activity_costs_too_many");
    }
}
