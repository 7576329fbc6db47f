//! `/v1/appeals`, `/v1/reports`, and what comments and proposals have of them

use actix_web::{get, post, web::Path};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    call::{Call, Params, Write},
    reply::{self, Answer, Items},
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
    foundation::page::{MAX_LIMIT, PageRequest},
};

const TAG: &str = "Moderation";

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_comment_moderation)
        .service(list_proposal_moderation)
        .service(appeal_comment)
        .service(appeal_proposal)
        .service(list_appeals)
        .service(get_appeal)
        .service(decide_appeal)
        .service(report_comment)
        .service(report_proposal)
        .service(list_reports)
        .service(get_report)
        .service(dismiss_report);
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct StepParams {
    /// The cursor of the page before: its `next`.
    after: Option<String>,
    /// Rows wanted, 20 unless said.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct AppealParams {
    /// Only in this community.
    #[param(value_type = Option<String>, format = "uuid")]
    community_id: Option<CommunityId>,
    /// Only those that stand there.
    status: Option<AppealStatus>,
    /// The cursor of the page before: its `next`.
    after: Option<String>,
    /// Rows wanted, 20 unless said.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ReportParams {
    /// Only in this community.
    #[param(value_type = Option<String>, format = "uuid")]
    community_id: Option<CommunityId>,
    /// Only those that stand there.
    status: Option<ReportStatus>,
    /// The cursor of the page before: its `next`.
    after: Option<String>,
    /// Rows wanted, 20 unless said.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
}

/// List the moderation of a comment
///
/// Each time it was hidden or shown again, and why; the oldest first. For its author, who is not told by whom; for
/// officers of the community and the moderator of the region.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The comment's id"), StepParams),
    responses((status = 200, description = "A page of steps", body = Items<ModerationStep>)))]
#[get("/v1/comments/{id}/moderation")]
async fn list_comment_moderation(
    call: Call,
    id: Path<CommentId>,
    Params(params): Params<StepParams>,
) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    reply::page(&call.http, history::comment_steps(&call.ctx, *id, &page).await?)
}

/// List the moderation of a proposal
///
/// Each time it was removed or given back, and why; the oldest first. For its author, who is not told by whom, and for
/// the moderator of the region.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The proposal's id"), StepParams),
    responses((status = 200, description = "A page of steps", body = Items<ModerationStep>)))]
#[get("/v1/proposals/{id}/moderation")]
async fn list_proposal_moderation(
    call: Call,
    id: Path<ProposalId>,
    Params(params): Params<StepParams>,
) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    reply::page(&call.http, history::proposal_steps(&call.ctx, *id, &page).await?)
}

/// Appeal against the hiding of a comment
///
/// Its author, once each time it was hidden, within thirty days. A moderator who did not hide it decides; what comes of
/// it is told beside the step in the comment's moderation.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The comment's id")), request_body = AppealInput,
    responses((status = 201, description = "Appealed", body = Appeal)))]
#[post("/v1/comments/{id}/appeal")]
async fn appeal_comment(call: Write<AppealInput>, id: Path<CommentId>) -> Answer {
    let made = call.ctx.write(AppealComment { id: *id, input: call.body }).await?;
    reply::created(&made, made.version, &format!("/v1/comments/{id}/moderation"))
}

/// Appeal against the removal of a proposal
///
/// Its author, once each time it was removed, within thirty days; the trail does not name them. A moderator who did not
/// remove it decides; what comes of it is told beside the step in the proposal's moderation.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The proposal's id")), request_body = AppealInput,
    responses((status = 201, description = "Appealed", body = Appeal)))]
#[post("/v1/proposals/{id}/appeal")]
async fn appeal_proposal(call: Write<AppealInput>, id: Path<ProposalId>) -> Answer {
    let made = call.ctx.write(AppealProposal { id: *id, input: call.body }).await?;
    reply::created(&made, made.version, &format!("/v1/proposals/{id}/moderation"))
}

/// List appeals
///
/// Those in the region of the moderator who asks, the oldest first; `status=open` are those that wait.
#[utoipa::path(tag = TAG, params(AppealParams),
    responses((status = 200, description = "A page of appeals", body = Items<Appeal>)))]
