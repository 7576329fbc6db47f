//! Finding readings.

use std::collections::HashMap;

use entity::{
    book_reading::{Column, Entity, Model},
    chapter_mark, community, reading_chapter,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, Order, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    Select,
};
use uuid::Uuid;

use super::view::{Book, BookReading, BookReadingId, ReadingChapter, status};
use crate::{
    access::{action::Action, actor::Actor, context::Ctx, scope},
    community::{colleague, group::view::CommunityId},
    foundation::{
        error::{Error, Result},
        page::{Keyset, Page, PageRequest, by_parent, first_of_each},
    },
};

fn of_community(ctx: &Ctx, community: CommunityId) -> Result<Select<Entity>> {
    Ok(scope::book_readings(&ctx.actor)?.filter(Column::CommunityId.eq(community.uuid())))
}

/// A page of a community's readings, the newest first.
///
/// # Errors
/// `forbidden`; `not_found` when there is no such community.
pub async fn list(ctx: &Ctx, community: CommunityId, page: &PageRequest) -> Result<Page<BookReading>> {
    let mut query = of_community(ctx, community)?;
    let known = scope::communities(&ctx.actor)?.filter(community::Column::Id.eq(community.uuid()));
    if known.count(ctx.db()).await? == 0 {
        return Err(Error::NotFound("community"));
    }
    let newest = Keyset::new("book_readings", [(Entity, Column::Id)], Order::Desc)?.over(&community)?;
    let walk = newest.walk::<(Uuid,), _>(&mut query, page, ctx.cursors())?;
    let rows = query.all(ctx.db()).await?;
    let found = shown(ctx.db(), &ctx.actor, rows).await?;
    walk.page(ctx.db(), found, |one| (one.id.uuid(),)).await
}

/// How many readings of a community the caller sees.
///
/// # Errors
/// `forbidden`.
pub async fn count(ctx: &Ctx, community: CommunityId) -> Result<u64> {
    Ok(of_community(ctx, community)?.count(ctx.db()).await?)
}

/// The readings with these ids, in no order; those out of reach are left out.
///
/// # Errors
/// `forbidden`.
pub async fn by_ids(ctx: &Ctx, ids: &[BookReadingId]) -> Result<Vec<BookReading>> {
    let ids = ids.iter().map(|id| id.uuid());
    let rows = scope::book_readings(&ctx.actor)?.filter(Column::Id.is_in(ids)).all(ctx.db()).await?;
    shown(ctx.db(), &ctx.actor, rows).await
}

/// The newest `limit` readings of each of these communities.
///
/// # Errors
/// `forbidden` when no role of the caller reads them.
pub async fn newest_of(
    ctx: &Ctx,
    communities: &[CommunityId],
    limit: u64,
) -> Result<HashMap<CommunityId, Vec<BookReading>>> {
    let ids = communities.iter().map(|id| id.uuid());
    let within = scope::book_readings(&ctx.actor)?.filter(Column::CommunityId.is_in(ids));
    let newest = first_of_each(within, Column::CommunityId, &[(Column::CreatedAt, Order::Desc)], limit);
    let rows = shown(ctx.db(), &ctx.actor, newest.all(ctx.db()).await?).await?;
    Ok(by_parent(rows, |one| one.community_id))
}

/// One reading.
///
/// # Errors
/// `not_found`.
pub async fn find(ctx: &Ctx, id: BookReadingId) -> Result<BookReading> {
    by_ids(ctx, &[id]).await?.pop().ok_or(Error::NotFound("book_reading"))
}

/// The views of rows; chapters, names, counts and the caller's own marks of all of them in one statement each.
pub(super) async fn shown(
    db: &impl ConnectionTrait,
    actor: &Actor,
    rows: Vec<Model>,
) -> Result<Vec<BookReading>> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let chapters = chapters(db, &ids).await?;
    let leaders = chapters.values().flatten().filter_map(|chapter| chapter.leader_id).collect();
    let names = colleague::names(db, leaders).await?;
    let counts = counts(db, &ids).await?;
    let mine = match actor.person_for(Action::BookReadingRead) {
        Some(person) => mine(db, &ids, person).await?,
        None => Vec::new(),
    };
    rows.into_iter().map(|row| view(row, &chapters, &names, &counts, &mine)).collect()
}

