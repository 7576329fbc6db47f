//! What the author does: propose, and take back.

use entity::proposal::{Entity, Model};
use sea_orm::{EntityTrait, IntoActiveModel};

use super::{lock, shown, step, told};
use crate::{
    access::{
        action::Action,
        actor::{Permit, Place},
        context::{Command, Trace, Work},
        veil::Veil,
    },
    community::{
        group::{lock as community_lock, view::CommunityId},
        proposal::{
            author::Own,
            input::CreateProposalInput,
            rule::{BODY, TITLE},
            state::ProposalStatus,
            view::{Proposal, ProposalId},
        },
    },
    foundation::{
        error::{Error, Faults, Result},
        text,
    },
};

/// Proposes something to a community.
pub struct CreateProposal {
    /// To which.
    pub community: CommunityId,
    /// What.
    pub input: CreateProposalInput,
}

impl Command for CreateProposal {
    type Output = Proposal;
    const ACTION: Action = Action::ProposalCreate;

    fn trace(&self) -> Trace {
        if self.input.anonymous { Trace::Withheld } else { Trace::Named }
    }

    fn otherwise(&self) -> Option<Trace> {
        Some(if self.input.anonymous { Trace::Named } else { Trace::Withheld })
    }

    async fn run(&self, work: &Work<'_>) -> Result<Proposal> {
        let held = community_lock::lock(work, self.community).await?;
        let permit = work.permit(Self::ACTION, &held.place)?;
        let author = work.actor.person().ok_or(Error::Forbidden(Self::ACTION.name()))?;
        held.status.require_alive()?;
        let mut faults = Faults::new();
        let title = faults.take("/title", text::line(&self.input.title, TITLE));
        let body = faults.take("/body", text::as_given(&self.input.body, BODY));
        faults.done()?;
        let (Some(title), Some(body)) = (title, body) else {
            return Err(Error::invalid("/title", "text_missing"));
        };
        let (id, anonymous) = (work.new_id(), self.input.anonymous);
        let veil = Veil::new(&work.services.keyring);
        let sealed = anonymous.then(|| veil.seal(id, author, &work.services.ids)).transpose()?;
        let row = Model {
            id,
            community_id: held.row.id,
            title,
            body,
            anonymous,
            author_id: (!anonymous).then_some(author),
            author_sealed: sealed,
            author_mark: anonymous.then(|| veil.mark(id, author)),
            status: ProposalStatus::Open.as_str().to_owned(),
            status_reason: None,
            status_since: work.now(),
            voting_rule: None,
            quorum_percent: None,
            eligible: None,
            voting_closes_at: None,
            version: 1,
            created_at: work.now(),
            updated_at: work.now(),
        };
        insert(work, &permit, &held.row.region_code, row).await
    }
}

async fn insert(work: &Work<'_>, _: &Permit, region: &str, row: Model) -> Result<Proposal> {
    Entity::insert(row.clone().into_active_model()).exec_without_returning(work.db()).await?;
    let event = told("proposal.created", region, &row);
    let shown = shown(work, row).await?;
    work.emit(event).await?;
    Ok(shown)
}

/// Takes a proposal back, while it is open. The trail does not name who did: it can only be the author.
pub struct WithdrawProposal(pub ProposalId);

impl Command for WithdrawProposal {
    type Output = Proposal;
    const ACTION: Action = Action::ProposalWithdraw;

    fn trace(&self) -> Trace {
        Trace::Withheld
    }

    async fn run(&self, work: &Work<'_>) -> Result<Proposal> {
        let locked = lock(work, self.0).await?;
        let own = Own::of(work.db(), work.actor, &work.services.keyring).await?;
        let person = work.actor.person().filter(|_| own.is_author(&locked.row));
        let place = Place { person, ..locked.community.place.clone() };
        let permit = work.permit(Self::ACTION, &place)?;
        work.expect(locked.row.version)?;
        locked.status.require_open()?;
        step(work, &permit, &locked, ProposalStatus::Withdrawn, None, "proposal.withdrawn").await
    }
}
