//! Relay's `node` and `nodes`: anything by its global id, through the caller's scope.

use async_graphql::{Context, ID, Interface, Object};

use crate::{
    access::context::Ctx,
    certification::certificate::{self, read::CertificatePlan, view::Certificate},
    directory::{
        organisation::{self, view::Organisation},
        person::{self, view::Person},
        region::{self, view::Region},
        resource_person::{
            self,
            read::Competences,
            view::{Competence, ResourcePerson},
        },
        school::{self, view::School},
    },
    exchange::import::{self, view::Import},
    foundation::{
        error::{Error, Result},
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
#[derive(Interface)]
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

/// `node` and `nodes`.
#[derive(Default)]
pub struct NodeQuery;

#[Object]
impl NodeQuery {
    /// Anything by its global id; null when it is absent or outside your reach.
    async fn node(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its global id.")] id: ID,
    ) -> Result<Option<Node>> {
        find(call(ctx)?, &id).await
    }

    /// Several things by their global ids, in the same order; at most 100.
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Their global ids, at most 100.")] ids: Vec<ID>,
    ) -> Result<Vec<Option<Node>>> {
        if ids.len() > 100 {
            return Err(Error::invalid("/ids", "limit_out_of_range"));
        }
        let ctx = call(ctx)?;
        let mut found = Vec::with_capacity(ids.len());
        for id in &ids {
            found.push(find(ctx, id).await?);
        }
        Ok(found)
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

async fn find(ctx: &Ctx, id: &ID) -> Result<Option<Node>> {
    let (kind, key) = parse_global(id).ok_or_else(|| Error::malformed("/id", "global_id_malformed"))?;
    if kind == Organisation::NAME {
        return Ok(organisation::read::find_opt(ctx, typed(id)?).await?.map(Node::Organisation));
    }
    if kind == region::view::KIND {
        return Ok(region::read::find_opt(ctx, &key).await?.map(Node::Region));
    }
    if kind == School::NAME {
        return Ok(school::read::find_opt(ctx, typed(id)?, Default::default()).await?.map(Node::School));
    }
    if kind == Person::NAME {
        let found = person::read::survivor_opt(ctx, typed(id)?, Default::default()).await?;
        return Ok(found.map(Node::Person));
    }
    if kind == ResourcePerson::NAME {
        let found = resource_person::read::find_opt(ctx, typed(id)?, Competences::Left).await?;
        return Ok(found.map(Node::ResourcePerson));
    }
    if kind == Competence::NAME {
        let found = resource_person::read::find_competence_opt(ctx, typed(id)?).await?;
        return Ok(found.map(Node::Competence));
    }
    if kind == Program::NAME {
        let found = program::read::find_opt(ctx, typed(id)?, ProgramPlan::default()).await?;
        return Ok(found.map(Node::Program));
    }
    if kind == Batch::NAME {
        let found = batch::read::find_opt(ctx, typed(id)?, BatchPlan::default()).await?;
        return Ok(found.map(Node::Batch));
    }
    if kind == Certificate::NAME {
        let found = certificate::read::find_opt(ctx, typed(id)?, CertificatePlan::default()).await?;
        return Ok(found.map(Node::Certificate));
    }
    if kind == Session::NAME {
        return Ok(session::read::find_opt(ctx, typed(id)?).await?.map(Node::Session));
    }
    if kind == Enrolment::NAME {
        let found = enrolment::read::find_opt(ctx, typed(id)?, EnrolmentPlan::default()).await?;
        return Ok(found.map(Node::Enrolment));
    }
    if kind == Import::NAME {
        // To those who may not see imports there is none.
        return match import::read::find_opt(ctx, typed(id)?).await {
            Err(Error::Forbidden(_) | Error::Unauthenticated(_)) => Ok(None),
            found => Ok(found?.map(Node::Import)),
        };
    }
    Err(Error::malformed("/id", "global_id_malformed"))
}

fn typed<K: Kind>(id: &ID) -> Result<Id<K>> {
    Id::from_global(id).map_err(|_| Error::malformed("/id", "global_id_malformed"))
}
