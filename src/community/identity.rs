//! No pupil is named in a peer observation, nor where pupils show teachers how to use technology, nor in what a teacher
//! writes about their own learning. There is no field for one, and a text that looks as if it held a
//! child's number or how to reach one is refused: a national pupil number (NISN, 10 digits), an identity
//! number (NIK, 16 digits), a telephone number, an e-mail address. Names cannot be told from other words, so
//! the pages ask people not to write them.

use unicode_normalization::UnicodeNormalization;

use crate::foundation::{error::Fault, text};

/// Digits without a break that no lesson needs: pupil numbers, identity numbers and telephone numbers have
/// more than this, a year or a page fewer.
const UNBROKEN: usize = 9;

/// A text of several lines, as it was given, of at most `max` characters, without a child's identity.
///
/// # Errors
/// As [`text::as_given`]; `child_identity_suspected`.
pub fn several_lines(raw: &str, max: usize) -> Result<String, Fault> {
    let text = text::as_given(raw, max)?;
    if suspects(&text) { Err(Fault::new("", "child_identity_suspected")) } else { Ok(text) }
}

/// One line of at most `max` characters, without a child's identity.
///
/// # Errors
/// As [`text::line`]; `child_identity_suspected`.
pub fn line(raw: &str, max: usize) -> Result<String, Fault> {
    let text = text::line(raw, max)?;
    if suspects(&text) { Err(Fault::new("", "child_identity_suspected")) } else { Ok(text) }
}

/// Whether a text holds what looks like somebody's number or address.
pub fn suspects(text: &str) -> bool {
    // Wide digits are digits, and joiners hide nothing.
    let plain: Vec<char> = text.nfkc().filter(|c| !matches!(c, '\u{200C}' | '\u{200D}')).collect();
    has_address(&plain) || numbers(&plain).iter().any(Number::is_suspicious)
}

/// An e-mail address: a sign before the at, and a name with a dot after it.
fn has_address(text: &[char]) -> bool {
    let part = |c: &char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '+' | '%');
    text.iter().enumerate().filter(|(_, c)| **c == '@').any(|(at, _)| {
        let before = at > 0 && part(&text[at - 1]);
        let host: String = text[at + 1..].iter().take_while(|c| part(c)).collect();
        let dotted = host
            .trim_matches('.')
            .split_once('.')
            .is_some_and(|(name, end)| !name.is_empty() && !end.is_empty());
        before && dotted
    })
}

/// Groups of digits with at most two signs (space, dash, dot, brackets) between them: one number, as people write it.
struct Number {
    /// Whether a plus stands before it.
    plus: bool,
    /// Its groups.
    groups: Vec<String>,
}

impl Number {
    fn is_suspicious(&self) -> bool {
        let lengths: Vec<usize> = self.groups.iter().map(String::len).collect();
        if lengths.iter().any(|length| *length >= UNBROKEN) {
            return true;
        }
        // Dates and hours are written in pairs; what is grouped by three and more is a number.
        let wide = lengths.iter().all(|length| *length >= 3);
        // Sums of money are grouped by three behind the first: they hold no other number.
        let sum = lengths[0] <= 3 && lengths[1..].iter().all(|length| *length == 3);
        self.is_telephone(0)
            || (!sum && (1..lengths.len()).any(|from| self.is_telephone(from)))
            || (wide && matches!(lengths.iter().sum(), 10 | 16))
    }

    /// Whether the groups from `from` on are written like a telephone number: `0812 3456 7890`,
    /// `(021) 555 0123`, `+62 812-34-56-789`.
    fn is_telephone(&self, from: usize) -> bool {
        let rest = &self.groups[from..];
        let digits: usize = rest.iter().map(String::len).sum();
        let abroad = from == 0 && self.plus && self.groups.first().is_some_and(|first| !first.is_empty());
        let inland = rest
            .first()
            .is_some_and(|first| first.len() >= 3 && first.starts_with('0') && !first.starts_with("00"))
            && rest.iter().skip(1).all(|group| group.len() >= 2);
        digits >= UNBROKEN && (abroad || inland)
    }
}

