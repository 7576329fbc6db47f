//! The printed number of a certificate, by a scheme the operator chooses, such as
//! `{seq:06}/{provider}/{year}` → `000042/BBGTKJABAR/2026`.
//!
//! Numbers count within a scope: everything of the scheme but the sequence. Two rules
//! make a number lead back to exactly one scope and sequence, so that numbers are
//! unique across scopes too: values hold letters and digits only, and `{seq}` stands
//! between other characters. So the count of those characters before it is the same
//! in every number of the scheme, and finds the sequence again.

use chrono::{Datelike, NaiveDate};

use crate::foundation::error::{Error, Fault, Result};

/// Longest number, in characters.
pub const MAX_CHARS: usize = 80;
/// Longest code of a provider or program in a number; what is longer is cut.
pub const MAX_CODE_CHARS: usize = 20;
/// Most digits of a sequence.
const MAX_DIGITS: usize = 12;
/// What may stand between placeholders.
const ALLOWED: &str = "letters, digits and / - . _ :";
/// The placeholders there are.
pub const PLACEHOLDERS: &str = "{seq}, {seq:NN}, {provider}, {program}, {year}, {month}, {month_roman}";
const ROMAN: [&str; 12] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Literal(char),
    Seq { width: usize },
    Provider,
    Program,
    Year,
    Month,
    MonthRoman,
}

/// A number scheme that is known to give unique numbers of at most [`MAX_CHARS`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberScheme(Vec<Part>);

/// What a number may tell about its certificate.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// Code of the issuing organisation.
    pub provider: &'a str,
    /// Code of the program.
    pub program: &'a str,
    /// The day of issue, in the issuer's time zone.
    pub issued_on: NaiveDate,
}

impl NumberScheme {
    /// Reads a scheme. The texts of its faults name what is wrong and what is allowed.
    ///
    /// # Errors
    /// `number_scheme_placeholder_unknown`, `number_scheme_brace_open`,
    /// `number_scheme_character`, `number_scheme_seq_missing`, `number_scheme_seq_twice`,
    /// `number_scheme_seq_width`, `number_scheme_seq_not_apart`, `number_scheme_too_long`.
    pub fn parse(text: &str) -> std::result::Result<Self, Fault> {
        let (mut parts, mut rest) = (Vec::new(), text);
        while let Some(c) = rest.chars().next() {
            if c == '{' {
                let (name, after) = rest.get(1..).and_then(|r| r.split_once('}')).ok_or_else(|| {
                    Fault::new("", "number_scheme_brace_open").with("allowed", PLACEHOLDERS)
                })?;
                parts.push(placeholder(name)?);
                rest = after;
            } else {
                parts.push(literal(c)?);
                rest = rest.get(c.len_utf8()..).unwrap_or_default();
            }
        }
        let scheme = Self(parts);
        scheme.check()?;
        Ok(scheme)
    }

    fn check(&self) -> std::result::Result<(), Fault> {
        let places: Vec<usize> = self
            .0
            .iter()
            .enumerate()
            .filter(|(_, p)| matches!(p, Part::Seq { .. }))
            .map(|(i, _)| i)
            .collect();
        let at = match places.as_slice() {
            [only] => *only,
            [] => return Err(Fault::new("", "number_scheme_seq_missing")),
            _ => return Err(Fault::new("", "number_scheme_seq_twice")),
        };
        let parts_it = |part: Option<&Part>| match part {
            None => true,
            Some(Part::Literal(c)) => !c.is_ascii_alphanumeric(),
            Some(_) => false,
        };
        let before = at.checked_sub(1).and_then(|i| self.0.get(i));
        if !parts_it(before) || !parts_it(self.0.get(at + 1)) {
            return Err(Fault::new("", "number_scheme_seq_not_apart"));
        }
        let longest: usize = self.0.iter().map(Part::longest).sum();
        if longest > MAX_CHARS {
            let fault = Fault::new("", "number_scheme_too_long").with("max", MAX_CHARS);
            return Err(fault.with("length", longest));
        }
        Ok(())
    }

