//! What a plan did not bring along is fetched in batches, still through the caller's scope.

mod activity;
mod artefact;
mod below;
mod certificate;
mod community;
mod improvement;
mod observation;
mod recognition;

pub use activity::{AttendeesOf, CostsOf, DetailOf};
pub use below::{
    ArtefactsOf, AwardsOf, MadeAt, MembersOf, NextOf, OfficesOf, PartnersOf, ProgressOf, ReadingsOf,
    RecentOf, StepsOf,
};
pub use certificate::{CertificateCountOf, CertificateOf, CertificatesOf, SignedOf};
pub use improvement::ImprovementsOf;

use std::collections::HashMap;

use async_graphql::{
    Context,
    dataloader::{DataLoader, Loader},
};

use crate::{
    access::context::Ctx,
    directory::{
        organisation::{
            self,
            view::{Organisation, OrganisationId},
        },
        person::{
            self,
            read::PersonPlan,
            view::{Person, PersonId},
        },
        region::{self, view::Region},
        resource_person::{
            self,
            read::Competences,
            view::{Competence, ResourcePerson, ResourcePersonId},
        },
        school::{
            self,
            read::SchoolPlan,
            view::{School, SchoolId},
        },
    },
    foundation::error::Error,
    training::{
        batch::{
            self,
            read::BatchPlan,
            view::{Batch, BatchId},
        },
        enrolment::{
            self,
            read::EnrolmentPlan,
            view::{Enrolment, EnrolmentId},
        },
        program::{
            self,
            read::ProgramPlan,
            view::{Program, ProgramId},
        },
        session::{
            self,
            view::{Session, SessionId},
        },
    },
};

/// Loads by id for one request.
pub struct Loaders(Ctx);

/// The loaders of one request.
pub type Load = DataLoader<Loaders>;

/// Fresh loaders for a request: what one caller may see is never kept for another.
pub fn for_request(ctx: &Ctx) -> Load {
    DataLoader::new(Loaders(ctx.clone()), tokio::spawn)
}

/// An error that several waiting resolvers share.
pub type Shared = std::sync::Arc<Error>;

