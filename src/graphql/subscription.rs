//! What is told as it happens, over `/graphql/ws`.

use async_graphql::{ComplexObject, Context, Subscription};
use futures_util::{Stream, stream};

use super::{loader::Shared, node::call};
use crate::{
    community::{
        activity::view::Activity,
        group::view::CommunityId,
        live::{self, CommunityEvent, CommunityUpdate},
    },
    foundation::error::Result,
};

/// Everything that can be followed.
#[derive(Default)]
pub struct Subscription;

/// What is told as it happens, over `/graphql/ws`.
#[Subscription]
impl Subscription {
    /// What happens in a community: meetings planned, moved, held and reported, and changes to the
    /// community itself. The first message comes at once, without an event: keep its cursor, and that of
    /// each message after it.
    async fn community_updates(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The community's id.")] id: CommunityId,
        #[graphql(desc = "Go on after this cursor; leave out to begin now.")] after: Option<String>,
    ) -> Result<impl Stream<Item = Result<CommunityUpdate>> + use<>> {
        let updates = live::follow(call(ctx)?, id, after.as_deref()).await?;
        Ok(stream::unfold(Some(updates), |updates| async {
            let mut updates = updates?;
            match updates.next().await {
                Ok(update) => Some((Ok(update), Some(updates))),
                Err(error) => Some((Err(error), None)),
            }
        }))
    }
}

#[ComplexObject]
impl CommunityEvent {
    /// The activity it happened to, as it is now; null when it happened to something else.
    async fn activity(&self, ctx: &Context<'_>) -> std::result::Result<Option<Activity>, Shared> {
        super::loader::edge(ctx, self.activity).await
    }
}
