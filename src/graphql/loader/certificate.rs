//! Certificates in batches.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;

use super::{Loaders, Shared};
use crate::{
    certification::certificate::{
        read::{self, CertificatePlan},
        view::{Certificate, CertificateId, SignedForm},
    },
    directory::person::view::PersonId,
    foundation::page::{Direction, Page},
    training::enrolment::view::EnrolmentId,
};

impl Loader<CertificateId> for Loaders {
    type Value = Certificate;
    type Error = Shared;

    async fn load(&self, ids: &[CertificateId]) -> Result<HashMap<CertificateId, Certificate>, Shared> {
        let plan = CertificatePlan::default();
        let found = read::by_ids(&self.0, ids, plan).await.map_err(Shared::new)?;
        Ok(found.into_iter().map(|c| (c.id, c)).collect())
    }
}

/// What was signed of the certificate with this id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SignedOf(pub CertificateId);

impl Loader<SignedOf> for Loaders {
    type Value = SignedForm;
    type Error = Shared;

    async fn load(&self, keys: &[SignedOf]) -> Result<HashMap<SignedOf, SignedForm>, Shared> {
        let ids: Vec<CertificateId> = keys.iter().map(|key| key.0).collect();
        let found = read::signed_forms(&self.0, &ids).await.map_err(Shared::new)?;
        Ok(found.into_iter().map(|(id, signed)| (SignedOf(id), signed)).collect())
    }
}

/// The certificate of an enrolment: the one in force, else the latest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CertificateOf(pub EnrolmentId);

impl Loader<CertificateOf> for Loaders {
    type Value = Certificate;
    type Error = Shared;

    async fn load(&self, keys: &[CertificateOf]) -> Result<HashMap<CertificateOf, Certificate>, Shared> {
        let ids: Vec<EnrolmentId> = keys.iter().map(|key| key.0).collect();
        let found = read::of_enrolments(&self.0, &ids).await.map_err(Shared::new)?;
        Ok(found.into_iter().map(|(id, row)| (CertificateOf(id), row)).collect())
    }
}

/// The newest or the oldest certificates of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CertificatesOf {
    /// Whose.
    pub person: PersonId,
    /// How many at most.
    pub limit: u64,
    /// Forward from the newest, or backward from the oldest.
    pub direction: Direction,
    /// What comes along with each.
    pub plan: CertificatePlan,
}

impl Loader<CertificatesOf> for Loaders {
    type Value = Page<Certificate>;
    type Error = Shared;

    async fn load(
        &self,
        keys: &[CertificatesOf],
    ) -> Result<HashMap<CertificatesOf, Page<Certificate>>, Shared> {
        // One document may ask for the same edge under several aliases; each shape is one statement.
        let mut shapes: HashMap<(u64, Direction, CertificatePlan), Vec<PersonId>> = HashMap::new();
        for key in keys {
            shapes.entry((key.limit, key.direction, key.plan)).or_default().push(key.person);
        }
        let mut all = HashMap::with_capacity(keys.len());
        for ((limit, direction, plan), persons) in shapes {
            let found = read::of_persons(&self.0, &persons, plan, limit, direction).await;
            let key = |person| CertificatesOf { person, limit, direction, plan };
            all.extend(found.map_err(Shared::new)?.into_iter().map(|(person, page)| (key(person), page)));
        }
        Ok(all)
    }
}

/// How many certificates a person has; nothing when there are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CertificateCountOf(pub PersonId);

impl Loader<CertificateCountOf> for Loaders {
    type Value = u64;
    type Error = Shared;

    async fn load(&self, keys: &[CertificateCountOf]) -> Result<HashMap<CertificateCountOf, u64>, Shared> {
        let persons: Vec<PersonId> = keys.iter().map(|key| key.0).collect();
        let found = read::counts_of_persons(&self.0, &persons).await.map_err(Shared::new)?;
        Ok(found.into_iter().map(|(person, count)| (CertificateCountOf(person), count)).collect())
    }
}
