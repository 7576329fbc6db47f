//! A client of `graphql-transport-ws` that nobody of the service's own code helps.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Error, Message, client::IntoClientRequest, http::HeaderValue},
};

use super::TestApp;

/// How long a message may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// One connection.
pub struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Socket {
    /// Opens a connection; the conversation is not open yet.
    pub async fn connect(app: &TestApp, protocol: Option<&'static str>) -> Result<Self, Box<Error>> {
        let address = format!("{}/graphql/ws", app.base.replace("http://", "ws://"));
        let mut request = address.into_client_request().unwrap();
        if let Some(protocol) = protocol {
            request.headers_mut().insert("sec-websocket-protocol", HeaderValue::from_static(protocol));
        }
        connect_async(request).await.map(|(stream, _)| Self(stream)).map_err(Box::new)
    }

    /// Opens a connection and the conversation with this token.
    pub async fn open(app: &TestApp, token: &str) -> Self {
        let mut socket = Self::connect(app, Some("graphql-transport-ws")).await.unwrap();
        let payload = json!({ "authorization": format!("Bearer {token}") });
        socket.say(&json!({ "type": "connection_init", "payload": payload })).await;
        assert_eq!(socket.hear().await["type"], "connection_ack");
        socket
    }

    /// Sends a message.
    pub async fn say(&mut self, message: &Value) {
        self.send(&message.to_string()).await;
    }

    /// Sends a text.
    pub async fn send(&mut self, text: &str) {
        self.0.send(Message::text(text)).await.unwrap();
    }

    /// Begins a subscription to a community.
    pub async fn follow(&mut self, id: &str, community: &str, after: Option<&str>) {
        let query = "subscription($id: CommunityID!, $after: String) { communityUpdates(id: $id, after: $after) \
            { cursor event { kind subjectKind subjectId version activity { title status } } } }";
        let query = query.replace("CommunityID", "ID");
        let variables = json!({ "id": community, "after": after });
        let payload = json!({ "query": query, "variables": variables });
        self.say(&json!({ "type": "subscribe", "id": id, "payload": payload })).await;
    }

    /// The next message; pings of the transport are answered by the library.
    pub async fn hear(&mut self) -> Value {
        self.hear_within(PATIENCE).await.expect("no message came")
    }

    /// The next message, if one comes in time.
    pub async fn hear_within(&mut self, patience: Duration) -> Option<Value> {
        let next = async {
            loop {
                match self.0.next().await.expect("the connection ended").unwrap() {
                    Message::Text(text) => return serde_json::from_str(&text).unwrap(),
                    Message::Ping(_) | Message::Pong(_) => {}
                    other => panic!("{other:?}"),
                }
            }
        };
        tokio::time::timeout(patience, next).await.ok()
    }

    /// The next update of a subscription: its cursor and its event.
    pub async fn update(&mut self) -> (String, Value) {
        let message = self.hear().await;
        assert_eq!(message["type"], "next", "{message}");
        let update = &message["payload"]["data"]["communityUpdates"];
        assert!(update["cursor"].is_string(), "{message}");
        (update["cursor"].as_str().unwrap().to_owned(), update["event"].clone())
    }

    /// How the service closes the connection: code and reason.
    pub async fn closed(mut self) -> (u16, String) {
        let end = async {
            loop {
                match self.0.next().await {
                    Some(Ok(Message::Close(Some(frame)))) => {
                        return (frame.code.into(), frame.reason.to_string());
                    }
                    Some(Ok(_)) => {}
                    other => panic!("{other:?}"),
                }
            }
        };
        tokio::time::timeout(PATIENCE, end).await.expect("the connection stayed open")
    }
}
