//! Numbers, reserved inside the transaction that uses them. Those of a transaction that
//! fails are given again; one that was printed never is.

use std::collections::HashSet;

use entity::{certificate, certificate_counter};
use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, OnConflict},
};

use crate::{
    access::context::Work,
    certification::certificate::number::{Facts, NumberScheme},
    foundation::error::{Error, Result},
};

/// The next `count` numbers of the operator's scheme, in order. One statement moves the
/// counter; the numbers are then held against those in use, since a scheme that was changed
/// may lead to a number that an older one gave.
pub async fn reserve(work: &Work<'_>, facts: &Facts<'_>, count: usize) -> Result<Vec<String>> {
    let scheme = NumberScheme::parse(&work.services.settings.number_scheme)
        .map_err(|fault| Error::internal("the number scheme", fault.code))?;
    let scope = scheme.scope(facts)?;
    let mut free: Vec<String> = Vec::with_capacity(count);
    let mut stride = 1;
    while free.len() < count {
        let wanted = Ord::max(count - free.len(), stride);
        let last = advance(work, &scope, wanted).await?;
        let first = last.saturating_sub(wanted as u64) + 1;
        let numbers = (first..=last).map(|seq| scheme.render(facts, seq)).collect::<Result<Vec<_>>>()?;
        let taken = in_use(work, &numbers).await?;
        free.extend(numbers.into_iter().filter(|number| !taken.contains(number)));
        // Numbers in use tend to stand together: longer strides pass them.
        stride = (stride * 2).min(10_000);
    }
    free.truncate(count);
    Ok(free)
}

/// Moves the counter of `scope` on by `count` and answers its new end.
async fn advance(work: &Work<'_>, scope: &str, count: usize) -> Result<u64> {
    let count = i64::try_from(count).map_err(|e| Error::internal("reserve numbers", e))?;
    let counter = certificate_counter::Model { scope: scope.to_owned(), last_number: count };
    let column = certificate_counter::Column::LastNumber;
    let moved = Expr::col((certificate_counter::Entity, column)).add(count);
    let conflict = OnConflict::column(certificate_counter::Column::Scope).value(column, moved).to_owned();
    let row = certificate_counter::Entity::insert(certificate_counter::ActiveModel::from(counter))
        .on_conflict(conflict)
        .exec_with_returning(work.db())
        .await?;
    u64::try_from(row.last_number).map_err(|e| Error::internal("read a number counter", e))
}

async fn in_use(work: &Work<'_>, numbers: &[String]) -> Result<HashSet<String>> {
    let taken: Vec<String> = certificate::Entity::find()
        .select_only()
        .column(certificate::Column::Number)
        .filter(certificate::Column::Number.is_in(numbers))
        .into_tuple()
        .all(work.db())
        .await?;
    Ok(taken.into_iter().collect())
}
