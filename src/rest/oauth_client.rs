//! `/v1/oauth-clients`, `/v1/oauth-client-secrets`

use actix_web::{get, patch, post, web::Path};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    call::{Call, Nothing, Params, Write},
    reply::{self, Answer, Items},
};
use crate::{
    foundation::page::{MAX_LIMIT, PageRequest},
    identity::client::{
        input::{
            CreateOAuthClientSecretInput, OAuthClientFilter, OAuthClientReasonInput,
            RegisterOAuthClientInput, UpdateOAuthClientInput,
        },
        read,
        rule::OAuthClientStatus,
        view::{OAuthClient, OAuthClientId, OAuthClientSecret, OAuthClientSecretId, OAuthClientUse},
        write::{
            ApproveOAuthClient, CreateOAuthClientSecret, RefuseOAuthClient, RegisterOAuthClient,
            ResumeOAuthClient, SuspendOAuthClient, UpdateOAuthClient, WithdrawOAuthClientSecret,
        },
    },
};

const TAG: &str = "Apps";

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_oauth_clients)
        .service(register_oauth_client)
        .service(get_oauth_client)
        .service(update_oauth_client)
        .service(approve_oauth_client)
        .service(refuse_oauth_client)
        .service(suspend_oauth_client)
        .service(resume_oauth_client)
        .service(list_oauth_client_secrets)
        .service(create_oauth_client_secret)
        .service(withdraw_oauth_client_secret)
        .service(list_oauth_client_uses);
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListParams {
    /// Only those that stand there.
    status: Option<OAuthClientStatus>,
    /// The cursor of the page before: its `next`.
    after: Option<String>,
    /// Rows wanted, 20 unless said.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct PageParams {
    /// The cursor of the page before: its `next`.
    after: Option<String>,
    /// Rows wanted, 20 unless said.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
}

/// List apps and systems
///
/// Those that may ask for tokens, wait for a decision, or were stopped; oldest first.
#[utoipa::path(tag = TAG, params(ListParams),
    responses((status = 200, description = "A page of clients", body = Items<OAuthClient>)))]
#[get("/v1/oauth-clients")]
async fn list_oauth_clients(call: Call, Params(params): Params<ListParams>) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    let filter = OAuthClientFilter { status: params.status };
    reply::page(&call.http, read::list(&call.ctx, &filter, &page).await?)
}

/// Get an app or a system
///
/// One client by its id, which is also its `client_id`.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The client's id")),
    responses((status = 200, description = "The client", body = OAuthClient)))]
#[get("/v1/oauth-clients/{id}")]
async fn get_oauth_client(call: Call, id: Path<OAuthClientId>) -> Answer {
    let found = read::find(&call.ctx, *id).await?;
    reply::resource(&call.http, &found, found.version)
}

/// Register an app or a system
///
/// Approved at once, or waiting for a decision (`pending`). A public client is an app on people's devices and keeps no
/// secret; a confidential one is a system that proves itself by a key or a secret.
#[utoipa::path(tag = TAG, request_body = RegisterOAuthClientInput,
    responses((status = 201, description = "Registered", body = OAuthClient)))]
#[post("/v1/oauth-clients")]
async fn register_oauth_client(call: Write<RegisterOAuthClientInput>) -> Answer {
    let made = call.ctx.write(RegisterOAuthClient(call.body)).await?;
    reply::created(&made, made.version, &format!("/v1/oauth-clients/{}", made.id))
}

/// Change an app or a system
///
/// JSON merge patch of what it says of itself. Kind, grant types and the way it proves itself stay.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The client's id")), request_body = UpdateOAuthClientInput,
    responses((status = 200, description = "Changed", body = OAuthClient)))]
#[patch("/v1/oauth-clients/{id}")]
async fn update_oauth_client(call: Write<UpdateOAuthClientInput>, id: Path<OAuthClientId>) -> Answer {
    let version = call.version()?;
    let changed = call.ctx.write(UpdateOAuthClient { id: *id, version, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Approve an app or a system
///
/// It waited for a decision; from now on it may ask for tokens.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The client's id")),
    responses((status = 200, description = "Approved", body = OAuthClient)))]
#[post("/v1/oauth-clients/{id}/approve")]
async fn approve_oauth_client(call: Write<Nothing>, id: Path<OAuthClientId>) -> Answer {
    let done = call.ctx.write(ApproveOAuthClient(*id)).await?;
    reply::resource(&call.http, &done, done.version)
}

/// Refuse an app or a system
///
/// It waited for a decision and is turned away, for a reason. Its developers may register it anew.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The client's id")), request_body = OAuthClientReasonInput,
    responses((status = 200, description = "Refused", body = OAuthClient)))]
