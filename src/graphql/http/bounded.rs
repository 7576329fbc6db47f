//! A body of so many bytes and no more: what is longer is not built up in memory.

use std::io;

use serde::Serialize;

use crate::foundation::error::{Error, Fault, Result};

/// Bytes of an answer. The costliest operation stays far below with fields of usual length.
pub const ANSWER_BYTES: usize = 16 * 1024 * 1024;

struct Bounded {
    bytes: Vec<u8>,
    most: usize,
    full: bool,
}

impl io::Write for Bounded {
    fn write(&mut self, more: &[u8]) -> io::Result<usize> {
        if self.bytes.len().saturating_add(more.len()) > self.most {
            self.full = true;
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(more);
        Ok(more.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// `body` as JSON of at most `most` bytes.
///
/// # Errors
/// `answer_too_large`; `internal` when it cannot be written at all.
pub fn written(body: &impl Serialize, most: usize) -> Result<Vec<u8>> {
    let mut into = Bounded { bytes: Vec::new(), most, full: false };
    match serde_json::to_writer(&mut into, body) {
        Ok(()) => Ok(into.bytes),
        Err(_) if into.full => {
            Err(Error::Malformed(Box::new(Fault::new("/query", "answer_too_large").with("limit", most))))
        }
        Err(error) => Err(Error::internal("write an answer", error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_longer_is_refused_and_what_fits_is_whole() {
        assert_eq!(written(&"abc", 5).unwrap(), b"\"abc\"");
        assert_eq!(written(&"abcd", 5).unwrap_err().code(), "answer_too_large");
    }
}
