//! Leaving, and being removed. Whoever goes gives up their offices; the chair passes theirs on first.

use super::{reason, stepped};
use crate::{
    access::{
        action::Action,
        actor::Permit,
        context::{Command, Work},
    },
    community::{
        membership::{
            input::RemoveMembershipInput,
            lock::{HeldMembership, lock},
            state::MembershipStatus,
            view::{Membership, MembershipId},
        },
        office::write::end_held,
    },
    foundation::{error::Result, text::Reason},
};

/// Leaves a community, or takes a request back.
pub struct LeaveMembership(pub MembershipId);

impl Command for LeaveMembership {
    type Output = Membership;
    const ACTION: Action = Action::MembershipLeave;

    async fn run(&self, work: &Work<'_>) -> Result<Membership> {
        let held = lock(work, self.0).await?;
        let permit = work.permit(Self::ACTION, &held.place())?;
        work.expect(held.row.version)?;
        let next = held.status.leave()?;
        end(work, &permit, held, next, None, "membership.left").await
    }
}

/// Ends somebody's membership, or takes an invitation back, for a reason.
pub struct RemoveMembership {
    /// Which membership.
    pub id: MembershipId,
    /// Why.
    pub input: RemoveMembershipInput,
}

impl Command for RemoveMembership {
    type Output = Membership;
    const ACTION: Action = Action::MembershipRemove;

    fn why(&self) -> Option<&str> {
        Some(&self.input.reason)
    }

    async fn run(&self, work: &Work<'_>) -> Result<Membership> {
        let held = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &held.place())?;
        work.expect(held.row.version)?;
        let reason = reason(&self.input.reason)?;
        let next = held.status.remove()?;
        end(work, &permit, held, next, Some(reason), "membership.removed").await
    }
}

async fn end(
    work: &Work<'_>,
    permit: &Permit,
    held: HeldMembership,
    next: MembershipStatus,
    reason: Option<Reason>,
    event: &'static str,
) -> Result<Membership> {
    // A patron who is no member keeps the office; one who was a member gives up all.
    let offices = if held.status == MembershipStatus::Active {
        end_held(work, permit, &held.community, held.row.person_id).await?
    } else {
        Vec::new()
    };
    let (view, told) = stepped(work, permit, &held, next, reason, event).await?;
    work.emit(told).await?;
    for event in offices {
        work.emit(event).await?;
    }
    Ok(view)
}
