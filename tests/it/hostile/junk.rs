//! Values that have broken services before.

use rand::{RngExt, rngs::StdRng};
use serde_json::{Value, json};

const TEXTS: &[&str] = &[
    "",
    " ",
    "0",
    "-1",
    "null",
    "undefined",
    "abc",
    "\u{0}",
    "a\u{0}b",
    "😀",
    "\u{202e}gnp.exe",
    "\u{feff}x",
    "e\u{301}\u{301}\u{301}",
    "%",
    "%00",
    "_",
    "'; DROP TABLE person; --",
    "\\",
    "\"",
    "<script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
    "{{7*7}}",
    "${jndi:ldap://x}",
    "../../etc/passwd",
    "1e999",
    "NaN",
    "18446744073709551616",
    "2026-13-45",
    "0000-00-00T00:00:00Z",
    "-262143-01-01",
    "+262142-12-31T23:59:60Z",
    "9999-12-31T23:59:59Z",
    "00000000-0000-0000-0000-000000000000",
    "ffffffff-ffff-ffff-ffff-ffffffffffff",
    "99",
    "99.99.99.9999",
    "WyJhIl0.AAAAAAAAAAAAAAAA",
    "QmF0Y2g6eA",
];

/// A string.
pub fn text(chance: &mut StdRng) -> String {
    match chance.random_range(0..12) {
        0 => "A".repeat([64, 300, 5_000][chance.random_range(0..3)]),
        1 => "9".repeat(400),
        2 => (0..8).map(|_| chance.random::<char>()).collect(),
        3 => uuid::Uuid::from_u128(chance.random()).to_string(),
        _ => TEXTS[chance.random_range(0..TEXTS.len())].to_owned(),
    }
}

/// Any JSON value.
pub fn value(chance: &mut StdRng) -> Value {
    match chance.random_range(0..14) {
        0 => Value::Null,
        1 => json!(true),
        2 => json!([]),
        3 => json!({}),
        4 => json!([text(chance), null, 1]),
        5 => json!({ text(chance): text(chance) }),
        6 => json!(i64::MAX),
        7 => json!(i64::MIN),
        8 => json!(u64::MAX),
        9 => json!(1.5e308),
        10 => json!(-0.1),
        11 => (0..100).fold(json!(1), |inner, _| json!([inner])),
        _ => json!(text(chance)),
    }
}
