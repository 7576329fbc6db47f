//! Keyset pages with opaque, signed cursors. No offset anywhere: a page costs the
//! same at any depth, and rows written meanwhile neither repeat nor vanish.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use sea_orm::{
    ExprTrait, Order, QueryTrait, Value,
    sea_query::{Expr, IntoColumnRef, SelectStatement},
};
use serde::{Serialize, de::DeserializeOwned};
use sha2::Sha256;

use super::error::{Error, Fault, Result};

/// Rows a page has when the caller does not say.
pub const DEFAULT_LIMIT: u64 = 20;
/// The most a page of an ordinary list has.
pub const MAX_LIMIT: u64 = 100;
/// The most a page of an exchange list has.
pub const MAX_EXCHANGE_LIMIT: u64 = 1_000;

/// Which way the caller walks through a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From the cursor towards the end (`after`, `first`).
    Forward,
    /// From the cursor towards the start (`before`, `last`).
    Backward,
}

/// Which page is wanted.
#[derive(Debug, Clone)]
pub struct PageRequest {
    /// At most this many rows.
    pub limit: u64,
    /// From this cursor on, exclusive; none = from the end the direction starts at.
    pub cursor: Option<String>,
    /// Which way.
    pub direction: Direction,
}

impl PageRequest {
    /// REST's `?after=&limit=`. A limit outside 1..=`max` is refused, never cut silently.
    pub fn forward(after: Option<String>, limit: Option<u64>, max: u64) -> Result<Self> {
        let limit = checked("/limit", limit.map(|n| i64::try_from(n).unwrap_or(i64::MAX)), max)?;
        Ok(Self { limit, cursor: after, direction: Direction::Forward })
    }

    /// Relay's `first/after/last/before`. `first` with `last`, or a cursor of the other
    /// direction, is refused: the specification discourages it and its answer surprises.
    pub fn relay(
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        max: u64,
    ) -> Result<Self> {
        let backward = last.is_some() || (before.is_some() && first.is_none());
        if (first.is_some() && last.is_some()) || (after.is_some() && (backward || before.is_some())) {
            return Err(Error::invalid("/last", "page_two_directions"));
        }
        if before.is_some() && first.is_some() {
            return Err(Error::invalid("/before", "page_two_directions"));
        }
        if backward {
            let limit = checked("/last", last.map(i64::from), max)?;
            return Ok(Self { limit, cursor: before, direction: Direction::Backward });
        }
        let limit = checked("/first", first.map(i64::from), max)?;
        Ok(Self { limit, cursor: after, direction: Direction::Forward })
    }
}

fn checked(pointer: &str, limit: Option<i64>, max: u64) -> Result<u64> {
    match limit {
        None => Ok(Ord::min(DEFAULT_LIMIT, max)),
        Some(n) => u64::try_from(n)
            .ok()
            .filter(|n| (1..=max).contains(n))
            .ok_or_else(|| Error::Invalid(vec![Fault::new(pointer, "limit_out_of_range").with("max", max)])),
    }
}

/// A page of `T`, in the list's order whichever way it was walked.
#[derive(Debug, Clone)]
pub struct Page<T> {
    /// The rows, each with its own cursor.
    pub rows: Vec<(String, T)>,
    /// Whether the list goes on after the last row, as far as this walk knows.
    pub has_next: bool,
    /// Whether the list has rows before the first one, as far as this walk knows.
    pub has_previous: bool,
}

impl<T> Page<T> {
    /// The cursor to go on with, when there is more.
    pub fn next(&self) -> Option<String> {
        self.has_next.then(|| self.rows.last().map(|(cursor, _)| cursor.clone())).flatten()
    }

    /// The same page of something made from each row, if all can be made.
    pub fn try_map<U>(self, mut f: impl FnMut(T) -> Result<U>) -> Result<Page<U>> {
        let rows =
            self.rows.into_iter().map(|(cursor, row)| Ok((cursor, f(row)?))).collect::<Result<Vec<_>>>()?;
        Ok(Page { rows, has_next: self.has_next, has_previous: self.has_previous })
    }

    /// The same page of something made from each row.
    pub fn map<U>(self, mut f: impl FnMut(T) -> U) -> Page<U> {
        Page {
            rows: self.rows.into_iter().map(|(cursor, row)| (cursor, f(row))).collect(),
            has_next: self.has_next,
            has_previous: self.has_previous,
        }
    }
}

/// A page whose rows carry no cursor of their own: signing a thousand of them costs as
/// much as reading the rows, and a client that walks to the end needs the last one only.
#[derive(Debug, Clone)]
pub struct Stretch<T> {
    /// The rows, in the list's order.
    pub rows: Vec<T>,
    /// The cursor to go on with, when there is more.
    pub next: Option<String>,
    /// The cursor to come back with later for what has been added since; none of an empty
    /// list that was read from its start.
    pub resume: Option<String>,
}

/// Signs cursors, so that a client cannot make one up.
#[derive(Clone)]
pub struct CursorKey([u8; 32]);

