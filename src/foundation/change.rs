//! What a write changed, as the audit trail tells it: of each row the columns that differ, before and after. What a
//! personal column holds is shown as far as its class allows (`entity::personal`): a secret never, not even whether
//! there is one; a number or an address by its ends. What is shown of it stands apart (`audit_value`), and here only its
//! salted hash, so that it can be forgotten.

use std::sync::{Mutex, PoisonError};

use entity::{
    audit_value,
    personal::{self, Class},
};
use sea_orm::{
    EntityName, EntityTrait, IdenStatic, Iterable, ModelTrait, PrimaryKeyToColumn, Value as Cell,
    sea_query::sea_value_to_json_value,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    error::{Error, Result},
    trail_values::sealed,
    transaction::hex,
};

/// What stands where something is not shown.
pub(super) const HIDDEN: &str = "•••";
/// The most characters that are kept of one value.
const MOST: usize = 1_000;
/// Fewer characters than this show nothing of themselves.
const SHORT: usize = 8;
/// What every change changes.
const ALWAYS: &[&str] = &["version", "created_at", "updated_at"];

/// What changed in one row, as the trail keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Change {
    /// What kind of row: the name of its table.
    pub kind: String,
    /// Its id; of a row with several keys, all of them with a slash between.
    pub row_id: String,
    /// The person whose values stand apart, where the row says one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<Uuid>,
    /// The account whose values stand apart, where the row says one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<Uuid>,
    /// The columns that differ.
    pub fields: Vec<Field>,
    /// Whether it is the erasure of the person.
    #[serde(skip)]
    erasure: bool,
}

/// One column that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Field {
    /// Its name.
    pub name: String,
    /// What it held before, as text; none for nothing.
    pub before: Option<String>,
    /// What it holds after, as text; none for nothing.
    pub after: Option<String>,
    /// Whether it is personal and only its ends, or nothing at all, may be shown.
    pub masked: bool,
    /// Under which number its texts stand apart (`audit_value.place`): then here stand their hashes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<i32>,
    /// Whether its texts must stand apart.
    #[serde(skip)]
    apart: bool,
}

impl Change {
    /// What differs between two states of a row; none where nothing does.
    pub fn between<M: ModelTrait>(before: &M, after: &M) -> Option<Self> {
        let table = M::Entity::default().table_name();
        let keys = <M::Entity as EntityTrait>::PrimaryKey::iter().map(PrimaryKeyToColumn::into_column);
        let row_id: Vec<String> = keys.filter_map(|key| text(&after.get(key))).collect();
        let fields: Vec<Field> = <M::Entity as EntityTrait>::Column::iter()
            .filter(|column| !ALWAYS.contains(&column.as_str()))
            .filter_map(|column| {
                Field::between(table, column.as_str(), &before.get(column), &after.get(column))
            })
            .collect();
        let erasure = table == "person" && fields.iter().any(|field| field.name == "erased_at");
        let told = erasure || fields.iter().any(|field| field.apart);
        let of = |own: &str, column: &str| {
            let column = if table == own { "id" } else { column };
            cell(after, column).or_else(|| cell(before, column)).filter(|_| told)
        };
        let (person, account) = (of("person", "person_id"), of("account", "account_id"));
        let kind = table.to_owned();
        (!fields.is_empty()).then(|| Self {
            kind,
            row_id: row_id.join("/"),
            person,
            account,
            fields,
            erasure,
        })
    }

    /// Puts the texts of personal values apart, and their hashes in their place.
    fn part(&mut self, seq: i64, places: &mut i32, salt: &mut impl FnMut() -> [u8; 16]) -> Vec<Apart> {
        let mut parted = Vec::new();
        for field in self.fields.iter_mut().filter(|field| field.apart) {
            let salt = hex(&salt());
            let [before, after] = [&mut field.before, &mut field.after].map(|text| put_apart(text, &salt));
            if before.is_none() && after.is_none() {
                continue;
            }
            *places += 1;
            field.value = Some(*places);
            let (place, person_id, account_id) = (*places, self.person, self.account);
            parted.push(Apart { seq, place, person_id, account_id, salt, before, after });
        }
        parted
    }

    /// Shows nothing of what is personal in it.
    fn hide(&mut self) {
        for field in self.fields.iter_mut().filter(|field| field.apart) {
            let hidden = Some(HIDDEN.to_owned());
            (field.before, field.after, field.masked) = (hidden.clone(), hidden, true);
        }
    }
}

/// What stands apart.
type Apart = audit_value::Model;

