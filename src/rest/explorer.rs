//! `/explorer/`: Swagger UI, served offline from our own binary.

use actix_web::{
    HttpResponse,
    http::header,
    web::{ServiceConfig, get},
};
use utoipa_swagger_ui::{Config, SwaggerUi};

/// Swagger UI sets styles on its elements; apart from that it may load only what we serve.
pub const CONTENT_POLICY: &str = "default-src 'self'; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'; img-src 'self' data:";

/// The explorer over `/openapi.json`. A token entered under Authorize stays, also over a reload.
pub fn configure(config: &mut ServiceConfig) {
    let settings = Config::from("/openapi.json")
        .try_it_out_enabled(true)
        .filter(true)
        .display_operation_id(true)
        .display_request_duration(true)
        .doc_expansion("none")
        .default_models_expand_depth(0)
        .deep_linking(true)
        .persist_authorization(true);
    config.route("/explorer", get().to(slash)).service(SwaggerUi::new("/explorer/{_:.*}").config(settings));
}

/// The explorer's own links are relative to its folder.
async fn slash() -> HttpResponse {
    HttpResponse::PermanentRedirect().insert_header((header::LOCATION, "/explorer/")).finish()
}
