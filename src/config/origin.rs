//! Under which address a service is reached.

use std::net::SocketAddr;

use actix_web::http::Uri;

/// The address at which this machine reaches what listens on `listen`: every address is no address to go to.
pub fn reached_at(listen: SocketAddr) -> String {
    if listen.ip().is_unspecified() {
        format!("http://localhost:{}", listen.port())
    } else {
        format!("http://{listen}")
    }
}

/// A scheme and a host, perhaps a port, and nothing more: links are made by adding a path, and
/// tokens name it letter by letter.
pub(super) fn is_origin(url: &str) -> bool {
    let Ok(uri) = url.parse::<Uri>() else { return false };
    let (scheme, authority) = (uri.scheme_str().unwrap_or_default(), uri.authority());
    authority.is_some_and(|host| {
        !host.host().is_empty() && ["http", "https"].contains(&scheme) && url == format!("{scheme}://{host}")
    }) && !url.contains('@')
}
