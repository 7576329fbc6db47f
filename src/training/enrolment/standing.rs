//! Who awaits a seat in a batch, and what the order among them follows from.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use entity::{
    batch, certificate,
    enrolment::{Column, Entity, Model},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, Order, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, sea_query::Expr,
};
use uuid::Uuid;

use super::{
    read::{Named, with_name},
    rule::EnrolmentStatus,
    view::{RankingLine, status},
};
use crate::{
    access::{action::Action, context::Ctx, oauth_scope::OAuthScope, scope},
    foundation::{
        error::{Error, Result},
        language,
        page::{Direction, Keyset, Page, PageRequest},
    },
    training::batch::{
        lock::place,
        ranking::{self, Applicant, Ranked},
        rule::{BatchKind, SelectionRule},
        view::BatchId,
    },
};

/// Who may get a seat: those nobody has decided about, and those who wait.
pub(in crate::training) const AWAITING: &[EnrolmentStatus] =
    &[EnrolmentStatus::Applied, EnrolmentStatus::Waitlisted];
/// Who is shown in a ranking: those who await a seat, and those who got one.
const RANKED: &[EnrolmentStatus] =
    &[EnrolmentStatus::Applied, EnrolmentStatus::Waitlisted, EnrolmentStatus::Accepted];

/// The selection rule of a batch.
///
/// # Errors
/// `internal` when the column holds what no rule knows.
pub(super) fn rule_of(batch: &batch::Model) -> Result<SelectionRule> {
    SelectionRule::parse(&batch.selection).map_err(|f| Error::internal("batch.selection", f.code))
}

/// The rows of a batch in `statuses`, in no order, locked by the caller's transaction.
/// Sorted by id while locking, so that two transactions lock them in the same order.
pub(super) async fn lock_rows(
    db: &impl ConnectionTrait,
    batch: Uuid,
    statuses: &[EnrolmentStatus],
) -> Result<Vec<Model>> {
    let rows = Entity::find()
        .filter(Column::BatchId.eq(batch))
        .filter(Column::Status.is_in(statuses.iter().copied()))
        .order_by_asc(Column::Id)
        .lock_exclusive();
    Ok(rows.all(db).await?)
}

/// The next of the waiting list by the batch's rule, its row locked.
pub(super) async fn next_waiting(
    db: &impl ConnectionTrait,
    batch: &batch::Model,
    today: NaiveDate,
) -> Result<Option<Model>> {
    let rule = rule_of(batch)?;
    let rows = match rule {
        // The index has this order, so the first row is all that is needed.
        SelectionRule::FirstCome => {
            let waiting = Entity::find()
                .filter(Column::BatchId.eq(batch.id))
                .filter(Column::Status.eq(EnrolmentStatus::Waitlisted));
            let ordered = waiting.order_by_asc(Column::AppliedAt).order_by_asc(Column::Id);
            ordered.limit(1).lock_exclusive().all(db).await?
        }
        // All of them: whoever it is must not be moved to another record while it is being decided.
        SelectionRule::LeastTrainedFirst => lock_rows(db, batch.id, &[EnrolmentStatus::Waitlisted]).await?,
    };
    let from = ranking::window_from(today);
    let applicants = applicants(db, batch, &rows, &[EnrolmentStatus::Waitlisted], from).await?;
    let next = ranking::next_promoted(rule, &applicants, from);
    Ok(next.and_then(|next| rows.into_iter().find(|row| row.id == next.enrolment_id)))
}

/// The rows as the rules look at them. `statuses` are those the rows were selected by.
pub(super) async fn applicants(
    db: &impl ConnectionTrait,
    batch: &batch::Model,
    rows: &[Model],
    statuses: &[EnrolmentStatus],
    from: NaiveDate,
) -> Result<Vec<Applicant>> {
    let trained = match rule_of(batch)? {
        SelectionRule::FirstCome => HashMap::new(),
        SelectionRule::LeastTrainedFirst if rows.is_empty() => HashMap::new(),
        SelectionRule::LeastTrainedFirst => direct_jp(db, batch.id, statuses, from).await?,
    };
    let applicant = |row: &Model| Applicant {
        enrolment_id: row.id,
        applied_at: row.applied_at,
        direct_jp: trained.get(&row.person_id).copied().unwrap_or_default(),
    };
    Ok(rows.iter().map(applicant).collect())
}

