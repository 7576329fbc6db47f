//! What the moderator alone may do: take a proposal away, and learn who wrote an anonymous one.

use entity::proposal_unsealing::{Entity, Model};
use sea_orm::{EntityTrait, IntoActiveModel};
use serde_json::json;
use uuid::Uuid;

use super::{Locked, lock, reason, step};
use crate::{
    access::{
        action::Action,
        actor::Permit,
        context::{Command, Trace, Work},
        veil::Veil,
    },
    community::{
        colleague,
        proposal::{
            input::{RemoveProposalInput, UnsealProposalInput},
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
        step(work, &permit, &locked, next, Some(&reason), "proposal.removed").await
    }
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
    let author = Veil::new(&work.services.keyring).open(locked.row.id, sealed)?;
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
