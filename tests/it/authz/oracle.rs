//! What each call must come to, worked out from a permission table and where things belong, without
//! any of the service's own code for it.

use sanggar::access::{
    action::Action,
    grant::{Grant, Role},
    policy::Reach,
};
use uuid::Uuid;

use super::land::Side;

/// A permission table: the service's, or one with a hole.
pub type Table<'a> = &'a [(Role, Action, Reach)];

/// What is called for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thing {
    Organisation,
    School,
    Person,
    Trainer,
    Speaker,
    Competence,
    Program,
    DraftProgram,
    Batch,
    DraftBatch,
    Session,
    Enrolment,
    Learning,
    Certificate,
    Import,
    Community,
    Membership,
    Activity,
    /// Published for everyone.
    Artefact,
    DraftArtefact,
    /// Somebody on the list of an activity, and what it cost.
    Presence,
    ActivityCost,
    CreditScheme,
    DraftCreditScheme,
    MeetingSeries,
    CalendarFeed,
    /// The chair of the community, and who stands by it.
    Office,
    Partner,
    ObservationInstrument,
    Observation,
    LearningPlan,
    LearningGoal,
    SelfAssessment,
    LearningReflection,
    Article,
    BookReading,
    Improvement,
    /// By the teacher, about the community itself.
    Comment,
    /// By the teacher, by name.
    Proposal,
    /// Against the hiding of a comment, and of what the colleague said.
    Appeal,
    Report,
    ChapterNote,
    RecognitionScheme,
    ProgressNote,
    /// Announced: for everyone who reads rounds at all.
    AwardRound,
    /// Only counted.
    DraftAwardRound,
    /// Of a community that is not recognised, in the announced round.
    AwardEntry,
    AwardObjection,
    /// Staff of the organisation, held by the account of the teacher.
    RoleGrant,
    /// The teacher's.
    Account,
    /// A system that asks for tokens, and a secret of it.
    OAuthClient,
    OAuthClientSecret,
    /// An app, and a document registered for it.
    PinnedApp,
    ClientDocument,
    /// Asked for by the teacher.
    Correction,
    /// About the school.
    AuditEntry,
    /// Of personal data.
    Breach,
    /// The person, as whoever reads who saw their data.
    DataSubject,
    /// Something that is not there yet.
    Nothing,
}

/// Where a thing belongs.
#[derive(Clone, Copy, Default)]
pub struct Place {
    pub region: Option<&'static str>,
    pub organisation: Option<Uuid>,
    pub school: Option<Uuid>,
    pub person: Option<Uuid>,
    pub taught_by: Option<Uuid>,
    pub member: Option<Uuid>,
    pub officer: Option<Uuid>,
    /// Other members of the community, and another who holds an office in it.
    pub guests: [Option<Uuid>; 2],
    pub deputy: Option<Uuid>,
}

/// What a call comes to, as far as permission goes: a state or a value may still be refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    Allowed,
    Forbidden,
    NotFound,
}

use Verdict::{Allowed, Forbidden, NotFound};

/// Whether `grant` reaches `place` for `action`; `None` when its role does not have the action at all.
fn reaches(table: Table<'_>, grant: &Grant, action: Action, place: &Place) -> Option<bool> {
    let rows: Vec<Reach> =
        table.iter().filter(|row| (row.0, row.1) == (grant.role, action)).map(|row| row.2).collect();
    // The callers of the matrix have tokens that an operator made, and no account: for them such rows are none.
    let rows: Vec<Reach> = rows.into_iter().filter(|reach| *reach != Reach::Account).collect();
    let same = |mine: Option<Uuid>, its: Option<Uuid>| mine.is_some() && mine == its;
    let one = |reach: &Reach| match reach {
        Reach::Everywhere => true,
        Reach::Region => {
            let (mine, its) = (grant.region.as_deref().unwrap(), place.region);
            its.is_some_and(|its| its == mine || its.starts_with(&format!("{mine}.")))
        }
        Reach::Organisation => same(grant.organisation, place.organisation),
        Reach::School => same(grant.school, place.school),
        Reach::Own => same(grant.person, place.person),
        Reach::Taught => same(grant.person, place.taught_by),
        Reach::Member => {
            same(grant.person, place.member) || place.guests.iter().any(|guest| same(grant.person, *guest))
        }
        Reach::Officer => same(grant.person, place.officer) || same(grant.person, place.deputy),
        Reach::Account => false,
    };
    (!rows.is_empty()).then(|| rows.iter().any(one))
}

