//! Planning a reading, changing its schedule, and its steps.

use std::collections::HashMap;

use async_graphql::MaybeUndefined;
use entity::{
    activity,
    book_reading::{ActiveModel, Entity, Model},
    reading_chapter,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QuerySelect,
};
use serde_json::json;
use uuid::Uuid;

use super::{Locked, lock, shown};
use crate::{
    access::{
        action::Action,
        actor::Permit,
        context::{Command, Work},
    },
    community::{
        activity::rule::ActivityKind,
        book::{
            input::{
                ChapterScheduleInput, CreateBookReadingInput, StopBookReadingInput, UpdateBookReadingInput,
            },
            rule::{self, CheckedBook},
            state::ReadingStatus,
            view::{BookReading, BookReadingId},
        },
        colleague,
        group::{lock as community_lock, view::CommunityId},
    },
    foundation::{
        error::{Error, Fault, Faults, Result},
        event::Event,
        text::Reason,
        version,
    },
};

/// Plans to read a book.
pub struct CreateBookReading {
    /// In which community.
    pub community: CommunityId,
    /// The book and its schedule.
    pub input: CreateBookReadingInput,
}

impl Command for CreateBookReading {
    type Output = BookReading;
    const ACTION: Action = Action::BookReadingCreate;

    async fn run(&self, work: &Work<'_>) -> Result<BookReading> {
        let held = community_lock::lock(work, self.community).await?;
        let permit = work.permit(Self::ACTION, &held.place)?;
        held.status.require_alive()?;
        let mut faults = Faults::new();
        let book = rule::book(&mut faults, &self.input.book);
        let chapters = self.input.book.chapters.len();
        check(work, held.row.id, &self.input.schedule, chapters, &mut faults).await?;
        faults.done()?;
        let book = book.ok_or_else(|| Error::invalid("/book", "invalid"))?;
        let row = row(work, held.row.id, &book);
        let chapters = chapters_of(row.id, &book.chapters, &self.input.schedule);
        insert(work, &permit, held.row.region_code, row, chapters).await
    }
}

fn row(work: &Work<'_>, community: Uuid, book: &CheckedBook) -> Model {
    Model {
        id: work.new_id(),
        community_id: community,
        title: book.title.clone(),
        authors: json!(book.authors),
        isbn: book.isbn.as_ref().map(|isbn| isbn.as_str().to_owned()),
        publisher: book.publisher.clone(),
        year: book.year,
        status: ReadingStatus::Planned.as_str().to_owned(),
        status_reason: None,
        status_since: work.now(),
        version: 1,
        created_at: work.now(),
        updated_at: work.now(),
    }
}

/// The rows of the chapters, each with its line of the schedule.
fn chapters_of(
    reading: Uuid,
    chapters: &[(String, Option<String>)],
    schedule: &[ChapterScheduleInput],
) -> Vec<reading_chapter::Model> {
    let chapter = |((title, pages), number): (&(String, Option<String>), i32)| {
        let planned = schedule.iter().find(|entry| entry.chapter == number);
        reading_chapter::Model {
            reading_id: reading,
            number,
            title: title.clone(),
            pages: pages.clone(),
            due_on: planned.and_then(|entry| entry.due_on),
            leader_id: planned.and_then(|entry| entry.leader_id).map(Into::into),
            activity_id: planned.and_then(|entry| entry.activity_id).map(Into::into),
        }
    };
    chapters.iter().zip(1..).map(chapter).collect()
}

