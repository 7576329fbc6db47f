//! Answering a request, and answering an invitation.

use super::{reason, step};
use crate::{
    access::{
        action::Action,
        context::{Command, Work},
    },
    community::membership::{
        input::RefuseMembershipInput,
        lock::lock,
        view::{Membership, MembershipId},
    },
    foundation::error::Result,
};

/// Admits who asked.
pub struct AdmitMembership(pub MembershipId);

impl Command for AdmitMembership {
    type Output = Membership;
    const ACTION: Action = Action::MembershipAdmit;

    async fn run(&self, work: &Work<'_>) -> Result<Membership> {
        let held = lock(work, self.0).await?;
        let permit = work.permit(Self::ACTION, &held.place())?;
        work.expect(held.row.version)?;
        let next = held.status.admit()?;
        step(work, &permit, held, next, None, "membership.admitted").await
    }
}

/// Refuses who asked, for a reason.
pub struct RefuseMembership {
    /// Which request.
    pub id: MembershipId,
    /// Why.
    pub input: RefuseMembershipInput,
}

impl Command for RefuseMembership {
    type Output = Membership;
    const ACTION: Action = Action::MembershipRefuse;

    fn why(&self) -> Option<&str> {
        Some(&self.input.reason)
    }

    async fn run(&self, work: &Work<'_>) -> Result<Membership> {
        let held = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &held.place())?;
        work.expect(held.row.version)?;
        let reason = reason(&self.input.reason)?;
        let next = held.status.refuse()?;
        step(work, &permit, held, next, Some(reason), "membership.refused").await
    }
}

/// Accepts an invitation.
pub struct AcceptMembership(pub MembershipId);

impl Command for AcceptMembership {
    type Output = Membership;
    const ACTION: Action = Action::MembershipAccept;

    async fn run(&self, work: &Work<'_>) -> Result<Membership> {
        let held = lock(work, self.0).await?;
        let permit = work.permit(Self::ACTION, &held.place())?;
        work.expect(held.row.version)?;
        let next = held.status.accept()?;
        step(work, &permit, held, next, None, "membership.accepted").await
    }
}

/// Declines an invitation.
pub struct DeclineMembership(pub MembershipId);

impl Command for DeclineMembership {
    type Output = Membership;
    const ACTION: Action = Action::MembershipDecline;

    async fn run(&self, work: &Work<'_>) -> Result<Membership> {
        let held = lock(work, self.0).await?;
        let permit = work.permit(Self::ACTION, &held.place())?;
        work.expect(held.row.version)?;
        let next = held.status.decline()?;
        step(work, &permit, held, next, None, "membership.declined").await
    }
}
