//! What is wished, sealed onto the row it stands on: nobody reads it in the database, and no copy of it is anywhere else.

use std::collections::BTreeMap;

use entity::correction::Model;
use uuid::Uuid;

use super::input::CorrectionChangesInput;
use crate::{
    access::{
        keys::Keyring,
        oauth_scope::OAuthScope,
        seal::{NONCE, Seal, SealedFor},
    },
    foundation::error::{Error, Result},
};

use OAuthScope::{ContactsRead, DemographicsRead, DirectoryRead, IdentifiersRead};

/// Every field that may be wished otherwise, with the purpose for which others are shown it.
const FIELDS: &[(&str, OAuthScope)] = &[
    ("name", DirectoryRead),
    ("employment", DirectoryRead),
    ("nuptk", IdentifiersRead),
    ("nip", IdentifiersRead),
    ("sex", DemographicsRead),
    ("birthDate", DemographicsRead),
    ("subject", DirectoryRead),
    ("schoolId", DirectoryRead),
    ("regionCode", DirectoryRead),
    ("phone", ContactsRead),
    ("email", ContactsRead),
];

/// One field, what it shall be (none: empty), and the purpose for which others are shown it.
pub(super) struct Wish {
    pub(super) field: &'static str,
    pub(super) wanted: Option<String>,
    pub(super) purpose: OAuthScope,
}

/// A field by its name, and the purpose for which others are shown it.
pub(super) fn purpose(field: &str) -> Option<(&'static str, OAuthScope)> {
    FIELDS.iter().find(|one| one.0 == field).copied()
}

type Texts = BTreeMap<String, Option<String>>;

fn unreadable(source: serde_json::Error) -> Error {
    Error::internal("correction.changes", source)
}

/// Each of them, as REST writes its value, in the order of the record.
fn listed(mut texts: Texts) -> Vec<Wish> {
    FIELDS
        .iter()
        .filter_map(|(field, purpose)| {
            let wanted = texts.remove(*field)?;
            Some(Wish { field, wanted, purpose: *purpose })
        })
        .collect()
}

/// The names of the fields that `changes` wishes otherwise.
///
/// # Errors
/// `internal` when they cannot be written.
pub(super) fn fields(changes: &CorrectionChangesInput) -> Result<Vec<&'static str>> {
    let written = serde_json::to_value(changes).map_err(unreadable)?;
    let texts: Texts = serde_json::from_value(written).map_err(unreadable)?;
    Ok(listed(texts).into_iter().map(|wish| wish.field).collect())
}

/// `changes` sealed for the row `of`.
///
/// # Errors
/// `internal`.
pub(super) fn seal(
    ring: &Keyring,
    of: Uuid,
    changes: &CorrectionChangesInput,
    nonce: [u8; NONCE],
) -> Result<String> {
    let text = serde_json::to_vec(changes).map_err(unreadable)?;
    Seal::new(ring, SealedFor::Correction).seal(of, &text, nonce)
}

fn open(ring: &Keyring, row: &Model) -> Result<Option<Vec<u8>>> {
    let Some(sealed) = &row.changes_sealed else { return Ok(None) };
    let opened = Seal::new(ring, SealedFor::Correction).open(row.id, sealed)?;
    opened
        .map(Some)
        .ok_or_else(|| Error::internal("correction.changes", "sealed with a key that is not here"))
}

/// What the row wishes, to be applied; nothing where it is words alone, or answered.
///
/// # Errors
/// `internal` when it cannot be opened.
pub(super) fn changes(ring: &Keyring, row: &Model) -> Result<Option<CorrectionChangesInput>> {
    let Some(text) = open(ring, row)? else { return Ok(None) };
    serde_json::from_slice(&text).map(Some).map_err(unreadable)
}

/// What the row wishes, to be shown.
///
/// # Errors
/// As [`changes`].
pub(super) fn shown(ring: &Keyring, row: &Model) -> Result<Vec<Wish>> {
    let Some(text) = open(ring, row)? else { return Ok(Vec::new()) };
    Ok(listed(serde_json::from_slice(&text).map_err(unreadable)?))
}

#[cfg(test)]
mod tests {
    use async_graphql::MaybeUndefined;
    use entity::personal;

    use super::*;
    use crate::access::purpose;

    #[test]
    fn what_is_wished_is_shown_for_the_purpose_for_which_the_record_is() {
        for (field, scope) in FIELDS {
            let column = match *field {
                "birthDate" => "birth_date",
                "schoolId" => "school_id",
                "regionCode" => "region_code",
                other => other,
            };
            let class = personal::class("person", column).unwrap();
            assert_eq!(purpose::of(class), Some(*scope), "{field}");
        }
    }

    #[test]
    fn every_field_that_may_be_wished_is_known_and_what_is_cleared_is_too() {
        let all = r#"{"name":"Siti","employment":"pns","nuptk":"4738779680130042","nip":null,"sex":"female",
            "birthDate":"1985-03-15","subject":null,"schoolId":"018be54e-5d00-7d7d-867f-297741f65ce3",
            "regionCode":"32","phone":"0812","email":null}"#;
        let all: CorrectionChangesInput = serde_json::from_str(all).unwrap();
        let names: Vec<_> = FIELDS.iter().map(|one| one.0).collect();
        assert_eq!(fields(&all).unwrap(), names);
        let few = CorrectionChangesInput { phone: MaybeUndefined::Null, ..CorrectionChangesInput::default() };
        assert_eq!(fields(&few).unwrap(), ["phone"]);
        assert_eq!(serde_json::to_string(&few).unwrap(), r#"{"phone":null}"#);
        let again: CorrectionChangesInput = serde_json::from_str(r#"{"phone":null}"#).unwrap();
        assert!(again.phone.is_null() && again.email.is_undefined());
    }
}
