//! `/v1/persons`

use actix_web::{HttpResponse, get, http::header, patch, post, web::Path};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    call::{Call, Params, Write},
    reply::{self, Answer, Items},
};
use crate::{
    directory::{
        person::{
            merge::{MergePerson, MergePersonInput},
            read::{self, PersonFilter, PersonPlan},
            rule::{Employment, PersonKind},
            view::{Merged, Person, PersonId},
            write::{CreatePerson, CreatePersonInput, UpdatePerson, UpdatePersonInput},
        },
        school::view::SchoolId,
    },
    foundation::page::{MAX_LIMIT, PageRequest},
};

const TAG: &str = "Persons";

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_persons)
        .service(create_person)
        .service(get_person)
        .service(update_person)
        .service(merge_person);
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListParams {
    /// Only this kind.
    kind: Option<PersonKind>,
    /// Only those employed like this.
    employment: Option<Employment>,
    /// Only those of this school.
    #[param(value_type = Option<String>, format = "uuid")]
    school_id: Option<SchoolId>,
    /// Only those of this region or one below it.
    #[param(example = "32.73", max_length = 8)]
    region_code: Option<String>,
    /// Only the one with this teacher number, among those whose numbers you may see.
    #[param(example = "4738779680130042", min_length = 16, max_length = 16)]
    nuptk: Option<String>,
    /// Only those whose name begins like this; small and capital letters are the same.
    #[param(example = "siti", min_length = 1, max_length = 100)]
    q: Option<String>,
    /// The cursor of the page before: its `next`.
    after: Option<String>,
    /// Rows wanted, 20 unless said.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
}

/// List persons
///
/// The persons within your reach, by name: an officer's region, a principal's school, a provider's
/// participants, yourself. Records that became part of another, and those that were erased, are left out. Fields that
/// you have no purpose for are null, and `withheld` says why; nobody is found by them either.
#[utoipa::path(tag = TAG, params(ListParams), responses((status = 200, description = "A page of persons", body = Items<Person>)))]
#[get("/v1/persons")]
async fn list_persons(call: Call, Params(params): Params<ListParams>) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    let filter = PersonFilter {
        kind: params.kind,
        employment: params.employment,
        school_id: params.school_id,
        region_code: params.region_code,
        nuptk: params.nuptk,
        q: params.q,
    };
    reply::page(&call.http, read::list(&call.ctx, &filter, PersonPlan::default(), &page).await?)
}

/// Get a person
///
/// One person by id. Fields that you have no purpose for are null, and `withheld` says why. When the record became part of another, the answer is 308 with the surviving
/// record's address, for ever and however many merges there were.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The person's id")),
    responses(
        (status = 200, description = "The person", body = Person),
        (status = 308, description = "The record became part of another; `Location` and `mergedInto` say which", body = Merged,
            headers(("Location" = String, description = "The surviving record")))))]
#[get("/v1/persons/{id}")]
async fn get_person(call: Call, id: Path<PersonId>) -> Answer {
    let found = read::find(&call.ctx, *id, PersonPlan::default()).await?;
    match found.merged_into {
        None => reply::resource(&call.http, &found, found.version),
        Some(merged_into) => Ok(HttpResponse::PermanentRedirect()
            .insert_header((header::LOCATION, format!("/v1/persons/{merged_into}")))
            // A browser would keep a 308 for ever and ask nobody again; a further merge must be seen.
            .insert_header((header::CACHE_CONTROL, "private, no-cache"))
            .json(Merged { merged_into })),
    }
}

/// Register a person
///
/// Adds a person to the directory. A teacher number (NUPTK) or identity number (NIK) that somebody has
/// already is refused with `person_already_known`. The NIK is kept encrypted and is in no answer.
#[utoipa::path(tag = TAG, request_body = CreatePersonInput,
    responses((status = 201, description = "Registered", body = Person)))]
#[post("/v1/persons")]
async fn create_person(call: Write<CreatePersonInput>) -> Answer {
    let made = call.ctx.write(CreatePerson(call.body)).await?;
    reply::created(&made, made.version, &format!("/v1/persons/{}", made.id))
}

/// Change a person
///
/// JSON merge patch: what is left out stays, null clears. A school brings its region along. Send the
/// version you read in `If-Match`. A record that became part of another refuses with `person_merged`.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The person's id")), request_body = UpdatePersonInput,
    responses((status = 200, description = "Changed", body = Person)))]
#[patch("/v1/persons/{id}")]
async fn update_person(call: Write<UpdatePersonInput>, id: Path<PersonId>) -> Answer {
    let version = call.version()?;
    let changed = call.ctx.write(UpdatePerson { id: *id, version, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Merge a person into another
///
/// Two records of one human become one. Enrolments, certificates and teaching move to the surviving
/// record, which also takes what it lacked; the id in the path leads to it from then on (308). Signed
/// certificate payloads stay as issued. Answers with the surviving record.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The record that retires")), request_body = MergePersonInput,
    responses((status = 200, description = "Merged: the surviving record", body = Person)))]
#[post("/v1/persons/{id}/merge")]
async fn merge_person(call: Write<MergePersonInput>, id: Path<PersonId>) -> Answer {
    let survivor = call.ctx.write(MergePerson { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &survivor, survivor.version)
}