fn view(
    row: Model,
    chapters: &HashMap<Uuid, Vec<reading_chapter::Model>>,
    names: &HashMap<Uuid, String>,
    counts: &HashMap<(Uuid, i32), i64>,
    mine: &[(Uuid, i32)],
) -> Result<BookReading> {
    let chapters = chapters.get(&row.id).map(Vec::as_slice).unwrap_or_default();
    let count = |number: i32| counts.get(&(row.id, number)).copied().unwrap_or(0);
    let read_counts =
        chapters.iter().map(|chapter| i32::try_from(count(chapter.number)).unwrap_or(i32::MAX)).collect();
    let chapter = |chapter: &reading_chapter::Model| ReadingChapter {
        number: chapter.number,
        title: chapter.title.clone(),
        pages: chapter.pages.clone(),
        due_on: chapter.due_on,
        leader_id: chapter.leader_id.map(Into::into),
        leader_name: chapter.leader_id.and_then(|id| names.get(&id).cloned()),
        activity_id: chapter.activity_id.map(Into::into),
    };
    Ok(BookReading {
        status: status(&row)?,
        chapters: chapters.iter().map(chapter).collect(),
        read_counts,
        my_chapters: mine.iter().filter(|(id, _)| *id == row.id).map(|(_, chapter)| *chapter).collect(),
        id: row.id.into(),
        community_id: row.community_id.into(),
        book: Book {
            title: row.title,
            authors: serde_json::from_value(row.authors)
                .map_err(|e| Error::internal("book_reading.authors", e))?,
            isbn: row.isbn,
            publisher: row.publisher,
            year: row.year,
        },
        status_reason: row.status_reason,
        status_since: row.status_since,
        version: row.version,
        created_at: row.created_at,
        updated_at: row.updated_at,
    })
}

async fn chapters(
    db: &impl ConnectionTrait,
    readings: &[Uuid],
) -> Result<HashMap<Uuid, Vec<reading_chapter::Model>>> {
    let rows = reading_chapter::Entity::find()
        .filter(reading_chapter::Column::ReadingId.is_in(readings.iter().copied()))
        .order_by_asc(reading_chapter::Column::Number)
        .all(db)
        .await?;
    let mut found: HashMap<Uuid, Vec<reading_chapter::Model>> = HashMap::new();
    for row in rows {
        found.entry(row.reading_id).or_default().push(row);
    }
    Ok(found)
}

/// How many have read each chapter. There is no other question about marks of others.
async fn counts(db: &impl ConnectionTrait, readings: &[Uuid]) -> Result<HashMap<(Uuid, i32), i64>> {
    let rows: Vec<(Uuid, i32, i64)> = chapter_mark::Entity::find()
        .select_only()
        .columns([chapter_mark::Column::ReadingId, chapter_mark::Column::Chapter])
        .column_as(chapter_mark::Column::PersonId.count(), "marks")
        .filter(chapter_mark::Column::ReadingId.is_in(readings.iter().copied()))
        .group_by(chapter_mark::Column::ReadingId)
        .group_by(chapter_mark::Column::Chapter)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|(reading, chapter, marks)| ((reading, chapter), marks)).collect())
}

/// The chapters that the caller has read.
async fn mine(db: &impl ConnectionTrait, readings: &[Uuid], person: Uuid) -> Result<Vec<(Uuid, i32)>> {
    let rows = chapter_mark::Entity::find()
        .select_only()
        .columns([chapter_mark::Column::ReadingId, chapter_mark::Column::Chapter])
        .filter(chapter_mark::Column::ReadingId.is_in(readings.iter().copied()))
        .filter(chapter_mark::Column::PersonId.eq(person))
        .order_by_asc(chapter_mark::Column::Chapter)
        .into_tuple();
    Ok(rows.all(db).await?)
}
