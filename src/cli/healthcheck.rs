//! `sanggar healthcheck`: what a container runtime asks.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

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
    let at = target(config.listen);
    let asked = tokio::time::timeout(std::time::Duration::from_secs(5), ask(at)).await;
    match asked {
        Ok(Ok(status)) if status.starts_with("HTTP/1.1 200") => Ok(()),
        Ok(Ok(status)) => Err(format!("{at} is not ready: {status}")),
        Ok(Err(error)) => Err(format!("{at} is not reachable: {error}")),
        Err(_) => Err(format!("{at} did not answer within five seconds")),
    }
}

/// Where the service listens; of every address the one of this machine.
fn target(listen: SocketAddr) -> SocketAddr {
    let ip = match listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, listen.port())
}

async fn ask(at: SocketAddr) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(at).await?;
    stream.write_all(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").await?;
    let mut answer = String::new();
    stream.take(4096).read_to_string(&mut answer).await?;
    Ok(answer.lines().next().unwrap_or_default().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_service_is_asked_where_it_listens() {
        for (listen, asked) in [
            ("127.0.0.1:8080", "127.0.0.1:8080"),
            ("0.0.0.0:8080", "127.0.0.1:8080"),
            ("[::]:8080", "[::1]:8080"),
            ("10.0.0.7:9000", "10.0.0.7:9000"),
        ] {
            assert_eq!(target(listen.parse().unwrap()), asked.parse().unwrap());
        }
    }
}
