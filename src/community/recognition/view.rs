//! What was counted, criterion by criterion, with the reason in words.

use async_graphql::SimpleObject;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    facts::RecognitionFacts,
    record::EntryRecord,
    rule::{Criterion, CriterionCode, Line},
};
use crate::foundation::language::{self, Language};

/// One criterion and one community.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AwardLine {
    /// What is looked at.
    pub code: CriterionCode,
    /// What is asked of everybody.
    pub least: i32,
    /// How much more than in the year before.
    pub growth: i32,
    /// More than this is asked of nobody.
    pub ceiling: i32,
    /// What the community had in the year before: percent for regularity, else how many.
    pub before: i32,
    /// What was asked of it: `before` and `growth`, but `least` at least and `ceiling` at most.
    pub required: i32,
    /// What it had in the year.
    pub actual: i32,
    /// Whether that is enough.
    pub met: bool,
    /// All that in Indonesian.
    #[schema(max_length = 300)]
    pub text_id: String,
    /// All that in English.
    #[schema(max_length = 300)]
    pub text_en: String,
}

/// How a community went on in one respect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProgressLine {
    /// What is looked at.
    pub code: CriterionCode,
    /// What there was in the month before: percent for regularity, else how many.
    pub before: i32,
    /// What there was in the month.
    pub actual: i32,
    /// The difference; below zero where it was less.
    pub change: i32,
    /// All that in Indonesian.
    #[schema(max_length = 300)]
    pub text_id: String,
    /// All that in English.
    #[schema(max_length = 300)]
    pub text_en: String,
}

/// The lines of an entry.
pub fn award_lines(record: &EntryRecord) -> Vec<AwardLine> {
    record
        .criteria
        .iter()
        .zip(record.verdict().lines)
        .map(|(criterion, line)| award_line(criterion, line))
        .collect()
}

fn award_line(criterion: &Criterion, line: Line) -> AwardLine {
    let said = |language| {
        let met = if line.met { "yes" } else { "no" };
        let args = [
            ("code", line.code.to_string()),
            ("before", line.before.to_string()),
            ("required", line.required.to_string()),
            ("actual", line.actual.to_string()),
            ("met", met.to_owned()),
        ];
        words(language, "recognition-award-line", &args, line.code)
    };
    AwardLine {
        code: line.code,
        least: criterion.least,
        growth: criterion.growth,
        ceiling: criterion.ceiling,
        before: line.before,
        required: line.required,
        actual: line.actual,
        met: line.met,
        text_id: said(Language::Indonesian),
        text_en: said(Language::English),
    }
}

/// The lines of a note of progress: every respect there is.
pub fn progress_lines(facts: &RecognitionFacts, before: &RecognitionFacts) -> Vec<ProgressLine> {
    CriterionCode::ALL
        .iter()
        .map(|code| progress_line(*code, facts.value(*code), before.value(*code)))
        .collect()
}

fn progress_line(code: CriterionCode, actual: i32, before: i32) -> ProgressLine {
    let said = |language| {
        let args =
            [("code", code.to_string()), ("before", before.to_string()), ("actual", actual.to_string())];
        words(language, "recognition-progress-line", &args, code)
    };
    ProgressLine {
        code,
        before,
        actual,
        change: actual.saturating_sub(before),
        text_id: said(Language::Indonesian),
        text_en: said(Language::English),
    }
}

fn words(
    language: Language,
    key: &'static str,
    args: &[(&'static str, String)],
    code: CriterionCode,
) -> String {
    language::text(language, key, args).unwrap_or_else(|| code.as_str().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_says_in_both_languages_what_was_asked_and_what_there_was() {
        for code in CriterionCode::ALL.iter().copied() {
            for met in [true, false] {
                let line = Line { code, required: 59, actual: 60, before: 54, met };
                let line = award_line(&Criterion { code, least: 50, growth: 5, ceiling: 75 }, line);
                for text in [&line.text_id, &line.text_en] {
                    assert!(["59", "60", "54"].iter().all(|number| text.contains(number)), "{text}");
                    assert!(!text.contains('{') && !text.contains(code.as_str()), "{text}");
                }
                assert_ne!(line.text_id, line.text_en);
            }
            let line = progress_line(code, 60, 54);
            assert_eq!(line.change, 6);
            for text in [&line.text_id, &line.text_en] {
                assert!(text.contains("60") && text.contains("54") && !text.contains('{'), "{text}");
            }
        }
    }
}
