//! Changing readings, and what members add to them.

mod member;
mod plan;

pub use member::{MarkChapter, WriteChapterNote};
pub use plan::{CreateBookReading, FinishBookReading, StartBookReading, StopBookReading, UpdateBookReading};

use entity::book_reading::{Column, Model};
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::{
    read,
    state::ReadingStatus,
    view::{BookReading, BookReadingId, status},
};
use crate::{
    access::{context::Work, scope},
    community::group::lock::{self as community_lock, Held},
    foundation::error::{Error, Result},
};

/// A reading and its community, both locked.
struct Locked {
    row: Model,
    status: ReadingStatus,
    community: Held,
}

/// Locks the community, then the reading.
async fn lock(work: &Work<'_>, id: BookReadingId) -> Result<Locked> {
    let seen = scope::book_readings(work.actor)?.filter(Column::Id.eq(id.uuid()));
    let of: Option<Uuid> =
        seen.clone().select_only().column(Column::CommunityId).into_tuple().one(work.db()).await?;
    let community = community_lock::lock(work, of.ok_or(Error::NotFound("book_reading"))?.into()).await?;
    let row = seen.lock_exclusive().one(work.db()).await?.ok_or(Error::NotFound("book_reading"))?;
    Ok(Locked { status: status(&row)?, community, row })
}

/// What the caller sees of a row.
async fn shown(work: &Work<'_>, row: Model) -> Result<BookReading> {
    read::shown(work.db(), work.actor, vec![row]).await?.pop().ok_or(Error::NotFound("book_reading"))
}
