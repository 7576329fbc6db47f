//! Accounts to sign in with, all with one password.

use super::{World, trainings::Trainings};
use crate::{
    access::grant::Grant,
    directory::person::view::PersonId,
    foundation::error::{Error, Result},
    identity::{
        account::{
            by_hand, input::InviteAccountInput, rule::AccountLanguage, view::AccountId, write::InviteAccount,
        },
        sign_in::hash,
    },
};

/// The password of every account of the demo.
pub const PASSWORD: &str = "layang-layang di atas sawah";

/// Makes them; answers the first, the teacher's.
pub async fn open(world: &World<'_>, trainings: &Trainings) -> Result<AccountId> {
    let services = &world.ctx.services;
    // A hash takes a while on purpose; one will do for an invented country.
    let salt = services.ids.random();
    let hash = hash::make(PASSWORD, Vec::new(), salt).await?;
    let hash = hash.map_err(|_| Error::internal("the demo", "its password is refused"))?;
    let teacher = trainings.trained.ok_or_else(|| Error::internal("the demo", "nobody was trained"))?;
    let first = made(world, &hash, "teacher", "Guru Demo", Some(teacher), None).await?;
    let officer = Grant::regional_officer("32");
    made(world, &hash, "officer", "Petugas Dinas Demo", None, Some(officer)).await?;
    made(world, &hash, "moderator", "Moderator Demo", None, Some(Grant::moderator("32"))).await?;
    made(world, &hash, "ministry", "Admin Kementerian Demo", None, Some(Grant::ministry())).await?;
    Ok(first)
}

async fn made(
    world: &World<'_>,
    hash: &str,
    login: &str,
    name: &str,
    person: Option<PersonId>,
    grant: Option<Grant>,
) -> Result<AccountId> {
    let input = InviteAccountInput {
        login: login.to_owned(),
        name: name.to_owned(),
        email: format!("{login}@contoh.sch.id"),
        person_id: person,
        language: Some(AccountLanguage::Id),
    };
    let account = world.ctx.write(InviteAccount { input, by_mail: false }).await?;
    if let Some(grant) = grant {
        by_hand::give_role(&world.ctx.services, account.id, &grant).await?;
    }
    by_hand::set_hash(&world.ctx.services, account.id, hash).await?;
    Ok(account.id)
}
