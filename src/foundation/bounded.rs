//! Whole numbers that cannot hold nonsense.

/// Declares a whole number with limits: `parse` refuses what lies outside, naming both limits.
#[macro_export]
macro_rules! bounded_number {
    (
        $(#[doc = $doc:tt])+
        $vis:vis struct $Name:ident($inner:ty) in $low:literal ..= $high:literal, $code:literal
    ) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize)]
        #[serde(transparent)]
        $vis struct $Name($inner);

        impl $Name {
            /// The least value allowed.
            pub const MIN: Self = Self($low);
            /// The greatest value allowed.
            pub const MAX: Self = Self($high);

            /// The number, if it lies within the limits.
            ///
            /// # Errors
            /// The type's code, with `min` and `max`.
            pub fn parse(
                number: impl Into<i64>,
            ) -> ::std::result::Result<Self, $crate::foundation::error::Fault> {
                let outside = || {
                    $crate::foundation::error::Fault::new("", $code).with("min", $low).with("max", $high)
                };
                let number = <$inner>::try_from(number.into()).map_err(|_| outside())?;
                if ($low..=$high).contains(&number) { Ok(Self(number)) } else { Err(outside()) }
            }

            /// The plain number.
            pub const fn get(self) -> $inner {
                self.0
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    bounded_number! {
        /// Five to nine.
        pub struct Sample(u8) in 5..=9, "sample_out_of_range"
    }

    proptest! {
        #[test]
        fn only_numbers_within_the_limits_come_to_be(number: i64) {
            match Sample::parse(number) {
                Ok(sample) => prop_assert_eq!(i64::from(sample.get()), number),
                Err(fault) => {
                    prop_assert!(!(5..=9).contains(&number));
                    prop_assert_eq!(fault.code, "sample_out_of_range");
                }
            }
        }
    }

    #[test]
    fn both_limits_belong_to_the_range() {
        assert_eq!(Sample::parse(5).unwrap(), Sample::MIN);
        assert_eq!(Sample::parse(9).unwrap(), Sample::MAX);
        assert!(Sample::parse(4).is_err() && Sample::parse(10).is_err());
    }
}
