//! Escapes of Unicode in strings that the parser does not read: surrogate pairs
//! (`\ud83d\ude00`, as every JSON encoder writes them) and braces (`\u{1F600}`).

use std::borrow::Cow;

use super::scan::{block_string, run, string};

/// The same text with these escapes written as the character they stand for. What stands
/// for no character is left as it is, and the parser refuses it.
pub fn spelt_out(text: &str) -> Cow<'_, str> {
    if !["\\u{", "\\ud", "\\uD"].iter().any(|escape| text.contains(escape)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let bytes = rest.as_bytes();
        let (length, quoted) = match bytes.first() {
            Some(b'#') => (run(bytes, |b| !matches!(b, b'\n' | b'\r')), false),
            Some(b'"') if rest.starts_with("\"\"\"") => (block_string(bytes), false),
            Some(b'"') => (string(bytes), true),
            _ => (run(bytes, |b| !matches!(b, b'#' | b'"')), false),
        };
        let (piece, tail) = rest.split_at_checked(length).unwrap_or((rest, ""));
        if quoted {
            unescape(piece, &mut out);
        } else {
            out.push_str(piece);
        }
        rest = tail;
    }
    Cow::Owned(out)
}

fn unescape(mut rest: &str, out: &mut String) {
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        out.push_str(before);
        if let Some((c, length)) = character(escape) {
            match c {
                '"' | '\\' | '\0'..='\u{1f}' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
                c => out.push(c),
            }
            rest = escape.get(length..).unwrap_or_default();
        } else {
            // The escaped character goes with its backslash, for it may be another one.
            let length = 1 + escape.chars().nth(1).map_or(0, char::len_utf8);
            let (kept, tail) = escape.split_at_checked(length).unwrap_or((escape, ""));
            out.push_str(kept);
            rest = tail;
        }
    }
    out.push_str(rest);
}

/// The character of an escape that the parser does not know, and how long the escape is.
fn character(escape: &str) -> Option<(char, usize)> {
    let digits = escape.strip_prefix("\\u")?;
    if let Some(braced) = digits.strip_prefix('{') {
        let end = braced.find('}').filter(|end| (1..=6).contains(end))?;
        let c = char::from_u32(hex(braced.get(..end)?)?)?;
        return Some((c, 4 + end));
    }
    let high = hex(digits.get(..4)?)?;
    let low = hex(digits.get(4..)?.strip_prefix("\\u")?.get(..4)?)?;
    ((0xd800..0xdc00).contains(&high) && (0xdc00..0xe000).contains(&low))
        .then(|| char::from_u32(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00)))
        .flatten()
        .map(|c| (c, 12))
}

fn hex(digits: &str) -> Option<u32> {
    digits.bytes().all(|b| b.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_and_braces_are_spelt_out_in_strings_and_nowhere_else() {
        assert_eq!(spelt_out(r#"{a(x:"\ud83d\ude00!")}"#), r#"{a(x:"😀!")}"#);
        assert_eq!(spelt_out(r#"{a(x:"\u{1F600}\u{41}")}"#), r#"{a(x:"😀A")}"#);
        assert_eq!(spelt_out(r#"{a(x:"\u{22}\u{a}\u{5c}")}"#), r#"{a(x:"\u0022\u000a\u005c")}"#);
        for kept in [
            r#"{a(x:"\\ud83d\\ude00")}"#,
            r#"{a(x:"\ud83d")}"#,
            r#"{a(x:"\ude00\ud83d")}"#,
            r#"{a(x:"\u{110000}")}"#,
            r#"{a(x:"""\ud83d\ude00""")}"#,
            "{a} # \"\\ud83d\\ude00\"",
            r#"{a(x:"\u00e9\u{"#,
        ] {
            assert_eq!(spelt_out(kept), kept);
        }
    }
}
