//! `sanggar import`: files into the directory, with a bar and a summary.

use std::{
    fs::File as OutFile,
    io::BufWriter,
    path::{Path, PathBuf},
    sync::Arc,
    time::Instant,
};

use chrono::NaiveDate;
use clap::Args;

use crate::{
    access::{actor::Actor, context::Ctx},
    config::Config,
    directory::school::npsn::Npsn,
    exchange::import::{
        claim::Claim,
        finding::{self, Finding},
        load::File,
        progress::Bar,
        report::{Format, Report, Tally},
        rule::ImportKind,
        run::{self, Order},
        source::{Input, Limits},
        upload,
        write::StartImport,
    },
    foundation::{error::Error, language, language::Language},
    startup,
};

/// What to import, and how.
#[derive(Args)]
pub struct ImportArgs {
    /// What the files are about: regions, schools or persons.
    #[arg(value_parser = parse_kind)]
    kind: ImportKind,
    /// CSV files, plain or gzip. Regions are loaded in the order they need, whatever the order here.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Only report what would be done.
    #[arg(long)]
    dry_run: bool,
    /// Write every finding to this file, as JSON when its name ends in .json, else as CSV.
    #[arg(long)]
    report: Option<PathBuf>,
    /// School of the persons whose rows name none (a staff list of the school system names none).
    #[arg(long, value_parser = parse_npsn)]
    npsn: Option<Npsn>,
    /// Last day of the region codes that a changes file replaces, YYYY-MM-DD; today unless said.
    #[arg(long)]
    ended_on: Option<NaiveDate>,
    /// Language of the report and the summary: id or en.
    #[arg(long, default_value = "en", value_parser = ["id", "en"])]
    language: String,
}

fn parse_kind(text: &str) -> Result<ImportKind, String> {
    ImportKind::parse(text).map_err(|_| {
        format!("allowed is {}", ImportKind::ALL.iter().map(|k| k.as_str()).collect::<Vec<_>>().join(", "))
    })
}

fn parse_npsn(text: &str) -> Result<Npsn, String> {
    Npsn::parse(text).map_err(|fault| language::of_fault(Language::English, &fault))
}

/// Imports the files.
///
/// # Errors
/// In words: why a file was refused as a whole. Refused rows are no error; they are in the summary and the report.
pub async fn run(config: &Config, args: &ImportArgs) -> Result<(), String> {
    let services = startup::services(config).await?;
    let mut ctx = Ctx::internal(Arc::new(services), Actor::operator());
    ctx.language = Language::from_accept(Some(&args.language));
    let interrupted = |error: Error| language::of_error(ctx.language, &error);
    upload::recover(&ctx).await.map_err(interrupted)?;
    let mut files = Vec::new();
    for path in &args.files {
        let told = |error: Error| format!("{}: {}", path.display(), language::of_error(ctx.language, &error));
        let file = File::new(Input::File(path.clone()), Limits::default()).map_err(told)?;
        let header = file.header(args.kind).map_err(told)?;
        files.push((header.shape(), path, file));
    }
    files.sort_by_key(|(shape, ..)| *shape);
    let mut order = Order::of(args.kind);
    order.dry_run = args.dry_run;
    order.school = args.npsn.clone();
    order.ended_on = args.ended_on;
    for (_, path, file) in &files {
        let report = args.report.as_ref().map(|report| report_path(report, path, files.len()));
        one(&ctx, &order, path, file, report.as_deref()).await?;
    }
    ctx.services.store.clone().close().await;
    Ok(())
}

async fn one(
    ctx: &Ctx,
    order: &Order,
    path: &Path,
    file: &File,
    report: Option<&Path>,
) -> Result<(), String> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let told = |error: Error| format!("{name}: {}", language::of_error(ctx.language, &error));
    let mut report = match report {
        Some(report) => Some(open_report(report, ctx.language)?),
        None => None,
    };
    let id = ctx.services.ids.next(ctx.now()).into();
    let start = StartImport {
        id,
        kind: order.kind,
        filename: name.clone(),
        bytes: file.input.stored_bytes().map_err(told)?,
        dry_run: order.dry_run,
        language: ctx.language,
    };
    // Killed without a word, it is still known to have been cut short.
    let _claim = Claim::take(ctx, id).map_err(told)?;
    ctx.write(start).await.map_err(told)?;
    let started = Instant::now();
    let bar = Bar::follow(name.clone(), Arc::clone(&file.progress));
    let mut listener = |finding: &Finding| match &mut report {
        Some(report) => report.add(finding.into()),
        None => Ok(()),
    };
    let loaded = tokio::select! {
        loaded = run::run(ctx, id, order, file, &mut listener) => loaded,
        () = crate::startup::signal() => {
            drop(bar);
            run::interrupt(ctx, id).await.map_err(told)?;
            return Err(format!("{name}: {}", language::of_code(ctx.language, "import_interrupted", &[])));
        }
    };
    drop(bar);
    let tally = loaded.as_ref().map_or_else(|_| Tally::default(), |(_, tally)| tally.clone());
    if let Some(report) = report {
        report.end(&tally).map_err(told)?;
    }
    let (import, tally) = loaded.map_err(told)?;
    print!("{}", summary(&name, &tally, started.elapsed().as_secs_f64(), ctx.language, import.dry_run));
    Ok(())
}

