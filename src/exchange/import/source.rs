//! Opens what people upload and hands out its rows: plain or gzip, comma,
//! semicolon or tab, any newline, within bounds. Nothing here knows what the
//! rows mean, and memory does not grow with the file.
//!
//! Every refusal of a whole file is one stable code (`file_truncated`,
//! `file_is_spreadsheet`, …), so that a person can be told what to do about it.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, ErrorKind, Read};
use std::path::PathBuf;
use std::sync::Arc;

use flate2::bufread::MultiGzDecoder;

use super::bound::{Broken, Counted, Inflated, Newlines, RowGuard};
use super::progress::Progress;
use crate::foundation::error::{Error, Fault, Result};

/// How much of the (inflated) beginning is looked at to tell what a file is.
const HEAD: usize = 64 * 1024;

/// What a gzip file begins with.
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// What a file may cost us, whatever it claims to be.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Most bytes a file may hold after inflating.
    pub inflated_bytes: u64,
    /// Most inflated bytes per compressed byte; looked at only past 16 MiB, because small texts compress well.
    pub inflation: u64,
    /// Most bytes in one cell; a longer one refuses its row.
    pub cell_bytes: usize,
    /// Most columns in one row; more refuse the row.
    pub columns: usize,
    /// Most rows in one file: what is remembered of each while the file is checked must fit in memory.
    pub rows: u64,
    /// Most bytes in one row; a longer one means a quote that is never closed and refuses the file.
    pub row_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            inflated_bytes: 2 * 1024 * 1024 * 1024,
            inflation: 200,
            cell_bytes: 64 * 1024,
            columns: 256,
            rows: 2_000_000,
            row_bytes: 4 * 1024 * 1024,
        }
    }
}

/// Where the bytes come from. Both can be read twice, which an import does: once to
/// check the whole file, once to load it.
#[derive(Debug, Clone)]
pub enum Input {
    /// A file on this machine (an upload is one, too).
    File(PathBuf),
    /// Content that came inside a request.
    Bytes(Arc<[u8]>),
}

impl Input {
    /// Size in bytes as stored, before any inflating.
    pub fn stored_bytes(&self) -> Result<u64> {
        match self {
            Self::File(path) => std::fs::metadata(path).map(|m| m.len()).map_err(|e| unreadable(&e)),
            Self::Bytes(bytes) => Ok(bytes.len() as u64),
        }
    }

    fn open(&self) -> Result<Box<dyn Read + Send>> {
        match self {
            Self::File(path) => match File::open(path) {
                Ok(file) => Ok(Box::new(file)),
                Err(error) => Err(unreadable(&error)),
            },
            Self::Bytes(bytes) => Ok(Box::new(Cursor::new(Arc::clone(bytes)))),
        }
    }
}

/// A file opened, inflated and recognised as text; not yet cut into rows.
pub struct Source {
    /// The first bytes of the text, without byte order mark.
    pub head: Vec<u8>,
    rest: Box<dyn Read + Send>,
    limits: Limits,
}

impl Source {
    /// Opens `input`; bytes read are reported to `progress` as they are read.
    ///
    /// Refuses files that are not text with the code that says what they are.
    pub fn open(input: &Input, limits: &Limits, progress: &Arc<Progress>) -> Result<Self> {
        let counted = Counted::new(input.open()?, Arc::clone(progress));
        let stored = counted.count();
        let mut raw = BufReader::with_capacity(HEAD, counted);
        let magic = raw.fill_buf().map_err(|e| file_error(e, 1))?;
        if magic.is_empty() {
            return Err(refused("file_empty"));
        }
        let gzip = magic.starts_with(&GZIP);
        if !gzip {
            refuse_binary(magic)?;
        }
        let mut text: Box<dyn Read + Send> = if gzip {
            let inflated = Inflated::new(MultiGzDecoder::new(raw), limits.inflated_bytes);
            Box::new(inflated.with_ratio(stored, limits.inflation))
        } else {
            Box::new(Inflated::new(raw, limits.inflated_bytes))
        };
        let mut head = Vec::with_capacity(HEAD);
        text.by_ref().take(HEAD as u64).read_to_end(&mut head).map_err(|e| file_error(e, 1))?;
        refuse_binary(&head)?;
        if head.starts_with(&[0xef, 0xbb, 0xbf]) {
            head.drain(..3);
        }
        if head.iter().all(u8::is_ascii_whitespace) && head.len() < HEAD {
            return Err(refused("file_empty"));
        }
        Ok(Self { head, rest: text, limits: limits.clone() })
    }

    /// The rows, cells parted by `delimiter`.
    pub fn rows(self, delimiter: u8) -> Rows {
        let text = Newlines::new(Cursor::new(self.head).chain(self.rest));
        let guard = RowGuard::new(text, self.limits.row_bytes);
        let spent = guard.spent();
        let reader = csv_builder(delimiter).buffer_capacity(HEAD).from_reader(guard);
        Rows { reader, record: csv::ByteRecord::new(), spent, limits: self.limits, line: 1, count: 0 }
    }
}

