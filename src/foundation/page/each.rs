//! The first rows below each of many parents, in one statement: what a nested edge shows.

use std::{collections::HashMap, hash::Hash};

use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait, IntoSimpleExpr, Iterable, Order, PrimaryKeyToColumn, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, Func, Query, WindowStatement},
};

/// Of the rows `within`, the first `limit` below each value of `parent`, in the order of `order`; what is put
/// between rows that are equal in it is their key.
pub fn first_of_each<E: EntityTrait>(
    within: Select<E>,
    parent: E::Column,
    order: &[(E::Column, Order)],
    limit: u64,
) -> Select<E> {
    let keys: Vec<E::Column> = E::PrimaryKey::iter().map(PrimaryKeyToColumn::into_column).collect();
    let mut places = WindowStatement::partition_by(parent.as_column_ref());
    for (column, way) in order {
        places.order_by(column.as_column_ref(), way.clone());
    }
    let mut ranked = within.select_only();
    for key in &keys {
        places.order_by(key.as_column_ref(), Order::Asc);
        ranked = ranked.column(*key);
    }
    let ranked = ranked.into_query().expr_window_as(Func::cust("ROW_NUMBER"), places, "place").to_owned();
    let mut first = Query::select();
    for key in &keys {
        first.column(key.as_column_ref().1);
    }
    first
        .from_subquery(ranked, "ranked")
        .and_where(Expr::col("place").lte(i64::try_from(limit).unwrap_or(i64::MAX)));
    let key = Expr::tuple(keys.iter().map(|key| key.into_simple_expr()));
    let mut rows = E::find().filter(key.in_subquery(first));
    for (column, way) in order {
        rows = rows.order_by(*column, way.clone());
    }
    keys.into_iter().fold(rows, |rows, key| rows.order_by_asc(key))
}

/// Rows by their parent, each in the order in which they came.
pub fn by_parent<P: Eq + Hash, V>(rows: Vec<V>, parent: impl Fn(&V) -> P) -> HashMap<P, Vec<V>> {
    let mut found: HashMap<P, Vec<V>> = HashMap::new();
    for row in rows {
        found.entry(parent(&row)).or_default().push(row);
    }
    found
}
