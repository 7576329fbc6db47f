//! A table as the register sees it: read row by row, whatever its columns are.

use std::marker::PhantomData;

use sea_orm::{
    DbErr, EntityTrait, FromQueryResult, IdenStatic, Iterable, ModelTrait, PrimaryKeyToColumn, QueryResult,
    QueryTrait, Value as Cell,
    sea_query::{SelectStatement, sea_value_to_json_value},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::foundation::{
    error::{Error, Result},
    page::Key,
};

/// One table of the schema.
pub trait Table: Sync {
    /// Its name.
    fn name(&self) -> &'static str;
    /// Its columns, in order.
    fn columns(&self) -> Vec<&'static str>;
    /// Those by which one row is found.
    fn keys(&self) -> Vec<&'static str>;
    /// All of it.
    fn select(&self) -> SelectStatement;
    /// One row that [`select`](Self::select) found.
    ///
    /// # Errors
    /// When the row is not of this table.
    fn read(&self, found: &QueryResult) -> std::result::Result<Row, DbErr>;
}

/// The table of an entity.
pub struct Of<E>(PhantomData<fn() -> E>);

impl<E> Of<E> {
    /// The only one.
    pub const TABLE: Self = Self(PhantomData);
}

impl<E: EntityTrait> Table for Of<E> {
    fn name(&self) -> &'static str {
        E::default().table_name()
    }

    fn columns(&self) -> Vec<&'static str> {
        E::Column::iter().map(|column| column.as_str()).collect()
    }

    fn keys(&self) -> Vec<&'static str> {
        E::PrimaryKey::iter().map(|key| key.into_column().as_str()).collect()
    }

    fn select(&self) -> SelectStatement {
        E::find().into_query()
    }

    fn read(&self, found: &QueryResult) -> std::result::Result<Row, DbErr> {
        let model = E::Model::from_query_result(found, "")?;
        Ok(Row(E::Column::iter().map(|column| (column.as_str(), model.get(column))).collect()))
    }
}

/// A row: each column with what it holds.
pub struct Row(Vec<(&'static str, Cell)>);

impl Row {
    fn cell(&self, column: &str) -> Option<&Cell> {
        self.0.iter().find(|(name, _)| *name == column).map(|(_, cell)| cell)
    }

    /// The id in a column.
    pub fn id(&self, column: &str) -> Option<Uuid> {
        match self.cell(column) {
            Some(Cell::Uuid(id)) => *id,
            _ => None,
        }
    }

    /// The text in a column.
    pub fn text(&self, column: &str) -> Option<&str> {
        match self.cell(column) {
            Some(Cell::String(text)) => text.as_deref(),
            _ => None,
        }
    }

    /// The columns that `shown` says, as JSON.
    pub fn json(&self, shown: impl Fn(&str) -> bool) -> serde_json::Map<String, Value> {
        let shown = self.0.iter().filter(|(name, _)| shown(name));
        shown.map(|(name, cell)| ((*name).to_owned(), json(cell))).collect()
    }

    /// Where the row stands among the others of its table.
    ///
    /// # Errors
    /// `internal` for a key that no table of ours has.
    pub fn key(&self, keys: &[&str]) -> Result<RowKey> {
        let part = |name: &&str| match self.cell(name) {
            Some(Cell::Uuid(Some(id))) => Ok(Part::Id(*id)),
            Some(Cell::String(Some(text))) => Ok(Part::Text(text.clone())),
            Some(Cell::Int(Some(number))) => Ok(Part::Number(i64::from(*number))),
            Some(Cell::BigInt(Some(number))) => Ok(Part::Number(*number)),
            _ => Err(Error::internal("the key of a row", *name)),
        };
        keys.iter().map(part).collect::<Result<_>>().map(RowKey)
    }
}

/// What a cell holds; instants and dates as everywhere else, without the quotes of SQL.
fn json(cell: &Cell) -> Value {
    match cell {
        Cell::ChronoDateTimeUtc(at) => at.map_or(Value::Null, |at| serde_json::json!(at)),
        Cell::ChronoDate(day) => day.map_or(Value::Null, |day| serde_json::json!(day)),
        other => sea_value_to_json_value(other),
    }
}

/// The key of a row, as a list goes on after it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowKey(Vec<Part>);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
enum Part {
    Id(Uuid),
    Text(String),
    Number(i64),
}

impl Key for RowKey {
    fn values(self) -> Vec<Cell> {
        let value = |part| match part {
            Part::Id(id) => id.into(),
            Part::Text(text) => text.into(),
            Part::Number(number) => number.into(),
        };
        self.0.into_iter().map(value).collect()
    }
}
