//! Where queries about roles and who holds them start.

use chrono::{DateTime, Utc};
use entity::{account, oauth_client, organisation, role_grant, school};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, IntoCondition},
};
use uuid::Uuid;

use super::region_within;
use crate::{
    access::{
        action::Action,
        actor::{Actor, Held, Via},
    },
    foundation::error::Result,
};

/// Roles held in the region `code` or below it: of a region, of a school there, of an organisation there.
pub fn roles_within(code: &str) -> Condition {
    use role_grant::Column::{OrganisationId, RegionCode, SchoolId};
    let schools = school::Entity::find()
        .select_only()
        .column(school::Column::Id)
        .filter(region_within((school::Entity, school::Column::RegionCode), code))
        .into_query();
    let organisations = organisation::Entity::find()
        .select_only()
        .column(organisation::Column::Id)
        .filter(region_within((organisation::Entity, organisation::Column::RegionCode), code))
        .into_query();
    Condition::any()
        .add(region_within((role_grant::Entity, RegionCode), code))
        .add(SchoolId.in_subquery(schools))
        .add(OrganisationId.in_subquery(organisations))
}

/// Roles of accounts of this person.
fn roles_of(person: Uuid) -> Condition {
    let accounts = account::Entity::find()
        .select_only()
        .column(account::Column::Id)
        .filter(account::Column::PersonId.eq(person))
        .into_query();
    role_grant::Column::AccountId.in_subquery(accounts).into_condition()
}

/// Given roles within reach, and those that the caller holds.
///
/// # Errors
/// `unauthenticated` for the public, `forbidden` when no role of the caller has the action.
pub fn role_grants(actor: &Actor) -> Result<Select<role_grant::Entity>> {
    let within = actor.condition(Action::RoleGrantRead, |held| match held {
        Held::Region(code) => Some(roles_within(code)),
        Held::Organisation(id) => Some(role_grant::Column::OrganisationId.eq(id).into_condition()),
        Held::Own(person) => Some(roles_of(person)),
        Held::Account(id) => Some(role_grant::Column::AccountId.eq(id).into_condition()),
        _ => None,
    })?;
    // Without a condition there is nothing to add to: an alternative to everything is everything.
    let seen = match actor.via.as_ref() {
        Some(via) if !within.is_empty() => Condition::any().add(within).add(held_by(via)),
        _ => within,
    };
    Ok(role_grant::Entity::find().filter(seen))
}

fn held_by(via: &Via) -> Condition {
    match via.account {
        Some(account) => role_grant::Column::AccountId.eq(account),
        None => role_grant::Column::ClientId.eq(via.client),
    }
    .into_condition()
}

/// The roles that whoever came through `via` holds now.
pub fn own_role_grants(via: &Via, now: DateTime<Utc>) -> Select<role_grant::Entity> {
    use role_grant::Column::{ExpiresAt, WithdrawnAt};
    role_grant::Entity::find()
        .filter(held_by(via))
        .filter(WithdrawnAt.is_null())
        .filter(Expr::col((role_grant::Entity, ExpiresAt)).is_null().or(ExpiresAt.gt(now)))
}

/// The account that is to hold a role, for whoever may give one.
///
/// # Errors
/// `unauthenticated` for the public, `forbidden` when no role of the caller has the action.
pub fn holding_account(actor: &Actor, id: Uuid) -> Result<Select<account::Entity>> {
    actor.require_role_for(Action::RoleGrantGive)?;
    Ok(account::Entity::find().filter(account::Column::Id.eq(id)))
}

/// The client that is to hold a role, for whoever may give one.
///
/// # Errors
/// `unauthenticated` for the public, `forbidden` when no role of the caller has the action.
pub fn holding_client(actor: &Actor, id: Uuid) -> Result<Select<oauth_client::Entity>> {
    actor.require_role_for(Action::RoleGrantGive)?;
    Ok(oauth_client::Entity::find().filter(oauth_client::Column::Id.eq(id)))
}

/// The person behind the account that holds a role, for the permission table.
pub fn holder_of(account: Uuid) -> Select<account::Entity> {
    account::Entity::find().filter(account::Column::Id.eq(account))
}

/// The app or system through which a caller came.
pub fn own_client(via: &Via) -> Select<oauth_client::Entity> {
    oauth_client::Entity::find().filter(oauth_client::Column::Id.eq(via.client))
}
