//! Finding artefacts, and who made them.

use std::collections::HashMap;

use async_graphql::InputObject;
use entity::{
    artefact::{Column, Entity, Model},
    artefact_author, person,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, JoinType, Order, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, RelationTrait, Select,
};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;
use uuid::Uuid;

use super::{
    rule::{ArtefactKind, ArtefactStatus, Audience},
    view::{Artefact, ArtefactId, Author},
};
use crate::{
    access::{context::Ctx, scope},
    community::{activity::view::ActivityId, group::view::CommunityId},
    directory::school::rule::SchoolLevel,
    foundation::{
        error::{Error, Result},
        page::{Keyset, Page, PageRequest, by_parent, first_of_each},
        prefix,
    },
};

/// What to narrow a list of artefacts by.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams, InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ArtefactFilter {
    /// Titles that begin so, letter case aside.
    #[param(example = "Asesmen", max_length = 100)]
    pub q: Option<String>,
    /// Only this kind.
    pub kind: Option<ArtefactKind>,
    /// Only for this subject; small and capital letters are the same.
    #[param(example = "Matematika", max_length = 60)]
    pub subject: Option<String>,
    /// Only for this level of school.
    pub level: Option<SchoolLevel>,
    /// Only of this community.
    #[param(value_type = Option<String>, format = "uuid")]
    pub community_id: Option<CommunityId>,
    /// Only those that stand so.
    pub status: Option<ArtefactStatus>,
    /// Only those published for this audience.
    pub audience: Option<Audience>,
    /// Only those that carry this one on.
    #[param(value_type = Option<String>, format = "uuid")]
    pub forked_from_id: Option<ArtefactId>,
}

fn select(ctx: &Ctx, filter: &ArtefactFilter) -> Result<Select<Entity>> {
    let mut select = scope::artefacts(&ctx.actor)?;
    if let Some(typed) = &filter.q {
        select = select.filter(prefix::starts_with((Entity, Column::Title), typed)?);
    }
    let texts = [
        (Column::Kind, filter.kind.map(ArtefactKind::as_str)),
        (Column::Level, filter.level.map(SchoolLevel::as_str)),
        (Column::Status, filter.status.map(ArtefactStatus::as_str)),
        (Column::Audience, filter.audience.map(Audience::as_str)),
    ];
    for (column, wanted) in texts {
        if let Some(wanted) = wanted {
            select = select.filter(column.eq(wanted));
        }
    }
    if let Some(subject) = &filter.subject {
        select = select.filter(prefix::equals((Entity, Column::Subject), subject));
    }
    if let Some(community) = filter.community_id {
        select = select.filter(Column::CommunityId.eq(community.uuid()));
    }
    if let Some(source) = filter.forked_from_id {
        select = select.filter(Column::ForkedFromId.eq(source.uuid()));
    }
    Ok(select)
}

/// A page of artefacts by title.
///
/// # Errors
/// `unauthenticated`, `forbidden`; those of the page and the search.
pub async fn list(ctx: &Ctx, filter: &ArtefactFilter, page: &PageRequest) -> Result<Page<Artefact>> {
    let columns = [(Entity, Column::Title), (Entity, Column::Id)];
    let by_title = Keyset::new("artefacts", columns, Order::Asc)?.over(filter)?;
    let mut query = select(ctx, filter)?;
    let walk = by_title.walk::<(String, Uuid), _>(&mut query, page, ctx.cursors())?;
    let rows = views(ctx.db(), query.all(ctx.db()).await?).await?;
    walk.page(ctx.db(), rows, |row| (row.title.clone(), row.id.uuid())).await
}

/// How many the filter finds.
///
/// # Errors
/// As [`list`].
pub async fn count(ctx: &Ctx, filter: &ArtefactFilter) -> Result<u64> {
    Ok(select(ctx, filter)?.count(ctx.db()).await?)
}

