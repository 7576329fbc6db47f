//! Finding what global ids name: each kind in one statement, through the caller's scope.

use std::collections::HashMap;

use async_graphql::ID;
use uuid::Uuid;

use super::kinds::KINDS;
use super::{Node, Plans};
use crate::graphql::loader::Shared;
use crate::{
    access::context::Ctx,
    certification::certificate::{self, view::Certificate},
    community::{
        activity::{
            self,
            cost::{self, view::ActivityCost},
            view::Activity,
        },
        artefact::{self, view::Artefact},
        article::{self, view::Article},
        book::{
            self, note,
            view::{BookReading, ChapterNote},
        },
        calendar::{self, view::CalendarFeed},
        credit::scheme::{self as credit_scheme, view::CreditScheme},
        discussion::{self, view::Comment},
        group::{self, view::Community},
        improvement::{self, view::Improvement},
        membership::{self, view::Membership},
        moderation::{
            self,
            view::{Appeal, Report},
        },
        observation::{
            self,
            instrument::{self, view::ObservationInstrument},
            view::Observation,
        },
        office::{self, view::CommunityOffice},
        partner::{self, view::Partner},
        proposal::{self, view::Proposal},
        recognition::{
            note::{self as progress, view::ProgressNote},
            round::{
                self,
                view::{AwardEntry, AwardObjection, AwardRound},
            },
            scheme::{self as recognition_scheme, view::RecognitionScheme},
        },
        series::{self, view::MeetingSeries},
    },
    directory::{
        correction::{self, view::Correction},
        organisation::{self, view::Organisation},
        person::{self, view::Person},
        region::{self},
        resource_person::{
            self,
            read::Competences,
            view::{Competence, ResourcePerson},
        },
        school::{self, view::School},
    },
    exchange::import::{self, view::Import},
    foundation::{
        error::{Error, Fault, Result},
        id::{Id, Kind, parse_global},
    },
    identity::{
        account::{self, view::Account},
        app_authorization::{self, view::AppAuthorization},
        client::{self, view::OAuthClient},
        document::{self, view::ClientDocument},
        role::{self, view::RoleGrant},
    },
    learning::{
        self,
        view::{LearningGoal, LearningPlan, LearningReflection, SelfAssessment},
    },
    privacy::breach::{self, view::Breach},
    training::{
        batch::{self, view::Batch},
        enrolment::{self, read::EnrolmentPlan, view::Enrolment},
        program::{self, view::Program},
        session::{self, view::Session},
    },
};

/// The part of a global id that names one thing of its kind.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    Code(String),
    Id(Uuid),
}

type Kinds<T> = HashMap<&'static str, T>;

