//! Finding one's own learning, and what others share with one.

pub mod shared;

use std::collections::HashMap;

use entity::{learning_evidence, learning_goal, learning_plan, learning_reflection, self_assessment};
use sea_orm::{ColumnTrait, ConnectionTrait, Order, PaginatorTrait, QueryFilter, QueryOrder, Select};
use uuid::Uuid;

use super::{
    rule::GoalStatus,
    view::{
        LearningEvidence, LearningGoal, LearningGoalId, LearningPlan, LearningPlanId, LearningReflection,
        LearningReflectionId, SelfAssessment, SelfAssessmentId,
    },
};
use crate::{
    access::{actor::Actor, context::Ctx, scope},
    foundation::{
        error::{Error, Result},
        page::{Keyset, Page, PageRequest},
    },
};
use shared::{Around, around};

/// A page of the caller's plans, the newest first.
///
/// # Errors
/// `forbidden`.
pub async fn plans(ctx: &Ctx, page: &PageRequest) -> Result<Page<LearningPlan>> {
    use learning_plan::{Column, Entity};
    let mut query = scope::learning_plans(&ctx.actor)?;
    let newest = Keyset::new("learning_plans", [(Entity, Column::Id)], Order::Desc)?.over(&())?;
    let walk = newest.walk::<(Uuid,), _>(&mut query, page, ctx.cursors())?;
    let rows = query.all(ctx.db()).await?;
    let found = shown_plans(ctx.db(), &ctx.actor, rows).await?;
    walk.page(ctx.db(), found, |one| (one.id.uuid(),)).await
}

/// How many plans the caller has.
///
/// # Errors
/// `forbidden`.
pub async fn count_plans(ctx: &Ctx) -> Result<u64> {
    Ok(scope::learning_plans(&ctx.actor)?.count(ctx.db()).await?)
}

/// The plans with these ids, in no order; those that are not the caller's are left out.
///
/// # Errors
/// `forbidden`.
pub async fn plans_by_ids(ctx: &Ctx, ids: &[LearningPlanId]) -> Result<Vec<LearningPlan>> {
    let ids = ids.iter().map(|id| id.uuid());
    let rows =
        scope::learning_plans(&ctx.actor)?.filter(learning_plan::Column::Id.is_in(ids)).all(ctx.db()).await?;
    shown_plans(ctx.db(), &ctx.actor, rows).await
}

/// One plan of the caller.
///
/// # Errors
/// `not_found`.
pub async fn plan(ctx: &Ctx, id: LearningPlanId) -> Result<LearningPlan> {
    plans_by_ids(ctx, &[id]).await?.pop().ok_or(Error::NotFound("learning_plan"))
}

/// The views of plans with their goals and evidence: as many statements for one as for a hundred.
pub(super) async fn shown_plans(
    db: &impl ConnectionTrait,
    actor: &Actor,
    rows: Vec<learning_plan::Model>,
) -> Result<Vec<LearningPlan>> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let of_plans = learning_goal::Column::PlanId.is_in(ids.clone());
    let goals = scope::learning_goals(actor)?.filter(of_plans).order_by_asc(learning_goal::Column::Id);
    let goals = shown_goals(db, actor, goals.all(db).await?).await?;
    let evidence = scope::learning_evidence(actor)?
        .filter(learning_evidence::Column::PlanId.is_in(ids))
        .order_by_asc(learning_evidence::Column::Id)
        .all(db)
        .await?;
    let mut goals_of: HashMap<Uuid, Vec<LearningGoal>> = HashMap::new();
    for goal in goals {
        goals_of.entry(goal.plan_id.uuid()).or_default().push(goal);
    }
    let mut evidence_of: HashMap<Uuid, Vec<LearningEvidence>> = HashMap::new();
    for row in evidence {
        evidence_of.entry(row.plan_id).or_default().push(shown_evidence(row));
    }
    let view = |row: learning_plan::Model| LearningPlan {
        goals: goals_of.remove(&row.id).unwrap_or_default(),
        evidence: evidence_of.remove(&row.id).unwrap_or_default(),
        id: row.id.into(),
        person_id: row.person_id.into(),
        period: row.period,
        version: row.version,
        created_at: row.created_at,
        updated_at: row.updated_at,
    };
    Ok(rows.into_iter().map(view).collect())
}

