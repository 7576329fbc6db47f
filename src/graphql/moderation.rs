//! Reports of what members say and propose, the steps of moderation, and what is said against them.

use async_graphql::{Context, Object};

use super::{
    list::{self, List},
    node::{call, with_key},
};
use crate::{
    community::{
        discussion::view::CommentId,
        group::view::CommunityId,
        moderation::{
            history,
            input::{AppealInput, DecideAppealInput, DismissReportInput, ReportInput},
            read::{self, AppealsOf, ReportsOf},
            state::{AppealStatus, ReportStatus},
            view::{Appeal, AppealId, ModerationStep, Report, ReportId},
            write::{
                AppealComment, AppealProposal, DecideAppeal, DismissReport, ReportComment, ReportProposal,
            },
        },
        proposal::view::ProposalId,
    },
    foundation::error::Result,
};

/// Reads.
#[derive(Default)]
pub struct ModerationQuery;

#[Object]
impl ModerationQuery {
    /// Each time a comment was hidden or shown again, and why; the oldest first. For its author, officers and the moderator.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn comment_moderation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The comment's id.")] id: CommentId,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<ModerationStep>> {
        let call = call(ctx)?;
        let page = history::comment_steps(call, id, &list::request(ctx, first, after, last, before)?).await?;
        let total =
            if list::wants_total(ctx) { Some(history::count_comment_steps(call, id).await?) } else { None };
        Ok(list::connection(page, total))
    }

    /// Each time a proposal was removed or given back, and why; the oldest first. For its author and the moderator.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn proposal_moderation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The proposal's id.")] id: ProposalId,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<ModerationStep>> {
        let call = call(ctx)?;
        let page =
            history::proposal_steps(call, id, &list::request(ctx, first, after, last, before)?).await?;
        let total =
            if list::wants_total(ctx) { Some(history::count_proposal_steps(call, id).await?) } else { None };
        Ok(list::connection(page, total))
    }

    /// Appeals in the region of the moderator who asks, the oldest first.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn appeals(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only in this community.")] community_id: Option<CommunityId>,
        #[graphql(desc = "Only those that stand there.")] status: Option<AppealStatus>,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<Appeal>> {
        let (call, of) = (call(ctx)?, AppealsOf { community: community_id, status });
        let page = read::appeals(call, of, &list::request(ctx, first, after, last, before)?).await?;
        let total = if list::wants_total(ctx) { Some(read::count_appeals(call, of).await?) } else { None };
        Ok(list::connection(page, total))
    }

    /// One appeal.
    async fn appeal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The appeal's id.")] id: AppealId,
    ) -> Result<Appeal> {
        read::find_appeal(call(ctx)?, id).await
    }

    /// Reports that you look after, the oldest first; of what is your own, none.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn reports(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only in this community.")] community_id: Option<CommunityId>,
        #[graphql(desc = "Only those that stand there.")] status: Option<ReportStatus>,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<Report>> {
        let (call, of) = (call(ctx)?, ReportsOf { community: community_id, status });
        let page = read::reports(call, of, &list::request(ctx, first, after, last, before)?).await?;
        let total = if list::wants_total(ctx) { Some(read::count_reports(call, of).await?) } else { None };
        Ok(list::connection(page, total))
    }

    /// One report.
    async fn report(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The report's id.")] id: ReportId,
    ) -> Result<Report> {
        read::find_report(call(ctx)?, id).await
    }
}

/// Commands.
#[derive(Default)]
pub struct ModerationMutation;

#[Object]
impl ModerationMutation {
    /// Appeals against the hiding of your comment, once each time, within thirty days.
    async fn appeal_comment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The comment's id.")] id: CommentId,
        #[graphql(desc = "Why it should not stand.")] input: AppealInput,
    ) -> Result<Appeal> {
        with_key(ctx)?.write(AppealComment { id, input }).await
    }

    /// Appeals against the removal of your proposal, once each time, within thirty days; the trail does not name you.
    async fn appeal_proposal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The proposal's id.")] id: ProposalId,
        #[graphql(desc = "Why it should not stand.")] input: AppealInput,
    ) -> Result<Appeal> {
        with_key(ctx)?.write(AppealProposal { id, input }).await
    }

    /// Decides an appeal for a stated reason; a moderator of the region who did not do what it is against.
    async fn decide_appeal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The appeal's id.")] id: AppealId,
        #[graphql(desc = "How, and why.")] input: DecideAppealInput,
    ) -> Result<Appeal> {
        with_key(ctx)?.write(DecideAppeal { id, input }).await
    }

    /// Reports a comment. Nobody learns who did; sending it again answers how your report stands, or opens it again where it
    /// was closed and the comment is in view again or was changed after a dismissal.
    async fn report_comment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The comment's id.")] id: CommentId,
        #[graphql(desc = "What is wrong with it.")] input: ReportInput,
    ) -> Result<Report> {
        with_key(ctx)?.write(ReportComment { id, input }).await
    }

    /// Reports a proposal to the moderator. Nobody learns who did; sending it again answers how your report stands, or opens
    /// it again where it was closed and the proposal is in view again or was changed after a dismissal.
    async fn report_proposal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The proposal's id.")] id: ProposalId,
        #[graphql(desc = "What is wrong with it.")] input: ReportInput,
    ) -> Result<Report> {
        with_key(ctx)?.write(ReportProposal { id, input }).await
    }

    /// Dismisses a report for a stated reason; whoever looks after what it is about.
    async fn dismiss_report(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The report's id.")] id: ReportId,
        #[graphql(desc = "Why.")] input: DismissReportInput,
    ) -> Result<Report> {
        with_key(ctx)?.write(DismissReport { id, input }).await
    }
}
