//! Activities and what hangs on them, in batches.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;

use super::{Loaders, Shared, below::by_size};
use crate::community::activity::{
    attendance::{read::first_of, view::ActivityAttendance},
    cost::{self, view::ActivityCost},
    detail::{self, view::ActivityDetail},
    read,
    view::{Activity, ActivityId},
};

impl Loader<ActivityId> for Loaders {
    type Value = Activity;
    type Error = Shared;

    async fn load(&self, ids: &[ActivityId]) -> Result<HashMap<ActivityId, Activity>, Shared> {
        let found = read::by_ids(&self.0, ids).await.map_err(Shared::new)?;
        Ok(found.into_iter().map(|a| (a.id, a)).collect())
    }
}

/// The first who were recorded at an activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct AttendeesOf {
    /// Which activity.
    pub activity: ActivityId,
    /// How many at most.
    pub limit: u64,
}

impl Loader<AttendeesOf> for Loaders {
    type Value = Vec<ActivityAttendance>;
    type Error = Shared;

    async fn load(
        &self,
        keys: &[AttendeesOf],
    ) -> Result<HashMap<AttendeesOf, Vec<ActivityAttendance>>, Shared> {
        let mut all = HashMap::with_capacity(keys.len());
        for (limit, activities) in by_size(keys.iter().map(|key| (key.activity, key.limit))) {
            let found = first_of(&self.0, &activities, limit).await.map_err(Shared::new)?;
            all.extend(found.into_iter().map(|(activity, rows)| (AttendeesOf { activity, limit }, rows)));
        }
        Ok(all)
    }
}

/// What the activity with this id cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CostsOf(pub ActivityId);

impl Loader<CostsOf> for Loaders {
    type Value = Vec<ActivityCost>;
    type Error = Shared;

    async fn load(&self, keys: &[CostsOf]) -> Result<HashMap<CostsOf, Vec<ActivityCost>>, Shared> {
        let ids: Vec<ActivityId> = keys.iter().map(|key| key.0).collect();
        let found = cost::read::of_activities(&self.0, &ids).await.map_err(Shared::new)?;
        Ok(found.into_iter().map(|(id, costs)| (CostsOf(id), costs)).collect())
    }
}

/// What is particular to the activity with this id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DetailOf(pub ActivityId);

impl Loader<DetailOf> for Loaders {
    type Value = ActivityDetail;
    type Error = Shared;

    async fn load(&self, keys: &[DetailOf]) -> Result<HashMap<DetailOf, ActivityDetail>, Shared> {
        let ids: Vec<ActivityId> = keys.iter().map(|key| key.0).collect();
        let found = detail::read::by_ids(&self.0, &ids).await.map_err(Shared::new)?;
        Ok(found.into_iter().map(|(id, detail)| (DetailOf(id), detail)).collect())
    }
}
