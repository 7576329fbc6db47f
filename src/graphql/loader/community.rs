//! Communities, for the edges that lead to them.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;

use super::{Loaders, Shared};
use crate::community::group::{
    read::{self, CommunityPlan},
    view::{Community, CommunityId},
};

impl Loader<CommunityId> for Loaders {
    type Value = Community;
    type Error = Shared;

    async fn load(&self, ids: &[CommunityId]) -> Result<HashMap<CommunityId, Community>, Shared> {
        let found = read::by_ids(&self.0, ids, CommunityPlan::default()).await.map_err(Shared::new)?;
        Ok(found.into_iter().map(|c| (c.id, c)).collect())
    }
}
