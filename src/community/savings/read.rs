//! Gathering what savings are worked out from.

use chrono::{DateTime, Months, NaiveDate, Utc};
use entity::{activity, activity_attendance, activity_cost, batch, community, program};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, JoinType, QueryFilter, QuerySelect, QueryTrait,
    RelationTrait, Select,
    sea_query::{Expr, SimpleExpr},
};

use super::{
    rule::{self, COMPARED_YEARS, Trainings},
    view::{CommunitySavings, Long, SavingsComparison, SavingsCost},
};
use crate::{
    access::{action::Action, context::Ctx, scope},
    community::{
        activity::{cost::rule::CostPayer, state::ActivityStatus},
        group::{lock::place, view::CommunityId},
    },
    foundation::{
        dates,
        error::{Error, Faults, Result},
        language,
    },
    training::batch::{rule::BatchKind, state::BatchStatus},
};

/// What a community saved in a period: the year before now unless said.
///
/// # Errors
/// `forbidden` for those who may not read its activities, `not_found` when there is no such community,
/// `invalid` for a period that makes no sense.
pub async fn community_savings(
    ctx: &Ctx,
    id: CommunityId,
    from: Option<DateTime<Utc>>,
    until: Option<DateTime<Utc>>,
) -> Result<CommunitySavings> {
    ctx.actor.require_role_for(Action::ActivityRead)?;
    let mut faults = Faults::new();
    let from = from.and_then(|at| faults.take("/from", dates::instant(at)));
    let until = until.and_then(|at| faults.take("/until", dates::instant(at)));
    faults.done()?;
    let (from, until) = rule::period(from, until, ctx.now())?;
    let seen = scope::communities(&ctx.actor)?.filter(community::Column::Id.eq(id.uuid()));
    let group = seen.one(ctx.db()).await?.ok_or(Error::NotFound("community"))?;
    ctx.actor.permit(Action::ActivityRead, &place(ctx.db(), &ctx.actor, &group).await?)?;

    let reported = Condition::all()
        .add(activity::Column::CommunityId.eq(id.uuid()))
        .add(activity::Column::Status.is_in([ActivityStatus::Reported, ActivityStatus::Credited]))
        .add(activity::Column::StartsAt.gte(from))
        .add(activity::Column::StartsAt.lt(until));
    let (activities, participant_minutes) = done(ctx, &reported).await?;
    let costs = costs(ctx, &reported).await?;
    let costs_rupiah = costs.iter().map(|cost| cost.amount_rupiah.0).fold(0_i64, i64::saturating_add);
    let comparison = compared(ctx, &group.region_code).await?;
    let comparable_rupiah = comparison.as_ref().map(|(trainings, _)| trainings.price(participant_minutes));
    let told = |code: &str, args: &[(&'static str, String)]| language::of_code(ctx.language, code, args);
    let rule = match &comparison {
        Some((trainings, _)) => {
            let hours = ("hours", (participant_minutes / 60).to_string());
            told("savings_rule", &[hours, ("rate", trainings.rupiah_per_hour().to_string())])
        }
        None => told("savings_incomparable", &[]),
    };
    Ok(CommunitySavings {
        community_id: id,
        from,
        until,
        activities,
        participant_minutes: Long(participant_minutes),
        comparable_rupiah: comparable_rupiah.map(Long),
        costs,
        costs_rupiah: Long(costs_rupiah),
        saved_rupiah: comparable_rupiah.map(|comparable| Long(rule::saved(comparable, costs_rupiah))),
        reason: comparison.is_none().then(|| "savings_incomparable".to_owned()),
        comparison: comparison.map(|(_, shown)| shown),
        rule,
    })
}

/// The reported activities, and the minutes of everybody who was there.
async fn done(ctx: &Ctx, reported: &Condition) -> Result<(i64, i64)> {
    let found: Option<(i64, Option<i64>)> = scope::activities(&ctx.actor)?
        .select_only()
        .expr(Expr::col((activity::Entity, activity::Column::Id)).count_distinct())
        .expr(total(Expr::col((activity_attendance::Entity, activity_attendance::Column::Minutes))))
        .join_rev(JoinType::LeftJoin, activity_attendance::Relation::Activity.def())
        .filter(reported.clone())
        .into_tuple()
        .one(ctx.db())
        .await?;
    let (activities, minutes) = found.unwrap_or_default();
    Ok((activities, minutes.unwrap_or_default()))
}

/// What the reported activities cost, by who paid.
async fn costs(ctx: &Ctx, reported: &Condition) -> Result<Vec<SavingsCost>> {
    let counted: Select<activity::Entity> =
        scope::activities(&ctx.actor)?.select_only().column(activity::Column::Id).filter(reported.clone());
    let found: Vec<(String, Option<i64>)> = activity_cost::Entity::find()
        .select_only()
        .column(activity_cost::Column::PaidBy)
        .expr(total(Expr::col(activity_cost::Column::AmountRupiah)))
        .filter(activity_cost::Column::ActivityId.in_subquery(counted.into_query()))
        .group_by(activity_cost::Column::PaidBy)
        .into_tuple()
        .all(ctx.db())
        .await?;
    let mut costs = Vec::with_capacity(found.len());
    for (payer, amount) in found {
        let paid_by =
            CostPayer::parse(&payer).map_err(|f| Error::internal("activity_cost.paid_by", f.code))?;
        costs.push(SavingsCost { paid_by, amount_rupiah: Long(amount.unwrap_or_default()) });
    }
    costs.sort_by_key(|cost| cost.paid_by);
    Ok(costs)
}

/// The trainings to compare with: those of the province, or of the country where it has none.
async fn compared(ctx: &Ctx, region: &str) -> Result<Option<(Trainings, SavingsComparison)>> {
    let today = ctx.issuer_today();
    let from = today.checked_sub_months(Months::new(12 * COMPARED_YEARS)).unwrap_or(today);
    let province = region.split('.').next().unwrap_or(region);
    for within in [Some(province), None] {
        let trainings = trainings(ctx, within, (from, today)).await?;
        if trainings.are_comparable() {
            let shown = SavingsComparison {
                region_code: within.map(str::to_owned),
                ended_from: from,
                ended_until: today,
                batches: trainings.batches,
                participants: trainings.participants,
                paid_rupiah: Long(trainings.paid_rupiah),
                participant_minutes: Long(trainings.participant_minutes),
                rupiah_per_hour: Long(trainings.rupiah_per_hour()),
            };
            return Ok(Some((trainings, shown)));
        }
    }
    Ok(None)
}

/// What finished direct batches cost their participants, where seats were taken at all.
async fn trainings(
    ctx: &Ctx,
    province: Option<&str>,
    (from, until): (NaiveDate, NaiveDate),
) -> Result<Trainings> {
    let seats = || long(Expr::col((batch::Entity, batch::Column::Taken)));
    let of_program = |column| Expr::col((program::Entity, column));
    let minutes =
        long(of_program(program::Column::HoursJp)).mul(long(of_program(program::Column::MinutesPerJp)));
    let mut query = scope::batches(&ctx.actor)
        .select_only()
        .expr(Expr::col((batch::Entity, batch::Column::Id)).count())
        .expr(total(seats()))
        .expr(total(long(Expr::col((batch::Entity, batch::Column::CostRupiah))).mul(seats())))
        .expr(total(minutes.mul(seats())))
        .join(JoinType::InnerJoin, batch::Relation::Program.def())
        .filter(batch::Column::Status.eq(BatchStatus::Finished))
        .filter(batch::Column::Kind.eq(BatchKind::Direct))
        .filter(batch::Column::Taken.gt(0))
        .filter(batch::Column::EndsOn.gte(from))
        .filter(batch::Column::EndsOn.lte(until));
    if let Some(province) = province {
        query = query.filter(scope::region_within((batch::Entity, batch::Column::RegionCode), province));
    }
    type Sums = (i64, Option<i64>, Option<i64>, Option<i64>);
    let found: Option<Sums> = query.into_tuple().one(ctx.db()).await?;
    let (batches, participants, paid, minutes) = found.unwrap_or_default();
    Ok(Trainings {
        batches,
        participants: participants.unwrap_or_default(),
        paid_rupiah: paid.unwrap_or_default(),
        participant_minutes: minutes.unwrap_or_default(),
    })
}

/// A number in 64 bits: products of columns outgrow 32.
fn long(number: SimpleExpr) -> SimpleExpr {
    number.cast_as("bigint")
}

/// A sum in 64 bits; PostgreSQL's own type of it is another.
fn total(number: SimpleExpr) -> SimpleExpr {
    long(number.sum())
}
