//! Changing what a community is called, its charter, how one joins it, and the schools of its cluster.

use std::collections::HashSet;

use async_graphql::MaybeUndefined;
use entity::community_school;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use super::{
    anchor::{cluster, require_around},
    found::put_schools,
    update, view,
};
use crate::{
    access::{
        action::Action,
        actor::Permit,
        context::{Command, Work},
    },
    community::group::{
        input::UpdateCommunityInput,
        lock::{Held, lock},
        rule::CommunityAnchor,
        view::{Community, CommunityId},
    },
    foundation::{
        error::{Fault, Faults, Result},
        version,
    },
};

/// Changes a community that has not ended.
pub struct UpdateCommunity {
    /// Which one.
    pub id: CommunityId,
    /// The version the caller read.
    pub version: Option<i64>,
    /// The changes.
    pub input: UpdateCommunityInput,
}

impl Command for UpdateCommunity {
    type Output = Community;
    const ACTION: Action = Action::CommunityUpdate;

    async fn run(&self, work: &Work<'_>) -> Result<Community> {
        let held = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &held.place)?;
        version::check(self.version, held.row.version)?;
        held.status.require_alive()?;
        let mut faults = Faults::new();
        let mut change = held.row.clone().into_active_model();
        self.input.apply(&mut change, &mut faults);
        let schools = self.schools(work, &held, &mut faults).await?;
        faults.done()?;
        let regrouped = match schools {
            Some(schools) => regroup(work, &permit, held.row.id, &schools).await?,
            None => false,
        };
        if !change.is_changed() && !regrouped {
            return view(work, held.row.id).await;
        }
        update(work, &permit, &held.row, change, "community.updated").await
    }
}

impl UpdateCommunity {
    /// The schools its cluster shall have; none when they stay, or when they cannot be these.
    async fn schools(&self, work: &Work<'_>, held: &Held, faults: &mut Faults) -> Result<Option<Vec<Uuid>>> {
        let ids = match &self.input.school_ids {
            MaybeUndefined::Undefined => return Ok(None),
            MaybeUndefined::Null => {
                faults.push(Fault::new("/schoolIds", "field_missing"));
                return Ok(None);
            }
            MaybeUndefined::Value(ids) => ids,
        };
        if held.row.anchor != CommunityAnchor::Cluster.as_str() {
            faults.push(Fault::new("/schoolIds", "field_of_another_anchor"));
            return Ok(None);
        }
        let Some(found) = cluster(work, ids, held.row.school_id, faults).await? else { return Ok(None) };
        let codes: Vec<&str> = found.iter().map(|school| school.region_code.as_str()).collect();
        require_around(&held.row.region_code, &codes, true, faults);
        Ok(Some(found.iter().map(|school| school.id).collect()))
    }
}

/// Gives a cluster these schools; whether that changed anything.
async fn regroup(work: &Work<'_>, _: &Permit, community: Uuid, schools: &[Uuid]) -> Result<bool> {
    let rows = community_school::Entity::find()
        .filter(community_school::Column::CommunityId.eq(community))
        .all(work.db())
        .await?;
    let had: HashSet<Uuid> = rows.into_iter().map(|row| row.school_id).collect();
    let wanted: HashSet<Uuid> = schools.iter().copied().collect();
    if had == wanted {
        return Ok(false);
    }
    community_school::Entity::delete_many()
        .filter(community_school::Column::CommunityId.eq(community))
        .exec(work.db())
        .await?;
    put_schools(work, community, schools).await?;
    Ok(true)
}
