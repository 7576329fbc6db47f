//! Lines of text that people type: names, titles, reasons. Brought to one form
//! (trimmed, single spaces, NFC) and free of characters that deceive the reader.

use super::error::Fault;
use unicode_normalization::UnicodeNormalization;

/// One line in its normal form, of at most `max` characters.
///
/// # Errors
/// `text_missing` when nothing is left, `text_too_long` (with `max`),
/// `text_has_control_characters` (line breaks and tabs within count),
/// `text_has_direction_controls` (they make a text read as another than it is),
/// `text_has_invisible_characters` (two texts that look the same would differ).
pub fn line(raw: &str, max: usize) -> Result<String, Fault> {
    // Tabs and breaks at the ends are what spreadsheets leave; inside they mean two fields became one.
    let trimmed = raw.trim();
    if let Some(code) = trimmed.chars().find_map(deceiving) {
        return Err(Fault::new("", code));
    }
    let normal: String = trimmed.split_whitespace().collect::<Vec<_>>().join(" ").nfc().collect();
    if normal.is_empty() {
        return Err(Fault::new("", "text_missing"));
    }
    let length = normal.chars().count();
    if length > max {
        return Err(Fault::new("", "text_too_long").with("max", max).with("length", length));
    }
    Ok(normal)
}

/// The most bytes of an address on the web.
const URL_BYTES: usize = 500;

/// An address on the web, as far as its form tells, of at most 500 bytes.
///
/// # Errors
/// As [`line()`]; `url_malformed`.
pub fn web_address(raw: &str) -> Result<String, Fault> {
    let malformed = || Fault::new("", "url_malformed");
    let address = line(raw, URL_BYTES)?;
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    let host = rest.and_then(|rest| rest.split(['/', '?', '#']).next()).ok_or_else(malformed)?;
    let plain = address.bytes().all(|b| b.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&b));
    let named = host.contains('.') && !host.starts_with('.') && !host.contains('@');
    if plain && named && address.len() <= URL_BYTES { Ok(address) } else { Err(malformed()) }
}

/// Paragraphs of one line each, each in its normal form, of at most `max` characters together; what is
/// blank between them goes. Empty when nothing was said.
///
/// # Errors
/// As [`line()`], but for `text_missing`: whether something must be said is for the caller to decide.
pub fn paragraphs(raw: &str, max: usize) -> Result<String, Fault> {
    let mut lines = Vec::new();
    for one in raw.lines().filter(|one| !one.trim().is_empty()) {
        lines.push(line(one, max)?);
    }
    let whole = lines.join("\n");
    let length = whole.chars().count();
    if length > max {
        return Err(Fault::new("", "text_too_long").with("max", max).with("length", length));
    }
    Ok(whole)
}

/// As [`line()`], for imports: control characters inside become spaces, and a warning says so.
///
/// # Errors
/// As [`line()`], except for `text_has_control_characters`, which is the warning here.
pub fn mended_line(raw: &str, max: usize) -> Result<(String, Option<Fault>), Fault> {
    let controls = |c: char| deceiving(c) == Some("text_has_control_characters");
    let spaced: String = raw.chars().map(|c| if controls(c) { ' ' } else { c }).collect();
    let warning = raw.trim().chars().any(controls).then(|| Fault::new("", "text_has_control_characters"));
    Ok((line(&spaced, max)?, warning))
}

/// A text of several lines, exactly as it was given, of at most `max` characters. Line breaks and tabs may stay.
///
/// # Errors
/// As [`line()`], but for line breaks and tabs.
pub fn as_given(raw: &str, max: usize) -> Result<String, Fault> {
    if let Some(code) = raw.chars().filter(|c| !matches!(c, '\n' | '\r' | '\t')).find_map(deceiving) {
        return Err(Fault::new("", code));
    }
    if raw.trim().is_empty() {
        return Err(Fault::new("", "text_missing"));
    }
    let length = raw.chars().count();
    if length > max {
        return Err(Fault::new("", "text_too_long").with("max", max).with("length", length));
    }
    Ok(raw.to_owned())
}

/// Whether a character makes a text look like another one, so that it must not be shown as it came.
pub fn deceives(c: char) -> bool {
    deceiving(c).is_some()
}

fn deceiving(c: char) -> Option<&'static str> {
    match c {
        '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
            Some("text_has_direction_controls")
        }
        // The joiners U+200C and U+200D stay: Javanese, Balinese and Arabic script need them.
        '\u{00AD}' | '\u{200B}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{E0000}'..='\u{E007F}' => {
            Some("text_has_invisible_characters")
        }
        c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => Some("text_has_control_characters"),
        _ => None,
    }
}

/// Why something was refused, withdrawn or cancelled, in the words of whoever decided; 1 to 500 characters.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(transparent)]
pub struct Reason(String);

