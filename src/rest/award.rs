//! `/v1/award-rounds`, `/v1/award-entries`, `/v1/award-objections`

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
        recognition::round::{
            entry::{self, AwardEntryFilter},
            input::{
                ComputeAwardRoundInput, DecideAwardObjectionInput, RaiseAwardObjectionInput,
                RetractAwardRoundInput,
            },
            objection::{self, AwardObjectionFilter},
            read::{self, AwardRoundFilter},
            reproduce,
            state::{AwardObjectionStatus, AwardRoundStatus},
            view::{
                AwardEntry, AwardEntryId, AwardObjection, AwardObjectionId, AwardReproduction, AwardRound,
                AwardRoundId,
            },
            write::{
                AnnounceAwardRound, ComputeAwardRound, DecideAwardObjection, FinaliseAwardRound,
                RaiseAwardObjection, RecomputeAwardRound, RetractAwardRound,
            },
        },
    },
    foundation::page::{MAX_LIMIT, PageRequest},
};

const TAG: &str = "Recognition";

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_award_rounds)
        .service(compute_award_round)
        .service(get_award_round)
        .service(recompute_award_round)
        .service(announce_award_round)
        .service(retract_award_round)
        .service(finalise_award_round)
        .service(list_award_entries)
        .service(list_community_awards)
        .service(get_award_entry)
        .service(get_award_entry_reproduction)
        .service(list_award_objections)
        .service(raise_award_objection)
        .service(get_award_objection)
        .service(decide_award_objection);
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct RoundParams {
    /// Only those of this region or one below it.
    #[param(example = "33", max_length = 8)]
    region_code: Option<String>,
    /// Only those of this year.
    #[param(example = 2025)]
    year: Option<i32>,
    /// Only those that stand here.
    status: Option<AwardRoundStatus>,
    /// The cursor of the page before: its `next`.
    after: Option<String>,
    /// Rows wanted, 20 unless said.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
}

/// List yearly rounds
///
/// The latest first: those that were announced, and those of your own region that were only counted.
#[utoipa::path(tag = TAG, params(RoundParams), responses((status = 200, description = "A page of rounds", body = Items<AwardRound>)))]
#[get("/v1/award-rounds")]
async fn list_award_rounds(call: Call, Params(params): Params<RoundParams>) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    let filter =
        AwardRoundFilter { region_code: params.region_code, year: params.year, status: params.status };
    reply::page(&call.http, read::list(&call.ctx, &filter, &page).await?)
}

/// Count the communities of a region
///
/// What they did in a year that is over, and which of them meet the criteria. Nobody but those who look after the region
/// sees it before it is announced.
#[utoipa::path(tag = TAG, request_body = ComputeAwardRoundInput,
    responses((status = 201, description = "Counted", body = AwardRound)))]
#[post("/v1/award-rounds")]
async fn compute_award_round(call: Write<ComputeAwardRoundInput>) -> Answer {
    let made = call.ctx.write(ComputeAwardRound(call.body)).await?;
    reply::created(&made, made.version, &format!("/v1/award-rounds/{}", made.id))
}

/// Get a round
///
/// How many communities of a region were looked at, how many are recognised, and until when it can be objected to.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The round's id")),
    responses((status = 200, description = "The round", body = AwardRound)))]
#[get("/v1/award-rounds/{id}")]
async fn get_award_round(call: Call, id: Path<AwardRoundId>) -> Answer {
    let found = read::find(&call.ctx, *id).await?;
    reply::resource(&call.http, &found, found.version)
}

/// Count again
///
/// Before it is announced, by the records as they are now and the same edition of the criteria.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The round's id")), request_body = Nothing,
    responses((status = 200, description = "Counted again", body = AwardRound)))]
#[post("/v1/award-rounds/{id}/recompute")]
async fn recompute_award_round(call: Write<Nothing>, id: Path<AwardRoundId>) -> Answer {
    let changed = call.ctx.write(RecomputeAwardRound(*id)).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Announce who is recognised
///
/// To everybody. Communities may object for fourteen days.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The round's id")), request_body = Nothing,
    responses((status = 200, description = "Announced", body = AwardRound)))]
#[post("/v1/award-rounds/{id}/announce")]
async fn announce_award_round(call: Write<Nothing>, id: Path<AwardRoundId>) -> Answer {
    let changed = call.ctx.write(AnnounceAwardRound(*id)).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Take an announcement back
///
/// For a reason. It can be counted again, and is announced for fourteen days anew.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The round's id")), request_body = RetractAwardRoundInput,
    responses((status = 200, description = "Taken back", body = AwardRound)))]
