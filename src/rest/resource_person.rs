//! `/v1/resource-persons` and `/v1/competences`

use actix_web::{get, post, web::Path};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    call::{Call, Nothing, Params, Write},
    reply::{self, Answer, Items},
};
use crate::{
    directory::{
        organisation::view::OrganisationId,
        resource_person::{
            decide::{CompetenceReasonInput, RefuseCompetence, VerifyCompetence, WithdrawCompetence},
            read::{self, Competences, ResourcePersonFilter},
            view::{Competence, CompetenceId, ResourcePerson, ResourcePersonId, TaughtProgram},
            write::{ClaimCompetence, ClaimCompetenceInput, CreateResourcePerson, CreateResourcePersonInput},
        },
    },
    foundation::{
        id::Id,
        page::{MAX_LIMIT, PageRequest},
    },
};

const TAG: &str = "Resource persons";

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_resource_persons)
        .service(create_resource_person)
        .service(get_resource_person)
        .service(claim_competence)
        .service(get_competence)
        .service(verify_competence)
        .service(refuse_competence)
        .service(withdraw_competence);
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListParams {
    /// Only those whose competence for this program is verified: who may teach it.
    #[param(value_type = Option<String>, format = "uuid")]
    program_id: Option<Id<TaughtProgram>>,
    /// Only those who teach on behalf of this organisation.
    #[param(value_type = Option<String>, format = "uuid")]
    organisation_id: Option<OrganisationId>,
    /// Only those whose name begins like this; small and capital letters are the same.
    #[param(example = "dewi", min_length = 1, max_length = 100)]
    q: Option<String>,
    /// The cursor of the page before: its `next`.
    after: Option<String>,
    /// Rows wanted, 20 unless said.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
}

/// List resource persons
///
/// Who teaches, by name, each with what shows their competence. Filter by `programId` for those who
/// may teach a program.
#[utoipa::path(tag = TAG, params(ListParams), responses((status = 200, description = "A page of resource persons", body = Items<ResourcePerson>)))]
#[get("/v1/resource-persons")]
async fn list_resource_persons(call: Call, Params(params): Params<ListParams>) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    let filter = ResourcePersonFilter {
        program_id: params.program_id,
        organisation_id: params.organisation_id,
        q: params.q,
    };
    reply::page(&call.http, read::list(&call.ctx, &filter, Competences::Along, &page).await?)
}

/// Get a resource person
///
/// One resource person by id, with what shows their competence.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The resource person's id")),
    responses((status = 200, description = "The resource person", body = ResourcePerson)))]
#[get("/v1/resource-persons/{id}")]
async fn get_resource_person(call: Call, id: Path<ResourcePersonId>) -> Answer {
    let found = read::find(&call.ctx, *id, Competences::Along).await?;
    reply::resource(&call.http, &found, found.version)
}

/// Register a resource person
///
/// Registers a person as one who teaches. Before they may, competence is claimed and verified.
#[utoipa::path(tag = TAG, request_body = CreateResourcePersonInput,
    responses((status = 201, description = "Registered", body = ResourcePerson)))]
#[post("/v1/resource-persons")]
async fn create_resource_person(call: Write<CreateResourcePersonInput>) -> Answer {
    let made = call.ctx.write(CreateResourcePerson(call.body)).await?;
    reply::created(&made, made.version, &format!("/v1/resource-persons/{}", made.id))
}

/// Claim competence
///
/// Gives evidence that a resource person can teach a program: the first, or other evidence after a refusal.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The resource person's id")), request_body = ClaimCompetenceInput,
    responses((status = 201, description = "Claimed; somebody else verifies it", body = Competence)))]
#[post("/v1/resource-persons/{id}/competences")]
async fn claim_competence(call: Write<ClaimCompetenceInput>, id: Path<ResourcePersonId>) -> Answer {
    let made = call.ctx.write(ClaimCompetence { id: *id, input: call.body }).await?;
    reply::created(&made, made.version, &format!("/v1/competences/{}", made.id))
}

/// Get a competence
///
/// Where the competence for one program stands; for the resource person and for those who verify also
/// the evidence and what was decided on it.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The competence's id")),
    responses((status = 200, description = "The competence", body = Competence)))]
#[get("/v1/competences/{id}")]
async fn get_competence(call: Call, id: Path<CompetenceId>) -> Answer {
    let found = read::find_competence(&call.ctx, *id).await?;
    reply::resource(&call.http, &found, found.version)
}

/// Verify competence
///
/// The resource person may teach the program from now on. Nobody verifies their own.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The competence's id")), request_body = Nothing,
    responses((status = 200, description = "Verified", body = Competence)))]
#[post("/v1/competences/{id}/verify")]
async fn verify_competence(call: Write<Nothing>, id: Path<CompetenceId>) -> Answer {
    let decided = call.ctx.write(VerifyCompetence(*id)).await?;
    reply::resource(&call.http, &decided, decided.version)
}

/// Refuse competence
///
/// The evidence is not enough; other evidence may be given. Nobody refuses their own.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The competence's id")), request_body = CompetenceReasonInput,
    responses((status = 200, description = "Refused", body = Competence)))]
#[post("/v1/competences/{id}/refuse")]
async fn refuse_competence(call: Write<CompetenceReasonInput>, id: Path<CompetenceId>) -> Answer {
    let decided = call.ctx.write(RefuseCompetence { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &decided, decided.version)
}

/// Withdraw competence
///
/// What had been verified no longer holds: the resource person may no longer teach the program.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The competence's id")), request_body = CompetenceReasonInput,
    responses((status = 200, description = "Withdrawn", body = Competence)))]
#[post("/v1/competences/{id}/withdraw")]
async fn withdraw_competence(call: Write<CompetenceReasonInput>, id: Path<CompetenceId>) -> Answer {
    let decided = call.ctx.write(WithdrawCompetence { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &decided, decided.version)
}
