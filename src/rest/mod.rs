//! The REST face: a route table and handlers of a few lines each.

pub mod activity;
pub mod activity_attendance;
pub mod activity_cost;
pub mod activity_detail;
pub mod artefact;
pub mod article;
pub mod asset;
pub mod attendance;
pub mod audit_entry;
pub mod award;
pub mod batch;
pub mod body;
pub mod book;
pub mod calendar;
pub mod call;
pub mod certificate;
pub mod community;
pub mod credit;
pub mod credit_scheme;
pub mod cross_origin;
pub mod deadline;
pub mod discussion;
pub mod edge;
pub mod enrolment;
pub mod examples;
pub mod explorer;
pub mod fit;
pub mod import;
pub mod improvement;
pub mod landing;
pub mod learning;
pub mod me;
pub mod meeting_series;
pub mod membership;
pub mod moderation;
pub mod observation;
pub mod observation_instrument;
pub mod office;
pub mod openapi;
pub mod organisation;
pub mod partner;
pub mod person;
pub mod probe;
pub mod problem;
pub mod program;
pub mod proposal;
pub mod recognition;
pub mod region;
pub mod reply;
pub mod resource_person;
pub mod school;
pub mod selection;
pub mod session;
pub mod verification;
pub mod verify_page;

use utoipa_actix_web::service_config::ServiceConfig;

/// Every documented route.
pub fn routes(config: &mut ServiceConfig<'_>) {
    me::routes(config);
    organisation::routes(config);
    region::routes(config);
    school::routes(config);
    person::routes(config);
    resource_person::routes(config);
    program::routes(config);
    batch::routes(config);
    certificate::routes(config);
    verification::routes(config);
    session::routes(config);
    enrolment::routes(config);
    selection::routes(config);
    import::routes(config);
    attendance::routes(config);
    audit_entry::routes(config);
    artefact::routes(config);
    activity::routes(config);
    activity_attendance::routes(config);
    activity_cost::routes(config);
    activity_detail::routes(config);
    article::routes(config);
    credit_scheme::routes(config);
    credit::routes(config);
    meeting_series::routes(config);
    calendar::routes(config);
    community::routes(config);
    membership::routes(config);
    office::routes(config);
    partner::routes(config);
    learning::routes(config);
    improvement::routes(config);
    observation_instrument::routes(config);
    observation::routes(config);
    book::routes(config);
    discussion::routes(config);
    proposal::routes(config);
    recognition::routes(config);
    award::routes(config);
    moderation::routes(config);
}

/// Registers every documented route with actix.
pub fn register(config: &mut actix_web::web::ServiceConfig) {
    routes(&mut ServiceConfig::new(config));
}
