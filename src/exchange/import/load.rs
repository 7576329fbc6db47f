//! The two readings of a file: check all of it, then parse and load it chunk by chunk.

use std::sync::Arc;

use tokio::sync::mpsc;

use super::finding::{COLUMN_IGNORED, Finding};
use super::header::Header;
use super::progress::{Phase, Progress};
use super::report::{Outcome, Tally};
use super::row::{Cells, Parsed, Parser};
use super::rule::ImportKind as Kind;
use super::source::{Input, Limits, Rows, Source, refused};
use crate::foundation::error::{Error, Result};

/// Rows loaded in one transaction.
pub const CHUNK: usize = 2_000;

/// A file to read, and how.
#[derive(Debug, Clone)]
pub struct File {
    /// Where its bytes are.
    pub input: Input,
    /// What it may cost.
    pub limits: Limits,
    /// Where its progress is told.
    pub progress: Arc<Progress>,
}

impl File {
    /// A file with its own progress.
    pub fn new(input: Input, limits: Limits) -> Result<Self> {
        let progress = Progress::of(input.stored_bytes()?);
        Ok(Self { input, limits, progress })
    }

    /// Recognises the file as one of this `kind`. Reads its beginning only.
    pub fn header(&self, kind: Kind) -> Result<Header> {
        let looking = Progress::of(0);
        let source = Source::open(&self.input, &self.limits, &looking)?;
        Header::recognise(kind, &source.head)
    }

    /// Its rows after the header, and the header's line.
    fn rows(&self, header: &Header) -> Result<(Rows, u64)> {
        let mut rows = Source::open(&self.input, &self.limits, &self.progress)?.rows(header.delimiter);
        for _ in 0..=header.preamble {
            rows.next_row()?;
        }
        let line = rows.line();
        Ok((rows, line))
    }
}

/// A file that was read to its end and found whole.
#[derive(Debug)]
pub struct Checked<P> {
    file: File,
    header: Header,
    parser: P,
    rows: u64,
    notes: Vec<Finding>,
}

impl<P> Checked<P> {
    /// Rows in the file, header and blank rows aside.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Findings about the file rather than a row: columns that are not read.
    pub fn notes(&self) -> &[Finding] {
        &self.notes
    }
}

/// The first reading: is the file whole, and what repeats in it. Blocks; run it off the async threads.
///
/// Fails with the file's code when it is broken anywhere.
pub fn check<P: Parser>(file: File, header: Header, mut parser: P) -> Result<Checked<P>> {
    file.progress.enter(Phase::Checking);
    let (mut rows, line) = file.rows(&header)?;
    let mut count = 0;
    while let Some(raw) = rows.next_row()? {
        let Some(mut cells) = Cells::new(raw, &header) else { continue };
        count += 1;
        if cells.sound() {
            parser.survey(&mut cells);
        }
    }
    parser.surveyed();
    let notes = header.unknown.iter().map(|name| Finding::new(line, "", &COLUMN_IGNORED, name)).collect();
    Ok(Checked { file, header, parser, rows: count, notes })
}

/// Where parsed rows go.
pub trait Sink: Send {
    /// What a row is.
    type Row: Send + Sync + 'static;

    /// Takes a chunk and answers what became of each row, in order. Rows without a value are
    /// refused already and only pass through to be counted. All or nothing of a chunk is kept.
    fn apply(
        &mut self,
        chunk: Arc<Vec<Parsed<Self::Row>>>,
    ) -> impl Future<Output = Result<Vec<Outcome>>> + Send;
}

/// Told every finding as it is certain.
pub type Listener<'a> = &'a mut (dyn FnMut(&Finding) -> Result<()> + Send);

/// The second reading: parse and load.
pub async fn load<P, S>(checked: Checked<P>, sink: &mut S, listener: Listener<'_>) -> Result<Tally>
where
    P: Parser,
    P::Row: Sync,
    S: Sink<Row = P::Row>,
{
    let mut tally = Tally::default();
    for note in &checked.notes {
        tally.note(note);
        listener(note)?;
    }
    let (expected, progress) = (checked.rows, Arc::clone(&checked.file.progress));
    progress.enter(Phase::Loading);
    let (sender, mut chunks) = mpsc::channel(1);
    // The reader runs ahead of the database by a chunk, on a thread of its own.
    let reader = tokio::task::spawn_blocking(move || parse_all(checked, &sender));
    while let Some(chunk) = chunks.recv().await {
        let chunk = Arc::new(chunk);
        let outcomes = sink.apply(Arc::clone(&chunk)).await?;
        count(&mut tally, &chunk, &outcomes);
        for finding in chunk.iter().zip(&outcomes).flat_map(findings) {
            listener(finding)?;
        }
        progress.add_rows(chunk.len() as u64);
    }
    reader.await.map_err(|error| Error::internal("the reader of an import ended early", error))??;
    progress.enter(Phase::Done);
    tally.check()?;
    if tally.read == expected { Ok(tally) } else { Err(refused("file_changed")) }
}

/// Adds a chunk's outcomes to `tally`.
pub fn count<R>(tally: &mut Tally, chunk: &[Parsed<R>], outcomes: &[Outcome]) {
    for (row, outcome) in chunk.iter().zip(outcomes) {
        tally.count(outcome, &row.findings);
    }
}

/// What is to be said about a row: what parsing found, then why the sink refused it.
pub fn findings<'a, R>((row, outcome): (&'a Parsed<R>, &'a Outcome)) -> impl Iterator<Item = &'a Finding> {
    let refusals = if let Outcome::Refused(findings) = outcome { findings.as_slice() } else { &[] };
    row.findings.iter().chain(refusals)
}

fn parse_all<P: Parser>(checked: Checked<P>, chunks: &mpsc::Sender<Vec<Parsed<P::Row>>>) -> Result<()> {
    let Checked { file, header, mut parser, .. } = checked;
    let (mut rows, _) = file.rows(&header)?;
    let mut chunk = Vec::with_capacity(CHUNK);
    while let Some(raw) = rows.next_row()? {
        let Some(mut cells) = Cells::new(raw, &header) else { continue };
        let value = if cells.sound() { parser.parse(&mut cells) } else { None };
        chunk.push(cells.finish(value));
        if chunk.len() == CHUNK && chunks.blocking_send(std::mem::take(&mut chunk)).is_err() {
            return Ok(());
        }
    }
    // Nobody listens any more only when loading failed, which has its own error.
    if !chunk.is_empty() {
        let _ = chunks.blocking_send(chunk);
    }
    Ok(())
}
