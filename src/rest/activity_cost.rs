//! `/v1/activities/{id}/costs`, `/v1/activity-costs`, `/v1/communities/{id}/savings`

use actix_web::{delete, get, post, web::Path};
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
            cost::{
                read,
                view::{ActivityCost, ActivityCostId},
                write::{CreateActivityCost, CreateActivityCostInput, DeleteActivityCost},
            },
            view::ActivityId,
        },
        group::view::CommunityId,
        savings::{read::community_savings, view::CommunitySavings},
    },
    foundation::page::{MAX_LIMIT, PageRequest},
};

const TAG: &str = "Activities";

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_activity_costs)
        .service(create_activity_cost)
        .service(delete_activity_cost)
        .service(get_community_savings);
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

/// List what an activity cost
///
/// What was paid for, how much and by whom, in the order in which it was recorded. Its members read it.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The activity's id"), ListParams),
    responses((status = 200, description = "A page of costs", body = Items<ActivityCost>)))]
#[get("/v1/activities/{id}/costs")]
async fn list_activity_costs(call: Call, id: Path<ActivityId>, Params(params): Params<ListParams>) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    reply::page(&call.http, read::list(&call.ctx, *id, &page).await?)
}

/// Record what an activity cost
///
/// One thing that was paid for, and who paid; at most a hundred of an activity, until its members' credit counts it.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The activity's id")), request_body = CreateActivityCostInput,
    responses((status = 201, description = "Recorded", body = ActivityCost)))]
#[post("/v1/activities/{id}/costs")]
async fn create_activity_cost(call: Write<CreateActivityCostInput>, id: Path<ActivityId>) -> Answer {
    let made = call.ctx.write(CreateActivityCost { activity: *id, input: call.body }).await?;
    reply::created(&made, made.version, &format!("/v1/activities/{}/costs", made.activity_id))
}

/// Delete a cost of an activity
///
/// Takes back what was recorded by mistake, until its members' credit counts the activity. Answers with the cost
/// as it was. Send the version you read in `If-Match`.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The cost's id")),
    responses((status = 200, description = "Deleted", body = ActivityCost)))]
#[delete("/v1/activity-costs/{id}")]
async fn delete_activity_cost(call: Write<Nothing>, id: Path<ActivityCostId>) -> Answer {
    let version = call.version()?;
    reply::plain(&call.ctx.write(DeleteActivityCost { id: *id, version }).await?)
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct PeriodParams {
    /// Start of the period; a year before its end unless said.
    #[param(example = "2026-07-01T00:00:00Z")]
    from: Option<DateTime<Utc>>,
    /// End of the period, exclusive; now unless said.
    #[param(example = "2027-07-01T00:00:00Z")]
    until: Option<DateTime<Utc>>,
}

/// Get what a community saved
///
/// Against outside trainings of the same hours: minutes of everybody who was at reported activities, times what
/// a minute of a participant cost in direct batches of the same province that finished in the last three years
/// (of the country where the province has none), less what the activities cost. Every term is shown; whole
/// rupiah, rounded down.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The community's id"), PeriodParams),
    responses((status = 200, description = "The savings, term by term", body = CommunitySavings)))]
#[get("/v1/communities/{id}/savings")]
async fn get_community_savings(
    call: Call,
    id: Path<CommunityId>,
    Params(params): Params<PeriodParams>,
) -> Answer {
    reply::shown(&call.http, &community_savings(&call.ctx, *id, params.from, params.until).await?)
}
