//! `/v1/app-authorizations`

use actix_web::{get, post, web::Path};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    call::{Call, Nothing, Params, Write},
    reply::{self, Answer, Items},
};
use crate::{
    foundation::page::{MAX_LIMIT, PageRequest},
    identity::app_authorization::{
        read,
        view::{AppAuthorization, AppAuthorizationId},
        write::WithdrawAppAuthorization,
    },
};

const TAG: &str = "Apps of yours";

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_app_authorizations)
        .service(get_app_authorization)
        .service(withdraw_app_authorization);
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListParams {
    /// The cursor of the page before: its `next`.
    after: Option<String>,
    /// Rows wanted, 20 unless said.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
}

/// List what apps may do for you
///
/// What you agreed to when an app sent you here, withdrawn ones included, oldest first. Only for callers that signed in
/// with an account: a token that an operator made has none.
#[utoipa::path(tag = TAG, params(ListParams),
    responses((status = 200, description = "A page of consents", body = Items<AppAuthorization>)))]
#[get("/v1/app-authorizations")]
async fn list_app_authorizations(call: Call, Params(params): Params<ListParams>) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    reply::page(&call.http, read::list(&call.ctx, &page).await?)
}

/// Get what one app may do for you
///
/// One consent of yours by its id.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The consent's id")),
    responses((status = 200, description = "The consent", body = AppAuthorization)))]
#[get("/v1/app-authorizations/{id}")]
async fn get_app_authorization(call: Call, id: Path<AppAuthorizationId>) -> Answer {
    let found = read::find(&call.ctx, *id).await?;
    reply::resource(&call.http, &found, found.version)
}

/// Withdraw what an app may do for you
///
/// The app may do nothing for you any more. Every token that it holds for you ends at once, on each of your devices,
/// also the one with which this is asked for if it is the app's own.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The consent's id")),
    responses((status = 200, description = "Withdrawn", body = AppAuthorization)))]
#[post("/v1/app-authorizations/{id}/withdraw")]
async fn withdraw_app_authorization(call: Write<Nothing>, id: Path<AppAuthorizationId>) -> Answer {
    let withdrawn = call.ctx.write(WithdrawAppAuthorization { id: *id }).await?;
    reply::resource(&call.http, &withdrawn, withdrawn.version)
}
