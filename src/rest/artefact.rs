//! `/v1/artefacts`, `/v1/communities/{id}/artefacts`, `/v1/attachments`

use actix_web::{HttpRequest, HttpResponse, delete, get, http::header, patch, post, web, web::Path};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    body::Pace,
    call::{self, Call, Nothing, Params, Write},
    reply::{self, Answer, Items},
};
use crate::{
    community::{
        artefact::{
            attachment::{self, MAX_BYTES},
            credit,
            input::{
                CreateArtefactInput, ForkArtefactInput, PublishArtefactInput, ReviewArtefactInput,
                ReviseArtefactInput, UpdateArtefactInput, WithdrawArtefactInput,
            },
            read::{self, ArtefactFilter},
            rule::{ArtefactKind, ArtefactStatus, Audience},
            versions,
            view::{
                Artefact, ArtefactCredit, ArtefactId, ArtefactReview, ArtefactRevision, ArtefactVersion,
                Attachment, AttachmentId,
            },
            write::{
                CreateArtefact, DetachArtefact, ForkArtefact, PublishArtefact, ReviewArtefact,
                ReviseArtefact, UpdateArtefact, WithdrawArtefact,
            },
        },
        group::view::CommunityId,
    },
    directory::school::rule::SchoolLevel,
    foundation::{
        error::Error,
        page::{MAX_LIMIT, PageRequest},
        transaction::hex,
    },
};

const TAG: &str = "Artefacts";

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_artefacts)
        .service(create_artefact)
        .service(get_artefact)
        .service(update_artefact)
        .service(list_artefact_versions)
        .service(revise_artefact)
        .service(get_artefact_version)
        .service(list_artefact_reviews)
        .service(review_artefact)
        .service(publish_artefact)
        .service(withdraw_artefact)
        .service(fork_artefact)
        .service(get_artefact_credits)
        .service(attach_artefact)
        .service(detach_artefact)
        .service(get_attachment_content);
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListParams {
    /// Titles that begin so, letter case aside.
    #[param(example = "Asesmen", max_length = 100)]
    q: Option<String>,
    /// Only this kind.
    kind: Option<ArtefactKind>,
    /// Only for this subject.
    #[param(example = "Matematika", max_length = 60)]
    subject: Option<String>,
    /// Only for this level of school.
    level: Option<SchoolLevel>,
    /// Only of this community.
    #[param(value_type = Option<String>, format = "uuid")]
    community_id: Option<CommunityId>,
    /// Only those that stand so.
    status: Option<ArtefactStatus>,
    /// Only those published for this audience.
    audience: Option<Audience>,
    /// Only those that carry this one on.
    #[param(value_type = Option<String>, format = "uuid")]
    forked_from_id: Option<ArtefactId>,
    /// The cursor of the page before: its `next`.
    after: Option<String>,
    /// Rows wanted, 20 unless said.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct PageParams {
    /// The cursor of the page before: its `next`.
    after: Option<String>,
    /// Rows wanted, 20 unless said.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct VersionParams {
    /// Which version; the newest that you may read unless said.
    #[param(minimum = 1, maximum = 500)]
    number: Option<i32>,
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct FileParams {
    /// What the file is called, without a folder.
    #[param(example = "soal-diagnostik.txt", min_length = 1, max_length = 120)]
    filename: String,
}

/// List artefacts
///
/// What communities made and you may see, by title: all of your own communities, and of others what was published
/// for everyone, or for the region you work in.
#[utoipa::path(tag = TAG, params(ListParams), responses((status = 200, description = "A page of artefacts", body = Items<Artefact>)))]
#[get("/v1/artefacts")]
async fn list_artefacts(call: Call, Params(params): Params<ListParams>) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    let filter = ArtefactFilter {
        q: params.q,
        kind: params.kind,
        subject: params.subject,
        level: params.level,
        community_id: params.community_id,
        status: params.status,
        audience: params.audience,
        forked_from_id: params.forked_from_id,
    };
    reply::page(&call.http, read::list(&call.ctx, &filter, &page).await?)
}

/// Begin an artefact
///
/// A member writes the first version; only the community sees it until an officer publishes it.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The community's id")), request_body = CreateArtefactInput,
    responses((status = 201, description = "Begun", body = Artefact)))]
