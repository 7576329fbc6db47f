//! What an instrument must say.

use std::collections::HashSet;

use async_graphql::{InputObject, SimpleObject};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::foundation::{
    error::{Fault, Faults},
    text,
};

/// How many criteria an instrument has.
pub const CRITERIA: std::ops::RangeInclusive<usize> = 1..=30;
/// How many levels a criterion has.
pub const LEVELS: std::ops::RangeInclusive<usize> = 2..=6;

/// One thing to look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "InstrumentCriterion", input_name = "InstrumentCriterionInput")]
#[schema(as = InstrumentCriterion)]
pub struct Criterion {
    /// What ratings name it by: 1 to 20 capital letters, digits and dashes; each once.
    #[schema(example = "TANYA", min_length = 1, max_length = 20)]
    pub code: String,
    /// What it is, at most 300 characters.
    #[schema(example = "Murid mengajukan pertanyaan", min_length = 1, max_length = 300)]
    pub text: String,
    /// What it looks like in a lesson, at most 1,000 characters.
    #[schema(
        example = "Murid bertanya kepada guru atau teman tanpa diminta.",
        min_length = 1,
        max_length = 1000
    )]
    pub look: String,
    /// What is to be seen at each level, 2 to 6 of them, from the least to the most, each at most 300
    /// characters. The first is level 1.
    #[schema(example = json!(["Hanya guru yang bertanya.", "Beberapa murid bertanya."]), min_items = 2, max_items = 6)]
    pub levels: Vec<String>,
}

/// What an instrument or a criterion is called in short: 1 to 20 capital letters, digits and dashes; small letters
/// become capitals.
///
/// # Errors
/// `instrument_code_malformed`.
pub fn code(raw: &str) -> Result<String, Fault> {
    let code = raw.trim().to_ascii_uppercase();
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
    let sound = (1..=20).contains(&code.len())
        && code.bytes().all(plain)
        && !code.starts_with('-')
        && !code.ends_with('-');
    if sound { Ok(code) } else { Err(Fault::new("", "instrument_code_malformed")) }
}

/// The criteria in their normal form.
///
/// # Errors
/// Every fault: `criteria_out_of_range`; `instrument_code_malformed` and `criterion_listed_twice` under `/{i}/code`;
/// `levels_out_of_range` under `/{i}/levels`; faults of texts.
pub fn criteria(raw: &[Criterion]) -> Result<Vec<Criterion>, Faults> {
    let (mut faults, mut met, mut criteria) = (Faults::new(), HashSet::new(), Vec::new());
    if !CRITERIA.contains(&raw.len()) {
        faults.push(out_of_range("/criteria", "criteria_out_of_range", &CRITERIA));
        return Err(faults);
    }
    for (i, given) in raw.iter().enumerate() {
        let at = format!("/criteria/{i}");
        let code = faults.take(&format!("{at}/code"), code(&given.code));
        if let Some(code) = &code {
            faults.require(met.insert(code.clone()), &format!("{at}/code"), "criterion_listed_twice");
        }
        let text = faults.take(&format!("{at}/text"), text::line(&given.text, 300));
        let look = faults.take(&format!("{at}/look"), text::as_given(&given.look, 1_000));
        let levels = levels(&mut faults, &format!("{at}/levels"), &given.levels);
        if let (Some(code), Some(text), Some(look)) = (code, text, look) {
            criteria.push(Criterion { code, text, look, levels });
        }
    }
    if faults.is_empty() { Ok(criteria) } else { Err(faults) }
}

fn levels(faults: &mut Faults, at: &str, raw: &[String]) -> Vec<String> {
    if !LEVELS.contains(&raw.len()) {
        faults.push(out_of_range(at, "levels_out_of_range", &LEVELS));
        return Vec::new();
    }
    let mut level = |(n, given): (usize, &String)| faults.take(&format!("{at}/{n}"), text::line(given, 300));
    raw.iter().enumerate().filter_map(&mut level).collect()
}

fn out_of_range(pointer: &str, code: &'static str, range: &std::ops::RangeInclusive<usize>) -> Fault {
    Fault::new(pointer, code).with("min", range.start()).with("max", range.end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::foundation::error::Error;

    fn criterion(code: &str, levels: usize) -> Criterion {
        Criterion {
            code: code.to_owned(),
            text: "Murid bertanya".to_owned(),
            look: "Tanpa diminta".to_owned(),
            levels: (1..=levels).map(|n| format!("Tingkat {n}")).collect(),
        }
    }

    fn told(raw: &[Criterion]) -> Vec<(String, &'static str)> {
        match criteria(raw).map_err(Faults::done) {
            Ok(_) => Vec::new(),
            Err(Err(Error::Invalid(faults))) => faults.into_iter().map(|f| (f.pointer, f.code)).collect(),
            Err(other) => panic!("{other:?}"),
        }
    }

    #[test]
    fn both_limits_of_criteria_and_levels_belong_to_the_range() {
        assert_eq!(criteria(&[criterion("a-1", 2)]).unwrap()[0].code, "A-1");
        let many: Vec<_> = (0..30).map(|n| criterion(&format!("K{n}"), 6)).collect();
        assert!(told(&many).is_empty());
        assert_eq!(told(&[]), [("/criteria".to_owned(), "criteria_out_of_range")]);
        let more: Vec<_> = (0..31).map(|n| criterion(&format!("K{n}"), 2)).collect();
        assert_eq!(told(&more), [("/criteria".to_owned(), "criteria_out_of_range")]);
    }

    #[test]
    fn every_fault_of_the_criteria_is_told_at_once() {
        let mut blank = criterion("D", 2);
        blank.levels[1] = " ".to_owned();
        let raw = [criterion("A", 1), criterion("a", 7), criterion("-", 2), blank];
        let expected = [
            ("/criteria/0/levels", "levels_out_of_range"),
            ("/criteria/1/code", "criterion_listed_twice"),
            ("/criteria/1/levels", "levels_out_of_range"),
            ("/criteria/2/code", "instrument_code_malformed"),
            ("/criteria/3/levels/1", "text_missing"),
        ];
        assert_eq!(told(&raw), expected.map(|(pointer, code)| (pointer.to_owned(), code)));
    }
}
