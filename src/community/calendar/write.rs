//! Making and revoking the addresses of one's calendars.

use entity::{
    calendar_feed::{Column, Entity, Model},
    person,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QuerySelect,
    sea_query::LockType,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::{
    address,
    input::CreateCalendarFeedInput,
    view::{CalendarFeed, CalendarFeedId},
};
use crate::{
    access::{
        action::Action,
        actor::{Permit, Place},
        context::{Command, Services, Work},
        scope,
    },
    community::group::lock::is_member,
    foundation::{
        error::{Error, Fault, Faults, Result},
        event::Event,
        text,
    },
};

/// The most addresses of a person that work at once.
pub const MAX_FEEDS: u64 = 20;

/// Makes an address for the caller's calendar.
pub struct CreateCalendarFeed {
    /// What it shall hold.
    pub input: CreateCalendarFeedInput,
}

/// An address that was just made, without the address itself: a repeated request is answered from what is
/// kept of this, and a secret must not be.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MadeFeed {
    feed: CalendarFeed,
    nonce: [u8; 16],
}

impl MadeFeed {
    /// As its owner is shown it, this once.
    pub fn shown(self, services: &Services) -> CalendarFeed {
        let secret = address::secret(services, self.feed.id.uuid(), &self.nonce);
        CalendarFeed { url: Some(address::url(services, &secret)), ..self.feed }
    }
}

impl Command for CreateCalendarFeed {
    type Output = MadeFeed;
    const ACTION: Action = Action::CalendarFeedCreate;

    async fn run(&self, work: &Work<'_>) -> Result<MadeFeed> {
        let person = work.actor.person().ok_or(Error::Forbidden(Self::ACTION.name()))?;
        let permit = work.permit(Self::ACTION, &own(person))?;
        hold_person(work, person).await?;
        let mut faults = Faults::new();
        let label = self.input.label.as_deref().map(|raw| faults.take("/label", text::line(raw, 100)));
        let community = self.input.community_id.map(|id| id.uuid());
        if let Some(id) = community
            && !is_member(work.db(), id, person).await?
        {
            faults.push(Fault::new("/communityId", "calendar_needs_membership"));
        }
        faults.done()?;
        require_room(work, person).await?;
        let (id, nonce) = (work.new_id(), work.tx.random::<16>());
        let row = Model {
            id,
            person_id: person,
            community_id: community,
            token_hash: address::hash(&address::secret(work.services, id, &nonce)),
            label: label.flatten(),
            revoked_at: None,
            version: 1,
            created_at: work.now(),
            updated_at: work.now(),
        };
        insert(work, &permit, row.clone()).await?;
        work.emit(happened("calendar_feed.created", &row)).await?;
        Ok(MadeFeed { feed: row.into(), nonce })
    }
}

/// Lets an address work no longer.
pub struct RevokeCalendarFeed {
    /// Which one.
    pub id: CalendarFeedId,
}

impl Command for RevokeCalendarFeed {
    type Output = CalendarFeed;
    const ACTION: Action = Action::CalendarFeedRevoke;

    async fn run(&self, work: &Work<'_>) -> Result<CalendarFeed> {
        let row = scope::calendar_feeds(work.actor)?
            .filter(Column::Id.eq(self.id.uuid()))
            .lock_exclusive()
            .one(work.db())
            .await?
            .ok_or(Error::NotFound("calendar-feed"))?;
        let permit = work.permit(Self::ACTION, &own(row.person_id))?;
        work.expect(row.version)?;
        if row.revoked_at.is_some() {
            return Err(Error::conflict("calendar_feed_revoked"));
        }
        let row = revoke(work, &permit, row).await?;
        work.emit(happened("calendar_feed.revoked", &row)).await?;
        Ok(row.into())
    }
}

fn own(person: Uuid) -> Place {
    Place { person: Some(person), ..Place::default() }
}

/// The person, held so that two addresses that are made at once are counted one after the other.
async fn hold_person(work: &Work<'_>, id: Uuid) -> Result<()> {
    let held = person::Entity::find_by_id(id).lock(LockType::NoKeyUpdate).one(work.db()).await?;
    held.map(|_| ()).ok_or(Error::NotFound("person"))
}

async fn require_room(work: &Work<'_>, person: Uuid) -> Result<()> {
    let live = Entity::find().filter(Column::PersonId.eq(person)).filter(Column::RevokedAt.is_null());
    if live.count(work.db()).await? < MAX_FEEDS {
        return Ok(());
    }
    Err(Error::conflict_with(Fault::new("", "calendar_feeds_too_many").with("max", MAX_FEEDS)))
}

async fn insert(work: &Work<'_>, _: &Permit, row: Model) -> Result<()> {
    Entity::insert(row.into_active_model()).exec_without_returning(work.db()).await?;
    Ok(())
}

async fn revoke(work: &Work<'_>, _: &Permit, mut row: Model) -> Result<Model> {
    row.revoked_at = Some(work.now());
    row.version += 1;
    row.updated_at = work.now();
    row.clone().into_active_model().reset_all().update(work.db()).await?;
    Ok(row)
}

/// What is told of an address: that there is one, never what it is.
fn happened(kind: &'static str, row: &Model) -> Event {
    Event::new(kind, "calendar_feed", row.id, row.version).with(json!({ "communityId": row.community_id }))
}
