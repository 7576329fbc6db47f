//! Region codes: `32` (province), `32.73` (regency or city), `32.73.01` (district).

use crate::domain_enum;
use crate::foundation::error::Fault;

domain_enum! {
    /// How far down a region lies.
    pub enum RegionLevel {
        /// Province (provinsi), `32`.
        Province = "province",
        /// Regency or city (kabupaten, kota), `32.73`.
        Regency = "regency",
        /// District (kecamatan, distrik), `32.73.01`.
        District = "district",
    }
}

/// A region's code: two digits per level, levels separated by dots.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(transparent)]
pub struct RegionCode(String);

impl RegionCode {
    /// The code of a text, padding aside.
    ///
    /// # Errors
    /// `region_code_malformed`.
    pub fn parse(raw: &str) -> Result<Self, Fault> {
        let code = raw.trim();
        let part = |p: &str| p.len() == 2 && p.bytes().all(|b| b.is_ascii_digit());
        if (2..=8).contains(&code.len()) && code.split('.').all(part) {
            Ok(Self(code.to_owned()))
        } else {
            Err(Fault::new("", "region_code_malformed"))
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How far down it lies.
    pub fn level(&self) -> RegionLevel {
        match self.0.len() {
            2 => RegionLevel::Province,
            5 => RegionLevel::Regency,
            _ => RegionLevel::District,
        }
    }

    /// The region one level up; none for a province.
    pub fn parent(&self) -> Option<Self> {
        self.0.rsplit_once('.').map(|(parent, _)| Self(parent.to_owned()))
    }

    /// All regions above, nearest first.
    pub fn ancestors(&self) -> Vec<Self> {
        std::iter::successors(self.parent(), Self::parent).collect()
    }

    /// Whether `other` is this region or lies in it.
    pub fn contains(&self, other: &Self) -> bool {
        other.0.strip_prefix(&self.0).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }

    /// The text bounds (from, inclusive; to, exclusive) between which the codes of all regions
    /// inside lie, by bytes (`COLLATE "C"`, SQLite's `BINARY`): `32.` to `32/`, for `/` is the
    /// character after the dot. The region itself lies outside:
    /// `code = '32' OR (code >= '32.' AND code < '32/')`.
    pub fn descendants_range(&self) -> (String, String) {
        (format!("{}.", self.0), format!("{}/", self.0))
    }
}

impl std::fmt::Display for RegionCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::str::FromStr for RegionCode {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::foundation::domain_enum::tests::assert_enum_travels;
    use proptest::prelude::*;

    fn code(text: &str) -> RegionCode {
        RegionCode::parse(text).unwrap()
    }

    #[test]
    fn levels_are_told_alike_everywhere() {
        assert_enum_travels(RegionLevel::ALL, RegionLevel::as_str);
    }

    #[test]
    fn a_prefix_names_the_ancestors() {
        let district = code("32.73.01");
        assert_eq!(district.level(), RegionLevel::District);
        assert_eq!(district.ancestors(), [code("32.73"), code("32")]);
        assert_eq!(code("32").parent(), None);
    }

    #[test]
    fn the_range_ends_before_any_text_that_does_not_go_on_with_a_dot() {
        let (from, to) = code("32").descendants_range();
        let inside = |text: &str| from.as_str() <= text && text < to.as_str();
        assert!(inside("32.01") && inside("32.99.99"));
        assert!(!inside("32") && !inside("32/") && !inside("320") && !inside("33"));
    }

    #[test]
    fn what_is_no_code_is_refused() {
        for wrong in
            ["", "3", "327", "32.", "32.7", ".73", "32.73.01.1001", "3273", "32,73", "32.73.0a", "٣٢"]
        {
            assert_eq!(RegionCode::parse(wrong).unwrap_err().code, "region_code_malformed", "{wrong}");
        }
        assert_eq!(code(" 32.73 ").as_str(), "32.73");
    }

    fn any_code() -> impl Strategy<Value = RegionCode> {
        // Few digits, so that ancestors and neighbours meet often.
        proptest::collection::vec("[0-2][0-9]", 1..=3).prop_map(|parts| code(&parts.join(".")))
    }

    proptest! {
        #[test]
        fn the_range_holds_exactly_the_descendants(a in any_code(), b in any_code()) {
            let (from, to) = a.descendants_range();
            let inside = b.as_str() >= from.as_str() && b.as_str() < to.as_str();
            prop_assert_eq!(inside, b.ancestors().contains(&a));
            prop_assert_eq!(inside || a == b, a.contains(&b));
        }

        #[test]
        fn children_lie_in_the_range_of_every_ancestor(a in any_code()) {
            for ancestor in a.ancestors() {
                let (from, to) = ancestor.descendants_range();
                prop_assert!(from.as_str() <= a.as_str() && a.as_str() < to.as_str());
                prop_assert!(ancestor.contains(&a) && !a.contains(&ancestor));
                prop_assert!(ancestor.level() < a.level());
            }
        }

        #[test]
        fn a_code_reads_back(a in any_code()) {
            prop_assert_eq!(code(a.as_str()), a);
        }
    }
}
