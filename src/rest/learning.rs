//! `/v1/learning-plans`, `/v1/learning-goals`, `/v1/learning-reflections`, `/v1/competency-model`

use actix_web::{get, patch, post, web::Path};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    call::{Call, Nothing, Params, Write},
    reply::{self, Answer, Items},
};
use crate::{
    foundation::page::{MAX_LIMIT, PageRequest},
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

const TAG: &str = "Own learning";

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(get_competency_model)
        .service(list_learning_plans)
        .service(create_learning_plan)
        .service(get_learning_plan)
        .service(create_learning_goal)
        .service(get_learning_goal)
        .service(update_learning_goal)
        .service(settle_learning_goal)
        .service(share_learning_goal)
        .service(unshare_learning_goal)
        .service(list_shared_learning_goals)
        .service(add_learning_evidence)
        .service(remove_learning_evidence)
        .service(list_self_assessments)
        .service(record_self_assessment)
        .service(list_learning_reflections)
        .service(write_learning_reflection)
        .service(get_learning_reflection)
        .service(update_learning_reflection)
        .service(share_learning_reflection)
        .service(unshare_learning_reflection)
        .service(list_shared_learning_reflections)
        .service(get_learning_suggestions);
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListParams {
    /// The cursor of the page before: its `next`.
    after: Option<String>,
    /// Rows wanted, 20 unless said.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
}

/// Get the competency model
///
/// The competencies of teachers and their levels, in both languages, with where they are written down.
#[utoipa::path(tag = TAG,
    responses((status = 200, description = "Get the competency model: done", body = CompetencyModel)))]
#[get("/v1/competency-model")]
async fn get_competency_model(_call: Call) -> Answer {
    reply::plain(&*MODEL)
}

/// List your learning plans
///
/// Your own, the newest first; nobody else sees them.
#[utoipa::path(tag = TAG, params(ListParams),
    responses((status = 200, description = "List your learning plans: done", body = Items<LearningPlan>)))]
#[get("/v1/learning-plans")]
async fn list_learning_plans(call: Call, Params(params): Params<ListParams>) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    reply::page(&call.http, read::plans(&call.ctx, &page).await?)
}

/// Begin a learning plan
///
/// One for each period, for yourself.
#[utoipa::path(tag = TAG, request_body = CreateLearningPlanInput,
    responses((status = 201, description = "Begin a learning plan: done", body = LearningPlan)))]
#[post("/v1/learning-plans")]
async fn create_learning_plan(call: Write<CreateLearningPlanInput>) -> Answer {
    let made = call.ctx.write(CreateLearningPlan { input: call.body }).await?;
    reply::created(&made, made.version, &format!("/v1/learning-plans/{}", made.id))
}

/// Get a learning plan
///
/// Your own, with its goals and what shows what you learned.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The plan's id")),
    responses((status = 200, description = "Get a learning plan: done", body = LearningPlan)))]
#[get("/v1/learning-plans/{id}")]
async fn get_learning_plan(call: Call, id: Path<LearningPlanId>) -> Answer {
    let found = read::plan(&call.ctx, *id).await?;
    reply::resource(&call.http, &found, found.version)
}

/// Set yourself a goal
///
/// What you want to reach, for which competency, by when.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The plan's id")), request_body = CreateLearningGoalInput,
    responses((status = 201, description = "Set yourself a goal: done", body = LearningGoal)))]
#[post("/v1/learning-plans/{id}/goals")]
async fn create_learning_goal(call: Write<CreateLearningGoalInput>, id: Path<LearningPlanId>) -> Answer {
    let made = call.ctx.write(CreateLearningGoal { plan: *id, input: call.body }).await?;
    reply::created(&made, made.version, &format!("/v1/learning-goals/{}", made.id))
}

/// Get a goal
///
/// Your own, or one that its owner shares with you.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The goal's id")),
    responses((status = 200, description = "Get a goal: done", body = LearningGoal)))]
#[get("/v1/learning-goals/{id}")]
async fn get_learning_goal(call: Call, id: Path<LearningGoalId>) -> Answer {
    let found = read::goal(&call.ctx, *id).await?;
    reply::resource(&call.http, &found, found.version)
}

/// Change a goal
///
/// While it is open; what is left out stays (JSON merge patch). Send the version you read.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The goal's id")), request_body = UpdateLearningGoalInput,
    responses((status = 200, description = "Change a goal: done", body = LearningGoal)))]
