//! `/v1/breaches`

use actix_web::{get, patch, post, web::Path};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    call::{Call, Params, Write},
    reply::{self, Answer, Items},
};
use crate::{
    foundation::page::{MAX_LIMIT, PageRequest},
    identity::account::rule::AccountLanguage,
    privacy::breach::{
        input::{
            CloseBreachInput, ContainBreachInput, NotifyBreachAuthorityInput, NotifyBreachPersonsInput,
            RecordBreachInput, ReopenBreachInput, UpdateBreachInput,
        },
        letter,
        read::{self, BreachFilter},
        state::BreachStatus,
        view::{Breach, BreachId, BreachLetter},
        write::{
            CloseBreach, ContainBreach, NotifyBreachAuthority, NotifyBreachPersons, RecordBreach,
            ReopenBreach, UpdateBreach,
        },
    },
};

const TAG: &str = "Breaches";

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_breaches)
        .service(record_breach)
        .service(get_breach)
        .service(get_breach_notice)
        .service(update_breach)
        .service(contain_breach)
        .service(notify_breach_authority)
        .service(notify_breach_persons)
        .service(close_breach)
        .service(reopen_breach);
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListParams {
    /// Only those that stand there.
    status: Option<BreachStatus>,
    /// Only those whose 72 hours are over while somebody is still to be told (`true`), or only the others (`false`).
    overdue: Option<bool>,
    /// The cursor of the page before: its `next`.
    after: Option<String>,
    /// Rows wanted, 20 unless said.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct NoticeParams {
    /// In which language; Indonesian unless said.
    language: Option<AccountLanguage>,
}

/// List breaches
///
/// The register of breaches of personal data: those that are not closed first, by when their 72 hours are over. For the
/// ministry alone.
#[utoipa::path(tag = TAG, params(ListParams), responses((status = 200, description = "A page of breaches", body = Items<Breach>)))]
#[get("/v1/breaches")]
async fn list_breaches(call: Call, Params(params): Params<ListParams>) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    let filter = BreachFilter { status: params.status, overdue: params.overdue };
    reply::page(&call.http, read::list(&call.ctx, &filter, &page).await?)
}

/// Get a breach
///
/// One breach by its id, with its clock. Its `ETag` is what `If-Match` of a change wants.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The breach's id")),
    responses((status = 200, description = "The breach", body = Breach)))]
#[get("/v1/breaches/{id}")]
async fn get_breach(call: Call, id: Path<BreachId>) -> Answer {
    let found = read::find(&call.ctx, *id).await?;
    reply::resource(&call.http, &found, found.version)
}

/// Get the notice of a breach
///
/// The text that goes to the persons whom it touches, made from what is recorded: which data, when and how it came out,
/// what is done, whom to ask (UU 27/2022, article 46).
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The breach's id"), NoticeParams),
    responses((status = 200, description = "The notice", body = BreachLetter)))]
#[get("/v1/breaches/{id}/notice")]
async fn get_breach_notice(call: Call, id: Path<BreachId>, Params(params): Params<NoticeParams>) -> Answer {
    reply::plain(&letter::find(&call.ctx, *id, params.language).await?)
}

/// Record a breach
///
/// Writes down what is known so far; the 72 hours run from when it was found out. Never write a person's name.
#[utoipa::path(tag = TAG, request_body = RecordBreachInput,
    responses((status = 201, description = "Recorded", body = Breach)))]
#[post("/v1/breaches")]
async fn record_breach(call: Write<RecordBreachInput>) -> Answer {
    let made = call.ctx.write(RecordBreach(call.body)).await?;
    reply::created(&made, made.version, &format!("/v1/breaches/{}", made.id))
}

/// Change a breach
///
/// JSON merge patch of what is known better by now, until it is closed. When it was found out never changes. Send the
/// version you read in `If-Match`.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The breach's id")), request_body = UpdateBreachInput,
    responses((status = 200, description = "Changed", body = Breach)))]
#[patch("/v1/breaches/{id}")]
async fn update_breach(call: Write<UpdateBreachInput>, id: Path<BreachId>) -> Answer {
    let version = call.version()?;
    let changed = call.ctx.write(UpdateBreach { id: *id, version, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Say that a breach was stopped
///
/// From then on no more data came out. The 72 hours run on.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The breach's id")), request_body = ContainBreachInput,
    responses((status = 200, description = "Contained", body = Breach)))]
#[post("/v1/breaches/{id}/contain")]
async fn contain_breach(call: Write<ContainBreachInput>, id: Path<BreachId>) -> Answer {
    let changed = call.ctx.write(ContainBreach { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Say that the authority was told of a breach
///
/// When, how and under which number; or why it need not be told. The service sends nothing by itself.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The breach's id")), request_body = NotifyBreachAuthorityInput,
    responses((status = 200, description = "Written down", body = Breach)))]
#[post("/v1/breaches/{id}/notify-authority")]
async fn notify_breach_authority(call: Write<NotifyBreachAuthorityInput>, id: Path<BreachId>) -> Answer {
    let changed = call.ctx.write(NotifyBreachAuthority { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Say that the persons were told of a breach
///
/// When the last of them was, how, and how many; or why they need not be told. The service sends nothing by itself.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The breach's id")), request_body = NotifyBreachPersonsInput,
    responses((status = 200, description = "Written down", body = Breach)))]
#[post("/v1/breaches/{id}/notify-persons")]
async fn notify_breach_persons(call: Write<NotifyBreachPersonsInput>, id: Path<BreachId>) -> Answer {
    let changed = call.ctx.write(NotifyBreachPersons { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Close a breach
///
/// Once it was stopped, everybody was told or it is said why not, and something was learnt; what is missing is told all at
/// once.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The breach's id")), request_body = CloseBreachInput,
    responses((status = 200, description = "Closed", body = Breach)))]
#[post("/v1/breaches/{id}/close")]
async fn close_breach(call: Write<CloseBreachInput>, id: Path<BreachId>) -> Answer {
    let changed = call.ctx.write(CloseBreach { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Take a breach one step back
///
/// A closed one is looked at again; a contained one turned out to go on. What was written down stays.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The breach's id")), request_body = ReopenBreachInput,
    responses((status = 200, description = "Reopened", body = Breach)))]
#[post("/v1/breaches/{id}/reopen")]
async fn reopen_breach(call: Write<ReopenBreachInput>, id: Path<BreachId>) -> Answer {
    let changed = call.ctx.write(ReopenBreach { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}
