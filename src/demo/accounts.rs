//! Accounts to sign in with, all with one password.

use super::{World, communities::acting, people::People, trainings::Trainings};
use crate::{
    access::grant::{Grant, Role},
    directory::{
        person::view::PersonId,
        sharing_consent::{
            rule::{ConsentLanguage, SharingPurpose},
            texts,
            write::{GiveSharingConsent, GiveSharingConsentInput},
        },
    },
    foundation::error::{Error, Result},
    identity::{
        account::{
            by_hand, input::InviteAccountInput, rule::AccountLanguage, view::AccountId, write::InviteAccount,
        },
        role::{input::GiveRoleGrantInput, view::RoleGrantId, write::GiveRoleGrant},
        sign_in::hash,
    },
};

/// The password of every account of the demo.
pub const PASSWORD: &str = "layang-layang di atas sawah";

/// Makes them; answers the first, the teacher's, and the role of the officer.
pub(super) async fn open(world: &World<'_>, trainings: &Trainings) -> Result<(AccountId, RoleGrantId)> {
    let services = &world.ctx.services;
    // A hash takes a while on purpose; one will do for an invented country.
    let salt = services.ids.random();
    let hash = hash::make(PASSWORD, Vec::new(), salt).await?;
    let hash = hash.map_err(|_| Error::internal("the demo", "its password is refused"))?;
    let teacher = trainings.trained.ok_or_else(|| Error::internal("the demo", "nobody was trained"))?;
    let first = made(world, &hash, "teacher", "Guru Demo", Some(teacher)).await?;
    let officer = made(world, &hash, "officer", "Petugas Dinas Demo", None).await?;
    let given = role(world, officer, Role::RegionalOfficer, Some("32")).await?;
    let moderator = made(world, &hash, "moderator", "Moderator Demo", None).await?;
    role(world, moderator, Role::Moderator, Some("32")).await?;
    let ministry = made(world, &hash, "ministry", "Admin Kementerian Demo", None).await?;
    role(world, ministry, Role::Ministry, None).await?;
    Ok((first, given))
}

/// A principal agrees that their name is shown whole on certificates.
pub(super) async fn agree(world: &World<'_>, people: &People) -> Result<()> {
    let person = people.principals.first().ok_or_else(|| Error::internal("the demo", "no principal"))?.id;
    let purpose = SharingPurpose::NameOnVerification;
    let edition = texts::edition(purpose);
    let input = GiveSharingConsentInput { purpose, edition, language: ConsentLanguage::Id };
    let own = acting(world, &Grant::teacher(person.uuid()));
    own.write(GiveSharingConsent { person, input }).await?;
    Ok(())
}

async fn role(
    world: &World<'_>,
    account: AccountId,
    role: Role,
    region: Option<&str>,
) -> Result<RoleGrantId> {
    let input = GiveRoleGrantInput {
        region_code: region.map(str::to_owned),
        ..GiveRoleGrantInput::national(account, role, "SK 800/32/2026")
    };
    Ok(world.ctx.write(GiveRoleGrant(input)).await?.id)
}

async fn made(
    world: &World<'_>,
    hash: &str,
    login: &str,
    name: &str,
    person: Option<PersonId>,
) -> Result<AccountId> {
    let input = InviteAccountInput {
        login: login.to_owned(),
        name: name.to_owned(),
        email: format!("{login}@contoh.sch.id"),
        person_id: person,
        language: Some(AccountLanguage::Id),
    };
    let account = world.ctx.write(InviteAccount { input, by_mail: false }).await?;
    by_hand::set_hash(&world.ctx.services, account.id, hash).await?;
    Ok(account.id)
}
