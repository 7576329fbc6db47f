//! `/v1/batches/{id}/ranking`, `/select`, `/complete`

use actix_web::{get, post, web::Path};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    call::{Call, Nothing, Params, Write},
    reply::{self, Answer, Items},
};
use crate::{
    foundation::page::{MAX_LIMIT, PageRequest},
    training::{
        batch::view::BatchId,
        enrolment::{
            standing,
            view::{BatchCompletion, BatchSelection, RankingLine},
            write::{CompleteBatch, SelectBatch},
        },
    },
};

const TAG: &str = "Enrolments";

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list_batch_ranking).service(select_batch).service(complete_batch);
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct RankingParams {
    /// The cursor of the page before: its `next`.
    after: Option<String>,
    /// Rows wanted, 20 unless said.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
}

/// Rank the applicants of a batch
///
/// The order in which seats are given, with the reason for each place: who applied first, or who had
/// the fewest direct credit hours (JP) in the last three years.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The batch's id"), RankingParams),
    responses((status = 200, description = "A page of the ranking", body = Items<RankingLine>)))]
#[get("/v1/batches/{id}/ranking")]
async fn list_batch_ranking(call: Call, id: Path<BatchId>, Params(params): Params<RankingParams>) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    reply::page(&call.http, standing::batch_ranking(&call.ctx, *id, &page).await?)
}

/// Select participants
///
/// Gives the free seats to those who applied and those who wait, in the order of the ranking; whoever
/// gets none waits. Again later, it gives what has become free.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The batch's id")), request_body = Nothing,
    responses((status = 200, description = "Who got a seat and who waits", body = BatchSelection)))]
#[post("/v1/batches/{id}/select")]
async fn select_batch(call: Write<Nothing>, id: Path<BatchId>) -> Answer {
    reply::plain(&call.ctx.write(SelectBatch(*id)).await?)
}

/// Complete a batch
///
/// Decides about every accepted enrolment by the program's pass rule, all in one transaction. While
/// the batch runs, only once every session has ended.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The batch's id")), request_body = Nothing,
    responses((status = 200, description = "Who completed and who did not, with what is missing", body = BatchCompletion)))]
#[post("/v1/batches/{id}/complete")]
async fn complete_batch(call: Write<Nothing>, id: Path<BatchId>) -> Answer {
    reply::plain(&call.ctx.write(CompleteBatch(*id)).await?)
}
