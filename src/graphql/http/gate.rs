//! What stands between a request and its run: which documents its caller may send, and what it may cost.

use super::Incoming;
use crate::{foundation::error::Result, graphql::persisted::Hash, identity::limit::Standing};

/// Whether this node still holds the document with a hash, so that its text need not be looked up.
pub type Known<'a> = &'a (dyn Fn(&Hash) -> bool + Sync);

/// Asked before a request is planned, before it is run, and before what it came to is shown.
pub trait Gate {
    /// The request as it may be planned: its text is looked up where its caller may only name one.
    ///
    /// # Errors
    /// `persisted_query_only`.
    fn admit(&self, incoming: Incoming, known: Known<'_>) -> impl Future<Output = Result<Incoming>>;

    /// Takes what the operation costs from its caller's budget; what is left of it, where there is one.
    ///
    /// # Errors
    /// `too_many_requests`.
    fn charge(&self, cost: u64) -> impl Future<Output = Result<Option<Standing>>>;

    /// Writes down what was read of others, before any of it is shown.
    ///
    /// # Errors
    /// `unavailable`: then nothing may be shown.
    fn shown(&self) -> impl Future<Output = Result<()>>;
}

/// Lets everything through.
pub struct Open;

impl Gate for Open {
    async fn admit(&self, incoming: Incoming, _: Known<'_>) -> Result<Incoming> {
        Ok(incoming)
    }

    async fn charge(&self, _: u64) -> Result<Option<Standing>> {
        Ok(None)
    }

    async fn shown(&self) -> Result<()> {
        Ok(())
    }
}