/// What these ids name, each in its place; `pointer` says where an id came in. Things of one kind are
/// one statement.
pub(super) async fn gather(
    ctx: &Ctx,
    ids: &[ID],
    plans: &Plans,
    pointer: impl Fn(usize) -> String,
) -> Vec<Option<std::result::Result<Node, Shared>>> {
    let wanted: Vec<Option<(&'static str, Key)>> = ids.iter().map(|id| parse(id)).collect();
    let mut keys: Kinds<Vec<Key>> = HashMap::new();
    for (kind, key) in wanted.iter().flatten() {
        keys.entry(kind).or_default().push(key.clone());
    }
    let mut found: Kinds<std::result::Result<HashMap<Key, Node>, Shared>> = HashMap::new();
    for (kind, keys) in keys {
        found.insert(kind, Box::pin(of_kind(ctx, kind, &keys, plans)).await.map_err(Shared::new));
    }
    let answer = |(at, wanted): (usize, Option<(&'static str, Key)>)| {
        let Some((kind, key)) = wanted else {
            let malformed = Error::Malformed(Box::new(Fault::new(pointer(at), "global_id_malformed")));
            return Some(Err(Shared::new(malformed)));
        };
        match found.get(kind)? {
            Ok(nodes) => nodes.get(&key).cloned().map(Ok),
            Err(refused) => Some(Err(refused.clone())),
        }
    };
    wanted.into_iter().enumerate().map(answer).collect()
}

fn parse(id: &str) -> Option<(&'static str, Key)> {
    let (kind, key) = parse_global(id)?;
    let kind = *KINDS.iter().find(|known| **known == kind)?;
    if kind == region::view::KIND {
        return Some((kind, Key::Code(key)));
    }
    Some((kind, Key::Id(Uuid::try_parse(&key).ok()?)))
}

async fn of_kind(ctx: &Ctx, kind: &str, keys: &[Key], plans: &Plans) -> Result<HashMap<Key, Node>> {
    Ok(match kind {
        Organisation::NAME => {
            keyed(organisation::read::by_ids(ctx, &ids(keys)).await?, |o| o.id.uuid(), Node::Organisation)
        }
        region::view::KIND => {
            let found = region::read::by_codes(ctx, &codes(keys)).await?;
            found.into_iter().map(|r| (Key::Code(r.code.clone()), Node::Region(r))).collect()
        }
        School::NAME => {
            let found = school::read::by_ids(ctx, &ids(keys), plans.school).await?;
            keyed(found, |s| s.id.uuid(), Node::School)
        }
        Account::NAME => {
            let found = reached(account::read::by_ids(ctx, &ids(keys)).await)?;
            keyed(found, |a| a.id.uuid(), Node::Account)
        }
        Person::NAME => {
            let found = reached(person::read::by_ids(ctx, &ids(keys), plans.person).await)?;
            keyed(found, |p| p.id.uuid(), Node::Person)
        }
        Correction::NAME => {
            let found = hidden(correction::read::by_ids(ctx, &ids(keys)).await)?;
            keyed(found, |c| c.id.uuid(), Node::Correction)
        }
        ResourcePerson::NAME => {
            let found = reached(resource_person::read::by_ids(ctx, &ids(keys), Competences::Left).await)?;
            keyed(found, |r| r.id.uuid(), Node::ResourcePerson)
        }
        Competence::NAME => {
            let found = reached(resource_person::read::competences_by_ids(ctx, &ids(keys)).await)?;
            keyed(found, |c| c.id.uuid(), Node::Competence)
        }
        Program::NAME => {
            let found = program::read::by_ids(ctx, &ids(keys), plans.program).await?;
            keyed(found, |p| p.id.uuid(), Node::Program)
        }
        Batch::NAME => {
            let found = batch::read::by_ids(ctx, &ids(keys), plans.batch).await?;
            keyed(found, |b| b.id.uuid(), Node::Batch)
        }
        Certificate::NAME => {
            let found = reached(certificate::read::by_ids(ctx, &ids(keys), plans.certificate).await)?;
            keyed(found, |c| c.id.uuid(), Node::Certificate)
        }
        Session::NAME => keyed(session::read::by_ids(ctx, &ids(keys)).await?, |s| s.id.uuid(), Node::Session),
        Enrolment::NAME => {
            let found = reached(enrolments(ctx, keys, plans.enrolment).await)?;
            keyed(found, |e| e.id.uuid(), Node::Enrolment)
        }
        Artefact::NAME => {
            keyed(hidden(artefact::read::by_ids(ctx, &ids(keys)).await)?, |a| a.id.uuid(), Node::Artefact)
        }
        CreditScheme::NAME => keyed(
            hidden(credit_scheme::read::by_ids(ctx, &ids(keys)).await)?,
            |s| s.id.uuid(),
            Node::CreditScheme,
        ),
        Import::NAME => keyed(imports(ctx, keys).await?, |i| i.id.uuid(), Node::Import),
        Activity::NAME => {
            keyed(hidden(activity::read::by_ids(ctx, &ids(keys)).await)?, |a| a.id.uuid(), Node::Activity)
        }
        ActivityCost::NAME => {
            keyed(hidden(cost::read::by_ids(ctx, &ids(keys)).await)?, |c| c.id.uuid(), Node::ActivityCost)
        }
        MeetingSeries::NAME => {
            let found = hidden(series::read::by_ids(ctx, &ids(keys)).await)?;
            keyed(found, |s| s.id.uuid(), Node::MeetingSeries)
        }
        CalendarFeed::NAME => {
            let found = hidden(calendar::read::by_ids(ctx, &ids(keys)).await)?;
            keyed(found, |f| f.id.uuid(), Node::CalendarFeed)
        }
        Community::NAME => keyed(
            group::read::by_ids(ctx, &ids(keys), plans.community).await?,
            |c| c.id.uuid(),
            Node::Community,
        ),
        Membership::NAME => {
            let found = hidden(membership::read::by_ids(ctx, &ids(keys)).await)?;
            keyed(found, |m| m.id.uuid(), Node::Membership)
        }
        CommunityOffice::NAME => {
            let found = hidden(office::read::by_ids(ctx, &ids(keys)).await)?;
            keyed(found, |o| o.id.uuid(), Node::CommunityOffice)
        }
        Partner::NAME => keyed(partner::read::by_ids(ctx, &ids(keys)).await?, |p| p.id.uuid(), Node::Partner),
        ObservationInstrument::NAME => {
            let found = hidden(instrument::read::by_ids(ctx, &ids(keys)).await)?;
            keyed(found, |i| i.id.uuid(), Node::ObservationInstrument)
        }
        Observation::NAME => {
            let found = hidden(observation::read::by_ids(ctx, &ids(keys)).await)?;
            keyed(found, |o| o.id.uuid(), Node::Observation)
        }
        ClientDocument::NAME => {
            let found = hidden(document::read::by_ids(ctx, &ids(keys)).await)?;
            keyed(found, |d| d.id.uuid(), Node::ClientDocument)
        }
        Article::NAME => {
            let found = hidden(article::read::by_ids(ctx, &ids(keys)).await)?;
            keyed(found, |a| a.id.uuid(), Node::Article)
        }
        LearningPlan::NAME => {
            let found = hidden(learning::read::plans_by_ids(ctx, &ids(keys)).await)?;
            keyed(found, |one| one.id.uuid(), Node::LearningPlan)
        }
        LearningGoal::NAME => {
            let found = hidden(learning::read::goals_by_ids(ctx, &ids(keys)).await)?;
            keyed(found, |one| one.id.uuid(), Node::LearningGoal)
        }
        SelfAssessment::NAME => {
            let found = hidden(learning::read::assessments_by_ids(ctx, &ids(keys)).await)?;
            keyed(found, |one| one.id.uuid(), Node::SelfAssessment)
        }
        LearningReflection::NAME => {
            let found = hidden(learning::read::reflections_by_ids(ctx, &ids(keys)).await)?;
            keyed(found, |one| one.id.uuid(), Node::LearningReflection)
        }
        BookReading::NAME => {
            let found = hidden(book::read::by_ids(ctx, &ids(keys)).await)?;
            keyed(found, |r| r.id.uuid(), Node::BookReading)
        }
        Improvement::NAME => {
            let found = hidden(improvement::read::by_ids(ctx, &ids(keys)).await)?;
            keyed(found, |i| i.id.uuid(), Node::Improvement)
        }
        Comment::NAME => {
            let found = hidden(discussion::read::by_ids(ctx, &ids(keys)).await)?;
            keyed(found, |c| c.id.uuid(), Node::Comment)
        }
        Proposal::NAME => {
            let found = hidden(proposal::read::by_ids(ctx, &ids(keys)).await)?;
            keyed(found, |p| p.id.uuid(), Node::Proposal)
        }
        Appeal::NAME => {
            let found = hidden(moderation::read::appeals_by_ids(ctx, &ids(keys)).await)?;
            keyed(found, |a| a.id.uuid(), Node::Appeal)
        }
        Report::NAME => {
            let found = hidden(moderation::read::reports_by_ids(ctx, &ids(keys)).await)?;
            keyed(found, |r| r.id.uuid(), Node::Report)
        }
        ChapterNote::NAME => {
            let found = hidden(note::by_ids(ctx, &ids(keys)).await)?;
            keyed(found, |n| n.id.uuid(), Node::ChapterNote)
        }
        RecognitionScheme::NAME => {
            let found = hidden(recognition_scheme::read::by_ids(ctx, &ids(keys)).await)?;
            keyed(found, |s| s.id.uuid(), Node::RecognitionScheme)
        }
        ProgressNote::NAME => {
            let found = hidden(progress::read::by_ids(ctx, &ids(keys)).await)?;
            keyed(found, |n| n.id.uuid(), Node::ProgressNote)
        }
        AwardRound::NAME => {
            let found = hidden(round::read::by_ids(ctx, &ids(keys)).await)?;
            keyed(found, |r| r.id.uuid(), Node::AwardRound)
        }
        AwardEntry::NAME => {
            let found = hidden(round::entry::by_ids(ctx, &ids(keys)).await)?;
            keyed(found, |e| e.id.uuid(), Node::AwardEntry)
        }
        AwardObjection::NAME => {
            let found = hidden(round::objection::by_ids(ctx, &ids(keys)).await)?;
            keyed(found, |o| o.id.uuid(), Node::AwardObjection)
        }
        RoleGrant::NAME => {
            let found = hidden(role::read::by_ids(ctx, &ids(keys)).await)?;
            keyed(found, |r| r.id.uuid(), Node::RoleGrant)
        }
        AppAuthorization::NAME => {
            let found = hidden(app_authorization::read::by_ids(ctx, &ids(keys)).await)?;
            keyed(found, |a| a.id.uuid(), Node::AppAuthorization)
        }
        OAuthClient::NAME => {
            let found = hidden(client::read::by_ids(ctx, &ids(keys)).await)?;
            keyed(found, |c| c.id.uuid(), Node::OAuthClient)
        }
        Breach::NAME => {
            let found = hidden(breach::read::by_ids(ctx, &ids(keys)).await)?;
            keyed(found, |b| b.id.uuid(), Node::Breach)
        }
        other => return Err(Error::internal("a node's kind", other)),
    })
}

/// One that is read by itself comes with its place on the waiting list.
async fn enrolments(ctx: &Ctx, keys: &[Key], plan: EnrolmentPlan) -> Result<Vec<Enrolment>> {
    match ids(keys).as_slice() {
        [only] => Ok(enrolment::read::find_opt(ctx, *only, plan).await?.into_iter().collect()),
        several => enrolment::read::by_ids(ctx, several, plan).await,
    }
}

/// To those who may not see imports there is none.
async fn imports(ctx: &Ctx, keys: &[Key]) -> Result<Vec<Import>> {
    hidden(import::read::by_ids(ctx, &ids(keys)).await)
}

/// To those who never see any of a kind there is none.
fn hidden<T>(found: Result<Vec<T>>) -> Result<Vec<T>> {
    match found {
        Err(Error::Forbidden(_) | Error::InsufficientScope(_) | Error::Unauthenticated(_)) => Ok(Vec::new()),
        found => found,
    }
}

/// What a role never reads is as absent as what is out of its reach; who has no role at all is told so.
fn reached<T>(found: Result<Vec<T>>) -> Result<Vec<T>> {
    match found {
        Err(Error::Forbidden(_) | Error::InsufficientScope(_)) => Ok(Vec::new()),
        found => found,
    }
}

fn ids<K>(keys: &[Key]) -> Vec<Id<K>> {
    let id = |key: &Key| match key {
        Key::Id(id) => Some((*id).into()),
        Key::Code(_) => None,
    };
    keys.iter().filter_map(id).collect()
}

fn codes(keys: &[Key]) -> Vec<String> {
    let code = |key: &Key| match key {
        Key::Code(code) => Some(code.clone()),
        Key::Id(_) => None,
    };
    keys.iter().filter_map(code).collect()
}

fn keyed<T>(found: Vec<T>, id: impl Fn(&T) -> Uuid, node: impl Fn(T) -> Node) -> HashMap<Key, Node> {
    found.into_iter().map(|one| (Key::Id(id(&one)), node(one))).collect()
}
