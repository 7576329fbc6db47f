//! `/v1/batches/{id}/sessions`, `/v1/sessions`, `/v1/persons/{id}/burden`

use actix_web::{delete, get, patch, post, web::Path};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    call::{Call, Nothing, Params, Write},
    reply::{self, Answer, Items},
};
use crate::{
    directory::person::view::PersonId,
    foundation::page::{MAX_LIMIT, PageRequest},
    training::{
        batch::view::BatchId,
        session::{
            clash::{self, SessionClashes},
            input::{
                AssignSessionTeacherInput, CreateSessionInput, UnassignSessionTeacherInput,
                UpdateSessionInput,
            },
            ledger::{self, TrainerBurden},
            read,
            view::{Session, SessionId},
            write::{
                AssignSessionTeacher, CreateSession, DeleteSession, UnassignSessionTeacher, UpdateSession,
            },
        },
    },
};

const TAG: &str = "Sessions";

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_sessions)
        .service(create_session)
        .service(get_session)
        .service(update_session)
        .service(delete_session)
        .service(assign_session_teacher)
        .service(unassign_session_teacher)
        .service(get_session_clashes)
        .service(get_trainer_burden);
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

/// List the sessions of a batch
///
/// By start. Who teaches them is shown to signed-in callers only.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The batch's id"), ListParams),
    responses((status = 200, description = "A page of sessions", body = Items<Session>)))]
#[get("/v1/batches/{id}/sessions")]
async fn list_sessions(call: Call, id: Path<BatchId>, Params(params): Params<ListParams>) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    reply::page(&call.http, read::list(&call.ctx, *id, &page).await?)
}

/// Plan a session
///
/// Puts a session on the plan of a batch that has not finished, until completions were decided. `warnings` tell whether it falls into
/// teaching hours.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The batch's id")), request_body = CreateSessionInput,
    responses((status = 201, description = "Planned", body = Session)))]
#[post("/v1/batches/{id}/sessions")]
async fn create_session(call: Write<CreateSessionInput>, id: Path<BatchId>) -> Answer {
    let language = call.ctx.language;
    let made = call.ctx.write(CreateSession { batch: *id, input: call.body, language }).await?;
    reply::created(&made, made.version, &format!("/v1/sessions/{}", made.id))
}

/// Get a session
///
/// One session by its id. Its `ETag` is what `If-Match` of an update wants.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The session's id")),
    responses((status = 200, description = "The session", body = Session)))]
#[get("/v1/sessions/{id}")]
async fn get_session(call: Call, id: Path<SessionId>) -> Answer {
    let found = read::find(&call.ctx, *id).await?;
    reply::resource(&call.http, &found, found.version)
}

/// Change a session
///
/// JSON merge patch of a session of a batch that has not finished; its times only until attendance was
/// recorded or completions of the batch were decided. The ledger of whoever teaches it moves along; past
/// twice the cap that takes `overrideReason` and the right to override, as an assignment does. Send the version you read in `If-Match`.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The session's id")), request_body = UpdateSessionInput,
    responses((status = 200, description = "Changed", body = Session)))]
#[patch("/v1/sessions/{id}")]
async fn update_session(call: Write<UpdateSessionInput>, id: Path<SessionId>) -> Answer {
    let (version, language) = (call.version()?, call.ctx.language);
    let changed = call.ctx.write(UpdateSession { id: *id, version, input: call.body, language }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Take a session off the plan
///
/// As long as nobody attended it and no completion of the batch was decided; a batch that was opened keeps
/// at least one. Answers with the session as it was. Send the version you read in `If-Match`.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The session's id")),
    responses((status = 200, description = "Taken off the plan", body = Session)))]
#[delete("/v1/sessions/{id}")]
async fn delete_session(call: Write<Nothing>, id: Path<SessionId>) -> Answer {
    let version = call.version()?;
    let deleted = call.ctx.write(DeleteSession { id: *id, version }).await?;
    reply::plain(&deleted)
}

/// Let a resource person teach a session
///
/// With verified competence for the program, and free at that time. Past the cap of a serving teacher's
/// term `warnings` say so; past twice the cap it takes somebody with the right to override, and a reason.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The session's id")), request_body = AssignSessionTeacherInput,
    responses((status = 200, description = "Assigned", body = Session)))]
#[post("/v1/sessions/{id}/assign")]
async fn assign_session_teacher(call: Write<AssignSessionTeacherInput>, id: Path<SessionId>) -> Answer {
    let language = call.ctx.language;
    let changed = call.ctx.write(AssignSessionTeacher { id: *id, input: call.body, language }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Take a resource person off a session
///
/// As long as nobody attended it.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The session's id")), request_body = UnassignSessionTeacherInput,
    responses((status = 200, description = "Taken off", body = Session)))]
#[post("/v1/sessions/{id}/unassign")]
async fn unassign_session_teacher(call: Write<UnassignSessionTeacherInput>, id: Path<SessionId>) -> Answer {
    let changed = call.ctx.write(UnassignSessionTeacher { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Get a session's clashes
///
/// Which schools' teaching hours the session falls into. Persons are counted by school, never named.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The session's id")),
    responses((status = 200, description = "The clashes", body = SessionClashes)))]
#[get("/v1/sessions/{id}/clashes")]
async fn get_session_clashes(call: Call, id: Path<SessionId>) -> Answer {
    reply::plain(&clash::session_clashes(&call.ctx, *id).await?)
}

/// Get a trainer's burden
///
/// How many minutes a person teaches others, term by term, beside the cap for serving teachers.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The person's id")),
    responses((status = 200, description = "The burden", body = TrainerBurden)))]
#[get("/v1/persons/{id}/burden")]
async fn get_trainer_burden(call: Call, id: Path<PersonId>) -> Answer {
    reply::plain(&ledger::trainer_burden(&call.ctx, *id).await?)
}
