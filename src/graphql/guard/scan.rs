//! The first look, at bytes: one pass, no recursion, no allocation.

use super::{Limits, within};
use crate::foundation::error::Result;

/// What the raw text holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Lexemes {
    /// Names, numbers, strings, marks and comments.
    pub tokens: u64,
    /// The deepest nesting of brackets of any kind, matched or not.
    pub nesting: u64,
}

/// Counts tokens and bracket nesting of a query text without parsing it.
///
/// # Errors
/// `query_too_large` (bytes or tokens) or `query_too_deep`.
pub fn scan(text: &str, limits: &Limits) -> Result<Lexemes> {
    within(text.len() as u64, limits.text_bytes as u64, "query_too_large")?;
    let bytes = text.as_bytes();
    let mut found = Lexemes::default();
    let (mut at, mut open) = (0, 0_u64);
    while let Some(&byte) = bytes.get(at) {
        let rest = bytes.get(at..).unwrap_or_default();
        at += match byte {
            b' ' | b'\t' | b'\n' | b'\r' | b',' => {
                at += 1;
                continue;
            }
            b'{' | b'[' | b'(' => {
                open += 1;
                found.nesting = found.nesting.max(open);
                1
            }
            b'}' | b']' | b')' => {
                open = open.saturating_sub(1);
                1
            }
            b'#' => run(rest, |b| !matches!(b, b'\n' | b'\r')),
            b'"' if rest.starts_with(b"\"\"\"") => block_string(rest),
            b'"' => string(rest),
            b'.' => run(rest, |b| b == b'.').min(3),
            b'-' | b'0'..=b'9' => number(rest),
            b if is_name(b) => run(rest, is_name),
            _ => 1,
        };
        found.tokens += 1;
        within(found.tokens, limits.tokens, "query_too_large")?;
        within(found.nesting, limits.nesting, "query_too_deep")?;
    }
    Ok(found)
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// How many bytes from the start `belongs` holds for; at least the one that was looked at.
pub(super) fn run(rest: &[u8], belongs: impl Fn(u8) -> bool) -> usize {
    rest.iter().take_while(|&&byte| belongs(byte)).count().max(1)
}

fn number(rest: &[u8]) -> usize {
    1 + rest
        .iter()
        .skip(1)
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'+' | b'-'))
        .count()
}

/// A string up to its closing quote, or to the end of its line: there the parser stops as well.
pub(super) fn string(rest: &[u8]) -> usize {
    let mut at = 1;
    while let Some(&byte) = rest.get(at) {
        at += match byte {
            b'\\' => 2,
            b'"' => return at + 1,
            b'\n' | b'\r' => return at,
            _ => 1,
        };
    }
    rest.len()
}

/// A block string up to its closing quotes (`\"""` does not close it), or to the end of the text.
pub(super) fn block_string(rest: &[u8]) -> usize {
    let mut at = 3;
    while let Some(tail) = rest.get(at..).filter(|tail| !tail.is_empty()) {
        if tail.starts_with(b"\"\"\"") {
            return at + 3;
        }
        at += if tail.starts_with(b"\\\"\"\"") { 4 } else { 1 };
    }
    rest.len()
}