impl Reason {
    /// Longest reason, in characters.
    pub const MAX_CHARS: usize = 500;

    /// A reason from what was typed.
    ///
    /// # Errors
    /// `reason_missing` when nothing was said, else as [`line()`].
    pub fn parse(raw: &str) -> Result<Self, Fault> {
        match line(raw, Self::MAX_CHARS) {
            Err(fault) if fault.code == "text_missing" => Err(Fault::new("", "reason_missing")),
            other => other.map(Self),
        }
    }

    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn padding_goes_and_inner_spaces_become_one() {
        assert_eq!(line(" SMK AL  AMAH SINDULANG\t\t\t", 80).unwrap(), "SMK AL AMAH SINDULANG");
    }

    #[test]
    fn letters_and_their_marks_become_one_letter() {
        assert_eq!(line("Jose\u{301}", 80).unwrap(), "José");
    }

    #[test]
    fn characters_that_deceive_are_refused_each_by_its_own_code() {
        let code = |raw: &str| line(raw, 80).unwrap_err().code;
        assert_eq!(code("Budi\u{202E}iduB"), "text_has_direction_controls");
        assert_eq!(code("Bu\u{200B}di"), "text_has_invisible_characters");
        assert_eq!(code("Budi\tSiti"), "text_has_control_characters");
        assert_eq!(code("Budi\u{0}"), "text_has_control_characters");
        assert_eq!(code(" \t\n "), "text_missing");
    }

    #[test]
    fn an_import_mends_control_characters_and_says_so() {
        let (address, warning) = mended_line("RT 01 \tRW 01 ", 80).unwrap();
        assert_eq!(address, "RT 01 RW 01");
        assert_eq!(warning.unwrap().code, "text_has_control_characters");
        assert_eq!(mended_line("SDN CIBOGO\t", 80).unwrap(), ("SDN CIBOGO".to_owned(), None));
    }

    #[test]
    fn length_counts_characters_not_bytes() {
        assert!(line(&"é".repeat(80), 80).is_ok());
        assert_eq!(line(&"é".repeat(81), 80).unwrap_err().code, "text_too_long");
    }

    #[test]
    fn paragraphs_stay_apart_and_count_together() {
        assert_eq!(paragraphs(" Satu  dua \r\n\n  tiga\n", 20).unwrap(), "Satu dua\ntiga");
        assert_eq!(paragraphs(" \n\n", 20).unwrap(), "");
        assert_eq!(paragraphs("aaaaa\nbbbbb", 11).unwrap(), "aaaaa\nbbbbb");
        assert_eq!(paragraphs("aaaaa\nbbbbb", 10).unwrap_err().code, "text_too_long");
        assert_eq!(paragraphs("Bu\u{200B}di", 20).unwrap_err().code, "text_has_invisible_characters");
    }

    #[test]
    fn a_reason_must_say_something() {
        assert_eq!(Reason::parse("  ").unwrap_err().code, "reason_missing");
        assert_eq!(Reason::parse(" pindah tugas ").unwrap().as_str(), "pindah tugas");
    }

    #[test]
    fn a_text_of_several_lines_stays_as_it_was_given() {
        let given = " Guru bertanya.\r\n\tLalu diam.\n";
        assert_eq!(as_given(given, 80).unwrap(), given);
        for (bad, code) in [
            ("Budi\u{202E}iduB", "text_has_direction_controls"),
            ("Bu\u{200B}di", "text_has_invisible_characters"),
            ("Budi\u{0}", "text_has_control_characters"),
            (" \n\t ", "text_missing"),
        ] {
            assert_eq!(as_given(bad, 80).unwrap_err().code, code, "{bad:?}");
        }
        assert_eq!(as_given(&"é\n".repeat(41), 80).unwrap_err().code, "text_too_long");
    }

    proptest! {
        #[test]
        fn the_normal_form_is_its_own_normal_form(raw in "\\PC{0,40}") {
            if let Ok(normal) = line(&raw, 200) {
                prop_assert_eq!(line(&normal, 200).unwrap(), normal.as_str());
                prop_assert!(!normal.chars().any(char::is_control));
            }
        }
    }

    #[test]
    fn evidence_is_shown_at_a_whole_web_address() {
        for good in ["https://contoh.id", "http://contoh.id/a?b=c#d"] {
            assert_eq!(web_address(good).unwrap(), good);
        }
        for bad in [
            "contoh.id",
            "javascript:alert(1)",
            "https://",
            "https://contoh",
            "https://a@contoh.id",
            "https://contoh.id/\"><script>",
            "ftp://contoh.id",
            "https://contoh.id/a b",
        ] {
            assert_eq!(web_address(bad).unwrap_err().code, "url_malformed", "{bad}");
        }
    }
}
