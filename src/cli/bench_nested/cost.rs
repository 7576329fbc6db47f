//! CPU time of this process, and of the database's processes that serve one database.

use std::{fs, time::Duration};

/// CPU time used so far.
#[derive(Debug, Clone, Copy, Default)]
pub struct Cpu {
    /// By this process. The client that asks is another.
    pub server: Duration,
    /// By the processes of PostgreSQL that serve our database, where they run on this machine.
    pub database: Duration,
}

/// Linux counts CPU time for others to read in hundredths of a second, on every architecture.
const TICK: Duration = Duration::from_millis(10);

/// CPU time so far.
///
/// # Errors
/// In words, where there is no `/proc`.
pub fn now(database: Option<&str>) -> Result<Cpu, String> {
    let server = of("self").ok_or("CPU time is read from /proc, which is not here: measure on Linux")?;
    Ok(Cpu { server, database: database.map(of_backends).unwrap_or_default() })
}

fn of_backends(database: &str) -> Duration {
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    processes
        .filter_map(|process| {
            let name = process.file_name();
            let id = name.to_str()?.parse::<u32>().ok()?;
            // PostgreSQL writes what a process serves in its title: `postgres: user database host ...`.
            let title = fs::read(format!("/proc/{id}/cmdline")).ok()?;
            let title = String::from_utf8_lossy(&title);
            let ours = title.starts_with("postgres") && title.split([' ', '\0']).any(|word| word == database);
            ours.then(|| of(&id.to_string())).flatten()
        })
        .sum()
}

/// User and system time of a process.
fn of(process: &str) -> Option<Duration> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The second field, the name, is in brackets and may hold anything.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at)?.parse::<u32>().ok();
    // Fields 14 and 15 of proc(5); the third is the first after the bracket.
    Some(TICK * (ticks(11)? + ticks(12)?))
}
