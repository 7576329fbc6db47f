//! No request waits for ever: one that only reads is answered 503 when its time is up.

use actix_web::{
    Error as ActixError,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::Method,
    middleware::Next,
    web::Data,
};

use super::{limit::seen_path, problem::Failure};
use crate::{
    access::context::{READ_DEADLINE, Services},
    foundation::deadline,
};

/// Wraps the whole application, inside the edge, which gives a refusal its words.
pub async fn deadline<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, ActixError> {
    // A GraphQL request may read or write; it is known to write once it does.
    let reads = matches!(*request.method(), Method::GET | Method::HEAD)
        || seen_path(request.request()).starts_with("/graphql");
    let services = request.app_data::<Data<Services>>();
    let limit = services.map_or(READ_DEADLINE, |services| services.settings.read_deadline);
    match deadline::within(reads.then_some(limit), next.call(request)).await {
        Ok(outcome) => outcome,
        Err(error) => {
            tracing::warn!(%error, "a request was given up");
            Err(Failure(error).into())
        }
    }
}
