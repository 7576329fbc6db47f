//! Relay's `node` and `nodes`: anything by its global id, through the caller's scope, things of one
//! kind in one statement.

use std::collections::HashMap;

use async_graphql::{Context, ID, Interface, Lookahead, Object};
use uuid::Uuid;

use super::{
    batch::plan as of_batch, certificate::plan as of_certificate, enrolment::plan as of_enrolment,
    loader::Shared, person::plan as of_person, program::plan as of_program, school::plan as of_school,
};
use crate::{
    access::context::Ctx,
    certification::certificate::{self, read::CertificatePlan, view::Certificate},
    directory::{
        organisation::{self, view::Organisation},
        person::{self, read::PersonPlan, view::Person},
        region::{self, view::Region},
        resource_person::{
            self,
            read::Competences,
            view::{Competence, ResourcePerson},
        },
        school::{self, read::SchoolPlan, view::School},
    },
    exchange::import::{self, view::Import},
    foundation::{
        error::{Error, Fault, Result},
        id::{self, Id, Kind, parse_global},
    },
    training::{
        batch::{self, read::BatchPlan, view::Batch},
        enrolment::{self, read::EnrolmentPlan, view::Enrolment},
        program::{self, read::ProgramPlan, view::Program},
        session::{self, view::Session},
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
    ResourcePerson,
    Competence,
    Program,
    Batch,
    Certificate,
    Session,
    Enrolment,
    Import,
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
        }
    }
}

/// The part of a global id that names one thing of its kind.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    Code(String),
    Id(Uuid),
}

type Kinds<T> = HashMap<&'static str, T>;

/// What these ids name, each in its place; `pointer` says where an id came in. Things of one kind are
/// one statement.
async fn gather(
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

/// Every kind that has global ids.
const KINDS: [&str; 12] = [
    Organisation::NAME,
    region::view::KIND,
    School::NAME,
    Person::NAME,
    ResourcePerson::NAME,
    Competence::NAME,
    Program::NAME,
    Batch::NAME,
    Certificate::NAME,
    Session::NAME,
    Enrolment::NAME,
    Import::NAME,
];

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
        Person::NAME => {
            let found = person::read::by_ids(ctx, &ids(keys), plans.person).await?;
            keyed(found, |p| p.id.uuid(), Node::Person)
        }
        ResourcePerson::NAME => {
            let found = resource_person::read::by_ids(ctx, &ids(keys), Competences::Left).await?;
            keyed(found, |r| r.id.uuid(), Node::ResourcePerson)
        }
        Competence::NAME => {
            let found = resource_person::read::competences_by_ids(ctx, &ids(keys)).await?;
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
            let found = certificate::read::by_ids(ctx, &ids(keys), plans.certificate).await?;
            keyed(found, |c| c.id.uuid(), Node::Certificate)
        }
        Session::NAME => keyed(session::read::by_ids(ctx, &ids(keys)).await?, |s| s.id.uuid(), Node::Session),
        Enrolment::NAME => {
            keyed(enrolments(ctx, keys, plans.enrolment).await?, |e| e.id.uuid(), Node::Enrolment)
        }
        Import::NAME => keyed(imports(ctx, keys).await?, |i| i.id.uuid(), Node::Import),
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
    match import::read::by_ids(ctx, &ids(keys)).await {
        Err(Error::Forbidden(_) | Error::Unauthenticated(_)) => Ok(Vec::new()),
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
