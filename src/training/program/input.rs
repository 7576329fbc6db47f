//! What callers may say about a program, and the check of all of it at once.

use async_graphql::{InputObject, MaybeUndefined};
use sea_orm::ActiveValue::Set;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::rule::{self, Jp, MinutesPerJp, PassRule, PdForm};
use crate::{
    directory::{organisation::view::OrganisationId, person::rule::PersonKind},
    foundation::error::{Fault, Faults},
};
use entity::program::ActiveModel;

/// What a new program is. It starts as a draft.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateProgramInput {
    /// Who offers it: your own organisation, unless you are the ministry.
    #[schema(value_type = String, format = "uuid")]
    pub provider_id: OrganisationId,
    /// Short code, part of certificate numbers: 2 to 20 letters, digits and dashes. Unique with its provider.
    #[schema(example = "GB-INKLUSIF", min_length = 2, max_length = 20)]
    pub code: String,
    /// Title as certificates print it, 3 to 200 characters.
    #[schema(example = "Guru Belajar: Seri Pendidikan Inklusif", min_length = 3, max_length = 200)]
    pub title: String,
    /// What participants learn, in plain words, at most 5,000 characters; line breaks part paragraphs.
    #[schema(max_length = 5000)]
    pub description: Option<String>,
    /// The form of professional development it has.
    pub form: PdForm,
    /// Credit hours (JP) of the whole program.
    #[schema(example = 32, minimum = 1, maximum = 1000)]
    pub hours_jp: i32,
    /// Minutes of one JP; 45 unless said.
    #[schema(example = 45, minimum = 30, maximum = 60)]
    pub minutes_per_jp: Option<i32>,
    /// Whether JP are granted in proportion to attendance; all or none unless said.
    pub pro_rata: Option<bool>,
    /// Least attendance to complete, percent of the planned minutes.
    #[schema(example = 80, minimum = 0, maximum = 100)]
    pub attendance_percent: i32,
    /// Least score to complete; leave out when nothing is scored.
    #[schema(example = 70, minimum = 0, maximum = 100)]
    pub minimum_score: Option<i32>,
    /// The kinds of person it is meant for; leave out for everyone.
    #[schema(max_items = 10)]
    pub audience: Option<Vec<PersonKind>>,
    /// Codes of the competency model it serves, at most 20.
    #[schema(example = json!(["K1", "K3"]), max_items = 20)]
    pub competencies: Option<Vec<String>>,
}

/// What may be changed about a program; what is left out stays (JSON merge patch, RFC 7396).
/// People enrol for what was published, so after the draft only the description may change.
#[derive(Debug, Clone, Default, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateProgramInput {
    /// Short code, part of certificate numbers: 2 to 20 letters, digits and dashes. Unique with its provider.
    #[schema(min_length = 2, max_length = 20)]
    pub code: Option<String>,
    /// Title as certificates print it, 3 to 200 characters.
    #[schema(min_length = 3, max_length = 200)]
    pub title: Option<String>,
    /// What participants learn, in plain words, at most 5,000 characters; line breaks part paragraphs.
    #[schema(max_length = 5000)]
    pub description: Option<String>,
    /// The form of professional development it has.
    pub form: Option<PdForm>,
    /// Credit hours (JP) of the whole program.
    #[schema(minimum = 1, maximum = 1000)]
    pub hours_jp: Option<i32>,
    /// Minutes of one JP.
    #[schema(minimum = 30, maximum = 60)]
    pub minutes_per_jp: Option<i32>,
    /// Whether JP are granted in proportion to attendance; else all or none.
    pub pro_rata: Option<bool>,
    /// Least attendance to complete, percent of the planned minutes.
    #[schema(minimum = 0, maximum = 100)]
    pub attendance_percent: Option<i32>,
    /// Least score to complete; null when nothing is scored any more.
    #[serde(default)]
    #[schema(value_type = Option<i32>, minimum = 0, maximum = 100)]
    pub minimum_score: MaybeUndefined<i32>,
    /// The kinds of person it is meant for; an empty list for everyone.
    #[schema(max_items = 10)]
    pub audience: Option<Vec<PersonKind>>,
    /// Codes of the competency model it serves, at most 20.
    #[schema(max_items = 20)]
    pub competencies: Option<Vec<String>>,
}

