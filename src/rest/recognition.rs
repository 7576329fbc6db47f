//! `/v1/recognition-schemes`, `/v1/communities/{id}/progress-notes`, `/v1/progress-notes`

use actix_web::{get, patch, post, web::Path};
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
        recognition::{
            note::{
                read as notes,
                view::{ProgressNote, ProgressNoteId},
                write::{MakeProgressNote, MakeProgressNoteInput},
            },
            scheme::{
                input::{CreateRecognitionSchemeInput, UpdateRecognitionSchemeInput},
                read as schemes,
                view::{RecognitionScheme, RecognitionSchemeId},
                write::{
                    CreateRecognitionScheme, PublishRecognitionScheme, RetireRecognitionScheme,
                    UpdateRecognitionScheme,
                },
            },
        },
    },
    foundation::page::{MAX_LIMIT, PageRequest},
};

const TAG: &str = "Recognition";

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_recognition_schemes)
        .service(create_recognition_scheme)
        .service(get_recognition_scheme)
        .service(update_recognition_scheme)
        .service(publish_recognition_scheme)
        .service(retire_recognition_scheme)
        .service(list_progress_notes)
        .service(make_progress_note)
        .service(get_progress_note);
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

/// List editions of the criteria
///
/// By which communities are recognised, the newest first. Drafts are shown to the ministry only.
#[utoipa::path(tag = TAG, params(ListParams), responses((status = 200, description = "A page of editions", body = Items<RecognitionScheme>)))]
#[get("/v1/recognition-schemes")]
async fn list_recognition_schemes(call: Call, Params(params): Params<ListParams>) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    reply::page(&call.http, schemes::list(&call.ctx, &page).await?)
}

/// Get an edition of the criteria
///
/// What is asked of a community: more than it had in the year before, but never less than `least` nor more than `ceiling`.
/// Its `ETag` is what `If-Match` of an update wants.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The edition's id")),
    responses((status = 200, description = "The edition", body = RecognitionScheme)))]
#[get("/v1/recognition-schemes/{id}")]
async fn get_recognition_scheme(call: Call, id: Path<RecognitionSchemeId>) -> Answer {
    let found = schemes::find(&call.ctx, *id).await?;
    reply::resource(&call.http, &found, found.version)
}

/// Draft the next edition of the criteria
///
/// By the ministry. It is shown to nobody else, until it is published.
#[utoipa::path(tag = TAG, request_body = CreateRecognitionSchemeInput,
    responses((status = 201, description = "Drafted", body = RecognitionScheme)))]
#[post("/v1/recognition-schemes")]
async fn create_recognition_scheme(call: Write<CreateRecognitionSchemeInput>) -> Answer {
    let made = call.ctx.write(CreateRecognitionScheme(call.body)).await?;
    reply::created(&made, made.version, &format!("/v1/recognition-schemes/{}", made.id))
}

/// Change a draft of the criteria
///
/// JSON merge patch. What was published never changes: write a new edition. Send the version you read in `If-Match`.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The edition's id")), request_body = UpdateRecognitionSchemeInput,
    responses((status = 200, description = "Changed", body = RecognitionScheme)))]
#[patch("/v1/recognition-schemes/{id}")]
async fn update_recognition_scheme(
    call: Write<UpdateRecognitionSchemeInput>,
    id: Path<RecognitionSchemeId>,
) -> Answer {
    let version = call.version()?;
    let changed = call.ctx.write(UpdateRecognitionScheme { id: *id, version, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Publish the criteria
///
/// They hold from their first year on, and what they say never changes again.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The edition's id")), request_body = Nothing,
    responses((status = 200, description = "Published", body = RecognitionScheme)))]
#[post("/v1/recognition-schemes/{id}/publish")]
async fn publish_recognition_scheme(call: Write<Nothing>, id: Path<RecognitionSchemeId>) -> Answer {
    let changed = call.ctx.write(PublishRecognitionScheme(*id)).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Retire an edition of the criteria
///
/// No year that begins later is looked at by it; rounds that were counted by it keep it.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The edition's id")), request_body = Nothing,
    responses((status = 200, description = "Retired", body = RecognitionScheme)))]
#[post("/v1/recognition-schemes/{id}/retire")]
async fn retire_recognition_scheme(call: Write<Nothing>, id: Path<RecognitionSchemeId>) -> Answer {
    let changed = call.ctx.write(RetireRecognitionScheme(*id)).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// List a community's notes of progress
///
/// How it went on, month by month, the latest first. For its members and those who look after it; others find none.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The community's id"), ListParams),
    responses((status = 200, description = "A page of notes", body = Items<ProgressNote>)))]
#[get("/v1/communities/{id}/progress-notes")]
async fn list_progress_notes(
    call: Call,
    id: Path<CommunityId>,
    Params(params): Params<ListParams>,
) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    reply::page(&call.http, notes::list(&call.ctx, *id, &page).await?)
}

/// Make a note of progress
///
/// Of a month that is over. The service does so by itself a week after each month; doing it again changes nothing and
/// answers with the note there is.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The community's id")), request_body = MakeProgressNoteInput,
    responses((status = 200, description = "The note", body = ProgressNote)))]
#[post("/v1/communities/{id}/progress-notes")]
async fn make_progress_note(call: Write<MakeProgressNoteInput>, id: Path<CommunityId>) -> Answer {
    reply::plain(&call.ctx.write(MakeProgressNote { community: *id, input: call.body }).await?)
}

/// Get a note of progress
///
/// What was counted in one month beside the month before.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The note's id")),
    responses((status = 200, description = "The note", body = ProgressNote)))]
#[get("/v1/progress-notes/{id}")]
async fn get_progress_note(call: Call, id: Path<ProgressNoteId>) -> Answer {
    reply::plain(&notes::find(&call.ctx, *id).await?)
}
