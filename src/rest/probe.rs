//! Probes, metrics, the document itself, and what answers an address nobody serves.

use std::time::Duration;

use actix_web::{
    HttpRequest, HttpResponse, get,
    http::header,
    web::{Data, ServiceConfig},
};
use metrics_exporter_prometheus::PrometheusHandle;
use serde_json::json;
use tokio::time::timeout;

use super::{openapi, problem};
use crate::{
    access::context::Services,
    foundation::error::{ADDRESS, Error},
};

/// How long the database may take for each answer before we say that we are not ready.
const READY: Duration = Duration::from_secs(1);

/// Routes that are not part of the documented API.
pub fn configure(config: &mut ServiceConfig) {
    config.service(livez).service(readyz).service(metrics).service(document);
}

/// The process runs.
#[get("/livez")]
async fn livez() -> HttpResponse {
    HttpResponse::Ok().json(json!({ "status": "ok" }))
}

/// The process can serve: the database answers and its schema is the one this program knows.
#[get("/readyz")]
async fn readyz(services: Data<Services>) -> HttpResponse {
    let reader = services.store.reader();
    let database = matches!(timeout(READY, reader.ping()).await, Ok(Ok(())));
    let current = if database { timeout(READY, migration::is_current(reader)).await.ok() } else { None };
    let migrations = matches!(current, Some(Ok(true)));
    let word = |good| if good { "ok" } else { "failing" };
    let body = json!({
        "status": word(database && migrations),
        "checks": { "database": word(database), "migrations": word(migrations) }
    });
    if database && migrations {
        HttpResponse::Ok().json(body)
    } else {
        HttpResponse::ServiceUnavailable().insert_header((header::RETRY_AFTER, "5")).json(body)
    }
}

/// Prometheus' text format.
#[get("/metrics")]
async fn metrics(recorder: Option<Data<PrometheusHandle>>) -> HttpResponse {
    let text = recorder.map(|r| r.render()).unwrap_or_default();
    HttpResponse::Ok().content_type("text/plain; version=0.0.4").body(text)
}

/// The OpenAPI document.
#[get("/openapi.json")]
async fn document() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "public, max-age=300"))
        .content_type("application/json")
        .body(openapi::TEXT.as_str())
}

/// 405 with `Allow` where the address exists for another method, else 404.
pub async fn nobody(http: HttpRequest) -> HttpResponse {
    let allowed = openapi::methods_at(http.path());
    if allowed.is_empty() {
        return problem::response(&http, &Error::NotFound(ADDRESS));
    }
    problem::method_not_allowed(&http, &allowed.join(", "))
}
