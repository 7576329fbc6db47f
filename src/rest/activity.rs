//! `/v1/communities/{id}/activities`, `/v1/communities/{id}/feed`, `/v1/activities`

use actix_web::{get, patch, post, web::Path};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    call::{Call, Nothing, Params, Write},
    reply::{self, Answer, Items},
};
use crate::{
    community::{
        activity::{
            feed::{self, FeedFilter, FeedItem},
            input::{
                CancelActivityInput, CreateActivityInput, ReopenActivityInput, ReportActivityInput,
                UpdateActivityInput,
            },
            read::{self, ActivityFilter},
            rule::ActivityKind,
            state::ActivityStatus,
            view::{Activity, ActivityId},
            write::{
                CancelActivity, CreateActivity, HoldActivity, ReopenActivity, ReportActivity, UpdateActivity,
            },
        },
        group::view::CommunityId,
    },
    foundation::page::{MAX_LIMIT, PageRequest},
};

const TAG: &str = "Activities";

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_activities)
        .service(create_activity)
        .service(list_community_feed)
        .service(get_activity)
        .service(update_activity)
        .service(cancel_activity)
        .service(hold_activity)
        .service(report_activity)
        .service(reopen_activity);
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListParams {
    /// Only this kind.
    kind: Option<ActivityKind>,
    /// Only those that stand there.
    status: Option<ActivityStatus>,
    /// Only those that start at this instant or later.
    #[param(example = "2027-01-01T00:00:00Z")]
    from: Option<DateTime<Utc>>,
    /// Only those that start before this instant.
    #[param(example = "2027-07-01T00:00:00Z")]
    until: Option<DateTime<Utc>>,
    /// The cursor of the page before: its `next`.
    after: Option<String>,
    /// Rows wanted, 20 unless said.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
}

/// List the activities of a community
///
/// Planned and past ones, by start. For its members and those who look after it; others find none.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The community's id"), ListParams),
    responses((status = 200, description = "A page of activities", body = Items<Activity>)))]
#[get("/v1/communities/{id}/activities")]
async fn list_activities(call: Call, id: Path<CommunityId>, Params(params): Params<ListParams>) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    let filter =
        ActivityFilter { kind: params.kind, status: params.status, from: params.from, until: params.until };
    reply::page(&call.http, read::list(&call.ctx, *id, &filter, &page).await?)
}

/// Plan an activity
///
/// Puts an activity into a community's plan: at most 400 days ahead, and at most 30 days back, for groups
/// note yesterday's meeting. Its officers do this.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The community's id")), request_body = CreateActivityInput,
    responses((status = 201, description = "Planned", body = Activity)))]
#[post("/v1/communities/{id}/activities")]
async fn create_activity(call: Write<CreateActivityInput>, id: Path<CommunityId>) -> Answer {
    let made = call.ctx.write(CreateActivity { community: *id, input: call.body }).await?;
    reply::created(&made, made.version, &format!("/v1/activities/{}", made.id))
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct FeedParams {
    /// Only what starts before this instant; what has begun by now unless said.
    #[param(example = "2027-07-01T00:00:00Z")]
    until: Option<DateTime<Utc>>,
    /// The cursor of the page before: its `next`.
    after: Option<String>,
    /// Rows wanted, 20 unless said.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
}

/// List the feed of a community
///
/// What it did, the newest first: each activity with how many were there and the first three names. For its
/// members and those who look after it; others find nothing.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The community's id"), FeedParams),
    responses((status = 200, description = "A page of the feed", body = Items<FeedItem>)))]
#[get("/v1/communities/{id}/feed")]
async fn list_community_feed(
    call: Call,
    id: Path<CommunityId>,
    Params(params): Params<FeedParams>,
) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    let filter = FeedFilter { until: params.until };
    reply::page(&call.http, feed::list(&call.ctx, *id, &filter, &page).await?)
}

/// Get an activity
///
/// One activity by its id. Its `ETag` is what `If-Match` of an update wants.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The activity's id")),
    responses((status = 200, description = "The activity", body = Activity)))]
#[get("/v1/activities/{id}")]
async fn get_activity(call: Call, id: Path<ActivityId>) -> Answer {
    let found = read::find(&call.ctx, *id).await?;
    reply::resource(&call.http, &found, found.version)
}

/// Change an activity
///
/// JSON merge patch of an activity that is still to come; its times only until attendance was recorded.
/// Another time or place makes a new revision for calendars. Send the version you read in `If-Match`.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The activity's id")), request_body = UpdateActivityInput,
    responses((status = 200, description = "Changed", body = Activity)))]
#[patch("/v1/activities/{id}")]
async fn update_activity(call: Write<UpdateActivityInput>, id: Path<ActivityId>) -> Answer {
    let version = call.version()?;
    let changed = call.ctx.write(UpdateActivity { id: *id, version, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Cancel an activity
///
/// One that is still planned, for a reason that its members read. Final.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The activity's id")), request_body = CancelActivityInput,
    responses((status = 200, description = "Cancelled", body = Activity)))]
#[post("/v1/activities/{id}/cancel")]
async fn cancel_activity(call: Write<CancelActivityInput>, id: Path<ActivityId>) -> Answer {
    let changed = call.ctx.write(CancelActivity { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Note that an activity is held
///
/// From its start on. A community that was dormant is active again.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The activity's id")), request_body = Nothing,
    responses((status = 200, description = "Held", body = Activity)))]
#[post("/v1/activities/{id}/hold")]
async fn hold_activity(call: Write<Nothing>, id: Path<ActivityId>) -> Answer {
    let changed = call.ctx.write(HoldActivity(*id)).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Report an activity
///
/// Completes the report of an activity that was held: its minutes, beside the attendance that is in. Credit
/// counts what was reported.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The activity's id")), request_body = ReportActivityInput,
    responses((status = 200, description = "Reported", body = Activity)))]
#[post("/v1/activities/{id}/report")]
async fn report_activity(call: Write<ReportActivityInput>, id: Path<ActivityId>) -> Answer {
    let changed = call.ctx.write(ReportActivity { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Open the report of an activity again
///
/// For a reason, so that attendance and minutes can be put right; only while nobody's credit counts it.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The activity's id")), request_body = ReopenActivityInput,
    responses((status = 200, description = "Held, its report due again", body = Activity)))]
#[post("/v1/activities/{id}/reopen")]
async fn reopen_activity(call: Write<ReopenActivityInput>, id: Path<ActivityId>) -> Answer {
    let changed = call.ctx.write(ReopenActivity { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}
