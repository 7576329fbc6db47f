//! Recording what activities cost, and taking it back.

use async_graphql::InputObject;
use entity::activity_cost::{Column, Entity, Model};
use sea_orm::{
    ColumnTrait, EntityTrait, IntoActiveModel, ModelTrait, PaginatorTrait, QueryFilter, QuerySelect,
};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    rule::{self, CostAmount, CostPayer},
    view::{ActivityCost, ActivityCostId},
};
use crate::{
    access::{
        action::Action,
        actor::Permit,
        context::{Command, Work},
        scope,
    },
    community::activity::{
        lock::{HeldActivity, lock},
        view::ActivityId,
    },
    foundation::{
        error::{Error, Faults, Result},
        event::Event,
        text, version,
    },
};

/// What was paid.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateActivityCostInput {
    /// What for, at most 200 characters.
    #[schema(example = "Fotokopi soal", min_length = 1, max_length = 200)]
    pub what: String,
    /// Whole rupiah, 0 to 2,000,000,000.
    #[schema(example = 45000, minimum = 0, maximum = 2000000000)]
    pub amount_rupiah: i64,
    /// Who paid.
    pub paid_by: CostPayer,
}

/// Records what an activity cost.
pub struct CreateActivityCost {
    /// Of which activity.
    pub activity: ActivityId,
    /// What was paid.
    pub input: CreateActivityCostInput,
}

impl Command for CreateActivityCost {
    type Output = ActivityCost;
    const ACTION: Action = Action::ActivityCostCreate;

    async fn run(&self, work: &Work<'_>) -> Result<ActivityCost> {
        let HeldActivity { community, row, status } = lock(work, self.activity).await?;
        let permit = work.permit(Self::ACTION, &community.place)?;
        status.require_uncredited()?;
        let mut faults = Faults::new();
        let what = faults.take("/what", text::line(&self.input.what, 200));
        let amount = faults.take("/amountRupiah", CostAmount::parse(self.input.amount_rupiah));
        faults.done()?;
        let (Some(what), Some(amount)) = (what, amount) else { return Err(Error::invalid("", "invalid")) };
        let costs = Entity::find().filter(Column::ActivityId.eq(row.id)).count(work.db()).await?;
        rule::require_room(costs)?;
        let cost = Model {
            id: work.new_id(),
            activity_id: row.id,
            what,
            amount_rupiah: amount.get(),
            paid_by: self.input.paid_by.as_str().to_owned(),
            recorded_by: work.actor.subject.clone(),
            version: 1,
            created_at: work.now(),
        };
        insert(work, &permit, cost, row.region_code).await
    }
}

/// Takes back what was recorded of an activity's costs.
pub struct DeleteActivityCost {
    /// Which one.
    pub id: ActivityCostId,
    /// The version the caller read.
    pub version: Option<i64>,
}

impl Command for DeleteActivityCost {
    type Output = ActivityCost;
    const ACTION: Action = Action::ActivityCostDelete;

    async fn run(&self, work: &Work<'_>) -> Result<ActivityCost> {
        let seen = scope::activity_costs(work.actor)?.filter(Column::Id.eq(self.id.uuid()));
        let of: Option<Uuid> =
            seen.clone().select_only().column(Column::ActivityId).into_tuple().one(work.db()).await?;
        let of = of.ok_or(Error::NotFound("activity_cost"))?;
        let HeldActivity { community, row, status } = lock(work, of.into()).await?;
        let permit = work.permit(Self::ACTION, &community.place)?;
        let cost = seen.lock_exclusive().one(work.db()).await?.ok_or(Error::NotFound("activity_cost"))?;
        version::check(self.version, cost.version)?;
        status.require_uncredited()?;
        delete(work, &permit, cost, row.region_code).await
    }
}

async fn insert(work: &Work<'_>, _: &Permit, cost: Model, region: String) -> Result<ActivityCost> {
    Entity::insert(cost.clone().into_active_model()).exec_without_returning(work.db()).await?;
    work.emit(happened("activity_cost.created", &cost, cost.version, region)).await?;
    cost.try_into()
}

async fn delete(work: &Work<'_>, _: &Permit, cost: Model, region: String) -> Result<ActivityCost> {
    cost.clone().delete(work.db()).await?;
    work.emit(happened("activity_cost.deleted", &cost, cost.version + 1, region)).await?;
    cost.try_into()
}

fn happened(kind: &'static str, cost: &Model, version: i64, region: String) -> Event {
    Event::new(kind, "activity_cost", cost.id, version).in_region(Some(region)).with(json!({
        "activityId": cost.activity_id,
        "amountRupiah": cost.amount_rupiah,
        "paidBy": cost.paid_by,
    }))
}
