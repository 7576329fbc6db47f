//! What the protocols of signing in and of OAuth have in common: how they write, and how OAuth refuses.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    access::context::Services,
    foundation::{
        error::{Error, Result},
        transaction::{Origin, Tx},
    },
};

/// One durable transaction of a protocol, for whoever proved to be `subject`. A refusal that must leave something behind
/// (a failed attempt that counts, a family that is revoked) is an `Ok` that says so: an `Err` undoes everything.
///
/// # Errors
/// Whatever `work` answers; `unavailable` when too many wait.
pub async fn write<T, F>(
    services: &Arc<Services>,
    action: &'static str,
    subject: &str,
    request_id: &str,
    work: F,
) -> Result<T>
where
    T: Serialize + DeserializeOwned + Send + Sync + 'static,
    F: for<'a> Fn(&'a Tx) -> BoxFuture<'a, Result<T>> + Send + Sync + 'static,
{
    let origin = Origin {
        actor: subject.to_owned(),
        caller: subject.to_owned(),
        request_id: request_id.to_owned(),
        ..Origin::default()
    };
    services.writes.run(action, origin, work).await
}

/// A refusal as OAuth words it (RFC 6749, section 5.2): a registered code, and an explanation for developers, in
/// English as the standard wants it (printable ASCII without quotes and backslashes). Never holds what was sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{error}: {description}")]
pub struct OAuthError {
    /// `invalid_request`, `invalid_client`, `invalid_grant`, …
    pub error: &'static str,
    /// What is wrong and what to do.
    pub description: &'static str,
}

impl OAuthError {
    /// A refusal of this code.
    pub const fn new(error: &'static str, description: &'static str) -> Self {
        Self { error, description }
    }

    /// The client did not prove to be who it says, or is not approved; which of the two is not told.
    pub const fn invalid_client() -> Self {
        Self::new(
            "invalid_client",
            "The client is unknown, not approved, or did not prove to be who it says.",
        )
    }
}

/// Why a request of the protocol got no answer: the protocol says no, or the service could not.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Refused {
    /// As OAuth words it.
    #[error(transparent)]
    OAuth(#[from] OAuthError),
    /// As everywhere else: too busy, too many requests, our fault.
    #[error(transparent)]
    Service(#[from] Error),
}
