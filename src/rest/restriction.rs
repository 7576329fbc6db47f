//! `/v1/persons/{id}/restriction`

use actix_web::{get, post, web::Path};
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    call::{Call, Write},
    reply::{self, Answer},
};
use crate::directory::{
    person::view::PersonId,
    restriction::{
        read,
        view::Restriction,
        write::{LiftRestriction, RestrictionInput, SetRestriction},
    },
};

const TAG: &str = "Sharing and restriction";

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(get_restriction).service(set_restriction).service(lift_restriction);
}

/// Get whether a record is restricted
///
/// Whether the use of a person's record is restricted, since when, and who had it restricted, which decides who may lift
/// it.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The person's id")),
    responses((status = 200, description = "Whether it is", body = Restriction)))]
#[get("/v1/persons/{id}/restriction")]
async fn get_restriction(call: Call, id: Path<PersonId>) -> Answer {
    let found = read::find(&call.ctx, *id).await?;
    reply::resource(&call.http, &found, found.version)
}

/// Restrict the use of a record
///
/// At once, nobody else begins anything new with it: no change of the record, no merge, no enrolment, invitation or office
/// (`person_restricted`), and nothing is shared beyond what must be. What the person began goes on: attendance is recorded,
/// certificates are issued, and they themselves apply and withdraw as before. For yourself, without a reason; an officer
/// does it for somebody of their region, the ministry in a dispute, with one. The ministry may take over what others set.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The person's id")), request_body = RestrictionInput,
    responses((status = 200, description = "Restricted", body = Restriction)))]
#[post("/v1/persons/{id}/restrict")]
async fn set_restriction(call: Write<RestrictionInput>, id: Path<PersonId>) -> Answer {
    let set = call.ctx.write(SetRestriction { person: *id, input: call.body }).await?;
    reply::resource(&call.http, &set, set.version)
}

/// Lift the restriction of a record
///
/// The record is used as before. What the person set, they alone lift; what the ministry set, the ministry alone; what an
/// officer set for the person, the person, an officer of their region, or the ministry.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The person's id")), request_body = RestrictionInput,
    responses((status = 200, description = "Lifted", body = Restriction)))]
#[post("/v1/persons/{id}/lift-restriction")]
async fn lift_restriction(call: Write<RestrictionInput>, id: Path<PersonId>) -> Answer {
    let lifted = call.ctx.write(LiftRestriction { person: *id, input: call.body }).await?;
    reply::resource(&call.http, &lifted, lifted.version)
}
