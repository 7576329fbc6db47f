//! What callers may say about a correction.

use async_graphql::{InputObject, MaybeUndefined};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::directory::{
    person::{
        rule::{Employment, Sex},
        write::UpdatePersonInput,
    },
    school::view::SchoolId,
};

/// What a record shall say instead; what is left out stays, null clears (JSON merge patch, RFC 7396).
#[derive(Clone, Default, Serialize, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CorrectionChangesInput {
    /// Full name, at most 150 characters.
    #[serde(default, skip_serializing_if = "MaybeUndefined::is_undefined")]
    #[schema(value_type = Option<String>, max_length = 150)]
    pub name: MaybeUndefined<String>,
    /// How they are employed.
    #[serde(default, skip_serializing_if = "MaybeUndefined::is_undefined")]
    #[schema(value_type = Option<Employment>)]
    pub employment: MaybeUndefined<Employment>,
    /// Teacher number (NUPTK), 16 digits.
    #[serde(default, skip_serializing_if = "MaybeUndefined::is_undefined")]
    #[schema(value_type = Option<String>, max_length = 30)]
    pub nuptk: MaybeUndefined<String>,
    /// Civil servant number (NIP), 18 digits.
    #[serde(default, skip_serializing_if = "MaybeUndefined::is_undefined")]
    #[schema(value_type = Option<String>, max_length = 30)]
    pub nip: MaybeUndefined<String>,
    /// Sex.
    #[serde(default, skip_serializing_if = "MaybeUndefined::is_undefined")]
    #[schema(value_type = Option<Sex>)]
    pub sex: MaybeUndefined<Sex>,
    /// Date of birth.
    #[serde(default, skip_serializing_if = "MaybeUndefined::is_undefined")]
    #[schema(value_type = Option<NaiveDate>)]
    pub birth_date: MaybeUndefined<NaiveDate>,
    /// The subject they teach, at most 100 characters.
    #[serde(default, skip_serializing_if = "MaybeUndefined::is_undefined")]
    #[schema(value_type = Option<String>, max_length = 100)]
    pub subject: MaybeUndefined<String>,
    /// Their home school; its region becomes theirs.
    #[serde(default, skip_serializing_if = "MaybeUndefined::is_undefined")]
    #[schema(value_type = Option<String>, format = "uuid")]
    pub school_id: MaybeUndefined<SchoolId>,
    /// Region of residence, for those without a school.
    #[serde(default, skip_serializing_if = "MaybeUndefined::is_undefined")]
    #[schema(value_type = Option<String>, max_length = 8)]
    pub region_code: MaybeUndefined<String>,
    /// Mobile number.
    #[serde(default, skip_serializing_if = "MaybeUndefined::is_undefined")]
    #[schema(value_type = Option<String>, max_length = 30)]
    pub phone: MaybeUndefined<String>,
    /// E-mail address.
    #[serde(default, skip_serializing_if = "MaybeUndefined::is_undefined")]
    #[schema(value_type = Option<String>, format = "email", max_length = 254)]
    pub email: MaybeUndefined<String>,
}

impl From<CorrectionChangesInput> for UpdatePersonInput {
    fn from(wished: CorrectionChangesInput) -> Self {
        Self {
            kind: MaybeUndefined::Undefined,
            name: wished.name,
            employment: wished.employment,
            nuptk: wished.nuptk,
            nip: wished.nip,
            nik: MaybeUndefined::Undefined,
            sex: wished.sex,
            birth_date: wished.birth_date,
            subject: wished.subject,
            school_id: wished.school_id,
            region_code: wished.region_code,
            phone: wished.phone,
            email: wished.email,
        }
    }
}

/// What is wrong in a record, and why: changes, words, or both.
#[derive(Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RequestCorrectionInput {
    /// What the record shall say instead, field by field.
    pub changes: Option<CorrectionChangesInput>,
    /// What else is wrong, such as on a certificate; 1 to 2,000 characters, line breaks stay.
    #[schema(example = "Nama di sertifikat saya kurang satu huruf.", min_length = 1, max_length = 2000)]
    pub words: Option<String>,
    /// Why, and what shows it; at most 500 characters. Whoever decides reads it.
    #[schema(example = "Sesuai KTP dan ijazah.", min_length = 1, max_length = 500)]
    pub reason: String,
}

/// Why it is decided so.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DecideCorrectionInput {
    /// In words, for the person who asked; at most 500 characters.
    #[schema(example = "Sesuai dengan ijazah yang ditunjukkan.", min_length = 1, max_length = 500)]
    pub reason: String,
}
