//! Documents that are registered are held to the schema once, so that no app learns of a mistake from its users.

use std::sync::LazyLock;

use futures_util::future::BoxFuture;

use super::endpoint::{Endpoint, endpoint};
use crate::foundation::{
    document_check::DocumentCheck,
    error::{Error, Fault},
};

/// An endpoint of its own, made when the first document is registered.
static ENDPOINT: LazyLock<Endpoint> = LazyLock::new(endpoint);

/// Against the schema of this program, by the guard's limits.
pub struct SchemaCheck;

impl DocumentCheck for SchemaCheck {
    fn check<'a>(&'a self, text: &'a str) -> BoxFuture<'a, Result<(), Fault>> {
        Box::pin(async move {
            match ENDPOINT.check(text).await {
                Ok(()) => Ok(()),
                Err(Error::Malformed(fault)) => Err(Fault { pointer: String::new(), ..*fault }),
                Err(other) => Err(Fault::new("", "graphql_invalid").with("detail", other)),
            }
        })
    }
}
