//! Finding attendance.

use entity::{
    attendance::{Column, Entity, Model, Relation},
    enrolment, person, session,
};
use sea_orm::{
    ColumnTrait, FromQueryResult, JoinType, Order, PaginatorTrait, QueryFilter, QuerySelect, RelationTrait,
    Select,
};
use uuid::Uuid;

use super::view::Attendance;
use crate::{
    access::{context::Ctx, oauth_scope::OAuthScope, scope},
    foundation::{
        error::{Error, Result},
        page::{Keyset, Page, PageRequest},
    },
    training::session::view::SessionId,
};

#[derive(FromQueryResult)]
struct Named {
    #[sea_orm(nested)]
    row: Model,
    person_id: Uuid,
    person_name: String,
}

async fn select(ctx: &Ctx, session: SessionId) -> Result<Select<Entity>> {
    let select = scope::attendances(&ctx.actor)?.filter(Column::SessionId.eq(session.uuid()));
    let seen = scope::sessions(&ctx.actor).filter(session::Column::Id.eq(session.uuid()));
    if seen.count(ctx.db()).await? == 0 {
        return Err(Error::NotFound("session"));
    }
    Ok(select)
}

/// A page of who was recorded in a session, in the order of the enrolments. A participant sees their own line.
///
/// # Errors
/// `not_found` for a session out of reach, `forbidden` when no role of the caller reads attendance.
pub async fn list(ctx: &Ctx, session: SessionId, page: &PageRequest) -> Result<Page<Attendance>> {
    ctx.actor.require_token()?;
    let by_enrolment =
        Keyset::new("attendance", [(Entity, Column::EnrolmentId)], Order::Asc)?.over(&session)?;
    let mut query = select(ctx, session)
        .await?
        .join(JoinType::InnerJoin, Relation::Enrolment.def())
        .join(JoinType::InnerJoin, enrolment::Relation::Person.def())
        .column_as(person::Column::Id, "person_id")
        .column_as(person::Column::Name, "person_name");
    let walk = by_enrolment.walk::<(Uuid,), _>(&mut query, page, ctx.cursors())?;
    let rows = query.into_model::<Named>().all(ctx.db()).await?;
    let page = walk.page(ctx.db(), rows, |n| (n.row.enrolment_id,)).await?;
    for (_, line) in &page.rows {
        ctx.looks.note(line.person_id, OAuthScope::TrainingsRead, ["personName"]);
    }
    Ok(page.map(|n| Attendance {
        session_id: n.row.session_id.into(),
        enrolment_id: n.row.enrolment_id.into(),
        person_id: n.person_id.into(),
        person_name: n.person_name,
        minutes: n.row.minutes,
        recorded_at: n.row.recorded_at,
    }))
}

/// How many were recorded in a session, within the caller's reach.
///
/// # Errors
/// As [`list`].
pub async fn count(ctx: &Ctx, session: SessionId) -> Result<u64> {
    Ok(select(ctx, session).await?.count(ctx.db()).await?)
}