#[patch("/v1/learning-goals/{id}")]
async fn update_learning_goal(call: Write<UpdateLearningGoalInput>, id: Path<LearningGoalId>) -> Answer {
    let version = call.version()?;
    let changed = call.ctx.write(UpdateLearningGoal { id: *id, version, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Say where a goal stands
///
/// Reached or dropped from open, and open again from either.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The goal's id")), request_body = SettleLearningGoalInput,
    responses((status = 200, description = "Say where a goal stands: done", body = LearningGoal)))]
#[post("/v1/learning-goals/{id}/settle")]
async fn settle_learning_goal(call: Write<SettleLearningGoalInput>, id: Path<LearningGoalId>) -> Answer {
    reply::plain(&call.ctx.write(SettleLearningGoal { id: *id, input: call.body }).await?)
}

/// Share a goal
///
/// With a community of yours, or with one person; with ten at most.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The goal's id")), request_body = ShareLearningInput,
    responses((status = 200, description = "Share a goal: done", body = LearningGoal)))]
#[post("/v1/learning-goals/{id}/share")]
async fn share_learning_goal(call: Write<ShareLearningInput>, id: Path<LearningGoalId>) -> Answer {
    reply::plain(&call.ctx.write(ShareLearningGoal { id: *id, input: call.body }).await?)
}

/// Share a goal no longer
///
/// With the community or person that is named.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The goal's id")), request_body = ShareLearningInput,
    responses((status = 200, description = "Share a goal no longer: done", body = LearningGoal)))]
#[post("/v1/learning-goals/{id}/unshare")]
async fn unshare_learning_goal(call: Write<ShareLearningInput>, id: Path<LearningGoalId>) -> Answer {
    reply::plain(&call.ctx.write(UnshareLearningGoal { id: *id, input: call.body }).await?)
}

/// List goals that others share with you
///
/// With you, or with a community of yours, the newest first.
#[utoipa::path(tag = TAG, params(ListParams),
    responses((status = 200, description = "List goals that others share with you: done", body = Items<LearningGoal>)))]
#[get("/v1/shared-learning-goals")]
async fn list_shared_learning_goals(call: Call, Params(params): Params<ListParams>) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    reply::page(&call.http, shared::goals(&call.ctx, &page).await?)
}

/// Add what shows what you learned
///
/// A certificate of yours, an activity at which you were, an artefact you wrote, or something on the web.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The plan's id")), request_body = AddLearningEvidenceInput,
    responses((status = 200, description = "Add what shows what you learned: done", body = LearningEvidence)))]
#[post("/v1/learning-plans/{id}/evidence")]
async fn add_learning_evidence(call: Write<AddLearningEvidenceInput>, id: Path<LearningPlanId>) -> Answer {
    reply::plain(&call.ctx.write(AddLearningEvidence { plan: *id, input: call.body }).await?)
}

/// Take a piece of evidence away
///
/// What it names stays.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The evidence's id")), request_body = Nothing,
    responses((status = 200, description = "Take a piece of evidence away: done", body = RemovedLearningEvidence)))]
#[post("/v1/learning-evidence/{id}/remove")]
async fn remove_learning_evidence(call: Write<Nothing>, id: Path<LearningEvidenceId>) -> Answer {
    reply::plain(&call.ctx.write(RemoveLearningEvidence(*id)).await?)
}

/// List how you saw yourself
///
/// The newest first, what was corrected included. Nobody else ever sees it.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The plan's id"), ListParams),
    responses((status = 200, description = "List how you saw yourself: done", body = Items<SelfAssessment>)))]
#[get("/v1/learning-plans/{id}/self-assessments")]
async fn list_self_assessments(
    call: Call,
    id: Path<LearningPlanId>,
    Params(params): Params<ListParams>,
) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    reply::page(&call.http, read::assessments(&call.ctx, *id, &page).await?)
}

/// Say how you see yourself
///
/// Your level in one competency, for yourself; in place of an earlier one where you correct it.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The plan's id")), request_body = RecordSelfAssessmentInput,
    responses((status = 200, description = "Say how you see yourself: done", body = SelfAssessment)))]
