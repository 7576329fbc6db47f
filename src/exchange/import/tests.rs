//! The reading half on files as people send them, and on the real ones.

mod files;
mod national;
mod staff;

use std::sync::Arc;

use super::finding::Finding;
use super::header::Header;
use super::load::{Checked, File, Sink, check, load};
use super::report::{Outcome, Tally};
use super::row::{Parsed, Parser};
use super::rule::ImportKind as Kind;
use super::source::{Input, Limits};
use crate::foundation::error::Result;

/// Keeps rows and findings; everything that parsed is new.
pub(super) struct Kept<R> {
    pub rows: Vec<Arc<Vec<Parsed<R>>>>,
}

impl<R: Send + Sync + 'static> Sink for Kept<R> {
    type Row = R;

    async fn apply(&mut self, chunk: Arc<Vec<Parsed<R>>>) -> Result<Vec<Outcome>> {
        let outcome =
            |row: &Parsed<R>| if row.value.is_some() { Outcome::New } else { Outcome::Refused(Vec::new()) };
        let outcomes = chunk.iter().map(outcome).collect();
        self.rows.push(chunk);
        Ok(outcomes)
    }
}

pub(super) fn bytes(content: impl Into<Vec<u8>>) -> File {
    File::new(Input::Bytes(content.into().into()), Limits::default()).unwrap()
}

pub(super) fn checked<P: Parser>(
    file: &File,
    kind: Kind,
    parser: impl Fn(&Header) -> P,
) -> Result<Checked<P>> {
    let header = file.header(kind)?;
    let parser = parser(&header);
    check(file.clone(), header, parser)
}

/// Reads the whole file: the tally, the rows, and all findings.
pub(super) async fn read<P>(
    file: &File,
    kind: Kind,
    parser: impl Fn(&Header) -> P,
) -> Result<(Tally, Kept<P::Row>, Vec<Finding>)>
where
    P: Parser,
    P::Row: Sync,
{
    let checked = checked(file, kind, parser)?;
    let mut kept = Kept { rows: Vec::new() };
    let mut findings = Vec::new();
    let tally = load(checked, &mut kept, &mut |finding: &Finding| {
        findings.push(finding.clone());
        Ok(())
    })
    .await?;
    Ok((tally, kept, findings))
}
