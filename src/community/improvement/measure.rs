//! What is measured, and in what. Values have two decimals at most and are kept as whole hundredths, so that
//! what is compared is exact.

use crate::{domain_enum, foundation::error::Fault};

domain_enum! {
    /// What a measure is counted in.
    pub enum MeasureUnit {
        /// Of a hundred: 0 to 100.
        Percent = "percent",
        /// How many; whole.
        Count = "count",
        /// Points of a test or a rubric.
        Score = "score",
        /// Minutes; whole.
        Minutes = "minutes",
        /// Levels of a scale; whole.
        Level = "level",
    }
}

domain_enum! {
    /// Which way a measure should go.
    pub enum MeasureDirection {
        /// More is better.
        Higher = "higher",
        /// Less is better.
        Lower = "lower",
    }
}

/// The greatest value, in whole units.
pub const GREATEST: i64 = 1_000_000;

/// A value of a measure, in hundredths of its unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Value(pub i64);

impl Value {
    /// The value of a text such as `62.5` or `62,5`: up to seven digits, and two decimals at most.
    ///
    /// # Errors
    /// `measure_malformed`; `measure_out_of_range` with `max`, for the unit's own limits; `measure_not_whole` where
    /// the unit has no parts.
    pub fn parse(raw: &str, unit: MeasureUnit) -> Result<Self, Fault> {
        let value = hundredths(raw.trim()).ok_or_else(|| Fault::new("", "measure_malformed"))?;
        let max = if unit == MeasureUnit::Percent { 100 } else { GREATEST };
        if value > max * 100 {
            return Err(Fault::new("", "measure_out_of_range").with("max", max));
        }
        let whole = matches!(unit, MeasureUnit::Count | MeasureUnit::Minutes | MeasureUnit::Level);
        if whole && value % 100 != 0 {
            return Err(Fault::new("", "measure_not_whole"));
        }
        Ok(Self(value))
    }
}

/// Digits, then perhaps a point or a comma and one or two digits more.
fn hundredths(raw: &str) -> Option<i64> {
    let (whole, part) = raw.split_once(['.', ',']).map_or((raw, None), |(whole, part)| (whole, Some(part)));
    let digits = |text: &str, most: usize| {
        (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !digits(whole, 7) {
        return None;
    }
    let part = match part {
        None => 0,
        Some(one) if digits(one, 1) => one.parse::<i64>().ok()? * 10,
        Some(two) if digits(two, 2) => two.parse().ok()?,
        Some(_) => return None,
    };
    Some(whole.parse::<i64>().ok()? * 100 + part)
}

impl std::fmt::Display for Value {
    /// With as many decimals as it has.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, part) = (self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100);
        match part {
            0 => write!(f, "{sign}{whole}"),
            part if part % 10 == 0 => write!(f, "{sign}{whole}.{}", part / 10),
            part => write!(f, "{sign}{whole}.{part:02}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::foundation::domain_enum::tests::assert_enum_travels;
    use proptest::prelude::*;

    #[test]
    fn lists_are_told_alike_everywhere() {
        assert_enum_travels(MeasureUnit::ALL, MeasureUnit::as_str);
        assert_enum_travels(MeasureDirection::ALL, MeasureDirection::as_str);
    }

    #[test]
    fn a_value_is_read_as_people_write_it() {
        for (raw, hundredths) in [("62.5", 6_250), ("62,50", 6_250), (" 0 ", 0), ("100", 10_000), ("0.05", 5)]
        {
            assert_eq!(Value::parse(raw, MeasureUnit::Percent), Ok(Value(hundredths)), "{raw}");
        }
        assert_eq!(Value::parse("1000000", MeasureUnit::Score), Ok(Value(100_000_000)));
    }

    #[test]
    fn what_is_no_value_of_the_unit_is_told() {
        let code = |raw: &str, unit| Value::parse(raw, unit).unwrap_err().code;
        for bad in ["", "-1", "1e3", "1.", ".5", "1.234", "٣", "NaN", "12345678", "1.2.3", "1\u{0}"] {
            assert_eq!(code(bad, MeasureUnit::Score), "measure_malformed", "{bad:?}");
        }
        assert_eq!(code("100.01", MeasureUnit::Percent), "measure_out_of_range");
        assert_eq!(code("1000000.01", MeasureUnit::Score), "measure_out_of_range");
        for whole in [MeasureUnit::Count, MeasureUnit::Minutes, MeasureUnit::Level] {
            assert_eq!(code("2.5", whole), "measure_not_whole", "{whole}");
        }
    }

    proptest! {
        #[test]
        fn what_is_shown_is_what_was_read(value in 0i64..=100_000_000) {
            let shown = Value(value).to_string();
            prop_assert_eq!(Value::parse(&shown, MeasureUnit::Score), Ok(Value(value)), "{}", shown);
        }

        #[test]
        fn no_text_brings_it_down(raw in "\\PC{0,12}") {
            let _ = Value::parse(&raw, MeasureUnit::Percent);
        }
    }
}
