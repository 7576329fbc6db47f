//! Finding the caller.

use super::view::{HeldGrant, Me};
use crate::{
    access::context::Ctx,
    directory::person::{
        merged,
        read::{self as persons, PersonPlan},
        view::Person,
    },
    foundation::error::Result,
};

/// The caller. Everyone may ask, without a token too.
pub async fn find(ctx: &Ctx, plan: PersonPlan) -> Result<Me> {
    let mut roles: Vec<_> = ctx.actor.grants.iter().map(|grant| grant.role).collect();
    roles.sort_unstable();
    roles.dedup();
    Ok(Me {
        subject: ctx.actor.subject.clone(),
        language: ctx.language.tag().to_owned(),
        roles,
        grants: ctx.actor.grants.iter().map(HeldGrant::from).collect(),
        person: own(ctx, plan).await?,
    })
}

/// The caller's own record. A token made before a merge names the retired one: the human is the
/// same, so the surviving record is shown; for anything else a new token is needed.
async fn own(ctx: &Ctx, plan: PersonPlan) -> Result<Option<Person>> {
    let Some(id) = ctx.actor.person() else { return Ok(None) };
    let found = persons::find_opt(ctx, id.into(), plan).await?;
    match found {
        Some(Person { merged_into: Some(next), .. }) => {
            let survivor = merged::resolve(ctx.db(), next.uuid()).await?;
            persons::own(ctx, survivor.into(), plan).await
        }
        found => Ok(found),
    }
}
