//! `/v1/communities/{id}/proposals`, `/v1/proposals`

use actix_web::{get, post, web::Path};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    call::{Call, Nothing, Params, Write},
    reply::{self, Answer, Items},
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
    foundation::page::{MAX_LIMIT, PageRequest},
};

const TAG: &str = "Proposals";

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_proposals)
        .service(create_proposal)
        .service(get_proposal)
        .service(withdraw_proposal)
        .service(open_proposal_voting)
        .service(reopen_proposal)
        .service(vote_proposal)
        .service(decide_proposal)
        .service(remove_proposal)
        .service(unseal_proposal);
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListParams {
    /// Only those that stand there.
    status: Option<ProposalStatus>,
    /// The cursor of the page before: its `next`.
    after: Option<String>,
    /// Rows wanted, 20 unless said.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
}

/// List the proposals to a community
///
/// The newest first.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The community's id"), ListParams),
    responses((status = 200, description = "A page of proposals", body = Items<Proposal>)))]
#[get("/v1/communities/{id}/proposals")]
async fn list_proposals(call: Call, id: Path<CommunityId>, Params(params): Params<ListParams>) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    let of = ProposalsOf { status: params.status };
    reply::page(&call.http, read::list(&call.ctx, *id, of, &page).await?)
}

/// Propose something
///
/// Members only. With `anonymous: true` your name is kept from everybody: members, officers, regional officers,
/// the ministry and its systems. The moderator of the region may learn it for a stated reason, and you are told.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The community's id")), request_body = CreateProposalInput,
    responses((status = 201, description = "Proposed", body = Proposal)))]
#[post("/v1/communities/{id}/proposals")]
async fn create_proposal(call: Write<CreateProposalInput>, id: Path<CommunityId>) -> Answer {
    let made = call.ctx.write(CreateProposal { community: *id, input: call.body }).await?;
    reply::created(&made, made.version, &format!("/v1/proposals/{}", made.id))
}

/// Get a proposal
///
/// One proposal by its id, with its vote as far as it may be told.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The proposal's id")),
    responses((status = 200, description = "The proposal", body = Proposal)))]
#[get("/v1/proposals/{id}")]
async fn get_proposal(call: Call, id: Path<ProposalId>) -> Answer {
    let found = read::find(&call.ctx, *id).await?;
    reply::resource(&call.http, &found, found.version)
}

/// Take a proposal back
///
/// While it is open. Its author only; the trail does not name them.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The proposal's id")), request_body = Nothing,
    responses((status = 200, description = "Withdrawn", body = Proposal)))]
#[post("/v1/proposals/{id}/withdraw")]
async fn withdraw_proposal(call: Write<Nothing>, id: Path<ProposalId>) -> Answer {
    let changed = call.ctx.write(WithdrawProposal(*id)).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Put a proposal to the vote
///
/// An officer says until when, by which majority, and how many must vote.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The proposal's id")), request_body = OpenProposalVotingInput,
    responses((status = 200, description = "Open for votes", body = Proposal)))]
#[post("/v1/proposals/{id}/open-voting")]
async fn open_proposal_voting(call: Write<OpenProposalVotingInput>, id: Path<ProposalId>) -> Answer {
    let changed = call.ctx.write(OpenProposalVoting { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Break a vote off
///
/// An officer returns the proposal to discussion, for a stated reason; its votes are gone. After the vote has
/// closed only where too few voted: any other outcome binds.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The proposal's id")), request_body = ReopenProposalInput,
    responses((status = 200, description = "Open again", body = Proposal)))]
#[post("/v1/proposals/{id}/reopen")]
async fn reopen_proposal(call: Write<ReopenProposalInput>, id: Path<ProposalId>) -> Answer {
    let changed = call.ctx.write(ReopenProposal { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Vote
///
/// One vote for each active member, in place of the one before, until voting closes. Nobody is ever shown who
/// voted how.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The proposal's id")), request_body = VoteProposalInput,
    responses((status = 200, description = "Voted", body = Proposal)))]
#[post("/v1/proposals/{id}/vote")]
async fn vote_proposal(call: Write<VoteProposalInput>, id: Path<ProposalId>) -> Answer {
    let changed = call.ctx.write(VoteProposal { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Record what was decided
///
/// After voting has closed: an officer records what it came to, which binds, and what follows from it.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The proposal's id")), request_body = DecideProposalInput,
    responses((status = 200, description = "Decided", body = Proposal)))]
#[post("/v1/proposals/{id}/decide")]
async fn decide_proposal(call: Write<DecideProposalInput>, id: Path<ProposalId>) -> Answer {
    let changed = call.ctx.write(DecideProposal { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Take a proposal away
///
/// The moderator of the region, for a stated reason. Only its author and the moderator still read it.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The proposal's id")), request_body = RemoveProposalInput,
    responses((status = 200, description = "Removed", body = Proposal)))]
#[post("/v1/proposals/{id}/remove")]
async fn remove_proposal(call: Write<RemoveProposalInput>, id: Path<ProposalId>) -> Answer {
    let changed = call.ctx.write(RemoveProposal { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Learn who wrote an anonymous proposal
///
/// The moderator of the region alone, for a stated reason. That it happened, by whom and why, is kept, and the
/// author reads when and why; the name is in this answer and nowhere else.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The proposal's id")), request_body = UnsealProposalInput,
    responses((status = 200, description = "Who it was", body = UnsealedAuthor)))]
#[post("/v1/proposals/{id}/unseal")]
async fn unseal_proposal(call: Write<UnsealProposalInput>, id: Path<ProposalId>) -> Answer {
    reply::plain(&call.ctx.write(UnsealProposal { id: *id, input: call.body }).await?)
}
