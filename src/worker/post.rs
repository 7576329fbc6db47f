//! Delivers mail that waits, and lets go of what signing in left behind.

use std::sync::Arc;

use crate::{
    access::context::Services,
    identity::{client, mail, sign_in::leftover},
};

/// Delivers what is due. A mail server that is away is tried again later.
pub async fn deliver(services: &Arc<Services>) {
    match mail::deliver_due(services).await {
        Ok(0) => {}
        Ok(delivered) => tracing::info!(delivered, "mail was delivered"),
        Err(error) => tracing::warn!(%error, job = "post", "a job was cut short; its next run goes on"),
    }
}

/// Lets go of what is over: mails, sessions, links, counted attempts, clients that came to nothing.
pub async fn tidy(services: &Arc<Services>) {
    match client::leftover::tidy(services).await {
        Ok(0) => {}
        Ok(gone) => tracing::info!(gone, "clients that registered themselves and came to nothing are gone"),
        Err(error) => tracing::warn!(%error, job = "clients", "a job was cut short; its next run goes on"),
    }
    if let Err(error) = mail::tidy(services).await {
        tracing::warn!(%error, job = "post", "a job was cut short; its next run goes on");
    }
    match leftover::tidy(services).await {
        Ok(0) => {}
        Ok(gone) => tracing::info!(gone, "what signing in left behind is gone"),
        Err(error) => tracing::warn!(%error, job = "sign-in", "a job was cut short; its next run goes on"),
    }
}