/// The action with which a thing is found; none for what every signed-in caller may know.
pub fn found_by(thing: Thing) -> Option<Action> {
    match thing {
        Thing::Person => Some(Action::PersonRead),
        Thing::Account => Some(Action::AccountRead),
        Thing::Trainer => Some(Action::BurdenRead),
        Thing::Enrolment | Thing::Learning => Some(Action::EnrolmentRead),
        Thing::Certificate => Some(Action::CertificateRead),
        Thing::Import => Some(Action::ImportRead),
        Thing::Activity | Thing::ActivityCost | Thing::MeetingSeries => Some(Action::ActivityRead),
        Thing::Presence => Some(Action::ActivityAttendanceRead),
        Thing::CreditScheme | Thing::DraftCreditScheme => Some(Action::CreditSchemeRead),
        Thing::CalendarFeed => Some(Action::CalendarFeedRead),
        Thing::Community | Thing::Partner => Some(Action::CommunityRead),
        Thing::Membership | Thing::Office => Some(Action::MembershipRead),
        Thing::ObservationInstrument => Some(Action::ObservationInstrumentRead),
        Thing::Observation => Some(Action::ObservationRead),
        Thing::LearningPlan => Some(Action::LearningPlanRead),
        Thing::LearningGoal => Some(Action::LearningGoalRead),
        Thing::SelfAssessment => Some(Action::SelfAssessmentRead),
        Thing::LearningReflection => Some(Action::LearningReflectionRead),
        Thing::Article => Some(Action::ArticleRead),
        Thing::BookReading => Some(Action::BookReadingRead),
        Thing::Improvement => Some(Action::ImprovementRead),
        Thing::ChapterNote => Some(Action::ChapterNoteRead),
        Thing::RecognitionScheme => Some(Action::RecognitionSchemeRead),
        Thing::ProgressNote => Some(Action::ProgressNoteRead),
        Thing::AwardRound | Thing::DraftAwardRound => Some(Action::AwardRoundRead),
        Thing::AwardEntry => Some(Action::AwardEntryRead),
        Thing::AwardObjection => Some(Action::AwardObjectionRead),
        Thing::PinnedApp | Thing::ClientDocument => Some(Action::ClientDocumentRead),
        Thing::Comment => Some(Action::CommentRead),
        Thing::Proposal => Some(Action::ProposalRead),
        Thing::OAuthClient | Thing::OAuthClientSecret => Some(Action::OAuthClientRead),
        Thing::Appeal => Some(Action::AppealRead),
        Thing::Report => Some(Action::ReportRead),
        Thing::RoleGrant => Some(Action::RoleGrantRead),
        Thing::AuditEntry => Some(Action::AuditEntryRead),
        Thing::Breach => Some(Action::BreachRead),
        Thing::Correction => Some(Action::CorrectionRead),
        Thing::DataSubject => Some(Action::DataAccessRead),
        Thing::Speaker | Thing::Competence => Some(Action::ResourcePersonRead),
        _ => None,
    }
}

/// Whether the role sees what its own communities make.
fn is_member_row(table: Table<'_>, grant: &Grant) -> bool {
    table.contains(&(grant.role, Action::ArtefactRead, Reach::Member))
}

/// Whether the caller comes to see the thing.
pub fn seen(table: Table<'_>, grant: &Grant, thing: Thing, side: &Side) -> Verdict {
    let place = side.place(thing);
    if matches!(thing, Thing::DraftProgram | Thing::DraftBatch | Thing::DraftCreditScheme) {
        let reads = |action| table.iter().any(|row| (row.0, row.1) == (grant.role, action));
        if thing == Thing::DraftCreditScheme && !reads(Action::CreditSchemeRead) {
            return Forbidden;
        }
        // Drafts are the ministry's and the provider's own.
        let own = match grant.role {
            Role::Ministry | Role::MinistrySystem => true,
            Role::ProviderStaff => grant.organisation == place.organisation,
            _ => false,
        };
        return if own { Allowed } else { NotFound };
    }
    if matches!(thing, Thing::Artefact | Thing::DraftArtefact) {
        let known = table.iter().any(|row| (row.0, row.1) == (grant.role, Action::ArtefactRead));
        // What is being made is for those who make it, as far as they read anything at all.
        let ours = reaches(
            table,
            grant,
            Action::ArtefactRead,
            &Place { member: place.member, guests: place.guests, ..Place::default() },
        );
        return match thing {
            _ if !known => Forbidden,
            Thing::DraftArtefact if ours != Some(true) || !is_member_row(table, grant) => NotFound,
            _ => Allowed,
        };
    }
    if thing == Thing::AwardRound {
        let known = table.iter().any(|row| (row.0, row.1) == (grant.role, Action::AwardRoundRead));
        return if known { Allowed } else { Forbidden };
    }
    match found_by(thing).map(|action| reaches(table, grant, action, &place)) {
        None | Some(Some(true)) => Allowed,
        Some(Some(false)) => NotFound,
        Some(None) => Forbidden,
    }
}

/// What doing `action` to the thing must come to.
pub fn verdict(
    table: Table<'_>,
    grant: &Grant,
    action: Option<Action>,
    thing: Thing,
    side: &Side,
) -> Verdict {
    // Who never does this anywhere is told so, whatever there is: nothing is looked for.
    let never = |action| reaches(table, grant, action, &Place::default()).is_none();
    if action.is_some_and(never) {
        return Forbidden;
    }
    let seen = seen(table, grant, thing, side);
    match action {
        _ if seen != Allowed => seen,
        None => Allowed,
        Some(action) => may(table, grant, action, &side.place(thing)),
    }
}

/// What doing `action` at a place must come to, for what need not be found first.
pub fn may(table: Table<'_>, grant: &Grant, action: Action, place: &Place) -> Verdict {
    if reaches(table, grant, action, place) == Some(true) { Allowed } else { Forbidden }
}
