//! The criteria, for the edges that lead to them.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;

use super::{Loaders, Shared};
use crate::community::recognition::scheme::{
    read,
    view::{RecognitionScheme, RecognitionSchemeId},
};

impl Loader<RecognitionSchemeId> for Loaders {
    type Value = RecognitionScheme;
    type Error = Shared;

    async fn load(
        &self,
        ids: &[RecognitionSchemeId],
    ) -> Result<HashMap<RecognitionSchemeId, RecognitionScheme>, Shared> {
        let found = read::by_ids(&self.0, ids).await.map_err(Shared::new)?;
        Ok(found.into_iter().map(|scheme| (scheme.id, scheme)).collect())
    }
}
