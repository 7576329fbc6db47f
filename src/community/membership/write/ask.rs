//! Asking to join, and inviting.

use entity::{
    membership::{Column, Entity, Model},
    person,
};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::happened;
use crate::{
    access::{
        action::Action,
        actor::{Permit, Place},
        context::{Command, Work},
    },
    community::{
        group::{
            lock::{Held, lock},
            rule::Openness,
            view::CommunityId,
        },
        membership::{
            input::{InviteMembershipInput, RequestMembershipInput, message},
            read,
            state::MembershipStatus,
            view::Membership,
        },
    },
    directory::person::{merged, rule::require_held},
    foundation::error::{Error, Fault, Faults, Result},
};

/// Asks to join a community, for oneself. An open one is joined at once.
pub struct RequestMembership {
    /// Which community.
    pub community: CommunityId,
    /// What one says.
    pub input: RequestMembershipInput,
}

impl Command for RequestMembership {
    type Output = Membership;
    const ACTION: Action = Action::MembershipRequest;

    async fn run(&self, work: &Work<'_>) -> Result<Membership> {
        let person = work.actor.person().ok_or(Error::Forbidden(Self::ACTION.name()))?;
        let person = lock_person(work, person).await?;
        let held = lock(work, self.community).await?;
        let place = Place { person: work.actor.person(), ..held.place.clone() };
        let permit = work.permit(Self::ACTION, &place)?;
        held.status.require_alive()?;
        let person = person.ok_or(Error::NotFound("person"))?;
        let mut faults = Faults::new();
        let message = faults.take("/message", message(self.input.message.as_deref()));
        faults.done()?;
        require_current(work, &person).await?;
        require_none_live(work, held.row.id, person.id).await?;
        let openness = Openness::parse(&held.row.openness)
            .map_err(|fault| Error::internal("community.openness", fault.code))?;
        let status = MembershipStatus::on_request(openness)?;
        insert(work, &permit, &held, person.id, status, message.flatten(), "membership.requested").await
    }
}

/// Invites somebody into a community.
pub struct InviteMembership {
    /// Which community.
    pub community: CommunityId,
    /// Who.
    pub input: InviteMembershipInput,
}

impl Command for InviteMembership {
    type Output = Membership;
    const ACTION: Action = Action::MembershipInvite;

    async fn run(&self, work: &Work<'_>) -> Result<Membership> {
        let person = lock_person(work, self.input.person_id.uuid()).await?;
        let held = lock(work, self.community).await?;
        let permit = work.permit(Self::ACTION, &held.place)?;
        held.status.require_alive()?;
        let mut faults = Faults::new();
        faults.require(person.is_some(), "/personId", "reference_unknown");
        let message = faults.take("/message", message(self.input.message.as_deref()));
        faults.done()?;
        let Some(person) = person else { return Err(Error::invalid("/personId", "reference_unknown")) };
        require_current(work, &person).await?;
        require_none_live(work, held.row.id, person.id).await?;
        let status = MembershipStatus::Invited;
        insert(work, &permit, &held, person.id, status, message.flatten(), "membership.invited").await
    }
}

/// A person, held against a merge meanwhile. Nobody's reach limits it: whoever knows the id was given it.
pub(in crate::community) async fn lock_person(work: &Work<'_>, id: Uuid) -> Result<Option<person::Model>> {
    Ok(person::Entity::find_by_id(id).lock_shared().one(work.db()).await?)
}

/// Refuses somebody who was erased, and a record that was merged into another, naming the one to use.
pub(in crate::community) async fn require_current(work: &Work<'_>, person: &person::Model) -> Result<()> {
    require_held(person.erased_at)?;
    match person.merged_into {
        Some(_) => merged::require_current(work.db(), person.id).await,
        None => Ok(()),
    }
}

/// One live membership per person and community; the community is locked.
async fn require_none_live(work: &Work<'_>, community: Uuid, person: Uuid) -> Result<()> {
    let live = MembershipStatus::ALL.iter().copied().filter(|status| status.is_live());
    let found = Entity::find()
        .filter(Column::CommunityId.eq(community))
        .filter(Column::PersonId.eq(person))
        .filter(Column::Status.is_in(live))
        .one(work.db())
        .await?;
    match found {
        None => Ok(()),
        Some(row) => {
            Err(Error::conflict_with(Fault::new("", "membership_exists").with("status", row.status)))
        }
    }
}

async fn insert(
    work: &Work<'_>,
    _: &Permit,
    held: &Held,
    person: Uuid,
    status: MembershipStatus,
    message: Option<String>,
    event: &'static str,
) -> Result<Membership> {
    let row = Model {
        id: work.new_id(),
        community_id: held.row.id,
        person_id: person,
        status: status.as_str().to_owned(),
        reason: None,
        message,
        joined_at: (status == MembershipStatus::Active).then_some(work.now()),
        ended_at: None,
        version: 1,
        created_at: work.now(),
        updated_at: work.now(),
    };
    Entity::insert(row.clone().into_active_model()).exec_without_returning(work.db()).await?;
    let view = read::view_of(work.db(), work.actor, row.id).await?;
    work.emit(happened(event, &held.row.region_code, &row)).await?;
    Ok(view)
}
