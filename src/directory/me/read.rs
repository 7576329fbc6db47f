//! Finding the caller.

use chrono::{DateTime, Utc};
use entity::role_grant;

use super::view::{AllowedAction, AllowedReach, HeldGrant, Me, MyClient};
use crate::{
    access::{
        action::Action,
        actor::{Actor, Via},
        context::Ctx,
        grant::{Grant, Role},
        policy::needs_second_factor,
        scope,
    },
    directory::person::{
        merged,
        read::{self as persons, PersonPlan},
        view::Person,
    },
    foundation::error::{Error, Result},
};

/// The caller. Everyone may ask, without a token too; whatever the app may do, it learns who it acts for.
pub async fn find(ctx: &Ctx, plan: PersonPlan) -> Result<Me> {
    let actor = &ctx.actor;
    let mut roles: Vec<_> = actor.grants.iter().map(|grant| grant.role).collect();
    roles.sort_unstable();
    roles.dedup();
    let (grants, client) = match &actor.via {
        Some(via) => (given(ctx, via).await?, Some(client(ctx, via).await?)),
        None => (actor.grants.iter().map(HeldGrant::from).collect(), None),
    };
    Ok(Me {
        subject: actor.subject.clone(),
        language: ctx.language.tag().to_owned(),
        roles,
        second_factor_missing: grants.iter().any(|grant| !grant.in_force),
        grants,
        account_id: actor.via.as_ref().and_then(|via| via.account).map(Into::into),
        client,
        scopes: actor.via.as_ref().map(|via| via.scopes.iter().copied().collect()),
        actions: actions(actor),
        person: own(ctx, plan).await?,
    })
}

/// Everything the permission table lets the caller do, within what the app may do.
fn actions(actor: &Actor) -> Vec<AllowedAction> {
    let allowed = |action: &Action| {
        let mut reaches: Vec<AllowedReach> = Vec::new();
        for reach in actor.reaches(*action).into_iter().map(AllowedReach::from) {
            if !reaches.contains(&reach) {
                reaches.push(reach);
            }
        }
        let action = action.name().to_owned();
        (!reaches.is_empty()).then_some(AllowedAction { action, reaches })
    };
    Action::ALL.iter().filter_map(allowed).collect()
}

async fn client(ctx: &Ctx, via: &Via) -> Result<MyClient> {
    let found = scope::own_client(via).one(ctx.db()).await?;
    // It was there when the token was looked up.
    let row = found.ok_or(Error::Unauthenticated("token_revoked"))?;
    Ok(MyClient { id: row.id.into(), name: row.name })
}

/// Every role of whoever came through an app, with its end, and whether it counts: who holds one that can issue or
/// revoke proves a second factor first.
async fn given(ctx: &Ctx, via: &Via) -> Result<Vec<HeldGrant>> {
    let rows = scope::own_role_grants(via, ctx.now()).all(ctx.db()).await?;
    let mut told: Vec<(Grant, Option<DateTime<Utc>>)> =
        rows.iter().filter_map(|row| Some((grant(row)?, row.expires_at))).collect();
    let mut grants: Vec<Grant> = told.iter().map(|one| one.0.clone()).collect();
    merged::follow(ctx.db(), &mut grants).await?;
    for (one, followed) in told.iter_mut().zip(grants) {
        one.0 = followed;
    }
    // A teacher's role comes with the account and stands in no row.
    let by_itself = ctx.actor.grants.iter().filter(|held| !told.iter().any(|one| one.0 == **held));
    let mut held: Vec<HeldGrant> = by_itself.map(HeldGrant::from).collect();
    held.extend(told.iter().map(|(grant, end)| HeldGrant {
        expires_at: *end,
        in_force: via.second_factor || !needs_second_factor(grant.role),
        ..HeldGrant::from(grant)
    }));
    Ok(held)
}

fn grant(row: &role_grant::Model) -> Option<Grant> {
    let grant = Grant {
        role: Role::parse(&row.role)?,
        region: row.region_code.clone(),
        organisation: row.organisation_id,
        school: row.school_id,
        person: row.person_id,
    };
    grant.check().is_ok().then_some(grant)
}

/// The caller's own record, where the app may see it. Who came with a token from before a merge is known by the
/// surviving one.
async fn own(ctx: &Ctx, plan: PersonPlan) -> Result<Option<Person>> {
    match ctx.actor.person_for(Action::PersonRead) {
        Some(id) => persons::find_opt(ctx, id.into(), plan).await,
        None => Ok(None),
    }
}
