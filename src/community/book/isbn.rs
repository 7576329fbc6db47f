//! The number of a book (ISBN, ISO 2108), old and new. An old one is kept as the new one it became.

use crate::foundation::error::Fault;

/// An ISBN that its check digit fits, as 13 digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(transparent)]
pub struct Isbn(String);

impl Isbn {
    /// The ISBN of a text: 10 or 13 digits, hyphens and spaces between them as printed; the last of ten may
    /// be `X`.
    ///
    /// # Errors
    /// `isbn_malformed`; `isbn_check_digit_wrong`.
    pub fn parse(raw: &str) -> Result<Self, Fault> {
        let malformed = || Fault::new("", "isbn_malformed");
        let digits: String =
            raw.trim().chars().filter(|c| !matches!(c, '-' | '\u{2010}'..='\u{2013}' | ' ')).collect();
        let bytes = digits.as_bytes();
        match bytes {
            [front @ .., last] if front.len() == 9 && numeric(front) => {
                let check = match last {
                    b'X' | b'x' => 10,
                    digit if digit.is_ascii_digit() => u32::from(digit - b'0'),
                    _ => return Err(malformed()),
                };
                if !(sum_of_ten(front) + check).is_multiple_of(11) {
                    return Err(wrong());
                }
                let body = format!("978{}", &digits[..9]);
                Ok(Self(format!("{body}{}", check_of_thirteen(body.as_bytes()))))
            }
            [front @ .., last] if front.len() == 12 && numeric(bytes) => {
                if !(digits.starts_with("978") || digits.starts_with("979")) {
                    return Err(malformed());
                }
                if check_of_thirteen(front) != u32::from(last - b'0') {
                    return Err(wrong());
                }
                Ok(Self(digits))
            }
            _ => Err(malformed()),
        }
    }

    /// Its 13 digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn wrong() -> Fault {
    Fault::new("", "isbn_check_digit_wrong")
}

fn numeric(bytes: &[u8]) -> bool {
    bytes.iter().all(u8::is_ascii_digit)
}

/// Nine digits weighted ten down to two.
fn sum_of_ten(front: &[u8]) -> u32 {
    front.iter().zip((2..=10).rev()).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum()
}

/// The check digit of twelve digits, weighted one and three in turn.
fn check_of_thirteen(front: &[u8]) -> u32 {
    let sum: u32 = front
        .iter()
        .zip([1, 3].into_iter().cycle())
        .map(|(digit, weight)| u32::from(digit - b'0') * weight)
        .sum();
    (10 - sum % 10) % 10
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Old and new numbers of the same books, as published.
    const PAIRS: [(&str, &str); 6] = [
        ("0-306-40615-2", "978-0-306-40615-7"),
        ("0-8044-2957-X", "978-0-8044-2957-3"),
        ("0-201-89683-4", "978-0-201-89683-1"),
        ("1-86197-271-7", "978-1-86197-271-2"),
        ("3-16-148410-X", "978-3-16-148410-0"),
        ("0-262-03384-4", "978-0-262-03384-8"),
    ];

    fn code(raw: &str) -> &'static str {
        Isbn::parse(raw).unwrap_err().code
    }

    #[test]
    fn the_old_and_the_new_number_of_a_book_are_one() {
        for (old, new) in PAIRS {
            let (old, kept) = (Isbn::parse(old).unwrap(), Isbn::parse(new).unwrap());
            assert_eq!(old, kept);
            assert_eq!(kept.as_str(), new.replace('-', ""));
        }
        assert_eq!(Isbn::parse(" 080442957x ").unwrap().as_str(), "9780804429573");
        assert_eq!(Isbn::parse("979-10-90636-07-1").unwrap().as_str(), "9791090636071");
    }

    #[test]
    fn what_is_no_isbn_at_all_is_told_apart_from_a_slip() {
        for bad in [
            "",
            "-",
            "978",
            "97803064061570",
            "X306406152",
            "030640615Y",
            "9770306406157",
            "978030640615X",
            "０３０６４０６１５２",
            "é306406152",
        ] {
            assert_eq!(code(bad), "isbn_malformed", "{bad}");
        }
        assert_eq!(code("0-306-40615-3"), "isbn_check_digit_wrong");
        assert_eq!(code("978-0-306-40615-6"), "isbn_check_digit_wrong");
    }

    fn ten(front: &[u8]) -> String {
        let text: String = front.iter().map(|d| char::from(b'0' + d)).collect();
        let check = (11 - sum_of_ten(text.as_bytes()) % 11) % 11;
        if check == 10 { text + "X" } else { format!("{text}{check}") }
    }

    fn thirteen(front: &[u8]) -> String {
        let text: String = "978".chars().chain(front.iter().map(|d| char::from(b'0' + d))).collect();
        format!("{text}{}", check_of_thirteen(text.as_bytes()))
    }

    proptest! {
        #[test]
        fn every_number_with_its_check_digit_is_taken_and_both_kinds_agree(front in proptest::collection::vec(0u8..10, 9)) {
            let (old, new) = (Isbn::parse(&ten(&front)).unwrap(), Isbn::parse(&thirteen(&front)).unwrap());
            prop_assert_eq!(&old, &new);
            prop_assert_eq!(Isbn::parse(old.as_str()).unwrap(), new);
        }

        #[test]
        fn one_wrong_digit_is_always_found(front in proptest::collection::vec(0u8..10, 9), at in 0usize..13, other in 0u8..10) {
            for (sound, first) in [(ten(&front), 0), (thirteen(&front), 3)] {
                let mut bytes = sound.clone().into_bytes();
                let at = at % bytes.len();
                // The prefix has its own rule.
                prop_assume!(at >= first && bytes[at] != b'0' + other);
                bytes[at] = b'0' + other;
                let slip = String::from_utf8(bytes).unwrap();
                prop_assert_eq!(code(&slip), "isbn_check_digit_wrong", "{} for {}", slip, sound);
            }
        }

        #[test]
        fn two_neighbours_that_changed_places_are_found_where_the_standard_finds_them(
            front in proptest::collection::vec(0u8..10, 9), at in 0usize..12,
        ) {
            for (sound, first) in [(ten(&front), 0), (thirteen(&front), 3)] {
                let mut bytes = sound.clone().into_bytes();
                let at = at % (bytes.len() - 1);
                let (one, other) = (bytes[at], bytes[at + 1]);
                prop_assume!(at >= first && one != other && one != b'X' && other != b'X');
                bytes.swap(at, at + 1);
                let slip = String::from_utf8(bytes).unwrap();
                // The new number does not tell digits apart that differ by five.
                let blind = first == 3 && one.abs_diff(other) == 5;
                prop_assert_eq!(Isbn::parse(&slip).is_ok(), blind, "{} for {}", slip, sound);
            }
        }

        #[test]
        fn no_text_at_all_brings_it_down(raw in "\\PC{0,20}|[0-9Xx -]{8,18}") {
            if let Ok(isbn) = Isbn::parse(&raw) {
                prop_assert_eq!(isbn.as_str().len(), 13);
            }
        }
    }
}
