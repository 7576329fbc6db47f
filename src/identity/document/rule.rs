//! What a registered document is called, and how many there are.

use crate::foundation::{error::Fault, text};

/// Documents of one app.
pub const MOST_DOCUMENTS: u64 = 1_000;
/// Bytes of one document: as long as one may be that is sent with a request.
pub const MOST_BYTES: usize = 64 * 1024;

/// What its makers call a document, 1 to 100 characters.
///
/// # Errors
/// As [`text::line`].
pub fn name(raw: &str) -> Result<String, Fault> {
    text::line(raw, 100)
}

/// The text as it was written: its hash names it, so nothing of it may be tidied.
///
/// # Errors
/// `text_missing`, `text_too_long`.
pub fn document(raw: &str) -> Result<&str, Fault> {
    if raw.trim().is_empty() {
        return Err(Fault::new("", "text_missing"));
    }
    if raw.len() > MOST_BYTES {
        return Err(Fault::new("", "text_too_long").with("max", MOST_BYTES));
    }
    Ok(raw)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_stays_as_it_was_written() {
        assert_eq!(document(" { me { subject } }\n").unwrap(), " { me { subject } }\n");
        assert_eq!(document(" \n").unwrap_err().code, "text_missing");
        assert_eq!(document(&"a".repeat(MOST_BYTES + 1)).unwrap_err().code, "text_too_long");
    }
}