    /// The scope that `facts` count in: the number with `#` for its sequence. Each scope
    /// has its own counter, starting at 1.
    ///
    /// # Errors
    /// `Conflict` by `certificate_number_code_missing` (`field`) when the scheme names a
    /// code that has no letter or digit of A–Z, 0–9.
    pub fn scope(&self, facts: &Facts<'_>) -> Result<String> {
        self.fill(facts, |_| "#".to_owned())
    }

    /// The number of `seq` (from 1 up) in the scope of `facts`.
    ///
    /// # Errors
    /// As [`scope`](Self::scope); `certificate_numbers_exhausted` beyond twelve digits.
    pub fn render(&self, facts: &Facts<'_>, seq: u64) -> Result<String> {
        if seq.to_string().len() > MAX_DIGITS {
            return Err(Error::conflict("certificate_numbers_exhausted"));
        }
        self.fill(facts, |width| format!("{seq:0width$}"))
    }

    fn fill(&self, facts: &Facts<'_>, seq: impl Fn(usize) -> String) -> Result<String> {
        let mut number = String::new();
        for part in &self.0 {
            match part {
                Part::Literal(c) => number.push(*c),
                Part::Seq { width } => number.push_str(&seq(*width)),
                Part::Provider => number.push_str(&code("provider", facts.provider)?),
                Part::Program => number.push_str(&code("program", facts.program)?),
                Part::Year => number.push_str(&format!("{:04}", facts.issued_on.year())),
                Part::Month => number.push_str(&format!("{:02}", facts.issued_on.month())),
                Part::MonthRoman => {
                    number.push_str(ROMAN.get(facts.issued_on.month0() as usize).unwrap_or(&""));
                }
            }
        }
        Ok(number)
    }
}

impl std::str::FromStr for NumberScheme {
    type Err = Fault;

    fn from_str(text: &str) -> std::result::Result<Self, Fault> {
        Self::parse(text)
    }
}

impl Part {
    /// Most characters it can become.
    fn longest(&self) -> usize {
        match self {
            Self::Literal(_) => 1,
            Self::Seq { .. } => MAX_DIGITS,
            Self::Provider | Self::Program => MAX_CODE_CHARS,
            Self::Year | Self::MonthRoman => 4,
            Self::Month => 2,
        }
    }
}

fn literal(c: char) -> std::result::Result<Part, Fault> {
    if c.is_ascii_alphanumeric() || "/-._:".contains(c) {
        return Ok(Part::Literal(c));
    }
    Err(Fault::new("", "number_scheme_character").with("character", c).with("allowed", ALLOWED))
}

fn placeholder(name: &str) -> std::result::Result<Part, Fault> {
    if let Some(width) = name.strip_prefix("seq:") {
        let width = width.parse().ok().filter(|w| (1..=MAX_DIGITS).contains(w));
        let fault = || Fault::new("", "number_scheme_seq_width").with("max", MAX_DIGITS);
        return width.map(|width| Part::Seq { width }).ok_or_else(fault);
    }
    match name {
        "seq" => Ok(Part::Seq { width: 1 }),
        "provider" => Ok(Part::Provider),
        "program" => Ok(Part::Program),
        "year" => Ok(Part::Year),
        "month" => Ok(Part::Month),
        "month_roman" => Ok(Part::MonthRoman),
        other => {
            let shown: String = other.chars().take(40).collect();
            let fault = Fault::new("", "number_scheme_placeholder_unknown");
            Err(fault.with("placeholder", shown).with("allowed", PLACEHOLDERS))
        }
    }
}

/// The letters and digits of a code, in capitals. Two codes that become one share a
/// counter, so their numbers stay different.
fn code(field: &'static str, text: &str) -> Result<String> {
    let letters = text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase());
    let code: String = letters.take(MAX_CODE_CHARS).collect();
    if code.is_empty() {
        return Err(Error::conflict_with(
            Fault::new("", "certificate_number_code_missing").with("field", field),
        ));
    }
    Ok(code)
}

#[cfg(test)]
mod tests;
