//! `/v1/role-grants`

use actix_web::{get, post, web::Path};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    call::{Call, Params, Write},
    reply::{self, Answer, Items},
};
use crate::identity::account::view::AccountId;
use crate::identity::client::view::OAuthClientId;
use crate::{
    access::grant::Role,
    foundation::page::{MAX_LIMIT, PageRequest},
    identity::role::{
        input::{GiveRoleGrantInput, WithdrawRoleGrantInput},
        read::{self, RoleGrantFilter},
        view::{RoleGrant, RoleGrantId, RoleGrantState},
        write::{GiveRoleGrant, WithdrawRoleGrant},
    },
};

const TAG: &str = "Roles";

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_role_grants)
        .service(give_role_grant)
        .service(get_role_grant)
        .service(withdraw_role_grant);
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListParams {
    /// Only those of this account.
    #[param(value_type = Option<String>, format = "uuid")]
    account_id: Option<AccountId>,
    /// Only those of this client.
    #[param(value_type = Option<String>, format = "uuid")]
    client_id: Option<OAuthClientId>,
    /// Only this role.
    role: Option<Role>,
    /// Only those held in this region or below it: of a region, of a school or an organisation there.
    region_code: Option<String>,
    /// Only those that count, or that no longer do.
    state: Option<RoleGrantState>,
    /// The cursor of the page before: its `next`.
    after: Option<String>,
    /// Rows wanted, 20 unless said.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
}

/// List given roles
///
/// Which roles accounts and clients hold or held within your reach, and your own, the newest first. Of one holder it is
/// their history.
#[utoipa::path(tag = TAG, params(ListParams), responses((status = 200, description = "A page of given roles", body = Items<RoleGrant>)))]
#[get("/v1/role-grants")]
async fn list_role_grants(call: Call, Params(params): Params<ListParams>) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    let filter = RoleGrantFilter {
        account_id: params.account_id,
        client_id: params.client_id,
        role: params.role,
        region_code: params.region_code,
        state: params.state,
    };
    reply::page(&call.http, read::list(&call.ctx, &filter, &page).await?)
}

/// Get a given role
///
/// One given role by its id. Its `ETag` is what `If-Match` of a withdrawal takes.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The given role's id")),
    responses((status = 200, description = "The given role", body = RoleGrant)))]
#[get("/v1/role-grants/{id}")]
async fn get_role_grant(call: Call, id: Path<RoleGrantId>) -> Answer {
    let found = read::find(&call.ctx, *id).await?;
    reply::resource(&call.http, &found, found.version)
}

/// Give a role
///
/// To an account or a client, where your own role reaches: the ministry everywhere; a regional officer the principals,
/// the moderators and the staff of providers of the region, and officers below it; the staff of a provider each other.
/// Nobody gives themselves one, and none lasts longer than that of whoever gives it.
#[utoipa::path(tag = TAG, request_body = GiveRoleGrantInput,
    responses((status = 201, description = "Given", body = RoleGrant)))]
#[post("/v1/role-grants")]
async fn give_role_grant(call: Write<GiveRoleGrantInput>) -> Answer {
    let made = call.ctx.write(GiveRoleGrant(call.body)).await?;
    reply::created(&made, made.version, &format!("/v1/role-grants/{}", made.id))
}

/// Withdraw a role
///
/// It no longer counts from the next request on. Whoever could give it takes it back, and whoever holds it gives it up.
/// The record stays.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The given role's id")), request_body = WithdrawRoleGrantInput,
    responses((status = 200, description = "Withdrawn", body = RoleGrant)))]
#[post("/v1/role-grants/{id}/withdraw")]
async fn withdraw_role_grant(call: Write<WithdrawRoleGrantInput>, id: Path<RoleGrantId>) -> Answer {
    let withdrawn = call.ctx.write(WithdrawRoleGrant { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &withdrawn, withdrawn.version)
}
