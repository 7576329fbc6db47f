//! What colleagues do with one another follows a merge of records: lessons they watched, chapters they lead,
//! notes, marks, what they look after. An observation between the two merged records was of one human alone: it is cancelled. Two
//! notes on one chapter become one, with the words of both.

use entity::{
    book_reading, chapter_mark, chapter_note, community, improvement,
    observation::{Column, Entity},
    reading_chapter,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait, IntoActiveModel, ModelTrait,
    QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};
use serde_json::json;
use uuid::Uuid;

use crate::{
    access::context::Work,
    foundation::{error::Result, event::Event},
};

/// Moves everything of `from` to `into`; answers the events, which name nobody.
pub(super) async fn follow(work: &Work<'_>, from: Uuid, into: Uuid) -> Result<Vec<Event>> {
    let mut events = move_observations(work, from, into).await?;
    events.extend(move_chapters(work, from, into).await?);
    events.extend(move_improvements(work, from, into).await?);
    move_notes(work, from, into).await?;
    move_marks(work, from, into).await?;
    Ok(events)
}

async fn move_observations(work: &Work<'_>, from: Uuid, into: Uuid) -> Result<Vec<Event>> {
    let theirs = Entity::find()
        .filter(Column::ObserverId.eq(from).or(Column::ObservedId.eq(from)))
        .order_by_asc(Column::Id)
        .lock_exclusive()
        .all(work.db())
        .await?;
    let regions = regions(work, theirs.iter().map(|row| row.community_id).collect()).await?;
    let mut events = Vec::new();
    for row in theirs {
        let region = regions.iter().find(|(id, _)| *id == row.community_id).map(|(_, code)| code.clone());
        let moved = |id: Uuid| if id == from { into } else { id };
        let (observer, observed) = (moved(row.observer_id), moved(row.observed_id));
        let (of_oneself, next) = (observer == observed, row.version + 1);
        let proposed_by = moved(row.proposed_by_id);
        let mut change = row.into_active_model();
        change.observer_id = Set(observer);
        change.observed_id = Set(observed);
        change.proposed_by_id = Set(proposed_by);
        if of_oneself {
            change.status = Set("cancelled".to_owned());
            change.observer_shared_at = Set(None);
            change.observed_shared_at = Set(None);
            change.reflection_shared_at = Set(None);
        }
        change.version = Set(next);
        change.updated_at = Set(work.now());
        let row = change.update(work.db()).await?;
        let kind = if of_oneself { "observation.cancelled" } else { "observation.moved" };
        events.push(
            Event::new(kind, "observation", row.id, row.version)
                .in_region(region)
                .with(json!({ "communityId": row.community_id, "status": row.status })),
        );
    }
    Ok(events)
}

/// The chapters that `from` leads; each reading they belong to changes with them.
async fn move_chapters(work: &Work<'_>, from: Uuid, into: Uuid) -> Result<Vec<Event>> {
    let led: Vec<Uuid> = reading_chapter::Entity::find()
        .select_only()
        .column(reading_chapter::Column::ReadingId)
        .distinct()
        .filter(reading_chapter::Column::LeaderId.eq(from))
        .into_tuple()
        .all(work.db())
        .await?;
    if led.is_empty() {
        return Ok(Vec::new());
    }
    let readings = book_reading::Entity::find()
        .filter(book_reading::Column::Id.is_in(led))
        .order_by_asc(book_reading::Column::Id)
        .lock_exclusive()
        .all(work.db())
        .await?;
    reading_chapter::Entity::update_many()
        .col_expr(reading_chapter::Column::LeaderId, Expr::value(into))
        .filter(reading_chapter::Column::LeaderId.eq(from))
        .exec(work.db())
        .await?;
    let regions = regions(work, readings.iter().map(|row| row.community_id).collect()).await?;
    let mut events = Vec::new();
    for row in readings {
        let region = regions.iter().find(|(id, _)| *id == row.community_id).map(|(_, code)| code.clone());
        let next = row.version + 1;
        let mut change = row.into_active_model();
        change.version = Set(next);
        change.updated_at = Set(work.now());
        let row = change.update(work.db()).await?;
        events.push(
            Event::new("book_reading.updated", "book_reading", row.id, row.version)
                .in_region(region)
                .with(json!({ "communityId": row.community_id, "status": row.status, "title": row.title, "isbn": row.isbn })),
        );
    }
    Ok(events)
}

/// The items of improvement that `from` looks after.
async fn move_improvements(work: &Work<'_>, from: Uuid, into: Uuid) -> Result<Vec<Event>> {
    let theirs = improvement::Entity::find()
        .filter(improvement::Column::OwnerId.eq(from))
        .order_by_asc(improvement::Column::Id)
        .lock_exclusive()
        .all(work.db())
        .await?;
    let regions = regions(work, theirs.iter().map(|row| row.community_id).collect()).await?;
    let mut events = Vec::new();
    for row in theirs {
        let region = regions.iter().find(|(id, _)| *id == row.community_id).map(|(_, code)| code.clone());
        let next = row.version + 1;
        let mut change = row.into_active_model();
        change.owner_id = Set(Some(into));
        change.version = Set(next);
        change.updated_at = Set(work.now());
        let row = change.update(work.db()).await?;
        let told = json!({ "communityId": row.community_id, "status": row.status, "title": row.title });
        events.push(
            Event::new("improvement.updated", "improvement", row.id, row.version)
                .in_region(region)
                .with(told),
        );
    }
    Ok(events)
}

async fn move_notes(work: &Work<'_>, from: Uuid, into: Uuid) -> Result<()> {
    let of = |person: Uuid| chapter_note::Entity::find().filter(chapter_note::Column::PersonId.eq(person));
    let kept = of(into).all(work.db()).await?;
    for row in of(from).order_by_asc(chapter_note::Column::Id).all(work.db()).await? {
        let same = kept.iter().find(|note| (note.reading_id, note.chapter) == (row.reading_id, row.chapter));
        if let Some(note) = same {
            let mut change = note.clone().into_active_model();
            change.text = Set(format!("{}\n\n{}", note.text, row.text));
            change.version = Set(note.version + 1);
            change.updated_at = Set(work.now());
            row.delete(work.db()).await?;
            change.update(work.db()).await?;
        } else {
            let next = row.version + 1;
            let mut change = row.into_active_model();
            change.person_id = Set(into);
            change.version = Set(next);
            change.update(work.db()).await?;
        }
    }
    Ok(())
}

async fn move_marks(work: &Work<'_>, from: Uuid, into: Uuid) -> Result<()> {
    let of = |person: Uuid| chapter_mark::Entity::find().filter(chapter_mark::Column::PersonId.eq(person));
    let kept = of(into).all(work.db()).await?;
    for row in of(from).all(work.db()).await? {
        row.clone().delete(work.db()).await?;
        if !kept.iter().any(|mark| (mark.reading_id, mark.chapter) == (row.reading_id, row.chapter)) {
            let moved = chapter_mark::Model { person_id: into, ..row };
            chapter_mark::Entity::insert(moved.into_active_model()).exec_without_returning(work.db()).await?;
        }
    }
    Ok(())
}

/// The regions of these communities.
async fn regions(work: &Work<'_>, of: Vec<Uuid>) -> Result<Vec<(Uuid, String)>> {
    if of.is_empty() {
        return Ok(Vec::new());
    }
    let found = community::Entity::find()
        .select_only()
        .columns([community::Column::Id, community::Column::RegionCode])
        .filter(community::Column::Id.is_in(of))
        .into_tuple();
    Ok(found.all(work.db()).await?)
}
