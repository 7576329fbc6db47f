//! The GraphQL face: thin resolvers over the same commands and views as REST.

pub mod attendance;
pub mod batch;
pub mod certificate;
pub mod console;
mod descriptions;
pub mod endpoint;
pub mod enrolment;
pub mod error;
pub mod guard;
pub mod http;
pub mod import;
pub mod list;
pub mod loader;
pub mod me;
pub mod node;
pub mod normal;
pub mod organisation;
pub mod persisted;
pub mod person;
pub mod program;
pub mod region;
pub mod resource_person;
pub mod school;
pub mod selection;
pub mod session;

use async_graphql::{EmptySubscription, MergedObject, Schema, SchemaBuilder};

/// Everything that can be read.
#[derive(MergedObject, Default)]
pub struct Query(
    node::NodeQuery,
    me::MeQuery,
    organisation::OrganisationQuery,
    region::RegionQuery,
    school::SchoolQuery,
    person::PersonQuery,
    resource_person::ResourcePersonQuery,
    program::ProgramQuery,
    batch::BatchQuery,
    certificate::CertificateQuery,
    session::SessionQuery,
    enrolment::EnrolmentQuery,
    selection::SelectionQuery,
    import::ImportQuery,
    attendance::AttendanceQuery,
);

/// Everything that can be changed, under the same names as in REST.
#[derive(MergedObject, Default)]
pub struct Mutation(
    organisation::OrganisationMutation,
    school::SchoolMutation,
    certificate::CertificateMutation,
    program::ProgramMutation,
    batch::BatchMutation,
    session::SessionMutation,
    person::PersonMutation,
    resource_person::ResourcePersonMutation,
    enrolment::EnrolmentMutation,
    selection::SelectionMutation,
    import::ImportMutation,
    attendance::AttendanceMutation,
);

/// The schema both the service and the committed contract are made of.
pub type ApiSchema = Schema<Query, Mutation, EmptySubscription>;

/// What the schema is built from; the endpoint builds it twice.
pub fn builder() -> SchemaBuilder<Query, Mutation, EmptySubscription> {
    Schema::build(Query::default(), Mutation::default(), EmptySubscription)
        .register_output_type::<descriptions::Descriptions>()
}

/// The schema, for its SDL and for calls from inside.
pub fn schema() -> ApiSchema {
    builder().finish()
}
