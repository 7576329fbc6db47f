//! The codes that are shown: fifteen letters and digits that carry the number of a window of thirty seconds
//! and a proof of it. Pure: key, activity and time are arguments.
//!
//! | bits | what |
//! |---|---|
//! | 15 | the last bits of the window's number: thirty-second windows since 1970 |
//! | 60 | the first bits of HMAC-SHA-256 over the activity's id and the window's whole number |
//!
//! The whole number is the one nearest to the start of the activity that ends in the fifteen bits; they come
//! round after eleven days, far beyond any meeting. Who guesses hits one code in 2^60 tries.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use crate::access::keys::Secret;

/// Seconds that one code is shown.
pub const WINDOW_SECONDS: i64 = 30;
/// Digits and letters without I, L, O (too like 1 and 0) and U: Crockford's Base32.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Letters of a code: 15 × 5 bits.
const LETTERS: usize = 15;
/// Letters of a group.
const GROUP: usize = 5;
/// The longest text that is looked at.
pub const LONGEST: usize = 40;
const NUMBER_BITS: u32 = 15;
const PROOF_BITS: u32 = 60;
/// Keeps these proofs apart from anything else the key might ever be used for.
const LABEL: &[u8] = b"sanggar check-in ";

/// Thirty seconds in which one code is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Window(i64);

impl Window {
    /// The window that `at` lies in.
    pub fn at(at: DateTime<Utc>) -> Self {
        Self(at.timestamp().div_euclid(WINDOW_SECONDS))
    }

    /// Its first instant. Windows are made of instants between the years 1900 and 9999, or lie near one.
    pub fn from(self) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(self.0.saturating_mul(WINDOW_SECONDS))
    }

    /// The first instant after it.
    pub fn until(self) -> DateTime<Utc> {
        self.from() + TimeDelta::seconds(WINDOW_SECONDS)
    }

    /// The bits of its number that a code carries.
    fn tail(self) -> u64 {
        self.0.rem_euclid(1 << NUMBER_BITS).unsigned_abs()
    }

    /// The window nearest to `near` whose number ends in `tail`.
    fn ending_in(tail: u64, near: Self) -> Self {
        let round = 1_i64 << NUMBER_BITS;
        let ahead = (i64::try_from(tail).unwrap_or_default() - near.0).rem_euclid(round);
        Self(near.0 + if ahead >= round / 2 { ahead - round } else { ahead })
    }
}

/// The code of a window of an activity, in groups for the eye: `K7Q2M-9XWTR-4FDJC`.
pub fn show(key: &Secret, activity: Uuid, window: Window) -> String {
    let value = u128::from(window.tail()) << PROOF_BITS | u128::from(proof(key, activity, window));
    let mut text = String::with_capacity(LETTERS + LETTERS / GROUP);
    for place in (0..LETTERS).rev() {
        let letter = ALPHABET.get((value >> (5 * place) & 31) as usize).copied().unwrap_or(b'0');
        text.push(char::from(letter));
        if place > 0 && place % GROUP == 0 {
            text.push('-');
        }
    }
    text
}

/// The window that a code proves; none when it is not a code of this activity, whatever is wrong with it.
/// Letter case, dashes and spaces do not matter, and O is read as 0, I and L as 1.
pub fn read(key: &Secret, activity: Uuid, starts_at: DateTime<Utc>, text: &str) -> Option<Window> {
    let value = letters(text)?;
    let tail = u64::try_from(value >> PROOF_BITS).ok()?;
    let said = u64::try_from(value & ((1 << PROOF_BITS) - 1)).ok()?;
    let window = Window::ending_in(tail, Window::at(starts_at));
    // Both are one machine word: comparing them takes the same time wherever they differ.
    (proof(key, activity, window) ^ said == 0).then_some(window)
}

