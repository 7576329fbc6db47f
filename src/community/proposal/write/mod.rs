//! Changing proposals.

mod moderate;
mod propose;
mod vote;

pub use moderate::{RemoveProposal, UnsealProposal};
pub(in crate::community) use moderate::{last_removal, returned};
pub use propose::{CreateProposal, WithdrawProposal};
pub use vote::{DecideProposal, OpenProposalVoting, ReopenProposal, VoteProposal};

use entity::proposal::{ActiveModel, Column, Model};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, IntoActiveModel, QueryFilter, QuerySelect};
use serde_json::json;
use uuid::Uuid;

use super::{
    read,
    state::ProposalStatus,
    view::{Proposal, ProposalId, status},
};
use crate::{
    access::{actor::Permit, context::Work, scope},
    community::group::lock::{self as community_lock, Held},
    foundation::{
        error::{Error, Faults, Result},
        event::Event,
        text::Reason,
    },
};

/// A proposal and its community, both locked.
pub(in crate::community) struct Locked {
    pub(in crate::community) row: Model,
    pub(in crate::community) status: ProposalStatus,
    pub(in crate::community) community: Held,
}

/// Locks the community, then the proposal.
pub(in crate::community) async fn lock(work: &Work<'_>, id: ProposalId) -> Result<Locked> {
    let seen = scope::proposals(work.actor)?.filter(Column::Id.eq(id.uuid()));
    let of: Option<Uuid> =
        seen.clone().select_only().column(Column::CommunityId).into_tuple().one(work.db()).await?;
    let community = community_lock::lock(work, of.ok_or(Error::NotFound("proposal"))?.into()).await?;
    let row = seen.lock_exclusive().one(work.db()).await?.ok_or(Error::NotFound("proposal"))?;
    Ok(Locked { status: status(&row)?, community, row })
}

/// What the caller sees of a row.
async fn shown(work: &Work<'_>, row: Model) -> Result<Proposal> {
    let found = read::shown(work.db(), work.actor, work.services, work.now(), vec![row]).await?;
    found.into_iter().next().ok_or(Error::NotFound("proposal"))
}

/// What is told of a proposal: that it is there and where it stands; not who wrote it, even where that is known.
fn told(kind: &'static str, region: &str, row: &Model) -> Event {
    Event::new(kind, "proposal", row.id, row.version)
        .in_region(Some(region))
        .with(json!({ "communityId": row.community_id, "status": row.status }))
}

/// A reason at `pointer`.
fn reason(pointer: &str, raw: &str) -> Result<Reason> {
    let mut faults = Faults::new();
    let reason = faults.take(pointer, Reason::parse(raw));
    faults.done()?;
    reason.ok_or_else(|| Error::invalid(pointer, "reason_missing"))
}

async fn step(
    work: &Work<'_>,
    permit: &Permit,
    locked: &Locked,
    next: ProposalStatus,
    reason: Option<&Reason>,
    kind: &'static str,
) -> Result<Proposal> {
    let change = locked.row.clone().into_active_model();
    moved(work, permit, locked, change, (next, reason), kind).await
}

async fn moved(
    work: &Work<'_>,
    permit: &Permit,
    locked: &Locked,
    mut change: ActiveModel,
    (next, reason): (ProposalStatus, Option<&Reason>),
    kind: &'static str,
) -> Result<Proposal> {
    change.status = Set(next.as_str().to_owned());
    change.status_reason = Set(reason.map(|reason| reason.as_str().to_owned()));
    change.status_since = Set(work.now());
    written(work, permit, locked, change, kind).await
}

async fn written(
    work: &Work<'_>,
    _: &Permit,
    locked: &Locked,
    mut change: ActiveModel,
    kind: &'static str,
) -> Result<Proposal> {
    change.version = Set(locked.row.version + 1);
    change.updated_at = Set(work.now());
    let row = change.update(work.db()).await?;
    let event = told(kind, &locked.community.row.region_code, &row);
    let shown = shown(work, row).await?;
    work.emit(event).await?;
    Ok(shown)
}
