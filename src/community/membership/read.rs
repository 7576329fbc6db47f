//! Finding memberships: who is in a community, and what communities somebody is in.

use std::collections::{HashMap, HashSet};

use entity::{
    community, community_office,
    membership::{Column, Entity, Model, Relation},
    person, school,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, Order, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, RelationTrait, Select,
    sea_query::{ColumnRef, IntoColumnRef},
};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;
use uuid::Uuid;

use super::{
    state::MembershipStatus,
    view::{Around, Membership, MembershipId},
};
use crate::{
    access::{
        action::Action,
        actor::{Actor, Held},
        context::Ctx,
        oauth_scope::OAuthScope,
        scope,
    },
    community::group::{self, rule::Office, view::CommunityId},
    directory::person::{merged, view::PersonId},
    domain_enum,
    foundation::{
        error::{Error, Result},
        page::{Keyset, Page, PageRequest, by_parent, first_of_each},
    },
};

domain_enum! {
    /// In which order members are listed.
    pub enum MembershipOrder {
        /// By the name of the person.
        Name = "name",
        /// In the order in which they asked or were invited.
        Joined = "joined",
    }
}

/// What to narrow a list of memberships by, and its order.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams, async_graphql::InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "MembershipFilter")]
#[into_params(parameter_in = Query)]
pub struct MembershipFilter {
    /// Only those that stand here.
    pub status: Option<MembershipStatus>,
    /// In which order; by name unless said.
    pub order: Option<MembershipOrder>,
}

/// What to narrow the memberships of one person by.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams, async_graphql::InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "PersonMembershipFilter")]
#[into_params(parameter_in = Query)]
pub struct PersonMembershipFilter {
    /// Only those that stand here.
    pub status: Option<MembershipStatus>,
}

async fn of_community(ctx: &Ctx, id: CommunityId, filter: &MembershipFilter) -> Result<Select<Entity>> {
    ctx.actor.require_role_for(Action::MembershipRead)?;
    group::read::require(ctx, id).await?;
    let select = scope::memberships(&ctx.actor)?.filter(Column::CommunityId.eq(id.uuid()));
    Ok(of_status(select, filter.status))
}

fn of_status(select: Select<Entity>, status: Option<MembershipStatus>) -> Select<Entity> {
    match status {
        Some(status) => select.filter(Column::Status.eq(status)),
        None => select,
    }
}

/// Notes whose name is shown to whoever looks after communities. Members see one another in what they do together: that is
/// what a community is, and nothing that anybody looked up.
fn seen<'a>(ctx: &Ctx, shown: impl IntoIterator<Item = &'a Membership>) {
    if ctx.actor.by_office(Action::MembershipRead) {
        for row in shown {
            ctx.looks.note(row.person_id.uuid(), OAuthScope::CommunitiesRead, ["name", "schoolName"]);
        }
    }
}

/// A page that is shown as it is.
fn shown(ctx: &Ctx, page: Page<Membership>) -> Page<Membership> {
    seen(ctx, page.rows.iter().map(|(_, row)| row));
    page
}

/// A page of the memberships of a community within the caller's reach: all of them for its officers and for
/// those who look after its region or school, active ones for its members, one's own for others.
///
/// # Errors
/// `unauthenticated`; `forbidden`; `not_found` for a community that is not there.
pub async fn list(
    ctx: &Ctx,
    community: CommunityId,
    filter: &MembershipFilter,
    page: &PageRequest,
) -> Result<Page<Membership>> {
    let by_name = filter.order.unwrap_or(MembershipOrder::Name) == MembershipOrder::Name;
    let mut columns: Vec<ColumnRef> = vec![(Entity, Column::Id).into_column_ref()];
    if by_name {
        columns.insert(0, (person::Entity, person::Column::Name).into_column_ref());
    }
    let keyset = Keyset::new("memberships", columns, Order::Asc)?.over(&(community, filter))?;
    let mut query = joined(of_community(ctx, community, filter).await?);
    if by_name {
        let walk = keyset.walk::<(String, Uuid), _>(&mut query, page, ctx.cursors())?;
        let rows = fetch(ctx.db(), &ctx.actor, query).await?;
        return Ok(shown(ctx, walk.page(ctx.db(), rows, |row| (row.name.clone(), row.id.uuid())).await?));
    }
    let walk = keyset.walk::<(Uuid,), _>(&mut query, page, ctx.cursors())?;
    let rows = fetch(ctx.db(), &ctx.actor, query).await?;
    Ok(shown(ctx, walk.page(ctx.db(), rows, |row| (row.id.uuid(),)).await?))
}

