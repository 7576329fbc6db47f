//! Delivers mail that waits.

use std::sync::Arc;

use crate::{access::context::Services, identity::mail};

/// Delivers what is due. A mail server that is away is tried again later.
pub async fn deliver(services: &Arc<Services>) {
    match mail::deliver_due(services).await {
        Ok(0) => {}
        Ok(delivered) => tracing::info!(delivered, "mail was delivered"),
        Err(error) => tracing::warn!(%error, job = "post", "a job was cut short; its next run goes on"),
    }
}
