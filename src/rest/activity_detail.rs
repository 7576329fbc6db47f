//! `/v1/activities/{id}/detail`, `/v1/activities/{id}/coaching`

use actix_web::{get, post, web::Path};
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    call::{Call, Nothing, Write},
    reply::{self, Answer},
};
use crate::community::{
    activity::{
        detail::{input::DescribeActivityInput, read, view::DescribedActivity, write::DescribeActivity},
        view::ActivityId,
    },
    coaching::{
        input::RecordCoachingInput,
        view::CoachingDetail,
        write::{RecordCoaching, ShareCoaching, UnshareCoaching},
    },
};

const TAG: &str = "Activities";

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(get_activity_detail)
        .service(describe_activity)
        .service(record_coaching)
        .service(share_coaching)
        .service(unshare_coaching);
}

/// Get what is particular to an activity
///
/// By its kind: an agenda, a practice, what pupils showed, chapters, artefacts, articles, or that lessons were
/// observed or somebody was accompanied. Null while nobody has said it.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The activity's id")),
    responses((status = 200, description = "What is particular to it", body = DescribedActivity)))]
#[get("/v1/activities/{id}/detail")]
async fn get_activity_detail(call: Call, id: Path<ActivityId>) -> Answer {
    reply::plain(&read::find(&call.ctx, *id).await?)
}

/// Say what is particular to an activity
///
/// The agenda of a meeting, a practice that worked, or what pupils showed; in place of what was said before, until
/// the report is complete. Give the one member that fits the activity's kind.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The activity's id")), request_body = DescribeActivityInput,
    responses((status = 200, description = "Said", body = DescribedActivity)))]
#[post("/v1/activities/{id}/detail")]
async fn describe_activity(call: Write<DescribeActivityInput>, id: Path<ActivityId>) -> Answer {
    reply::plain(&call.ctx.write(DescribeActivity { id: *id, input: call.body }).await?)
}

/// Write down what you and a colleague work on
///
/// At a coaching, by one of the two. Only the two read it, until both share it; other words ask for both consents anew.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The activity's id")), request_body = RecordCoachingInput,
    responses((status = 200, description = "Written", body = CoachingDetail)))]
#[post("/v1/activities/{id}/coaching")]
async fn record_coaching(call: Write<RecordCoachingInput>, id: Path<ActivityId>) -> Answer {
    reply::plain(&call.ctx.write(RecordCoaching { id: *id, input: call.body }).await?)
}

/// Share your coaching with the members
///
/// As far as you are concerned: it takes both of you.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The activity's id")), request_body = Nothing,
    responses((status = 200, description = "Shared by you", body = CoachingDetail)))]
#[post("/v1/activities/{id}/coaching/share")]
async fn share_coaching(call: Write<Nothing>, id: Path<ActivityId>) -> Answer {
    reply::plain(&call.ctx.write(ShareCoaching(*id)).await?)
}

/// Share your coaching no longer
///
/// One of the two is enough.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The activity's id")), request_body = Nothing,
    responses((status = 200, description = "No longer shared", body = CoachingDetail)))]
#[post("/v1/activities/{id}/coaching/unshare")]
async fn unshare_coaching(call: Write<Nothing>, id: Path<ActivityId>) -> Answer {
    reply::plain(&call.ctx.write(UnshareCoaching(*id)).await?)
}
