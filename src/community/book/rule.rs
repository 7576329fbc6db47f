//! What a book and its schedule must say.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::{input::BookInput, isbn::Isbn};
use crate::foundation::{
    dates,
    error::{Fault, Faults},
    text,
};

/// How many authors are named.
pub const AUTHORS: std::ops::RangeInclusive<usize> = 1..=10;
/// How many chapters a book is read in.
pub const CHAPTERS: std::ops::RangeInclusive<usize> = 1..=100;
/// The years a book can be of: the first printed one to the next century.
pub const YEARS: std::ops::RangeInclusive<i32> = 1450..=2100;
/// The most characters of a note.
pub const NOTE: usize = 5_000;

/// A book that was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedBook {
    /// Its title.
    pub title: String,
    /// Its authors.
    pub authors: Vec<String>,
    /// Its number.
    pub isbn: Option<Isbn>,
    /// Who published it.
    pub publisher: Option<String>,
    /// When.
    pub year: Option<i32>,
    /// Titles and pages of its chapters, in order.
    pub chapters: Vec<(String, Option<String>)>,
}

/// A book, checked; every fault under `/book` otherwise.
pub fn book(faults: &mut Faults, raw: &BookInput) -> Option<CheckedBook> {
    let title = faults.take("/book/title", text::line(&raw.title, 300));
    let isbn = raw.isbn.as_deref().map(Isbn::parse).and_then(|parsed| faults.take("/book/isbn", parsed));
    let publisher = raw.publisher.as_deref().map(|raw| text::line(raw, 120));
    let publisher = publisher.and_then(|parsed| faults.take("/book/publisher", parsed));
    if raw.year.is_some_and(|year| !YEARS.contains(&year)) {
        faults.push(out_of_range("/book/year", "book_year_out_of_range", YEARS.start(), YEARS.end()));
    }
    let authors = authors(faults, &raw.authors);
    let mut chapters = Vec::new();
    if !CHAPTERS.contains(&raw.chapters.len()) {
        let (min, max) = (CHAPTERS.start(), CHAPTERS.end());
        faults.push(out_of_range("/book/chapters", "chapters_out_of_range", min, max));
        return None;
    }
    for ((i, chapter), number) in raw.chapters.iter().enumerate().zip(1..) {
        let at = format!("/book/chapters/{i}");
        faults.require(chapter.number == number, &format!("{at}/number"), "chapters_not_in_order");
        let pages = chapter.pages.as_deref().map(|raw| text::line(raw, 40));
        let pages = pages.and_then(|parsed| faults.take(&format!("{at}/pages"), parsed));
        if let Some(title) = faults.take(&format!("{at}/title"), text::line(&chapter.title, 200)) {
            chapters.push((title, pages));
        }
    }
    Some(CheckedBook { title: title?, authors: authors?, isbn, publisher, year: raw.year, chapters })
}

fn authors(faults: &mut Faults, raw: &[String]) -> Option<Vec<String>> {
    if !AUTHORS.contains(&raw.len()) {
        faults.push(out_of_range("/book/authors", "authors_out_of_range", AUTHORS.start(), AUTHORS.end()));
        return None;
    }
    let mut author =
        |(i, raw): (usize, &String)| faults.take(&format!("/book/authors/{i}"), text::line(raw, 120));
    let checked: Vec<Option<String>> = raw.iter().enumerate().map(&mut author).collect();
    checked.into_iter().collect()
}

fn out_of_range(pointer: &str, code: &'static str, min: impl ToString, max: impl ToString) -> Fault {
    Fault::new(pointer, code).with("min", min).with("max", max)
}

/// Every fault of a schedule (chapter and last day, as listed) for a book of so many chapters: each chapter
/// once, none that is not there, and none due before the one before it.
pub fn schedule_faults(entries: &[(i32, Option<NaiveDate>)], chapters: usize) -> Vec<Fault> {
    if entries.len() > chapters {
        return vec![Fault::new("/schedule", "schedule_too_long").with("max", chapters)];
    }
    let (mut faults, mut met) = (Vec::new(), HashSet::new());
    for (i, (chapter, due)) in entries.iter().enumerate() {
        let at = |field: &str| format!("/schedule/{i}/{field}");
        if !usize::try_from(*chapter).is_ok_and(|chapter| (1..=chapters).contains(&chapter)) {
            faults.push(Fault::new(at("chapter"), "chapter_unknown"));
        } else if !met.insert(chapter) {
            faults.push(Fault::new(at("chapter"), "chapter_scheduled_twice"));
        }
        if let Some(Err(fault)) = due.map(dates::day) {
            faults.push(Fault { pointer: at("dueOn"), ..fault });
        }
    }
    let mut dated: Vec<(i32, NaiveDate, usize)> =
        entries.iter().enumerate().filter_map(|(i, (chapter, due))| Some((*chapter, (*due)?, i))).collect();
    dated.sort_by_key(|(chapter, _, i)| (*chapter, *i));
    let reversed = dated.windows(2).filter(|pair| pair[1].1 < pair[0].1);
    faults.extend(
        reversed.map(|pair| Fault::new(format!("/schedule/{}/dueOn", pair[1].2), "due_dates_reversed")),
    );
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Option<NaiveDate> {
        Some(text.parse().unwrap())
    }

    fn told(entries: &[(i32, Option<NaiveDate>)]) -> Vec<(String, &'static str)> {
        schedule_faults(entries, 3).into_iter().map(|f| (f.pointer, f.code)).collect()
    }

    #[test]
    fn chapters_are_due_one_after_the_other_in_whatever_order_they_are_listed() {
        assert!(told(&[]).is_empty());
        assert!(told(&[(3, day("2026-03-20")), (1, day("2026-03-06")), (2, None)]).is_empty());
        assert!(told(&[(1, day("2026-03-06")), (2, day("2026-03-06"))]).is_empty(), "two in one meeting");
        let told = told(&[(3, day("2026-03-05")), (1, day("2026-03-06"))]);
        assert_eq!(told, [("/schedule/0/dueOn".to_owned(), "due_dates_reversed")]);
    }

    #[test]
    fn every_fault_of_a_schedule_is_told_at_once() {
        let entries = [(0, None), (1, day("1800-01-01")), (1, None)];
        let expected = [
            ("/schedule/0/chapter", "chapter_unknown"),
            ("/schedule/1/dueOn", "date_out_of_range"),
            ("/schedule/2/chapter", "chapter_scheduled_twice"),
        ];
        assert_eq!(told(&entries), expected.map(|(pointer, code)| (pointer.to_owned(), code)));
        assert_eq!(told(&[(1, None); 4]), [("/schedule".to_owned(), "schedule_too_long")]);
    }

    proptest! {
        #[test]
        fn a_schedule_in_order_is_always_taken(days in proptest::collection::vec(0i64..400, 1..30)) {
            let mut days = days;
            days.sort_unstable();
            let first: NaiveDate = "2026-01-01".parse().unwrap();
            let entries: Vec<_> = days.iter().zip(1..).map(|(n, chapter)| (chapter, Some(first + chrono::TimeDelta::days(*n)))).collect();
            prop_assert!(schedule_faults(&entries, entries.len()).is_empty());
        }
    }
}
