//! How far an import is: plain counters that the reader moves and anyone may look at
//! (a terminal's bar, an answer of the API).

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// What an import is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Reading the whole file to see that it is sound.
    Checking,
    /// Loading its rows.
    Loading,
    /// Nothing more will happen.
    Done,
}

/// Counters of one import, shared between the reader and whoever shows them.
#[derive(Debug, Default)]
pub struct Progress {
    total: AtomicU64,
    bytes: AtomicU64,
    rows: AtomicU64,
    phase: AtomicU8,
}

impl Progress {
    /// For a file of `stored` bytes, which is read twice.
    pub fn of(stored: u64) -> Arc<Self> {
        let progress = Self::default();
        progress.total.store(stored.saturating_mul(2), Ordering::Relaxed);
        Arc::new(progress)
    }

    /// More bytes of the stored file were read.
    pub fn add_bytes(&self, bytes: u64) {
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
    }

    /// More rows were decided on (loaded or refused).
    pub fn add_rows(&self, rows: u64) {
        self.rows.fetch_add(rows, Ordering::Relaxed);
    }

    /// The next phase begins.
    pub fn enter(&self, phase: Phase) {
        self.phase.store(phase as u8, Ordering::Relaxed);
    }

    /// What is being done.
    pub fn phase(&self) -> Phase {
        match self.phase.load(Ordering::Relaxed) {
            0 => Phase::Checking,
            1 => Phase::Loading,
            _ => Phase::Done,
        }
    }

    /// Rows decided on so far.
    pub fn rows(&self) -> u64 {
        self.rows.load(Ordering::Relaxed)
    }

    /// How much of the stored file that stands for, for those who know its size only: half of the bytes of two readings.
    pub fn stored_bytes_read(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed) / 2
    }

    /// How far, 0 to 100. Both readings of the file count, so it never runs backwards.
    pub fn percent(&self) -> u8 {
        if self.phase() == Phase::Done {
            return 100;
        }
        let total = self.total.load(Ordering::Relaxed);
        let share = self.bytes.load(Ordering::Relaxed).saturating_mul(100).checked_div(total);
        share.map_or(0, |percent| percent.min(99) as u8)
    }
}

/// A bar on the terminal that follows a [`Progress`] until it is dropped. Draws nothing when
/// standard error is not a terminal.
pub struct Bar {
    bar: ProgressBar,
    task: tokio::task::JoinHandle<()>,
}

impl Bar {
    /// Starts drawing, `title` before the bar. Must be called inside a tokio runtime.
    pub fn follow(title: String, progress: Arc<Progress>) -> Self {
        let bar = ProgressBar::with_draw_target(Some(100), ProgressDrawTarget::stderr());
        let template = "{prefix} [{bar:30}] {pos:>3}% {msg} {elapsed}";
        bar.set_style(
            ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()),
        );
        bar.set_prefix(title);
        let drawn = bar.clone();
        let task = tokio::spawn(async move {
            let mut tick = tokio::time::interval(Duration::from_millis(100));
            loop {
                tick.tick().await;
                draw(&drawn, &progress);
            }
        });
        Self { bar, task }
    }
}

fn draw(bar: &ProgressBar, progress: &Progress) {
    bar.set_position(u64::from(progress.percent()));
    bar.set_message(match progress.phase() {
        Phase::Checking => "checking".to_owned(),
        Phase::Loading | Phase::Done => format!("{} rows", progress.rows()),
    });
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.task.abort();
        self.bar.finish_and_clear();
    }
}
