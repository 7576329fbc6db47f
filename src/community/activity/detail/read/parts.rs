//! The parts of the one statement, each with the same nine columns of the same types, so that they can be joined by
//! UNION ALL: part, `activity_id`, place, key, words, more, total, reads, flag.

use entity::{
    activity_role, artefact, article, article_read, book_reading, coaching, observation, person,
    reading_chapter,
};
use sea_orm::{
    ColumnTrait, EntityTrait, IntoSimpleExpr, JoinType, QueryFilter, QuerySelect, QueryTrait, RelationTrait,
    sea_query::{
        Asterisk, CaseStatement, Expr, ExprTrait, Func, Order, Query, SelectStatement, SimpleExpr,
        WindowStatement,
    },
};
use uuid::Uuid;

use super::super::rule::Part;
use crate::{
    access::{action::Action, actor::Actor, scope},
    community::activity::rule::ActivityKind,
    foundation::error::Result,
};

/// How many titles of each activity are shown.
pub(super) const FIRST: usize = 3;
/// The part of who accompanies, and of who is accompanied.
pub(super) const COACH: &str = "coach";
pub(super) const COACHEE: &str = "coachee";

/// The part of what somebody did; of what was made; of what was read; of lessons; of articles.
const MADE: &str = "artefact";
const CHAPTER: &str = "chapter";
const LESSONS: &str = "lessons";
const ARTICLE: &str = "article";

/// The statements that bring what stands elsewhere of activities of this kind.
pub(super) fn of(
    kind: ActivityKind,
    actor: &Actor,
    ids: impl Fn() -> Vec<Uuid>,
) -> Result<Vec<SelectStatement>> {
    use ActivityKind as K;
    Ok(match kind {
        K::Meeting => Vec::new(),
        K::PeerObservation => vec![lessons(ids())],
        K::BookClubMeeting => vec![chapters(ids())],
        K::CollaborativePlanning | K::CurriculumAlignment | K::CommonAssessment => vec![made(actor, ids())?],
        K::BestPracticeSharing | K::StudentLedIct => vec![persons(ids())],
        K::ArticleSharing => vec![articles(actor, ids())],
        K::Coaching => vec![coachings(actor, ids(), true)?, coachings(actor, ids(), false)?],
    })
}

fn text(of: &str) -> SimpleExpr {
    Expr::value(of).cast_as("text")
}

fn whole(of: impl Into<SimpleExpr>) -> SimpleExpr {
    of.into().cast_as("bigint")
}

fn none() -> SimpleExpr {
    whole(Expr::value(0_i64))
}

/// The columns in their order.
fn columns(select: &mut SelectStatement, columns: [SimpleExpr; 9]) -> SelectStatement {
    let names = ["part", "activity_id", "place", "key", "words", "more", "total", "reads", "flag"];
    for (expr, name) in columns.into_iter().zip(names) {
        select.expr_as(expr, name);
    }
    select.to_owned()
}

/// Who told of a practice or looked after pupils, by name.
fn persons(ids: Vec<Uuid>) -> SelectStatement {
    use activity_role::{Column, Entity, Relation};
    let role = CaseStatement::new()
        .case(Column::Role.eq(Part::Supervisor.as_str()), text(Part::Supervisor.as_str()))
        .finally(text(Part::Presenter.as_str()));
    let mut select = Entity::find()
        .select_only()
        .join(JoinType::InnerJoin, Relation::Person.def())
        .filter(Column::ActivityId.is_in(ids))
        .into_query();
    columns(
        &mut select,
        [
            role.into(),
            Column::ActivityId.into_simple_expr(),
            whole(Column::Position.into_simple_expr()),
            Column::PersonId.into_simple_expr(),
            person::Column::Name.into_simple_expr(),
            text(""),
            none(),
            none(),
            none(),
        ],
    )
}

/// How many lessons were observed as part of each: those of which something was written down.
fn lessons(ids: Vec<Uuid>) -> SelectStatement {
    use observation::{Column, Entity};
    let mut select = Entity::find()
        .select_only()
        .filter(Column::ActivityId.is_in(ids))
        .filter(Column::Evidence.is_not_null())
        .filter(Column::Status.ne("cancelled"))
        .group_by(Column::ActivityId)
        .into_query();
    columns(
        &mut select,
        [
            text(LESSONS),
            Column::ActivityId.into_simple_expr(),
            none(),
            Column::ActivityId.into_simple_expr(),
            text(""),
            text(""),
            whole(Func::count(Expr::col(Asterisk))),
            none(),
            none(),
        ],
    )
}

