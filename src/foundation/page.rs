//! Keyset pages with opaque, sealed cursors. No offset anywhere: a page costs the
//! same at any depth, and rows written meanwhile neither repeat nor vanish.

mod cursor;
mod each;

use sea_orm::{
    ConnectionTrait, ExprTrait, Order, QueryTrait, Value,
    sea_query::{Expr, IntoColumnRef, SelectStatement},
};
use serde::{Serialize, de::DeserializeOwned};

use self::cursor::Binding;
pub use self::{
    cursor::CursorKey,
    each::{by_parent, first_of_each},
};
use super::error::{Error, Fault, Result};

/// Rows a page has when the caller does not say.
pub const DEFAULT_LIMIT: u64 = 20;
/// The most a page of an ordinary list has.
pub const MAX_LIMIT: u64 = 100;
/// The most a page of an exchange list has.
pub const MAX_EXCHANGE_LIMIT: u64 = 1_000;

/// Which way the caller walks through a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
    /// Whether to find out if there are rows on the cursor's far side, which costs one statement
    /// more. Else a page with a cursor claims so.
    pub exact: bool,
}

impl PageRequest {
    /// REST's `?after=&limit=`. A limit outside 1..=`max` is refused, never cut silently.
    pub fn forward(after: Option<String>, limit: Option<u64>, max: u64) -> Result<Self> {
        let limit = checked("/limit", limit.map(|n| i64::try_from(n).unwrap_or(i64::MAX)), max)?;
        Ok(Self { limit, cursor: after, direction: Direction::Forward, exact: false })
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
            return Ok(Self { limit, cursor: before, direction: Direction::Backward, exact: false });
        }
        let limit = checked("/first", first.map(i64::from), max)?;
        Ok(Self { limit, cursor: after, direction: Direction::Forward, exact: false })
    }

    /// The first page from the end that the direction starts at.
    pub const fn first(limit: u64, direction: Direction) -> Self {
        Self { limit, cursor: None, direction, exact: false }
    }

    fn pointer(&self) -> &'static str {
        match self.direction {
            Direction::Forward => "/after",
            Direction::Backward => "/before",
        }
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

/// A page whose rows carry no cursor of their own: sealing a thousand of them costs as
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

/// One way to walk one list: its key columns, its order, and what its cursors belong to.
#[derive(Clone)]
pub struct Keyset {
    list: &'static str,
    binding: Binding,
    columns: Vec<Expr>,
    order: Order,
}

impl Keyset {
    /// `list` ordered by `columns`, all ascending or all descending.
    pub fn new<C: IntoColumnRef>(
        list: &'static str,
        columns: impl IntoIterator<Item = C>,
        order: Order,
    ) -> Result<Self> {
        let columns = columns.into_iter().map(|c| Expr::col(c)).collect();
        Ok(Self { list, binding: Binding::new(list, &())?, columns, order })
    }

    /// The same list narrowed by `scope`, a parent's id or a filter as the caller gave it: the
    /// cursors of one scope are refused in another, where they would skip rows without a word.
    pub fn over(self, scope: &impl Serialize) -> Result<Self> {
        Ok(Self { binding: Binding::new(self.list, scope)?, ..self })
    }