/// A piece of evidence as its owner sees it.
pub(super) fn shown_evidence(row: learning_evidence::Model) -> LearningEvidence {
    LearningEvidence {
        evidence_id: row.id.into(),
        plan_id: row.plan_id.into(),
        goal_id: row.goal_id.map(Into::into),
        certificate_id: row.certificate_id.map(Into::into),
        activity_id: row.activity_id.map(Into::into),
        artefact_id: row.artefact_id.map(Into::into),
        url: row.url,
        text: row.text,
        created_at: row.created_at,
    }
}

/// The goals with these ids, in no order; those out of reach are left out.
///
/// # Errors
/// `forbidden`.
pub async fn goals_by_ids(ctx: &Ctx, ids: &[LearningGoalId]) -> Result<Vec<LearningGoal>> {
    let ids = ids.iter().map(|id| id.uuid());
    let rows =
        scope::learning_goals(&ctx.actor)?.filter(learning_goal::Column::Id.is_in(ids)).all(ctx.db()).await?;
    shown_goals(ctx.db(), &ctx.actor, rows).await
}

/// One goal: one's own, or one that is shared with the caller.
///
/// # Errors
/// `not_found`.
pub async fn goal(ctx: &Ctx, id: LearningGoalId) -> Result<LearningGoal> {
    goals_by_ids(ctx, &[id]).await?.pop().ok_or(Error::NotFound("learning_goal"))
}