/// The artefacts with these ids, in no order; those out of reach are left out.
///
/// # Errors
/// `unauthenticated`, `forbidden`.
pub async fn by_ids(ctx: &Ctx, ids: &[ArtefactId]) -> Result<Vec<Artefact>> {
    let ids = ids.iter().map(|id| id.uuid());
    let rows = scope::artefacts(&ctx.actor)?.filter(Column::Id.is_in(ids)).all(ctx.db()).await?;
    views(ctx.db(), rows).await
}

/// One artefact, or nothing.
///
/// # Errors
/// As [`by_ids`].
pub async fn find_opt(ctx: &Ctx, id: ArtefactId) -> Result<Option<Artefact>> {
    Ok(by_ids(ctx, &[id]).await?.pop())
}

/// One artefact.
///
/// # Errors
/// `not_found`; as [`by_ids`].
pub async fn find(ctx: &Ctx, id: ArtefactId) -> Result<Artefact> {
    find_opt(ctx, id).await?.ok_or(Error::NotFound("artefact"))
}

/// The first `limit` artefacts of each of these communities, by title.
///
/// # Errors
/// As [`by_ids`].
pub async fn first_of(
    ctx: &Ctx,
    communities: &[CommunityId],
    limit: u64,
) -> Result<HashMap<CommunityId, Vec<Artefact>>> {
    let ids = communities.iter().map(|id| id.uuid());
    let within = scope::artefacts(&ctx.actor)?.filter(Column::CommunityId.is_in(ids));
    let first = first_of_each(within, Column::CommunityId, &[(Column::Title, Order::Asc)], limit);
    Ok(by_parent(views(ctx.db(), first.all(ctx.db()).await?).await?, |one| one.community_id))
}

/// The first `limit` artefacts that were made at each of these activities, by title.
///
/// # Errors
/// As [`by_ids`].
pub async fn made_at(
    ctx: &Ctx,
    activities: &[ActivityId],
    limit: u64,
) -> Result<HashMap<ActivityId, Vec<Artefact>>> {
    let ids = activities.iter().map(|id| id.uuid());
    let within = scope::artefacts(&ctx.actor)?.filter(Column::ActivityId.is_in(ids));
    let first = first_of_each(within, Column::ActivityId, &[(Column::Title, Order::Asc)], limit);
    let mut found: HashMap<ActivityId, Vec<Artefact>> = HashMap::new();
    for one in views(ctx.db(), first.all(ctx.db()).await?).await? {
        if let Some(activity) = one.activity_id {
            found.entry(activity).or_default().push(one);
        }
    }
    Ok(found)
}

/// The views of rows, each with its authors; one statement for all of them.
pub(super) async fn views(db: &impl ConnectionTrait, rows: Vec<Model>) -> Result<Vec<Artefact>> {
    let mut authors = authors(db, rows.iter().map(|row| row.id).collect()).await?;
    let view = |row: Model| {
        let theirs = authors.remove(&row.id).unwrap_or_default();
        Artefact::of(row, theirs)
    };
    rows.into_iter().map(view).collect()
}

/// The authors of each of these artefacts, by name.
pub(super) async fn authors(
    db: &impl ConnectionTrait,
    artefacts: Vec<Uuid>,
) -> Result<HashMap<Uuid, Vec<Author>>> {
    let mut found: HashMap<Uuid, Vec<Author>> = HashMap::new();
    if artefacts.is_empty() {
        return Ok(found);
    }
    let rows: Vec<(Uuid, Uuid, String)> = artefact_author::Entity::find()
        .select_only()
        .columns([artefact_author::Column::ArtefactId, artefact_author::Column::PersonId])
        .column(person::Column::Name)
        .join(JoinType::InnerJoin, artefact_author::Relation::Person.def())
        .filter(artefact_author::Column::ArtefactId.is_in(artefacts))
        .order_by_asc(person::Column::Name)
        .order_by_asc(artefact_author::Column::PersonId)
        .into_tuple()
        .all(db)
        .await?;
    for (artefact, person, name) in rows {
        found.entry(artefact).or_default().push(Author { person_id: person.into(), name });
    }
    Ok(found)
}
