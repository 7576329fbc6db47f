//! Regions: the official lists, the changes between two editions, and the school system's own codes.

use super::finding::{
    NON_ASCII, REGION_CODE, REGION_DUPLICATE, REGION_FUZZY, REGION_PARENT, REGION_UNMATCHED, Severity,
    TEXT_MISSING, TEXT_TOO_LONG, VALUE_UNKNOWN,
};
use super::header::{Header, Place};
use super::layout::Shape;
use super::row::{Cells, Parser, Repeat, Repeats};
use crate::directory::region::code::{RegionCode, RegionLevel};
use crate::foundation::text;

/// Most characters of another system's code.
const ALIAS_CHARS: usize = 16;
/// How a mapping may say that it was made.
const MATCHES: &[&str] = &["", "name", "fuzzy", "manual", "unmatched"];
/// Most characters of a region's name.
const NAME_CHARS: usize = 100;

/// What a row of a regions file tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RegionRow {
    /// A region in force.
    InForce {
        /// Its code, which tells level and parent.
        code: RegionCode,
        /// Its name.
        name: String,
    },
    /// The code was replaced.
    Recoded {
        /// The code no longer in force.
        old: RegionCode,
        /// The name under it.
        old_name: String,
        /// The code that replaced it.
        new: RegionCode,
    },
    /// A region new in this edition, or the same code with a new name.
    Named {
        /// Its code.
        code: RegionCode,
        /// Its name now.
        name: String,
    },
    /// What the school system calls a region.
    Alias {
        /// The school system's code.
        code: String,
        /// Its level there.
        level: RegionLevel,
        /// Its name there.
        name: String,
        /// The official code; none where there is no match.
        region: Option<RegionCode>,
        /// How it was matched: `name`, `fuzzy`, `manual`, `unmatched`.
        quality: String,
    },
}

/// Reads any of the regions files.
#[derive(Debug)]
pub struct RegionParser {
    shape: Shape,
    header: Header,
    codes: Repeats,
}

impl RegionParser {
    /// For a file with `header`.
    pub fn new(header: &Header) -> Self {
        Self { shape: header.shape(), header: header.clone(), codes: Repeats::default() }
    }

    fn key(&self) -> Place {
        self.header.place(match self.shape {
            Shape::RegionChanges => "old_code",
            Shape::RegionAliases => "dapodik_code",
            _ => "code",
        })
    }

    /// By what a row is told from others: what it is about. Renames keep their code and creations
    /// have no old one, so those go by the new one.
    fn repeat_key(&self, cells: &mut Cells<'_>) -> Option<u64> {
        let key = self.key();
        match cells.text(key) {
            Some(code) => Some(self.codes.hashed(&[key.name, code])),
            None if self.shape == Shape::RegionChanges => {
                let new = self.header.place("new_code");
                cells.text(new).map(|code| self.codes.hashed(&[new.name, code]))
            }
            None => None,
        }
    }

    fn level(&self) -> RegionLevel {
        match self.shape {
            Shape::Provinces => RegionLevel::Province,
            Shape::Regencies => RegionLevel::Regency,
            _ => RegionLevel::District,
        }
    }

    fn in_force(&self, cells: &mut Cells<'_>) -> Option<RegionRow> {
        let code = code(cells, self.header.place("code"), self.level());
        let name = name(cells, self.header.place("name"));
        let parent = self.header.place(match self.shape {
            Shape::Regencies => "province_code",
            _ => "regency_code",
        });
        let named = if parent.at.is_some() { cells.text(parent) } else { None };
        let (code, name) = (code?, name?);
        if parent.at.is_some() && named != code.parent().as_ref().map(RegionCode::as_str) {
            cells.note(&REGION_PARENT, parent, named.unwrap_or_default());
        }
        Some(RegionRow::InForce { code, name })
    }