/// Every number of a text.
fn numbers(text: &[char]) -> Vec<Number> {
    let mut found: Vec<Number> = Vec::new();
    // How many separators were passed since the last digit; none while no number is open.
    let mut gap: Option<usize> = None;
    for (at, c) in text.iter().enumerate() {
        if c.is_ascii_digit() {
            match (gap, found.last_mut()) {
                (Some(0), Some(number)) => {
                    if let Some(group) = number.groups.last_mut() {
                        group.push(*c);
                    }
                }
                (Some(_), Some(number)) => number.groups.push(c.to_string()),
                _ => found.push(Number { plus: before(text, at) == Some('+'), groups: vec![c.to_string()] }),
            }
            gap = Some(0);
        } else {
            let separates = matches!(c, ' ' | '-' | '.' | '(' | ')' | '\u{2010}'..='\u{2014}');
            gap = gap.filter(|passed| separates && *passed < 2).map(|passed| passed + 1);
        }
    }
    found
}

fn before(text: &[char], at: usize) -> Option<char> {
    at.checked_sub(1).and_then(|before| text.get(before)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_of_pupils_and_ways_to_reach_them_are_suspected() {
        for text in [
            "Siswa 0051234567 aktif",
            "NISN:0051234567.",
            "3273014509080001",
            "NIK 3273 0145 0908 0001",
            "327301-450908-0001",
            "hubungi 081234567890",
            "0812-3456-7890",
            "0812 34 567 890",
            "+62 812 3456 7890",
            "+62 (812) 34-56-789",
            "(021) 555 0123",
            "ibu.ani@contoh.sch.id",
            "ani@contoh.id",
            "００５１２３４５６７",
            "005\u{200D}1234567",
            "005 123 4567",
            "pukul 07.30 0812 3456 7890",
        ] {
            assert!(suspects(text), "{text}");
        }
    }

    #[test]
    fn dates_hours_pages_and_sums_are_no_identity() {
        for text in [
            "Senin 2026-11-28 07.30-08.40",
            "28-11-2026 07.30 sampai 08.10",
            "28.11.2026 07:30",
            "Kelas 4B, 32 murid, 15 perempuan",
            "halaman 12-40, 41-60",
            "jam 08.30 09.40 10.50",
            "1.000.000.000 rupiah",
            "10.050.000.000 rupiah",
            "murid menghitung 1.250 + 2.750",
            "3 dari 28 murid bertanya 12 kali",
            "@kelas berbagi dengan grup",
            "5@ siswa",
            "surel tidak ditulis a@b",
        ] {
            assert!(!suspects(text), "{text}");
        }
    }

    #[test]
    fn what_is_not_suspected_stays_as_it_was_written() {
        let text = "Guru bertanya,\n  murid menjawab.\n";
        assert_eq!(several_lines(text, 100).unwrap(), text);
        assert_eq!(several_lines("0051234567", 100).unwrap_err().code, "child_identity_suspected");
        assert_eq!(line("Kelas 4 0051234567", 100).unwrap_err().code, "child_identity_suspected");
    }

    proptest! {
        #[test]
        fn a_pupil_or_identity_number_is_suspected_wherever_it_stands(
            before in "[a-zA-Z ,]{0,20}", number in "[0-9]{10}|[0-9]{16}", after in "[a-zA-Z ,]{0,20}",
        ) {
            let text = format!("{before}{number}{after}");
            prop_assert!(suspects(&text));
        }

        #[test]
        fn words_and_short_numbers_are_not(text in "([a-zA-Z]{1,10}, [0-9]{1,4}; ){0,6}") {
            prop_assert!(!suspects(&text));
        }

        #[test]
        fn no_text_at_all_brings_it_down(text in "\\PC{0,60}|[0-9+@(). -]{0,60}") {
            suspects(&text);
        }
    }
}
