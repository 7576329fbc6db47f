//! Relay's `node` and `nodes`: anything by its global id, through the caller's scope, things of one
//! kind in one statement.

mod gather;
mod kinds;

use async_graphql::{Context, ID, Interface, Lookahead, Object};

use gather::gather;
pub use kinds::KINDS;

use super::{
    batch::plan as of_batch, certificate::plan as of_certificate, community::plan as of_community,
    enrolment::plan as of_enrolment, loader::Shared, person::plan as of_person, program::plan as of_program,
    school::plan as of_school,
};
use crate::{
    access::context::Ctx,
    certification::certificate::{read::CertificatePlan, view::Certificate},
    community::{
        activity::{cost::view::ActivityCost, view::Activity},
        artefact::view::Artefact,
        article::view::Article,
        book::view::{BookReading, ChapterNote},
        calendar::view::CalendarFeed,
        credit::scheme::view::CreditScheme,
        discussion::view::Comment,
        group::{read::CommunityPlan, view::Community},
        improvement::view::Improvement,
        membership::view::Membership,
        moderation::view::{Appeal, Report},
        observation::{instrument::view::ObservationInstrument, view::Observation},
        office::view::CommunityOffice,
        partner::view::Partner,
        proposal::view::Proposal,
        recognition::{
            note::view::ProgressNote,
            round::view::{AwardEntry, AwardObjection, AwardRound},
            scheme::view::RecognitionScheme,
        },
        series::view::MeetingSeries,
    },
    directory::{
        correction::view::Correction,
        organisation::view::Organisation,
        person::{read::PersonPlan, view::Person},
        region::{self, view::Region},
        resource_person::view::{Competence, ResourcePerson},
        school::{read::SchoolPlan, view::School},
    },
    exchange::import::view::Import,
    foundation::{
        error::{Error, Fault, Result},
        id::{self, Kind},
    },
    identity::account::view::Account,
    identity::app_authorization::view::AppAuthorization,
    identity::client::view::OAuthClient,
    identity::document::view::ClientDocument,
    identity::role::view::RoleGrant,
    learning::view::{LearningGoal, LearningPlan, LearningReflection, SelfAssessment},
    privacy::breach::view::Breach,
    training::{
        batch::{read::BatchPlan, view::Batch},
        enrolment::{read::EnrolmentPlan, view::Enrolment},
        program::{read::ProgramPlan, view::Program},
        session::view::Session,
    },
};

/// Anything with a global id.
#[derive(Clone, Interface)]
#[graphql(field(name = "id", method = "node_id", ty = "ID", desc = "Its global id."))]
pub enum Node {
    /// An organisation.
    Organisation(Organisation),
    /// A region.
    Region(Region),
    /// A school.
    School(School),
    /// A person.
    Person(Person),
    /// What a person asks to have corrected; null to everybody it is not for.
    Correction(Correction),
    /// Somebody who teaches.
    ResourcePerson(ResourcePerson),
    /// Evidence that somebody can teach a program.
    Competence(Competence),
    /// A program.
    Program(Program),
    /// A batch.
    Batch(Batch),
    /// A certificate.
    Certificate(Certificate),
    /// A session.
    Session(Session),
    /// An enrolment.
    Enrolment(Enrolment),
    /// An import.
    Import(Import),
    /// An artefact.
    Artefact(Artefact),
    /// An activity of a community.
    Activity(Activity),
    /// A cost of an activity.
    ActivityCost(ActivityCost),
    /// The rules of community credit.
    CreditScheme(CreditScheme),
    /// A series of meetings.
    MeetingSeries(MeetingSeries),
    /// An address of a calendar.
    CalendarFeed(CalendarFeed),
    /// A community.
    Community(Community),
    /// A membership.
    Membership(Membership),
    /// An office in a community.
    CommunityOffice(CommunityOffice),
    /// A partner of a community.
    Partner(Partner),
    /// What colleagues agreed to look at when they watch a lesson.
    ObservationInstrument(ObservationInstrument),
    /// A peer observation; null to everybody it is not for.
    Observation(Observation),
    /// An article that a community shares.
    Article(Article),
    /// A plan of the caller.
    LearningPlan(LearningPlan),
    /// A goal of the caller, or one shared with them.
    LearningGoal(LearningGoal),
    /// How the caller saw themselves; null to everybody else.
    SelfAssessment(SelfAssessment),
    /// A reflection of the caller, or one shared with them.
    LearningReflection(LearningReflection),
    /// A book that a community reads together.
    BookReading(BookReading),
    /// Something that a community improves.
    Improvement(Improvement),
    /// What a member said.
    Comment(Comment),
    /// What a member proposes.
    Proposal(Proposal),
    /// What an author says against the moderation of theirs; null to everybody but the moderator.
    Appeal(Appeal),
    /// That somebody reported something; null to everybody who does not look after it.
    Report(Report),
    /// What a member wrote about a chapter.
    ChapterNote(ChapterNote),
    /// The criteria by which communities are recognised.
    RecognitionScheme(RecognitionScheme),
    /// How a community went on in a month.
    ProgressNote(ProgressNote),
    /// The yearly recognition of the communities of a region.
    AwardRound(AwardRound),
    /// One community in it.
    AwardEntry(AwardEntry),
    /// What a community says against its entry.
    AwardObjection(AwardObjection),
    /// A role that somebody was given; null out of reach.
    RoleGrant(RoleGrant),
    /// Who can sign in.
    Account(Account),
    /// What the caller agreed that an app may do for them; null to everybody else.
    AppAuthorization(AppAuthorization),
    /// An app or a system that asks for tokens; null to everybody who does not look after them.
    OAuthClient(OAuthClient),
    /// A GraphQL document that an app may send which sends no others.
    ClientDocument(ClientDocument),
    /// A breach of personal data; null to everybody but the ministry.
    Breach(Breach),
}

