//! What members propose, vote on and decide.

use async_graphql::{Context, Object};

use super::{
    list::{self, List},
    node::{call, with_key},
};
use crate::{
    community::{
        group::view::CommunityId,
        proposal::{
            input::{
                CreateProposalInput, DecideProposalInput, OpenProposalVotingInput, RemoveProposalInput,
                ReopenProposalInput, UnsealProposalInput, VoteProposalInput,
            },
            read::{self, ProposalsOf},
            state::ProposalStatus,
            view::{Proposal, ProposalId, UnsealedAuthor},
            write::{
                CreateProposal, DecideProposal, OpenProposalVoting, RemoveProposal, ReopenProposal,
                UnsealProposal, VoteProposal, WithdrawProposal,
            },
        },
    },
    foundation::error::Result,
};

/// Reads.
#[derive(Default)]
pub struct ProposalQuery;

#[Object]
impl ProposalQuery {
    /// The proposals to a community, the newest first.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn proposals(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The community's id.")] id: CommunityId,
        #[graphql(desc = "Only those that stand there.")] status: Option<ProposalStatus>,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<Proposal>> {
        let (call, of) = (call(ctx)?, ProposalsOf { status });
        let page = read::list(call, id, of, &list::request(ctx, first, after, last, before)?).await?;
        let total = if list::wants_total(ctx) { Some(read::count(call, id, of).await?) } else { None };
        Ok(list::connection(page, total))
    }

    /// One proposal, with its vote as far as it may be told.
    async fn proposal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The proposal's id.")] id: ProposalId,
    ) -> Result<Proposal> {
        read::find(call(ctx)?, id).await
    }
}

/// Commands.
#[derive(Default)]
pub struct ProposalMutation;

#[Object]
impl ProposalMutation {
    /// Proposes something to the community; with `anonymous` your name is kept from everybody.
    async fn create_proposal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The community's id.")] id: CommunityId,
        #[graphql(desc = "What.")] input: CreateProposalInput,
    ) -> Result<Proposal> {
        with_key(ctx)?.write(CreateProposal { community: id, input }).await
    }

    /// Takes your proposal back while it is open; the trail does not name you.
    async fn withdraw_proposal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The proposal's id.")] id: ProposalId,
    ) -> Result<Proposal> {
        with_key(ctx)?.write(WithdrawProposal(id)).await
    }

    /// Puts a proposal to the vote: until when, by which majority, how many must vote.
    async fn open_proposal_voting(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The proposal's id.")] id: ProposalId,
        #[graphql(desc = "How.")] input: OpenProposalVotingInput,
    ) -> Result<Proposal> {
        with_key(ctx)?.write(OpenProposalVoting { id, input }).await
    }

    /// Breaks a vote off, or lets one in which too few voted be held again; its votes are gone.
    async fn reopen_proposal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The proposal's id.")] id: ProposalId,
        #[graphql(desc = "Why.")] input: ReopenProposalInput,
    ) -> Result<Proposal> {
        with_key(ctx)?.write(ReopenProposal { id, input }).await
    }

    /// Votes, in place of your vote before. Nobody is ever shown who voted how.
    async fn vote_proposal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The proposal's id.")] id: ProposalId,
        #[graphql(desc = "Your vote.")] input: VoteProposalInput,
    ) -> Result<Proposal> {
        with_key(ctx)?.write(VoteProposal { id, input }).await
    }

    /// Records what a closed vote came to, which binds, and what follows from it.
    async fn decide_proposal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The proposal's id.")] id: ProposalId,
        #[graphql(desc = "What follows.")] input: DecideProposalInput,
    ) -> Result<Proposal> {
        with_key(ctx)?.write(DecideProposal { id, input }).await
    }

    /// Takes a proposal away for a stated reason; the moderator of the region.
    async fn remove_proposal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The proposal's id.")] id: ProposalId,
        #[graphql(desc = "Why.")] input: RemoveProposalInput,
    ) -> Result<Proposal> {
        with_key(ctx)?.write(RemoveProposal { id, input }).await
    }

    /// Learns who wrote an anonymous proposal, for a stated reason; the moderator of the region alone.
    async fn unseal_proposal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The proposal's id.")] id: ProposalId,
        #[graphql(desc = "Why.")] input: UnsealProposalInput,
    ) -> Result<UnsealedAuthor> {
        with_key(ctx)?.write(UnsealProposal { id, input }).await
    }
}
