//! `/v1/activities/{id}/attendance`, `/v1/activities/{id}/check-in-code`, `/v1/activities/{id}/check-in`,
//! `/v1/activities/{id}/confirm`

use actix_web::{get, post, web::Path};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    call::{Call, Nothing, Params, Write},
    reply::{self, Answer, Items},
};
use crate::{
    community::activity::{
        attendance::{
            read,
            record::{RecordActivityAttendance, RecordActivityAttendanceInput},
            view::{ActivityAttendance, ActivityAttendanceRecord},
        },
        check_in::{
            read::{ActivityCheckInCode, activity_check_in_code},
            write::{CheckInActivity, CheckInActivityInput, ConfirmActivity},
        },
        view::ActivityId,
    },
    foundation::page::{MAX_LIMIT, PageRequest},
};

const TAG: &str = "Activities";

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_activity_attendance)
        .service(record_activity_attendance)
        .service(get_activity_check_in_code)
        .service(check_in_activity)
        .service(confirm_activity);
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

/// List the attendance of an activity
///
/// Who was there, for how long and how it is known, in the order in which it was recorded.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The activity's id"), ListParams),
    responses((status = 200, description = "A page of attendance", body = Items<ActivityAttendance>)))]
#[get("/v1/activities/{id}/attendance")]
async fn list_activity_attendance(
    call: Call,
    id: Path<ActivityId>,
    Params(params): Params<ListParams>,
) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    reply::page(&call.http, read::list(&call.ctx, *id, &page).await?)
}

/// Record the attendance of an activity
///
/// By an officer, from the start of the activity until its report is complete. Either all of it is recorded,
/// or nothing and every fault is told. The same list again changes nothing; 0 minutes take a person off.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The activity's id")), request_body = RecordActivityAttendanceInput,
    responses((status = 200, description = "Recorded", body = ActivityAttendanceRecord)))]
#[post("/v1/activities/{id}/attendance")]
async fn record_activity_attendance(
    call: Write<RecordActivityAttendanceInput>,
    id: Path<ActivityId>,
) -> Answer {
    reply::plain(&call.ctx.write(RecordActivityAttendance { id: *id, input: call.body }).await?)
}

/// Get the check-in code of an activity
///
/// The code to show in the room now, large and as a QR code, for its officers. It changes every thirty
/// seconds: ask again at `nextAt`. From half an hour before the start until the end; `code` is null else.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The activity's id")),
    responses((status = 200, description = "The code, and when to ask again", body = ActivityCheckInCode)))]
#[get("/v1/activities/{id}/check-in-code")]
async fn get_activity_check_in_code(call: Call, id: Path<ActivityId>) -> Answer {
    reply::shown(&call.http, &activity_check_in_code(&call.ctx, *id).await?)
}

/// Check in to an activity
///
/// A member sends a code that was shown in the room, at once or, from a phone that had no network, up to
/// seven days after the end. The code proves the moment; nobody's clock is trusted. The same or another
/// good code again changes nothing and answers the same.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The activity's id")), request_body = CheckInActivityInput,
    responses((status = 200, description = "You are on the list", body = ActivityAttendance)))]
#[post("/v1/activities/{id}/check-in")]
async fn check_in_activity(call: Write<CheckInActivityInput>, id: Path<ActivityId>) -> Answer {
    reply::plain(&call.ctx.write(CheckInActivity { id: *id, input: call.body }).await?)
}

/// Confirm that you were at an activity
///
/// A member says so once it was noted as held, up to three days after its end and before its report. Officers
/// see how it is known, and may correct it.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The activity's id")), request_body = Nothing,
    responses((status = 200, description = "You are on the list", body = ActivityAttendance)))]
#[post("/v1/activities/{id}/confirm")]
async fn confirm_activity(call: Write<Nothing>, id: Path<ActivityId>) -> Answer {
    reply::plain(&call.ctx.write(ConfirmActivity(*id)).await?)
}
