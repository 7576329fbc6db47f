//! `sanggar healthcheck`: what a container runtime asks.

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::config::Config;

/// Asks `/readyz` of the service on this machine.
///
/// # Errors
/// When it does not answer 200 within five seconds.
pub async fn run(config: &Config) -> Result<(), String> {
    let asked = tokio::time::timeout(std::time::Duration::from_secs(5), ask(config.listen.port())).await;
    match asked {
        Ok(Ok(status)) if status.starts_with("HTTP/1.1 200") => Ok(()),
        Ok(Ok(status)) => Err(format!("not ready: {status}")),
        Ok(Err(error)) => Err(format!("not reachable: {error}")),
        Err(_) => Err("no answer within five seconds".to_owned()),
    }
}

async fn ask(port: u16) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await?;
    stream.write_all(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").await?;
    let mut answer = String::new();
    stream.take(4096).read_to_string(&mut answer).await?;
    Ok(answer.lines().next().unwrap_or_default().to_owned())
}