impl UpdateProgramInput {
    /// Whether more than the description would change.
    pub fn touches_curriculum(&self) -> bool {
        let Self {
            code,
            title,
            description: _,
            form,
            hours_jp,
            minutes_per_jp,
            pro_rata,
            attendance_percent,
            minimum_score,
            audience,
            competencies,
        } = self;
        code.is_some()
            || title.is_some()
            || form.is_some()
            || hours_jp.is_some()
            || minutes_per_jp.is_some()
            || pro_rata.is_some()
            || attendance_percent.is_some()
            || !minimum_score.is_undefined()
            || audience.is_some()
            || competencies.is_some()
    }

    /// Puts what is said and sound into `row`, and what is not into `faults`.
    pub fn apply(&self, row: &mut ActiveModel, faults: &mut Faults) {
        if let Some(code) = self.code.as_deref().and_then(|raw| faults.take("/code", rule::code(raw))) {
            row.code = Set(code);
        }
        if let Some(title) = self.title.as_deref().and_then(|raw| faults.take("/title", rule::title(raw))) {
            row.title = Set(title);
        }
        if let Some(raw) = &self.description
            && let Some(description) = faults.take("/description", rule::description(raw))
        {
            row.description = Set(description);
        }
        if let Some(form) = self.form {
            row.form = Set(form.as_str().to_owned());
        }
        if let Some(jp) = self.hours_jp.and_then(|n| faults.take("/hoursJp", Jp::parse(n))) {
            row.hours_jp = Set(jp.get());
        }
        if let Some(minutes) =
            self.minutes_per_jp.and_then(|n| faults.take("/minutesPerJp", MinutesPerJp::parse(n)))
        {
            row.minutes_per_jp = Set(minutes.get());
        }
        if let Some(pro_rata) = self.pro_rata {
            row.pro_rata = Set(pro_rata);
        }
        self.apply_pass_rule(row, faults);
        if let Some(audience) = &self.audience {
            row.audience = Set(json!(told_once(audience)));
        }
        if let Some(codes) = &self.competencies
            && let Some(codes) = take_all(faults, "/competencies", rule::competencies(codes))
        {
            row.competencies = Set(json!(codes));
        }
    }

    fn apply_pass_rule(&self, row: &mut ActiveModel, faults: &mut Faults) {
        let score = self.minimum_score.as_opt_ref().map(|score| score.copied());
        // A part that is left out is checked as one that is surely sound.
        let checked = PassRule::parse(self.attendance_percent.unwrap_or(0), score.flatten());
        if take_all(faults, "", checked).is_none() {
            return;
        }
        if let Some(percent) = self.attendance_percent {
            row.attendance_percent = Set(percent);
        }
        if let Some(score) = score {
            row.minimum_score = Set(score);
        }
    }
}

impl From<CreateProgramInput> for UpdateProgramInput {
    fn from(new: CreateProgramInput) -> Self {
        Self {
            code: Some(new.code),
            title: Some(new.title),
            description: Some(new.description.unwrap_or_default()),
            form: Some(new.form),
            hours_jp: Some(new.hours_jp),
            minutes_per_jp: Some(new.minutes_per_jp.unwrap_or(MinutesPerJp::default().get())),
            pro_rata: Some(new.pro_rata.unwrap_or(false)),
            attendance_percent: Some(new.attendance_percent),
            minimum_score: new.minimum_score.map_or(MaybeUndefined::Null, MaybeUndefined::Value),
            audience: Some(new.audience.unwrap_or_default()),
            competencies: Some(new.competencies.unwrap_or_default()),
        }
    }
}

fn told_once(kinds: &[PersonKind]) -> Vec<PersonKind> {
    PersonKind::ALL.iter().copied().filter(|kind| kinds.contains(kind)).collect()
}

fn take_all<T>(faults: &mut Faults, pointer: &str, parsed: Result<T, Vec<Fault>>) -> Option<T> {
    match parsed {
        Ok(value) => Some(value),
        Err(found) => {
            for mut fault in found {
                fault.pointer = format!("{pointer}{}", fault.pointer);
                faults.push(fault);
            }
            None
        }
    }
}
