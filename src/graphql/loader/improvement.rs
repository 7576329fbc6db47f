//! What activities were for, in batches.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;

use super::{Loaders, Shared};
use crate::community::{
    activity::view::ActivityId,
    improvement::{chain, view::Improvement},
};

/// The items of improvement that the activity with this id belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ImprovementsOf(pub ActivityId);

impl Loader<ImprovementsOf> for Loaders {
    type Value = Vec<Improvement>;
    type Error = Shared;

    async fn load(
        &self,
        keys: &[ImprovementsOf],
    ) -> Result<HashMap<ImprovementsOf, Vec<Improvement>>, Shared> {
        let ids: Vec<ActivityId> = keys.iter().map(|key| key.0).collect();
        let found = chain::of_activities(&self.0, &ids).await.map_err(Shared::new)?;
        Ok(found.into_iter().map(|(id, items)| (ImprovementsOf(id), items)).collect())
    }
}
