//! An import: one file brought into the directory, row by row.
//!
//! A file is read twice. The first reading checks the whole of it (complete, text, known columns,
//! which numbers repeat), so that nothing is loaded from a broken file. The second parses the rows
//! and loads them in chunks, each chunk with its findings in one transaction. Rows that say what
//! the directory already says are not written, so a second run changes nothing.
//!
//! Memory does not grow with the file: a chunk or two of rows, and 8 bytes per number while
//! looking for repeats.

mod bound;
pub mod claim;
pub mod finding;
pub mod header;
pub mod layout;
pub mod load;
pub mod persons;
pub mod places;
pub mod progress;
pub mod read;
pub mod regions;
pub mod report;
pub mod row;
pub mod rule;
pub mod run;
pub mod schools;
pub mod sink;
pub mod source;
mod staff;
pub mod upload;
pub mod view;
pub mod write;

/// Why a file as a whole can be refused.
pub const FILE_CODES: &[&str] = &[
    "file_empty",
    "file_truncated",
    "file_damaged",
    "file_too_large",
    "file_inflates_too_much",
    "file_has_too_many_rows",
    "file_is_spreadsheet",
    "file_is_archive",
    "file_is_binary",
    "file_is_utf16",
    "file_unreadable",
    "file_changed",
    "file_of_other_kind",
    "row_unclosed",
    "header_missing",
    "columns_missing",
    "columns_unknown",
    "columns_repeated",
    "regions_not_loaded",
    "school_needed",
    "import_interrupted",
    "findings_cut_short",
];

#[cfg(test)]
mod tests;