    fn change(&self, cells: &mut Cells<'_>) -> Option<RegionRow> {
        let level = level(cells, self.header.place("level"));
        let change = self.header.place("change");
        let what = cells.text(change).unwrap_or_default();
        match what {
            "recoded" => {
                let old = code(cells, self.header.place("old_code"), level?);
                let new = code(cells, self.header.place("new_code"), level?);
                let old_name = name(cells, self.header.place("old_name"));
                Some(RegionRow::Recoded { old: old?, old_name: old_name?, new: new? })
            }
            "renamed" | "created" => {
                let code = code(cells, self.header.place("new_code"), level?);
                let name = name(cells, self.header.place("new_name"));
                Some(RegionRow::Named { code: code?, name: name? })
            }
            other => {
                cells.note(&VALUE_UNKNOWN, change, other);
                None
            }
        }
    }

    fn alias(&self, cells: &mut Cells<'_>) -> Option<RegionRow> {
        let place = self.header.place("dapodik_code");
        let alias = cells.text(place).map(str::to_owned);
        match &alias {
            None => cells.note(&TEXT_MISSING, place, ""),
            Some(code) if code.chars().count() > ALIAS_CHARS => cells.note(&TEXT_TOO_LONG, place, code),
            Some(_) => {}
        }
        let level = level(cells, self.header.place("level"));
        let name = name(cells, self.header.place("dapodik_name"));
        let quality = cells.text(self.header.place("match")).unwrap_or_default();
        let official = self.header.place("kemendagri_code");
        let region = match cells.text(official) {
            Some(_) => Some(code(cells, official, level?)?),
            None => {
                // Provinces of the school system have no counterpart in the mapping, by design.
                if level != Some(RegionLevel::Province) {
                    cells.note(&REGION_UNMATCHED, official, alias.as_deref().unwrap_or_default());
                }
                None
            }
        };
        if quality == "fuzzy" {
            let shown = name.clone().unwrap_or_default();
            cells.note(&REGION_FUZZY, self.header.place("match"), &shown);
        }
        if !MATCHES.contains(&quality) {
            cells.note(&VALUE_UNKNOWN, self.header.place("match"), quality);
        }
        let quality = quality.to_owned();
        Some(RegionRow::Alias { code: alias?, level: level?, name: name?, region, quality })
    }
}

impl Parser for RegionParser {
    type Row = RegionRow;

    fn survey(&mut self, cells: &mut Cells<'_>) {
        if let Some(key) = self.repeat_key(cells) {
            self.codes.survey(key);
        }
    }

    fn surveyed(&mut self) {
        self.codes.surveyed();
    }

    fn parse(&mut self, cells: &mut Cells<'_>) -> Option<RegionRow> {
        let row = match self.shape {
            Shape::RegionChanges => self.change(cells),
            Shape::RegionAliases => self.alias(cells),
            _ => self.in_force(cells),
        }?;
        // Only a row that can be loaded stands in the way of a later one.
        if cells.sound() && self.repeat_key(cells).map(|key| self.codes.ask(key)) == Some(Repeat::Again) {
            let key = self.key();
            let shown = cells.text(key).unwrap_or_default();
            cells.note(&REGION_DUPLICATE, key, shown);
        }
        Some(row)
    }
}

fn code(cells: &mut Cells<'_>, place: Place, level: RegionLevel) -> Option<RegionCode> {
    let cell = cells.text(place).unwrap_or_default();
    match RegionCode::parse(cell) {
        Ok(code) if code.level() == level => Some(code),
        Ok(_) => {
            cells.note(&REGION_CODE, place, cell);
            None
        }
        Err(fault) => {
            cells.note_fault(&fault, Severity::Refusal, place, cell);
            None
        }
    }
}

fn level(cells: &mut Cells<'_>, place: Place) -> Option<RegionLevel> {
    let cell = cells.text(place).unwrap_or_default();
    let parsed = RegionLevel::parse(&cell.to_lowercase());
    parsed.map_err(|fault| cells.note_fault(&fault, Severity::Refusal, place, cell)).ok()
}

fn name(cells: &mut Cells<'_>, place: Place) -> Option<String> {
    let cell = cells.text(place).unwrap_or_default();
    if !cell.is_ascii() {
        cells.note(&NON_ASCII, place, cell);
    }
    match text::mended_line(cell, NAME_CHARS) {
        Ok((name, warning)) => {
            if let Some(fault) = warning {
                cells.note_fault(&fault, Severity::Warning, place, cell);
            }
            Some(name)
        }
        Err(fault) => {
            cells.note_fault(&fault, Severity::Refusal, place, cell);
            None
        }
    }
}
