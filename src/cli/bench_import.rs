//! `sanggar bench import`: how fast real files come in and what memory that takes, beside the
//! time the database's own bulk load needs for the same rows.

use std::{
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
    time::Instant,
};

use clap::Args;
use sea_orm::{ConnectionTrait, Database};

use crate::{
    access::{actor::Actor, context::Ctx, keys::Keyring},
    config::Config,
    exchange::import::{
        load::File,
        report::Tally,
        rule::ImportKind,
        run::{self, Order},
        source::{Input, Limits},
        write::StartImport,
    },
    foundation::{
        clock::SystemClock,
        error::Result,
        id::Ids,
        store::{PoolSizes, Store},
    },
    startup,
};

/// What to measure with.
#[derive(Args)]
pub struct BenchImportArgs {
    /// Folder of provinces.csv, regencies.csv, districts.csv and dapodik_to_kemendagri.csv.
    #[arg(long)]
    regions: PathBuf,
    /// The schools file.
    #[arg(long)]
    schools: PathBuf,
    /// A PostgreSQL server on which a database may be made and dropped again.
    #[arg(long)]
    postgres: Option<String>,
}

/// Measures on the embedded database and, where a server is named, on PostgreSQL.
///
/// # Errors
/// In words.
pub async fn run(args: &BenchImportArgs) -> std::result::Result<(), String> {
    let folder = tempfile::Builder::new().prefix("sanggar-bench-").tempdir();
    let folder = folder.map_err(|e| format!("make a folder for the data: {e}"))?;
    engines(args, folder.path()).await
}

async fn engines(args: &BenchImportArgs, folder: &Path) -> std::result::Result<(), String> {
    let path = folder.join("bench.db");
    let own = measure("SQLite", &format!("sqlite://{}", path.display()), args, folder).await?;
    show_bulk("sqlite3 .import", sqlite_bulk(&path, folder), own);
    let Some(server) = &args.postgres else { return Ok(()) };
    let name = format!("sanggar_bench_{}", std::process::id());
    admin(server, &format!("CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0")).await?;
    let url = on_server(server, &name);
    let own = measure("PostgreSQL", &url, args, folder).await;
    if let Ok(own) = own {
        show_bulk("\\copy", postgres_bulk(&url, folder), own);
    }
    admin(server, &format!("DROP DATABASE {name} WITH (FORCE)")).await?;
    own.map(|_| ())
}

/// Imports everything twice and prints what was measured. Answers the seconds of the schools' first run.
async fn measure(
    engine: &str,
    url: &str,
    args: &BenchImportArgs,
    folder: &Path,
) -> std::result::Result<f64, String> {
    let store = Store::open(url, PoolSizes::default()).await.map_err(|e| e.to_string())?;
    startup::migrate(&store).await?;
    let settings = Config::usual("http://localhost", folder.to_owned()).settings();
    let services = startup::assemble(
        store,
        Arc::new(SystemClock),
        Ids::from_os(),
        Keyring::ephemeral(1),
        settings,
        PoolSizes::default().writers,
    );
    let ctx = Ctx::internal(Arc::new(services), Actor::operator());
    println!("{engine}");
    for name in ["provinces", "regencies", "districts", "dapodik_to_kemendagri"] {
        let path = args.regions.join(format!("{name}.csv"));
        timed(&ctx, ImportKind::Regions, &path).await?;
    }
    let idle = memory("VmRSS:").unwrap_or_default();
    // Lets the kernel forget the highest mark so far (Linux; elsewhere there is no such figure).
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    let (tally, seconds) = timed(&ctx, ImportKind::Schools, &args.schools).await?;
    let peak = memory("VmHWM:").unwrap_or_default();
    show("first run", &tally, seconds);
    println!("  peak memory: {:.1} MiB above {:.1} MiB idle", mib(peak.saturating_sub(idle)), mib(idle));
    let (again, once_more) = timed(&ctx, ImportKind::Schools, &args.schools).await?;
    show("second run", &again, once_more);
    ctx.services.store.clone().close().await;
    Ok(seconds)
}

async fn timed(ctx: &Ctx, kind: ImportKind, path: &Path) -> std::result::Result<(Tally, f64), String> {
    let started = Instant::now();
    let tally = import(ctx, kind, path).await.map_err(|e| format!("{}: {e}", path.display()))?;
    Ok((tally, started.elapsed().as_secs_f64()))
}