#[post("/v1/communities/{id}/artefacts")]
async fn create_artefact(call: Write<CreateArtefactInput>, id: Path<CommunityId>) -> Answer {
    let made = call.ctx.write(CreateArtefact { community: *id, input: call.body }).await?;
    reply::created(&made, made.version, &format!("/v1/artefacts/{}", made.id))
}

/// Get an artefact
///
/// What it is, who made it and where it stands; its text is in its versions.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The artefact's id")),
    responses((status = 200, description = "The artefact", body = Artefact)))]
#[get("/v1/artefacts/{id}")]
async fn get_artefact(call: Call, id: Path<ArtefactId>) -> Answer {
    let found = read::find(&call.ctx, *id).await?;
    reply::resource(&call.http, &found, found.version)
}

/// Change an artefact
///
/// JSON merge patch of what it is called and for whom it is; its text is changed by a new version. Send the version you
/// read in `If-Match`.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The artefact's id")), request_body = UpdateArtefactInput,
    responses((status = 200, description = "Changed", body = Artefact)))]
#[patch("/v1/artefacts/{id}")]
async fn update_artefact(call: Write<UpdateArtefactInput>, id: Path<ArtefactId>) -> Answer {
    let version = call.version()?;
    let changed = call.ctx.write(UpdateArtefact { id: *id, version, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// List an artefact's versions
///
/// The newest first, without their texts. Whoever is not of the community sees the published one.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The artefact's id"), PageParams),
    responses((status = 200, description = "A page of versions", body = Items<ArtefactRevision>)))]
#[get("/v1/artefacts/{id}/versions")]
async fn list_artefact_versions(
    call: Call,
    id: Path<ArtefactId>,
    Params(params): Params<PageParams>,
) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    reply::page(&call.http, versions::list(&call.ctx, *id, &page).await?)
}

/// Write a new version of an artefact
///
/// A member writes; whoever writes is named as an author. What was published stays published until the new version is.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The artefact's id")), request_body = ReviseArtefactInput,
    responses((status = 200, description = "Written", body = Artefact)))]
#[post("/v1/artefacts/{id}/versions")]
async fn revise_artefact(call: Write<ReviseArtefactInput>, id: Path<ArtefactId>) -> Answer {
    let changed = call.ctx.write(ReviseArtefact { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Read a version of an artefact
///
/// Its text, what it serves and its files. Without a number the newest that you may read.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The artefact's id"), VersionParams),
    responses((status = 200, description = "The version", body = ArtefactVersion)))]
#[get("/v1/artefacts/{id}/version")]
async fn get_artefact_version(
    call: Call,
    id: Path<ArtefactId>,
    Params(params): Params<VersionParams>,
) -> Answer {
    reply::shown(&call.http, &versions::find(&call.ctx, *id, params.number).await?)
}

/// List an artefact's reviews
///
/// What colleagues say about its versions, the newest first. For its community alone.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The artefact's id"), PageParams),
    responses((status = 200, description = "A page of reviews", body = Items<ArtefactReview>)))]
#[get("/v1/artefacts/{id}/reviews")]
async fn list_artefact_reviews(
    call: Call,
    id: Path<ArtefactId>,
    Params(params): Params<PageParams>,
) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    reply::page(&call.http, versions::reviews(&call.ctx, *id, &page).await?)
}

/// Review an artefact
///
/// A member who did not write it says what they think of the newest version; said again, it replaces what was said.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The artefact's id")), request_body = ReviewArtefactInput,
    responses((status = 200, description = "Said", body = Artefact)))]
