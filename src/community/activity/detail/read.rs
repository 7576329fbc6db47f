//! Finding what is particular to activities: their own words, and one statement for all that stands elsewhere.

use std::collections::{BTreeSet, HashMap};

use entity::activity::{Column, Model};
use sea_orm::{ColumnTrait, ConnectionTrait, FromQueryResult, QueryFilter, sea_query::UnionType};
use uuid::Uuid;

use super::{
    rule::{Part, Words},
    view::{
        ActivityDetail, ArticleSharingDetail, BestPracticeDetail, BookClubDetail, Colleague,
        DescribedActivity, JointWorkDetail, MadeArtefact, MeetingDetail, PeerObservationDetail, ReadChapter,
        SharedArticle, StudentLedIctDetail,
    },
};
use crate::{
    access::{actor::Actor, context::Ctx, scope},
    community::{
        activity::{rule::ActivityKind, view::ActivityId},
        coaching::view::CoachingDetail,
    },
    foundation::error::{Error, Result},
};

mod parts;

use parts::{COACH, COACHEE, FIRST};

/// One piece of what stands elsewhere; what each column means is for its part to say.
#[derive(Debug, FromQueryResult)]
struct Piece {
    part: String,
    activity_id: Uuid,
    place: i64,
    key: Uuid,
    words: String,
    more: String,
    total: i64,
    reads: i64,
    flag: i64,
}

/// What is particular to these activities.
///
/// # Errors
/// `forbidden` when no role of the caller reads activities.
pub async fn by_ids(ctx: &Ctx, ids: &[ActivityId]) -> Result<HashMap<ActivityId, ActivityDetail>> {
    let ids = ids.iter().map(|id| id.uuid());
    let rows = scope::activities(&ctx.actor)?.filter(Column::Id.is_in(ids)).all(ctx.db()).await?;
    let found = shown(ctx.db(), &ctx.actor, &rows).await?;
    Ok(found.into_iter().filter_map(|one| Some((one.activity_id, one.detail?))).collect())
}

/// What is particular to one activity.
///
/// # Errors
/// `not_found`.
pub async fn find(ctx: &Ctx, id: ActivityId) -> Result<DescribedActivity> {
    let row = scope::activities(&ctx.actor)?.filter(Column::Id.eq(id.uuid())).one(ctx.db()).await?;
    let row = row.ok_or(Error::NotFound("activity"))?;
    shown(ctx.db(), &ctx.actor, &[row]).await?.pop().ok_or(Error::NotFound("activity"))
}

/// What is particular to each of these rows, which the caller sees: one statement at most, whatever their kinds.
///
/// # Errors
/// `internal` when a column holds what no rule knows.
pub async fn shown(
    db: &impl ConnectionTrait,
    actor: &Actor,
    rows: &[Model],
) -> Result<Vec<DescribedActivity>> {
    let kinds = rows.iter().map(kind_of).collect::<Result<Vec<_>>>()?;
    let mut pieces = gathered(db, actor, rows, &kinds).await?;
    let of = |(row, kind): (&Model, ActivityKind)| {
        let mut found = pieces.remove(&row.id).unwrap_or_default();
        found.sort_by_key(|piece| (piece.place, piece.key));
        let detail = detail(kind, words(row)?.filter(|words| words.kind() == kind), found);
        Ok(DescribedActivity { activity_id: row.id.into(), kind, detail })
    };
    rows.iter().zip(kinds).map(of).collect()
}

fn kind_of(row: &Model) -> Result<ActivityKind> {
    ActivityKind::parse(&row.kind).map_err(|f| Error::internal("activity.kind", f.code))
}

fn words(row: &Model) -> Result<Option<Words>> {
    let read = |json: &serde_json::Value| serde_json::from_value(json.clone());
    row.detail.as_ref().map(read).transpose().map_err(|e| Error::internal("activity.detail", e))
}

/// What stands elsewhere, by activity.
async fn gathered(
    db: &impl ConnectionTrait,
    actor: &Actor,
    rows: &[Model],
    kinds: &[ActivityKind],
) -> Result<HashMap<Uuid, Vec<Piece>>> {
    let there: BTreeSet<ActivityKind> = kinds.iter().copied().collect();
    let mut selects = Vec::new();
    for kind in there {
        let ids = || rows.iter().zip(kinds).filter(|(_, of)| **of == kind).map(|(row, _)| row.id).collect();
        selects.extend(parts::of(kind, actor, ids)?);
    }
    let mut selects = selects.into_iter();
    let Some(mut all) = selects.next() else { return Ok(HashMap::new()) };
    for further in selects {
        all.union(UnionType::All, further);
    }
    let mut found: HashMap<Uuid, Vec<Piece>> = HashMap::new();
    for row in db.query_all(&all).await? {
        let piece = Piece::from_query_result(&row, "")?;
        found.entry(piece.activity_id).or_default().push(piece);
    }
    Ok(found)
}