#[post("/v1/learning-plans/{id}/self-assessments")]
async fn record_self_assessment(call: Write<RecordSelfAssessmentInput>, id: Path<LearningPlanId>) -> Answer {
    reply::plain(&call.ctx.write(RecordSelfAssessment { plan: *id, input: call.body }).await?)
}

/// List your reflections
///
/// Those of one plan of yours, the newest first.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The plan's id"), ListParams),
    responses((status = 200, description = "List your reflections: done", body = Items<LearningReflection>)))]
#[get("/v1/learning-plans/{id}/reflections")]
async fn list_learning_reflections(
    call: Call,
    id: Path<LearningPlanId>,
    Params(params): Params<ListParams>,
) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    reply::page(&call.http, read::reflections(&call.ctx, *id, &page).await?)
}

/// Write a reflection
///
/// Only you read it, until you share it.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The plan's id")), request_body = WriteLearningReflectionInput,
    responses((status = 201, description = "Write a reflection: done", body = LearningReflection)))]
#[post("/v1/learning-plans/{id}/reflections")]
async fn write_learning_reflection(
    call: Write<WriteLearningReflectionInput>,
    id: Path<LearningPlanId>,
) -> Answer {
    let made = call.ctx.write(WriteLearningReflection { plan: *id, input: call.body }).await?;
    reply::created(&made, made.version, &format!("/v1/learning-reflections/{}", made.id))
}

/// Get a reflection
///
/// Your own, or one that its author shares with you.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The reflection's id")),
    responses((status = 200, description = "Get a reflection: done", body = LearningReflection)))]
#[get("/v1/learning-reflections/{id}")]
async fn get_learning_reflection(call: Call, id: Path<LearningReflectionId>) -> Answer {
    let found = read::reflection(&call.ctx, *id).await?;
    reply::resource(&call.http, &found, found.version)
}

/// Rewrite a reflection
///
/// With whom it is shared reads the new words. Send the version you read.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The reflection's id")), request_body = WriteLearningReflectionInput,
    responses((status = 200, description = "Rewrite a reflection: done", body = LearningReflection)))]
#[patch("/v1/learning-reflections/{id}")]
async fn update_learning_reflection(
    call: Write<WriteLearningReflectionInput>,
    id: Path<LearningReflectionId>,
) -> Answer {
    let version = call.version()?;
    let changed = call.ctx.write(UpdateLearningReflection { id: *id, version, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Share a reflection
///
/// With a community of yours, or with one person: your principal, a mentor; with ten at most.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The reflection's id")), request_body = ShareLearningInput,
    responses((status = 200, description = "Share a reflection: done", body = LearningReflection)))]
#[post("/v1/learning-reflections/{id}/share")]
async fn share_learning_reflection(
    call: Write<ShareLearningInput>,
    id: Path<LearningReflectionId>,
) -> Answer {
    reply::plain(&call.ctx.write(ShareLearningReflection { id: *id, input: call.body }).await?)
}

/// Share a reflection no longer
///
/// With the community or person that is named.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The reflection's id")), request_body = ShareLearningInput,
    responses((status = 200, description = "Share a reflection no longer: done", body = LearningReflection)))]
#[post("/v1/learning-reflections/{id}/unshare")]
async fn unshare_learning_reflection(
    call: Write<ShareLearningInput>,
    id: Path<LearningReflectionId>,
) -> Answer {
    reply::plain(&call.ctx.write(UnshareLearningReflection { id: *id, input: call.body }).await?)
}

/// List reflections that others share with you
///
/// With you, or with a community of yours, the newest first.
#[utoipa::path(tag = TAG, params(ListParams),
    responses((status = 200, description = "List reflections that others share with you: done", body = Items<LearningReflection>)))]
#[get("/v1/shared-learning-reflections")]
async fn list_shared_learning_reflections(call: Call, Params(params): Params<ListParams>) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    reply::page(&call.http, shared::reflections(&call.ctx, &page).await?)
}

/// Get suggestions
///
/// Programs and communities that fit what you want to learn, each with the reason. Made anew from your own plan; shown to you alone.
#[utoipa::path(tag = TAG,
    responses((status = 200, description = "Get suggestions: done", body = LearningSuggestions)))]
#[get("/v1/learning-suggestions")]
async fn get_learning_suggestions(call: Call) -> Answer {
    reply::plain(&suggestion::read::suggestions(&call.ctx).await?)
}
