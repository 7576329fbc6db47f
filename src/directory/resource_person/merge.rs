//! What becomes of a resource person when the person's record is merged into another.

use std::collections::HashMap;

use entity::{
    competence, person,
    resource_person::{Column, Entity, Model},
    session_teacher,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, sea_query::Expr,
};
use serde_json::json;
use uuid::Uuid;

use super::rule::CompetenceStatus;
use crate::{
    access::context::Work,
    foundation::{error::Result, event::Event},
};

/// Lets the resource person of `retired` follow to `survivor`; where both are one, the
/// survivor's stays and takes competences and sessions over. Answers what to tell.
pub(in crate::directory) async fn follow(
    work: &Work<'_>,
    retired: &person::Model,
    survivor: &person::Model,
) -> Result<Option<Event>> {
    let Some(from) = of(work, retired.id).await? else { return Ok(None) };
    match of(work, survivor.id).await? {
        None => carry(work, from, retired, survivor).await.map(Some),
        Some(into) => unite(work, from, into, survivor).await.map(Some),
    }
}

async fn of(work: &Work<'_>, person: Uuid) -> Result<Option<Model>> {
    Ok(Entity::find().filter(Column::PersonId.eq(person)).lock_exclusive().one(work.db()).await?)
}

async fn carry(
    work: &Work<'_>,
    from: Model,
    retired: &person::Model,
    survivor: &person::Model,
) -> Result<Event> {
    let mut change = from.clone().into_active_model();
    change.person_id = Set(survivor.id);
    // What is shown counts the person's version in; a survivor may be younger than the retired record.
    change.version = Set(from.version + retired.version + 1);
    change.updated_at = Set(work.now());
    let row = change.update(work.db()).await?;
    Ok(Event::new("resource_person.moved", "resource_person", row.id, row.version)
        .in_region(survivor.region_code.clone())
        .with(json!({ "from": retired.id, "into": survivor.id })))
}

async fn unite(work: &Work<'_>, from: Model, into: Model, survivor: &person::Model) -> Result<Event> {
    take_competences(work, from.id, into.id).await?;
    take_sessions(work, from.id, into.id).await?;
    Entity::delete_by_id(from.id).exec(work.db()).await?;
    let mut change = into.clone().into_active_model();
    change.organisation_id = Set(into.organisation_id.or(from.organisation_id));
    change.biography = Set(into.biography.or(from.biography));
    change.version = Set(into.version + from.version + 1);
    change.updated_at = Set(work.now());
    let row = change.update(work.db()).await?;
    Ok(Event::new("resource_person.merged", "resource_person", row.id, row.version)
        .in_region(survivor.region_code.clone())
        .with(json!({ "from": from.id, "into": row.id })))
}

/// One competence a program: of two, the verified one stays, else the survivor's.
async fn take_competences(work: &Work<'_>, from: Uuid, into: Uuid) -> Result<()> {
    let all = competence::Entity::find()
        .filter(competence::Column::ResourcePersonId.is_in([from, into]))
        .order_by_asc(competence::Column::Id)
        .all(work.db())
        .await?;
    let (theirs, own): (Vec<_>, Vec<_>) = all.into_iter().partition(|row| row.resource_person_id == from);
    let mut own: HashMap<Uuid, competence::Model> =
        own.into_iter().map(|row| (row.program_id, row)).collect();
    let verified = |row: &competence::Model| row.status == CompetenceStatus::Verified.as_str();
    for row in theirs {
        let (moved, dropped) = match own.remove(&row.program_id) {
            None => (Some(row), None),
            Some(mine) if verified(&row) && !verified(&mine) => (Some(row), Some(mine)),
            Some(_) => (None, Some(row)),
        };
        if let Some(dropped) = dropped {
            competence::Entity::delete_by_id(dropped.id).exec(work.db()).await?;
        }
        if let Some(row) = moved {
            let version = row.version + 1;
            let mut change = row.into_active_model();
            change.resource_person_id = Set(into);
            change.version = Set(version);
            change.updated_at = Set(work.now());
            change.update(work.db()).await?;
        }
    }
    Ok(())
}

/// A session that both were put down for was taught by one human, once.
async fn take_sessions(work: &Work<'_>, from: Uuid, into: Uuid) -> Result<()> {
    let already = session_teacher::Entity::find()
        .select_only()
        .column(session_teacher::Column::SessionId)
        .filter(session_teacher::Column::ResourcePersonId.eq(into))
        .into_query();
    session_teacher::Entity::delete_many()
        .filter(session_teacher::Column::ResourcePersonId.eq(from))
        .filter(session_teacher::Column::SessionId.in_subquery(already))
        .exec(work.db())
        .await?;
    session_teacher::Entity::update_many()
        .col_expr(session_teacher::Column::ResourcePersonId, Expr::value(into))
        .filter(session_teacher::Column::ResourcePersonId.eq(from))
        .exec(work.db())
        .await?;
    Ok(())
}
