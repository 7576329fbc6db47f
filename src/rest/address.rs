//! From which address a request comes, where proxies may stand in between.

use std::net::IpAddr;

use actix_web::{HttpRequest, http::header::HeaderMap, web::Data};

use crate::{
    access::context::Services,
    foundation::network::{self, NOWHERE, Networks, Told},
};

/// The address that a request is counted under: the peer's, unless the peer is one of the setting `trusted_proxies`;
/// then the last one in `X-Forwarded-For` or `Forwarded` that is not. Of IPv6 the first 64 bits.
pub fn client_address(http: &HttpRequest) -> IpAddr {
    let peer = http.peer_addr().map_or(NOWHERE, |peer| peer.ip());
    let services = http.app_data::<Data<Services>>();
    let trusted = services.map(|services| &services.settings.trusted_proxies);
    let trusted = trusted.filter(|trusted| trusted.contains(peer));
    network::counted(trusted.map_or(peer, |trusted| forwarded(peer, http.headers(), trusted)))
}

fn forwarded(peer: IpAddr, headers: &HeaderMap, trusted: &Networks) -> IpAddr {
    // A line that is no text stays as one that is no address: what stands before it is not believed.
    let lines = |name: &str| -> Vec<&str> {
        headers.get_all(name).map(|line| line.to_str().unwrap_or("?")).collect()
    };
    let (forwarded_for, forwarded) = (lines("x-forwarded-for"), lines("forwarded"));
    network::caller(peer, Told { forwarded_for: &forwarded_for, forwarded: &forwarded }, trusted)
}
