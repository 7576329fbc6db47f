//! `/v1/communities/{id}/improvements`, `/v1/improvements`

use actix_web::{get, patch, post, web::Path};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    call::{Call, Nothing, Params, Write},
    reply::{self, Answer, Items},
};
use crate::{
    community::{
        group::view::CommunityId,
        improvement::{
            chain,
            input::{
                AgreeImprovementInput, CloseImprovementInput, CreateImprovementInput, DropImprovementInput,
                LinkImprovementInput, NoteImprovementInput, ReopenImprovementInput, ReviewImprovementInput,
                UpdateImprovementInput,
            },
            read::{self, ImprovementFilter},
            state::ImprovementStatus,
            view::{Improvement, ImprovementChain, ImprovementId},
            write::{
                AgreeImprovement, CloseImprovement, CreateImprovement, DropImprovement, LinkImprovement,
                NoteImprovement, ReopenImprovement, ReviewImprovement, StartImprovement, UnlinkImprovement,
                UpdateImprovement,
            },
        },
    },
    directory::person::view::PersonId,
    foundation::page::{MAX_LIMIT, PageRequest},
};

const TAG: &str = "Improvement";

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_improvements)
        .service(create_improvement)
        .service(get_improvement)
        .service(get_improvement_chain)
        .service(update_improvement)
        .service(agree_improvement)
        .service(start_improvement)
        .service(note_improvement)
        .service(link_improvement)
        .service(unlink_improvement)
        .service(review_improvement)
        .service(close_improvement)
        .service(reopen_improvement)
        .service(drop_improvement);
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListParams {
    /// Only those that stand there.
    status: Option<ImprovementStatus>,
    /// Only those that this person looks after.
    #[param(value_type = Option<String>, format = "uuid")]
    owner_id: Option<PersonId>,
    /// Only those whose day is past and which were not reviewed (`true`), or only the others (`false`).
    overdue: Option<bool>,
    /// Only those due on this day or later.
    #[param(example = "2027-01-01")]
    due_from: Option<NaiveDate>,
    /// Only those due before this day.
    #[param(example = "2027-07-01")]
    due_until: Option<NaiveDate>,
    /// The cursor of the page before: its `next`.
    after: Option<String>,
    /// Rows wanted, 20 unless said.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
}

/// List what a community improves
///
/// The newest first. For its members and those who look after it; others find none.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The community's id"), ListParams),
    responses((status = 200, description = "A page of items", body = Items<Improvement>)))]
#[get("/v1/communities/{id}/improvements")]
async fn list_improvements(call: Call, id: Path<CommunityId>, Params(params): Params<ListParams>) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    let filter = ImprovementFilter {
        status: params.status,
        owner_id: params.owner_id,
        overdue: params.overdue,
        due_from: params.due_from,
        due_until: params.due_until,
    };
    reply::page(&call.http, read::list(&call.ctx, *id, &filter, &page).await?)
}

/// Write down what is to be improved
///
/// A problem, what shows it, and how it is measured: the value before and the value that is aimed at. Officers of the
/// community do this, and the principal of its school.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The community's id")), request_body = CreateImprovementInput,
    responses((status = 201, description = "Written down", body = Improvement)))]
#[post("/v1/communities/{id}/improvements")]
async fn create_improvement(call: Write<CreateImprovementInput>, id: Path<CommunityId>) -> Answer {
    let made = call.ctx.write(CreateImprovement { community: *id, input: call.body }).await?;
    reply::created(&made, made.version, &format!("/v1/improvements/{}", made.id))
}

/// Get an item
///
/// One item by its id. Its `ETag` is what `If-Match` of an update wants.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The item's id")),
    responses((status = 200, description = "The item", body = Improvement)))]
#[get("/v1/improvements/{id}")]
async fn get_improvement(call: Call, id: Path<ImprovementId>) -> Answer {
    let found = read::find(&call.ctx, *id).await?;
    reply::resource(&call.http, &found, found.version)
}

/// Follow an item from the problem to the result
///
/// The item, the activities and artefacts that belong to it, and what came of it, with everything that it was worked
/// out from.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The item's id")),
    responses((status = 200, description = "The chain", body = ImprovementChain)))]
#[get("/v1/improvements/{id}/chain")]
async fn get_improvement_chain(call: Call, id: Path<ImprovementId>) -> Answer {
    reply::plain(&chain::find(&call.ctx, *id).await?)
}

