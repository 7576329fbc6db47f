//! Names on public pages: enough for a reader who holds the certificate to recognise
//! whose it is, too little to look anyone up.

use unicode_segmentation::UnicodeSegmentation;

/// Titles and degrees that are kept, as they name no one: lower case, without dots.
const TITLES: &[&str] = &[
    "adv", "amd", "amdkeb", "amdpd", "apt", "bsc", "dr", "dra", "drg", "drh", "drs", "drsp", "gr", "h", "hj",
    "ir", "kh", "lc", "ma", "mag", "mba", "med", "mh", "mhum", "mkom", "mm", "mpd", "mpdi", "mpdk", "mpsi",
    "msc", "msi", "msn", "mt", "ners", "phd", "prof", "sag", "se", "sfil", "sh", "shum", "si", "sip", "skm",
    "skom", "sor", "sos", "sp", "spd", "spdaud", "spdi", "spdk", "spdsd", "spsi", "spt", "ss", "ssi", "ssn",
    "ssos", "sst", "sth", "spsd", "st",
];

/// `name` with only the first letter of each word: `Siti Nurhaliza` → `S*** N********`.
/// Titles and degrees stay (`Dr. S*** N********, M.Pd.`). Letters are counted as people
/// see them (grapheme clusters), in any script; a name of single letters shows the first of
/// them at most (`A B` → `A *`).
/// Control characters and marks that turn the reading direction are left out.
pub fn mask(name: &str) -> String {
    let shown: String = name.chars().filter(|c| !deceives(*c)).collect();
    let mut after_comma = false;
    let words: Vec<(String, bool)> = shown
        .split_whitespace()
        .map(|word| {
            let title = is_title(word, after_comma);
            after_comma |= word.ends_with(',');
            (if title { word.to_owned() } else { mask_word(word) }, title)
        })
        .collect();
    let names: Vec<&str> = words.iter().filter(|(_, title)| !title).map(|(word, _)| word.as_str()).collect();
    // "王 明" or "A. B." would be shown whole, and so would a name that is nothing but titles.
    if names.iter().all(|word| !word.contains('*')) {
        let first = names.first().filter(|_| names.len() > 1).and_then(|word| word.graphemes(true).next());
        return match first {
            _ if shown.trim().is_empty() => String::new(),
            Some(first) => format!("{first} *"),
            None => "*".to_owned(),
        };
    }
    words.into_iter().map(|(word, _)| word).collect::<Vec<_>>().join(" ")
}

/// `name` as it is, without what would make it look like something else.
pub fn whole(name: &str) -> String {
    name.chars().filter(|c| !deceives(*c)).collect()
}

/// A title is an abbreviation: it has a dot, or stands after a comma.
fn is_title(word: &str, after_comma: bool) -> bool {
    let bare: String =
        word.chars().filter(|c| !matches!(c, '.' | ',')).flat_map(char::to_lowercase).collect();
    (after_comma || word.trim_end_matches(',').contains('.')) && TITLES.contains(&bare.as_str())
}

fn mask_word(word: &str) -> String {
    let end = word.trim_end_matches(['.', ',']).len();
    let (letters, punctuation) = word.split_at_checked(end).unwrap_or((word, ""));
    let mut graphemes = letters.graphemes(true);
    let first = graphemes.next().unwrap_or_default();
    let rest = graphemes.map(|_| '*').collect::<String>();
    format!("{first}{rest}{punctuation}")
}

fn deceives(c: char) -> bool {
    let direction =
        matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    direction || (c.is_control() && !c.is_whitespace()) || c == '\u{feff}'
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_first_letters_stay() {
        for (name, shown) in [
            ("Siti Nurhaliza", "S*** N********"),
            ("Suharto", "S******"),
            ("  Budi \t Santoso ", "B*** S******"),
            ("I Gusti Ngurah Rai", "I G**** N***** R**"),
            ("M. Yusuf", "M. Y****"),
            ("Ma'ruf Nur-Aini", "M***** N*******"),
            ("M.Ali", "M****"),
            ("", ""),
            (" \n ", ""),
        ] {
            assert_eq!(mask(name), shown, "{name:?}");
        }
    }

    #[test]
    fn titles_and_degrees_name_no_one_and_stay() {
        for (name, shown) in [
            ("Dr. Siti Nurhaliza, S.Pd., M.Pd.", "Dr. S*** N********, S.Pd., M.Pd."),
            ("Drs. H. Ahmad Dahlan", "Drs. H. A**** D*****"),
            ("Made Wirawan, SPd, Gr", "M*** W******, SPd, Gr"),
            ("Wayan, Nyoman", "W****, N*****"),
            ("Dr Siti", "D* S***"),
            ("St. Aminah", "St. A*****"),
            ("Ir", "I*"),
        ] {
            assert_eq!(mask(name), shown, "{name:?}");
        }
    }

    #[test]
    fn a_name_is_never_shown_whole() {
        for name in ["明", "A", "A.", "Dr.", "Prof. Dr. Ir.", "H. A", "S.Pd."] {
            assert_eq!(mask(name), "*", "{name:?}");
        }
        for (name, shown) in
            [("A B", "A *"), ("王 明", "王 *"), ("A. B. C.", "A *"), ("Dr. A B, S.Pd.", "A *")]
        {
            assert_eq!(mask(name), shown, "{name:?}");
        }
    }

    #[test]
    fn letters_are_what_people_see_in_any_script() {
        for (name, shown) in [
            ("王小明", "王**"),
            ("E\u{301}mile Zola", "E\u{301}**** Z***"),
            ("ꦱꦶꦠꦶ ꦫꦲꦪꦸ", "ꦱꦶ* ꦫ**"),
            ("महेश कुमार", "म** कु***"),
            ("سيتي نور", "س*** ن**"),
        ] {
            let masked = mask(name);
            assert_eq!(masked.graphemes(true).next(), shown.graphemes(true).next());
            assert_eq!(masked.matches(' ').count(), shown.matches(' ').count());
            assert!(masked.contains('*'), "{masked}");
        }
        assert_eq!(mask("王小明"), "王**");
        assert_eq!(mask("E\u{301}mile"), "E\u{301}****");
    }

    #[test]
    fn marks_that_deceive_are_left_out() {
        assert_eq!(mask("Si\u{202e}ti\u{0}"), "S***");
    }

    proptest! {
        #[test]
        fn no_second_letter_of_a_word_ever_shows(name in "[A-Za-zÀ-ÿ' -]{0,60}") {
            for word in mask(&name).split_whitespace() {
                prop_assert!(word.chars().skip(1).all(|c| c == '*' || c == ','), "{word}");
            }
        }

        #[test]
        fn no_name_is_ever_shown_whole(
            name in "(Dr\\. |H\\. )?(\\PC{1,2} ){0,3}\\PC{1,12}(, S\\.Pd\\.)?",
        ) {
            // A name that has the mark itself hides nothing that could be told apart.
            prop_assume!(!name.contains('*'));
            let masked = mask(&name);
            prop_assert_ne!(masked.as_str(), name.trim());
            let kept: String = name.chars().filter(|c| !deceives(*c)).collect();
            prop_assert_ne!(masked.trim(), kept.split_whitespace().collect::<Vec<_>>().join(" "));
        }

        #[test]
        fn any_text_can_be_masked(name in any::<String>()) {
            let masked = mask(&name);
            prop_assert!(!masked.chars().any(|c| c.is_control()));
            let nothing = name.chars().all(|c| deceives(c) || c.is_whitespace());
            prop_assert!(nothing || masked.contains('*'), "{masked}");
        }
    }
}
