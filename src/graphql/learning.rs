//! A person's own learning.

use async_graphql::{Context, Object};

use super::{
    list::{self, List},
    node::{call, with_key},
};
use crate::{
    foundation::error::Result,
    learning::{
        competency::{CompetencyModel, MODEL},
        input::{
            AddLearningEvidenceInput, CreateLearningGoalInput, CreateLearningPlanInput,
            RecordSelfAssessmentInput, SettleLearningGoalInput, ShareLearningInput, UpdateLearningGoalInput,
            WriteLearningReflectionInput,
        },
        read::{self, shared},
        suggestion::{self, view::LearningSuggestions},
        view::{
            LearningEvidence, LearningEvidenceId, LearningGoal, LearningGoalId, LearningPlan, LearningPlanId,
            LearningReflection, LearningReflectionId, RemovedLearningEvidence, SelfAssessment,
        },
        write::{
            AddLearningEvidence, CreateLearningGoal, CreateLearningPlan, RecordSelfAssessment,
            RemoveLearningEvidence, SettleLearningGoal, ShareLearningGoal, ShareLearningReflection,
            UnshareLearningGoal, UnshareLearningReflection, UpdateLearningGoal, UpdateLearningReflection,
            WriteLearningReflection,
        },
    },
};

/// Reads.
#[derive(Default)]
pub struct LearningQuery;

#[Object]
impl LearningQuery {
    /// The competencies of teachers and their levels, in both languages, with where they are written down.
    async fn competency_model(&self) -> Result<CompetencyModel> {
        Ok(MODEL.clone())
    }

    /// Your own, the newest first; nobody else sees them.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn learning_plans(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<LearningPlan>> {
        let call = call(ctx)?;
        let page = read::plans(call, &list::request(ctx, first, after, last, before)?).await?;
        let total = if list::wants_total(ctx) { Some(read::count_plans(call).await?) } else { None };
        Ok(list::connection(page, total))
    }

    /// Your own, with its goals and what shows what you learned.
    async fn learning_plan(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The plan's id.")] id: LearningPlanId,
    ) -> Result<LearningPlan> {
        read::plan(call(ctx)?, id).await
    }

    /// Your own, or one that its owner shares with you.
    async fn learning_goal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The goal's id.")] id: LearningGoalId,
    ) -> Result<LearningGoal> {
        read::goal(call(ctx)?, id).await
    }

    /// With you, or with a community of yours, the newest first.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn shared_learning_goals(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<LearningGoal>> {
        let call = call(ctx)?;
        let page = shared::goals(call, &list::request(ctx, first, after, last, before)?).await?;
        let total = if list::wants_total(ctx) { Some(shared::count_goals(call).await?) } else { None };
        Ok(list::connection(page, total))
    }

    /// The newest first, what was corrected included. Nobody else ever sees it.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn self_assessments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The plan's id.")] id: LearningPlanId,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<SelfAssessment>> {
        let call = call(ctx)?;
        let page = read::assessments(call, id, &list::request(ctx, first, after, last, before)?).await?;
        let total =
            if list::wants_total(ctx) { Some(read::count_assessments(call, id).await?) } else { None };
        Ok(list::connection(page, total))
    }

    /// Those of one plan of yours, the newest first.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn learning_reflections(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The plan's id.")] id: LearningPlanId,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<LearningReflection>> {
        let call = call(ctx)?;
        let page = read::reflections(call, id, &list::request(ctx, first, after, last, before)?).await?;
        let total =
            if list::wants_total(ctx) { Some(read::count_reflections(call, id).await?) } else { None };
        Ok(list::connection(page, total))
    }

    /// Your own, or one that its author shares with you.
    async fn learning_reflection(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The reflection's id.")] id: LearningReflectionId,
    ) -> Result<LearningReflection> {
        read::reflection(call(ctx)?, id).await
    }

    /// With you, or with a community of yours, the newest first.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn shared_learning_reflections(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<LearningReflection>> {
        let call = call(ctx)?;
        let page = shared::reflections(call, &list::request(ctx, first, after, last, before)?).await?;
        let total = if list::wants_total(ctx) { Some(shared::count_reflections(call).await?) } else { None };
        Ok(list::connection(page, total))
    }

    /// Programs and communities that fit what you want to learn, each with the reason. Made anew from your own plan; shown to you alone.
    async fn learning_suggestions(&self, ctx: &Context<'_>) -> Result<LearningSuggestions> {
        suggestion::read::suggestions(call(ctx)?).await
    }
}

/// Commands.
#[derive(Default)]
pub struct LearningMutation;

