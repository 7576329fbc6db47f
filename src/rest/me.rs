//! `/v1/me`

use actix_web::get;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    call::Call,
    reply::{self, Answer},
};
use crate::directory::{
    me::{read, view::Me},
    person::read::PersonPlan,
};

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(get_me);
}

/// Get the caller
///
/// Who you are to the service: your token's roles and where you hold them, the language you are answered
/// in, and your own record in the directory. Without a token the roles are empty.
#[utoipa::path(tag = "Service", responses((status = 200, description = "You", body = Me)))]
#[get("/v1/me")]
async fn get_me(call: Call) -> Answer {
    reply::shown(&call.http, &read::find(&call.ctx, PersonPlan::default()).await?)
}
