//! What an import has to say about one row: where, what, and what to do about it.
//!
//! Codes are stable; their words stand in `locales/<language>/import.ftl` under the code
//! with dashes, the words of an advice under `advice-` and its code.

use serde::{Serialize, Serializer};

use crate::foundation::error::Fault;
use crate::foundation::language::{Language, of_code};

/// Whether the row was loaded in spite of the finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Loaded; somebody should look at it.
    Warning,
    /// Not loaded.
    Refusal,
}

impl Severity {
    /// As reports and the database write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Refusal => "refusal",
        }
    }
}

/// Something that can be wrong with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Defect {
    /// Stable code, snake_case.
    pub code: &'static str,
    /// Whether the row is loaded all the same.
    pub severity: Severity,
    /// Code of what to do about it.
    pub advice: &'static str,
}

macro_rules! defects {
    ($($name:ident: $severity:ident $code:literal => $advice:literal, $meaning:literal;)*) => {
        $(
            #[doc = $meaning]
            pub const $name: Defect =
                Defect { code: $code, severity: Severity::$severity, advice: $advice };
        )*
        /// Every defect an import can find.
        pub const ALL: &[&Defect] = &[$(&$name),*];
    };
}

defects! {
    // any row
    NUL: Refusal "row_has_nul" => "save_as_utf8", "A cell holds a NUL, which no text has.";
    NOT_UTF8: Refusal "not_utf8" => "save_as_utf8", "A cell that is read holds bytes that are not UTF-8.";
    ROW_TOO_LARGE: Refusal "row_too_large" => "check_quotes", "A cell or the number of cells is past the bounds.";
    CELLS_SURPLUS: Refusal "cells_surplus" => "check_quotes", "More cells than the header has columns.";
    CELLS_SHORT: Refusal "cells_short" => "check_quotes", "Fewer cells than the header has columns.";
    COLUMN_IGNORED: Warning "column_ignored" => "nothing_to_do", "A column this import does not read.";
    CONTROLS: Warning "text_has_control_characters" => "clean_at_source", "Tabs and the like, made spaces.";
    DIRECTION: Refusal "text_has_direction_controls" => "clean_at_source", "Characters that make a text read as another.";
    INVISIBLE: Refusal "text_has_invisible_characters" => "clean_at_source", "Characters that cannot be seen.";
    TEXT_MISSING: Refusal "text_missing" => "fill_cell", "Nothing in a cell that is needed.";
    TEXT_TOO_LONG: Refusal "text_too_long" => "shorten", "More characters than the field takes.";
    NON_ASCII: Warning "non_ascii" => "check_encoding", "Characters outside ASCII, often text broken by a wrong encoding.";
    QUOTE_CHAR: Warning "quote_char" => "clean_at_source", "A quotation mark inside a name or an address.";
    MANGLED: Warning "number_mangled_by_spreadsheet" => "format_as_text", "A spreadsheet lost digits.";
    ZEROS_LOST: Warning "number_lost_leading_zeros" => "format_as_text", "A spreadsheet dropped zeros in front.";
    // regions
    REGION_CODE: Refusal "region_code_malformed" => "correct_region_code", "Not a region code of this level.";
    REGION_PARENT: Refusal "region_parent_differs" => "correct_region_code", "The parent is not the one its code names.";
    REGION_UNKNOWN: Refusal "region_unknown" => "load_regions_first", "A region it refers to is not known.";
    REGION_DUPLICATE: Refusal "region_duplicate" => "remove_duplicate", "The code stood on an earlier row of this file.";
    VALUE_UNKNOWN: Refusal "unknown_value" => "use_listed_value", "Not one of the values there are.";
    REGION_UNMATCHED: Warning "region_unmatched" => "complete_mapping", "The other system's region has no official code.";
    REGION_FUZZY: Warning "region_match_fuzzy" => "confirm_mapping", "Matched by a similar, not an equal, name.";
    REGION_SUCCESSOR: Refusal "region_has_successor" => "correct_region_code", "Another successor was named before.";
    REGION_CYCLE: Refusal "region_successor_cycle" => "correct_region_code", "The new code leads back to the old one.";
    // schools
    NPSN: Refusal "npsn_malformed" => "correct_npsn", "Not a school number.";
    NPSN_PROVISIONAL: Warning "npsn_provisional" => "replace_provisional_npsn", "A provisional school number.";
    NPSN_LETTERS: Warning "npsn_has_letters" => "correct_npsn", "Letters in an unusual place.";
    NPSN_FIRST: Warning "npsn_duplicate" => "remove_duplicate", "The first of several rows with this number.";
    NPSN_AGAIN: Refusal "npsn_duplicate" => "remove_duplicate", "The number stood on an earlier row of this file.";
    NAME_LONG: Warning "name_long" => "shorten", "More characters than the source's own forms take.";
    NAME_PADDING: Warning "name_padding" => "clean_at_source", "Blanks before or after the name, removed.";
    LEVEL: Refusal "school_level_unknown" => "use_listed_value", "Not a school level.";
    LEVEL_DIFFERS: Warning "level_differs_from_name" => "check_level", "The name begins with another level.";
    OWNERSHIP: Refusal "school_ownership_unknown" => "use_listed_value", "Neither public nor private.";
    SAYS_NEGERI: Warning "name_says_negeri_status_swasta" => "check_ownership", "A private school whose name says public.";
    SAYS_SWASTA: Warning "name_says_swasta_status_negeri" => "check_ownership", "A public school whose name says private.";
    ADDRESS: Warning "address_missing" => "complete_at_source", "No address, or a dash for one.";
    COORD_MISSING: Warning "coordinates_missing" => "check_coordinates", "No coordinates.";
    COORD_ZERO: Warning "coordinates_zero" => "check_coordinates", "A longitude of 0, not kept.";
    COORD_OUTSIDE: Warning "coordinates_outside_country" => "check_coordinates", "Outside the country.";
    COORD_SWAPPED: Warning "coordinates_swapped" => "check_coordinates", "Latitude and longitude were swapped, turned round.";
    COORD_MALFORMED: Warning "coordinates_malformed" => "check_coordinates", "Not degrees on the globe, not kept.";
    DISTRICT_UNMATCHED: Warning "district_unmatched" => "complete_mapping", "The district is not known; loaded under its regency.";
    SCHOOL_REGION: Refusal "school_region_unknown" => "load_regions_first", "Neither district nor regency is known.";
    REGION_RECODED: Warning "region_recoded" => "correct_region_code", "The code was replaced by decree; loaded under the one that followed.";
    SAME_NAME: Warning "same_name_same_district" => "check_duplicate_school", "Another school of this name in the district.";
    // persons
    NAME_LETTERS: Refusal "name_without_letters" => "correct_name", "Not a person's name.";
    NAME_SCRIPTS: Warning "name_mixes_scripts" => "correct_name", "Letters of scripts that look alike.";
    NAME_TITLE: Warning "name_has_title" => "name_without_titles", "Academic titles in the name.";
    KIND: Refusal "person_kind_unknown" => "use_listed_value", "Not a kind of person.";
    EMPLOYMENT: Refusal "employment_unknown" => "use_listed_value", "Not a kind of employment.";
    EMPLOYMENT_MISSING: Warning "employment_missing" => "complete_at_source", "No employment told of somebody who works at a school; loaded as none.";
    SEX: Warning "sex_unknown" => "use_listed_value", "Neither L nor P, left empty.";
    BIRTH_DATE: Warning "birth_date_unreadable" => "write_date_iso", "Not a date of a living person, left empty.";
    NUPTK: Warning "nuptk_malformed" => "correct_identifier", "Not 16 digits, left empty.";
    NIP: Warning "nip_malformed" => "correct_identifier", "Not 18 digits, left empty.";
    NIP_BIRTH_ODD: Warning "nip_birth_date_odd" => "check_identifier", "No birth date in it.";
    NIP_APPOINTMENT_ODD: Warning "nip_appointment_odd" => "check_identifier", "No month of appointment in it.";
    NIP_SEX_ODD: Warning "nip_sex_odd" => "check_identifier", "No sex in it.";
    NIP_BIRTH_DIFFERS: Warning "nip_birth_date_differs" => "check_identifier", "It names another birth date.";
    NIP_SEX_DIFFERS: Warning "nip_sex_differs" => "check_identifier", "It names another sex.";
    NIK: Warning "nik_malformed" => "correct_identifier", "Not 16 digits, left empty.";
    IDENTIFIER_MISSING: Refusal "identifier_missing" => "add_identifier", "No number to tell the person by.";
    PERSON_AGAIN: Refusal "person_duplicate" => "remove_duplicate", "A number stood on an earlier row of this file.";
    PERSON_CONFLICT: Refusal "person_identifiers_conflict" => "merge_persons", "The numbers belong to different persons.";
    PERSON_MERGED: Refusal "person_merged" => "use_surviving_record", "The record was merged into another.";
    PERSON_RESTRICTED: Refusal "person_restricted" => "ask_the_person", "The use of the record is restricted; it stays as it is.";
    SCHOOL_MISSING: Warning "school_missing" => "give_school", "Employed, but neither a school nor a region is named.";
    SCHOOL_UNKNOWN: Refusal "school_unknown" => "load_schools_first", "The school is not known.";
    PHONE: Warning "phone_malformed" => "check_contact", "Not a telephone number, left empty.";
    EMAIL: Warning "email_malformed" => "check_contact", "Not an e-mail address, left empty.";
}

