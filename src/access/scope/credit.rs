//! Where queries about credit start.

use entity::{credit_scheme, person};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, Select,
    sea_query::{Expr, IntoCondition},
};

use super::region_within;
use crate::{
    access::{
        action::Action,
        actor::{Actor, Held},
        grant::Role,
    },
    foundation::error::Result,
};

/// Credit schemes: those that were published for every signed-in caller; drafts for the ministry and the
/// provider's own staff.
///
/// # Errors
/// `unauthenticated` for the public, `forbidden` when no role of the caller has the action.
pub fn credit_schemes(actor: &Actor) -> Result<Select<credit_scheme::Entity>> {
    let known = actor.condition(Action::CreditSchemeRead, |_| None)?;
    let open = Condition::any().add(credit_scheme::Column::Status.ne("draft"));
    let held = actor.grants_for(Action::CreditSchemeRead);
    let seen = held.iter().fold(open, |seen, grant| match (grant.role, grant.organisation) {
        (Role::Ministry | Role::MinistrySystem, _) => seen.add(Expr::value(1).eq(1)),
        (Role::ProviderStaff, Some(id)) => seen.add(credit_scheme::Column::ProviderId.eq(id)),
        _ => seen,
    });
    Ok(credit_scheme::Entity::find().filter(known).filter(seen))
}

/// The persons whose credit is within reach of `action`.
///
/// # Errors
/// `unauthenticated` for the public, `forbidden` when no role of the caller has the action.
pub fn credited(actor: &Actor, action: Action) -> Result<Select<person::Entity>> {
    let condition = actor.condition(action, |held| match held {
        Held::Region(code) => Some(region_within((person::Entity, person::Column::RegionCode), code)),
        Held::Own(id) => Some(person::Column::Id.eq(id).into_condition()),
        _ => None,
    })?;
    Ok(person::Entity::find().filter(condition))
}