#[get("/v1/appeals")]
async fn list_appeals(call: Call, Params(params): Params<AppealParams>) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    let of = AppealsOf { community: params.community_id, status: params.status };
    reply::page(&call.http, read::appeals(&call.ctx, of, &page).await?)
}

/// Get an appeal
///
/// One appeal by its id, for the moderator of the region. Its `ETag` is what `If-Match` of a decision takes.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The appeal's id")),
    responses((status = 200, description = "The appeal", body = Appeal)))]
#[get("/v1/appeals/{id}")]
async fn get_appeal(call: Call, id: Path<AppealId>) -> Answer {
    let found = read::find_appeal(&call.ctx, *id).await?;
    reply::resource(&call.http, &found, found.version)
}

/// Decide an appeal
///
/// A moderator of the region who did not do what it is against, for a stated reason, which the author reads. Upheld: the
/// comment is shown again, the proposal stands where it stood before. Final.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The appeal's id")), request_body = DecideAppealInput,
    responses((status = 200, description = "Decided", body = Appeal)))]
#[post("/v1/appeals/{id}/decide")]
async fn decide_appeal(call: Write<DecideAppealInput>, id: Path<AppealId>) -> Answer {
    let changed = call.ctx.write(DecideAppeal { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Report a comment
///
/// Members, what others said. Officers of the community and the moderator of the region read what is wrong with it;
/// nobody learns who said so. Sending it again answers how your report stands; where it was closed and the comment is in
/// view again, or was changed after a dismissal, it opens your report again.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The comment's id")), request_body = ReportInput,
    responses((status = 200, description = "Your report", body = Report)))]
#[post("/v1/comments/{id}/report")]
async fn report_comment(call: Write<ReportInput>, id: Path<CommentId>) -> Answer {
    let made = call.ctx.write(ReportComment { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &made, made.version)
}

/// Report a proposal
///
/// Members, what others proposed. The moderator of the region reads what is wrong with it; nobody learns who said so.
/// Sending it again answers how your report stands; where it was closed and the proposal is in view again, or was changed
/// after a dismissal, it opens your report again.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The proposal's id")), request_body = ReportInput,
    responses((status = 200, description = "Your report", body = Report)))]
#[post("/v1/proposals/{id}/report")]
async fn report_proposal(call: Write<ReportInput>, id: Path<ProposalId>) -> Answer {
    let made = call.ctx.write(ReportProposal { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &made, made.version)
}

/// List reports
///
/// Of comments to officers of the community, of comments and proposals to the moderator of the region, of what is the
/// caller's own to neither; the oldest first. `status=open` are those that wait.
#[utoipa::path(tag = TAG, params(ReportParams),
    responses((status = 200, description = "A page of reports", body = Items<Report>)))]
#[get("/v1/reports")]
async fn list_reports(call: Call, Params(params): Params<ReportParams>) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    let of = ReportsOf { community: params.community_id, status: params.status };
    reply::page(&call.http, read::reports(&call.ctx, of, &page).await?)
}

/// Get a report
///
/// One report by its id, for whoever looks after what it is about. Its `ETag` is what `If-Match` of a dismissal takes.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The report's id")),
    responses((status = 200, description = "The report", body = Report)))]
#[get("/v1/reports/{id}")]
async fn get_report(call: Call, id: Path<ReportId>) -> Answer {
    let found = read::find_report(&call.ctx, *id).await?;
    reply::resource(&call.http, &found, found.version)
}

/// Dismiss a report
///
/// Where nothing is wrong: whoever looks after what it is about, for a stated reason, which whoever made it reads. A
/// report that is right is settled by hiding the comment or removing the proposal.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The report's id")), request_body = DismissReportInput,
    responses((status = 200, description = "Dismissed", body = Report)))]
#[post("/v1/reports/{id}/dismiss")]
async fn dismiss_report(call: Write<DismissReportInput>, id: Path<ReportId>) -> Answer {
    let changed = call.ctx.write(DismissReport { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}