/// The defect behind a rule's refusal or warning, by its code; as severe as told.
pub fn defect_of(fault: &Fault, severity: Severity) -> Defect {
    Defect { code: fault.code, severity, advice: advice_for(fault.code) }
}

/// What to do about `code`, as an advice code; `nothing_to_do` for a code that is not ours.
pub fn advice_for(code: &str) -> &'static str {
    ALL.iter().find(|defect| defect.code == code).map_or("nothing_to_do", |defect| defect.advice)
}

/// What a code means, in words. `value` is what was found, where it is known and may be shown.
pub fn meaning(language: Language, code: &str, value: Option<&str>) -> String {
    // Texts of rules name values that a report has no room for; an ellipsis stands for those.
    let found = value.unwrap_or("…");
    let told = ["npsn", "value", "code", "into"].into_iter().map(|name| (name, found.to_owned()));
    let untold = ["found", "expected", "max", "successor", "allowed"];
    let args: Vec<_> = told.chain(untold.into_iter().map(|name| (name, "…".to_owned()))).collect();
    of_code(language, code, &args)
}

/// What to do about a code, in words.
pub fn advice(language: Language, code: &str) -> String {
    of_code(language, &format!("advice_{}", advice_for(code)), &[])
}

/// One thing found in one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Physical line of the file on which the row starts, from 1.
    pub line: u64,
    /// Column by the layout's own name; empty for the row as a whole.
    pub column: &'static str,
    /// What is wrong.
    pub defect: Defect,
    /// What was found, at most [`VALUE_CHARS`] characters; none for personal columns.
    pub value: Option<String>,
}

