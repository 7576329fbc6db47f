//! `/v1/persons/{id}/personal-data`

use actix_web::{
    HttpResponse, get,
    http::header,
    web::{Bytes, Path},
};
use futures_util::stream;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{call::Call, reply::Answer};
use crate::{
    directory::person::view::PersonId,
    foundation::error::Error,
    privacy::personal_data::{copy::Pieces, read, view::PersonalData},
};

const TAG: &str = "Personal data";

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(get_personal_data);
}

/// Get your personal data
///
/// Everything that is held on you, as it is stored, in one file (UU 27/2022, articles 7 and 13): your record, trainings
/// and certificates with their signatures, what you did and wrote in communities, your own learning, how you sign in, what
/// you agreed to, what you did and what was done to your record. Secrets are left out, and so is what others wrote for
/// themselves. It is yours alone: nobody else gets it, whatever their role. It comes as it is read and may be long; a
/// copy without `finishedAt` was broken off.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "Your own id")),
    responses((status = 200, description = "What is held on you", body = PersonalData)))]
#[get("/v1/persons/{id}/personal-data")]
async fn get_personal_data(call: Call, id: Path<PersonId>) -> Answer {
    let held = read::open(&call.ctx, *id).await?;
    let pieces = Pieces::of(call.ctx, held);
    let body = stream::try_unfold(pieces, |mut pieces| async move {
        let piece = pieces.next().await?;
        Ok::<_, Error>(piece.map(|piece| (Bytes::from(piece), pieces)))
    });
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_DISPOSITION, "attachment; filename=\"personal-data.json\""))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .content_type("application/json")
        .streaming(body))
}
