//! `/v1/memberships`, `/v1/communities/{id}/memberships`, `/v1/persons/{id}/memberships`

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
        membership::{
            input::{
                InviteMembershipInput, RefuseMembershipInput, RemoveMembershipInput, RequestMembershipInput,
            },
            read::{self, MembershipFilter, MembershipOrder, PersonMembershipFilter},
            state::MembershipStatus,
            view::{Membership, MembershipId},
            write::{
                AcceptMembership, AdmitMembership, DeclineMembership, InviteMembership, LeaveMembership,
                RefuseMembership, RemoveMembership, RequestMembership,
            },
        },
    },
    directory::person::view::PersonId,
    foundation::page::{MAX_LIMIT, PageRequest},
};

const TAG: &str = "Memberships";

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_memberships)
        .service(list_person_memberships)
        .service(get_membership)
        .service(request_membership)
        .service(invite_membership)
        .service(admit_membership)
        .service(refuse_membership)
        .service(accept_membership)
        .service(decline_membership)
        .service(leave_membership)
        .service(remove_membership);
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListParams {
    /// Only those that stand here.
    status: Option<MembershipStatus>,
    /// In which order; by name unless said.
    order: Option<MembershipOrder>,
    /// The cursor of the page before: its `next`.
    after: Option<String>,
    /// Rows wanted, 20 unless said.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
}

/// List the members of a community
///
/// Members see one another's names and schools. Requests and invitations are shown to the officers of the
/// community and to those who look after its region or school; one's own always are.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The community's id"), ListParams),
    responses((status = 200, description = "A page of memberships", body = Items<Membership>)))]
#[get("/v1/communities/{id}/memberships")]
async fn list_memberships(call: Call, id: Path<CommunityId>, Params(params): Params<ListParams>) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    let filter = MembershipFilter { status: params.status, order: params.order };
    reply::page(&call.http, read::list(&call.ctx, *id, &filter, &page).await?)
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct PersonParams {
    /// Only those that stand here.
    status: Option<MembershipStatus>,
    /// The cursor of the page before: its `next`.
    after: Option<String>,
    /// Rows wanted, 20 unless said.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
}

/// List the communities of a person
///
/// Their memberships within your reach, in the order in which they came to be: your own with your own id.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The person's id"), PersonParams),
    responses((status = 200, description = "A page of memberships", body = Items<Membership>)))]
#[get("/v1/persons/{id}/memberships")]
async fn list_person_memberships(
    call: Call,
    id: Path<PersonId>,
    Params(params): Params<PersonParams>,
) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    let filter = PersonMembershipFilter { status: params.status };
    reply::page(&call.http, read::list_of_person(&call.ctx, *id, &filter, &page).await?)
}

/// Get a membership
///
/// One membership by its id.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The membership's id")),
    responses((status = 200, description = "The membership", body = Membership)))]
#[get("/v1/memberships/{id}")]
async fn get_membership(call: Call, id: Path<MembershipId>) -> Answer {
    let found = read::find(&call.ctx, *id).await?;
    reply::resource(&call.http, &found, found.version)
}

/// Ask to join a community
///
/// For yourself. An open community is joined at once; one that is joined by asking keeps you as `requested`
/// until an officer answers; one that is joined by invitation only refuses.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The community's id")), request_body = RequestMembershipInput,
    responses((status = 201, description = "Asked; `status` says what it came to", body = Membership)))]
#[post("/v1/communities/{id}/memberships")]
async fn request_membership(call: Write<RequestMembershipInput>, id: Path<CommunityId>) -> Answer {
    let made = call.ctx.write(RequestMembership { community: *id, input: call.body }).await?;
    reply::created(&made, made.version, &format!("/v1/memberships/{}", made.id))
}

/// Invite into a community
///
/// As one of its officers. The person accepts or declines.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The community's id")), request_body = InviteMembershipInput,
    responses((status = 201, description = "Invited", body = Membership)))]
#[post("/v1/communities/{id}/invite")]
async fn invite_membership(call: Write<InviteMembershipInput>, id: Path<CommunityId>) -> Answer {
    let made = call.ctx.write(InviteMembership { community: *id, input: call.body }).await?;
    reply::created(&made, made.version, &format!("/v1/memberships/{}", made.id))
}

/// Admit a member
///
/// Who asked becomes a member.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The membership's id")), request_body = Nothing,
    responses((status = 200, description = "Admitted", body = Membership)))]
#[post("/v1/memberships/{id}/admit")]
async fn admit_membership(call: Write<Nothing>, id: Path<MembershipId>) -> Answer {
    let changed = call.ctx.write(AdmitMembership(*id)).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Refuse a request to join
///
/// For a reason, which the person reads.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The membership's id")), request_body = RefuseMembershipInput,
    responses((status = 200, description = "Refused", body = Membership)))]
#[post("/v1/memberships/{id}/refuse")]
async fn refuse_membership(call: Write<RefuseMembershipInput>, id: Path<MembershipId>) -> Answer {
    let changed = call.ctx.write(RefuseMembership { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Accept an invitation
///
/// You become a member.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The membership's id")), request_body = Nothing,
    responses((status = 200, description = "Accepted", body = Membership)))]
#[post("/v1/memberships/{id}/accept")]
async fn accept_membership(call: Write<Nothing>, id: Path<MembershipId>) -> Answer {
    let changed = call.ctx.write(AcceptMembership(*id)).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Decline an invitation
///
/// You say no; you can be invited again.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The membership's id")), request_body = Nothing,
    responses((status = 200, description = "Declined", body = Membership)))]
#[post("/v1/memberships/{id}/decline")]
async fn decline_membership(call: Write<Nothing>, id: Path<MembershipId>) -> Answer {
    let changed = call.ctx.write(DeclineMembership(*id)).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Leave a community
///
/// Or take your request back. Your offices end with it; the chair appoints another chair first.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The membership's id")), request_body = Nothing,
    responses((status = 200, description = "Left", body = Membership)))]
#[post("/v1/memberships/{id}/leave")]
async fn leave_membership(call: Write<Nothing>, id: Path<MembershipId>) -> Answer {
    let changed = call.ctx.write(LeaveMembership(*id)).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Remove a member
///
/// Ends a membership, or takes an invitation back, for a reason, which the person reads. The offices end with
/// it; the chair cannot be removed before another is appointed.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The membership's id")), request_body = RemoveMembershipInput,
    responses((status = 200, description = "Removed", body = Membership)))]
#[post("/v1/memberships/{id}/remove")]
async fn remove_membership(call: Write<RemoveMembershipInput>, id: Path<MembershipId>) -> Answer {
    let changed = call.ctx.write(RemoveMembership { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}
