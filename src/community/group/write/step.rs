//! Beginning a community's work, and noting that it has gone quiet.

use sea_orm::{ActiveValue::Set, IntoActiveModel};

use super::{has_chair, members, update};
use crate::{
    access::{
        action::Action,
        actor::Permit,
        context::{Command, Work},
    },
    community::group::{
        lock::{Held, lock},
        quiet::{Dormancy, Known},
        rule,
        state::CommunityStatus,
        view::{Community, CommunityId},
    },
    foundation::error::{Error, Fault, Result},
};

/// Begins the work of a community that forms, or takes it up again after it was dormant.
pub struct ActivateCommunity {
    /// Which one.
    pub id: CommunityId,
}

impl Command for ActivateCommunity {
    type Output = Community;
    const ACTION: Action = Action::CommunityActivate;

    async fn run(&self, work: &Work<'_>) -> Result<Community> {
        let held = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &held.place)?;
        work.expect(held.row.version)?;
        let next = held.status.activate()?;
        rule::require_ready(has_chair(work, held.row.id).await?, members(work, held.row.id).await?)?;
        step(work, &permit, &held, next, "community.activated").await
    }
}

/// Notes that an active community has gone quiet. The service does so by itself; whoever looks after the
/// region may do it at once.
pub struct RestCommunity {
    /// Which one.
    pub id: CommunityId,
}

impl Command for RestCommunity {
    type Output = Community;
    const ACTION: Action = Action::CommunityRest;

    async fn run(&self, work: &Work<'_>) -> Result<Community> {
        let held = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &held.place)?;
        work.expect(held.row.version)?;
        let next = held.status.rest()?;
        let known = Known {
            status: held.status,
            status_since: held.row.status_since,
            last_held_at: held.row.last_held_at,
            cadence_days: held.row.cadence_days,
        };
        match Dormancy::of(known, work.now()) {
            Some(dormancy) if dormancy.is_quiet => {}
            Some(Dormancy { quiet_since, due_at, .. }) => {
                let fault = Fault::new("", "community_not_quiet");
                return Err(Error::conflict_with(
                    fault.with("quietSince", quiet_since.to_rfc3339()).with("dueAt", due_at.to_rfc3339()),
                ));
            }
            None => return Err(Error::internal("the silence of a community", "cannot be told")),
        }
        step(work, &permit, &held, next, "community.rested").await
    }
}

async fn step(
    work: &Work<'_>,
    permit: &Permit,
    held: &Held,
    next: CommunityStatus,
    event: &'static str,
) -> Result<Community> {
    let mut change = held.row.clone().into_active_model();
    change.status = Set(next.as_str().to_owned());
    change.status_since = Set(work.now());
    update(work, permit, &held.row, change, event).await
}
