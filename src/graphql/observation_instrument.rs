//! What colleagues agreed to look at when they watch a lesson.

use async_graphql::{Context, Object};

use super::{
    list::{self, List},
    node::{call, with_key},
};
use crate::{
    community::observation::instrument::{
        input::{CreateObservationInstrumentInput, UpdateObservationInstrumentInput},
        read::{self, ObservationInstrumentFilter},
        view::{ObservationInstrument, ObservationInstrumentId},
        write::{
            CreateObservationInstrument, PublishObservationInstrument, RetireObservationInstrument,
            UpdateObservationInstrument,
        },
    },
    foundation::error::Result,
};

/// Reads.
#[derive(Default)]
pub struct ObservationInstrumentQuery;

#[Object]
impl ObservationInstrumentQuery {
    /// What colleagues agreed to look at when they watch a lesson, by title: national ones and those of
    /// communities. Drafts are shown to those who may write them.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn observation_instruments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to narrow the list by.")] filter: Option<ObservationInstrumentFilter>,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<ObservationInstrument>> {
        let (filter, call) = (filter.unwrap_or_default(), call(ctx)?);
        let page = read::list(call, &filter, &list::request(ctx, first, after, last, before)?).await?;
        let total = if list::wants_total(ctx) { Some(read::count(call, &filter).await?) } else { None };
        Ok(list::connection(page, total))
    }

    /// One edition of an instrument by its id.
    async fn observation_instrument(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The instrument's id.")] id: ObservationInstrumentId,
    ) -> Result<ObservationInstrument> {
        read::find(call(ctx)?, id).await
    }
}

/// Commands.
#[derive(Default)]
pub struct ObservationInstrumentMutation;

#[Object]
impl ObservationInstrumentMutation {
    /// Writes a draft: for a community by its officers, for everybody by the ministry. With `supersedesId` it
    /// is a new edition of one that is there.
    async fn create_observation_instrument(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it is.")] input: CreateObservationInstrumentInput,
    ) -> Result<ObservationInstrument> {
        with_key(ctx)?.write(CreateObservationInstrument(input)).await
    }

    /// Changes a draft. What was published is never changed: write a new edition.
    async fn update_observation_instrument(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The instrument's id.")] id: ObservationInstrumentId,
        #[graphql(desc = "The version you read.")] version: Option<i64>,
        #[graphql(desc = "The changes; what is left out stays.")] input: UpdateObservationInstrumentInput,
    ) -> Result<ObservationInstrument> {
        with_key(ctx)?.write(UpdateObservationInstrument { id, version, input }).await
    }

    /// Publishes a draft: from now on it stays as it is, and observations are planned with it. The edition it
    /// supersedes retires.
    async fn publish_observation_instrument(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The instrument's id.")] id: ObservationInstrumentId,
    ) -> Result<ObservationInstrument> {
        with_key(ctx)?.write(PublishObservationInstrument(id)).await
    }

    /// Retires an instrument: nothing is planned with it any more. Final.
    async fn retire_observation_instrument(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The instrument's id.")] id: ObservationInstrumentId,
    ) -> Result<ObservationInstrument> {
        with_key(ctx)?.write(RetireObservationInstrument(id)).await
    }
}
