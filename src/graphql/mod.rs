//! The GraphQL face: thin resolvers over the same commands and views as REST.

pub mod account;
pub mod activity;
pub mod activity_attendance;
pub mod activity_cost;
pub mod activity_detail;
pub mod app_authorization;
pub mod artefact;
pub mod article;
pub mod attendance;
pub mod audit_entry;
pub mod award;
pub mod batch;
pub mod book;
pub mod breach;
pub mod calendar;
pub mod certificate;
pub mod check;
pub mod client_document;
pub mod community;
pub mod console;
pub mod correction;
pub mod credit;
pub mod credit_scheme;
pub mod data_access;
mod descriptions;
pub mod discussion;
pub mod endpoint;
pub mod enrolment;
pub mod error;
pub mod gate;
pub mod guard;
pub mod http;
pub mod import;
pub mod improvement;
pub mod learning;
pub mod list;
pub mod loader;
pub mod me;
pub mod meeting_series;
pub mod membership;
pub mod moderation;
pub mod node;
pub mod normal;
pub mod oauth_client;
pub mod observation;
pub mod observation_instrument;
pub mod office;
pub mod organisation;
pub mod partner;
pub mod persisted;
pub mod person;
pub mod personal_data;
pub mod program;
pub mod proposal;
pub mod recognition;
pub mod region;
pub mod resource_person;
pub mod retention_rule;
pub mod role_grant;
pub mod school;
pub mod selection;
pub mod session;
pub mod subscription;
pub mod ws;

use async_graphql::{MergedObject, Schema, SchemaBuilder};

pub use self::subscription::Subscription;

/// Everything of communities that can be read.
#[derive(MergedObject, Default)]
pub struct CommunitiesQuery(
    artefact::ArtefactQuery,
    activity::ActivityQuery,
    activity_attendance::ActivityAttendanceQuery,
    activity_cost::ActivityCostQuery,
    activity_detail::ActivityDetailQuery,
    article::ArticleQuery,
    credit_scheme::CreditSchemeQuery,
    credit::CreditQuery,
    meeting_series::MeetingSeriesQuery,
    calendar::CalendarFeedQuery,
    community::CommunityQuery,
    membership::MembershipQuery,
    office::OfficeQuery,
    partner::PartnerQuery,
    learning::LearningQuery,
    improvement::ImprovementQuery,
    observation_instrument::ObservationInstrumentQuery,
    observation::ObservationQuery,
    book::BookQuery,
    discussion::DiscussionQuery,
    proposal::ProposalQuery,
    recognition::RecognitionQuery,
    award::AwardQuery,
    moderation::ModerationQuery,
);

/// Everything that can be read.
#[derive(MergedObject, Default)]
pub struct Query(
    node::NodeQuery,
    me::MeQuery,
    role_grant::RoleGrantQuery,
    account::AccountQuery,
    organisation::OrganisationQuery,
    region::RegionQuery,
    school::SchoolQuery,
    person::PersonQuery,
    correction::CorrectionQuery,
    resource_person::ResourcePersonQuery,
    program::ProgramQuery,
    batch::BatchQuery,
    certificate::CertificateQuery,
    session::SessionQuery,
    enrolment::EnrolmentQuery,
    selection::SelectionQuery,
    import::ImportQuery,
    attendance::AttendanceQuery,
    app_authorization::AppAuthorizationQuery,
    oauth_client::OAuthClientQuery,
    client_document::ClientDocumentQuery,
    audit_entry::AuditEntryQuery,
    breach::BreachQuery,
    personal_data::PersonalDataQuery,
    retention_rule::RetentionRuleQuery,
    data_access::DataAccessQuery,
    CommunitiesQuery,
);

/// Everything of communities that can be changed.
#[derive(MergedObject, Default)]
pub struct CommunitiesMutation(
    artefact::ArtefactMutation,
    activity::ActivityMutation,
    activity_attendance::ActivityAttendanceMutation,
    activity_cost::ActivityCostMutation,
    activity_detail::ActivityDetailMutation,
    article::ArticleMutation,
    credit_scheme::CreditSchemeMutation,
    credit::CreditMutation,
    meeting_series::MeetingSeriesMutation,
    calendar::CalendarFeedMutation,
    community::CommunityMutation,
    membership::MembershipMutation,
    office::OfficeMutation,
    partner::PartnerMutation,
    learning::LearningMutation,
    improvement::ImprovementMutation,
    observation_instrument::ObservationInstrumentMutation,
    observation::ObservationMutation,
    book::BookMutation,
    discussion::DiscussionMutation,
    proposal::ProposalMutation,
    recognition::RecognitionMutation,
    award::AwardMutation,
    moderation::ModerationMutation,
);

/// Everything that can be changed, under the same names as in REST.
#[derive(MergedObject, Default)]
pub struct Mutation(
    account::AccountMutation,
    organisation::OrganisationMutation,
    role_grant::RoleGrantMutation,
    school::SchoolMutation,
    certificate::CertificateMutation,
    program::ProgramMutation,
    batch::BatchMutation,
    session::SessionMutation,
    person::PersonMutation,
    correction::CorrectionMutation,
    resource_person::ResourcePersonMutation,
    enrolment::EnrolmentMutation,
    selection::SelectionMutation,
    import::ImportMutation,
    attendance::AttendanceMutation,
    app_authorization::AppAuthorizationMutation,
    oauth_client::OAuthClientMutation,
    client_document::ClientDocumentMutation,
    breach::BreachMutation,
    CommunitiesMutation,
);

/// The schema both the service and the committed contract are made of.
pub type ApiSchema = Schema<Query, Mutation, Subscription>;

/// What the schema is built from; the endpoint builds it twice.
pub fn builder() -> SchemaBuilder<Query, Mutation, Subscription> {
    Schema::build(Query::default(), Mutation::default(), Subscription)
        .register_output_type::<descriptions::Descriptions>()
}

/// The schema, for its SDL and for calls from inside.
pub fn schema() -> ApiSchema {
    builder().finish()
}
