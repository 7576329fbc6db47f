//! The REST face: a route table and handlers of a few lines each.

pub mod asset;
pub mod attendance;
pub mod batch;
pub mod body;
pub mod call;
pub mod certificate;
pub mod cross_origin;
pub mod deadline;
pub mod edge;
pub mod enrolment;
pub mod examples;
pub mod explorer;
pub mod fit;
pub mod import;
pub mod landing;
pub mod me;
pub mod openapi;
pub mod organisation;
pub mod person;
pub mod probe;
pub mod problem;
pub mod program;
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
}

/// Registers every documented route with actix.
pub fn register(config: &mut actix_web::web::ServiceConfig) {
    routes(&mut ServiceConfig::new(config));
}
