//! Before an answer leaves: who was shown what of others is written down, or nothing is shown.

use actix_web::{
    Error as ActixError, HttpMessage,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::Method,
    middleware::Next,
};

use super::problem::Failure;
use crate::{access::context::Ctx, foundation::error::Error, privacy::data_access::write::record};

/// Wraps the whole application, innermost: a handler has run, and nothing of its answer was sent. GraphQL has done the same
/// by itself, for it words its refusals in its own way.
pub async fn recorded<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, ActixError> {
    let response = next.call(request).await?;
    let ctx = response.request().extensions().get::<Ctx>().cloned();
    // A refusal shows nothing of what was read on the way to it, nor does a way to elsewhere, nor that nothing changed.
    let Some(ctx) = ctx.filter(|_| response.status().is_success()) else { return Ok(response) };
    match record(&ctx).await {
        Ok(()) => Ok(response),
        Err(error) => Err(Failure(unshown(error, response.request().method())).into()),
    }
}

/// What a caller is told whose answer is not shown. What was changed stays changed: asked again with the same idempotency
/// key, they are answered.
fn unshown(error: Error, method: &Method) -> Error {
    if matches!(*method, Method::GET | Method::HEAD) { error } else { Error::OutcomeUnknown }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_have_changed_something_is_not_said_to_have_done_nothing() {
        let away = || Error::Unavailable("away".into());
        assert!(matches!(unshown(away(), &Method::GET), Error::Unavailable(_)));
        assert!(matches!(unshown(away(), &Method::POST), Error::OutcomeUnknown));
    }
}
