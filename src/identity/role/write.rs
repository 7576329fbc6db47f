//! Giving roles and taking them back.

use chrono::{DateTime, SubsecRound, Utc};
use entity::role_grant::{self, Column, Entity, Model};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QuerySelect,
    Select,
};
use serde_json::json;
use uuid::Uuid;

use super::{
    delegation::{self, Appointment},
    input::{GiveRoleGrantInput, WithdrawRoleGrantInput},
    place::Named,
    view::{self, RoleGrant, RoleGrantId, RoleGrantState},
};
use crate::{
    access::{
        action::Action,
        actor::{Permit, Place},
        context::{Command, Work},
        grant::{Grant, Role},
        policy::needs_second_factor,
        scope,
    },
    directory::person::merged,
    foundation::{
        dates,
        error::{Error, Fault, Faults, Result},
        event::Event,
        text::Reason,
    },
};

/// Gives a role.
pub struct GiveRoleGrant(pub GiveRoleGrantInput);

/// Who is to hold a role.
struct Holder {
    account: Option<Uuid>,
    client: Option<Uuid>,
    person: Option<Uuid>,
    /// Why it can hold none.
    unfit: Option<&'static str>,
}

impl Command for GiveRoleGrant {
    type Output = RoleGrant;
    const ACTION: Action = Action::RoleGrantGive;

    fn why(&self) -> Option<&str> {
        Some(&self.0.reason)
    }

    async fn run(&self, work: &Work<'_>) -> Result<RoleGrant> {
        let Self(input) = self;
        let mut faults = Faults::new();
        let named = Named {
            role: input.role,
            region: input.region_code.as_deref(),
            organisation: input.organisation_id.map(Into::into),
            school: input.school_id.map(Into::into),
        };
        let (appointment, place) = named.find(work.db(), &mut faults).await?;
        let permit = work.permit(Self::ACTION, &place)?;
        let holder = holder(work, input, &mut faults).await?;
        let grant = grant(input, holder.as_ref(), &mut faults);
        let reason = faults.take("/reason", Reason::parse(&input.reason));
        let until = end_of(input, work.now(), &mut faults);
        faults.done()?;
        let (Some(holder), Some(reason)) = (holder, reason) else {
            return Err(Error::invalid("", "invalid"));
        };
        require_giver(work, &appointment, until).await?;
        require_other(work, &holder)?;
        if let Some(code) = holder.unfit {
            return Err(Error::conflict(code));
        }
        require_new(work, &holder, &grant).await?;
        insert(work, &permit, &place, row(work, until, &holder, grant, &reason)).await
    }
}

async fn holder(work: &Work<'_>, input: &GiveRoleGrantInput, faults: &mut Faults) -> Result<Option<Holder>> {
    match (input.account_id, input.client_id) {
        (Some(id), None) => {
            let found =
                scope::holding_account(work.actor, id.uuid())?.lock_exclusive().one(work.db()).await?;
            faults.require(found.is_some(), "/accountId", "reference_unknown");
            let Some(row) = found else { return Ok(None) };
            Ok(Some(Holder {
                account: Some(row.id),
                client: None,
                person: current(work, row.person_id).await?,
                unfit: (!matches!(row.status.as_str(), "active" | "invited"))
                    .then_some("role_grant_account_blocked"),
            }))
        }
        (None, Some(id)) => {
            let found = scope::holding_client(work.actor, id.uuid())?.lock_exclusive().one(work.db()).await?;
            faults.require(found.is_some(), "/clientId", "reference_unknown");
            Ok(found.map(|row| Holder {
                account: None,
                client: Some(row.id),
                person: None,
                unfit: (row.status != "approved").then_some("role_grant_client_not_approved"),
            }))
        }
        _ => {
            faults.push(Fault::new("/accountId", "role_grant_holder_ambiguous"));
            Ok(None)
        }
    }
}

/// The record that a human has now: whoever signs in with the account of a retired record is the same one.
async fn current(work: &Work<'_>, person: Option<Uuid>) -> Result<Option<Uuid>> {
    match person {
        Some(id) => Ok(Some(merged::resolve(work.db(), id).await?)),
        None => Ok(None),
    }
}

