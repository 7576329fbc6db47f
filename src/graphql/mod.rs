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
pub mod erasure;
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
pub mod restriction;
pub mod retention_rule;
pub mod role_grant;
pub mod school;
pub mod selection;
pub mod session;
pub mod sharing_consent;
pub mod subscription;
pub mod ws;

use async_graphql::{MergedObject, Schema, SchemaBuilder};

pub use self::subscription::Subscription;

/// Everything about communities and what they do that can be read. Each object that is merged is one deeper, and the compiler
/// follows only so many: what belongs together is merged by itself.
#[derive(MergedObject, Default)]
pub struct CommunitiesQuery(
    artefact::ArtefactQuery,
    activity::ActivityQuery,
    activity_attendance::ActivityAttendanceQuery,
    activity_cost::ActivityCostQuery,
    activity_detail::ActivityDetailQuery,
    article::ArticleQuery,
    meeting_series::MeetingSeriesQuery,
    calendar::CalendarFeedQuery,
    community::CommunityQuery,
    membership::MembershipQuery,
    office::OfficeQuery,
    partner::PartnerQuery,
);

/// Everything about what communities and their members make, learn and decide that can be read.
#[derive(MergedObject, Default)]
pub struct WorkQuery(
    book::BookQuery,
    credit_scheme::CreditSchemeQuery,
    credit::CreditQuery,
    learning::LearningQuery,
    improvement::ImprovementQuery,
    observation_instrument::ObservationInstrumentQuery,
    observation::ObservationQuery,
    discussion::DiscussionQuery,
    proposal::ProposalQuery,
    recognition::RecognitionQuery,
    award::AwardQuery,
    moderation::ModerationQuery,
);

/// Everything about the directory that can be read.
#[derive(MergedObject, Default)]
pub struct DirectoryQuery(
    organisation::OrganisationQuery,
    region::RegionQuery,
    school::SchoolQuery,
    person::PersonQuery,
    resource_person::ResourcePersonQuery,
    import::ImportQuery,
);

/// Everything about accounts, roles and apps that can be read.
#[derive(MergedObject, Default)]
pub struct IdentityQuery(
    me::MeQuery,
    role_grant::RoleGrantQuery,
    account::AccountQuery,
    app_authorization::AppAuthorizationQuery,
    oauth_client::OAuthClientQuery,
    client_document::ClientDocumentQuery,
    audit_entry::AuditEntryQuery,
);

/// Everything about trainings and certificates that can be read.
#[derive(MergedObject, Default)]
pub struct TrainingsQuery(
    program::ProgramQuery,
    batch::BatchQuery,
    session::SessionQuery,
    enrolment::EnrolmentQuery,
    selection::SelectionQuery,
    attendance::AttendanceQuery,
    certificate::CertificateQuery,
);

/// Everything about what is held on persons that can be read.
#[derive(MergedObject, Default)]
pub struct PrivacyQuery(
    breach::BreachQuery,
    correction::CorrectionQuery,
    data_access::DataAccessQuery,
    erasure::ErasureQuery,
    personal_data::PersonalDataQuery,
    restriction::RestrictionQuery,
    retention_rule::RetentionRuleQuery,
    sharing_consent::SharingConsentQuery,
);

/// Everything that can be read.
#[derive(MergedObject, Default)]
pub struct Query(
    node::NodeQuery,
    CommunitiesQuery,
    WorkQuery,
    DirectoryQuery,
    IdentityQuery,
    TrainingsQuery,
    PrivacyQuery,
);

/// Everything about communities and what they do that can be changed.
#[derive(MergedObject, Default)]
pub struct CommunitiesMutation(
    artefact::ArtefactMutation,
    activity::ActivityMutation,
    activity_attendance::ActivityAttendanceMutation,
    activity_cost::ActivityCostMutation,
    activity_detail::ActivityDetailMutation,
    article::ArticleMutation,
    meeting_series::MeetingSeriesMutation,
    calendar::CalendarFeedMutation,
    community::CommunityMutation,
    membership::MembershipMutation,
    office::OfficeMutation,
    partner::PartnerMutation,
);

/// Everything about what communities and their members make, learn and decide that can be changed.
#[derive(MergedObject, Default)]
pub struct WorkMutation(
    book::BookMutation,
    credit_scheme::CreditSchemeMutation,
    credit::CreditMutation,
    learning::LearningMutation,
    improvement::ImprovementMutation,
    observation_instrument::ObservationInstrumentMutation,
    observation::ObservationMutation,
    discussion::DiscussionMutation,
    proposal::ProposalMutation,
    recognition::RecognitionMutation,
    award::AwardMutation,
    moderation::ModerationMutation,
);

/// Everything about the directory that can be changed.
#[derive(MergedObject, Default)]
pub struct DirectoryMutation(
    organisation::OrganisationMutation,
    school::SchoolMutation,
    person::PersonMutation,
    resource_person::ResourcePersonMutation,
    import::ImportMutation,
);

/// Everything about accounts, roles and apps that can be changed.
#[derive(MergedObject, Default)]
pub struct IdentityMutation(
    role_grant::RoleGrantMutation,
    account::AccountMutation,
    app_authorization::AppAuthorizationMutation,
    oauth_client::OAuthClientMutation,
    client_document::ClientDocumentMutation,
);

/// Everything about trainings and certificates that can be changed.
#[derive(MergedObject, Default)]
pub struct TrainingsMutation(
    program::ProgramMutation,
    batch::BatchMutation,
    session::SessionMutation,
    enrolment::EnrolmentMutation,
    selection::SelectionMutation,
    attendance::AttendanceMutation,
    certificate::CertificateMutation,
);

/// Everything about what is held on persons that can be changed.
#[derive(MergedObject, Default)]
pub struct PrivacyMutation(
    breach::BreachMutation,
    correction::CorrectionMutation,
    erasure::ErasureMutation,
    restriction::RestrictionMutation,
    sharing_consent::SharingConsentMutation,
);

/// Everything that can be changed, under the same names as in REST.
#[derive(MergedObject, Default)]
pub struct Mutation(
    CommunitiesMutation,
    WorkMutation,
    DirectoryMutation,
    IdentityMutation,
    TrainingsMutation,
    PrivacyMutation,
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
