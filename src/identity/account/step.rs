//! Blocking, unblocking, letting somebody back in.

use chrono::{DateTime, Utc};
use entity::{
    account::{ActiveModel, Column, Model},
    person, role_grant,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter, QuerySelect,
};

use super::{
    input::{BlockAccountInput, RemoveAccountSecondFactorInput},
    rule::AccountStatus,
    view::{Account, AccountId},
    write::announce,
};
use crate::{
    access::{
        action::Action,
        actor::{Permit, Place, within},
        context::{Command, Work},
        scope,
    },
    foundation::{
        error::{Error, Faults, Result},
        text::Reason,
    },
    identity::sign_in::{link, link::LinkKind, password, second, session},
};

/// Blocks an account: nobody signs in with it, and what was open is closed.
pub struct BlockAccount {
    /// Which one.
    pub id: AccountId,
    /// Why.
    pub input: BlockAccountInput,
}

impl Command for BlockAccount {
    type Output = Account;
    const ACTION: Action = Action::AccountBlock;

    fn why(&self) -> Option<&str> {
        Some(&self.input.reason)
    }

    async fn run(&self, work: &Work<'_>) -> Result<Account> {
        let (found, place) = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &place)?;
        work.expect(found.version)?;
        let mut faults = Faults::new();
        let reason = faults.take("/reason", Reason::parse(&self.input.reason));
        faults.done()?;
        let status = status(&found)?.block()?;
        session::end_all(work.tx, found.id).await?;
        link::retire(work.tx, found.id).await?;
        password::revoke_apps(work.tx, found.id).await?;
        let mut change = found.clone().into_active_model();
        change.status = Set(status.as_str().to_owned());
        change.status_reason = Set(reason.map(|reason| reason.as_str().to_owned()));
        update(work, &permit, &found, change, "account.blocked", place).await
    }
}

/// Takes a block back.
pub struct UnblockAccount {
    /// Which one.
    pub id: AccountId,
}

impl Command for UnblockAccount {
    type Output = Account;
    const ACTION: Action = Action::AccountUnblock;

    async fn run(&self, work: &Work<'_>) -> Result<Account> {
        let (found, place) = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &place)?;
        work.expect(found.version)?;
        let status = status(&found)?.unblock(found.password_hash.is_some())?;
        let mut change = found.clone().into_active_model();
        change.status = Set(status.as_str().to_owned());
        change.status_reason = Set(None);
        update(work, &permit, &found, change, "account.unblocked", place).await
    }
}

/// Sends the owner a link to set a password; a new invitation where they never did.
pub struct SendAccountReset {
    /// Which one.
    pub id: AccountId,
}

impl Command for SendAccountReset {
    type Output = Account;
    const ACTION: Action = Action::AccountSendReset;

    async fn run(&self, work: &Work<'_>) -> Result<Account> {
        let (found, place) = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &place)?;
        work.expect(found.version)?;
        let status = status(&found)?;
        status.may_be_written_to()?;
        let kind = if status == AccountStatus::Invited { LinkKind::Invitation } else { LinkKind::Reset };
        if !password::deliver(work.services, work.tx, &found, kind).await? {
            return Err(Error::conflict("account_without_email"));
        }
        let change = found.clone().into_active_model();
        update(work, &permit, &found, change, "account.reset_sent", place).await
    }
}

/// Takes the second factor of somebody away who lost phone and codes.
pub struct RemoveAccountSecondFactor {
    /// Which one.
    pub id: AccountId,
    /// Why.
    pub input: RemoveAccountSecondFactorInput,
}

impl Command for RemoveAccountSecondFactor {
    type Output = Account;
    const ACTION: Action = Action::AccountRemoveSecondFactor;

    fn why(&self) -> Option<&str> {
        Some(&self.input.reason)
    }

    async fn run(&self, work: &Work<'_>) -> Result<Account> {
        let (found, place) = lock(work, self.id).await?;
        work.permit(Self::ACTION, &place)?;
        work.expect(found.version)?;
        let mut faults = Faults::new();
        faults.take("/reason", Reason::parse(&self.input.reason));
        faults.done()?;
        if found.totp_confirmed_at.is_none() {
            return Err(Error::conflict("account_without_second_factor"));
        }
        session::end_all(work.tx, found.id).await?;
        password::revoke_apps(work.tx, found.id).await?;
        second::remove(work.tx, found).await?.try_into()
    }
}

fn status(row: &Model) -> Result<AccountStatus> {
    AccountStatus::parse(&row.status).map_err(|f| Error::internal("account.status", f.code))
}

/// The row, locked until the transaction ends, and where it belongs.
async fn lock(work: &Work<'_>, id: AccountId) -> Result<(Model, Place)> {
    let found = scope::accounts(work.actor)?
        .filter(Column::Id.eq(id.uuid()))
        .lock_exclusive()
        .one(work.db())
        .await?
        .ok_or(Error::NotFound("account"))?;
    let place = place(work, &found).await?;
    Ok((found, place))
}

/// Where an account belongs: to its person's region, or to the wider one of a role that it holds. Whoever holds a role
/// beyond that region, or one of no region at all, is nobody's but the ministry's: an officer reaches over nobody who
/// reaches further.
async fn place(work: &Work<'_>, row: &Model) -> Result<Place> {
    let nowhere = Place { person: row.person_id, ..Place::default() };
    let Some(person) = row.person_id else { return Ok(nowhere) };
    let home = person::Entity::find_by_id(person).one(work.db()).await?.and_then(|one| one.region_code);
    let Some(mut region) = home else { return Ok(nowhere) };
    for role in roles(work, row, work.now()).await? {
        let of_one = role.person_id.is_some() || role.school_id.is_some();
        match role.region_code {
            Some(wider) if within(&region, &wider) => region = wider,
            Some(narrower) if within(&narrower, &region) => {}
            None if of_one => {}
            _ => return Ok(nowhere),
        }
    }
    Ok(Place { region: Some(region), ..nowhere })
}

async fn roles(work: &Work<'_>, row: &Model, now: DateTime<Utc>) -> Result<Vec<role_grant::Model>> {
    use role_grant::Column;
    let live = Column::ExpiresAt.is_null().or(Column::ExpiresAt.gt(now));
    let held = Column::AccountId.eq(row.id).and(Column::WithdrawnAt.is_null()).and(live);
    Ok(role_grant::Entity::find().filter(held).all(work.db()).await?)
}

async fn update(
    work: &Work<'_>,
    _: &Permit,
    found: &Model,
    mut change: ActiveModel,
    kind: &'static str,
    place: Place,
) -> Result<Account> {
    change.version = Set(found.version + 1);
    change.updated_at = Set(work.now());
    let row = work.save(found, change).await?;
    announce(work, kind, &row, place.region).await?;
    row.try_into()
}
