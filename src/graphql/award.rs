//! The yearly recognition of communities: rounds, entries, objections.

use async_graphql::{ComplexObject, Context, Object};

use super::{
    list::{self, List},
    loader::{self, Shared},
    node::{call, with_key},
};
use crate::{
    community::{
        group::view::{Community, CommunityId},
        recognition::{
            round::{
                entry::{self, AwardEntryFilter},
                input::{
                    ComputeAwardRoundInput, DecideAwardObjectionInput, RaiseAwardObjectionInput,
                    RetractAwardRoundInput,
                },
                objection::{self, AwardObjectionFilter},
                read::{self, AwardRoundFilter},
                reproduce,
                view::{
                    AwardEntry, AwardEntryId, AwardObjection, AwardObjectionId, AwardReproduction,
                    AwardRound, AwardRoundId,
                },
                write::{
                    AnnounceAwardRound, ComputeAwardRound, DecideAwardObjection, FinaliseAwardRound,
                    RaiseAwardObjection, RecomputeAwardRound, RetractAwardRound,
                },
            },
            scheme::view::RecognitionScheme,
        },
    },
    foundation::error::Result,
};

#[ComplexObject]
impl AwardRound {
    /// The edition of the criteria by which it was counted.
    async fn scheme(&self, ctx: &Context<'_>) -> std::result::Result<RecognitionScheme, Shared> {
        loader::one(ctx, self.scheme_id, "recognition_scheme").await
    }
}

#[ComplexObject]
impl AwardEntry {
    /// The community.
    async fn community(&self, ctx: &Context<'_>) -> std::result::Result<Community, Shared> {
        loader::one(ctx, self.community_id, "community").await
    }
}

/// Reads.
#[derive(Default)]
pub struct AwardQuery;

#[Object]
impl AwardQuery {
    /// The yearly rounds, the latest first: those that were announced, and those of your own region that were only
    /// counted.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn award_rounds(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to narrow the list by.")] filter: Option<AwardRoundFilter>,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<AwardRound>> {
        let (filter, call) = (filter.unwrap_or_default(), call(ctx)?);
        let page = read::list(call, &filter, &list::request(ctx, first, after, last, before)?).await?;
        let total = if list::wants_total(ctx) { Some(read::count(call, &filter).await?) } else { None };
        Ok(list::connection(page, total))
    }

    /// One round by its id.
    async fn award_round(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The round's id.")] id: AwardRoundId,
    ) -> Result<AwardRound> {
        read::find(call(ctx)?, id).await
    }

    /// The communities of a round, in the order of the alphabet: those that are recognised, and of the others those
    /// within your reach.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn award_entries(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The round's id.")] id: AwardRoundId,
        #[graphql(desc = "What to narrow the list by.")] filter: Option<AwardEntryFilter>,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<AwardEntry>> {
        let (filter, call) = (filter.unwrap_or_default(), call(ctx)?);
        let page = entry::list(call, id, filter, &list::request(ctx, first, after, last, before)?).await?;
        let total = if list::wants_total(ctx) { Some(entry::count(call, id, filter).await?) } else { None };
        Ok(list::connection(page, total))
    }

    /// One entry by its id, criterion by criterion.
    async fn award_entry(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The entry's id.")] id: AwardEntryId,
    ) -> Result<AwardEntry> {
        entry::find(call(ctx)?, id).await
    }

    /// An entry, worked out again: from the text that decided, and from the records as they are now.
    async fn award_entry_reproduction(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The entry's id.")] id: AwardEntryId,
    ) -> Result<AwardReproduction> {
        reproduce::reproduction(call(ctx)?, id).await
    }

    /// For which years a community is recognised, the latest first; its members see the other years too.
    async fn community_awards(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The community's id.")] id: CommunityId,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<AwardEntry>> {
        let call = call(ctx)?;
        let page = entry::of_community(call, id, &list::request(ctx, first, after, last, before)?).await?;
        let total =
            if list::wants_total(ctx) { Some(entry::count_of_community(call, id).await?) } else { None };
        Ok(list::connection(page, total))
    }

    /// The objections in a round, the earliest first: those of your own community, or all of your region.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn award_objections(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The round's id.")] id: AwardRoundId,
        #[graphql(desc = "What to narrow the list by.")] filter: Option<AwardObjectionFilter>,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<AwardObjection>> {
        let (filter, call) = (filter.unwrap_or_default(), call(ctx)?);
        let page =
            objection::list(call, id, filter, &list::request(ctx, first, after, last, before)?).await?;
        let total =
            if list::wants_total(ctx) { Some(objection::count(call, id, filter).await?) } else { None };
        Ok(list::connection(page, total))
    }

    /// One objection by its id.
    async fn award_objection(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The objection's id.")] id: AwardObjectionId,
    ) -> Result<AwardObjection> {
        objection::find(call(ctx)?, id).await
    }
}

/// Commands.
#[derive(Default)]
pub struct AwardMutation;

#[Object]
impl AwardMutation {
    /// Counts what the communities of a region did in a year that is over, and which of them meet the criteria.
    /// Nobody but those who look after the region sees it before it is announced.
    async fn compute_award_round(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which communities, and for which year.")] input: ComputeAwardRoundInput,
    ) -> Result<AwardRound> {
        with_key(ctx)?.write(ComputeAwardRound(input)).await
    }

    /// Counts again before it is announced, by the records as they are now and the same edition of the criteria.
    async fn recompute_award_round(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The round's id.")] id: AwardRoundId,
    ) -> Result<AwardRound> {
        with_key(ctx)?.write(RecomputeAwardRound(id)).await
    }

    /// Tells everybody who is recognised. Communities may object for fourteen days.
    async fn announce_award_round(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The round's id.")] id: AwardRoundId,
    ) -> Result<AwardRound> {
        with_key(ctx)?.write(AnnounceAwardRound(id)).await
    }

    /// Takes an announcement back, for a reason: it can be counted again, and is announced for fourteen days anew.
    async fn retract_award_round(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The round's id.")] id: AwardRoundId,
        #[graphql(desc = "Why.")] input: RetractAwardRoundInput,
    ) -> Result<AwardRound> {
        with_key(ctx)?.write(RetractAwardRound { id, input }).await
    }

    /// Settles a round, once the fourteen days are over and every objection was decided. Final.
    async fn finalise_award_round(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The round's id.")] id: AwardRoundId,
    ) -> Result<AwardRound> {
        with_key(ctx)?.write(FinaliseAwardRound(id)).await
    }

    /// Says for a community what was counted wrongly, within fourteen days of the announcement and once for each.
    async fn raise_award_objection(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the community's entry.")] id: AwardEntryId,
        #[graphql(desc = "What.")] input: RaiseAwardObjectionInput,
    ) -> Result<AwardObjection> {
        with_key(ctx)?.write(RaiseAwardObjection { entry: id, input }).await
    }

    /// Decides about an objection: counts the community again, by the records as they are now, or leaves it as it is.
    /// Never by whoever announced the round.
    async fn decide_award_objection(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The objection's id.")] id: AwardObjectionId,
        #[graphql(desc = "What, and why.")] input: DecideAwardObjectionInput,
    ) -> Result<AwardObjection> {
        with_key(ctx)?.write(DecideAwardObjection { id, input }).await
    }
}