/// Every fault of a schedule, those of whom and what it names included; two statements at most.
async fn check(
    work: &Work<'_>,
    community: Uuid,
    schedule: &[ChapterScheduleInput],
    chapters: usize,
    faults: &mut Faults,
) -> Result<()> {
    let entries: Vec<_> = schedule.iter().map(|entry| (entry.chapter, entry.due_on)).collect();
    let found = rule::schedule_faults(&entries, chapters);
    let too_long = found.iter().any(|fault| fault.code == "schedule_too_long");
    found.into_iter().for_each(|fault| faults.push(fault));
    if too_long {
        return Ok(());
    }
    let leaders = schedule.iter().filter_map(|entry| entry.leader_id).map(Uuid::from).collect();
    let members = colleague::active(work.db(), community, leaders).await?;
    let meetings = schedule.iter().filter_map(|entry| entry.activity_id).map(Uuid::from).collect();
    let kinds = kinds(work, community, meetings).await?;
    for (i, entry) in schedule.iter().enumerate() {
        let known = entry.leader_id.is_none_or(|id| members.contains(&id.uuid()));
        faults.require(known, &format!("/schedule/{i}/leaderId"), "colleague_not_a_member");
        let at = format!("/schedule/{i}/activityId");
        match entry.activity_id.map(|id| kinds.get(&id.uuid())) {
            None => {}
            Some(None) => faults.push(Fault::new(at, "reference_unknown")),
            Some(Some(kind)) => {
                let fits = kind == ActivityKind::BookClubMeeting.as_str();
                faults.require(fits, &at, "activity_not_book_club_meeting");
            }
        }
    }
    Ok(())
}

async fn kinds(work: &Work<'_>, community: Uuid, of: Vec<Uuid>) -> Result<HashMap<Uuid, String>> {
    if of.is_empty() {
        return Ok(HashMap::new());
    }
    let found: Vec<(Uuid, String)> = activity::Entity::find()
        .select_only()
        .columns([activity::Column::Id, activity::Column::Kind])
        .filter(activity::Column::CommunityId.eq(community))
        .filter(activity::Column::Id.is_in(of))
        .into_tuple()
        .all(work.db())
        .await?;
    Ok(found.into_iter().collect())
}

/// Changes the schedule: days, leaders, meetings.
pub struct UpdateBookReading {
    /// Which one.
    pub id: BookReadingId,
    /// The version the caller read.
    pub version: Option<i64>,
    /// The changes.
    pub input: UpdateBookReadingInput,
}

impl Command for UpdateBookReading {
    type Output = BookReading;
    const ACTION: Action = Action::BookReadingUpdate;

    async fn run(&self, work: &Work<'_>) -> Result<BookReading> {
        let locked = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &locked.community.place)?;
        version::check(self.version, locked.row.version)?;
        locked.status.require_going_on()?;
        let schedule = match &self.input.schedule {
            MaybeUndefined::Undefined => return shown(work, locked.row).await,
            MaybeUndefined::Null => return Err(Error::invalid("/schedule", "field_missing")),
            MaybeUndefined::Value(schedule) => schedule,
        };
        let of = reading_chapter::Column::ReadingId.eq(locked.row.id);
        let chapters = reading_chapter::Entity::find().filter(of.clone()).count(work.db()).await?;
        let mut faults = Faults::new();
        let chapters = usize::try_from(chapters).unwrap_or(usize::MAX);
        check(work, locked.row.community_id, schedule, chapters, &mut faults).await?;
        faults.done()?;
        replan(work, &permit, locked, schedule).await
    }
}

async fn replan(
    work: &Work<'_>,
    permit: &Permit,
    locked: Locked,
    schedule: &[ChapterScheduleInput],
) -> Result<BookReading> {
    let of = reading_chapter::Column::ReadingId.eq(locked.row.id);
    let mut before = reading_chapter::Entity::find().filter(of.clone()).all(work.db()).await?;
    before.sort_by_key(|chapter| chapter.number);
    let told: Vec<_> = before.iter().map(|chapter| (chapter.title.clone(), chapter.pages.clone())).collect();
    let after = chapters_of(locked.row.id, &told, schedule);
    if after == before {
        return shown(work, locked.row).await;
    }
    reading_chapter::Entity::delete_many().filter(of).exec(work.db()).await?;
    put(work, after).await?;
    let change = locked.row.clone().into_active_model();
    update(work, permit, &locked, change, "book_reading.updated").await
}