async fn import(ctx: &Ctx, kind: ImportKind, path: &Path) -> Result<Tally> {
    let file = File::new(Input::File(path.to_owned()), Limits::default())?;
    let id = ctx.services.ids.next(ctx.now()).into();
    let filename = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let bytes = file.input.stored_bytes()?;
    ctx.write(StartImport { id, kind, filename, bytes, dry_run: false, language: ctx.language }).await?;
    let (_, tally) = run::run(ctx, id, &Order::of(kind), &file, &mut |_| Ok(())).await?;
    Ok(tally)
}

fn show(what: &str, tally: &Tally, seconds: f64) {
    println!(
        "  {what}: {} rows in {seconds:.2} s = {:.0} rows/s; new {}, updated {}, unchanged {}, warned {}, refused {}",
        tally.read,
        tally.read as f64 / seconds,
        tally.loaded_new,
        tally.updated,
        tally.unchanged,
        tally.warned,
        tally.refused
    );
}

fn show_bulk(what: &str, bulk: Option<f64>, own: f64) {
    match bulk {
        Some(bulk) => println!(
            "  {what} of the same rows: {bulk:.2} s; the import takes {:.1} times as long",
            own / bulk
        ),
        None => println!("  {what}: the program is not here, nothing to compare with"),
    }
}

/// A figure of this process, bytes.
fn memory(name: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kib| kib * 1024)
}

fn mib(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1024 * 1024)
}

/// Seconds that SQLite's own shell needs to load the school rows into a table of the same columns and indexes.
fn sqlite_bulk(database: &Path, folder: &Path) -> Option<f64> {
    let (rows, fresh) = (folder.join("rows.csv"), folder.join("bulk.db"));
    let shell = |file: &Path, commands: &[String]| {
        Command::new("sqlite3").arg(file).args(commands).output().ok().filter(|run| run.status.success())
    };
    let columns = "hex(id), npsn, name, level, ownership, address, region_code, latitude, longitude, provisional, \
                   phone, email, timezone, teaching_days, teaching_from, teaching_until, version, created_at, updated_at";
    let select = format!("SELECT {columns} FROM school");
    shell(database, &[".mode csv".to_owned(), format!(".once {}", rows.display()), select])?;
    let schema = shell(
        database,
        &["SELECT sql || ';' FROM sqlite_master WHERE tbl_name = 'school' AND sql IS NOT NULL".to_owned()],
    )?;
    let schema = String::from_utf8(schema.stdout).ok()?;
    shell(&fresh, &["PRAGMA journal_mode = WAL".to_owned(), schema])?;
    let started = Instant::now();
    let load = [
        "PRAGMA synchronous = FULL".to_owned(),
        "PRAGMA foreign_keys = OFF".to_owned(),
        ".mode csv".to_owned(),
        format!(".import {} school", rows.display()),
    ];
    shell(&fresh, &load)?;
    Some(started.elapsed().as_secs_f64())
}

/// Seconds that `\copy` needs to load the school rows into a table of the same columns and indexes.
fn postgres_bulk(url: &str, folder: &Path) -> Option<f64> {
    let rows = folder.join("rows-postgres.csv");
    let psql = |command: &str| {
        let run = Command::new("psql").args(["-q", "-v", "ON_ERROR_STOP=1", url, "-c", command]).output();
        run.ok().filter(|run| run.status.success())
    };
    psql(&format!("\\copy school TO '{}' CSV", rows.display()))?;
    psql("CREATE TABLE bulk_school (LIKE school INCLUDING ALL)")?;
    let started = Instant::now();
    psql(&format!("\\copy bulk_school FROM '{}' CSV", rows.display()))?;
    Some(started.elapsed().as_secs_f64())
}

/// The address of another database on the same server.
pub(super) fn on_server(server: &str, name: &str) -> String {
    let (base, query) = server.split_once('?').map_or((server, None), |(base, query)| (base, Some(query)));
    let stem = base
        .rsplit_once('/')
        .filter(|(stem, _)| stem.contains("//") && !stem.ends_with('/'))
        .map_or(base, |(s, _)| s);
    query.map_or_else(|| format!("{stem}/{name}"), |query| format!("{stem}/{name}?{query}"))
}

#[allow(clippy::disallowed_methods, reason = "making a database takes no bound values; its name is ours")]
/// Runs a statement on the server itself.
pub(super) async fn admin(server: &str, sql: &str) -> std::result::Result<(), String> {
    let told = |error: sea_orm::DbErr| format!("--postgres: {error}");
    let connection = Database::connect(server).await.map_err(told)?;
    connection.execute_unprepared(sql).await.map_err(told)?;
    connection.close().await.map_err(told)
}
