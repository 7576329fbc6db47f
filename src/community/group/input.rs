//! What callers may say about a community, and the check of what can be checked by itself.

use async_graphql::{InputObject, MaybeUndefined};
use entity::community::ActiveModel;
use serde::Deserialize;
use utoipa::ToSchema;

use super::rule::{self, CadenceDays, CommunityAnchor, CommunityKind, Openness};
use crate::{
    directory::{
        person::view::PersonId,
        school::{rule::SchoolLevel, teaching::TeachingDay, view::SchoolId},
    },
    foundation::{error::Faults, patch},
};

/// What a new community is. It starts as one that forms.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateCommunityInput {
    /// What kind of group it is.
    pub kind: CommunityKind,
    /// What people call it, at most 150 characters.
    #[schema(example = "KKG Gugus Cengkeh", min_length = 1, max_length = 150)]
    pub name: String,
    /// What it belongs to. A PLC belongs to a school.
    pub anchor: CommunityAnchor,
    /// Its school; of a cluster, the core school (sekolah inti), where it has one.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub school_id: Option<SchoolId>,
    /// The schools of its cluster, 2 to 60 different ones; for a cluster only.
    #[schema(value_type = Option<Vec<String>>, min_items = 2, max_items = 60)]
    pub school_ids: Option<Vec<SchoolId>>,
    /// Its region. Of a cluster: one that all its schools lie in; left out, the smallest of those. Leave it out for a school.
    #[schema(example = "33.23", max_length = 8)]
    pub region_code: Option<String>,
    /// The subject its members teach; leave out for any.
    #[schema(example = "Matematika", max_length = 60)]
    pub subject: Option<String>,
    /// The level of the schools its members teach at; leave out for any.
    pub level: Option<SchoolLevel>,
    /// How one becomes a member.
    pub openness: Openness,
    /// Charter: what it is for, at most 2,000 characters; line breaks part paragraphs.
    #[schema(
        example = "Setiap guru kelas mampu menyusun asesmen diagnostik.",
        min_length = 1,
        max_length = 2000
    )]
    pub goals: String,
    /// Charter: what its members agreed on.
    #[schema(max_length = 2000)]
    pub agreements: Option<String>,
    /// Charter: what its members expect of one another.
    #[schema(max_length = 2000)]
    pub expectations: Option<String>,
    /// Charter: how many days apart it means to meet.
    #[schema(example = 14, minimum = 1, maximum = 180)]
    pub cadence_days: i32,
    /// The one day of the week on which its members are excused from lessons; leave out for none.
    pub learning_day: Option<TeachingDay>,
    /// Who becomes its first member and chair; leave out for yourself.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub chair_id: Option<PersonId>,
}

/// What may be changed about a community; what is left out stays (JSON merge patch, RFC 7396). What it
/// belongs to and what kind of group it is stay; the schools of a cluster may change.
#[derive(Debug, Clone, Default, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateCommunityInput {
    /// What people call it, at most 150 characters. Never null.
    #[serde(default)]
    #[schema(value_type = String, required = false, min_length = 1, max_length = 150)]
    pub name: MaybeUndefined<String>,
    /// The schools of its cluster, 2 to 60 different ones, its core school among them. Never null.
    #[serde(default)]
    #[schema(value_type = Vec<String>, required = false, min_items = 2, max_items = 60)]
    pub school_ids: MaybeUndefined<Vec<SchoolId>>,
    /// The subject its members teach; null for any.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 60)]
    pub subject: MaybeUndefined<String>,
    /// The level of the schools its members teach at; null for any.
    #[serde(default)]
    #[schema(value_type = Option<SchoolLevel>)]
    pub level: MaybeUndefined<SchoolLevel>,
    /// How one becomes a member. Never null.
    #[serde(default)]
    #[schema(value_type = Openness, required = false)]
    pub openness: MaybeUndefined<Openness>,
    /// Charter: what it is for, at most 2,000 characters. Never null.
    #[serde(default)]
    #[schema(value_type = String, required = false, min_length = 1, max_length = 2000)]
    pub goals: MaybeUndefined<String>,
    /// Charter: what its members agreed on; null for nothing.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 2000)]
    pub agreements: MaybeUndefined<String>,
    /// Charter: what its members expect of one another; null for nothing.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 2000)]
    pub expectations: MaybeUndefined<String>,
    /// Charter: how many days apart it means to meet. Never null.
    #[serde(default)]
    #[schema(value_type = i32, required = false, minimum = 1, maximum = 180)]
    pub cadence_days: MaybeUndefined<i32>,
    /// The one day of the week on which its members are excused from lessons; null for none.
    #[serde(default)]
    #[schema(value_type = Option<TeachingDay>)]
    pub learning_day: MaybeUndefined<TeachingDay>,
}

