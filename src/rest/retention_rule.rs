//! `/v1/retention-rules`

use actix_web::get;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    call::Call,
    reply::{self, Answer},
};
use crate::privacy::retention::{read, view::RetentionRule};

const TAG: &str = "Retention";

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(get_retention_rules);
}

/// Get the retention schedule
///
/// Every rule by which data goes or stays: what it is about, how long, from which moment on, what happens then and why; and
/// how many rows are due now, of which moment the oldest is. A dry run: looking changes nothing. For the ministry alone.
#[utoipa::path(tag = TAG, responses((status = 200, description = "Every rule, what goes soonest first", body = Vec<RetentionRule>)))]
#[get("/v1/retention-rules")]
async fn get_retention_rules(call: Call) -> Answer {
    reply::shown(&call.http, &read::list(&call.ctx).await?)
}
