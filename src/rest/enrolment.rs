//! `/v1/enrolments`, `/v1/batches/{id}/enrolments`

use actix_web::{get, post, web::Path};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    call::{Call, Nothing, Params, Write},
    reply::{self, Answer, Items},
};
use crate::{
    directory::{person::view::PersonId, school::view::SchoolId},
    foundation::page::{MAX_LIMIT, PageRequest},
    training::{
        batch::view::BatchId,
        enrolment::{
            read::{self, EnrolmentFilter, EnrolmentPlan, RosterFilter},
            record,
            rule::EnrolmentStatus,
            view::{Completion, Enrolment, EnrolmentId},
            write::{
                AcceptEnrolment, ApplyEnrolment, ApplyEnrolmentInput, CompleteEnrolment, ReapplyEnrolment,
                RejectEnrolment, RejectEnrolmentInput, ReopenEnrolment, ReopenEnrolmentInput, ScoreEnrolment,
                ScoreEnrolmentInput, WaitlistEnrolment, WithdrawEnrolment, WithdrawEnrolmentInput,
            },
        },
    },
};

const TAG: &str = "Enrolments";

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_enrolments)
        .service(get_enrolment)
        .service(get_enrolment_completion)
        .service(list_batch_enrolments)
        .service(apply_enrolment)
        .service(reapply_enrolment)
        .service(accept_enrolment)
        .service(waitlist_enrolment)
        .service(reject_enrolment)
        .service(withdraw_enrolment)
        .service(score_enrolment)
        .service(complete_enrolment)
        .service(reopen_enrolment);
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListParams {
    /// Only those in this batch.
    #[param(value_type = Option<String>, format = "uuid")]
    batch_id: Option<BatchId>,
    /// Only those of this person.
    #[param(value_type = Option<String>, format = "uuid")]
    person_id: Option<PersonId>,
    /// Only those of persons who were at this school when they applied.
    #[param(value_type = Option<String>, format = "uuid")]
    school_id: Option<SchoolId>,
    /// Only those of persons who were in this region, or one below it, when they applied.
    #[param(example = "32.73", max_length = 13)]
    region_code: Option<String>,
    /// Only those that stand here.
    status: Option<EnrolmentStatus>,
    /// The cursor of the page before: its `next`.
    after: Option<String>,
    /// Rows wanted, 20 unless said.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
}

/// List enrolments
///
/// Within your reach, in the order of application: your own for a teacher, the school's for a
/// principal, those of your batches for a provider, of your region for an officer.
#[utoipa::path(tag = TAG, params(ListParams), responses((status = 200, description = "A page of enrolments", body = Items<Enrolment>)))]
#[get("/v1/enrolments")]
async fn list_enrolments(call: Call, Params(params): Params<ListParams>) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    let filter = EnrolmentFilter {
        batch_id: params.batch_id,
        person_id: params.person_id,
        school_id: params.school_id,
        region_code: params.region_code,
        status: params.status,
    };
    reply::page(&call.http, read::list(&call.ctx, &filter, EnrolmentPlan::default(), &page).await?)
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct RosterParams {
    /// Only those that stand here.
    status: Option<EnrolmentStatus>,
    /// The cursor of the page before: its `next`.
    after: Option<String>,
    /// Rows wanted, 20 unless said.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
}

/// List the enrolments of a batch
///
/// Its roster within your reach, in the order of application, with names.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The batch's id"), RosterParams),
    responses((status = 200, description = "A page of enrolments", body = Items<Enrolment>)))]
#[get("/v1/batches/{id}/enrolments")]
async fn list_batch_enrolments(
    call: Call,
    id: Path<BatchId>,
    Params(params): Params<RosterParams>,
) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    let filter = RosterFilter { status: params.status };
    reply::page(&call.http, read::roster(&call.ctx, *id, &filter, EnrolmentPlan::default(), &page).await?)
}

/// Get an enrolment
///
/// One enrolment by its id; while waitlisted with its place on the waiting list.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The enrolment's id")),
    responses((status = 200, description = "The enrolment", body = Enrolment)))]
#[get("/v1/enrolments/{id}")]
async fn get_enrolment(call: Call, id: Path<EnrolmentId>) -> Answer {
    let found = read::find(&call.ctx, *id, EnrolmentPlan::default()).await?;
    reply::resource(&call.http, &found, found.version)
}

/// Explain a completion
///
/// Each requirement of the program's pass rule with what is asked for, what is recorded, and
/// whether it is enough.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The enrolment's id")),
    responses((status = 200, description = "The explanation", body = Completion)))]
#[get("/v1/enrolments/{id}/completion")]
async fn get_enrolment_completion(call: Call, id: Path<EnrolmentId>) -> Answer {
    reply::shown(&call.http, &record::find_completion(&call.ctx, *id).await?)
}

