//! Finding editions of the criteria.

use entity::recognition_scheme::{Column, Entity, Model};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, Order, PaginatorTrait, QueryFilter};

use super::{
    state::{Term, in_force},
    view::{RecognitionScheme, RecognitionSchemeId, status},
};
use crate::{
    access::{context::Ctx, scope},
    foundation::{
        error::{Error, Result},
        page::{Keyset, Page, PageRequest},
    },
};

/// A page of editions, the newest first.
///
/// # Errors
/// `forbidden`.
pub async fn list(ctx: &Ctx, page: &PageRequest) -> Result<Page<RecognitionScheme>> {
    let newest = Keyset::new("recognition schemes", [(Entity, Column::Edition)], Order::Desc)?;
    let mut query = scope::recognition_schemes(&ctx.actor)?;
    let walk = newest.walk::<(i32,), _>(&mut query, page, ctx.cursors())?;
    let rows = query.all(ctx.db()).await?;
    walk.page(ctx.db(), rows, |row| (row.edition,)).await?.try_map(RecognitionScheme::try_from)
}

/// How many editions there are.
///
/// # Errors
/// `forbidden`.
pub async fn count(ctx: &Ctx) -> Result<u64> {
    Ok(scope::recognition_schemes(&ctx.actor)?.count(ctx.db()).await?)
}

/// The editions with these ids, in no order; those out of reach are left out.
///
/// # Errors
/// `forbidden`.
pub async fn by_ids(ctx: &Ctx, ids: &[RecognitionSchemeId]) -> Result<Vec<RecognitionScheme>> {
    let ids = ids.iter().map(|id| id.uuid());
    let rows = scope::recognition_schemes(&ctx.actor)?.filter(Column::Id.is_in(ids)).all(ctx.db()).await?;
    rows.into_iter().map(RecognitionScheme::try_from).collect()
}

/// One edition.
///
/// # Errors
/// `not_found`.
pub async fn find(ctx: &Ctx, id: RecognitionSchemeId) -> Result<RecognitionScheme> {
    by_ids(ctx, &[id]).await?.pop().ok_or(Error::NotFound("recognition_scheme"))
}

/// The edition in force for a year.
pub(crate) async fn of_year(db: &impl ConnectionTrait, year: i32) -> Result<Option<Model>> {
    let editions = Entity::find().all(db).await?;
    let term = |row: &Model| {
        let (edition, from_year, retired_year) = (row.edition, row.from_year, row.retired_year);
        Ok(Term { edition, status: status(row)?, from_year, retired_year })
    };
    let terms = editions.iter().map(term).collect::<Result<Vec<_>>>()?;
    let edition = in_force(&terms, year);
    Ok(editions.into_iter().find(|row| Some(row.edition) == edition))
}
