//! Instruments in batches. Peer observations are reached by no edge.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;

use super::{Loaders, Shared};
use crate::community::observation::instrument::{
    read,
    view::{ObservationInstrument, ObservationInstrumentId},
};

impl Loader<ObservationInstrumentId> for Loaders {
    type Value = ObservationInstrument;
    type Error = Shared;

    async fn load(
        &self,
        ids: &[ObservationInstrumentId],
    ) -> Result<HashMap<ObservationInstrumentId, ObservationInstrument>, Shared> {
        let found = read::by_ids(&self.0, ids).await.map_err(Shared::new)?;
        Ok(found.into_iter().map(|one| (one.id, one)).collect())
    }
}