fn number(of: i64) -> i32 {
    i32::try_from(of).unwrap_or(i32::MAX)
}

fn colleague(piece: &Piece) -> Colleague {
    Colleague { person_id: piece.key.into(), person_name: piece.words.clone() }
}

fn detail(kind: ActivityKind, words: Option<Words>, pieces: Vec<Piece>) -> Option<ActivityDetail> {
    use ActivityKind as K;
    Some(match kind {
        K::Meeting | K::BestPracticeSharing | K::StudentLedIct => spoken(words?, &pieces),
        K::PeerObservation => {
            let lessons_observed = number(pieces.first().map_or(0, |piece| piece.total));
            ActivityDetail::PeerObservation(PeerObservationDetail { kind, lessons_observed })
        }
        K::BookClubMeeting => {
            let chapter = |piece: Piece| ReadChapter {
                reading_id: piece.key.into(),
                book_title: piece.words,
                number: number(piece.place),
                chapter_title: piece.more,
            };
            let chapters: Vec<_> = pieces.into_iter().map(chapter).collect();
            if chapters.is_empty() {
                return None;
            }
            ActivityDetail::BookClub(BookClubDetail { kind, chapters })
        }
        K::CollaborativePlanning | K::CurriculumAlignment | K::CommonAssessment => {
            let artefact_count = number(pieces.first().map_or(0, |piece| piece.total));
            let made = |piece: Piece| MadeArtefact { artefact_id: piece.key.into(), title: piece.words };
            let artefacts = pieces.into_iter().take(FIRST).map(made).collect();
            ActivityDetail::JointWork(JointWorkDetail { kind, artefact_count, artefacts })
        }
        K::ArticleSharing => {
            let article_count = number(pieces.first().map_or(0, |piece| piece.total));
            let shared = |piece: Piece| SharedArticle {
                article_id: piece.key.into(),
                title: piece.words,
                is_pinned: piece.more == "1",
                reads: number(piece.reads),
                read_by_me: piece.flag > 0,
            };
            let articles = pieces.into_iter().take(FIRST).map(shared).collect();
            ActivityDetail::ArticleSharing(ArticleSharingDetail { kind, article_count, articles })
        }
        K::Coaching => ActivityDetail::Coaching(coaching(&pieces)),
    })
}

/// What was said of it, with the names that belong to it.
fn spoken(words: Words, pieces: &[Piece]) -> ActivityDetail {
    let of = |part: Part| pieces.iter().filter(move |piece| piece.part == part.as_str()).map(colleague);
    let kind = words.kind();
    match words {
        Words::Meeting { agenda } => ActivityDetail::Meeting(MeetingDetail { kind, agenda }),
        Words::BestPracticeSharing { title, context, problem, done, changed, artefact } => {
            let presenters = of(Part::Presenter).collect();
            let artefact_id = artefact.map(Into::into);
            ActivityDetail::BestPractice(BestPracticeDetail {
                kind,
                title,
                context,
                problem,
                done,
                changed,
                presenters,
                artefact_id,
            })
        }
        Words::StudentLedIct { topic, tool, grade, pupils } => {
            let supervisor = of(Part::Supervisor).next();
            ActivityDetail::StudentLedIct(StudentLedIctDetail {
                kind,
                topic,
                tool,
                grade,
                pupils,
                supervisor,
            })
        }
    }
}

/// What the caller sees of the two; that it took place where the statement brought nothing.
fn coaching(pieces: &[Piece]) -> CoachingDetail {
    let of = |part: &str| pieces.iter().find(|piece| piece.part == part);
    let (Some(coach), Some(coachee)) = (of(COACH), of(COACHEE)) else { return CoachingDetail::closed() };
    let (coach_shares, coachee_shares) = (coach.flag > 0, coachee.flag > 0);
    CoachingDetail {
        kind: ActivityKind::Coaching,
        is_shared: coach_shares && coachee_shares,
        coach_shares,
        coachee_shares,
        coach: Some(colleague(coach)),
        coachee: Some(colleague(coachee)),
        focus: Some(coach.more.clone()),
        next_steps: Some(coachee.more.clone()).filter(|said| !said.is_empty()),
    }
}
