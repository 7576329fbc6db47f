//! The messages of `graphql-transport-ws`, and the codes with which a connection is closed.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::foundation::error::Error;

/// What a client says.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FromClient {
    /// Opens the conversation; the payload may carry the token.
    ConnectionInit {
        /// `{"authorization": "Bearer …"}`
        #[serde(default)]
        payload: Option<Value>,
    },
    /// Asks for a sign of life.
    Ping {
        /// Comes back with the answer.
        #[serde(default)]
        payload: Option<Value>,
    },
    /// Gives one.
    Pong {},
    /// Begins a subscription under an id of the client's choice.
    Subscribe {
        /// Unique among those that run on this connection.
        id: String,
        /// A GraphQL request as over HTTP.
        payload: Value,
    },
    /// Ends one.
    Complete {
        /// Which.
        id: String,
    },
}

/// What we say.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FromServer<'a> {
    /// The conversation is open.
    ConnectionAck,
    /// A sign of life, with what the client sent along.
    Pong {
        /// Its payload.
        #[serde(skip_serializing_if = "Option::is_none")]
        payload: Option<Value>,
    },
    /// One answer of a subscription.
    Next {
        /// Of which.
        id: &'a str,
        /// `{data, errors, extensions}`
        payload: &'a RawValue,
    },
    /// A subscription did not begin; nothing follows under this id.
    Error {
        /// Of which.
        id: &'a str,
        /// The errors, as in an answer.
        payload: &'a RawValue,
    },
    /// A subscription is over.
    Complete {
        /// Which.
        id: &'a str,
    },
}

/// Why a connection is closed: code and reason of the close frame. Reasons have at most 123 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Close {
    /// A message that nobody understands.
    BadMessage,
    /// Subscribed before the conversation was open.
    Unauthorized,
    /// The token is not good, or no longer.
    Forbidden,
    /// The token is bound to a key, which must be proved with each request; a socket has none.
    Bound,
    /// The conversation was not opened in time.
    InitTimeout,
    /// The id of a running subscription again.
    SubscriberExists,
    /// Opened twice.
    TooManyInits,
    /// No sign of life.
    Silent,
    /// The service stops: connect again elsewhere.
    GoingAway,
}

impl Close {
    /// How a token that is refused closes the conversation.
    pub fn of(error: &Error) -> Self {
        match error {
            Error::Unauthenticated("token_bound_to_requests") => Self::Bound,
            _ => Self::Forbidden,
        }
    }

    /// The code, by the protocol or RFC 6455 section 7.4.1.
    pub const fn code(self) -> u16 {
        match self {
            Self::BadMessage => 4400,
            Self::Unauthorized => 4401,
            Self::Forbidden | Self::Bound => 4403,
            Self::InitTimeout => 4408,
            Self::SubscriberExists => 4409,
            Self::TooManyInits => 4429,
            Self::Silent => 1011,
            Self::GoingAway => 1001,
        }
    }

    /// The reason, in the words of the protocol where it has them: clients compare them.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::BadMessage => "Invalid message",
            Self::Unauthorized => "Unauthorized",
            Self::Forbidden => "Forbidden",
            Self::Bound => "Forbidden: a token bound to a key (DPoP) cannot open a socket",
            Self::InitTimeout => "Connection initialisation timeout",
            Self::SubscriberExists => "Subscriber already exists",
            Self::TooManyInits => "Too many initialisation requests",
            Self::Silent => "No sign of life",
            Self::GoingAway => "Going away",
        }
    }
}

/// Reads a message.
pub fn read(text: &str) -> Result<FromClient, Close> {
    let message = serde_json::from_str(text).map_err(|_| Close::BadMessage)?;
    match &message {
        FromClient::Subscribe { id, .. } | FromClient::Complete { id } if !is_id(id) => {
            Err(Close::BadMessage)
        }
        _ => Ok(message),
    }
}

/// An id comes back in every message; a long one would only be sent to and fro.
fn is_id(id: &str) -> bool {
    (1..=128).contains(&id.len())
}

/// Writes a message.
pub fn write(message: &FromServer<'_>) -> String {
    // Texts, numbers and maps with keys of text: nothing in it that JSON does not have.
    serde_json::to_string(message).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_clients_say_is_understood() {
        assert!(matches!(
            read(r#"{"type":"connection_init"}"#),
            Ok(FromClient::ConnectionInit { payload: None })
        ));
        assert!(matches!(read(r#"{"type":"pong","payload":{"a":1}}"#), Ok(FromClient::Pong {})));
        let subscribe = r#"{"id":"1","type":"subscribe","payload":{"query":"subscription { a }"}}"#;
        assert!(matches!(read(subscribe), Ok(FromClient::Subscribe { id, .. }) if id == "1"));
        assert!(matches!(read(r#"{"type":"complete","id":"1"}"#), Ok(FromClient::Complete { .. })));
    }

    #[test]
    fn what_nobody_understands_closes_the_connection() {
        for bad in [
            "",
            "[]",
            "null",
            r#"{"type":"start"}"#,
            r#"{"type":"subscribe"}"#,
            r#"{"type":"subscribe","id":"","payload":{}}"#,
            r#"{"type":"complete","id":7}"#,
        ] {
            assert_eq!(read(bad).map(|_| ()), Err(Close::BadMessage), "{bad}");
        }
    }

    #[test]
    fn reasons_fit_into_a_close_frame() {
        use Close::*;
        for close in [
            BadMessage,
            Unauthorized,
            Forbidden,
            InitTimeout,
            SubscriberExists,
            TooManyInits,
            Silent,
            GoingAway,
        ] {
            assert!(close.reason().len() <= 123);
        }
    }

    proptest! {
        #[test]
        fn no_text_is_more_than_a_message_or_a_refusal(text in ".{0,200}") {
            let _ = read(&text);
        }
    }
}