/// Why a community ends.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CloseCommunityInput {
    /// Why, at most 500 characters. Everyone who sees the community sees it.
    #[schema(example = "Digabung dengan KKG Gugus Pala", min_length = 1, max_length = 500)]
    pub reason: String,
}

impl UpdateCommunityInput {
    /// Puts what is said and sound into `change`, and what is not into `faults`. The schools of a cluster are
    /// not looked at: they need the registry.
    pub fn apply(&self, change: &mut ActiveModel, faults: &mut Faults) {
        if let Some(name) = patch::required(faults, "/name", &self.name, |raw| rule::name(raw)) {
            change.name.set_if_not_equals(name);
        }
        if let Some(subject) = patch::optional(faults, "/subject", &self.subject, |raw| rule::subject(raw)) {
            change.subject.set_if_not_equals(subject);
        }
        if let Some(level) = patch::optional(faults, "/level", &self.level, |level| Ok(*level)) {
            change.level.set_if_not_equals(level.map(|level| level.as_str().to_owned()));
        }
        if let Some(openness) = patch::required(faults, "/openness", &self.openness, |one| Ok(*one)) {
            change.openness.set_if_not_equals(openness.as_str().to_owned());
        }
        if let Some(goals) = patch::required(faults, "/goals", &self.goals, |raw| rule::goals(raw)) {
            change.goals.set_if_not_equals(goals);
        }
        if let Some(words) =
            patch::optional(faults, "/agreements", &self.agreements, |raw| rule::charter(raw))
        {
            change.agreements.set_if_not_equals(words.flatten());
        }
        let expectations =
            patch::optional(faults, "/expectations", &self.expectations, |raw| rule::charter(raw));
        if let Some(words) = expectations {
            change.expectations.set_if_not_equals(words.flatten());
        }
        let cadence =
            patch::required(faults, "/cadenceDays", &self.cadence_days, |days| CadenceDays::parse(*days));
        if let Some(days) = cadence {
            change.cadence_days.set_if_not_equals(days.get());
        }
        if let Some(day) = patch::optional(faults, "/learningDay", &self.learning_day, |day| Ok(*day)) {
            change.learning_day.set_if_not_equals(day.map(|day| day.as_str().to_owned()));
        }
    }
}

impl From<&CreateCommunityInput> for UpdateCommunityInput {
    fn from(new: &CreateCommunityInput) -> Self {
        let said = |words: &Option<String>| words.clone().map_or(MaybeUndefined::Null, MaybeUndefined::Value);
        Self {
            name: MaybeUndefined::Value(new.name.clone()),
            school_ids: MaybeUndefined::Undefined,
            subject: said(&new.subject),
            level: new.level.map_or(MaybeUndefined::Null, MaybeUndefined::Value),
            openness: MaybeUndefined::Value(new.openness),
            goals: MaybeUndefined::Value(new.goals.clone()),
            agreements: said(&new.agreements),
            expectations: said(&new.expectations),
            cadence_days: MaybeUndefined::Value(new.cadence_days),
            learning_day: new.learning_day.map_or(MaybeUndefined::Null, MaybeUndefined::Value),
        }
    }
}
