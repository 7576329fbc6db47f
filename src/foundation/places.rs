//! Where the events of an audit entry stand, for entries that do not say it: a program from before, which ran beside this
//! one while it was brought in, left it empty. What is sealed says how many events an entry has; their places follow.

use entity::audit_entry::{Column, Entity};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::Expr,
};
use serde_json::Value;

use super::error::Result;

/// Entries that one step fills in.
const CHUNK: u64 = 500;

/// Fills in the oldest few that are empty; answers how many they were, 0 when there is none left.
///
/// # Errors
/// When the database does not answer.
pub async fn fill(db: &impl ConnectionTrait) -> Result<u64> {
    let empty = Condition::any().add(Column::LastPos.is_null()).add(Column::FirstPos.is_null());
    let rows: Vec<(i64, Value)> = Entity::find()
        .select_only()
        .columns([Column::Seq, Column::Subjects])
        .filter(empty)
        .order_by_asc(Column::Seq)
        .limit(CHUNK)
        .into_tuple()
        .all(db)
        .await?;
    let mut before = None;
    for (seq, subjects) in &rows {
        let last = match before {
            Some((previous, last)) if previous + 1 == *seq => last,
            _ => last_before(db, *seq).await?,
        };
        let many = subjects.as_array().map_or(0, Vec::len);
        let end = last + i64::try_from(many).unwrap_or_default();
        Entity::update_many()
            .col_expr(Column::FirstPos, Expr::value(last + 1))
            .col_expr(Column::LastPos, Expr::value(end))
            .filter(Column::Seq.eq(*seq))
            .exec(db)
            .await?;
        before = Some((*seq, end));
    }
    Ok(u64::try_from(rows.len()).unwrap_or(u64::MAX))
}

/// Where the entries before this one end.
async fn last_before(db: &impl ConnectionTrait, seq: i64) -> Result<i64> {
    let last: Option<Option<i64>> = Entity::find()
        .select_only()
        .column(Column::LastPos)
        .filter(Column::Seq.lt(seq))
        .order_by_desc(Column::Seq)
        .limit(1)
        .into_tuple()
        .one(db)
        .await?;
    Ok(last.flatten().unwrap_or_default())
}
