//! What the moderator alone may do: take a proposal away, and learn who wrote an anonymous one.

use entity::{
    proposal_moderation,
    proposal_unsealing::{Entity, Model},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};
use serde_json::json;
use uuid::Uuid;

use super::{Locked, lock, reason, step, written};
use crate::{
    access::{
        action::Action,
        actor::Permit,
        context::{Command, Trace, Work},
        veil::{Opened, Veil},
    },
    community::{
        colleague,
        moderation::{rule::ModerationStepKind, settle_reports},
        proposal::{
            input::{RemoveProposalInput, UnsealProposalInput},
            state::ProposalStatus,
            view::{Proposal, ProposalId, UnsealedAuthor},
        },
    },
    directory::person::merged,
    foundation::{
        error::{Error, Result},
        event::Event,
        text::Reason,
    },
};

/// Takes a proposal away.
pub struct RemoveProposal {
    /// Which one.
    pub id: ProposalId,
    /// Why.
    pub input: RemoveProposalInput,
}

impl Command for RemoveProposal {
    type Output = Proposal;
    const ACTION: Action = Action::ProposalRemove;

    async fn run(&self, work: &Work<'_>) -> Result<Proposal> {
        let locked = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &locked.community.place)?;
        work.expect(locked.row.version)?;
        let next = locked.status.remove()?;
        let reason = reason("/reason", &self.input.reason)?;
        keep(work, &permit, &locked, ModerationStepKind::Removed, &reason).await?;
        settle_reports(work, &permit, locked.row.id).await?;
        step(work, &permit, &locked, next, Some(&reason), "proposal.removed").await
    }
}

/// Keeps a step of moderation, and where the proposal stood before it.
async fn keep(
    work: &Work<'_>,
    _: &Permit,
    locked: &Locked,
    kind: ModerationStepKind,
    reason: &Reason,
) -> Result<()> {
    let row = &locked.row;
    let kept = proposal_moderation::Model {
        id: work.new_id(),
        proposal_id: row.id,
        step: kind.as_str().to_owned(),
        reason: reason.as_str().to_owned(),
        done_by: work.actor.subject.clone(),
        done_at: work.now(),
        status_before: row.status.clone(),
        reason_before: row.status_reason.clone(),
        since_before: row.status_since,
    };
    let kept = proposal_moderation::Entity::insert(kept.into_active_model());
    kept.exec_without_returning(work.db()).await?;
    Ok(())
}

/// The last removal of a proposal.
pub(in crate::community) async fn last_removal(
    db: &impl ConnectionTrait,
    proposal: Uuid,
) -> Result<Option<proposal_moderation::Model>> {
    use proposal_moderation::Column;
    let removals = proposal_moderation::Entity::find()
        .filter(Column::ProposalId.eq(proposal))
        .filter(Column::Step.eq(ModerationStepKind::Removed))
        .order_by_desc(Column::Id);
    Ok(removals.one(db).await?)
}

/// Gives a removed proposal back as it stood before. A vote that was broken off gets the time it lost.
pub(in crate::community) async fn returned(
    work: &Work<'_>,
    permit: &Permit,
    locked: &Locked,
    reason: &Reason,
) -> Result<()> {
    let removal = last_removal(work.db(), locked.row.id).await?.ok_or(Error::NotFound("proposal"))?;
    let before = ProposalStatus::parse(&removal.status_before)
        .map_err(|f| Error::internal("proposal_moderation.status_before", f.code))?;
    let next = locked.status.give_back(before)?;
    keep(work, permit, locked, ModerationStepKind::Returned, reason).await?;
    let mut change = locked.row.clone().into_active_model();
    change.status = Set(next.as_str().to_owned());
    change.status_reason = Set(removal.reason_before);
    change.status_since = Set(removal.since_before);
    if let Some(closes_at) = locked.row.voting_closes_at.filter(|at| *at > removal.done_at) {
        change.voting_closes_at = Set(Some(closes_at + work.now().signed_duration_since(removal.done_at)));
    }
    written(work, permit, locked, change, "proposal.returned").await?;
    Ok(())
}

/// Learns who wrote an anonymous proposal. That it happened, by whom and why, is kept; the name is in the one
/// answer and is kept nowhere.
pub struct UnsealProposal {
    /// Of which one.
    pub id: ProposalId,
    /// Why.
    pub input: UnsealProposalInput,
}

impl Command for UnsealProposal {
    type Output = UnsealedAuthor;
    const ACTION: Action = Action::ProposalUnseal;

    fn trace(&self) -> Trace {
        Trace::Unrepeated
    }

    async fn run(&self, work: &Work<'_>) -> Result<UnsealedAuthor> {
        let locked = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &locked.community.place)?;
        work.expect(locked.row.version)?;
        let reason = reason("/reason", &self.input.reason)?;
        let Some(sealed) = locked.row.author_sealed.clone() else {
            return Err(Error::conflict("proposal_not_anonymous"));
        };
        unseal(work, &permit, &locked, &sealed, &reason).await
    }
}

async fn unseal(
    work: &Work<'_>,
    _: &Permit,
    locked: &Locked,
    sealed: &str,
    reason: &Reason,
) -> Result<UnsealedAuthor> {
    let opened = Veil::new(&work.services.keyring).open(locked.row.id, sealed)?;
    let Opened::Person(author) = opened else { return Err(Error::conflict("proposal_seal_lost")) };
    let author: Uuid = merged::resolve(work.db(), author).await?;
    let name = colleague::names(work.db(), vec![author]).await?.remove(&author);
    let kept = Model {
        id: work.new_id(),
        proposal_id: locked.row.id,
        unsealed_by: work.actor.subject.clone(),
        reason: reason.as_str().to_owned(),
        unsealed_at: work.now(),
    };
    Entity::insert(kept.into_active_model()).exec_without_returning(work.db()).await?;
    let event = Event::new("proposal.unsealed", "proposal", locked.row.id, locked.row.version)
        .in_region(Some(locked.community.row.region_code.clone()))
        .with(json!({ "communityId": locked.row.community_id, "reason": reason.as_str() }));
    work.emit(event).await?;
    Ok(UnsealedAuthor {
        proposal_id: locked.row.id.into(),
        person_id: author.into(),
        person_name: name.unwrap_or_default(),
    })
}