impl CursorKey {
    /// Signs with these bytes.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    fn mac(&self, body: &[u8]) -> Result<Hmac<Sha256>> {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&self.0).map_err(|e| Error::internal("sign a cursor", e))?;
        mac.update(body);
        Ok(mac)
    }

    fn seal<K: Serialize>(&self, list: &str, key: &K) -> Result<String> {
        let body = serde_json::to_vec(&(list, key)).map_err(|e| Error::internal("write a cursor", e))?;
        let tag = self.mac(&body)?.finalize().into_bytes();
        Ok(format!("{}.{}", URL_SAFE_NO_PAD.encode(&body), URL_SAFE_NO_PAD.encode(&tag[..12])))
    }

    fn open<K: DeserializeOwned>(&self, list: &str, cursor: &str) -> Result<K> {
        let bad = || Error::malformed("/after", "cursor_malformed");
        let (body, tag) = cursor.split_once('.').ok_or_else(bad)?;
        let body = URL_SAFE_NO_PAD.decode(body).map_err(|_| bad())?;
        let tag = URL_SAFE_NO_PAD.decode(tag).map_err(|_| bad())?;
        if tag.len() != 12 {
            return Err(bad());
        }
        self.mac(&body)?.verify_truncated_left(&tag).map_err(|_| bad())?;
        let (of, key): (String, K) = serde_json::from_slice(&body).map_err(|_| bad())?;
        if of != list {
            return Err(Error::malformed("/after", "cursor_of_another_list"));
        }
        Ok(key)
    }
}

/// What rows are ordered by: unique together, so that the order is total.
pub trait Key: Serialize + DeserializeOwned {
    /// The values as the database compares them, in order.
    fn values(self) -> Vec<Value>;
}

macro_rules! key_tuples {
    ($($name:ident),+) => {
        impl<$($name),+> Key for ($($name,)+)
        where $($name: Into<Value> + Serialize + DeserializeOwned),+ {
            #[allow(non_snake_case, reason = "the type names serve as variable names")]
            fn values(self) -> Vec<Value> {
                let ($($name,)+) = self;
                vec![$($name.into()),+]
            }
        }
    };
}
key_tuples!(A);
key_tuples!(A, B);
key_tuples!(A, B, C);

/// One way to walk one list: its name (part of every cursor), its key columns, its order.
#[derive(Clone)]
pub struct Keyset {
    list: &'static str,
    columns: Vec<Expr>,
    order: Order,
}

impl Keyset {
    /// `list` ordered by `columns`, all ascending or all descending.
    pub fn new<C: IntoColumnRef>(
        list: &'static str,
        columns: impl IntoIterator<Item = C>,
        order: Order,
    ) -> Self {
        Self { list, columns: columns.into_iter().map(|c| Expr::col(c)).collect(), order }
    }

    /// Puts the page's condition, order and limit on `select`.
    ///
    /// The condition is a row value, `(a, b) > (x, y)`: PostgreSQL answers it from the
    /// index, but scans for the equivalent `a > x OR (a = x AND b > y)`.
    pub fn apply<K: Key, S: QueryTrait<QueryStatement = SelectStatement>>(
        &self,
        select: &mut S,
        request: &PageRequest,
        key: &CursorKey,
    ) -> Result<()> {
        let ascending = matches!(self.order, Order::Asc) == (request.direction == Direction::Forward);
        let query = select.query();
        if let Some(cursor) = &request.cursor {
            let values = key.open::<K>(self.list, cursor)?.values();
            let row = Expr::tuple(self.columns.clone());
            let edge = Expr::tuple(values.into_iter().map(Expr::value));
            query.and_where(if ascending { row.gt(edge) } else { row.lt(edge) });
        }
        for column in &self.columns {
            query.order_by_expr(column.clone(), if ascending { Order::Asc } else { Order::Desc });
        }
        query.limit(request.limit + 1);
        Ok(())
    }

    /// The stretch made of the rows that `apply`'s statement gave, walking forward.
    pub fn stretch<K: Key, T>(
        &self,
        mut rows: Vec<T>,
        request: &PageRequest,
        key: &CursorKey,
        of: impl Fn(&T) -> K,
    ) -> Result<Stretch<T>> {
        let more = rows.len() as u64 > request.limit;
        rows.truncate(usize::try_from(request.limit).unwrap_or(usize::MAX));
        let last = rows.last().map(|row| self.cursor(&of(row), key)).transpose()?;
        let next = if more { last.clone() } else { None };
        Ok(Stretch { rows, next, resume: last.or_else(|| request.cursor.clone()) })
    }

    /// The cursor right after the row with this key, whether or not there is one.
    pub fn cursor<K: Key>(&self, of: &K, key: &CursorKey) -> Result<String> {
        key.seal(self.list, of)
    }

    /// The key that the request's cursor holds, for a list whose order is computed, not selected.
    ///
    /// # Errors
    /// `cursor_malformed`, `cursor_of_another_list`.
    pub fn start<K: DeserializeOwned>(&self, request: &PageRequest, key: &CursorKey) -> Result<Option<K>> {
        request.cursor.as_ref().map(|cursor| key.open::<K>(self.list, cursor)).transpose()
    }

    /// The page made of the rows that `apply`'s statement gave.
    pub fn page<K: Key, T>(
        &self,
        mut rows: Vec<T>,
        request: &PageRequest,
        key: &CursorKey,
        of: impl Fn(&T) -> K,
    ) -> Result<Page<T>> {
        let more = rows.len() as u64 > request.limit;
        rows.truncate(usize::try_from(request.limit).unwrap_or(usize::MAX));
        let came_from = request.cursor.is_some();
        let (has_next, has_previous) = match request.direction {
            Direction::Forward => (more, came_from),
            Direction::Backward => {
                rows.reverse();
                (came_from, more)
            }
        };
        let rows = rows
            .into_iter()
            .map(|row| Ok((key.seal(self.list, &of(&row))?, row)))
            .collect::<Result<Vec<_>>>()?;
        Ok(Page { rows, has_next, has_previous })
    }
}