#[post("/v1/award-rounds/{id}/retract")]
async fn retract_award_round(call: Write<RetractAwardRoundInput>, id: Path<AwardRoundId>) -> Answer {
    let changed = call.ctx.write(RetractAwardRound { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Settle a round
///
/// Once the fourteen days are over and every objection was decided. Final.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The round's id")), request_body = Nothing,
    responses((status = 200, description = "Settled", body = AwardRound)))]
#[post("/v1/award-rounds/{id}/finalise")]
async fn finalise_award_round(call: Write<Nothing>, id: Path<AwardRoundId>) -> Answer {
    let changed = call.ctx.write(FinaliseAwardRound(*id)).await?;
    reply::resource(&call.http, &changed, changed.version)
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct EntryParams {
    /// Only those that are recognised (`true`), or only the others within your reach (`false`).
    awarded: Option<bool>,
    /// The cursor of the page before: its `next`.
    after: Option<String>,
    /// Rows wanted, 20 unless said.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
}

/// List the communities of a round
///
/// In the order of the alphabet: those that are recognised, and of the others those within your reach.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The round's id"), EntryParams),
    responses((status = 200, description = "A page of entries", body = Items<AwardEntry>)))]
#[get("/v1/award-rounds/{id}/entries")]
async fn list_award_entries(
    call: Call,
    id: Path<AwardRoundId>,
    Params(params): Params<EntryParams>,
) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    let filter = AwardEntryFilter { awarded: params.awarded };
    reply::page(&call.http, entry::list(&call.ctx, *id, filter, &page).await?)
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

/// List for which years a community is recognised
///
/// The latest first. Its members, and those who look after it, see the other years too.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The community's id"), ListParams),
    responses((status = 200, description = "A page of entries", body = Items<AwardEntry>)))]
#[get("/v1/communities/{id}/awards")]
async fn list_community_awards(
    call: Call,
    id: Path<CommunityId>,
    Params(params): Params<ListParams>,
) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    reply::page(&call.http, entry::of_community(&call.ctx, *id, &page).await?)
}

/// Get an entry
///
/// One community in a round: what was asked, what there was, and why it is recognised or not.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The entry's id")),
    responses((status = 200, description = "The entry", body = AwardEntry)))]
#[get("/v1/award-entries/{id}")]
async fn get_award_entry(call: Call, id: Path<AwardEntryId>) -> Answer {
    let found = entry::find(&call.ctx, *id).await?;
    reply::resource(&call.http, &found, found.version)
}

/// Work an entry out again
///
/// From the text that decided, and from the records as they are now.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The entry's id")),
    responses((status = 200, description = "The entry, worked out again", body = AwardReproduction)))]
#[get("/v1/award-entries/{id}/reproduction")]
async fn get_award_entry_reproduction(call: Call, id: Path<AwardEntryId>) -> Answer {
    reply::plain(&reproduce::reproduction(&call.ctx, *id).await?)
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ObjectionParams {
    /// Only those that stand here.
    status: Option<AwardObjectionStatus>,
    /// The cursor of the page before: its `next`.
    after: Option<String>,
    /// Rows wanted, 20 unless said.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
}

/// List the objections in a round
///
/// The earliest first: those of your own community, or all of your region.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The round's id"), ObjectionParams),
    responses((status = 200, description = "A page of objections", body = Items<AwardObjection>)))]
#[get("/v1/award-rounds/{id}/objections")]
async fn list_award_objections(
    call: Call,
    id: Path<AwardRoundId>,
    Params(params): Params<ObjectionParams>,
) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    let filter = AwardObjectionFilter { status: params.status };
    reply::page(&call.http, objection::list(&call.ctx, *id, filter, &page).await?)
}

/// Object to an entry
///
/// For a community, by one of its officers: what was counted wrongly. Within fourteen days of the announcement, and once for
/// each.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The id of the community's entry")), request_body = RaiseAwardObjectionInput,
    responses((status = 201, description = "Raised", body = AwardObjection)))]
#[post("/v1/award-entries/{id}/objections")]
async fn raise_award_objection(call: Write<RaiseAwardObjectionInput>, id: Path<AwardEntryId>) -> Answer {
    let made = call.ctx.write(RaiseAwardObjection { entry: *id, input: call.body }).await?;
    reply::created(&made, made.version, &format!("/v1/award-objections/{}", made.id))
}

/// Get an objection
///
/// What a community said, and what was answered.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The objection's id")),
    responses((status = 200, description = "The objection", body = AwardObjection)))]
#[get("/v1/award-objections/{id}")]
async fn get_award_objection(call: Call, id: Path<AwardObjectionId>) -> Answer {
    let found = objection::find(&call.ctx, *id).await?;
    reply::resource(&call.http, &found, found.version)
}

/// Decide about an objection
///
/// Counts the community again, by the records as they are now, or leaves it as it is. Never by whoever announced the
/// round.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The objection's id")), request_body = DecideAwardObjectionInput,
    responses((status = 200, description = "Decided", body = AwardObjection)))]
#[post("/v1/award-objections/{id}/decide")]
async fn decide_award_objection(
    call: Write<DecideAwardObjectionInput>,
    id: Path<AwardObjectionId>,
) -> Answer {
    let changed = call.ctx.write(DecideAwardObjection { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}
