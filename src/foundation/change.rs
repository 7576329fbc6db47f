//! What a write changed, as the audit trail tells it: of each row the columns that differ, before and after. What a
//! personal column holds is shown as far as its class allows (`entity::personal`): a secret never, not even whether
//! there is one; a number or an address by its ends.

use std::sync::{Mutex, PoisonError};

use entity::personal::{self, Class};
use sea_orm::{
    EntityName, EntityTrait, IdenStatic, Iterable, ModelTrait, PrimaryKeyToColumn, Value as Cell,
    sea_query::sea_value_to_json_value,
};
use serde::{Deserialize, Serialize};

use super::error::{Error, Result};

/// What stands where something is not shown.
const HIDDEN: &str = "•••";
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
    /// The columns that differ.
    pub fields: Vec<Field>,
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
        let kind = table.to_owned();
        (!fields.is_empty()).then(|| Self { kind, row_id: row_id.join("/"), fields })
    }
}

impl Field {
    fn between(table: &str, column: &str, before: &Cell, after: &Cell) -> Option<Self> {
        if before == after {
            return None;
        }
        let shown = Shown::of(personal::class(table, column));
        let name = column.to_owned();
        Some(Self {
            name,
            before: shown.tell(before),
            after: shown.tell(after),
            masked: shown != Shown::Whole,
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

    /// All of them for the trail, none where nothing was noted.
    pub(super) fn take(&self) -> Result<Option<serde_json::Value>> {
        let noted = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        if noted.is_empty() {
            return Ok(None);
        }
        let noted = serde_json::to_value(noted).map_err(|e| Error::internal("write what changed", e))?;
        Ok(Some(noted))
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
            restricted_by: None,
            erased_at: None,
            version: 1,
            created_at: DateTime::UNIX_EPOCH,
            updated_at: DateTime::UNIX_EPOCH,
        }
    }

    fn field(name: &str, before: Option<&str>, after: Option<&str>, masked: bool) -> Field {
        let own = |text: Option<&str>| text.map(str::to_owned);
        Field { name: name.to_owned(), before: own(before), after: own(after), masked }
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
        assert_eq!(Changes::default().take().unwrap(), None);
    }

    #[test]
    fn a_long_text_is_cut() {
        let after = Model { name: "é".repeat(MOST + 1), ..siti() };
        let told = Change::between(&siti(), &after).unwrap().fields.remove(0).after.unwrap();
        assert_eq!((told.chars().count(), told.chars().last()), (MOST, Some('…')));
    }
}
