//! `/v1/imports`

use actix_web::{HttpMessage, HttpRequest, HttpResponse, get, http::header, post, web, web::Path};
use futures_util::stream;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    body::Pace,
    call::{self, Call, Params},
    reply::{self, Answer, Items},
};
use crate::{
    exchange::import::{
        read::{self, ImportFilter, ReportPieces},
        report::Format,
        rule::{ImportKind, ImportStatus},
        upload::{MAX_UPLOAD, StartImportParams, Upload, permit},
        view::{Import, ImportId},
    },
    foundation::{
        error::{Error, Result},
        page::{MAX_LIMIT, PageRequest},
    },
};

const TAG: &str = "Imports";

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list_imports).service(start_import).service(get_import).service(get_import_report);
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListParams {
    /// Only files about this.
    kind: Option<ImportKind>,
    /// Only those that are this far.
    status: Option<ImportStatus>,
    /// The cursor of the page before: its `next`.
    after: Option<String>,
    /// Rows wanted, 20 unless said.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
}

/// List imports
///
/// Files that were brought in, the latest first, with what became of their rows.
#[utoipa::path(tag = TAG, params(ListParams), responses((status = 200, description = "A page of imports", body = Items<Import>)))]
#[get("/v1/imports")]
async fn list_imports(call: Call, Params(params): Params<ListParams>) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    let filter = ImportFilter { kind: params.kind, status: params.status };
    reply::page(&call.http, read::list(&call.ctx, &filter, &page).await?)
}

/// Get an import
///
/// How far it is and what became of its rows so far. Ask again until `status` is `finished` or `failed`.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The import's id")),
    responses((status = 200, description = "The import", body = Import)))]
#[get("/v1/imports/{id}")]
async fn get_import(call: Call, id: Path<ImportId>) -> Answer {
    let found = read::find(&call.ctx, *id).await?;
    reply::resource(&call.http, &found, found.version)
}

/// Import a file
///
/// The file is the body, as it is: CSV with comma, semicolon or tab, plain or gzip, at most 256 MiB. It is
/// checked as a whole before anything is loaded; then every row is loaded or refused with a reason. The answer
/// comes at once; follow the import with `get_import`, and read every finding in its report.
#[utoipa::path(tag = TAG, params(StartImportParams),
    request_body(content((String = "text/csv"), (Vec<u8> = "application/gzip"), (Vec<u8> = "application/octet-stream")), description = "The file"),
    responses((status = 201, description = "The import, queued", body = Import)))]
#[post("/v1/imports")]
async fn start_import(
    http: HttpRequest,
    Params(said): Params<StartImportParams>,
    mut body: web::Payload,
) -> Answer {
    let mut ctx = call::context(&http).await?;
    permit(&ctx)?;
    check_media(&http)?;
    let announced =
        http.headers().get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|bytes| bytes > MAX_UPLOAD) {
        return Err(Error::TooLarge(MAX_UPLOAD).into());
    }
    let mut upload = Upload::begin(&ctx).await?;
    let end = Pace::FILE.end();
    while let Some(part) = Pace::FILE.next(&mut body, end).await? {
        upload.add(&part).await?;
    }
    ctx.idempotency = call::idempotency(&http, upload.hash().as_bytes())?;
    let import = upload.start(&ctx, said).await?;
    reply::created(&import, import.version, &format!("/v1/imports/{}", import.id))
}

/// Download an import's report
///
/// Every finding with line, column, code, value and what to do: as CSV (safe to open in a spreadsheet) or, with
/// `Accept: application/json`, as JSON. Values of personal columns are left out. At most 100,000 findings are
/// kept; the counts of the import are always complete.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The import's id")),
    responses((status = 200, description = "The report", content((String = "text/csv"), (serde_json::Value = "application/json")))))]
#[get("/v1/imports/{id}/report")]
async fn get_import_report(call: Call, id: Path<ImportId>) -> Answer {
    let import = read::find(&call.ctx, *id).await?;
    let accept =
        call.http.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let json = accept.contains("json") && !accept.contains("text/csv");
    let (format, media, ending) = if json {
        (Format::Json, "application/json", "json")
    } else {
        (Format::Csv, "text/csv; charset=utf-8", "csv")
    };
    let name = format!("attachment; filename=\"import-{}.{ending}\"", import.id);
    let pieces = ReportPieces::of(call.ctx, import, format)?;
    let body = stream::try_unfold(pieces, |mut pieces| async move {
        let piece = pieces.next().await?;
        Ok::<_, Error>(piece.map(|piece| (web::Bytes::from(piece), pieces)))
    });
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_DISPOSITION, name))
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .content_type(media)
        .streaming(body))
}

/// Browsers and scripts name CSV in many ways; what the bytes are is found out from the bytes.
fn check_media(http: &HttpRequest) -> Result<()> {
    let taken = [
        "",
        "text/csv",
        "text/plain",
        "text/tab-separated-values",
        "application/csv",
        "application/gzip",
        "application/x-gzip",
        "application/octet-stream",
        "application/vnd.ms-excel",
    ];
    if taken.iter().any(|one| one.eq_ignore_ascii_case(http.content_type())) {
        Ok(())
    } else {
        Err(Error::UnsupportedMedia)
    }
}
