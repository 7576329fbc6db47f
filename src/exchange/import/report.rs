//! The report of an import: counts that add up, and its findings as CSV or JSON, written as they come.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::finding::{self, Finding, Severity};
use crate::foundation::error::{Error, Result};
use crate::foundation::language::Language;

/// What became of the rows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Tally {
    /// Rows read, header and blank lines aside.
    pub read: u64,
    /// Rows that made a new record.
    pub loaded_new: u64,
    /// Rows that changed a record.
    pub updated: u64,
    /// Rows whose record already said the same.
    pub unchanged: u64,
    /// Rows loaded with at least one warning (part of the three above).
    pub warned: u64,
    /// Rows not loaded.
    pub refused: u64,
    /// Findings by code; a row may have several.
    pub by_code: BTreeMap<&'static str, u64>,
}

/// What a row did to the directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Made a new record.
    New,
    /// Changed a record.
    Updated,
    /// Found it as it is.
    Unchanged,
    /// Was not loaded; why, as far as parsing did not say so already.
    Refused(Vec<Finding>),
}

impl Tally {
    /// Counts one row by its outcome and whether any of its findings is a warning.
    pub fn count(&mut self, outcome: &Outcome, findings: &[Finding]) {
        self.read += 1;
        match outcome {
            Outcome::New => self.loaded_new += 1,
            Outcome::Updated => self.updated += 1,
            Outcome::Unchanged => self.unchanged += 1,
            Outcome::Refused(_) => self.refused += 1,
        }
        if !matches!(outcome, Outcome::Refused(_)) && !findings.is_empty() {
            self.warned += 1;
        }
        let refusals = if let Outcome::Refused(refusals) = outcome { refusals.as_slice() } else { &[] };
        for finding in findings.iter().chain(refusals) {
            self.note(finding);
        }
    }

    /// Counts a finding that belongs to no row, or whose row is counted already.
    pub fn note(&mut self, finding: &Finding) {
        *self.by_code.entry(finding.defect.code).or_default() += 1;
    }

    /// Every row read is accounted for exactly once; anything else is a fault of ours.
    pub fn check(&self) -> Result<()> {
        let accounted = self.loaded_new + self.updated + self.unchanged + self.refused;
        let loaded = accounted - self.refused;
        if accounted == self.read && self.warned <= loaded {
            return Ok(());
        }
        Err(Error::internal("the counts of an import do not add up", format!("{self:?}")))
    }

    /// Adds the counts of another file.
    pub fn add(&mut self, other: &Self) {
        self.read += other.read;
        self.loaded_new += other.loaded_new;
        self.updated += other.updated;
        self.unchanged += other.unchanged;
        self.warned += other.warned;
        self.refused += other.refused;
        for (code, count) in &other.by_code {
            *self.by_code.entry(code).or_default() += count;
        }
    }
}

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One line per finding, safe to open in a spreadsheet.
    Csv,
    /// One object with the findings; the tally comes last.
    Json,
}

/// One finding as a report shows it, wherever it was kept meanwhile.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// Physical line, from 1.
    pub line: u64,
    /// Column; empty for the row as a whole.
    pub column: &'a str,
    /// What is wrong.
    pub code: &'a str,
    /// `warning` or `refusal`.
    pub severity: &'a str,
    /// What was found, where it may be shown.
    pub value: Option<&'a str>,
}

impl<'a> From<&'a Finding> for Entry<'a> {
    fn from(finding: &'a Finding) -> Self {
        Self {
            line: finding.line,
            column: finding.column,
            code: finding.defect.code,
            severity: finding.defect.severity.as_str(),
            value: finding.value.as_deref(),
        }
    }
}

#[derive(Serialize)]
struct Line<'a> {
    line: u64,
    column: &'a str,
    severity: &'a str,
    code: &'a str,
    value: Option<&'a str>,
    meaning: String,
    advice: String,
}

/// Writes findings one by one; nothing is kept.
pub struct Report<W: Write> {
    out: W,
    format: Format,
    language: Language,
    any: bool,
}

impl<W: Write> Report<W> {
    /// Begins a report on `out`.
    pub fn begin(mut out: W, format: Format, language: Language) -> Result<Self> {
        let start = match format {
            Format::Csv => "line,column,severity,code,value,meaning,advice\n",
            Format::Json => "{\"findings\":[",
        };
        out.write_all(start.as_bytes()).map_err(unwritable)?;
        Ok(Self { out, format, language, any: false })
    }

