//! How a client proves to be who it says.

use std::sync::Arc;

use entity::oauth_client;

use crate::{
    access::context::Services,
    identity::protocol::{OAuthError, Refused},
};

/// What a client sent to prove itself.
#[derive(Default)]
pub struct Presented {
    /// The header `Authorization`.
    pub authorization: Option<String>,
    /// `client_id` of the body.
    pub client_id: Option<String>,
    /// `client_secret` of the body; always refused.
    pub client_secret: Option<String>,
    /// `client_assertion` (RFC 7521, section 4.2).
    pub assertion: Option<String>,
    /// `client_assertion_type`.
    pub assertion_type: Option<String>,
}

/// The approved client that `presented` proves.
///
/// # Errors
/// `invalid_client`, `invalid_request`.
pub async fn authenticate(
    _services: &Arc<Services>,
    _presented: &Presented,
    _endpoint: &str,
    _request_id: &str,
) -> std::result::Result<oauth_client::Model, Refused> {
    Err(OAuthError::invalid_client().into())
}