/// How many [`list`] has in all.
///
/// # Errors
/// As [`list`].
pub async fn count(ctx: &Ctx, community: CommunityId, filter: &MembershipFilter) -> Result<u64> {
    Ok(of_community(ctx, community, filter).await?.count(ctx.db()).await?)
}

async fn of_person(ctx: &Ctx, id: PersonId, filter: &PersonMembershipFilter) -> Result<Select<Entity>> {
    ctx.actor.require_role_for(Action::MembershipRead)?;
    // Memberships moved along when the record was merged into another.
    let person = merged::resolve(ctx.db(), id.uuid()).await?;
    let seen = scope::persons(&ctx.actor)?.filter(person::Column::Id.eq(person));
    if seen.count(ctx.db()).await? == 0 {
        return Err(Error::NotFound("person"));
    }
    let select = scope::memberships(&ctx.actor)?.filter(Column::PersonId.eq(person));
    Ok(of_status(select, filter.status))
}

/// A page of the memberships of a person, within the caller's reach, in the order in which they came to be.
///
/// # Errors
/// `unauthenticated`; `forbidden`; `not_found` for a person outside the caller's reach.
pub async fn list_of_person(
    ctx: &Ctx,
    person: PersonId,
    filter: &PersonMembershipFilter,
    page: &PageRequest,
) -> Result<Page<Membership>> {
    let keyset = Keyset::new("person_memberships", [(Entity, Column::Id)], Order::Asc)?;
    let keyset = keyset.over(&(person, filter))?;
    let mut query = joined(of_person(ctx, person, filter).await?);
    let walk = keyset.walk::<(Uuid,), _>(&mut query, page, ctx.cursors())?;
    let rows = fetch(ctx.db(), &ctx.actor, query).await?;
    Ok(shown(ctx, walk.page(ctx.db(), rows, |row| (row.id.uuid(),)).await?))
}

/// How many [`list_of_person`] has in all.
///
/// # Errors
/// As [`list_of_person`].
pub async fn count_of_person(ctx: &Ctx, person: PersonId, filter: &PersonMembershipFilter) -> Result<u64> {
    Ok(of_person(ctx, person, filter).await?.count(ctx.db()).await?)
}

/// The memberships with these ids, in no order; those outside the caller's reach are left out.
pub async fn by_ids(ctx: &Ctx, ids: &[MembershipId]) -> Result<Vec<Membership>> {
    let ids = ids.iter().map(|id| id.uuid());
    let some = joined(scope::memberships(&ctx.actor)?.filter(Column::Id.is_in(ids)));
    let found = fetch(ctx.db(), &ctx.actor, some).await?;
    seen(ctx, &found);
    Ok(found)
}

/// The first `limit` members of each of these communities, in the order in which they joined.
///
/// # Errors
/// `forbidden` when no role of the caller reads members.
pub async fn members_of(
    ctx: &Ctx,
    communities: &[CommunityId],
    limit: u64,
) -> Result<HashMap<CommunityId, Vec<Membership>>> {
    let ids = communities.iter().map(|id| id.uuid());
    let active = of_status(scope::memberships(&ctx.actor)?, Some(MembershipStatus::Active));
    let within = active.filter(Column::CommunityId.is_in(ids));
    let first = first_of_each(within, Column::CommunityId, &[], limit);
    let rows = fetch(ctx.db(), &ctx.actor, joined(first)).await?;
    seen(ctx, &rows);
    Ok(by_parent(rows, |one| one.community_id))
}

/// One membership, or nothing.
pub async fn find_opt(ctx: &Ctx, id: MembershipId) -> Result<Option<Membership>> {
    Ok(by_ids(ctx, &[id]).await?.pop())
}

/// One membership.
///
/// # Errors
/// `not_found`.
pub async fn find(ctx: &Ctx, id: MembershipId) -> Result<Membership> {
    find_opt(ctx, id).await?.ok_or(Error::NotFound("membership"))
}