fn open_report(path: &Path, language: Language) -> Result<Report<BufWriter<OutFile>>, String> {
    let format = if path.extension().is_some_and(|e| e == "json") { Format::Json } else { Format::Csv };
    let out = OutFile::create(path).map_err(|e| format!("--report {}: {e}", path.display()))?;
    Report::begin(BufWriter::new(out), format, language).map_err(|e| e.to_string())
}

/// One report for one file; of several files each has its own, named after it.
fn report_path(report: &Path, file: &Path, files: usize) -> PathBuf {
    if files == 1 {
        return report.to_owned();
    }
    let stem = report.file_stem().unwrap_or_default().to_string_lossy();
    let of = file.file_name().unwrap_or_default().to_string_lossy();
    let of = of.split('.').next().unwrap_or_default();
    let extension = report.extension().map_or_else(|| "csv".into(), |e| e.to_string_lossy());
    report.with_file_name(format!("{stem}-{of}.{extension}"))
}

/// What a person at the terminal wants to know, a line per kind of finding.
fn summary(name: &str, tally: &Tally, seconds: f64, language: Language, dry_run: bool) -> String {
    let rate = tally.read as f64 / seconds.max(0.001);
    let say = |key: &str, args: &[(&'static str, String)]| {
        language::text(language, key, args).unwrap_or_else(|| key.to_owned())
    };
    let head = say(
        "import-summary",
        &[
            ("file", name.to_owned()),
            ("rows", tally.read.to_string()),
            ("seconds", format!("{seconds:.1}")),
            ("rate", format!("{rate:.0}")),
        ],
    );
    let dry = if dry_run { say("import-summary-dry-run", &[]) } else { String::new() };
    let counts = say(
        "import-summary-counts",
        &[
            ("new", tally.loaded_new.to_string()),
            ("updated", tally.updated.to_string()),
            ("unchanged", tally.unchanged.to_string()),
            ("refused", tally.refused.to_string()),
            ("warned", tally.warned.to_string()),
        ],
    );
    let mut text = format!("{head}{}{dry}\n  {counts}\n", if dry.is_empty() { "" } else { ", " });
    let mut codes: Vec<_> = tally.by_code.iter().collect();
    codes.sort_by_key(|(code, count)| (std::cmp::Reverse(**count), **code));
    for (code, count) in codes {
        text += &format!("  {count:>7}  {code}: {}\n", finding::meaning(language, code, None));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_files_have_a_report_each() {
        let path =
            |files| report_path(Path::new("out/report.json"), Path::new("data/districts.csv.gz"), files);
        assert_eq!(path(1), Path::new("out/report.json"));
        assert_eq!(path(2), Path::new("out/report-districts.json"));
    }

    #[test]
    fn a_summary_tells_the_most_frequent_first() {
        let mut tally = Tally { read: 10, loaded_new: 9, refused: 1, ..Tally::default() };
        tally.by_code.extend([("npsn_duplicate", 2), ("district_unmatched", 5)]);
        let text = summary("a.csv", &tally, 2.0, Language::English, true);
        assert!(text.starts_with("a.csv: 10 rows in 2.0 s (5 rows/s), dry run"), "{text}");
        assert!(text.find("district_unmatched") < text.find("npsn_duplicate"), "{text}");
        let text = summary("a.csv", &tally, 2.0, Language::Indonesian, true);
        assert!(text.starts_with("a.csv: 10 baris dalam 2.0 detik (5 baris/detik), uji coba"), "{text}");
        assert!(text.contains("baru 9") && text.contains("ditolak 1"), "{text}");
    }
}
