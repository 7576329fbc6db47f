//! What happens in a community, as it happens: for apps that stay open in the room.

use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};
use entity::{community, event};
use sea_orm::{ColumnTrait, PaginatorTrait, QueryFilter};
use serde::Serialize;
use uuid::Uuid;

use super::{activity::view::ActivityId, group::view::CommunityId};
use crate::{
    access::{action::Action, context::Ctx, scope},
    foundation::{
        error::{Error, Result},
        live::Follow,
    },
};

/// The name of the stream, in its cursors.
const STREAM: &str = "community_updates";
/// What members learn of, by the noun of an event. What is private to few is not among it.
const TOLD: &[&str] = &[
    "community",
    "partner",
    "meeting_series",
    "activity",
    "article",
    "improvement",
    "book_reading",
    "artefact",
    "comment",
    "proposal",
    "progress_note",
    "award_entry",
];

/// One message of a community's stream.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, SimpleObject)]
pub struct CommunityUpdate {
    /// Where the stream stands with it. Send the last one as `after` when you connect again, and nothing
    /// is missed.
    pub cursor: String,
    /// What happened; null in the first message, which only says that the stream has begun.
    pub event: Option<CommunityEvent>,
}

/// Something that happened in a community.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, SimpleObject)]
#[graphql(complex)]
pub struct CommunityEvent {
    /// What: the noun and the verb, e.g. `activity.held`. Ignore what you do not know: there will be more.
    pub kind: String,
    /// The noun of what it happened to, e.g. `activity`.
    pub subject_kind: String,
    /// The id of what it happened to, as REST writes it.
    pub subject_id: String,
    /// Its version since.
    pub version: i64,
    /// When.
    pub occurred_at: DateTime<Utc>,
    /// The activity it happened to, if it was one.
    #[graphql(skip)]
    #[serde(skip)]
    pub activity: Option<ActivityId>,
}

/// A community's stream for one caller.
pub struct Updates {
    ctx: Ctx,
    community: CommunityId,
    begun: bool,
    follow: Follow,
}

/// Begins the stream of a community after the cursor, or from now on.
///
/// # Errors
/// `not_found` when the community's activities are out of the caller's reach; `cursor_malformed`,
/// `cursor_of_another_list`; `cursor_too_old` when more than 100,000 events of the registry lie between.
pub async fn follow(ctx: &Ctx, community: CommunityId, after: Option<&str>) -> Result<Updates> {
    require_reach(ctx, community).await?;
    let after = after.map(|mark| ctx.cursors().place(STREAM, &community, mark, "/after")).transpose()?;
    let follow = ctx.services.live.follow(after, TOLD).await?;
    Ok(Updates { ctx: ctx.clone(), community, begun: false, follow })
}

impl Updates {
    /// The next message, as soon as there is one. Before each event it is asked again whether the caller
    /// may see it; whoever left the community hears no more.
    ///
    /// # Errors
    /// `not_found` once the community is out of reach; `unavailable` when the database does not answer.
    pub async fn next(&mut self) -> Result<CommunityUpdate> {
        if !self.begun {
            self.begun = true;
            return self.message(self.follow.seen(), None);
        }
        loop {
            let event = self.follow.next().await?;
            if community_of(&event) != Some(self.community.uuid()) {
                continue;
            }
            require_reach(&self.ctx, self.community).await?;
            if !self.may_see(&event).await? {
                continue;
            }
            return self.message(event.pos, Some(told(&event)));
        }
    }

    /// Whether what happened is for the caller: what members say is not for everybody who follows the
    /// community, and an author alone learns from the proposal itself that it was unsealed.
    async fn may_see(&self, event: &event::Model) -> Result<bool> {
        let action = match event.subject_kind.as_str() {
            "comment" => Action::CommentRead,
            "proposal" if event.kind == "proposal.unsealed" => Action::ProposalUnseal,
            "proposal" => Action::ProposalRead,
            _ => return Ok(true),
        };
        if !self.ctx.actor.may(action) {
            return Ok(false);
        }
        reaches(&self.ctx, self.community, action).await
    }

    fn message(&self, pos: i64, event: Option<CommunityEvent>) -> Result<CommunityUpdate> {
        let cursor = self.ctx.cursors().mark(STREAM, &self.community, pos)?;
        Ok(CommunityUpdate { cursor, event })
    }
}

async fn require_reach(ctx: &Ctx, community: CommunityId) -> Result<()> {
    let reached = reaches(ctx, community, Action::ActivityRead).await?;
    if reached { Ok(()) } else { Err(Error::NotFound("community")) }
}

/// Whether the community is within the caller's reach of `action`.
async fn reaches(ctx: &Ctx, community: CommunityId, action: Action) -> Result<bool> {
    let within = scope::within_communities(&ctx.actor, action, community::Column::Id, |_| None)?;
    let found =
        scope::communities(&ctx.actor)?.filter(community::Column::Id.eq(community.uuid())).filter(within);
    Ok(found.count(ctx.db()).await? > 0)
}

/// The community that an event belongs to, if its members learn of such.
fn community_of(event: &event::Model) -> Option<Uuid> {
    if !TOLD.contains(&event.subject_kind.as_str()) {
        return None;
    }
    let id = match event.subject_kind.as_str() {
        "community" => event.subject_id.as_str(),
        _ => event.payload.get("communityId")?.as_str()?,
    };
    Uuid::try_parse(id).ok()
}

fn told(event: &event::Model) -> CommunityEvent {
    let id = || Uuid::try_parse(&event.subject_id).ok().map(ActivityId::from);
    CommunityEvent {
        kind: event.kind.clone(),
        subject_kind: event.subject_kind.clone(),
        subject_id: event.subject_id.clone(),
        version: event.subject_version,
        occurred_at: event.occurred_at,
        activity: if event.subject_kind == "activity" { id() } else { None },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn event(subject_kind: &str, payload: serde_json::Value) -> event::Model {
        event::Model {
            pos: 1,
            id: Uuid::from_u128(9),
            kind: format!("{subject_kind}.changed"),
            subject_kind: subject_kind.to_owned(),
            subject_id: Uuid::from_u128(2).to_string(),
            subject_version: 3,
            region_code: None,
            payload,
            actor: "test".to_owned(),
            request_id: "test".to_owned(),
            occurred_at: DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn an_event_belongs_to_the_community_it_names_or_is() {
        let community = Uuid::from_u128(1);
        let of = json!({ "communityId": community });
        assert_eq!(community_of(&event("activity", of)), Some(community));
        assert_eq!(community_of(&event("community", json!({}))), Some(Uuid::from_u128(2)));
        let of = json!({ "communityId": community });
        assert_eq!(community_of(&event("improvement", of)), Some(community));
        assert_eq!(community_of(&event("activity", json!({}))), None);
        assert_eq!(community_of(&event("activity", json!({ "communityId": 7 }))), None);
    }

    #[test]
    fn what_is_private_to_few_is_told_to_nobody() {
        let of = json!({ "communityId": Uuid::from_u128(1) });
        for private in ["observation", "coaching", "membership", "credit_claim", "person", "certificate"] {
            assert_eq!(community_of(&event(private, of.clone())), None, "{private}");
        }
    }

    #[test]
    fn only_an_activity_is_told_as_one() {
        let id = Some(ActivityId::from(Uuid::from_u128(2)));
        assert_eq!(told(&event("activity", json!({}))).activity, id);
        assert_eq!(told(&event("meeting_series", json!({}))).activity, None);
    }
}
