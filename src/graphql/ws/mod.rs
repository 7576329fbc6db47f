//! Subscriptions over WebSocket, by the protocol `graphql-transport-ws` of graphql-ws
//! (<https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md>). Queries and mutations stay with HTTP:
//! there they are cached, retried and counted.

mod protocol;
mod session;

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, HeaderValue},
    web::{Data, Payload},
};

use super::{endpoint::Endpoint, gate::Quotas, http::refuse};
use crate::{
    foundation::error::Error,
    rest::{call, problem},
};
use session::{Door, Session};

/// The name of the protocol, which the client asks for in `Sec-WebSocket-Protocol`.
pub const PROTOCOL: &str = "graphql-transport-ws";

/// The longest message that is read, in bytes: a document with its values.
const LONGEST_MESSAGE: usize = 256 * 1024;

/// Opens a connection. The token comes in the header `Authorization`, or as `authorization` in the payload
/// of `connection_init`, for browsers cannot send headers here.
pub async fn upgrade(endpoint: Data<Endpoint>, http: HttpRequest, payload: Payload) -> HttpResponse {
    if !speaks_ours(&http) {
        return refuse(&http, Error::malformed("/Sec-WebSocket-Protocol", "subprotocol_missing"));
    }
    let services = match call::services(&http) {
        Ok(services) => services,
        Err(error) => return refuse(&http, error),
    };
    let Some(place) = session::take_place() else {
        return refuse(&http, Error::Unavailable("too many connections are open".into()));
    };
    let door = Door {
        endpoint,
        services,
        language: problem::language(&http),
        request_id: problem::request_id(&http),
        authorization: http.headers().get(header::AUTHORIZATION).map(HeaderValue::as_bytes).map(text),
        quotas: Quotas::of(&http),
    };
    match actix_ws::handle_with_protocols(&http, payload, &[PROTOCOL]) {
        Ok((response, out, incoming)) => {
            let incoming = incoming.max_frame_size(LONGEST_MESSAGE).aggregate_continuations();
            let incoming = incoming.max_continuation_size(LONGEST_MESSAGE);
            actix_web::rt::spawn(Session::new(door, out).run(incoming, place));
            response
        }
        Err(_) => refuse(&http, Error::malformed("/Upgrade", "websocket_upgrade_missing")),
    }
}

/// A header's text; what is no text is no token either.
fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn speaks_ours(http: &HttpRequest) -> bool {
    let lines = http.headers().get_all(header::SEC_WEBSOCKET_PROTOCOL).filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).any(|offered| offered.trim() == PROTOCOL)
}