/// JP of direct trainings that ended on `from` or later, from valid certificates, by person.
/// Looks at all certificates, whatever the caller may read: the rule is the same for everyone.
async fn direct_jp(
    db: &impl ConnectionTrait,
    batch: Uuid,
    statuses: &[EnrolmentStatus],
    from: NaiveDate,
) -> Result<HashMap<Uuid, u32>> {
    let persons = Entity::find()
        .select_only()
        .column(Column::PersonId)
        .filter(Column::BatchId.eq(batch))
        .filter(Column::Status.is_in(statuses.iter().copied()))
        .into_query();
    let sums: Vec<(Uuid, i64)> = certificate::Entity::find()
        .select_only()
        .column(certificate::Column::PersonId)
        .column_as(certificate::Column::HoursJp.sum(), "jp")
        .filter(certificate::Column::PersonId.in_subquery(persons))
        .filter(certificate::Column::Kind.eq(BatchKind::Direct))
        .filter(certificate::Column::Status.eq("valid"))
        .filter(certificate::Column::EndsOn.gte(from))
        .group_by(certificate::Column::PersonId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(sums.into_iter().map(|(person, jp)| (person, u32::try_from(jp).unwrap_or(u32::MAX))).collect())
}

/// Place on the waiting list of `batch`, 1 for the next seat, of the waitlisted enrolment that has
/// this time of application and id.
pub(super) async fn waitlist_position(
    db: &impl ConnectionTrait,
    batch: &batch::Model,
    (applied_at, id): (DateTime<Utc>, Uuid),
    today: NaiveDate,
) -> Result<Option<i32>> {
    let waiting = Entity::find()
        .filter(Column::BatchId.eq(batch.id))
        .filter(Column::Status.eq(EnrolmentStatus::Waitlisted));
    let rule = rule_of(batch)?;
    if rule == SelectionRule::FirstCome {
        let key = Expr::tuple([Expr::col((Entity, Column::AppliedAt)), Expr::col((Entity, Column::Id))]);
        let mine = Expr::tuple([Expr::value(applied_at), Expr::value(id)]);
        let upto = waiting.filter(key.lte(mine)).count(db).await?;
        return Ok(Some(number(u32::try_from(upto).unwrap_or(u32::MAX))));
    }
    let rows = waiting.all(db).await?;
    let from = ranking::window_from(today);
    let applicants = applicants(db, batch, &rows, &[EnrolmentStatus::Waitlisted], from).await?;
    let order = ranking::rank(rule, &applicants, from);
    Ok(order.into_iter().find(|r| r.enrolment_id == id).map(|r| number(r.position)))
}

/// Those who applied to a batch, in the order in which it gives its seats, with their names.
struct Ranking {
    order: Vec<Ranked>,
    rows: HashMap<Uuid, (Model, String)>,
}

impl Ranking {
    /// Of a batch that the caller may rank.
    async fn of(ctx: &Ctx, id: BatchId) -> Result<Self> {
        ctx.actor.require_role_for(Action::BatchRank)?;
        let found = scope::batches(&ctx.actor).filter(batch::Column::Id.eq(id.uuid())).one(ctx.db()).await?;
        let batch = found.ok_or(Error::NotFound("batch"))?;
        ctx.actor.permit(Action::BatchRank, &place(&batch))?;
        let all = Entity::find()
            .filter(Column::BatchId.eq(batch.id))
            .filter(Column::Status.is_in(RANKED.iter().copied()));
        let named = with_name(all).into_model::<Named>().all(ctx.db()).await?;
        let (rows, names): (Vec<Model>, Vec<String>) =
            named.into_iter().map(|n| (n.row, n.person_name)).unzip();
        let from = ranking::window_from(ctx.now().date_naive());
        let applicants = applicants(ctx.db(), &batch, &rows, RANKED, from).await?;
        let order = ranking::rank(rule_of(&batch)?, &applicants, from);
        Ok(Self {
            order,
            rows: rows.into_iter().zip(names).map(|(row, name)| (row.id, (row, name))).collect(),
        })
    }
}

/// What places an applicant: the counted JP, the time of application, the enrolment.
type Place = (u32, DateTime<Utc>, Uuid);

fn key(ranked: &Ranked) -> Place {
    (ranked.direct_jp.unwrap_or_default(), ranked.applied_at, ranked.enrolment_id)
}

/// A page of those who applied to a batch, in the order in which it gives its seats, each place with
/// its reason. Those who have a seat already are among them, so that a selection can be checked.
///
/// # Errors
/// `not_found`, `forbidden`.
pub async fn batch_ranking(ctx: &Ctx, id: BatchId, page: &PageRequest) -> Result<Page<RankingLine>> {
    ctx.actor.require_token()?;
    let by_place = Keyset::new("batch_ranking", [(Entity, Column::Id)], Order::Asc)?.over(&id)?;
    let start = by_place.start::<Place>(page, ctx.cursors())?;
    let Ranking { order, mut rows } = Ranking::of(ctx, id).await?;
    let wanted = usize::try_from(page.limit).unwrap_or(usize::MAX).saturating_add(1);
    let beyond = start.is_some_and(|s| match page.direction {
        Direction::Forward => order.iter().any(|r| key(r) <= s),
        Direction::Backward => order.iter().any(|r| key(r) >= s),
    });
    let chosen: Vec<Ranked> = match page.direction {
        Direction::Forward => {
            order.into_iter().filter(|r| start.is_none_or(|s| key(r) > s)).take(wanted).collect()
        }
        Direction::Backward => {
            order.into_iter().rev().filter(|r| start.is_none_or(|s| key(r) < s)).take(wanted).collect()
        }
    };
    by_place.page(chosen, page, ctx.cursors(), beyond, key)?.try_map(|ranked| {
        let (row, name) = rows.remove(&ranked.enrolment_id).ok_or(Error::NotFound("enrolment"))?;
        line(ctx, &ranked, row, name)
    })
}

/// How many a batch ranks.
///
/// # Errors
/// As [`batch_ranking`].
pub async fn count_ranking(ctx: &Ctx, id: BatchId) -> Result<u64> {
    Ok(Ranking::of(ctx, id).await?.order.len() as u64)
}

fn line(ctx: &Ctx, ranked: &Ranked, row: Model, person_name: String) -> Result<RankingLine> {
    ctx.looks.note(row.person_id, OAuthScope::TrainingsRead, ["personName"]);
    Ok(RankingLine {
        position: number(ranked.position),
        enrolment_id: row.id.into(),
        person_id: row.person_id.into(),
        person_name,
        status: status(&row)?,
        applied_at: row.applied_at,
        rule: ranked.rule,
        direct_jp: ranked.direct_jp.map(number),
        window_from: ranked.window_from,
        reason: language::of_code(ctx.language, ranked.code(), &ranked.args()),
    })
}

/// A count as both faces show it.
pub(super) fn number(n: u32) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}
