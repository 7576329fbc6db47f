//! `/oauth/…`: what apps and systems speak with. The protocol's own forms and errors (RFC 6749), not those of the API.

mod apps;
mod authorize;
mod discovery;
mod endpoint;

use actix_web::web::ServiceConfig;

pub use apps::PATH as APPS;

/// The routes of the authorization server, and the page on which one withdraws what apps may do.
pub fn configure(config: &mut ServiceConfig) {
    config.configure(authorize::configure).configure(endpoint::configure);
    config.configure(discovery::configure).configure(apps::configure);
}