/// The thing with this key, if it is there and within reach.
pub async fn opt<K, V>(ctx: &Context<'_>, key: K) -> Result<Option<V>, Shared>
where
    K: Send + Sync + std::hash::Hash + Eq + Clone + 'static,
    V: Send + Sync + Clone + 'static,
    Loaders: Loader<K, Value = V, Error = Shared>,
{
    let load = ctx.data::<Load>().map_err(|e| Shared::new(Error::internal("a resolver", e.message)))?;
    load.load_one(key).await
}

/// As [`opt`], for an edge that may lead nowhere.
pub async fn edge<K, V>(ctx: &Context<'_>, key: Option<K>) -> Result<Option<V>, Shared>
where
    K: Send + Sync + std::hash::Hash + Eq + Clone + 'static,
    V: Send + Sync + Clone + 'static,
    Loaders: Loader<K, Value = V, Error = Shared>,
{
    match key {
        Some(key) => opt(ctx, key).await,
        None => Ok(None),
    }
}

/// The things with these keys that are there and within reach, in the order of the keys.
pub async fn several<K, V>(ctx: &Context<'_>, keys: &[K]) -> Result<Vec<V>, Shared>
where
    K: Send + Sync + std::hash::Hash + Eq + Clone + 'static,
    V: Send + Sync + Clone + 'static,
    Loaders: Loader<K, Value = V, Error = Shared>,
{
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let load = ctx.data::<Load>().map_err(|e| Shared::new(Error::internal("a resolver", e.message)))?;
    let mut found = load.load_many(keys.iter().cloned()).await?;
    Ok(keys.iter().filter_map(|key| found.remove(key)).collect())
}

/// The thing with this key, which something the caller sees refers to. `noun` is named when it is out of reach.
pub async fn one<K, V>(ctx: &Context<'_>, key: K, noun: &'static str) -> Result<V, Shared>
where
    K: Send + Sync + std::hash::Hash + Eq + Clone + 'static,
    V: Send + Sync + Clone + 'static,
    Loaders: Loader<K, Value = V, Error = Shared>,
{
    opt(ctx, key).await?.ok_or_else(|| Shared::new(Error::NotFound(noun)))
}

impl Loader<OrganisationId> for Loaders {
    type Value = Organisation;
    type Error = Shared;

    async fn load(&self, ids: &[OrganisationId]) -> Result<HashMap<OrganisationId, Organisation>, Shared> {
        let found = organisation::read::by_ids(&self.0, ids).await.map_err(Shared::new)?;
        Ok(found.into_iter().map(|o| (o.id, o)).collect())
    }
}

/// A region by its code.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RegionKey(pub String);

impl Loader<RegionKey> for Loaders {
    type Value = Region;
    type Error = Shared;

    async fn load(&self, keys: &[RegionKey]) -> Result<HashMap<RegionKey, Region>, Shared> {
        let codes: Vec<String> = keys.iter().map(|key| key.0.clone()).collect();
        let found = region::read::by_codes(&self.0, &codes).await.map_err(Shared::new)?;
        Ok(found.into_iter().map(|r| (RegionKey(r.code.clone()), r)).collect())
    }
}

/// The regions right below the one with this code.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ChildrenOf(pub String);

impl Loader<ChildrenOf> for Loaders {
    type Value = Vec<Region>;
    type Error = Shared;

    async fn load(&self, keys: &[ChildrenOf]) -> Result<HashMap<ChildrenOf, Vec<Region>>, Shared> {
        let codes: Vec<String> = keys.iter().map(|key| key.0.clone()).collect();
        let found = region::read::children_of(&self.0, &codes).await.map_err(Shared::new)?;
        let mut by_parent: HashMap<ChildrenOf, Vec<Region>> = HashMap::new();
        for child in found {
            let parent = child.parent_code.clone().unwrap_or_default();
            by_parent.entry(ChildrenOf(parent)).or_default().push(child);
        }
        Ok(by_parent)
    }
}

impl Loader<SchoolId> for Loaders {
    type Value = School;
    type Error = Shared;

    async fn load(&self, ids: &[SchoolId]) -> Result<HashMap<SchoolId, School>, Shared> {
        let found = school::read::by_ids(&self.0, ids, SchoolPlan::default()).await.map_err(Shared::new)?;
        Ok(found.into_iter().map(|s| (s.id, s)).collect())
    }
}

impl Loader<PersonId> for Loaders {
    type Value = Person;
    type Error = Shared;

    async fn load(&self, ids: &[PersonId]) -> Result<HashMap<PersonId, Person>, Shared> {
        let found = person::read::by_ids(&self.0, ids, PersonPlan::default()).await.map_err(Shared::new)?;
        Ok(found.into_iter().map(|p| (p.id, p)).collect())
    }
}

/// The retired records that lead to the person with this id.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct MergedFrom(pub PersonId);

impl Loader<MergedFrom> for Loaders {
    type Value = Vec<PersonId>;
    type Error = Shared;

    async fn load(&self, keys: &[MergedFrom]) -> Result<HashMap<MergedFrom, Vec<PersonId>>, Shared> {
        let ids: Vec<uuid::Uuid> = keys.iter().map(|key| key.0.uuid()).collect();
        let found = person::merged::sources(self.0.db(), &ids).await.map_err(Shared::new)?;
        let typed = |ids: Vec<uuid::Uuid>| ids.into_iter().map(PersonId::from).collect();
        Ok(found.into_iter().map(|(id, from)| (MergedFrom(id.into()), typed(from))).collect())
    }
}

impl Loader<ProgramId> for Loaders {
    type Value = Program;
    type Error = Shared;

    async fn load(&self, ids: &[ProgramId]) -> Result<HashMap<ProgramId, Program>, Shared> {
        let found = program::read::by_ids(&self.0, ids, ProgramPlan::default()).await.map_err(Shared::new)?;
        Ok(found.into_iter().map(|p| (p.id, p)).collect())
    }
}

impl Loader<BatchId> for Loaders {
    type Value = Batch;
    type Error = Shared;

    async fn load(&self, ids: &[BatchId]) -> Result<HashMap<BatchId, Batch>, Shared> {
        let found = batch::read::by_ids(&self.0, ids, BatchPlan::default()).await.map_err(Shared::new)?;
        Ok(found.into_iter().map(|b| (b.id, b)).collect())
    }
}

impl Loader<SessionId> for Loaders {
    type Value = Session;
    type Error = Shared;

    async fn load(&self, ids: &[SessionId]) -> Result<HashMap<SessionId, Session>, Shared> {
        let found = session::read::by_ids(&self.0, ids).await.map_err(Shared::new)?;
        Ok(found.into_iter().map(|s| (s.id, s)).collect())
    }
}

/// The sessions of the batch with this id, by start.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SessionsOf(pub BatchId);

impl Loader<SessionsOf> for Loaders {
    type Value = Vec<Session>;
    type Error = Shared;

    async fn load(&self, keys: &[SessionsOf]) -> Result<HashMap<SessionsOf, Vec<Session>>, Shared> {
        let ids: Vec<BatchId> = keys.iter().map(|key| key.0).collect();
        let found = session::read::of_batches(&self.0, &ids).await.map_err(Shared::new)?;
        Ok(found.into_iter().map(|(id, sessions)| (SessionsOf(id), sessions)).collect())
    }
}

impl Loader<ResourcePersonId> for Loaders {
    type Value = ResourcePerson;
    type Error = Shared;

    async fn load(
        &self,
        ids: &[ResourcePersonId],
    ) -> Result<HashMap<ResourcePersonId, ResourcePerson>, Shared> {
        let found = resource_person::read::by_ids(&self.0, ids, Competences::Left).await;
        Ok(found.map_err(Shared::new)?.into_iter().map(|r| (r.id, r)).collect())
    }
}

/// The competences of the resource person with this id.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CompetencesOf(pub ResourcePersonId);

impl Loader<CompetencesOf> for Loaders {
    type Value = Vec<Competence>;
    type Error = Shared;

    async fn load(&self, keys: &[CompetencesOf]) -> Result<HashMap<CompetencesOf, Vec<Competence>>, Shared> {
        let ids: Vec<ResourcePersonId> = keys.iter().map(|key| key.0).collect();
        let found = resource_person::read::competences_of(&self.0, &ids).await.map_err(Shared::new)?;
        Ok(found.into_iter().map(|(id, theirs)| (CompetencesOf(id), theirs)).collect())
    }
}

impl Loader<EnrolmentId> for Loaders {
    type Value = Enrolment;
    type Error = Shared;

    async fn load(&self, ids: &[EnrolmentId]) -> Result<HashMap<EnrolmentId, Enrolment>, Shared> {
        let found =
            enrolment::read::by_ids(&self.0, ids, EnrolmentPlan::default()).await.map_err(Shared::new)?;
        Ok(found.into_iter().map(|e| (e.id, e)).collect())
    }
}
