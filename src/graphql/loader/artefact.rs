//! Artefacts in batches.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;

use super::{Loaders, Shared};
use crate::community::artefact::{
    read,
    view::{Artefact, ArtefactId},
};

impl Loader<ArtefactId> for Loaders {
    type Value = Artefact;
    type Error = Shared;

    async fn load(&self, ids: &[ArtefactId]) -> Result<HashMap<ArtefactId, Artefact>, Shared> {
        let found = read::by_ids(&self.0, ids).await.map_err(Shared::new)?;
        Ok(found.into_iter().map(|a| (a.id, a)).collect())
    }
}