/// Apply for a batch
///
/// For yourself, or as a principal for someone of your school. The batch must be open and its
/// registration window last. First come: you get a seat at once, or a place on the waiting list.
/// Least trained first, or when you were turned down here before: you stay `applied` until the
/// provider decides. `warnings` tell when the program is meant for others. Who teaches in the batch
/// cannot take part in it.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The batch's id")), request_body = ApplyEnrolmentInput,
    responses((status = 201, description = "Applied; `status` says what it came to", body = Enrolment)))]
#[post("/v1/batches/{id}/enrolments")]
async fn apply_enrolment(call: Write<ApplyEnrolmentInput>, id: Path<BatchId>) -> Answer {
    let language = call.ctx.language;
    let made = call.ctx.write(ApplyEnrolment { batch_id: *id, input: call.body, language }).await?;
    reply::created(&made, made.version, &format!("/v1/enrolments/{}", made.id))
}

/// Apply again
///
/// Takes a withdrawn enrolment up again, at the end of the queue, while the batch still takes applications.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The enrolment's id")), request_body = Nothing,
    responses((status = 200, description = "Applied again; `status` says what it came to", body = Enrolment)))]
#[post("/v1/enrolments/{id}/reapply")]
async fn reapply_enrolment(call: Write<Nothing>, id: Path<EnrolmentId>) -> Answer {
    let language = call.ctx.language;
    let changed = call.ctx.write(ReapplyEnrolment { id: *id, language }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Accept an enrolment
///
/// Gives a seat by hand to one who applied or waits. `seats_exhausted` when there is none.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The enrolment's id")), request_body = Nothing,
    responses((status = 200, description = "Accepted", body = Enrolment)))]
#[post("/v1/enrolments/{id}/accept")]
async fn accept_enrolment(call: Write<Nothing>, id: Path<EnrolmentId>) -> Answer {
    let changed = call.ctx.write(AcceptEnrolment(*id)).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Put an enrolment on the waiting list
///
/// One who applied waits for a seat to be freed.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The enrolment's id")), request_body = Nothing,
    responses((status = 200, description = "Waitlisted", body = Enrolment)))]
#[post("/v1/enrolments/{id}/waitlist")]
async fn waitlist_enrolment(call: Write<Nothing>, id: Path<EnrolmentId>) -> Answer {
    let changed = call.ctx.write(WaitlistEnrolment(*id)).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Reject an enrolment
///
/// For a reason. One who has a seat only while nothing of their attendance was recorded; the seat
/// goes to the first of the waiting list.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The enrolment's id")), request_body = RejectEnrolmentInput,
    responses((status = 200, description = "Rejected", body = Enrolment)))]
#[post("/v1/enrolments/{id}/reject")]
async fn reject_enrolment(call: Write<RejectEnrolmentInput>, id: Path<EnrolmentId>) -> Answer {
    let changed = call.ctx.write(RejectEnrolment { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Withdraw an enrolment
///
/// Gives an application, a place on the waiting list or a seat up. Whoever gives up a seat says why;
/// the seat goes to the first of the waiting list.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The enrolment's id")), request_body = WithdrawEnrolmentInput,
    responses((status = 200, description = "Withdrawn", body = Enrolment)))]
#[post("/v1/enrolments/{id}/withdraw")]
async fn withdraw_enrolment(call: Write<WithdrawEnrolmentInput>, id: Path<EnrolmentId>) -> Answer {
    let changed = call.ctx.write(WithdrawEnrolment { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Score an enrolment
///
/// 0 to 100, in place of an earlier score; while the batch runs or after it finished, until the
/// enrolment is decided.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The enrolment's id")), request_body = ScoreEnrolmentInput,
    responses((status = 200, description = "Scored", body = Enrolment)))]
#[post("/v1/enrolments/{id}/score")]
async fn score_enrolment(call: Write<ScoreEnrolmentInput>, id: Path<EnrolmentId>) -> Answer {
    let changed = call.ctx.write(ScoreEnrolment { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Complete an enrolment
///
/// Decides by the program's pass rule: `completed` with the credit hours earned, or `not_completed`
/// with what is missing. While the batch runs, only once every session has ended.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The enrolment's id")), request_body = Nothing,
    responses((status = 200, description = "Decided; `status` says how", body = Enrolment)))]
#[post("/v1/enrolments/{id}/complete")]
async fn complete_enrolment(call: Write<Nothing>, id: Path<EnrolmentId>) -> Answer {
    let changed = call.ctx.write(CompleteEnrolment(*id)).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Reopen an enrolment
///
/// Takes a decision back for a reason, so that attendance or score can be put right; only while no
/// certificate of it is valid, and not in a cancelled batch.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The enrolment's id")), request_body = ReopenEnrolmentInput,
    responses((status = 200, description = "Accepted again", body = Enrolment)))]
#[post("/v1/enrolments/{id}/reopen")]
async fn reopen_enrolment(call: Write<ReopenEnrolmentInput>, id: Path<EnrolmentId>) -> Answer {
    let changed = call.ctx.write(ReopenEnrolment { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}
