//! As little of a WebSocket client as our own server needs (RFC 6455): texts, pings, the end.

use std::net::SocketAddr;

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
};

const TEXT: u8 = 1;
const CLOSE: u8 = 8;
const PING: u8 = 9;
const PONG: u8 = 10;
/// The longest frame that is read; ours are far shorter.
const LONGEST: u64 = 1 << 20;

/// One connection.
pub struct Socket(BufReader<TcpStream>);

impl Socket {
    /// Opens a connection that speaks `graphql-transport-ws`.
    ///
    /// # Errors
    /// In words.
    pub async fn open(address: SocketAddr) -> Result<Self, String> {
        let stream = TcpStream::connect(address).await.map_err(|e| format!("{address}: {e}"))?;
        stream.set_nodelay(true).map_err(|e| e.to_string())?;
        let mut socket = Self(BufReader::with_capacity(4 * 1024, stream));
        // The key only shows that the server speaks the protocol; ours does.
        let hello = "GET /graphql/ws HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
                     Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: c2FuZ2dhci1iZW5jaGtleQ==\r\n\
                     Sec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n";
        socket.0.get_mut().write_all(hello.as_bytes()).await.map_err(|e| e.to_string())?;
        let mut line = String::new();
        socket.0.read_line(&mut line).await.map_err(|e| e.to_string())?;
        if line.split(' ').nth(1) != Some("101") {
            return Err(format!("no connection was opened: {}", line.trim()));
        }
        while line.trim() != "" {
            line.clear();
            socket.0.read_line(&mut line).await.map_err(|e| e.to_string())?;
        }
        Ok(socket)
    }

    /// Sends a text.
    ///
    /// # Errors
    /// In words.
    pub async fn say(&mut self, text: &str) -> Result<(), String> {
        self.send(TEXT, text.as_bytes()).await
    }

    async fn send(&mut self, kind: u8, payload: &[u8]) -> Result<(), String> {
        let mut frame = vec![0x80 | kind];
        // Clients mask what they send. Nothing stands between here and there that a mask would protect.
        match u16::try_from(payload.len()) {
            Ok(short) if short < 126 => frame.push(0x80 | short.to_be_bytes()[1]),
            Ok(length) => {
                frame.push(0x80 | 126);
                frame.extend(length.to_be_bytes());
            }
            Err(_) => return Err("too long a message".to_owned()),
        }
        frame.extend([0; 4]);
        frame.extend(payload);
        self.0.get_mut().write_all(&frame).await.map_err(|e| e.to_string())
    }

    /// The next text; none once the server has closed the connection.
    ///
    /// # Errors
    /// In words.
    pub async fn hear(&mut self) -> Result<Option<String>, String> {
        loop {
            let (kind, payload) = self.frame().await?;
            match kind {
                TEXT => return String::from_utf8(payload).map(Some).map_err(|e| e.to_string()),
                PING => self.send(PONG, &payload).await?,
                CLOSE => return Ok(None),
                _ => {}
            }
        }
    }

    async fn frame(&mut self) -> Result<(u8, Vec<u8>), String> {
        let told = |e: std::io::Error| e.to_string();
        let [first, second] = [self.0.read_u8().await.map_err(told)?, self.0.read_u8().await.map_err(told)?];
        let length = match second & 0x7f {
            126 => u64::from(self.0.read_u16().await.map_err(told)?),
            127 => self.0.read_u64().await.map_err(told)?,
            short => u64::from(short),
        };
        if length > LONGEST || first & 0x80 == 0 || second & 0x80 != 0 {
            return Err("a frame that our server does not send".to_owned());
        }
        let mut payload = vec![0; usize::try_from(length).map_err(|e| e.to_string())?];
        self.0.read_exact(&mut payload).await.map_err(told)?;
        Ok((first & 0x0f, payload))
    }
}
