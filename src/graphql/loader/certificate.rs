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
    foundation::page::{Direction, Page, PageRequest},
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

/// The newest certificates of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct NewestOf {
    /// Whose.
    pub person: PersonId,
    /// How many at most.
    pub limit: u64,
    /// What comes along with each.
    pub plan: CertificatePlan,
}

impl Loader<NewestOf> for Loaders {
    type Value = Page<Certificate>;
    type Error = Shared;

    async fn load(&self, keys: &[NewestOf]) -> Result<HashMap<NewestOf, Page<Certificate>>, Shared> {
        // One document may ask for the same edge under several aliases; each shape is one statement.
        let mut shapes: HashMap<(u64, CertificatePlan), Vec<PersonId>> = HashMap::new();
        for key in keys {
            shapes.entry((key.limit, key.plan)).or_default().push(key.person);
        }
        let mut all = HashMap::with_capacity(keys.len());
        for ((limit, plan), persons) in shapes {
            let page = PageRequest { limit, cursor: None, direction: Direction::Forward };
            let found = read::of_persons(&self.0, &persons, plan, &page).await;
            let found = found.map_err(Shared::new)?;
            all.extend(found.into_iter().map(|(person, page)| (NewestOf { person, limit, plan }, page)));
        }
        Ok(all)
    }
}