/// Takes what is shown of a personal value and leaves its hash; what shows nothing stays.
fn put_apart(text: &mut Option<String>, salt: &str) -> Option<String> {
    let shown = text.take_if(|text| text != HIDDEN)?;
    *text = Some(sealed(salt, &shown));
    Some(shown)
}

/// The id in a column, where there is such a column and something in it.
fn cell<M: ModelTrait>(row: &M, name: &str) -> Option<Uuid> {
    let column = <M::Entity as EntityTrait>::Column::iter().find(|column| column.as_str() == name)?;
    match row.get(column) {
        Cell::Uuid(id) => id,
        _ => None,
    }
}

impl Field {
    fn between(table: &str, column: &str, before: &Cell, after: &Cell) -> Option<Self> {
        if before == after {
            return None;
        }
        let class = personal::class(table, column);
        let shown = Shown::of(class);
        let name = column.to_owned();
        Some(Self {
            name,
            before: shown.tell(before),
            after: shown.tell(after),
            masked: shown != Shown::Whole,
            value: None,
            apart: class.is_some() && shown != Shown::Nothing,
        })
    }
}

/// How much of a value is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    Whole,
    Ends,
    Nothing,
}

impl Shown {
    const fn of(class: Option<Class>) -> Self {
        use Class::{
            Activity, AsTheAnswer, Contact, Correspondence, Demographic, Employment, Identifier, Identity,
            Opinion, Private, Professional, Profile, SealedIdentity, Secret, Usage,
        };
        match class {
            None => Self::Whole,
            Some(Identity | Demographic | Employment | Profile | Usage | Activity) => Self::Whole,
            Some(Identifier | Contact) => Self::Ends,
            // What people say to one another, or think, stands where they wrote it.
            Some(
                Secret | SealedIdentity | AsTheAnswer | Private | Opinion | Correspondence | Professional,
            ) => Self::Nothing,
        }
    }

    fn tell(self, cell: &Cell) -> Option<String> {
        match self {
            Self::Whole => text(cell),
            Self::Ends => text(cell).map(|text| ends(&text)),
            Self::Nothing => Some(HIDDEN.to_owned()),
        }
    }
}

/// Two characters of each end, however long it is between them.
fn ends(text: &str) -> String {
    let all: Vec<char> = text.chars().collect();
    match (all.first_chunk::<2>(), all.last_chunk::<2>()) {
        (Some([a, b]), Some([y, z])) if all.len() >= SHORT => format!("{a}{b}{HIDDEN}{y}{z}"),
        _ => HIDDEN.to_owned(),
    }
}

fn text(cell: &Cell) -> Option<String> {
    let text = match sea_value_to_json_value(cell) {
        serde_json::Value::Null => return None,
        serde_json::Value::String(text) => text,
        other => other.to_string(),
    };
    if text.chars().count() <= MOST {
        return Some(text);
    }
    Some(text.chars().take(MOST - 1).chain(['…']).collect())
}

/// What a transaction noted so far.
#[derive(Debug, Default)]
pub(super) struct Changes(Mutex<Vec<Change>>);

impl Changes {
    /// Adds one, where there is one.
    pub(super) fn note(&self, change: Option<Change>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend(change);
    }

    /// All of them for the entry `seq`, none where nothing was noted; and what of it stands apart. Of whoever is erased
    /// by this very write nothing personal is told.
    pub(super) fn take(
        &self,
        seq: i64,
        mut salt: impl FnMut() -> [u8; 16],
    ) -> Result<(Option<serde_json::Value>, Vec<Apart>)> {
        let mut noted = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        if noted.is_empty() {
            return Ok((None, Vec::new()));
        }
        hide_the_erased(&mut noted);
        let (mut places, mut apart) = (0, Vec::new());
        for change in &mut noted {
            apart.extend(change.part(seq, &mut places, &mut salt));
        }
        let noted = serde_json::to_value(noted).map_err(|e| Error::internal("write what changed", e))?;
        Ok((Some(noted), apart))
    }
}

