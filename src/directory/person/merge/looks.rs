//! Who saw what of the retired record follows to the surviving one, so that one human reads one list. Where both have a
//! line of the same day, reader, app, purpose and fields, they become one that counts both.

use entity::data_access::{Column, Entity, Model};
use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Alias, CaseStatement, Expr, OnConflict},
};
use uuid::Uuid;

use crate::{access::context::Work, foundation::error::Result};

/// Lines that are moved by one statement.
const ROWS: u64 = 500;

/// Moves all lines of `from` to `into`.
pub(super) async fn follow(work: &Work<'_>, from: Uuid, into: Uuid) -> Result<()> {
    loop {
        let theirs = Entity::find().filter(Column::PersonId.eq(from)).order_by_asc(Column::Id).limit(ROWS);
        let rows = theirs.all(work.db()).await?;
        if rows.is_empty() {
            return Ok(());
        }
        // Gone first: a line keeps its id.
        let ids = rows.iter().map(|row| row.id);
        Entity::delete_many().filter(Column::Id.is_in(ids)).exec(work.db()).await?;
        let rows = rows.into_iter().map(|row| Model { person_id: into, ..row }.into_active_model());
        Entity::insert_many(rows).on_conflict(both()).exec_without_returning(work.db()).await?;
    }
}

/// What becomes of a line that is there already.
fn both() -> OnConflict {
    let there = |column: Column| Expr::col((Entity, column));
    let moved = |column: Column| Expr::col((Alias::new("excluded"), column));
    let is_later = || moved(Column::LastAt).gt(there(Column::LastAt));
    let later = |column: Column| CaseStatement::new().case(is_later(), moved(column)).finally(there(column));
    let first = CaseStatement::new()
        .case(moved(Column::FirstAt).lt(there(Column::FirstAt)), moved(Column::FirstAt))
        .finally(there(Column::FirstAt));
    OnConflict::columns([
        Column::PersonId,
        Column::Day,
        Column::Reader,
        Column::Client,
        Column::Purpose,
        Column::Fields,
    ])
    .value(Column::Times, there(Column::Times).add(moved(Column::Times)))
    .value(Column::FirstAt, first)
    .value(Column::LastAt, later(Column::LastAt))
    .value(Column::AccountId, later(Column::AccountId))
    .value(Column::Roles, later(Column::Roles))
    .value(Column::RequestId, later(Column::RequestId))
    .to_owned()
}
