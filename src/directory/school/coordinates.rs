//! Where a school stands, read from cells that are often empty, zero, swapped or elsewhere.

use crate::foundation::error::Fault;

/// Degrees of WGS 84; latitude −90 to 90, longitude −180 to 180, neither missing.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Coordinates {
    /// Degrees north of the Equator; south is negative.
    pub latitude: f64,
    /// Degrees east of Greenwich.
    pub longitude: f64,
}

/// The box a country lies in; which country is reference data of the installation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Extent {
    /// Southernmost latitude.
    pub south: f64,
    /// Northernmost latitude.
    pub north: f64,
    /// Westernmost longitude.
    pub west: f64,
    /// Easternmost longitude.
    pub east: f64,
}

/// Indonesia, from Rondo to Rote and from Sabang to the Papuan border, with a little margin.
pub const INDONESIA: Extent = Extent { south: -11.2, north: 6.3, west: 94.8, east: 141.2 };

impl Extent {
    /// Whether the place lies in the box.
    pub fn contains(&self, place: Coordinates) -> bool {
        (self.south..=self.north).contains(&place.latitude)
            && (self.west..=self.east).contains(&place.longitude)
    }
}

/// The place two cells mean, and what is odd about them. Never a reason to refuse a school.
///
/// | cells | place | warning |
/// |---|---|---|
/// | one or both empty | none | `coordinates_missing` |
/// | not numbers, or beyond the globe | none | `coordinates_malformed` |
/// | longitude zero (no school stands there; latitude zero is the Equator) | none | `coordinates_zero` |
/// | the other way round they lie in the country | turned round | `coordinates_swapped` |
/// | outside the country | as given (there are schools abroad) | `coordinates_outside_country` |
pub fn read(latitude: &str, longitude: &str, country: &Extent) -> (Option<Coordinates>, Option<Fault>) {
    let warn = |code| Some(Fault::new("", code));
    let cells = (latitude.trim(), longitude.trim());
    if cells.0.is_empty() || cells.1.is_empty() {
        return (None, warn("coordinates_missing"));
    }
    let (Some(latitude), Some(longitude)) = (degrees(cells.0), degrees(cells.1)) else {
        return (None, warn("coordinates_malformed"));
    };
    let place = Coordinates { latitude, longitude };
    let turned = Coordinates { latitude: longitude, longitude: latitude };
    if country.contains(place) {
        (Some(place), None)
    } else if country.contains(turned) {
        (Some(turned), warn("coordinates_swapped"))
    } else if longitude == 0.0 {
        (None, warn("coordinates_zero"))
    } else if latitude.abs() <= 90.0 && longitude.abs() <= 180.0 {
        (Some(place), warn("coordinates_outside_country"))
    } else {
        (None, warn("coordinates_malformed"))
    }
}

/// A decimal number as sources write it (`-.0016000` and a decimal comma included); no `inf`, no `NaN`, no exponent.
fn degrees(cell: &str) -> Option<f64> {
    let plain = cell.replacen(',', ".", 1);
    let written = plain.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'-' || b == b'+');
    if written { plain.parse().ok().filter(|d: &f64| d.is_finite()) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn told(latitude: &str, longitude: &str) -> (Option<(f64, f64)>, Option<&'static str>) {
        let (place, warning) = read(latitude, longitude, &INDONESIA);
        (place.map(|p| (p.latitude, p.longitude)), warning.map(|w| w.code))
    }

    #[test]
    fn cells_as_the_national_file_has_them() {
        assert_eq!(told("-5.7985000", "106.5003000"), (Some((-5.7985, 106.5003)), None));
        assert_eq!(told("", ""), (None, Some("coordinates_missing")));
        assert_eq!(told(".0000000", ".0000000"), (None, Some("coordinates_zero")));
        assert_eq!(told("-6.1202", "0.0"), (None, Some("coordinates_zero")));
        assert_eq!(
            told("108.2103000", "-7.5197000"),
            (Some((-7.5197, 108.2103)), Some("coordinates_swapped"))
        );
        assert_eq!(told("6.9720516", "109.1389016").1, Some("coordinates_outside_country"));
        assert_eq!(told("-7.6501000", "744.3430000"), (None, Some("coordinates_malformed")));
        assert_eq!(told("inf", "106"), (None, Some("coordinates_malformed")));
    }

    #[test]
    fn the_equator_is_a_place() {
        assert_eq!(told("0.0", "109.3333"), (Some((0.0, 109.3333)), None));
    }

    proptest! {
        #[test]
        fn whatever_the_cells_a_place_is_on_the_globe(latitude in "\\PC{0,12}", longitude in "[-0-9.]{0,12}") {
            if let (Some(place), _) = read(&latitude, &longitude, &INDONESIA) {
                prop_assert!(place.latitude.abs() <= 90.0 && place.longitude.abs() <= 180.0);
            }
        }

        #[test]
        fn places_in_the_country_survive_being_swapped(
            latitude in -11.0f64..6.0, longitude in 95.0f64..141.0,
        ) {
            let (a, b) = (latitude.to_string(), longitude.to_string());
            prop_assert_eq!(told(&a, &b), (Some((latitude, longitude)), None));
            prop_assert_eq!(told(&b, &a), (Some((latitude, longitude)), Some("coordinates_swapped")));
        }
    }
}
