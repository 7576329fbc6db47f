//! From the problem to the result, and from an activity back to what it was for.

use std::collections::HashMap;

use entity::{improvement, improvement_activity, improvement_artefact};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{
    read,
    rule::LINKS,
    view::{Improvement, ImprovementChain, ImprovementId},
};
use crate::{
    access::{context::Ctx, scope},
    community::{
        activity::{self, view::ActivityId},
        artefact::{self, view::ArtefactId},
    },
    foundation::error::{Error, Result},
};

/// An item with what was done for it, in the same few statements however much that is.
///
/// # Errors
/// `forbidden`; `not_found`.
pub async fn find(ctx: &Ctx, id: ImprovementId) -> Result<ImprovementChain> {
    let improvement = read::find(ctx, id).await?;
    let activities: Vec<ActivityId> = improvement_activity::Entity::find()
        .select_only()
        .column(improvement_activity::Column::ActivityId)
        .filter(improvement_activity::Column::ImprovementId.eq(id.uuid()))
        .limit(LINKS)
        .into_tuple::<Uuid>()
        .all(ctx.db())
        .await?
        .into_iter()
        .map(Into::into)
        .collect();
    let mut activities = hidden(activity::read::by_ids(ctx, &activities).await)?;
    activities.sort_by_key(|activity| (activity.starts_at, activity.id.uuid()));
    let artefacts: Vec<ArtefactId> = improvement_artefact::Entity::find()
        .select_only()
        .column(improvement_artefact::Column::ArtefactId)
        .filter(improvement_artefact::Column::ImprovementId.eq(id.uuid()))
        .limit(LINKS)
        .into_tuple::<Uuid>()
        .all(ctx.db())
        .await?
        .into_iter()
        .map(Into::into)
        .collect();
    let mut artefacts = hidden(artefact::read::by_ids(ctx, &artefacts).await)?;
    artefacts.sort_by(|one, other| (&one.title, one.id.uuid()).cmp(&(&other.title, other.id.uuid())));
    Ok(ImprovementChain { improvement, activities, artefacts })
}

/// To those who never read a kind there is none of it.
fn hidden<T>(found: Result<Vec<T>>) -> Result<Vec<T>> {
    match found {
        Err(Error::Forbidden(_) | Error::InsufficientScope(_)) => Ok(Vec::new()),
        found => found,
    }
}

/// The items that each of these activities was for, the oldest first; those out of reach are left out.
///
/// # Errors
/// `unavailable` or `internal` when the database does not answer.
pub async fn of_activities(
    ctx: &Ctx,
    activities: &[ActivityId],
) -> Result<HashMap<ActivityId, Vec<Improvement>>> {
    let links: Vec<(Uuid, Uuid)> = improvement_activity::Entity::find()
        .select_only()
        .columns([improvement_activity::Column::ActivityId, improvement_activity::Column::ImprovementId])
        .filter(improvement_activity::Column::ActivityId.is_in(activities.iter().map(|id| id.uuid())))
        .order_by_asc(improvement_activity::Column::ImprovementId)
        .into_tuple()
        .all(ctx.db())
        .await?;
    if links.is_empty() {
        return Ok(HashMap::new());
    }
    let seen = match scope::improvements(&ctx.actor) {
        Err(Error::Forbidden(_) | Error::InsufficientScope(_)) => return Ok(HashMap::new()),
        seen => seen?,
    };
    let of = links.iter().map(|(_, improvement)| *improvement);
    let rows = seen.filter(improvement::Column::Id.is_in(of)).all(ctx.db()).await?;
    let views = read::shown(ctx.db(), rows, ctx.issuer_today()).await?;
    let mut found: HashMap<ActivityId, Vec<Improvement>> = HashMap::new();
    for (activity, improvement) in links {
        let view = views.iter().find(|view| view.id.uuid() == improvement);
        found.entry(activity.into()).or_default().extend(view.cloned());
    }
    Ok(found)
}
