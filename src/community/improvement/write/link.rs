//! What belongs to an item: activities of its community, and published artefacts.

use entity::{activity, artefact, improvement_activity, improvement_artefact};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use super::{Locked, lock, shown, update};
use crate::{
    access::{
        action::Action,
        actor::Permit,
        context::{Command, Work},
        scope,
    },
    community::improvement::{
        input::LinkImprovementInput,
        rule::LINKS,
        view::{Improvement, ImprovementId},
    },
    foundation::error::{Error, Fault, Faults, Result},
};

/// One end of a link.
#[derive(Clone, Copy)]
enum End {
    Activity(Uuid),
    Artefact(Uuid),
}

impl End {
    /// The one that is named.
    ///
    /// # Errors
    /// `link_not_one` when none or both are.
    fn of(input: &LinkImprovementInput) -> Result<Self> {
        match (input.activity_id, input.artefact_id) {
            (Some(activity), None) => Ok(Self::Activity(activity.uuid())),
            (None, Some(artefact)) => Ok(Self::Artefact(artefact.uuid())),
            _ => Err(Error::invalid("", "link_not_one")),
        }
    }

    /// Whether it belongs to the item already.
    async fn is_linked(self, work: &Work<'_>, item: Uuid) -> Result<bool> {
        let found = match self {
            Self::Activity(id) => {
                let of = improvement_activity::Entity::find_by_id((item, id));
                of.count(work.db()).await?
            }
            Self::Artefact(id) => {
                let of = improvement_artefact::Entity::find_by_id((item, id));
                of.count(work.db()).await?
            }
        };
        Ok(found > 0)
    }

    /// Notes when there is no such activity of the community, or no such artefact that was published.
    async fn check(self, work: &Work<'_>, locked: &Locked, faults: &mut Faults) -> Result<()> {
        let (at, code, found) = match self {
            Self::Activity(id) => {
                let of = scope::activities(work.actor)?
                    .filter(activity::Column::Id.eq(id))
                    .filter(activity::Column::CommunityId.eq(locked.row.community_id));
                ("/activityId", "reference_unknown", of.count(work.db()).await?)
            }
            Self::Artefact(id) => {
                let seen = scope::artefacts(work.actor)?.filter(artefact::Column::Id.eq(id));
                match seen.one(work.db()).await? {
                    None => ("/artefactId", "reference_unknown", 0),
                    Some(row) => ("/artefactId", "link_not_published", u64::from(row.status == "published")),
                }
            }
        };
        faults.require(found > 0, at, code);
        Ok(())
    }

    /// That there is room for one more.
    async fn require_room(self, work: &Work<'_>, item: Uuid) -> Result<()> {
        let linked = match self {
            Self::Activity(_) => {
                let of = improvement_activity::Column::ImprovementId.eq(item);
                improvement_activity::Entity::find().filter(of).count(work.db()).await?
            }
            Self::Artefact(_) => {
                let of = improvement_artefact::Column::ImprovementId.eq(item);
                improvement_artefact::Entity::find().filter(of).count(work.db()).await?
            }
        };
        if linked < LINKS {
            return Ok(());
        }
        Err(Error::conflict_with(Fault::new("", "improvement_links_full").with("max", LINKS)))
    }

    fn told(self) -> serde_json::Value {
        match self {
            Self::Activity(id) => json!({ "activityId": id }),
            Self::Artefact(id) => json!({ "artefactId": id }),
        }
    }
}

/// Puts an activity or an artefact to an item. What belongs to it already stays as it is.
pub struct LinkImprovement {
    /// Which item.
    pub id: ImprovementId,
    /// What.
    pub input: LinkImprovementInput,
}

impl Command for LinkImprovement {
    type Output = Improvement;
    const ACTION: Action = Action::ImprovementLink;

    async fn run(&self, work: &Work<'_>) -> Result<Improvement> {
        let locked = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &locked.community.place)?;
        work.expect(locked.row.version)?;
        locked.is.status.require_linkable()?;
        let end = End::of(&self.input)?;
        let mut faults = Faults::new();
        end.check(work, &locked, &mut faults).await?;
        faults.done()?;
        if end.is_linked(work, locked.row.id).await? {
            return shown(work, locked.row).await;
        }
        end.require_room(work, locked.row.id).await?;
        link(work, &permit, &locked, end).await
    }
}

async fn link(work: &Work<'_>, permit: &Permit, locked: &Locked, end: End) -> Result<Improvement> {
    let (improvement_id, linked_at) = (locked.row.id, work.now());
    match end {
        End::Activity(activity_id) => {
            let row = improvement_activity::Model { improvement_id, activity_id, linked_at };
            improvement_activity::Entity::insert(row.into_active_model())
                .exec_without_returning(work.db())
                .await?;
        }
        End::Artefact(artefact_id) => {
            let row = improvement_artefact::Model { improvement_id, artefact_id, linked_at };
            improvement_artefact::Entity::insert(row.into_active_model())
                .exec_without_returning(work.db())
                .await?;
        }
    }
    let change = locked.row.clone().into_active_model();
    update(work, permit, locked, change, ("improvement.linked", end.told())).await
}

/// Takes an activity or an artefact from an item.
pub struct UnlinkImprovement {
    /// Which item.
    pub id: ImprovementId,
    /// What.
    pub input: LinkImprovementInput,
}

impl Command for UnlinkImprovement {
    type Output = Improvement;
    const ACTION: Action = Action::ImprovementUnlink;

    async fn run(&self, work: &Work<'_>) -> Result<Improvement> {
        let locked = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &locked.community.place)?;
        work.expect(locked.row.version)?;
        locked.is.status.require_linkable()?;
        let end = End::of(&self.input)?;
        if !end.is_linked(work, locked.row.id).await? {
            return shown(work, locked.row).await;
        }
        unlink(work, &permit, &locked, end).await
    }
}

async fn unlink(work: &Work<'_>, permit: &Permit, locked: &Locked, end: End) -> Result<Improvement> {
    let item = locked.row.id;
    match end {
        End::Activity(id) => {
            improvement_activity::Entity::delete_by_id((item, id)).exec(work.db()).await?;
        }
        End::Artefact(id) => {
            improvement_artefact::Entity::delete_by_id((item, id)).exec(work.db()).await?;
        }
    }
    let change = locked.row.clone().into_active_model();
    update(work, permit, locked, change, ("improvement.unlinked", end.told())).await
}
