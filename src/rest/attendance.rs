//! `/v1/sessions/{id}/attendance`

use actix_web::{get, post, web::Path};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    call::{Call, Params, Write},
    reply::{self, Answer, Items},
};
use crate::{
    foundation::page::{MAX_LIMIT, PageRequest},
    training::{
        attendance::{
            read,
            view::{Attendance, AttendanceRecord},
            write::{RecordAttendance, RecordAttendanceInput},
        },
        session::view::SessionId,
    },
};

const TAG: &str = "Sessions";

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list_attendance).service(record_attendance);
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

/// List the attendance of a session
///
/// Who was recorded, with names and minutes. A participant sees their own line.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The session's id"), ListParams),
    responses((status = 200, description = "A page of attendance", body = Items<Attendance>)))]
#[get("/v1/sessions/{id}/attendance")]
async fn list_attendance(call: Call, id: Path<SessionId>, Params(params): Params<ListParams>) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    reply::page(&call.http, read::list(&call.ctx, *id, &page).await?)
}

/// Record the attendance of a session
///
/// The whole session in one call, once it has started. Either all of it is recorded, or nothing and
/// every fault is told. The same list again changes nothing; other minutes replace the earlier ones, and
/// null takes a line back. It is a new version of the session.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The session's id")), request_body = RecordAttendanceInput,
    responses((status = 200, description = "Recorded", body = AttendanceRecord)))]
#[post("/v1/sessions/{id}/attendance")]
async fn record_attendance(call: Write<RecordAttendanceInput>, id: Path<SessionId>) -> Answer {
    reply::plain(&call.ctx.write(RecordAttendance { session_id: *id, input: call.body }).await?)
}
