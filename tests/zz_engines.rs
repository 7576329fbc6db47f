//! Runs after every other test and says, on the last line, whether PostgreSQL was there.

#![allow(clippy::disallowed_methods, reason = "the test's own environment")]

use std::{net::ToSocketAddrs, time::Duration};

fn main() {
    let url = std::env::var("TEST_DATABASE_URL")
        .unwrap_or_else(|_| "postgres://127.0.0.1:5432/postgres".to_owned());
    let authority = url.split("//").nth(1).and_then(|rest| rest.split(['/', '?']).next()).unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let address = if host.contains(':') { host.to_owned() } else { format!("{host}:5432") };
    let there = address
        .to_socket_addrs()
        .into_iter()
        .flatten()
        .any(|a| std::net::TcpStream::connect_timeout(&a, Duration::from_secs(2)).is_ok());
    if there {
        println!("PostgreSQL answered at {address}: every scenario ran on both engines.");
        return;
    }
    println!(
        "!!! PostgreSQL did NOT answer at {address}: the tests ran on SQLite ONLY. Set TEST_DATABASE_URL. !!!"
    );
    if std::env::var_os("SANGGAR_REQUIRE_POSTGRES").is_some() {
        std::process::exit(1);
    }
}
