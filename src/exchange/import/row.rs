//! From cells to typed rows: trimmed text, findings gathered on the way, and what is
//! remembered between the two readings of a file.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};

use super::finding::{
    CELLS_SHORT, CELLS_SURPLUS, Defect, Finding, NOT_UTF8, NUL, ROW_TOO_LARGE, Severity, defect_of, harmless,
};
use super::header::{Header, Place};
use super::report::refuses;
use super::source::RawRow;
use crate::foundation::error::Fault;

/// One row after parsing.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed<R> {
    /// Physical line, from 1.
    pub line: u64,
    /// The row; none when a finding refuses it.
    pub value: Option<R>,
    /// What is to be said about it.
    pub findings: Vec<Finding>,
}

/// Turns the rows of one layout into values. A file is read twice: every row is surveyed, then every row is parsed.
pub trait Parser: Send + 'static {
    /// What a row becomes.
    type Row: Send + 'static;

    /// Remembers what parsing needs to know of the whole file (which numbers repeat).
    fn survey(&mut self, row: &mut Cells<'_>);

    /// All rows were surveyed.
    fn surveyed(&mut self);

    /// The value of a row; none when it noted a refusal.
    fn parse(&mut self, row: &mut Cells<'_>) -> Option<Self::Row>;
}

/// The cells of one row, and what is noted about them.
#[derive(Debug)]
pub struct Cells<'a> {
    raw: RawRow<'a>,
    findings: Vec<Finding>,
}

impl<'a> Cells<'a> {
    /// The cells of `raw`, whose number is checked against the header. None for a row of nothing but
    /// delimiters, which spreadsheets leave at the end.
    pub fn new(raw: RawRow<'a>, header: &Header) -> Option<Self> {
        if raw.cells.iter().all(|cell| cell.iter().all(u8::is_ascii_whitespace)) {
            return None;
        }
        let mut cells = Self { raw, findings: Vec::new() };
        let count = raw.cells.len();
        let surplus = raw.cells.iter().skip(header.width).any(|cell| !cell.is_empty());
        let defect = if raw.oversized {
            Some(&ROW_TOO_LARGE)
        } else if raw.cells.as_slice().contains(&0) {
            Some(&NUL)
        } else if surplus {
            Some(&CELLS_SURPLUS)
        } else if count < header.width {
            Some(&CELLS_SHORT)
        } else {
            None
        };
        if let Some(defect) = defect {
            cells.findings.push(Finding::new(raw.line, "", defect, &count.to_string()));
        }
        Some(cells)
    }

    /// Whether the row can be read at all.
    pub fn sound(&self) -> bool {
        !refuses(&self.findings)
    }

    /// Physical line, from 1.
    pub fn line(&self) -> u64 {
        self.raw.line
    }

    /// The cell as found; empty when the file has no such column. Notes a cell that is not UTF-8.
    pub fn raw(&mut self, place: Place) -> &'a str {
        let bytes = place.at.and_then(|at| self.raw.cells.get(at)).unwrap_or_default();
        match std::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(_) => {
                let finding = Finding::private(self.raw.line, place.name, &NOT_UTF8);
                // A cell is looked at more than once, but told of once.
                if !self.findings.contains(&finding) {
                    self.findings.push(finding);
                }
                ""
            }
        }
    }

    /// The cell without padding; none when nothing is left.
    pub fn text(&mut self, place: Place) -> Option<&'a str> {
        let text = self.raw(place).trim();
        (!text.is_empty()).then_some(text)
    }

    /// Notes a finding that repeats `value`.
    pub fn note(&mut self, defect: &Defect, place: Place, value: &str) {
        self.findings.push(Finding::new(self.raw.line, place.name, defect, value));
    }

    /// Notes what a rule says about a cell, repeating `value`.
    pub fn note_fault(&mut self, fault: &Fault, severity: Severity, place: Place, value: &str) {
        self.findings.push(Finding::new(self.raw.line, place.name, &defect_of(fault, severity), value));
    }

    /// Notes a finding in a cell that stands among personal ones: the value is repeated only
    /// where it can be nobody's number.
    pub fn note_harmless(&mut self, defect: &Defect, place: Place, value: &str) {
        match harmless(value) {
            Some(value) => self.note(defect, place, value),
            None => self.note_private(defect, place),
        }
    }

    /// Notes what a rule says about a personal cell, without its value.
    pub fn note_private_fault(&mut self, fault: &Fault, severity: Severity, place: Place) {
        self.findings.push(Finding::private(self.raw.line, place.name, &defect_of(fault, severity)));
    }

    /// Notes a finding without its value, for personal columns.
    pub fn note_private(&mut self, defect: &Defect, place: Place) {
        self.findings.push(Finding::private(self.raw.line, place.name, defect));
    }

    /// The outcome, from what a parser made of the row.
    pub fn finish<R>(self, value: Option<R>) -> Parsed<R> {
        let refused = refuses(&self.findings);
        Parsed { line: self.raw.line, value: value.filter(|_| !refused), findings: self.findings }
    }
}

/// Which keys stand on more than one row. While surveying it holds 8 bytes a key, afterwards
/// only those that repeat.
#[derive(Debug, Default)]
pub struct Repeats {
    seen: HashSet<u64>,
    repeated: HashMap<u64, bool>,
    hasher: RandomState,
}

/// How often a key stands in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeat {
    /// On this row only.
    Once,
    /// Here first.
    First,
    /// On an earlier row, too.
    Again,
}

impl Repeats {
    /// A key of at most 8 bytes, exactly.
    pub fn short(text: &str) -> Option<u64> {
        let bytes = text.as_bytes();
        let mut key = [0; 8];
        key.get_mut(..bytes.len())?.copy_from_slice(bytes);
        Some(u64::from_be_bytes(key))
    }

    /// A key of any length, by its hash: two texts in a billion files may meet, so nothing is refused by it.
    pub fn hashed(&self, parts: &[&str]) -> u64 {
        self.hasher.hash_one(parts)
    }

    /// Remembers a key while surveying.
    pub fn survey(&mut self, key: u64) {
        if !self.seen.insert(key) {
            self.repeated.insert(key, false);
        }
    }

    /// Forgets the keys that do not repeat.
    pub fn surveyed(&mut self) {
        self.seen = HashSet::new();
    }

    /// What the survey knows of a key; the first question about it is answered [`Repeat::First`].
    pub fn ask(&mut self, key: u64) -> Repeat {
        match self.repeated.get_mut(&key) {
            None => Repeat::Once,
            Some(met) if *met => Repeat::Again,
            Some(met) => {
                *met = true;
                Repeat::First
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_repeats_is_first_once_and_again_ever_after() {
        let mut repeats = Repeats::default();
        for key in [1, 2, 1, 1] {
            repeats.survey(key);
        }
        repeats.surveyed();
        let told: Vec<_> = [1, 2, 1, 1].map(|key| repeats.ask(key)).to_vec();
        assert_eq!(told, [Repeat::First, Repeat::Once, Repeat::Again, Repeat::Again]);
        assert_eq!(Repeats::short("123456789"), None);
    }
}