async fn put(work: &Work<'_>, chapters: Vec<reading_chapter::Model>) -> Result<()> {
    let rows = chapters.into_iter().map(IntoActiveModel::into_active_model);
    reading_chapter::Entity::insert_many(rows).exec_without_returning(work.db()).await?;
    Ok(())
}

/// Begins to read.
pub struct StartBookReading(pub BookReadingId);

impl Command for StartBookReading {
    type Output = BookReading;
    const ACTION: Action = Action::BookReadingStart;

    async fn run(&self, work: &Work<'_>) -> Result<BookReading> {
        let locked = lock(work, self.0).await?;
        let permit = work.permit(Self::ACTION, &locked.community.place)?;
        work.expect(locked.row.version)?;
        locked.community.status.require_alive()?;
        let next = locked.status.start()?;
        step(work, &permit, &locked, next, None, "book_reading.started").await
    }
}

/// Ends a reading: the book was read.
pub struct FinishBookReading(pub BookReadingId);

impl Command for FinishBookReading {
    type Output = BookReading;
    const ACTION: Action = Action::BookReadingFinish;

    async fn run(&self, work: &Work<'_>) -> Result<BookReading> {
        let locked = lock(work, self.0).await?;
        let permit = work.permit(Self::ACTION, &locked.community.place)?;
        work.expect(locked.row.version)?;
        let next = locked.status.finish()?;
        step(work, &permit, &locked, next, None, "book_reading.finished").await
    }
}

/// Puts a book down.
pub struct StopBookReading {
    /// Which reading.
    pub id: BookReadingId,
    /// Why.
    pub input: StopBookReadingInput,
}

impl Command for StopBookReading {
    type Output = BookReading;
    const ACTION: Action = Action::BookReadingStop;

    async fn run(&self, work: &Work<'_>) -> Result<BookReading> {
        let locked = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &locked.community.place)?;
        work.expect(locked.row.version)?;
        let next = locked.status.stop()?;
        let mut faults = Faults::new();
        let reason = faults.take("/reason", Reason::parse(&self.input.reason));
        faults.done()?;
        let reason = reason.map(|reason| reason.as_str().to_owned());
        step(work, &permit, &locked, next, reason, "book_reading.stopped").await
    }
}

async fn step(
    work: &Work<'_>,
    permit: &Permit,
    locked: &Locked,
    next: ReadingStatus,
    reason: Option<String>,
    kind: &'static str,
) -> Result<BookReading> {
    let mut change = locked.row.clone().into_active_model();
    change.status = Set(next.as_str().to_owned());
    change.status_reason = Set(reason);
    change.status_since = Set(work.now());
    update(work, permit, locked, change, kind).await
}

async fn insert(
    work: &Work<'_>,
    _: &Permit,
    region: String,
    row: Model,
    chapters: Vec<reading_chapter::Model>,
) -> Result<BookReading> {
    Entity::insert(row.clone().into_active_model()).exec_without_returning(work.db()).await?;
    put(work, chapters).await?;
    announced(work, "book_reading.created", region, row).await
}

async fn update(
    work: &Work<'_>,
    _: &Permit,
    locked: &Locked,
    mut change: ActiveModel,
    kind: &'static str,
) -> Result<BookReading> {
    change.version = Set(locked.row.version + 1);
    change.updated_at = Set(work.now());
    let row = change.update(work.db()).await?;
    announced(work, kind, locked.community.row.region_code.clone(), row).await
}

async fn announced(work: &Work<'_>, kind: &'static str, region: String, row: Model) -> Result<BookReading> {
    let event = Event::new(kind, "book_reading", row.id, row.version)
        .in_region(Some(region))
        .with(json!({ "communityId": row.community_id, "status": row.status, "title": row.title, "isbn": row.isbn }));
    let shown = shown(work, row).await?;
    work.emit(event).await?;
    Ok(shown)
}