/// The view of a membership that a command has just changed under its community's lock.
///
/// # Errors
/// `internal` when it is missing.
pub async fn view_of(db: &impl ConnectionTrait, actor: &Actor, id: Uuid) -> Result<Membership> {
    fetch(db, actor, joined(Entity::find_by_id(id)))
        .await?
        .pop()
        .ok_or_else(|| Error::internal("read a membership back", format!("{id} is missing")))
}

/// A row with the names around it, in one statement.
#[derive(FromQueryResult)]
struct Named {
    #[sea_orm(nested)]
    row: Model,
    community_name: String,
    person_name: String,
    home_id: Option<Uuid>,
    home_name: Option<String>,
}

fn joined(select: Select<Entity>) -> Select<Entity> {
    select
        .join(JoinType::InnerJoin, Relation::Community.def())
        .join(JoinType::InnerJoin, Relation::Person.def())
        .join(JoinType::LeftJoin, person::Relation::School.def())
        .column_as(community::Column::Name, "community_name")
        .column_as(person::Column::Name, "person_name")
        .column_as(school::Column::Id, "home_id")
        .column_as(school::Column::Name, "home_name")
}

/// The memberships of `query` in its order: one statement, one more for offices, and one more where
/// somebody's words are among them and the caller may be an officer.
async fn fetch(db: &impl ConnectionTrait, actor: &Actor, query: Select<Entity>) -> Result<Vec<Membership>> {
    let rows = query.into_model::<Named>().all(db).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let mut offices = offices(db, &rows).await?;
    let led = led_by(db, actor, &rows).await?;
    let everywhere = actor.reaches(Action::MembershipAdmit).contains(&Held::Everywhere);
    let view = |named: Named| {
        let of = (named.row.community_id, named.row.person_id);
        let around = Around {
            community_name: named.community_name,
            person_name: named.person_name,
            school_id: named.home_id,
            school_name: named.home_name,
            offices: if named.row.status == "active" {
                offices.remove(&of).unwrap_or_default()
            } else {
                Vec::new()
            },
            told: everywhere || actor.person_for(Action::MembershipRead) == Some(of.1) || led.contains(&of.0),
        };
        Membership::of(named.row, around)
    };
    rows.into_iter().map(view).collect()
}

type Offices = HashMap<(Uuid, Uuid), Vec<Office>>;

/// The offices that the persons of these memberships hold there.
async fn offices(db: &impl ConnectionTrait, rows: &[Named]) -> Result<Offices> {
    let of = |id: fn(&Model) -> Uuid| rows.iter().map(|named| id(&named.row)).collect::<HashSet<_>>();
    let held: Vec<(Uuid, Uuid, Office)> = community_office::Entity::find()
        .select_only()
        .columns([
            community_office::Column::CommunityId,
            community_office::Column::PersonId,
            community_office::Column::Office,
        ])
        .filter(community_office::Column::CommunityId.is_in(of(|row| row.community_id)))
        .filter(community_office::Column::PersonId.is_in(of(|row| row.person_id)))
        .filter(community_office::Column::EndedAt.is_null())
        .order_by_asc(community_office::Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    let mut found = Offices::new();
    for (community, person, office) in held {
        found.entry((community, person)).or_default().push(office);
    }
    Ok(found)
}

/// The communities among these in which the caller holds an office; not asked where nothing was said.
async fn led_by(db: &impl ConnectionTrait, actor: &Actor, rows: &[Named]) -> Result<HashSet<Uuid>> {
    let Some(person) = actor.person_for(Action::MembershipRead) else { return Ok(HashSet::new()) };
    let words = |row: &Model| row.message.is_some() || row.reason.is_some();
    let of: HashSet<Uuid> = rows
        .iter()
        .filter(|named| words(&named.row) && named.row.person_id != person)
        .map(|named| named.row.community_id)
        .collect();
    if of.is_empty() {
        return Ok(HashSet::new());
    }
    let led: Vec<Uuid> = community_office::Entity::find()
        .select_only()
        .column(community_office::Column::CommunityId)
        .filter(community_office::Column::PersonId.eq(person))
        .filter(community_office::Column::CommunityId.is_in(of))
        .filter(community_office::Column::EndedAt.is_null())
        .into_tuple()
        .all(db)
        .await?;
    Ok(led.into_iter().collect())
}
