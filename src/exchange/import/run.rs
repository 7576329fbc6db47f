//! One import from its file to its end: check, load, and tell how it ended whatever happens.

use std::collections::HashSet;
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;

use chrono::NaiveDate;
use tokio::sync::Semaphore;

use super::finding::Finding;
use super::header::Header;
use super::layout::Shape;
use super::load::{self, Checked, File, Listener};
use super::persons::PersonParser;
use super::read;
use super::regions::RegionParser;
use super::report::Tally;
use super::row::Parser;
use super::rule::ImportKind;
use super::schools::SchoolParser;
use super::sink::{DatabaseSink, Target, persons::Persons, regions::Regions, schools::Schools};
use super::view::{Import, ImportId};
use super::write::{BeginImport, EndImport};
use crate::access::context::Ctx;
use crate::directory::school::npsn::Npsn;
use crate::foundation::error::{Error, Result};

/// What is to be done with a file, besides reading it.
#[derive(Debug, Clone)]
pub struct Order {
    /// What it is about.
    pub kind: ImportKind,
    /// Whether only a report is wanted.
    pub dry_run: bool,
    /// The school of persons whose rows name none.
    pub school: Option<Npsn>,
    /// Last day of region codes that a changes file replaces; today unless said.
    pub ended_on: Option<NaiveDate>,
    /// Region codes that earlier files of one dry run would have made.
    pub imagined: Arc<Mutex<HashSet<String>>>,
}

impl Order {
    /// Loads files of one `kind`.
    pub fn of(kind: ImportKind) -> Self {
        Self { kind, dry_run: false, school: None, ended_on: None, imagined: Arc::default() }
    }
}

/// How often the end of an import is written again while the database is too busy for it.
const END_TRIES: u32 = 20;
/// And how long apart.
const END_PAUSE: Duration = Duration::from_secs(1);

/// One import is loaded at a time in one process: they would wait for the same rows anyway.
static TURN: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(1));

/// Loads `file` under the import `id` and ends the import's record, also when it fails.
///
/// Findings are told to `listener` as they are certain.
///
/// # Errors
/// Why the file was refused or loading stopped; the record says the same.
pub async fn run(
    ctx: &Ctx,
    id: ImportId,
    order: &Order,
    file: &File,
    listener: Listener<'_>,
) -> Result<(Import, Tally)> {
    let mut ctx = ctx.clone();
    ctx.idempotency = None;
    let outcome = within_turn(&ctx, id, order, file, listener).await;
    let failure = outcome.as_ref().err().map(reason);
    let ended = end(&ctx, id, failure).await;
    let tally = outcome?;
    Ok((ended?, tally))
}

/// Says in the record how the import ended, however busy the database is at the moment.
async fn end(ctx: &Ctx, id: ImportId, failure: Option<(String, Vec<(String, String)>)>) -> Result<Import> {
    for _ in 0..END_TRIES {
        match ctx.write(EndImport { id, failure: failure.clone(), language: ctx.language }).await {
            Err(Error::Unavailable(_)) => tokio::time::sleep(END_PAUSE).await,
            ended => return ended,
        }
    }
    ctx.write(EndImport { id, failure, language: ctx.language }).await
}

/// Ends an import that was cut short from outside.
pub async fn interrupt(ctx: &Ctx, id: ImportId) -> Result<Import> {
    let failure = Some(("import_interrupted".to_owned(), Vec::new()));
    ctx.write(EndImport { id, failure, language: ctx.language }).await
}

async fn within_turn(
    ctx: &Ctx,
    id: ImportId,
    order: &Order,
    file: &File,
    listener: Listener<'_>,
) -> Result<Tally> {
    let _turn = TURN.acquire().await.map_err(|_| Error::Unavailable("shutting down".into()))?;
    let (reading, kind) = (file.clone(), order.kind);
    let header = blocking(move || reading.header(kind)).await?;
    match order.kind {
        ImportKind::Regions => {
            let ended_on = order.ended_on.unwrap_or_else(|| ctx.now().date_naive());
            let target = Regions { ended_on, imagined: Arc::clone(&order.imagined) };
            let parser = RegionParser::new(&header);
            go(ctx, id, order, file, header, (parser, target), listener).await
        }
        ImportKind::Schools => {
            let places = read::places(ctx).await?;
            if places.is_empty() {
                return Err(Error::conflict("regions_not_loaded"));
            }
            let parser = SchoolParser::new(&header, places);
            go(ctx, id, order, file, header, (parser, Schools), listener).await
        }
        ImportKind::Persons => {
            check_school(ctx, order, &header).await?;
            let (school, places) = (order.school.clone(), read::places(ctx).await?);
            let parser = PersonParser::new(&header, school, places, ctx.now().date_naive());
            go(ctx, id, order, file, header, (parser, Persons), listener).await
        }
    }
}

/// A staff list of the school system does not carry its school's number, so somebody has to say it.
async fn check_school(ctx: &Ctx, order: &Order, header: &Header) -> Result<()> {
    match &order.school {
        None if header.shape() == Shape::PersonsDapodik => Err(Error::invalid("/npsn", "school_needed")),
        Some(npsn) if !read::school_exists(ctx, npsn.as_str()).await? => {
            Err(Error::invalid("/npsn", "school_unknown"))
        }
        _ => Ok(()),
    }
}

async fn go<P, T>(
    ctx: &Ctx,
    id: ImportId,
    order: &Order,
    file: &File,
    header: Header,
    (parser, target): (P, T),
    listener: Listener<'_>,
) -> Result<Tally>
where
    P: Parser,
    P::Row: Sync,
    T: Target<Row = P::Row>,
{
    let whole = file.clone();
    let checked: Checked<P> = blocking(move || load::check(whole, header, parser)).await?;
    let kept = ctx.write(BeginImport { id, notes: checked.notes().to_vec() }).await?;
    let mut tally = Tally::default();
    checked.notes().iter().for_each(|note: &Finding| tally.note(note));
    let mut sink = DatabaseSink {
        ctx: ctx.clone(),
        job: id.uuid(),
        dry_run: order.dry_run,
        target,
        progress: Arc::clone(&file.progress),
        tally,
        kept,
    };
    load::load(checked, &mut sink, listener).await
}

async fn blocking<R: Send + 'static>(work: impl FnOnce() -> Result<R> + Send + 'static) -> Result<R> {
    tokio::task::spawn_blocking(work)
        .await
        .unwrap_or_else(|error| Err(Error::internal("the reader of an import ended early", error)))
}

/// The code and the values of its text, as the import's record keeps them.
fn reason(error: &Error) -> (String, Vec<(String, String)>) {
    let fault = match error {
        Error::Malformed(fault) | Error::Conflict(fault) => Some(&**fault),
        Error::Invalid(faults) => faults.first(),
        _ => None,
    };
    match fault {
        Some(fault) => {
            let values = fault.args.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
            (fault.code.to_owned(), values)
        }
        None => (error.code().to_owned(), Vec::new()),
    }
}