#[post("/v1/artefacts/{id}/review")]
async fn review_artefact(call: Write<ReviewArtefactInput>, id: Path<ArtefactId>) -> Answer {
    let changed = call.ctx.write(ReviewArtefact { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Publish an artefact
///
/// An officer lets the newest version out: to the community, to whoever works in its regency or city, or to everyone.
/// Beyond the community only what a colleague who did not write it approved; nowhere what a colleague wants changed.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The artefact's id")), request_body = PublishArtefactInput,
    responses((status = 200, description = "Published", body = Artefact)))]
#[post("/v1/artefacts/{id}/publish")]
async fn publish_artefact(call: Write<PublishArtefactInput>, id: Path<ArtefactId>) -> Answer {
    let changed = call.ctx.write(PublishArtefact { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Withdraw an artefact
///
/// Takes it back, for a stated reason: officers of the community, of the region or the ministry. It may be published again.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The artefact's id")), request_body = WithdrawArtefactInput,
    responses((status = 200, description = "Withdrawn", body = Artefact)))]
#[post("/v1/artefacts/{id}/withdraw")]
async fn withdraw_artefact(call: Write<WithdrawArtefactInput>, id: Path<ArtefactId>) -> Answer {
    let changed = call.ctx.write(WithdrawArtefact { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Carry an artefact on
///
/// Begins an artefact of your own community with the published version of this one. Where it comes from stays named for
/// ever, and its licence is never made wider.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The artefact's id")), request_body = ForkArtefactInput,
    responses((status = 201, description = "Begun", body = Artefact)))]
#[post("/v1/artefacts/{id}/fork")]
async fn fork_artefact(call: Write<ForkArtefactInput>, id: Path<ArtefactId>) -> Answer {
    let made = call.ctx.write(ForkArtefact { id: *id, input: call.body }).await?;
    reply::created(&made, made.version, &format!("/v1/artefacts/{}", made.id))
}

/// Get an artefact's credits
///
/// The artefact and what it carries on, step by step back to where it began, each with its community and authors.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The artefact's id")),
    responses((status = 200, description = "The credits, this artefact first", body = Vec<ArtefactCredit>)))]
#[get("/v1/artefacts/{id}/credits")]
async fn get_artefact_credits(call: Call, id: Path<ArtefactId>) -> Answer {
    reply::shown(&call.http, &credit::of(&call.ctx, *id).await?)
}

/// Attach a file to an artefact
///
/// The file is the body, as it is, at most 10 MiB: PDF, office documents, images, sound or plain text. What it is is found out
/// from its bytes. It belongs to a version once one names it.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The artefact's id"), FileParams),
    request_body(content((Vec<u8> = "application/octet-stream")), description = "The file"),
    responses((status = 201, description = "Attached", body = Attachment)))]
#[post("/v1/artefacts/{id}/attachments")]
async fn attach_artefact(
    http: HttpRequest,
    id: Path<ArtefactId>,
    Params(said): Params<FileParams>,
    mut body: web::Payload,
) -> Answer {
    let mut ctx = call::context(&http).await?;
    attachment::permit(&ctx, *id).await?;
    let announced = http.headers().get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse().ok());
    let mut bytes = Vec::new();
    let end = Pace::FILE.end();
    while let Some(part) = Pace::FILE.next(&mut body, end).await? {
        if announced.is_some_and(|size: usize| size > MAX_BYTES) || bytes.len() + part.len() > MAX_BYTES {
            return Err(Error::TooLarge(MAX_BYTES as u64).into());
        }
        bytes.extend_from_slice(&part);
    }
    let hash = hex(&Sha256::digest(&bytes));
    ctx.idempotency = call::idempotency(&http, hash.as_bytes())?;
    let made = attachment::bring(&ctx, *id, &said.filename, bytes.into()).await?;
    let path = made.path.clone();
    reply::created(&made, 1, &path)
}

/// Take a file away from an artefact
///
/// By whoever brought it or is an author, from the artefact and from its draft versions that name it. What was
/// published, or a colleague spoke about, keeps its files. Answers with the file as it was.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The attachment's id")),
    responses((status = 200, description = "Taken away", body = Attachment)))]
#[delete("/v1/attachments/{id}")]
async fn detach_artefact(call: Write<Nothing>, id: Path<AttachmentId>) -> Answer {
    reply::plain(&call.ctx.write(DetachArtefact { id: *id }).await?)
}

/// Download an attachment
///
/// The bytes as they were brought, to be kept as a file; a browser neither shows nor runs them.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The attachment's id")),
    responses((status = 200, description = "The file", content((Vec<u8> = "application/octet-stream")))))]
#[get("/v1/attachments/{id}/content")]
async fn get_attachment_content(call: Call, id: Path<AttachmentId>) -> Answer {
    let found = attachment::content(&call.ctx, *id).await?;
    let name: String = url_encoded(&found.attachment.filename);
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename*=UTF-8''{name}")))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
        .insert_header((header::CACHE_CONTROL, "private, max-age=3600"))
        .insert_header((header::ETAG, format!("\"{}\"", found.attachment.sha256)))
        .content_type(found.attachment.media_type)
        .no_chunking(u64::try_from(found.attachment.bytes).unwrap_or_default())
        .streaming(found.bytes))
}

/// A file's name for a header (RFC 8187, section 3.2): what is no letter or digit is written as its bytes.
fn url_encoded(name: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~');
    name.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}
