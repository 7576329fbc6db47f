//! Where queries about consent to sharing and about restriction start.

use entity::{person, sharing_consent};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Select, sea_query::IntoCondition,
};

use super::region_within;
use crate::{
    access::{
        action::Action,
        actor::{Actor, Held},
    },
    foundation::error::Result,
};

/// What persons agreed to: one's own; all of it for whoever must be able to prove it.
///
/// # Errors
/// `unauthenticated` for the public, `forbidden` when no role of the caller has the action.
pub fn sharing_consents(actor: &Actor) -> Result<Select<sharing_consent::Entity>> {
    let condition = actor.condition(Action::SharingConsentRead, |held| match held {
        Held::Own(id) => Some(sharing_consent::Column::PersonId.eq(id).into_condition()),
        _ => None,
    })?;
    Ok(sharing_consent::Entity::find().filter(condition))
}

/// The persons whom `action` may be about, whether or not the caller comes to see their records: an app that may do the
/// one need not be allowed the other.
///
/// # Errors
/// As [`sharing_consents`].
pub fn concerned(actor: &Actor, action: Action) -> Result<Select<person::Entity>> {
    let condition = actor.condition(action, |held| match held {
        Held::Region(code) => Some(region_within((person::Entity, person::Column::RegionCode), code)),
        Held::Own(id) => Some(person::Column::Id.eq(id).into_condition()),
        _ => None,
    })?;
    Ok(person::Entity::find().filter(condition))
}

/// The persons who agree to this purpose now, in this edition of its words. What is restricted, erased or part of another
/// record shares nothing.
pub fn sharing_persons(purpose: &str, edition: i32) -> Select<person::Entity> {
    use sharing_consent::Column;
    let agreed = sharing_consent::Entity::find()
        .select_only()
        .column(Column::PersonId)
        .filter(Column::Purpose.eq(purpose))
        .filter(Column::Edition.eq(edition))
        .filter(Column::EndedAt.is_null())
        .into_query();
    person::Entity::find()
        .filter(person::Column::RestrictedAt.is_null())
        .filter(person::Column::ErasedAt.is_null())
        .filter(person::Column::MergedInto.is_null())
        .filter(person::Column::Id.in_subquery(agreed))
}
