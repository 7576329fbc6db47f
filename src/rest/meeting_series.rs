//! `/v1/communities/{id}/meeting-series`, `/v1/meeting-series`, `/v1/activities/{id}/clashes`

use actix_web::{get, patch, post, web::Path};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    call::{Call, Params, Write},
    reply::{self, Answer, Items},
};
use crate::{
    community::{
        activity::view::ActivityId,
        group::view::CommunityId,
        series::{
            clash::{self, MeetingClashes},
            input::{CreateMeetingSeriesInput, EndMeetingSeriesInput, UpdateMeetingSeriesInput},
            preview::{self, MeetingSeriesPreview},
            read,
            view::{MeetingSeries, MeetingSeriesId},
            write::{CreateMeetingSeries, EndMeetingSeries, UpdateMeetingSeries},
        },
    },
    foundation::page::{MAX_LIMIT, PageRequest},
};

const TAG: &str = "Meetings";

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_community_meeting_series)
        .service(create_meeting_series)
        .service(preview_meeting_series)
        .service(get_meeting_series)
        .service(update_meeting_series)
        .service(end_meeting_series)
        .service(get_activity_clashes);
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

/// List the series of a community
///
/// Its series of meetings, ended ones included, oldest first; for its members and those who look after it.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The community's id"), ListParams),
    responses((status = 200, description = "A page of series", body = Items<MeetingSeries>)))]
#[get("/v1/communities/{id}/meeting-series")]
async fn list_community_meeting_series(
    call: Call,
    id: Path<CommunityId>,
    Params(params): Params<ListParams>,
) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    reply::page(&call.http, read::list(&call.ctx, *id, &page).await?)
}

/// Let a community meet by a rule
///
/// The meetings of the next 180 days are put into the plan at once, later ones as time goes on. When members
/// give lessons then, the answer is 409 `meetings_clash_with_teaching`, unless `despiteClashes` says why the
/// meetings take place all the same. `warnings` tell of members with something else at the same time.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The community's id")), request_body = CreateMeetingSeriesInput,
    responses((status = 201, description = "Planned", body = MeetingSeries)))]
#[post("/v1/communities/{id}/meeting-series")]
async fn create_meeting_series(call: Write<CreateMeetingSeriesInput>, id: Path<CommunityId>) -> Answer {
    let language = call.ctx.language;
    let made = call.ctx.write(CreateMeetingSeries { community: *id, input: call.body, language }).await?;
    reply::created(&made, made.version, &format!("/v1/meeting-series/{}", made.id))
}

/// See what a series would come to
///
/// Takes what would make a series and changes nothing. Answers with its first 60 meetings, each with how many
/// members could not come, and up to five slots at other hours and days that suit more of them.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The community's id")), request_body = CreateMeetingSeriesInput,
    responses((status = 200, description = "What it would come to", body = MeetingSeriesPreview)))]
#[post("/v1/communities/{id}/meeting-series/preview")]
async fn preview_meeting_series(call: Write<CreateMeetingSeriesInput>, id: Path<CommunityId>) -> Answer {
    reply::plain(&preview::preview(&call.ctx, *id, &call.body).await?)
}

/// Get a series of meetings
///
/// One series by its id. Its meetings are activities of the community. Its `ETag` is what `If-Match` of an
/// update wants.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The series's id")),
    responses((status = 200, description = "The series", body = MeetingSeries)))]
#[get("/v1/meeting-series/{id}")]
async fn get_meeting_series(call: Call, id: Path<MeetingSeriesId>) -> Answer {
    let found = read::find(&call.ctx, *id).await?;
    reply::resource(&call.http, &found, found.version)
}

/// Change a series of meetings
///
/// JSON merge patch. Its meetings to come follow; those that were moved, renamed or cancelled by hand stay as
/// they are, and so do those of the past. Meetings that another rule or a new pause leaves out are cancelled,
/// and come back when it has them again. Send the version you read in `If-Match`.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The series's id")), request_body = UpdateMeetingSeriesInput,
    responses((status = 200, description = "Changed", body = MeetingSeries)))]
#[patch("/v1/meeting-series/{id}")]
async fn update_meeting_series(call: Write<UpdateMeetingSeriesInput>, id: Path<MeetingSeriesId>) -> Answer {
    let (version, language) = (call.version()?, call.ctx.language);
    let changed =
        call.ctx.write(UpdateMeetingSeries { id: *id, version, input: call.body, language }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// End a series of meetings
///
/// From a day on it has no meetings; those still planned then are cancelled. What was held stays.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The series's id")), request_body = EndMeetingSeriesInput,
    responses((status = 200, description = "Ended", body = MeetingSeries)))]
#[post("/v1/meeting-series/{id}/end")]
async fn end_meeting_series(call: Write<EndMeetingSeriesInput>, id: Path<MeetingSeriesId>) -> Answer {
    let ended = call.ctx.write(EndMeetingSeries { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &ended, ended.version)
}

/// Get an activity's clashes
///
/// How many members of the community could not come to it: those who give lessons then, by school, and those
/// with a meeting of another community or a training. Counted, never named.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The activity's id")),
    responses((status = 200, description = "The clashes", body = MeetingClashes)))]
#[get("/v1/activities/{id}/clashes")]
async fn get_activity_clashes(call: Call, id: Path<ActivityId>) -> Answer {
    reply::plain(&clash::of_activity(&call.ctx, *id).await?)
}
