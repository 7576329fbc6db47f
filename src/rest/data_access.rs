//! `/v1/persons/{id}/data-accesses`

use actix_web::{get, web::Path};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    call::{Call, Params},
    reply::{self, Answer, Items},
};
use crate::{
    access::oauth_scope::OAuthScope,
    directory::person::view::PersonId,
    foundation::page::{MAX_LIMIT, PageRequest},
    privacy::data_access::{
        read::{self, DataAccessFilter},
        view::DataAccess,
    },
};

const TAG: &str = "Personal data";

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list_data_accesses);
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListParams {
    /// Only this day and later.
    from: Option<NaiveDate>,
    /// Only this day and earlier.
    to: Option<NaiveDate>,
    /// Only what was shown for this.
    purpose: Option<OAuthScope>,
    /// The cursor of the page before: its `next`.
    after: Option<String>,
    /// Rows wanted, 20 unless said.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
}

/// List who saw a person's data
///
/// Who saw which fields of you, on which day, for which purpose, through which app, and how often; the newest day first. Your own
/// with your own id; the ministry reads everybody's, and stands in the list when it does. What you look at yourself is not in it.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The person's id"), ListParams),
    responses((status = 200, description = "A page of who saw what", body = Items<DataAccess>)))]
#[get("/v1/persons/{id}/data-accesses")]
async fn list_data_accesses(call: Call, id: Path<PersonId>, Params(params): Params<ListParams>) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    let filter = DataAccessFilter { from: params.from, to: params.to, purpose: params.purpose };
    reply::page(&call.http, read::list(&call.ctx, *id, &filter, &page).await?)
}
