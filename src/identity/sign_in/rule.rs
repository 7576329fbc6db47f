//! What a password must be.

use zxcvbn::{Score, zxcvbn};

use crate::foundation::error::{Fault, Faults};

/// The fewest characters of a password.
pub const SHORTEST: usize = 12;
/// The most bytes: what follows would be hashed for nothing but somebody's amusement.
pub const LONGEST_BYTES: usize = 256;

/// Whether `password` may be one. `own` are words that belong to the account: whoever guesses tries them first.
/// What was found in breaches, and what patterns lead to, is among what the estimate tries.
///
/// # Errors
/// `password_too_short`, `password_too_long`, `password_too_easy`; all that apply.
pub fn password(password: &str, own: &[&str]) -> Faults {
    let mut faults = Faults::new();
    let length = password.chars().count();
    if length < SHORTEST {
        faults.push(Fault::new("/password", "password_too_short").with("min", SHORTEST));
    }
    if password.len() > LONGEST_BYTES {
        faults.push(Fault::new("/password", "password_too_long").with("max", LONGEST_BYTES));
    } else if length >= SHORTEST && is_easy(password, own) {
        faults.push(Fault::new("/password", "password_too_easy"));
    }
    faults
}

fn is_easy(password: &str, own: &[&str]) -> bool {
    let mut words =
        vec!["sanggar", "guru", "sekolah", "kemdikbud", "belajar", "merdeka", "indonesia", "rahasia"];
    for text in own {
        words.push(text);
        words.extend(text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 2));
    }
    zxcvbn(password, &words).score() < Score::Three
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(given: &str) -> Vec<&'static str> {
        match password(given, &["budi.santoso", "Budi Santoso"]).done() {
            Ok(()) => Vec::new(),
            Err(crate::foundation::error::Error::Invalid(faults)) => faults.iter().map(|f| f.code).collect(),
            Err(_) => vec!["?"],
        }
    }

    #[test]
    fn a_password_is_long_and_not_among_the_first_that_somebody_tries() {
        assert_eq!(codes("kuda lumping makan tujuh gorengan"), Vec::<&str>::new());
        assert_eq!(codes("pendek"), ["password_too_short"]);
        assert_eq!(codes(""), ["password_too_short"]);
        for easy in ["passwordpassword", "123456789012", "qwertyuiop123", "aaaaaaaaaaaa", "budi.santoso1"] {
            assert_eq!(codes(easy), ["password_too_easy"], "{easy}");
        }
        assert_eq!(codes(&"é".repeat(129)), ["password_too_long"]);
    }
}