#[post("/v1/oauth-clients/{id}/refuse")]
async fn refuse_oauth_client(call: Write<OAuthClientReasonInput>, id: Path<OAuthClientId>) -> Answer {
    let done = call.ctx.write(RefuseOAuthClient { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &done, done.version)
}

/// Suspend an app or a system
///
/// Its tokens are good for nothing from the next request on, and it gets no new ones, until it is let in again.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The client's id")), request_body = OAuthClientReasonInput,
    responses((status = 200, description = "Suspended", body = OAuthClient)))]
#[post("/v1/oauth-clients/{id}/suspend")]
async fn suspend_oauth_client(call: Write<OAuthClientReasonInput>, id: Path<OAuthClientId>) -> Answer {
    let done = call.ctx.write(SuspendOAuthClient { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &done, done.version)
}

/// Let an app or a system in again
///
/// It was suspended; tokens of it that have not ended yet are good again.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The client's id")),
    responses((status = 200, description = "Let in again", body = OAuthClient)))]
#[post("/v1/oauth-clients/{id}/resume")]
async fn resume_oauth_client(call: Write<Nothing>, id: Path<OAuthClientId>) -> Answer {
    let done = call.ctx.write(ResumeOAuthClient(*id)).await?;
    reply::resource(&call.http, &done, done.version)
}

/// List the secrets of a system
///
/// When each was made, ends, and was withdrawn; the newest first. The secrets themselves are not shown again.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The client's id"), PageParams),
    responses((status = 200, description = "A page of secrets", body = Items<OAuthClientSecret>)))]
#[get("/v1/oauth-clients/{id}/secrets")]
async fn list_oauth_client_secrets(
    call: Call,
    id: Path<OAuthClientId>,
    Params(params): Params<PageParams>,
) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    reply::page(&call.http, read::secrets(&call.ctx, *id, &page).await?)
}

/// Make a secret for a system
///
/// `secret` is shown this once. Two may be good at the same time, so that one can be changed without a pause: make the
/// new one, bring it to the system, withdraw the old one.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The client's id")), request_body = CreateOAuthClientSecretInput,
    responses((status = 201, description = "Made", body = OAuthClientSecret)))]
#[post("/v1/oauth-clients/{id}/secrets")]
async fn create_oauth_client_secret(
    call: Write<CreateOAuthClientSecretInput>,
    id: Path<OAuthClientId>,
) -> Answer {
    let made = call.ctx.write(CreateOAuthClientSecret { id: *id, input: call.body }).await?;
    reply::created(&made, made.version, &format!("/v1/oauth-clients/{}/secrets", *id))
}

/// Withdraw a secret of a system
///
/// It is good no longer, from the next request on.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The secret's id")),
    responses((status = 200, description = "Withdrawn", body = OAuthClientSecret)))]
#[post("/v1/oauth-client-secrets/{id}/withdraw")]
async fn withdraw_oauth_client_secret(call: Write<Nothing>, id: Path<OAuthClientSecretId>) -> Answer {
    let done = call.ctx.write(WithdrawOAuthClientSecret(*id)).await?;
    reply::resource(&call.http, &done, done.version)
}

/// List how an app or a system was used
///
/// Tokens given and refused, calls answered and refused, day by day, the newest first. What was counted within the last
/// seconds may still be missing.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The client's id"), PageParams),
    responses((status = 200, description = "A page of sums", body = Items<OAuthClientUse>)))]
#[get("/v1/oauth-clients/{id}/uses")]
async fn list_oauth_client_uses(
    call: Call,
    id: Path<OAuthClientId>,
    Params(params): Params<PageParams>,
) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    reply::page(&call.http, read::uses(&call.ctx, *id, &page).await?)
}