/// The chapters that meetings are about.
fn chapters(ids: Vec<Uuid>) -> SelectStatement {
    use reading_chapter::{Column, Entity, Relation};
    let mut select = Entity::find()
        .select_only()
        .join(JoinType::InnerJoin, Relation::BookReading.def())
        .filter(Column::ActivityId.is_in(ids))
        .into_query();
    columns(
        &mut select,
        [
            text(CHAPTER),
            Column::ActivityId.into_simple_expr(),
            whole(Column::Number.into_simple_expr()),
            Column::ReadingId.into_simple_expr(),
            book_reading::Column::Title.into_simple_expr(),
            Column::Title.into_simple_expr(),
            none(),
            none(),
            none(),
        ],
    )
}

/// A statement with each row's place within its activity and how many there are, from which the first few are taken.
fn first_few(mut rows: SelectStatement, part: &str, shown: [&'static str; 4]) -> SelectStatement {
    let within = || WindowStatement::partition_by("activity_id");
    let in_order = WindowStatement::partition_by("activity_id").order_by("id", Order::Asc).to_owned();
    let ranked = Query::select()
        .columns(["activity_id", "id"])
        .columns(shown)
        .expr_window_as(Func::cust("ROW_NUMBER"), in_order, "place")
        .expr_window_as(Func::count(Expr::col("id")), within(), "total")
        .from_subquery(rows.take(), "seen")
        .to_owned();
    let [words, more, reads, flag] = shown.map(Expr::col);
    let mut few = Query::select()
        .from_subquery(ranked, "ranked")
        .and_where(Expr::col("place").lte(i64::try_from(FIRST).unwrap_or(i64::MAX)))
        .to_owned();
    columns(
        &mut few,
        [
            text(part),
            Expr::col("activity_id"),
            whole(Expr::col("place")),
            Expr::col("id"),
            words,
            more,
            whole(Expr::col("total")),
            whole(reads),
            whole(flag),
        ],
    )
}

/// What was made at each, of what the caller sees.
fn made(actor: &Actor, ids: Vec<Uuid>) -> Result<SelectStatement> {
    use artefact::Column;
    let mut rows = scope::artefacts(actor)?
        .filter(Column::ActivityId.is_in(ids))
        .select_only()
        .columns([Column::ActivityId, Column::Id])
        .into_query();
    rows.expr_as(Column::Title.into_simple_expr(), "words")
        .expr_as(text(""), "more")
        .expr_as(none(), "reads")
        .expr_as(none(), "flag");
    Ok(first_few(rows, MADE, ["words", "more", "reads", "flag"]))
}

/// What was read at each; how many have, and whether the caller has.
fn articles(actor: &Actor, ids: Vec<Uuid>) -> SelectStatement {
    use article::{Column, Entity};
    let marks = |of: Option<Uuid>| {
        let mut marks = article_read::Entity::find()
            .select_only()
            .filter(
                Expr::col((article_read::Entity, article_read::Column::ArticleId))
                    .equals((Entity, Column::Id)),
            )
            .into_query();
        if let Some(person) = of {
            marks.and_where(article_read::Column::PersonId.eq(person));
        }
        marks.expr(Func::count(Expr::col(Asterisk)));
        SimpleExpr::SubQuery(None, Box::new(marks.into()))
    };
    let mut rows = Entity::find()
        .filter(Column::ActivityId.is_in(ids))
        .select_only()
        .columns([Column::ActivityId, Column::Id])
        .into_query();
    let pinned = CaseStatement::new().case(Column::Pinned.eq(1), text("1")).finally(text(""));
    rows.expr_as(Column::Title.into_simple_expr(), "words")
        .expr_as(pinned, "more")
        .expr_as(marks(None), "reads")
        .expr_as(
            actor.person_for(Action::ArticleRead).map_or_else(none, |person| marks(Some(person))),
            "flag",
        );
    first_few(rows, ARTICLE, ["words", "more", "reads", "flag"])
}

/// One of the two of each coaching the caller may look into, with what they work on or agreed to do next.
fn coachings(actor: &Actor, ids: Vec<Uuid>, coach: bool) -> Result<SelectStatement> {
    use coaching::{Column, Relation};
    let (relation, part, who, shared) = if coach {
        (Relation::Coach, COACH, Column::CoachId, Column::CoachSharedAt)
    } else {
        (Relation::Coachee, COACHEE, Column::CoacheeId, Column::CoacheeSharedAt)
    };
    let more = if coach {
        Column::Focus.into_simple_expr()
    } else {
        Func::coalesce([Column::NextSteps.into_simple_expr(), text("")]).into()
    };
    let shares = CaseStatement::new().case(shared.is_not_null(), none().add(1)).finally(none());
    let mut select = scope::coachings(actor)?
        .filter(Column::ActivityId.is_in(ids))
        .join(JoinType::InnerJoin, relation.def())
        .select_only()
        .into_query();
    Ok(columns(
        &mut select,
        [
            text(part),
            Column::ActivityId.into_simple_expr(),
            none(),
            who.into_simple_expr(),
            person::Column::Name.into_simple_expr(),
            more,
            none(),
            none(),
            shares.into(),
        ],
    ))
}
