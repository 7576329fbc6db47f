//! A person's name: shown on certificates, so no name may read as another's.

use crate::foundation::error::Fault;
use crate::foundation::text;

/// A person's full name, 1 to 150 characters, in its normal form.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(transparent)]
pub struct PersonName(String);

impl PersonName {
    /// Longest name, in characters.
    pub const MAX_CHARS: usize = 150;

    /// A name from what was typed: trimmed, single spaces, NFC.
    ///
    /// # Errors
    /// As [`text::line`], and `name_without_letters` for `-`, `.` or a number.
    pub fn parse(raw: &str) -> Result<Self, Fault> {
        let name = text::line(raw, Self::MAX_CHARS)?;
        if name.chars().any(char::is_alphabetic) {
            Ok(Self(name))
        } else {
            Err(Fault::new("", "name_without_letters"))
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is odd about the name, though it is accepted: `name_mixes_scripts` when letters of
    /// scripts that look alike (Latin with Cyrillic, say) stand together, which may be a disguise.
    pub fn warnings(&self) -> Vec<Fault> {
        let mut scripts: Vec<LookAlike> = self.0.chars().filter_map(look_alike).collect();
        scripts.sort_unstable();
        scripts.dedup();
        if scripts.len() > 1 { vec![Fault::new("", "name_mixes_scripts")] } else { Vec::new() }
    }
}

/// Scripts whose letters can be taken for one another's.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum LookAlike {
    Latin,
    Greek,
    Cyrillic,
    Armenian,
    Cherokee,
    Fullwidth,
    Mathematical,
}

fn look_alike(c: char) -> Option<LookAlike> {
    match c {
        'a'..='z' | 'A'..='Z' | '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' if c.is_alphabetic() => {
            Some(LookAlike::Latin)
        }
        '\u{370}'..='\u{3FF}' | '\u{1F00}'..='\u{1FFF}' => Some(LookAlike::Greek),
        '\u{400}'..='\u{52F}'
        | '\u{1C80}'..='\u{1C8F}'
        | '\u{2DE0}'..='\u{2DFF}'
        | '\u{A640}'..='\u{A69F}' => Some(LookAlike::Cyrillic),
        '\u{531}'..='\u{58F}' => Some(LookAlike::Armenian),
        '\u{13A0}'..='\u{13FF}' | '\u{AB70}'..='\u{ABBF}' => Some(LookAlike::Cherokee),
        '\u{FF21}'..='\u{FF5A}' => Some(LookAlike::Fullwidth),
        '\u{1D400}'..='\u{1D7FF}' => Some(LookAlike::Mathematical),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_every_script_are_names() {
        for name in
            ["Siti Nurhaliza", "I Gusti Ngurah Rai, S.Pd.", "Nuʼman", "محمد", "山田太郎", "ꦱꦶꦠꦶ", "D'Arcy"]
        {
            let parsed = PersonName::parse(name).unwrap();
            assert!(parsed.warnings().is_empty(), "{name}");
        }
    }

    #[test]
    fn what_deceives_or_says_nothing_is_refused() {
        let code = |raw: &str| PersonName::parse(raw).unwrap_err().code;
        assert_eq!(code("Budi\u{202E}"), "text_has_direction_controls");
        assert_eq!(code("Budi\u{7}"), "text_has_control_characters");
        assert_eq!(code(" "), "text_missing");
        assert_eq!(code("-"), "name_without_letters");
        assert_eq!(code("12345"), "name_without_letters");
        assert_eq!(code(&"a".repeat(151)), "text_too_long");
    }

    #[test]
    fn a_name_of_look_alike_scripts_is_accepted_with_a_warning() {
        let disguised = PersonName::parse("Sit\u{456} Aminah").unwrap();
        assert_eq!(disguised.warnings()[0].code, "name_mixes_scripts");
    }
}
