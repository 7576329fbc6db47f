//! Peer observations: the caller's own, and what both of two colleagues share.

use async_graphql::{ComplexObject, Context, Object};

use super::{
    list::{self, List},
    loader::{self, Shared},
    node::{call, with_key},
};
use crate::{
    community::{
        group::view::CommunityId,
        observation::{
            input::{
                CancelObservationInput, CloseObservationInput, GiveObservationFeedbackInput,
                PlanObservationInput, RecordObservationInput, ReflectObservationInput, ShareObservationInput,
                UpdateObservationInput,
            },
            instrument::view::ObservationInstrument,
            read::{self, ObservationFilter},
            view::{Observation, ObservationId},
            write::{
                AcceptObservation, CancelObservation, CloseObservation, GiveObservationFeedback,
                PlanObservation, RecordObservation, ReflectObservation, ShareObservation, UnshareObservation,
                UpdateObservation,
            },
        },
    },
    directory::school::view::School,
    foundation::error::Result,
};

#[ComplexObject]
impl Observation {
    /// What they look at; null: the focus alone.
    async fn instrument(
        &self,
        ctx: &Context<'_>,
    ) -> std::result::Result<Option<ObservationInstrument>, Shared> {
        loader::edge(ctx, self.instrument_id).await
    }

    /// Where the lesson is; null where nobody said.
    async fn school(&self, ctx: &Context<'_>) -> std::result::Result<Option<School>, Shared> {
        loader::edge(ctx, self.school_id).await
    }
}

/// Reads.
#[derive(Default)]
pub struct ObservationQuery;

#[Object]
impl ObservationQuery {
    /// Those in which you are one of the two, and those of your communities that both of the two share; the
    /// latest lesson first. Nobody else's are there for anybody.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn observations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to narrow the list by.")] filter: Option<ObservationFilter>,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<Observation>> {
        let (filter, call) = (filter.unwrap_or_default(), call(ctx)?);
        let page = read::list(call, &filter, &list::request(ctx, first, after, last, before)?).await?;
        let total = if list::wants_total(ctx) { Some(read::count(call, &filter).await?) } else { None };
        Ok(list::connection(page, total))
    }

    /// One of your own by its id, or one that both of the two share with your community.
    async fn observation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The observation's id.")] id: ObservationId,
    ) -> Result<Observation> {
        read::find(call(ctx)?, id).await
    }
}

/// Commands.
#[derive(Default)]
pub struct ObservationMutation;

#[Object]
impl ObservationMutation {
    /// Proposes a peer observation between you and a colleague, both active members of the community. It is
    /// held once the other agrees. Only the two of you see it.
    async fn plan_observation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The community's id.")] id: CommunityId,
        #[graphql(desc = "What is proposed.")] input: PlanObservationInput,
    ) -> Result<Observation> {
        with_key(ctx)?.write(PlanObservation { community: id, input }).await
    }

    /// Changes a planned one. The other of the two agrees anew.
    async fn update_observation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The observation's id.")] id: ObservationId,
        #[graphql(desc = "The version you read.")] version: Option<i64>,
        #[graphql(desc = "The changes; what is left out stays.")] input: UpdateObservationInput,
    ) -> Result<Observation> {
        with_key(ctx)?.write(UpdateObservation { id, version, input }).await
    }

    /// Agrees to what the other of the two proposed. Nothing is recorded before.
    async fn accept_observation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The observation's id.")] id: ObservationId,
    ) -> Result<Observation> {
        with_key(ctx)?.write(AcceptObservation(id)).await
    }

    /// Calls a planned one off, for a reason that only the two read.
    async fn cancel_observation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The observation's id.")] id: ObservationId,
        #[graphql(desc = "Why.")] input: CancelObservationInput,
    ) -> Result<Observation> {
        with_key(ctx)?.write(CancelObservation { id, input }).await
    }

    /// Writes down what the observer saw and heard, from the beginning of the lesson on; again, to put it
    /// right, until feedback was given. No child is named: what looks like a pupil's number is refused.
    async fn record_observation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The observation's id.")] id: ObservationId,
        #[graphql(desc = "Evidence and levels.")] input: RecordObservationInput,
    ) -> Result<Observation> {
        with_key(ctx)?.write(RecordObservation { id, input }).await
    }

    /// What the observer says to the observed teacher; again, to put it right, until the teacher reflected.
    async fn give_observation_feedback(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The observation's id.")] id: ObservationId,
        #[graphql(desc = "The feedback.")] input: GiveObservationFeedbackInput,
    ) -> Result<Observation> {
        with_key(ctx)?.write(GiveObservationFeedback { id, input }).await
    }

    /// What the observed teacher makes of it. Only its author reads it, not even the observer, until its
    /// author shares it.
    async fn reflect_observation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The observation's id.")] id: ObservationId,
        #[graphql(desc = "The reflection.")] input: ReflectObservationInput,
    ) -> Result<Observation> {
        with_key(ctx)?.write(ReflectObservation { id, input }).await
    }

    /// Ends it, once the observed teacher reflected; without a reflection the observed teacher ends it, with a
    /// reason. Final; sharing may still change.
    async fn close_observation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The observation's id.")] id: ObservationId,
        #[graphql(desc = "Why there is no reflection.")] input: Option<CloseObservationInput>,
    ) -> Result<Observation> {
        with_key(ctx)?.write(CloseObservation { id, input: input.unwrap_or_default() }).await
    }

    /// Your yes to letting the members of the community read it; they do while both of you say so. Levels
    /// stay between the two of you.
    async fn share_observation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The observation's id.")] id: ObservationId,
        #[graphql(desc = "How far; leave out to share without the reflection.")] input: Option<
            ShareObservationInput,
        >,
    ) -> Result<Observation> {
        with_key(ctx)?.write(ShareObservation { id, input: input.unwrap_or_default() }).await
    }

    /// Takes your sharing back, at any time; a reflection of yours is yours alone again.
    async fn unshare_observation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The observation's id.")] id: ObservationId,
    ) -> Result<Observation> {
        with_key(ctx)?.write(UnshareObservation(id)).await
    }
}
