//! Finding the caller.

use super::view::{HeldGrant, Me};
use crate::{
    access::context::Ctx,
    directory::person::{
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

/// The caller's own record. Who came with a token from before a merge is known by the surviving one.
async fn own(ctx: &Ctx, plan: PersonPlan) -> Result<Option<Person>> {
    match ctx.actor.person() {
        Some(id) => persons::find_opt(ctx, id.into(), plan).await,
        None => Ok(None),
    }
}