fn hide_the_erased(noted: &mut [Change]) {
    let persons: Vec<Uuid> = noted.iter().filter(|c| c.erasure).filter_map(|c| c.person).collect();
    let theirs = |change: &Change| change.person.is_some_and(|person| persons.contains(&person));
    let accounts: Vec<Uuid> = noted.iter().filter(|c| theirs(c)).filter_map(|c| c.account).collect();
    for change in noted {
        if theirs(change) || change.account.is_some_and(|account| accounts.contains(&account)) {
            change.hide();
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use entity::person::Model;

    use super::*;

    fn siti() -> Model {
        Model {
            id: uuid::Uuid::nil(),
            kind: "teacher".to_owned(),
            name: "Siti".to_owned(),
            nuptk: Some("1234567890123456".to_owned()),
            nip: None,
            nik_sealed: None,
            nik_index: None,
            sex: None,
            birth_date: None,
            employment: "pns".to_owned(),
            subject: None,
            school_id: None,
            region_code: None,
            phone: Some("+6281234567890".to_owned()),
            email: None,
            merged_into: None,
            restricted_at: None,
            erased_at: None,
            version: 1,
            created_at: DateTime::UNIX_EPOCH,
            updated_at: DateTime::UNIX_EPOCH,
        }
    }

    fn field(name: &str, before: Option<&str>, after: Option<&str>, masked: bool) -> Field {
        let own = |text: Option<&str>| text.map(str::to_owned);
        let apart = !matches!(name, "nik_sealed" | "erased_at");
        Field { name: name.to_owned(), before: own(before), after: own(after), masked, value: None, apart }
    }

    #[test]
    fn what_differs_is_told_as_its_class_allows() {
        let before = siti();
        let after = Model {
            name: "Siti Aminah".to_owned(),
            nuptk: None,
            nik_sealed: Some("3273014501900001".to_owned()),
            phone: Some("+62811".to_owned()),
            version: 2,
            ..siti()
        };
        let change = Change::between(&before, &after).unwrap();
        assert_eq!((change.kind.as_str(), change.row_id), ("person", uuid::Uuid::nil().to_string()));
        assert_eq!(
            change.fields,
            [
                field("name", Some("Siti"), Some("Siti Aminah"), false),
                field("nuptk", Some("12•••56"), None, true),
                field("nik_sealed", Some(HIDDEN), Some(HIDDEN), true),
                field("phone", Some("+6•••90"), Some(HIDDEN), true),
            ]
        );
    }

    #[test]
    fn what_is_the_same_is_no_change() {
        assert_eq!(Change::between(&siti(), &Model { version: 2, ..siti() }), None);
        assert_eq!(Changes::default().take(1, || [0; 16]).unwrap(), (None, Vec::new()));
    }

    #[test]
    fn what_is_shown_of_personal_values_stands_apart() {
        let changes = Changes::default();
        let after = Model { name: "Siti Aminah".to_owned(), nuptk: None, version: 2, ..siti() };
        changes.note(Change::between(&siti(), &after));
        let mut salts = 0;
        let (told, apart) = changes
            .take(7, || {
                salts += 1;
                [salts; 16]
            })
            .unwrap();
        let told: Vec<Change> = serde_json::from_value(told.unwrap()).unwrap();
        assert_eq!((told[0].person, told[0].account), (Some(Uuid::nil()), None));
        let [name, nuptk] = &told[0].fields[..] else { panic!("{told:?}") };
        let salt = "01".repeat(16);
        assert_eq!((name.value, name.before.clone()), (Some(1), Some(sealed(&salt, "Siti"))));
        assert_eq!((nuptk.value, nuptk.after.clone()), (Some(2), None));
        let own = |text: &str| Some(text.to_owned());
        let kept = Apart {
            seq: 7,
            place: 1,
            person_id: Some(Uuid::nil()),
            account_id: None,
            salt,
            before: own("Siti"),
            after: own("Siti Aminah"),
        };
        assert_eq!(apart[0], kept);
        assert_eq!((apart[1].before.clone(), apart[1].after.clone()), (own("12•••56"), None));
        assert_ne!(apart[1].salt, kept.salt);
    }

    #[test]
    fn an_erasure_keeps_nothing_of_whom_it_erases() {
        let changes = Changes::default();
        let erased = Some(DateTime::UNIX_EPOCH);
        changes.note(Change::between(&siti(), &Model { name: "x".to_owned(), erased_at: erased, ..siti() }));
        let (told, apart) = changes.take(1, || [0; 16]).unwrap();
        assert_eq!(apart, Vec::new());
        assert!(!told.unwrap().to_string().contains("Siti"));
    }

    #[test]
    fn a_long_text_is_cut() {
        let after = Model { name: "é".repeat(MOST + 1), ..siti() };
        let told = Change::between(&siti(), &after).unwrap().fields.remove(0).after.unwrap();
        assert_eq!((told.chars().count(), told.chars().last()), (MOST, Some('…')));
    }
}