/// The role with its place. As which person it is held is never chosen: it is the person of the account.
fn grant(input: &GiveRoleGrantInput, holder: Option<&Holder>, faults: &mut Faults) -> Grant {
    let as_person = matches!(input.role, Role::ResourcePerson | Role::Principal);
    let grant = Grant {
        role: input.role,
        region: input.region_code.clone(),
        organisation: input.organisation_id.map(Into::into),
        school: input.school_id.map(Into::into),
        person: holder.and_then(|holder| holder.person).filter(|_| as_person),
    };
    let for_client = input.account_id.is_none() && input.client_id.is_some();
    if input.role == Role::Teacher {
        faults.push(Fault::new("/role", "role_grant_teacher"));
    } else if for_client && input.role != Role::MinistrySystem {
        // What a system decides nobody answers for.
        faults.push(Fault::new("/role", "role_grant_not_for_clients"));
    } else if let Err(fault) = grant.check() {
        let pointer = match fault.pointer.as_str() {
            "/region" => "/regionCode",
            "/organisation" => "/organisationId",
            "/school" => "/schoolId",
            _ => "/accountId",
        };
        // Without a holder it is not known whether there is a person.
        if holder.is_some() || pointer != "/accountId" {
            faults.push(Fault { pointer: pointer.to_owned(), ..fault });
        }
    }
    grant
}

/// When it is to end, where it is: ahead, and to the second.
fn end_of(input: &GiveRoleGrantInput, now: DateTime<Utc>, faults: &mut Faults) -> Option<DateTime<Utc>> {
    let end = faults.take("/expiresAt", dates::instant(input.expires_at?))?.trunc_subsecs(0);
    faults.require(end > now, "/expiresAt", "role_grant_expiry_past");
    Some(end)
}

/// That the caller gives such roles, and none that lasts longer than what they give it by.
async fn require_giver(work: &Work<'_>, to: &Appointment, until: Option<DateTime<Utc>>) -> Result<()> {
    let refused = || Error::Forbidden(Action::RoleGrantGive.name());
    let gives = |grant: &Grant| delegation::may_give(grant, to);
    if !work.actor.grants_for(Action::RoleGrantGive).iter().any(gives) {
        return Err(refused());
    }
    let Some(via) = &work.actor.via else { return Ok(()) };
    // A role that waits for a second factor gives nothing, so it bounds nothing either.
    let in_force = |grant: &Grant| via.second_factor || !needs_second_factor(grant.role);
    let rows = scope::own_role_grants(via, work.now()).all(work.db()).await?;
    let ends: Vec<_> = rows
        .iter()
        .filter(|row| view::grant(row).is_some_and(|grant| in_force(&grant) && gives(&grant)))
        .map(|row| row.expires_at)
        .collect();
    if ends.is_empty() {
        return Err(refused());
    }
    // An own role without an end bounds nothing; else the one that lasts longest does.
    let Some(last) = ends.iter().copied().collect::<Option<Vec<_>>>().and_then(|all| all.into_iter().max())
    else {
        return Ok(());
    };
    if until.is_some_and(|until| until <= last) {
        return Ok(());
    }
    let fault = Fault::new("/expiresAt", "role_grant_outlives_giver").with("until", last.to_rfc3339());
    Err(Error::Invalid(vec![fault]))
}

/// Nobody gives themselves a role: it may do what they may not.
fn require_other(work: &Work<'_>, holder: &Holder) -> Result<()> {
    let via = work.actor.via.as_ref();
    let account = holder.account.is_some() && via.and_then(|via| via.account) == holder.account;
    let client = via.is_some_and(|via| via.account.is_none() && Some(via.client) == holder.client);
    let person = holder.person.is_some() && work.actor.person() == holder.person;
    if account || client || person { Err(Error::conflict("role_grant_own")) } else { Ok(()) }
}

/// What the holder has of this role, at this place, and what still counts of it.
fn alike(holder: &Holder, grant: &Grant) -> Select<Entity> {
    let same = Entity::find().filter(Column::Role.eq(grant.role.name()));
    let same = match &grant.region {
        Some(code) => same.filter(Column::RegionCode.eq(code)),
        None => same.filter(Column::RegionCode.is_null()),
    };
    let places = [(Column::OrganisationId, grant.organisation), (Column::SchoolId, grant.school)];
    let holders = [(Column::AccountId, holder.account), (Column::ClientId, holder.client)];
    places.into_iter().chain(holders).fold(same, |same, (column, id)| match id {
        Some(id) => same.filter(column.eq(id)),
        None => same.filter(column.is_null()),
    })
}

async fn require_new(work: &Work<'_>, holder: &Holder, grant: &Grant) -> Result<()> {
    let live = super::read::in_state(RoleGrantState::Live, work.now());
    let held = alike(holder, grant).filter(live).count(work.db()).await?;
    if held > 0 { Err(Error::conflict("role_grant_held")) } else { Ok(()) }
}

