//! `/v1/communities/{id}/credit`

use actix_web::{get, post, web::Path};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    call::{Call, Params, Write},
    reply::{self, Answer},
};
use crate::{
    certification::certificate::view::Certificate,
    community::{
        credit::{
            read::{self, Asked},
            scheme::view::CreditSchemeId,
            view::CreditStatement,
            write::{ClaimCredit, ClaimCreditInput},
        },
        group::view::CommunityId,
    },
    directory::person::view::PersonId,
};

const TAG: &str = "Community credit";

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(get_credit_statement).service(claim_credit);
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct StatementParams {
    /// Whose credit; leave out for your own.
    #[param(value_type = Option<String>, format = "uuid")]
    person_id: Option<PersonId>,
    /// Any edition of the scheme; the one in force when the cycle began counts.
    #[param(value_type = String, format = "uuid")]
    scheme_id: CreditSchemeId,
    /// First day of the cycle, not after today; leave out for the cycle that ends today.
    #[param(value_type = Option<String>, format = "date")]
    starts_on: Option<NaiveDate>,
}

/// Get a credit statement
///
/// How one cycle of a community's work stands for one person: each component with what it takes and what there
/// is, and each activity with what it counts for, or why it does not count. A person sees their own; regional
/// officers those of their region. It is about one person and compares nobody.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The community's id"), StatementParams),
    responses((status = 200, description = "The statement", body = CreditStatement)))]
#[get("/v1/communities/{id}/credit")]
async fn get_credit_statement(
    call: Call,
    id: Path<CommunityId>,
    Params(params): Params<StatementParams>,
) -> Answer {
    let asked = Asked { person: params.person_id, scheme: params.scheme_id, starts_on: params.starts_on };
    reply::plain(&read::statement(&call.ctx, *id, asked).await?)
}

/// Claim a certificate for a community's work
///
/// When every component of the cycle is met: freezes and signs what was done, and gives it the next number. The
/// activities count for this person once and for ever, and what was reported of them stays as it is. A second
/// claim of the cycle is refused with `credit_already_claimed`, also after a revocation. The certificate says in
/// which community it was earned; it is no training, neither direct nor passed on.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The community's id")), request_body = ClaimCreditInput,
    responses((status = 201, description = "Issued", body = Certificate)))]
#[post("/v1/communities/{id}/credit/claim")]
async fn claim_credit(call: Write<ClaimCreditInput>, id: Path<CommunityId>) -> Answer {
    let made = call.ctx.write(ClaimCredit { id: *id, input: call.body }).await?;
    reply::created(&made, made.version, &format!("/v1/certificates/{}", made.id))
}