/// What `Node`'s own `id` answers: the library would show the bare key, for it converts ids by their text.
macro_rules! node_ids {
    ($($Noun:ty),+ $(,)?) => {$(
        impl $Noun {
            async fn node_id(&self, _: &Context<'_>) -> Result<ID> {
                Ok(id::global(<$Noun as Kind>::NAME, &self.id.to_string()).into())
            }
        }
    )+};
}

node_ids!(
    Organisation,
    School,
    Person,
    Correction,
    ResourcePerson,
    Competence,
    Program,
    Batch,
    Certificate,
    Session,
    Enrolment,
    Import,
    Artefact,
    Activity,
    ActivityCost,
    CreditScheme,
    MeetingSeries,
    CalendarFeed,
    Community,
    Membership,
    CommunityOffice,
    Partner,
    ObservationInstrument,
    Observation,
    Article,
    LearningPlan,
    LearningGoal,
    SelfAssessment,
    LearningReflection,
    BookReading,
    Improvement,
    Comment,
    Proposal,
    Appeal,
    Report,
    ChapterNote,
    RecognitionScheme,
    ProgressNote,
    AwardRound,
    AwardEntry,
    AwardObjection,
    RoleGrant,
    Account,
    AppAuthorization,
    OAuthClient,
    ClientDocument,
    Breach,
);

impl Region {
    async fn node_id(&self, _: &Context<'_>) -> Result<ID> {
        Ok(id::global(region::view::KIND, &self.code).into())
    }
}

/// The most ids that one `nodes` takes.
const MOST_IDS: usize = 100;

/// `node` and `nodes`.
#[derive(Default)]
pub struct NodeQuery;

#[Object]
impl NodeQuery {
    /// Anything by its global id; null when it is absent or outside your reach. A person's record that
    /// became part of another is answered as it is: `mergedInto` says where it leads.
    async fn node(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its global id.")] id: ID,
    ) -> std::result::Result<Option<Node>, Shared> {
        let call = call(ctx).map_err(Shared::new)?;
        let mut found = gather(call, &[id], &Plans::of(&ctx.look_ahead()), |_| "/id".to_owned()).await;
        found.pop().flatten().transpose()
    }

    /// Several things by their global ids, in the same order; at most 100. What is absent or outside
    /// your reach is null; so is what cannot be answered, with an error that names its place.
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Their global ids, at most 100.")] ids: Vec<ID>,
    ) -> Result<Vec<Option<std::result::Result<Node, Shared>>>> {
        if ids.len() > MOST_IDS {
            let fault = Fault::new("/ids", "limit_out_of_range").with("max", MOST_IDS);
            return Err(Error::Invalid(vec![fault]));
        }
        Ok(gather(call(ctx)?, &ids, &Plans::of(&ctx.look_ahead()), |at| format!("/ids/{at}")).await)
    }
}

/// The context of the request a resolver runs in.
pub fn call<'a>(ctx: &Context<'a>) -> Result<&'a Ctx> {
    ctx.data::<Ctx>().map_err(|e| Error::internal("a resolver", e.message))
}

/// The context of a mutation field: the request's idempotency key is told apart by the
/// field's alias, so that one document may change several things under one key.
pub fn with_key(ctx: &Context<'_>) -> Result<Ctx> {
    let mut call = call(ctx)?.clone();
    call.actor.require_token()?;
    if let Some(idempotency) = &mut call.idempotency {
        let alias = ctx.item.node.response_key().node.as_str();
        idempotency.key = format!("{} {alias}", idempotency.key);
    }
    Ok(call)
}

/// What a selection wants along with a node of each kind. Fields count whatever type they are asked
/// on: what a plan brings in vain is part of the same statement, or of one that asks for nothing.
struct Plans {
    school: SchoolPlan,
    person: PersonPlan,
    program: ProgramPlan,
    batch: BatchPlan,
    certificate: CertificatePlan,
    enrolment: EnrolmentPlan,
    community: CommunityPlan,
}

impl Plans {
    fn of(node: &Lookahead<'_>) -> Self {
        let wants = |field: &str| node.field(field).exists();
        Self {
            school: of_school(node),
            person: of_person(wants),
            program: of_program(node),
            batch: of_batch(node),
            certificate: of_certificate(wants),
            enrolment: of_enrolment(std::slice::from_ref(node)),
            community: of_community(node),
        }
    }
}