fn row(
    work: &Work<'_>,
    until: Option<DateTime<Utc>>,
    holder: &Holder,
    grant: Grant,
    reason: &Reason,
) -> Model {
    let now = work.now();
    Model {
        id: work.new_id(),
        account_id: holder.account,
        client_id: holder.client,
        role: grant.role.name().to_owned(),
        region_code: grant.region,
        organisation_id: grant.organisation,
        school_id: grant.school,
        person_id: grant.person,
        reason: reason.as_str().to_owned(),
        given_by: work.actor.subject.clone(),
        given_at: now,
        expires_at: until,
        withdrawn_at: None,
        withdrawn_by: None,
        withdrawn_reason: None,
        version: 1,
        created_at: now,
        updated_at: now,
    }
}

async fn insert(work: &Work<'_>, _: &Permit, place: &Place, row: Model) -> Result<RoleGrant> {
    Entity::insert(row.clone().into_active_model()).exec_without_returning(work.db()).await?;
    announce(work, "role_grant.given", place, &row).await?;
    RoleGrant::at(row, work.now())
}

/// Takes a role back: whoever could give it, or whoever holds it.
pub struct WithdrawRoleGrant {
    /// Which.
    pub id: RoleGrantId,
    /// Why.
    pub input: WithdrawRoleGrantInput,
}

impl Command for WithdrawRoleGrant {
    type Output = RoleGrant;
    const ACTION: Action = Action::RoleGrantWithdraw;

    fn why(&self) -> Option<&str> {
        Some(&self.input.reason)
    }

    async fn run(&self, work: &Work<'_>) -> Result<RoleGrant> {
        let found = lock(work, self.id).await?;
        let mut gone = Faults::new();
        let (appointment, place) = Named::of(&found)?.find(work.db(), &mut gone).await?;
        let place = Place { person: person_of(work, &found).await?, account: found.account_id, ..place };
        let permit = work.permit(Self::ACTION, &place)?;
        let takes = |grant: &Grant| delegation::may_withdraw(grant, &appointment);
        let may = holds(work, &found, &place) || work.actor.grants_for(Self::ACTION).iter().any(takes);
        if !may {
            return Err(Error::Forbidden(Self::ACTION.name()));
        }
        work.expect(found.version)?;
        let mut faults = Faults::new();
        let reason = faults.take("/reason", Reason::parse(&self.input.reason));
        faults.done()?;
        let Some(reason) = reason else { return Err(Error::invalid("/reason", "reason_missing")) };
        match view::state(&found, work.now()) {
            RoleGrantState::Live => end(work, &permit, &place, found, &reason).await,
            RoleGrantState::Expired => Err(Error::conflict("role_grant_expired")),
            RoleGrantState::Withdrawn => Err(Error::conflict("role_grant_withdrawn")),
        }
    }
}

async fn lock(work: &Work<'_>, id: RoleGrantId) -> Result<Model> {
    scope::role_grants(work.actor)?
        .filter(Column::Id.eq(id.uuid()))
        .lock_exclusive()
        .one(work.db())
        .await?
        .ok_or(Error::NotFound("role_grant"))
}

/// The person behind the account that holds it.
async fn person_of(work: &Work<'_>, row: &Model) -> Result<Option<Uuid>> {
    let Some(account) = row.account_id else { return Ok(None) };
    let row = scope::holder_of(account).one(work.db()).await?;
    current(work, row.and_then(|row| row.person_id)).await
}

/// Whether the caller holds it.
fn holds(work: &Work<'_>, row: &Model, place: &Place) -> bool {
    let via = work.actor.via.as_ref();
    let account = row.account_id.is_some() && via.and_then(|via| via.account) == row.account_id;
    let client = via.is_some_and(|via| via.account.is_none() && Some(via.client) == row.client_id);
    account || client || (place.person.is_some() && work.actor.person() == place.person)
}

async fn end(work: &Work<'_>, _: &Permit, place: &Place, found: Model, reason: &Reason) -> Result<RoleGrant> {
    let mut change: role_grant::ActiveModel = found.clone().into_active_model();
    change.withdrawn_at = Set(Some(work.now()));
    change.withdrawn_by = Set(Some(work.actor.subject.clone()));
    change.withdrawn_reason = Set(Some(reason.as_str().to_owned()));
    change.version = Set(found.version + 1);
    change.updated_at = Set(work.now());
    let row = work.save(&found, change).await?;
    announce(work, "role_grant.withdrawn", place, &row).await?;
    RoleGrant::at(row, work.now())
}

/// Which role of whom, and where; the reason stays in the register.
async fn announce(work: &Work<'_>, kind: &'static str, place: &Place, row: &Model) -> Result<()> {
    let event =
        Event::new(kind, "role_grant", row.id, row.version).in_region(place.region.clone()).with(json!({
            "role": row.role,
            "accountId": row.account_id,
            "clientId": row.client_id,
            "regionCode": row.region_code,
            "organisationId": row.organisation_id,
            "schoolId": row.school_id,
            "expiresAt": row.expires_at,
        }));
    work.emit(event).await?;
    Ok(())
}
