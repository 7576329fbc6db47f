//! What callers may say about a program, and the check of all of it at once.

use async_graphql::{InputObject, MaybeUndefined};
use sea_orm::ActiveValue::Set;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::rule::{self, Jp, MinutesPerJp, PassRule, PdForm};
use crate::{
    directory::{organisation::view::OrganisationId, person::rule::PersonKind},
    foundation::{
        error::{Fault, Faults},
        patch,
    },
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
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 2, max_length = 20)]
    pub code: MaybeUndefined<String>,
    /// Title as certificates print it, 3 to 200 characters.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 3, max_length = 200)]
    pub title: MaybeUndefined<String>,
    /// What participants learn, in plain words, at most 5,000 characters; line breaks part paragraphs; null for none.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 5000)]
    pub description: MaybeUndefined<String>,
    /// The form of professional development it has.
    #[serde(default)]
    #[schema(value_type = Option<PdForm>)]
    pub form: MaybeUndefined<PdForm>,
    /// Credit hours (JP) of the whole program.
    #[serde(default)]
    #[schema(value_type = Option<i32>, minimum = 1, maximum = 1000)]
    pub hours_jp: MaybeUndefined<i32>,
    /// Minutes of one JP.
    #[serde(default)]
    #[schema(value_type = Option<i32>, minimum = 30, maximum = 60)]
    pub minutes_per_jp: MaybeUndefined<i32>,
    /// Whether JP are granted in proportion to attendance; else all or none.
    #[serde(default)]
    #[schema(value_type = Option<bool>)]
    pub pro_rata: MaybeUndefined<bool>,
    /// Least attendance to complete, percent of the planned minutes.
    #[serde(default)]
    #[schema(value_type = Option<i32>, minimum = 0, maximum = 100)]
    pub attendance_percent: MaybeUndefined<i32>,
    /// Least score to complete; null when nothing is scored any more.
    #[serde(default)]
    #[schema(value_type = Option<i32>, minimum = 0, maximum = 100)]
    pub minimum_score: MaybeUndefined<i32>,
    /// The kinds of person it is meant for; an empty list or null for everyone.
    #[serde(default)]
    #[schema(value_type = Option<Vec<PersonKind>>, max_items = 10)]
    pub audience: MaybeUndefined<Vec<PersonKind>>,
    /// Codes of the competency model it serves, at most 20; null for none.
    #[serde(default)]
    #[schema(value_type = Option<Vec<String>>, max_items = 20)]
    pub competencies: MaybeUndefined<Vec<String>>,
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
        !(code.is_undefined()
            && title.is_undefined()
            && form.is_undefined()
            && hours_jp.is_undefined()
            && minutes_per_jp.is_undefined()
            && pro_rata.is_undefined()
            && attendance_percent.is_undefined()
            && minimum_score.is_undefined()
            && audience.is_undefined()
            && competencies.is_undefined())
    }

    /// Puts what is said and sound into `row`, and what is not into `faults`.
    pub fn apply(&self, row: &mut ActiveModel, faults: &mut Faults) {
        if let Some(code) = patch::required(faults, "/code", &self.code, |raw| rule::code(raw)) {
            row.code = Set(code);
        }
        if let Some(title) = patch::required(faults, "/title", &self.title, |raw| rule::title(raw)) {
            row.title = Set(title);
        }
        let described =
            patch::optional(faults, "/description", &self.description, |raw| rule::description(raw));
        if let Some(description) = described {
            row.description = Set(description.unwrap_or_default());
        }
        if let Some(form) = patch::required(faults, "/form", &self.form, |form| Ok(*form)) {
            row.form = Set(form.as_str().to_owned());
        }
        if let Some(jp) = patch::required(faults, "/hoursJp", &self.hours_jp, |n| Jp::parse(*n)) {
            row.hours_jp = Set(jp.get());
        }
        let minutes = &self.minutes_per_jp;
        if let Some(minutes) = patch::required(faults, "/minutesPerJp", minutes, |n| MinutesPerJp::parse(*n))
        {
            row.minutes_per_jp = Set(minutes.get());
        }
        if let Some(pro_rata) = patch::required(faults, "/proRata", &self.pro_rata, |pro_rata| Ok(*pro_rata))
        {
            row.pro_rata = Set(pro_rata);
        }
        self.apply_pass_rule(row, faults);
        self.apply_lists(row, faults);
    }

    fn apply_pass_rule(&self, row: &mut ActiveModel, faults: &mut Faults) {
        let percent =
            patch::required(faults, "/attendancePercent", &self.attendance_percent, |percent| Ok(*percent));
        let score = self.minimum_score.as_opt_ref().map(|score| score.copied());
        // A part that is left out is checked as one that is surely sound.
        let checked = PassRule::parse(percent.unwrap_or(0), score.flatten());
        if take_all(faults, "", checked).is_none() {
            return;
        }
        if let Some(percent) = percent {
            row.attendance_percent = Set(percent);
        }
        if let Some(score) = score {
            row.minimum_score = Set(score);
        }
    }

    /// Null is no list, as an empty one.
    fn apply_lists(&self, row: &mut ActiveModel, faults: &mut Faults) {
        if let Some(audience) = self.audience.as_opt_ref() {
            row.audience = Set(json!(told_once(audience.map_or(&[], Vec::as_slice))));
        }
        if let Some(codes) = self.competencies.as_opt_ref()
            && let Some(codes) =
                take_all(faults, "/competencies", rule::competencies(codes.map_or(&[], Vec::as_slice)))
        {
            row.competencies = Set(json!(codes));
        }
    }
}

impl From<CreateProgramInput> for UpdateProgramInput {
    fn from(new: CreateProgramInput) -> Self {
        Self {
            code: MaybeUndefined::Value(new.code),
            title: MaybeUndefined::Value(new.title),
            description: MaybeUndefined::Value(new.description.unwrap_or_default()),
            form: MaybeUndefined::Value(new.form),
            hours_jp: MaybeUndefined::Value(new.hours_jp),
            minutes_per_jp: MaybeUndefined::Value(
                new.minutes_per_jp.unwrap_or(MinutesPerJp::default().get()),
            ),
            pro_rata: MaybeUndefined::Value(new.pro_rata.unwrap_or(false)),
            attendance_percent: MaybeUndefined::Value(new.attendance_percent),
            minimum_score: new.minimum_score.map_or(MaybeUndefined::Null, MaybeUndefined::Value),
            audience: MaybeUndefined::Value(new.audience.unwrap_or_default()),
            competencies: MaybeUndefined::Value(new.competencies.unwrap_or_default()),
        }
    }
}

/// Why a program is taken back to the draft.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UnpublishProgramInput {
    /// Why, at most 500 characters.
    #[schema(example = "Jumlah JP keliru", min_length = 1, max_length = 500)]
    pub reason: String,
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