/// The first rows of `head` as text cells, cut at `delimiter`: what a header is looked for in.
pub fn preview(head: &[u8], delimiter: u8, rows: usize) -> Vec<Vec<String>> {
    let mut reader = csv_builder(delimiter).from_reader(Newlines::new(head));
    let records = reader.byte_records().map_while(std::result::Result::ok).take(rows);
    let texts = |r: csv::ByteRecord| r.iter().map(|c| String::from_utf8_lossy(c).into_owned()).collect();
    records.map(texts).collect()
}

fn csv_builder(delimiter: u8) -> csv::ReaderBuilder {
    let mut builder = csv::ReaderBuilder::new();
    builder.has_headers(false).flexible(true).delimiter(delimiter);
    builder
}

type TextReader = RowGuard<Newlines<io::Chain<Cursor<Vec<u8>>, Box<dyn Read + Send>>>>;

/// The rows of a file, one at a time.
pub struct Rows {
    reader: csv::Reader<TextReader>,
    record: csv::ByteRecord,
    spent: super::bound::Spent,
    limits: Limits,
    line: u64,
    count: u64,
}

/// One row as found.
#[derive(Debug, Clone, Copy)]
pub struct RawRow<'a> {
    /// Physical line of the file on which the row starts, from 1.
    pub line: u64,
    /// Its cells, as found.
    pub cells: &'a csv::ByteRecord,
    /// Whether a cell or the number of cells is past the bounds.
    pub oversized: bool,
}

impl Rows {
    /// The next row that is not blank, or none at the end.
    ///
    /// Fails, with the line, when the file itself is broken (cut off, damaged, a quote never closed).
    pub fn next_row(&mut self) -> Result<Option<RawRow<'_>>> {
        self.spent.reset();
        let begun = self.reader.position().line();
        let more = self.reader.read_byte_record(&mut self.record).map_err(|e| csv_error(e, begun))?;
        if !more {
            return Ok(None);
        }
        self.count += 1;
        if self.count > self.limits.rows {
            let fault = Fault::new("/file", "file_has_too_many_rows").with("max", self.limits.rows);
            return Err(Error::Malformed(Box::new(fault)));
        }
        // The reader's own position of a row is where the row before it ended, which is wrong
        // after blank lines; counting back from the row's end is right in every case.
        let inside = self.record.as_slice().iter().filter(|b| **b == b'\n').count() as u64;
        self.line = self.reader.position().line().saturating_sub(1 + inside);
        let widest = self.record.iter().map(<[u8]>::len).max().unwrap_or(0);
        let oversized = self.record.len() > self.limits.columns || widest > self.limits.cell_bytes;
        Ok(Some(RawRow { line: self.line, cells: &self.record, oversized }))
    }

    /// Line on which the row handed out last starts.
    pub fn line(&self) -> u64 {
        self.line
    }
}

/// Refuses what is not text, by its first bytes, with a code that says what it is.
fn refuse_binary(head: &[u8]) -> Result<()> {
    const OLE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        // XLSX and ODS are ZIP archives that name their kind within the first entries.
        let names: [&[u8]; 4] = [b"[Content_Types].xml", b"xl/", b"_rels/", b"opendocument"];
        let sheet = names.iter().any(|name| head.windows(name.len()).take(4096).any(|w| w == *name));
        return Err(refused(if sheet { "file_is_spreadsheet" } else { "file_is_archive" }));
    }
    if head.starts_with(OLE) {
        return Err(refused("file_is_spreadsheet"));
    }
    if head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]) {
        return Err(refused("file_is_utf16"));
    }
    let other: [&[u8]; 5] = [b"%PDF", b"BZh", b"\xfd7zXZ\0", b"7z\xbc\xaf\x27\x1c", b"\x28\xb5\x2f\xfd"];
    let binary = other.iter().any(|magic| head.starts_with(magic));
    // NUL never occurs in text. Gzip inside gzip is nobody's list.
    if binary || head.starts_with(&GZIP) || head.contains(&0) {
        return Err(refused("file_is_binary"));
    }
    Ok(())
}

/// A file refused as a whole, by code.
pub fn refused(code: &'static str) -> Error {
    Error::malformed("/file", code)
}

fn unreadable(error: &io::Error) -> Error {
    let fault = Fault::new("/file", "file_unreadable").with("reason", error.kind());
    Error::Malformed(Box::new(fault))
}

fn csv_error(error: csv::Error, line: u64) -> Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => file_error(error, line),
        // Neither lengths nor UTF-8 are asked of the reader, so only reading itself can fail.
        other => Error::internal("reading a row", format!("{other:?}")),
    }
}

fn file_error(error: io::Error, line: u64) -> Error {
    let known = error.get_ref().and_then(|source| source.downcast_ref::<Broken>());
    let code = match (known, error.kind()) {
        (Some(broken), _) => broken.code,
        (None, ErrorKind::UnexpectedEof) => "file_truncated",
        // flate2 answers both for a wrong checksum or a broken stream.
        (None, ErrorKind::InvalidData | ErrorKind::InvalidInput) => "file_damaged",
        (None, _) => return unreadable(&error),
    };
    let fault = Fault::new("/file", code).with("line", line);
    Error::Malformed(Box::new(match known {
        Some(broken) => fault.with("limit", broken.limit),
        None => fault,
    }))
}
