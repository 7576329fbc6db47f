//! What others share with the caller, and with whom the caller shares.

use std::collections::HashMap;

use entity::{learning_goal, learning_reflection, learning_share, person};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, Order, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    Select,
};
use uuid::Uuid;

use super::{shown_goals, shown_reflections};
use crate::{
    access::{actor::Actor, context::Ctx, scope},
    foundation::{
        error::Result,
        page::{Keyset, Page, PageRequest},
    },
    learning::view::{LearningAudience, LearningGoal, LearningReflection},
};

fn of_others(ctx: &Ctx) -> Result<Select<learning_goal::Entity>> {
    let all = scope::learning_goals(&ctx.actor)?;
    Ok(match ctx.actor.person() {
        Some(person) => all.filter(learning_goal::Column::PersonId.ne(person)),
        None => all,
    })
}

/// A page of the goals that others share with the caller, the newest first.
///
/// # Errors
/// `forbidden`.
pub async fn goals(ctx: &Ctx, page: &PageRequest) -> Result<Page<LearningGoal>> {
    use learning_goal::{Column, Entity};
    let mut query = of_others(ctx)?;
    let newest = Keyset::new("shared_learning_goals", [(Entity, Column::Id)], Order::Desc)?.over(&())?;
    let walk = newest.walk::<(Uuid,), _>(&mut query, page, ctx.cursors())?;
    let found = shown_goals(ctx.db(), &ctx.actor, query.all(ctx.db()).await?).await?;
    walk.page(ctx.db(), found, |one| (one.id.uuid(),)).await
}

/// How many there are.
///
/// # Errors
/// `forbidden`.
pub async fn count_goals(ctx: &Ctx) -> Result<u64> {
    Ok(of_others(ctx)?.count(ctx.db()).await?)
}

fn written_by_others(ctx: &Ctx) -> Result<Select<learning_reflection::Entity>> {
    let all = scope::learning_reflections(&ctx.actor)?;
    Ok(match ctx.actor.person() {
        Some(person) => all.filter(learning_reflection::Column::PersonId.ne(person)),
        None => all,
    })
}

/// A page of the reflections that others share with the caller, the newest first.
///
/// # Errors
/// `forbidden`.
pub async fn reflections(ctx: &Ctx, page: &PageRequest) -> Result<Page<LearningReflection>> {
    use learning_reflection::{Column, Entity};
    let mut query = written_by_others(ctx)?;
    let newest = Keyset::new("shared_learning_reflections", [(Entity, Column::Id)], Order::Desc)?.over(&())?;
    let walk = newest.walk::<(Uuid,), _>(&mut query, page, ctx.cursors())?;
    let found = shown_reflections(ctx.db(), &ctx.actor, query.all(ctx.db()).await?).await?;
    walk.page(ctx.db(), found, |one| (one.id.uuid(),)).await
}

/// How many there are.
///
/// # Errors
/// `forbidden`.
pub async fn count_reflections(ctx: &Ctx) -> Result<u64> {
    Ok(written_by_others(ctx)?.count(ctx.db()).await?)
}

/// Names of owners, and with whom the caller's own are shared.
pub(super) struct Around {
    /// By person.
    pub names: HashMap<Uuid, String>,
    /// By what is shared; the caller's own only.
    pub shares: HashMap<Uuid, Vec<LearningAudience>>,
}

/// What belongs around these rows (id and owner), in two statements.
pub(super) async fn around(
    db: &impl ConnectionTrait,
    actor: &Actor,
    rows: impl Iterator<Item = (Uuid, Uuid)>,
) -> Result<Around> {
    let rows: Vec<(Uuid, Uuid)> = rows.collect();
    if rows.is_empty() {
        return Ok(Around { names: HashMap::new(), shares: HashMap::new() });
    }
    let named: Vec<(Uuid, String)> = person::Entity::find()
        .select_only()
        .columns([person::Column::Id, person::Column::Name])
        .filter(person::Column::Id.is_in(rows.iter().map(|row| row.1)))
        .into_tuple()
        .all(db)
        .await?;
    let mut shares: HashMap<Uuid, Vec<LearningAudience>> = HashMap::new();
    if let Some(owner) = actor.person() {
        let found = learning_share::Entity::find()
            .filter(learning_share::Column::OwnerId.eq(owner))
            .filter(learning_share::Column::SubjectId.is_in(rows.iter().map(|row| row.0)))
            .order_by_asc(learning_share::Column::CreatedAt)
            .order_by_asc(learning_share::Column::AudienceId)
            .all(db)
            .await?;
        for row in found {
            shares.entry(row.subject_id).or_default().push(audience(&row));
        }
    }
    Ok(Around { names: named.into_iter().collect(), shares })
}

fn audience(row: &learning_share::Model) -> LearningAudience {
    let id = row.audience_id;
    match row.audience.as_str() {
        "community" => LearningAudience { community_id: Some(id.into()), person_id: None },
        _ => LearningAudience { community_id: None, person_id: Some(id.into()) },
    }
}
