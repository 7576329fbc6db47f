//! Whether a GraphQL document fits the schema, asked by rooms that know neither.

use futures_util::future::BoxFuture;

use super::error::Fault;

/// Looks at documents before they are registered.
pub trait DocumentCheck: Send + Sync + 'static {
    /// That the document could be run.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    fn check<'a>(&'a self, text: &'a str) -> BoxFuture<'a, Result<(), Fault>>;
}
