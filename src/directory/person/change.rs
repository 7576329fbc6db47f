//! What callers may say about a person, parsed: every fault at once, nothing changed yet.

use async_graphql::{InputObject, MaybeUndefined};
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use entity::person::Model;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    contact::{Email, Phone},
    identifiers::{Nik, Nip, Nuptk},
    name::PersonName,
    rule::{Employment, PersonKind, Sex},
    secret::Written,
};
use crate::{
    access::nik::{self, NikVault},
    directory::school::view::SchoolId,
    foundation::{
        error::{Error, Fault, Faults, Result},
        id::Ids,
        patch, text,
    },
};

/// Longest subject, in characters.
const SUBJECT_CHARS: usize = 100;
/// The youngest a person in the directory may be, in years.
const YOUNGEST: i32 = 15;

/// What a new person is.
#[derive(Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreatePersonInput {
    /// What they are to the school system.
    pub kind: PersonKind,
    /// Full name, at most 150 characters.
    #[schema(example = "Siti Aminah", max_length = 150)]
    pub name: String,
    /// How they are employed.
    pub employment: Employment,
    /// Teacher number (NUPTK), 16 digits. Unique.
    #[schema(example = "4738779680130042", max_length = 30)]
    pub nuptk: Option<String>,
    /// Civil servant number (NIP), 18 digits.
    #[schema(example = "198503152010012003", max_length = 30)]
    pub nip: Option<String>,
    /// National identity number (NIK), 16 digits. Unique, kept encrypted, and in no answer.
    #[schema(value_type = Option<String>, write_only, max_length = 30)]
    pub nik: Option<Written>,
    /// Sex, where recorded.
    pub sex: Option<Sex>,
    /// Date of birth.
    pub birth_date: Option<NaiveDate>,
    /// The subject they teach, at most 100 characters.
    #[schema(example = "Matematika", max_length = 100)]
    pub subject: Option<String>,
    /// Their home school; its region becomes theirs.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub school_id: Option<SchoolId>,
    /// Region of residence, for those without a school.
    #[schema(example = "32.73", max_length = 8)]
    pub region_code: Option<String>,
    /// Mobile number.
    #[schema(example = "0812-3456-7890", max_length = 30)]
    pub phone: Option<String>,
    /// E-mail address.
    #[schema(format = "email", max_length = 254)]
    pub email: Option<String>,
}

/// What may be changed about a person; what is left out stays, null clears (JSON merge patch, RFC 7396).
#[derive(Clone, Default, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdatePersonInput {
    /// What they are to the school system.
    #[serde(default)]
    #[schema(value_type = Option<PersonKind>)]
    pub kind: MaybeUndefined<PersonKind>,
    /// Full name, at most 150 characters.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 150)]
    pub name: MaybeUndefined<String>,
    /// How they are employed.
    #[serde(default)]
    #[schema(value_type = Option<Employment>)]
    pub employment: MaybeUndefined<Employment>,
    /// Teacher number (NUPTK), 16 digits. Unique.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 30)]
    pub nuptk: MaybeUndefined<String>,
    /// Civil servant number (NIP), 18 digits.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 30)]
    pub nip: MaybeUndefined<String>,
    /// National identity number (NIK), 16 digits. Unique, kept encrypted, and in no answer.
    #[serde(default)]
    #[schema(value_type = Option<String>, write_only, max_length = 30)]
    pub nik: MaybeUndefined<Written>,
    /// Sex, where recorded.
    #[serde(default)]
    #[schema(value_type = Option<Sex>)]
    pub sex: MaybeUndefined<Sex>,
    /// Date of birth.
    #[serde(default)]
    #[schema(value_type = Option<NaiveDate>)]
    pub birth_date: MaybeUndefined<NaiveDate>,
    /// The subject they teach, at most 100 characters.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 100)]
    pub subject: MaybeUndefined<String>,
    /// Their home school; its region becomes theirs.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = "uuid")]
    pub school_id: MaybeUndefined<SchoolId>,
    /// Region of residence, for those without a school.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 8)]
    pub region_code: MaybeUndefined<String>,
    /// Mobile number.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 30)]
    pub phone: MaybeUndefined<String>,
    /// E-mail address.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = "email", max_length = 254)]
    pub email: MaybeUndefined<String>,
}

impl From<CreatePersonInput> for UpdatePersonInput {
    fn from(new: CreatePersonInput) -> Self {
        fn given<T>(value: Option<T>) -> MaybeUndefined<T> {
            value.map_or(MaybeUndefined::Undefined, MaybeUndefined::Value)
        }
        Self {
            kind: MaybeUndefined::Value(new.kind),
            name: MaybeUndefined::Value(new.name),
            employment: MaybeUndefined::Value(new.employment),
            nuptk: given(new.nuptk),
            nip: given(new.nip),
            nik: given(new.nik),
            sex: given(new.sex),
            birth_date: given(new.birth_date),
            subject: given(new.subject),
            school_id: given(new.school_id),
            region_code: given(new.region_code),
            phone: given(new.phone),
            email: given(new.email),
        }
    }
}

/// The parsed changes of everything that needs no look at another table. The outer `None` = stays.
#[derive(Debug)]
pub(super) struct Changes {
    kind: Option<PersonKind>,
    name: Option<PersonName>,
    employment: Option<Employment>,
    nuptk: Option<Option<Nuptk>>,
    nip: Option<Option<Nip>>,
    nik: Option<Option<Nik>>,
    sex: Option<Option<Sex>>,
    birth_date: Option<Option<NaiveDate>>,
    subject: Option<Option<String>>,
    phone: Option<Option<Phone>>,
    email: Option<Option<Email>>,
}

