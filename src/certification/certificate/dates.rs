//! Dates as people read them on a certificate, in their language.

use chrono::{Datelike, NaiveDate};

use crate::foundation::language::{self, Language};

/// A date in words: `22 November 2026`, `1 Mei 2026`.
pub fn in_words(language: Language, date: NaiveDate) -> String {
    format!("{} {} {}", date.day(), month(language, date), date.year())
}

/// A span of days in words, saying nothing twice: `3–7 November 2026`,
/// `28 Oktober – 2 November 2026`, or one date when both are the same.
pub fn span_in_words(language: Language, from: NaiveDate, to: NaiveDate) -> String {
    let end = in_words(language, to);
    if from == to {
        end
    } else if from.year() != to.year() {
        format!("{} – {end}", in_words(language, from))
    } else if from.month() != to.month() {
        format!("{} {} – {end}", from.day(), month(language, from))
    } else {
        format!("{}–{end}", from.day())
    }
}

fn month(language: Language, date: NaiveDate) -> String {
    language::of_code(language, &format!("month_{}", date.month()), &[])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn dates_are_written_in_the_readers_language() {
        assert_eq!(in_words(Language::Indonesian, day(2026, 8, 17)), "17 Agustus 2026");
        assert_eq!(in_words(Language::English, day(2026, 8, 17)), "17 August 2026");
        for number in 1..=12 {
            for language in [Language::Indonesian, Language::English] {
                assert!(!in_words(language, day(2026, number, 1)).contains("month"), "{number}");
            }
        }
    }

    #[test]
    fn a_span_says_nothing_twice() {
        let words = |from, to| span_in_words(Language::English, from, to);
        assert_eq!(words(day(2026, 11, 3), day(2026, 11, 3)), "3 November 2026");
        assert_eq!(words(day(2026, 11, 3), day(2026, 11, 7)), "3–7 November 2026");
        assert_eq!(words(day(2026, 10, 28), day(2026, 11, 2)), "28 October – 2 November 2026");
        assert_eq!(words(day(2025, 12, 29), day(2026, 1, 2)), "29 December 2025 – 2 January 2026");
    }
}