#[Object]
impl LearningMutation {
    /// One for each period, for yourself.
    async fn create_learning_plan(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it says.")] input: CreateLearningPlanInput,
    ) -> Result<LearningPlan> {
        with_key(ctx)?.write(CreateLearningPlan { input }).await
    }

    /// What you want to reach, for which competency, by when.
    async fn create_learning_goal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The plan's id.")] id: LearningPlanId,
        #[graphql(desc = "What it says.")] input: CreateLearningGoalInput,
    ) -> Result<LearningGoal> {
        with_key(ctx)?.write(CreateLearningGoal { plan: id, input }).await
    }

    /// While it is open; what is left out stays (JSON merge patch). Send the version you read.
    async fn update_learning_goal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The goal's id.")] id: LearningGoalId,
        #[graphql(desc = "The version you read.")] version: Option<i64>,
        #[graphql(desc = "What it says.")] input: UpdateLearningGoalInput,
    ) -> Result<LearningGoal> {
        with_key(ctx)?.write(UpdateLearningGoal { id, version, input }).await
    }

    /// Reached or dropped from open, and open again from either.
    async fn settle_learning_goal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The goal's id.")] id: LearningGoalId,
        #[graphql(desc = "What it says.")] input: SettleLearningGoalInput,
    ) -> Result<LearningGoal> {
        with_key(ctx)?.write(SettleLearningGoal { id, input }).await
    }

    /// With a community of yours, or with one person; with ten at most.
    async fn share_learning_goal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The goal's id.")] id: LearningGoalId,
        #[graphql(desc = "What it says.")] input: ShareLearningInput,
    ) -> Result<LearningGoal> {
        with_key(ctx)?.write(ShareLearningGoal { id, input }).await
    }

    /// With the community or person that is named.
    async fn unshare_learning_goal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The goal's id.")] id: LearningGoalId,
        #[graphql(desc = "What it says.")] input: ShareLearningInput,
    ) -> Result<LearningGoal> {
        with_key(ctx)?.write(UnshareLearningGoal { id, input }).await
    }

    /// A certificate of yours, an activity at which you were, an artefact you wrote, or something on the web.
    async fn add_learning_evidence(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The plan's id.")] id: LearningPlanId,
        #[graphql(desc = "What it says.")] input: AddLearningEvidenceInput,
    ) -> Result<LearningEvidence> {
        with_key(ctx)?.write(AddLearningEvidence { plan: id, input }).await
    }

    /// What it names stays.
    async fn remove_learning_evidence(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The evidence's id.")] id: LearningEvidenceId,
    ) -> Result<RemovedLearningEvidence> {
        with_key(ctx)?.write(RemoveLearningEvidence(id)).await
    }

    /// Your level in one competency, for yourself; in place of an earlier one where you correct it.
    async fn record_self_assessment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The plan's id.")] id: LearningPlanId,
        #[graphql(desc = "What it says.")] input: RecordSelfAssessmentInput,
    ) -> Result<SelfAssessment> {
        with_key(ctx)?.write(RecordSelfAssessment { plan: id, input }).await
    }

    /// Only you read it, until you share it.
    async fn write_learning_reflection(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The plan's id.")] id: LearningPlanId,
        #[graphql(desc = "What it says.")] input: WriteLearningReflectionInput,
    ) -> Result<LearningReflection> {
        with_key(ctx)?.write(WriteLearningReflection { plan: id, input }).await
    }

    /// With whom it is shared reads the new words. Send the version you read.
    async fn update_learning_reflection(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The reflection's id.")] id: LearningReflectionId,
        #[graphql(desc = "The version you read.")] version: Option<i64>,
        #[graphql(desc = "What it says.")] input: WriteLearningReflectionInput,
    ) -> Result<LearningReflection> {
        with_key(ctx)?.write(UpdateLearningReflection { id, version, input }).await
    }

    /// With a community of yours, or with one person: your principal, a mentor; with ten at most.
    async fn share_learning_reflection(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The reflection's id.")] id: LearningReflectionId,
        #[graphql(desc = "What it says.")] input: ShareLearningInput,
    ) -> Result<LearningReflection> {
        with_key(ctx)?.write(ShareLearningReflection { id, input }).await
    }

    /// With the community or person that is named.
    async fn unshare_learning_reflection(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The reflection's id.")] id: LearningReflectionId,
        #[graphql(desc = "What it says.")] input: ShareLearningInput,
    ) -> Result<LearningReflection> {
        with_key(ctx)?.write(UnshareLearningReflection { id, input }).await
    }
}