fn letters(text: &str) -> Option<u128> {
    if text.len() > LONGEST {
        return None;
    }
    let (mut value, mut letters) = (0u128, 0);
    for c in text.chars().filter(|c| !c.is_whitespace() && *c != '-') {
        let c = match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            c => c,
        };
        let bits = ALPHABET.iter().position(|letter| char::from(*letter) == c)?;
        if letters == LETTERS {
            return None;
        }
        value = value << 5 | bits as u128;
        letters += 1;
    }
    (letters == LETTERS).then_some(value)
}

fn proof(key: &Secret, activity: Uuid, window: Window) -> u64 {
    let mac = key.mac(&[LABEL, activity.as_bytes(), &window.0.to_be_bytes()]);
    let first = mac.first_chunk::<8>().copied().map_or(0, u64::from_be_bytes);
    first >> (u64::BITS - PROOF_BITS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key(seed: u8) -> Secret {
        Secret::from_bytes([seed; 32])
    }

    fn start() -> DateTime<Utc> {
        "2026-03-07T01:00:00Z".parse().unwrap()
    }

    fn one() -> Uuid {
        Uuid::from_u128(7)
    }

    #[test]
    fn a_window_is_half_a_minute_of_every_clock() {
        let window = Window::at("2026-03-07T01:00:29.999Z".parse().unwrap());
        assert_eq!((window.from(), window.until()), (start(), start() + TimeDelta::seconds(30)));
        assert_eq!(Window::at(window.until()), Window(window.0 + 1));
        assert!(Window::at("1969-12-31T23:59:59Z".parse().unwrap()).from() < DateTime::UNIX_EPOCH);
    }

    #[test]
    fn a_code_is_three_groups_of_five_and_read_however_it_is_typed() {
        let window = Window::at(start() + TimeDelta::minutes(20));
        let code = show(&key(1), one(), window);
        assert_eq!(code.split('-').map(str::len).collect::<Vec<_>>(), [5, 5, 5], "{code}");
        let typed = code.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
        for text in [code.clone(), typed, code.replace('-', "")] {
            assert_eq!(read(&key(1), one(), start(), &text), Some(window), "{text}");
        }
    }

    #[test]
    fn what_is_no_code_of_this_activity_and_key_proves_nothing() {
        let code = show(&key(1), one(), Window::at(start()));
        assert_eq!(read(&key(2), one(), start(), &code), None, "another key");
        assert_eq!(read(&key(1), Uuid::from_u128(8), start(), &code), None, "another activity");
        let moved = start() + TimeDelta::days(30);
        assert_eq!(read(&key(1), one(), moved, &code), None, "another month");
        for wild in
            ["", "x", "U", &code[..16], &format!("{code}0"), &"0".repeat(LONGEST + 1), "ÄÖÜÄÖ-ÄÖÜÄÖ-ÄÖÜÄÖ"]
        {
            assert_eq!(read(&key(1), one(), start(), wild), None, "{wild}");
        }
    }

    proptest! {
        #[test]
        fn every_window_around_a_meeting_is_read_back(seconds in -400_000i64..400_000, id: u128, seed: u8) {
            let window = Window::at(start() + TimeDelta::seconds(seconds));
            let code = show(&key(seed), Uuid::from_u128(id), window);
            prop_assert_eq!(read(&key(seed), Uuid::from_u128(id), start(), &code), Some(window));
        }

        #[test]
        fn one_changed_letter_is_no_code(at in 0usize..15, letter in "[0-9A-HJKMNP-TV-Z]") {
            let code = show(&key(1), one(), Window::at(start())).replace('-', "");
            let mut changed = code.clone();
            changed.replace_range(at..=at, &letter);
            prop_assume!(changed != code);
            prop_assert_eq!(read(&key(1), one(), start(), &changed), None);
        }

        #[test]
        fn no_text_stops_the_reading(text in "\\PC{0,60}") {
            prop_assert_eq!(read(&key(1), one(), start(), &text), None);
        }
    }
}
