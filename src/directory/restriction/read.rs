//! Whether the use of a record is restricted.

use entity::person::Column;
use sea_orm::{ColumnTrait, QueryFilter};

use super::view::Restriction;
use crate::{
    access::{action::Action, context::Ctx, scope},
    directory::person::view::PersonId,
    foundation::error::{Error, Result},
};

/// Whether the use of this person's record is restricted.
///
/// # Errors
/// `forbidden`, `not_found`.
pub async fn find(ctx: &Ctx, person: PersonId) -> Result<Restriction> {
    let one = scope::concerned(&ctx.actor, Action::RestrictionRead)?.filter(Column::Id.eq(person.uuid()));
    one.one(ctx.db()).await?.ok_or(Error::NotFound("person"))?.try_into()
}