    /// Puts the page's condition, order and limit on `select`.
    ///
    /// The condition is a row value, `(a, b) > (x, y)`: PostgreSQL answers it from the
    /// index, but scans for the equivalent `a > x OR (a = x AND b > y)`.
    ///
    /// # Errors
    /// `cursor_malformed`, `cursor_of_another_list`.
    pub fn walk<'a, K: Key, S: QueryTrait<QueryStatement = SelectStatement>>(
        &'a self,
        select: &mut S,
        request: &'a PageRequest,
        key: &'a CursorKey,
    ) -> Result<Walk<'a>> {
        let ascending = matches!(self.order, Order::Asc) == (request.direction == Direction::Forward);
        let query = select.query();
        let mut beyond = None;
        if let Some(values) = self.start::<K>(request, key)?.map(Key::values) {
            let row = Expr::tuple(self.columns.clone());
            let edge = Expr::tuple(values.into_iter().map(Expr::value));
            if request.exact {
                let (row, edge) = (row.clone(), edge.clone());
                let mut far = query.clone();
                far.clear_selects().expr(Expr::cust("1")).limit(1);
                far.and_where(if ascending { row.lte(edge) } else { row.gte(edge) });
                beyond = Some(far);
            }
            query.and_where(if ascending { row.gt(edge) } else { row.lt(edge) });
        }
        for column in &self.columns {
            query.order_by_expr(column.clone(), if ascending { Order::Asc } else { Order::Desc });
        }
        query.limit(request.limit + 1);
        Ok(Walk { keyset: self, request, key, beyond })
    }

    /// The cursor right after the row with this key, whether or not there is one.
    pub fn cursor<K: Key>(&self, of: &K, key: &CursorKey) -> Result<String> {
        key.seal(self.binding, of)
    }

    /// The key that the request's cursor holds.
    ///
    /// # Errors
    /// `cursor_malformed`, `cursor_of_another_list`.
    pub fn start<K: DeserializeOwned>(&self, request: &PageRequest, key: &CursorKey) -> Result<Option<K>> {
        let open = |cursor: &String| key.open::<K>(self.binding, cursor, request.pointer());
        request.cursor.as_ref().map(open).transpose()
    }

    /// The page made of rows that were found from the cursor on, one more than asked for where there
    /// are more. `beyond`: whether there are rows on the cursor's far side.
    pub fn page<K: Key, T>(
        &self,
        mut rows: Vec<T>,
        request: &PageRequest,
        key: &CursorKey,
        beyond: bool,
        of: impl Fn(&T) -> K,
    ) -> Result<Page<T>> {
        let more = cut(&mut rows, request.limit);
        let (has_next, has_previous) = match request.direction {
            Direction::Forward => (more, beyond),
            Direction::Backward => {
                rows.reverse();
                (beyond, more)
            }
        };
        let rows = rows
            .into_iter()
            .map(|row| Ok((self.cursor(&of(&row), key)?, row)))
            .collect::<Result<Vec<_>>>()?;
        Ok(Page { rows, has_next, has_previous })
    }
}

/// One page on its way: what was put on the statement, to make the page of what that finds.
pub struct Walk<'a> {
    keyset: &'a Keyset,
    request: &'a PageRequest,
    key: &'a CursorKey,
    /// Finds something on the cursor's far side, where the caller wants to know.
    beyond: Option<SelectStatement>,
}

impl Walk<'_> {
    /// The page made of the rows that the statement gave. `db` is asked for what is beyond the cursor.
    pub async fn page<K: Key, T>(
        self,
        db: &impl ConnectionTrait,
        rows: Vec<T>,
        of: impl Fn(&T) -> K,
    ) -> Result<Page<T>> {
        let beyond = match &self.beyond {
            Some(far) => db.query_one(far).await?.is_some(),
            None => self.request.cursor.is_some(),
        };
        self.keyset.page(rows, self.request, self.key, beyond, of)
    }

    /// The stretch made of the rows that the statement gave, walking forward.
    pub fn stretch<K: Key, T>(self, mut rows: Vec<T>, of: impl Fn(&T) -> K) -> Result<Stretch<T>> {
        let more = cut(&mut rows, self.request.limit);
        let last = rows.last().map(|row| self.keyset.cursor(&of(row), self.key)).transpose()?;
        let next = if more { last.clone() } else { None };
        Ok(Stretch { rows, next, resume: last.or_else(|| self.request.cursor.clone()) })
    }
}

/// Leaves at most `limit` rows; whether there were more.
fn cut<T>(rows: &mut Vec<T>, limit: u64) -> bool {
    let more = rows.len() as u64 > limit;
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    more
}
