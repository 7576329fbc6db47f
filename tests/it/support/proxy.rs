//! What stands between a node and its database when the network fails: passes everything on
//! until a test says otherwise.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU8, Ordering::SeqCst},
    },
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
};

const PASSES: u8 = 0;
const FROZEN: u8 = 1;
const LOSES_A_COMMIT: u8 = 2;

/// A way to the database that can be blocked.
pub struct Proxy {
    address: SocketAddr,
    mode: Arc<AtomicU8>,
}

impl Proxy {
    /// A way to the server of `url`, and the URL that leads through it.
    pub async fn to(url: &str) -> (Self, String) {
        let authority = url.split("//").nth(1).unwrap().split(['/', '?']).next().unwrap();
        let host = authority.rsplit('@').next().unwrap();
        let server = if host.contains(':') { host.to_owned() } else { format!("{host}:5432") };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let proxy = Self { address: listener.local_addr().unwrap(), mode: Arc::default() };
        // In plain text, so that a COMMIT can be seen.
        let mark = if url.contains('?') { '&' } else { '?' };
        let through = format!("{}{mark}sslmode=disable", url.replacen(host, &proxy.address.to_string(), 1));
        let mode = proxy.mode.clone();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(connect(client, server.clone(), mode.clone()));
            }
        });
        (proxy, through)
    }

    /// From now on nothing passes either way, and no connection ends.
    pub fn freeze(&self) {
        self.mode.store(FROZEN, SeqCst);
    }

    /// Everything passes again.
    pub fn thaw(&self) {
        self.mode.store(PASSES, SeqCst);
    }

    /// The next COMMIT reaches the database; its answer does not come back, and the connection ends.
    pub fn lose_the_answer_to_a_commit(&self) {
        self.mode.store(LOSES_A_COMMIT, SeqCst);
    }
}

async fn connect(client: TcpStream, server: String, mode: Arc<AtomicU8>) {
    let server = TcpStream::connect(server).await.unwrap();
    let ((from_client, to_client), (from_server, to_server)) = (client.into_split(), server.into_split());
    let mute = Arc::new(AtomicBool::new(false));
    // Whichever way ends first ends both.
    tokio::select! {
        () = pump(from_client, to_server, &mode, &mute, true) => {}
        () = pump(from_server, to_client, &mode, &mute, false) => {}
    }
}

async fn pump(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    mode: &AtomicU8,
    mute: &AtomicBool,
    asks: bool,
) {
    let mut buffer = vec![0; 64 * 1024];
    while let Ok(length @ 1..) = from.read(&mut buffer).await {
        while mode.load(SeqCst) == FROZEN {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let commits = asks && buffer[..length].windows(6).any(|part| part == b"COMMIT");
        let loses = commits && mode.compare_exchange(LOSES_A_COMMIT, PASSES, SeqCst, SeqCst).is_ok();
        if loses {
            mute.store(true, SeqCst);
        }
        if (asks || !mute.load(SeqCst)) && to.write_all(&buffer[..length]).await.is_err() {
            return;
        }
        if loses {
            // The database gets to do it.
            tokio::time::sleep(Duration::from_millis(300)).await;
            return;
        }
    }
}