/// The views of goals.
pub(super) async fn shown_goals(
    db: &impl ConnectionTrait,
    actor: &Actor,
    rows: Vec<learning_goal::Model>,
) -> Result<Vec<LearningGoal>> {
    let Around { names, mut shares } =
        around(db, actor, rows.iter().map(|row| (row.id, row.person_id))).await?;
    let view = |row: learning_goal::Model| {
        Ok(LearningGoal {
            shared_with: shares.remove(&row.id).unwrap_or_default(),
            person_name: names.get(&row.person_id).cloned().unwrap_or_default(),
            status: goal_status(&row)?,
            id: row.id.into(),
            plan_id: row.plan_id.into(),
            person_id: row.person_id.into(),
            competency: row.competency,
            text: row.text,
            due_on: row.due_on,
            status_since: row.status_since,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    };
    rows.into_iter().map(view).collect()
}

/// Where a goal stands.
///
/// # Errors
/// `internal` when the column holds what no rule knows.
pub(super) fn goal_status(row: &learning_goal::Model) -> Result<GoalStatus> {
    GoalStatus::parse(&row.status).map_err(|f| Error::internal("learning_goal.status", f.code))
}

fn assessments_of(ctx: &Ctx, plan: LearningPlanId) -> Result<Select<self_assessment::Entity>> {
    Ok(scope::self_assessments(&ctx.actor)?.filter(self_assessment::Column::PlanId.eq(plan.uuid())))
}

/// That the caller has such a plan.
async fn require_plan(ctx: &Ctx, id: LearningPlanId) -> Result<()> {
    let own = scope::learning_plans(&ctx.actor)?.filter(learning_plan::Column::Id.eq(id.uuid()));
    if own.count(ctx.db()).await? > 0 { Ok(()) } else { Err(Error::NotFound("learning_plan")) }
}

/// A page of how the caller saw themselves, the newest first; what was corrected stays in it.
///
/// # Errors
/// `forbidden`; `not_found` when the plan is not the caller's.
pub async fn assessments(
    ctx: &Ctx,
    plan: LearningPlanId,
    page: &PageRequest,
) -> Result<Page<SelfAssessment>> {
    use self_assessment::{Column, Entity};
    let mut query = assessments_of(ctx, plan)?;
    require_plan(ctx, plan).await?;
    let newest = Keyset::new("self_assessments", [(Entity, Column::Id)], Order::Desc)?.over(&plan)?;
    let walk = newest.walk::<(Uuid,), _>(&mut query, page, ctx.cursors())?;
    let found = query.all(ctx.db()).await?.into_iter().map(shown_assessment).collect();
    walk.page(ctx.db(), found, |one: &SelfAssessment| (one.id.uuid(),)).await
}

/// How many there are.
///
/// # Errors
/// `forbidden`.
pub async fn count_assessments(ctx: &Ctx, plan: LearningPlanId) -> Result<u64> {
    Ok(assessments_of(ctx, plan)?.count(ctx.db()).await?)
}

/// The self-assessments with these ids that are the caller's, in no order.
///
/// # Errors
/// `forbidden`.
pub async fn assessments_by_ids(ctx: &Ctx, ids: &[SelfAssessmentId]) -> Result<Vec<SelfAssessment>> {
    let ids = ids.iter().map(|id| id.uuid());
    let rows = scope::self_assessments(&ctx.actor)?.filter(self_assessment::Column::Id.is_in(ids));
    Ok(rows.all(ctx.db()).await?.into_iter().map(shown_assessment).collect())
}

/// A self-assessment as its owner sees it.
pub(super) fn shown_assessment(row: self_assessment::Model) -> SelfAssessment {
    SelfAssessment {
        id: row.id.into(),
        plan_id: row.plan_id.into(),
        competency: row.competency,
        level: row.level,
        corrects_id: row.corrects_id.map(Into::into),
        corrected_at: row.corrected_at,
        created_at: row.created_at,
    }
}

fn own_reflections(ctx: &Ctx, plan: LearningPlanId) -> Result<Select<learning_reflection::Entity>> {
    Ok(scope::learning_reflections(&ctx.actor)?.filter(learning_reflection::Column::PlanId.eq(plan.uuid())))
}

/// A page of the caller's reflections in a plan, the newest first.
///
/// # Errors
/// `forbidden`; `not_found` when the plan is not the caller's.
pub async fn reflections(
    ctx: &Ctx,
    plan: LearningPlanId,
    page: &PageRequest,
) -> Result<Page<LearningReflection>> {
    use learning_reflection::{Column, Entity};
    let mut query = own_reflections(ctx, plan)?;
    require_plan(ctx, plan).await?;
    let newest = Keyset::new("learning_reflections", [(Entity, Column::Id)], Order::Desc)?.over(&plan)?;
    let walk = newest.walk::<(Uuid,), _>(&mut query, page, ctx.cursors())?;
    let found = shown_reflections(ctx.db(), &ctx.actor, query.all(ctx.db()).await?).await?;
    walk.page(ctx.db(), found, |one| (one.id.uuid(),)).await
}

/// How many there are.
///
/// # Errors
/// `forbidden`; `not_found` when the plan is not the caller's.
pub async fn count_reflections(ctx: &Ctx, plan: LearningPlanId) -> Result<u64> {
    require_plan(ctx, plan).await?;
    Ok(own_reflections(ctx, plan)?.count(ctx.db()).await?)
}

/// The reflections with these ids, in no order; those out of reach are left out.
///
/// # Errors
/// `forbidden`.
pub async fn reflections_by_ids(ctx: &Ctx, ids: &[LearningReflectionId]) -> Result<Vec<LearningReflection>> {
    let ids = ids.iter().map(|id| id.uuid());
    let rows = scope::learning_reflections(&ctx.actor)?.filter(learning_reflection::Column::Id.is_in(ids));
    shown_reflections(ctx.db(), &ctx.actor, rows.all(ctx.db()).await?).await
}

/// One reflection: one's own, or one that is shared with the caller.
///
/// # Errors
/// `not_found`.
pub async fn reflection(ctx: &Ctx, id: LearningReflectionId) -> Result<LearningReflection> {
    reflections_by_ids(ctx, &[id]).await?.pop().ok_or(Error::NotFound("learning_reflection"))
}

/// The views of reflections.
pub(super) async fn shown_reflections(
    db: &impl ConnectionTrait,
    actor: &Actor,
    rows: Vec<learning_reflection::Model>,
) -> Result<Vec<LearningReflection>> {
    let Around { names, mut shares } =
        around(db, actor, rows.iter().map(|row| (row.id, row.person_id))).await?;
    let view = |row: learning_reflection::Model| LearningReflection {
        shared_with: shares.remove(&row.id).unwrap_or_default(),
        person_name: names.get(&row.person_id).cloned().unwrap_or_default(),
        id: row.id.into(),
        plan_id: row.plan_id.into(),
        person_id: row.person_id.into(),
        text: row.text,
        version: row.version,
        created_at: row.created_at,
        updated_at: row.updated_at,
    };
    Ok(rows.into_iter().map(view).collect())
}
