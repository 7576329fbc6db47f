//! What clients read about the authorization server before they speak with it.

use actix_web::{HttpRequest, HttpResponse, get, http::header, web::ServiceConfig};
use serde_json::Value;

use crate::{
    identity::oauth::metadata,
    rest::{call::services, reply::Answer},
};

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(server).service(resource);
}

/// RFC 8414, section 3.
#[get("/.well-known/oauth-authorization-server")]
async fn server(http: HttpRequest) -> Answer {
    Ok(told(&metadata::server(&services(&http)?.settings.public_url)))
}

/// RFC 9728, section 3.
#[get("/.well-known/oauth-protected-resource")]
async fn resource(http: HttpRequest) -> Answer {
    Ok(told(&metadata::resource(&services(&http)?.settings.public_url)))
}

fn told(metadata: &Value) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "public, max-age=300"))
        .content_type("application/json")
        .body(metadata.to_string())
}