impl Changes {
    /// What `input` says, its faults noted.
    pub(super) fn parse(input: &UpdatePersonInput, now: DateTime<Utc>, faults: &mut Faults) -> Self {
        let today = now.date_naive();
        Self {
            kind: patch::required(faults, "/kind", &input.kind, |kind| Ok(*kind)),
            name: patch::required(faults, "/name", &input.name, |raw| PersonName::parse(raw)),
            employment: patch::required(faults, "/employment", &input.employment, |kind| Ok(*kind)),
            nuptk: patch::optional(faults, "/nuptk", &input.nuptk, |raw| Nuptk::parse(raw)),
            nip: patch::optional(faults, "/nip", &input.nip, |raw| Nip::parse(raw)),
            nik: patch::optional(faults, "/nik", &input.nik, |raw| Nik::parse(raw.expose())),
            sex: patch::optional(faults, "/sex", &input.sex, |sex| Ok(*sex)),
            birth_date: patch::optional(faults, "/birthDate", &input.birth_date, |day| born(*day, today)),
            subject: patch::optional(faults, "/subject", &input.subject, |raw| {
                text::line(raw, SUBJECT_CHARS)
            }),
            phone: patch::optional(faults, "/phone", &input.phone, |raw| Phone::parse(raw)),
            email: patch::optional(faults, "/email", &input.email, |raw| Email::parse(raw)),
        }
    }

    /// `row` with the changes; an unchanged identity number keeps its seal.
    ///
    /// # Errors
    /// `Internal` when the random source fails.
    pub(super) fn apply(self, row: Model, vault: &NikVault, ids: &Ids) -> Result<Model> {
        let mut row = row;
        set(&mut row.kind, self.kind.map(|kind| kind.as_str().to_owned()));
        set(&mut row.name, self.name.map(|name| name.as_str().to_owned()));
        set(&mut row.employment, self.employment.map(|kind| kind.as_str().to_owned()));
        set(&mut row.nuptk, self.nuptk.map(|n| n.map(|n| n.as_str().to_owned())));
        set(&mut row.nip, self.nip.map(|n| n.map(|n| n.as_str().to_owned())));
        set(&mut row.sex, self.sex.map(|sex| sex.map(|sex| sex.as_str().to_owned())));
        set(&mut row.birth_date, self.birth_date);
        set(&mut row.subject, self.subject);
        set(&mut row.phone, self.phone.map(|p| p.map(|p| p.as_str().to_owned())));
        set(&mut row.email, self.email.map(|e| e.map(|e| e.as_str().to_owned())));
        match self.nik {
            None => {}
            Some(None) => (row.nik_sealed, row.nik_index) = (None, None),
            Some(Some(nik)) => seal(&mut row, &nik, vault, ids)?,
        }
        Ok(row)
    }
}

fn set<T>(field: &mut T, change: Option<T>) {
    if let Some(value) = change {
        *field = value;
    }
}

fn seal(row: &mut Model, nik: &Nik, vault: &NikVault, ids: &Ids) -> Result<()> {
    let nik = nik::Nik::parse(nik.expose()).map_err(|f| Error::internal("seal a nik", f.code))?;
    let index = vault.index(&nik);
    if row.nik_index.as_ref() != Some(&index) {
        row.nik_sealed = Some(vault.seal(&nik, ids)?);
        row.nik_index = Some(index);
    }
    Ok(())
}

/// A day on which somebody in school service may have been born.
///
/// # Errors
/// `birth_date_out_of_range`: before 1900, to come, or too young.
pub fn born(day: NaiveDate, today: NaiveDate) -> std::result::Result<NaiveDate, Fault> {
    let old_enough = day.with_year(day.year() + YOUNGEST).is_none_or(|of_age| of_age <= today);
    if day.year() >= 1900 && day < today && old_enough {
        Ok(day)
    } else {
        Err(Fault::new("", "birth_date_out_of_range"))
    }
}

/// The names of the fields in which two versions of a record differ, as both faces call them.
pub(super) fn differing(a: &Model, b: &Model) -> Vec<&'static str> {
    let fields = [
        ("kind", a.kind != b.kind),
        ("name", a.name != b.name),
        ("nuptk", a.nuptk != b.nuptk),
        ("nip", a.nip != b.nip),
        ("nik", a.nik_index != b.nik_index),
        ("sex", a.sex != b.sex),
        ("birthDate", a.birth_date != b.birth_date),
        ("employment", a.employment != b.employment),
        ("subject", a.subject != b.subject),
        ("schoolId", a.school_id != b.school_id),
        ("regionCode", a.region_code != b.region_code),
        ("phone", a.phone != b.phone),
        ("email", a.email != b.email),
    ];
    fields.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_birth_date_is_that_of_somebody_grown_up() {
        let today = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
        let code = |y, m, d| born(NaiveDate::from_ymd_opt(y, m, d).unwrap(), today).map_err(|f| f.code);
        assert!(code(1985, 3, 15).is_ok());
        assert!(code(2011, 3, 1).is_ok());
        for (y, m, d) in [(2011, 3, 2), (2026, 3, 2), (1899, 12, 31), (9999, 1, 1)] {
            assert_eq!(code(y, m, d), Err("birth_date_out_of_range"), "{y}");
        }
    }

    #[test]
    fn null_for_what_must_be_there_is_a_fault_and_clears_what_may_be_empty() {
        let input: UpdatePersonInput = serde_json::from_str(r#"{"name": null, "phone": null}"#).unwrap();
        let mut faults = Faults::new();
        let changes = Changes::parse(&input, DateTime::UNIX_EPOCH, &mut faults);
        assert_eq!(faults.done().unwrap_err().to_string(), "invalid: /name field_missing");
        assert!(matches!(changes.phone, Some(None)) && changes.email.is_none());
    }
}
