//! Which regions a place lies in, by their codes alone: pure.

/// The region and all above it, the greatest first: `33`, `33.23`, `33.23.01`.
pub fn upwards(code: &str) -> Vec<&str> {
    let ends = code.match_indices('.').map(|(at, _)| at).chain([code.len()]);
    ends.filter_map(|end| code.get(..end)).collect()
}

/// The smallest region that all of these lie in; none where they lie in different provinces or there are none.
pub fn common<'a>(codes: &[&'a str]) -> Option<&'a str> {
    let (first, others) = codes.split_first()?;
    let around = |code: &&str| others.iter().all(|other| crate::access::actor::within(other, code));
    upwards(first).into_iter().rfind(around)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::actor::within;
    use proptest::prelude::*;

    #[test]
    fn a_code_names_all_that_it_lies_in() {
        assert_eq!(upwards("33.23.01"), ["33", "33.23", "33.23.01"]);
        assert_eq!(upwards("33"), ["33"]);
    }

    #[test]
    fn schools_share_a_district_a_regency_a_province_or_nothing() {
        assert_eq!(common(&["33.23.01", "33.23.01"]), Some("33.23.01"));
        assert_eq!(common(&["33.23.01", "33.23.02"]), Some("33.23"));
        assert_eq!(common(&["33.23.01", "33.22.01"]), Some("33"));
        assert_eq!(common(&["33.23.01", "32.73.01"]), None);
        assert_eq!(common(&["33.2", "33.23"]), Some("33"));
        assert_eq!(common(&[]), None);
    }

    proptest! {
        #[test]
        fn what_is_common_holds_all_and_nothing_smaller_does(
            codes in proptest::collection::vec("(1|2)\\.(1|2)\\.(1|2)", 1..5),
        ) {
            let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
            let found = common(&codes);
            for smaller in upwards(codes[0]) {
                let holds = codes.iter().all(|code| within(code, smaller));
                prop_assert_eq!(holds, found.is_some_and(|found| within(found, smaller)));
            }
        }
    }
}
