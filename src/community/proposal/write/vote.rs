//! Voting: opened and closed by officers, done by members, decided by the count.

use entity::{membership, proposal_vote};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};
use uuid::Uuid;

use super::{Locked, lock, moved, reason, shown, step, told};
use crate::{
    access::{
        action::Action,
        actor::Permit,
        context::{Command, Trace, Work},
    },
    community::proposal::{
        author::Own,
        input::{DecideProposalInput, OpenProposalVotingInput, ReopenProposalInput, VoteProposalInput},
        rule::{self, VoteChoice, VotingOutcome},
        state::ProposalStatus,
        view::{Proposal, ProposalId, ProposalResult},
    },
    foundation::{
        dates,
        error::{Error, Faults, Result},
    },
};

/// Puts a proposal to the vote.
pub struct OpenProposalVoting {
    /// Which one.
    pub id: ProposalId,
    /// How.
    pub input: OpenProposalVotingInput,
}

impl Command for OpenProposalVoting {
    type Output = Proposal;
    const ACTION: Action = Action::ProposalOpenVoting;

    async fn run(&self, work: &Work<'_>) -> Result<Proposal> {
        let locked = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &locked.community.place)?;
        work.expect(locked.row.version)?;
        locked.community.status.require_alive()?;
        locked.status.require_open()?;
        let mut faults = Faults::new();
        if let Some(closes_at) = faults.take("/closesAt", dates::instant(self.input.closes_at)) {
            rule::check_voting(&mut faults, work.now(), closes_at, self.input.quorum_percent);
        }
        faults.done()?;
        open(work, &permit, &locked, &self.input).await
    }
}

async fn open(
    work: &Work<'_>,
    permit: &Permit,
    locked: &Locked,
    input: &OpenProposalVotingInput,
) -> Result<Proposal> {
    let members = membership::Entity::find()
        .filter(membership::Column::CommunityId.eq(locked.row.community_id))
        .filter(membership::Column::Status.eq("active"))
        .count(work.db())
        .await?;
    let mut change = locked.row.clone().into_active_model();
    change.voting_rule = Set(Some(input.rule.as_str().to_owned()));
    change.quorum_percent = Set(Some(input.quorum_percent));
    change.eligible = Set(Some(i32::try_from(members).unwrap_or(i32::MAX)));
    change.voting_closes_at = Set(Some(input.closes_at));
    let next = (ProposalStatus::Voting, None);
    moved(work, permit, locked, change, next, "proposal.voting_opened").await
}

/// Votes, or votes otherwise than before. The trail does not name who voted.
pub struct VoteProposal {
    /// On which one.
    pub id: ProposalId,
    /// How.
    pub input: VoteProposalInput,
}

impl Command for VoteProposal {
    type Output = Proposal;
    const ACTION: Action = Action::ProposalVote;

    fn trace(&self) -> Trace {
        Trace::Secret
    }

    async fn run(&self, work: &Work<'_>) -> Result<Proposal> {
        let locked = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &locked.community.place)?;
        locked.community.status.require_alive()?;
        locked.status.require_voting()?;
        if has_closed(work, &locked) {
            return Err(Error::conflict("voting_closed"));
        }
        require_counted(work, &locked).await?;
        let own = Own::of(work.db(), work.actor, &work.services.keyring).await?;
        let marks = own.voter_marks(locked.row.id);
        vote(work, &permit, locked, marks, self.input.choice).await
    }
}

/// That the caller was a member when the vote was opened: those were counted for its quorum.
async fn require_counted(work: &Work<'_>, locked: &Locked) -> Result<()> {
    let counted = membership::Entity::find()
        .filter(membership::Column::CommunityId.eq(locked.row.community_id))
        .filter(membership::Column::PersonId.eq(work.actor.person()))
        .filter(membership::Column::Status.eq("active"))
        .filter(membership::Column::JoinedAt.lte(locked.row.status_since))
        .count(work.db())
        .await?;
    if counted > 0 { Ok(()) } else { Err(Error::conflict("voting_for_earlier_members")) }
}

