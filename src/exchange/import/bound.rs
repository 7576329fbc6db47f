//! Readers that keep a file within its bounds while it streams: bytes counted,
//! inflation bounded, newlines made alike, one row's size bounded.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::progress::Progress;

/// Why a file cannot be read on, as the source of an [`io::Error`].
#[derive(Debug, thiserror::Error)]
#[error("{code} (limit {limit})")]
pub struct Broken {
    /// Stable code.
    pub code: &'static str,
    /// The bound that was passed, in bytes.
    pub limit: u64,
}

fn broken(code: &'static str, limit: u64) -> io::Error {
    io::Error::other(Broken { code, limit })
}

/// Counts the stored bytes that pass.
pub struct Counted<R> {
    inner: R,
    bytes: Arc<AtomicU64>,
    progress: Arc<Progress>,
}

impl<R> Counted<R> {
    /// Counts for itself and for `progress`.
    pub fn new(inner: R, progress: Arc<Progress>) -> Self {
        Self { inner, bytes: Arc::default(), progress }
    }

    /// The running count, readable while the reader is in use.
    pub fn count(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.bytes)
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buf)?;
        self.bytes.fetch_add(n as u64, Ordering::Relaxed);
        self.progress.add_bytes(n as u64);
        Ok(n)
    }
}

/// Refuses a text that is, or inflates to, more than it may.
pub struct Inflated<R> {
    inner: R,
    bytes: u64,
    limit: u64,
    ratio: Option<(Arc<AtomicU64>, u64)>,
}

/// Below this the ratio is not looked at.
const RATIO_FLOOR: u64 = 16 * 1024 * 1024;

impl<R> Inflated<R> {
    /// At most `limit` bytes.
    pub fn new(inner: R, limit: u64) -> Self {
        Self { inner, bytes: 0, limit, ratio: None }
    }

    /// And at most `times` as many bytes as were `stored`.
    #[must_use]
    pub fn with_ratio(mut self, stored: Arc<AtomicU64>, times: u64) -> Self {
        self.ratio = Some((stored, times));
        self
    }
}

impl<R: Read> Read for Inflated<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buf)?;
        self.bytes += n as u64;
        if self.bytes > self.limit {
            return Err(broken("file_too_large", self.limit));
        }
        if let Some((stored, times)) = &self.ratio
            && self.bytes > RATIO_FLOOR
            && self.bytes / times > stored.load(Ordering::Relaxed)
        {
            return Err(broken("file_inflates_too_much", *times));
        }
        Ok(n)
    }
}

/// Turns CR LF and lone CR into LF and ends the last line, so that line numbers are those an editor shows.
pub struct Newlines<R> {
    inner: R,
    after_cr: bool,
    ended: bool,
}

impl<R> Newlines<R> {
    /// Reads `inner` with one kind of newline.
    pub fn new(inner: R) -> Self {
        Self { inner, after_cr: false, ended: true }
    }

    fn convert(&mut self, buf: &mut [u8]) -> usize {
        let mut out = 0;
        for i in 0..buf.len() {
            let byte = buf[i];
            if byte == b'\n' && self.after_cr {
                self.after_cr = false;
                continue;
            }
            self.after_cr = byte == b'\r';
            buf[out] = if self.after_cr { b'\n' } else { byte };
            out += 1;
        }
        out
    }
}

impl<R: Read> Read for Newlines<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if buf.is_empty() {
            return Ok(0);
        }
        loop {
            let n = self.inner.read(buf)?;
            if n == 0 {
                if self.ended {
                    return Ok(0);
                }
                self.ended = true;
                buf[0] = b'\n';
                return Ok(1);
            }
            // Most files have no CR at all, and then nothing is moved.
            let kept =
                if self.after_cr || buf[..n].contains(&b'\r') { self.convert(&mut buf[..n]) } else { n };
            if kept > 0 {
                self.ended = buf[kept - 1] == b'\n';
                return Ok(kept);
            }
        }
    }
}

/// Bytes read since the last row was handed out.
#[derive(Clone, Default)]
pub struct Spent(Arc<AtomicU64>);

impl Spent {
    /// A row was handed out.
    pub fn reset(&self) {
        self.0.store(0, Ordering::Relaxed);
    }
}

/// Stops a single row (a quote that is never closed) from being gathered in memory without end.
pub struct RowGuard<R> {
    inner: R,
    spent: Spent,
    limit: u64,
}

impl<R> RowGuard<R> {
    /// At most `limit` bytes between two calls of [`Spent::reset`].
    pub fn new(inner: R, limit: u64) -> Self {
        Self { inner, spent: Spent::default(), limit }
    }

    /// The count to reset.
    pub fn spent(&self) -> Spent {
        self.spent.clone()
    }
}

impl<R: Read> Read for RowGuard<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buf)?;
        let spent = self.spent.0.fetch_add(n as u64, Ordering::Relaxed) + n as u64;
        if spent > self.limit { Err(broken("row_unclosed", self.limit)) } else { Ok(n) }
    }
}