/// Most characters of a value that a report repeats.
pub const VALUE_CHARS: usize = 120;

impl Finding {
    /// A finding that repeats the value found.
    pub fn new(line: u64, column: &'static str, defect: &Defect, value: &str) -> Self {
        Self { line, column, defect: *defect, value: Some(bounded(value)) }
    }

    /// A finding in a personal column: the value stays out of reports.
    pub fn private(line: u64, column: &'static str, defect: &Defect) -> Self {
        Self { line, column, defect: *defect, value: None }
    }
}

impl Serialize for Finding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut fields = serializer.serialize_struct("Finding", 6)?;
        fields.serialize_field("line", &self.line)?;
        fields.serialize_field("column", &self.column)?;
        fields.serialize_field("code", self.defect.code)?;
        fields.serialize_field("severity", &self.defect.severity)?;
        fields.serialize_field("value", &self.value)?;
        fields.serialize_field("advice", self.defect.advice)?;
        fields.end()
    }
}

/// `value` cut to what a report repeats, an ellipsis marking the cut. A NUL, which not every
/// database holds, becomes its symbol.
fn bounded(value: &str) -> String {
    let value = value.replace('\0', "\u{2400}");
    match value.char_indices().nth(VALUE_CHARS) {
        None => value,
        Some((end, _)) => format!("{}…", &value[..end]),
    }
}

/// `cell`, if it can hold nobody's number or address: where cells have slipped into the next
/// column, a word in the wrong place may be told, an identity number may not.
pub fn harmless(cell: &str) -> Option<&str> {
    let digits = cell.chars().filter(char::is_ascii_digit).count();
    (digits < 6 && !cell.contains('@') && cell.chars().count() <= 40).then_some(cell)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::foundation::language::text;

    #[test]
    fn a_code_has_one_advice() {
        for one in ALL {
            for other in ALL {
                assert!(one.code != other.code || one.advice == other.advice, "{}", one.code);
            }
        }
    }

    #[test]
    fn every_code_and_advice_has_words_in_both_languages() {
        let advices = ALL.iter().map(|defect| format!("advice_{}", defect.advice));
        let codes = ALL.iter().map(|defect| defect.code.to_owned()).chain(advices);
        let files = super::super::FILE_CODES.iter().map(|code| (*code).to_owned());
        for code in codes.chain(files) {
            for language in [Language::Indonesian, Language::English] {
                let key = code.replace('_', "-");
                assert!(text(language, &key, &[]).is_some(), "no words for {code} in {language:?}");
            }
        }
    }

    #[test]
    fn a_value_is_cut_between_characters() {
        let finding = Finding::new(1, "name", &NAME_LONG, &"é".repeat(500));
        assert_eq!(finding.value.map(|v| v.chars().count()), Some(VALUE_CHARS + 1));
    }
}