fn has_closed(work: &Work<'_>, locked: &Locked) -> bool {
    locked.row.voting_closes_at.is_some_and(|closes_at| work.now() >= closes_at)
}

/// One vote of the caller in place of any before, whichever of their records it was cast with.
async fn vote(
    work: &Work<'_>,
    _: &Permit,
    locked: Locked,
    marks: Vec<String>,
    choice: VoteChoice,
) -> Result<Proposal> {
    let proposal_id = locked.row.id;
    let Some(voter_mark) = marks.first().cloned() else {
        return Err(Error::Forbidden(Action::ProposalVote.name()));
    };
    take_votes(work, proposal_id, Some(marks)).await?;
    let row = proposal_vote::Model { proposal_id, voter_mark, choice: choice.as_str().to_owned() };
    proposal_vote::Entity::insert(row.into_active_model()).exec_without_returning(work.db()).await?;
    let event = told("proposal.voted", &locked.community.row.region_code, &locked.row);
    let shown = shown(work, locked.row).await?;
    work.emit(event).await?;
    Ok(shown)
}

/// Takes votes away: those with these marks, or all.
async fn take_votes(work: &Work<'_>, proposal: Uuid, marks: Option<Vec<String>>) -> Result<()> {
    use proposal_vote::Column;
    let mut taken = proposal_vote::Entity::delete_many().filter(Column::ProposalId.eq(proposal));
    if let Some(marks) = marks {
        taken = taken.filter(Column::VoterMark.is_in(marks));
    }
    taken.exec(work.db()).await?;
    Ok(())
}

/// What the vote on a locked proposal came to; none while it is open.
async fn result(work: &Work<'_>, locked: &Locked) -> Result<Option<ProposalResult>> {
    Ok(shown(work, locked.row.clone()).await?.voting.and_then(|voting| voting.result))
}

/// Lets a vote in which too few took part be held again.
pub struct ReopenProposal {
    /// Which one.
    pub id: ProposalId,
    /// Why.
    pub input: ReopenProposalInput,
}

impl Command for ReopenProposal {
    type Output = Proposal;
    const ACTION: Action = Action::ProposalReopen;

    async fn run(&self, work: &Work<'_>) -> Result<Proposal> {
        let locked = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &locked.community.place)?;
        work.expect(locked.row.version)?;
        locked.status.require_voting()?;
        let reason = reason("/reason", &self.input.reason)?;
        let outcome = result(work, &locked).await?.map(|result| result.outcome);
        match outcome {
            Some(VotingOutcome::NoQuorum) => {}
            Some(VotingOutcome::Accepted | VotingOutcome::Declined) => {
                return Err(Error::conflict("proposal_outcome_binds"));
            }
            None => return Err(Error::conflict("voting_still_open")),
        }
        take_votes(work, locked.row.id, None).await?;
        let mut change = locked.row.clone().into_active_model();
        change.voting_rule = Set(None);
        change.quorum_percent = Set(None);
        change.eligible = Set(None);
        change.voting_closes_at = Set(None);
        let next = (ProposalStatus::Open, Some(&reason));
        moved(work, &permit, &locked, change, next, "proposal.reopened").await
    }
}

/// Records what the vote came to, and what follows from it.
pub struct DecideProposal {
    /// Which one.
    pub id: ProposalId,
    /// What follows.
    pub input: DecideProposalInput,
}

impl Command for DecideProposal {
    type Output = Proposal;
    const ACTION: Action = Action::ProposalDecide;

    async fn run(&self, work: &Work<'_>) -> Result<Proposal> {
        let locked = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &locked.community.place)?;
        work.expect(locked.row.version)?;
        locked.status.require_voting()?;
        let decision = reason("/decision", &self.input.decision)?;
        let Some(result) = result(work, &locked).await? else {
            return Err(Error::conflict("voting_still_open"));
        };
        let next = match result.outcome {
            VotingOutcome::Accepted => ProposalStatus::Accepted,
            VotingOutcome::Declined | VotingOutcome::NoQuorum => ProposalStatus::Declined,
        };
        step(work, &permit, &locked, next, Some(&decision), "proposal.decided").await
    }
}