    /// Writes one finding.
    pub fn add(&mut self, entry: Entry<'_>) -> Result<()> {
        let line = Line {
            line: entry.line,
            column: entry.column,
            severity: entry.severity,
            code: entry.code,
            value: entry.value,
            meaning: finding::meaning(self.language, entry.code, entry.value),
            advice: finding::advice(self.language, entry.code),
        };
        match self.format {
            Format::Csv => self.csv_line(&line),
            Format::Json => self.json_line(&line),
        }
        .map_err(unwritable)
    }

    fn csv_line(&mut self, line: &Line<'_>) -> io::Result<()> {
        write!(self.out, "{}", line.line)?;
        let value = line.value.unwrap_or_default();
        for cell in [line.column, line.severity, line.code, value, &line.meaning, &line.advice] {
            self.out.write_all(b",")?;
            write_cell(&mut self.out, cell)?;
        }
        self.out.write_all(b"\n")
    }

    fn json_line(&mut self, line: &Line<'_>) -> io::Result<()> {
        if self.any {
            self.out.write_all(b",")?;
        }
        self.any = true;
        self.out.write_all(b"\n")?;
        serde_json::to_writer(&mut self.out, line).map_err(io::Error::from)
    }

    /// Ends the report; in JSON with the `tally`.
    pub fn end<T: Serialize>(mut self, tally: &T) -> Result<W> {
        if self.format == Format::Json {
            self.out.write_all(b"],\n\"tally\":").map_err(unwritable)?;
            serde_json::to_writer(&mut self.out, tally).map_err(|e| unwritable(e.into()))?;
            self.out.write_all(b"}\n").map_err(unwritable)?;
        }
        self.out.flush().map_err(unwritable)?;
        Ok(self.out)
    }
}

impl Report<Vec<u8>> {
    /// What was written since the last call.
    pub fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.out)
    }
}

/// Writes one CSV cell. One that a spreadsheet would take for a formula gets an apostrophe in front.
fn write_cell(out: &mut impl Write, cell: &str) -> io::Result<()> {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let quoted = formula || cell.contains(['"', ',', ';', '\n', '\r']);
    if !quoted {
        return out.write_all(cell.as_bytes());
    }
    let apostrophe = if formula { "'" } else { "" };
    write!(out, "\"{apostrophe}{}\"", cell.replace('"', "\"\""))
}

fn unwritable(error: io::Error) -> Error {
    Error::internal("writing the import report", error)
}

/// Whether any of `findings` keeps its row from being loaded.
pub fn refuses(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.defect.severity == Severity::Refusal)
}

#[cfg(test)]
mod tests {
    use super::super::finding::{ADDRESS, COORD_ZERO};
    use super::*;

    fn written(format: Format, findings: &[Finding]) -> String {
        let mut report = Report::begin(Vec::new(), format, Language::English).unwrap();
        for finding in findings {
            report.add(finding.into()).unwrap();
        }
        String::from_utf8(report.end(&Tally::default()).unwrap()).unwrap()
    }

    #[test]
    fn no_cell_of_a_csv_report_is_a_formula() {
        let evil = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "a\"b,c"];
        let findings: Vec<_> = evil.iter().map(|v| Finding::new(2, "x", &ADDRESS, v)).collect();
        let text = written(Format::Csv, &findings);
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let cells: Vec<String> = reader.records().map(|r| r.unwrap()[4].to_owned()).collect();
        assert_eq!(cells, ["'=1+1", "'+1", "'-1", "'@SUM(A1)", "'\t=1", "'\r=1", "a\"b,c"]);
    }

    #[test]
    fn a_json_report_is_one_document_with_the_tally_last() {
        let text = written(Format::Json, &[Finding::new(7, "lintang", &COORD_ZERO, "0.0,0.0")]);
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["findings"][0]["code"], "coordinates_zero");
        assert_eq!(
            value["findings"][0]["advice"],
            "Measure the school's place again and correct it at the source."
        );
        assert_eq!(value["tally"]["read"], 0);
        let empty: serde_json::Value = serde_json::from_str(&written(Format::Json, &[])).unwrap();
        assert_eq!(empty["findings"].as_array().map(Vec::len), Some(0));
    }

    #[test]
    fn counts_that_do_not_add_up_are_noticed() {
        let mut tally = Tally::default();
        tally.count(&Outcome::New, &[]);
        tally.count(&Outcome::Unchanged, &[Finding::new(1, "", &COORD_ZERO, "")]);
        assert!(tally.check().is_ok());
        assert_eq!(tally.warned, 1);
        tally.read += 1;
        assert!(tally.check().is_err());
    }
}