/// Change an item
///
/// JSON merge patch, until it was reviewed; how it is measured only until a strategy was agreed. Send the version you
/// read in `If-Match`.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The item's id")), request_body = UpdateImprovementInput,
    responses((status = 200, description = "Changed", body = Improvement)))]
#[patch("/v1/improvements/{id}")]
async fn update_improvement(call: Write<UpdateImprovementInput>, id: Path<ImprovementId>) -> Answer {
    let version = call.version()?;
    let changed = call.ctx.write(UpdateImprovement { id: *id, version, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Agree on a strategy
///
/// Agrees what is tried, who looks after it, and until when.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The item's id")), request_body = AgreeImprovementInput,
    responses((status = 200, description = "Agreed", body = Improvement)))]
#[post("/v1/improvements/{id}/agree")]
async fn agree_improvement(call: Write<AgreeImprovementInput>, id: Path<ImprovementId>) -> Answer {
    let changed = call.ctx.write(AgreeImprovement { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Begin to try it
///
/// Begins to try it.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The item's id")), request_body = Nothing,
    responses((status = 200, description = "Begun", body = Improvement)))]
#[post("/v1/improvements/{id}/start")]
async fn start_improvement(call: Write<Nothing>, id: Path<ImprovementId>) -> Answer {
    let changed = call.ctx.write(StartImprovement(*id)).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Say how it goes
///
/// Says how it goes, in place of what was said before. Whoever looks after it may, and the officers.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The item's id")), request_body = NoteImprovementInput,
    responses((status = 200, description = "Noted", body = Improvement)))]
#[post("/v1/improvements/{id}/note")]
async fn note_improvement(call: Write<NoteImprovementInput>, id: Path<ImprovementId>) -> Answer {
    let changed = call.ctx.write(NoteImprovement { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Measure again
///
/// Measures again and says what one makes of it; what came of it is worked out. Whoever looks after it may, and
/// the officers.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The item's id")), request_body = ReviewImprovementInput,
    responses((status = 200, description = "Reviewed", body = Improvement)))]
#[post("/v1/improvements/{id}/review")]
async fn review_improvement(call: Write<ReviewImprovementInput>, id: Path<ImprovementId>) -> Answer {
    let changed = call.ctx.write(ReviewImprovement { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Close an item
///
/// Ends an item that was reviewed.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The item's id")), request_body = CloseImprovementInput,
    responses((status = 200, description = "Closed", body = Improvement)))]
#[post("/v1/improvements/{id}/close")]
async fn close_improvement(call: Write<CloseImprovementInput>, id: Path<ImprovementId>) -> Answer {
    let changed = call.ctx.write(CloseImprovement { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Go one step back
///
/// Goes one step back, for a reason: from agreed to identified, from tried to agreed, from reviewed to tried,
/// from closed to reviewed.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The item's id")), request_body = ReopenImprovementInput,
    responses((status = 200, description = "One step back", body = Improvement)))]
#[post("/v1/improvements/{id}/reopen")]
async fn reopen_improvement(call: Write<ReopenImprovementInput>, id: Path<ImprovementId>) -> Answer {
    let changed = call.ctx.write(ReopenImprovement { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Give an item up
///
/// Gives an item up before it was reviewed, for a reason. Final.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The item's id")), request_body = DropImprovementInput,
    responses((status = 200, description = "Given up", body = Improvement)))]
#[post("/v1/improvements/{id}/drop")]
async fn drop_improvement(call: Write<DropImprovementInput>, id: Path<ImprovementId>) -> Answer {
    let changed = call.ctx.write(DropImprovement { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Put an activity or an artefact to an item
///
/// Puts an activity of the community or a published artefact to an item.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The item's id")), request_body = LinkImprovementInput,
    responses((status = 200, description = "Linked", body = Improvement)))]
#[post("/v1/improvements/{id}/link")]
async fn link_improvement(call: Write<LinkImprovementInput>, id: Path<ImprovementId>) -> Answer {
    let changed = call.ctx.write(LinkImprovement { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Take an activity or an artefact from an item
///
/// Takes an activity or an artefact from an item.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The item's id")), request_body = LinkImprovementInput,
    responses((status = 200, description = "Unlinked", body = Improvement)))]
#[post("/v1/improvements/{id}/unlink")]
async fn unlink_improvement(call: Write<LinkImprovementInput>, id: Path<ImprovementId>) -> Answer {
    let changed = call.ctx.write(UnlinkImprovement { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}
