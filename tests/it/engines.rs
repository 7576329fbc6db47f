//! The harness itself: what it takes for a PostgreSQL.

use std::{io::Write, net::TcpListener};

use uuid::Uuid;

use crate::support::{
    TestApp,
    server::{is_stale, usable, without_password},
};

#[tokio::test]
async fn a_port_that_answers_is_not_yet_a_database() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let at = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let _ = stream.unwrap().write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
        }
    });
    let why = usable(&format!("postgres://somebody:hush@{at}/postgres")).await.unwrap_err();
    assert!(why.contains("cannot log in") && !why.contains("hush"), "{why}");
    assert_eq!(without_password("postgres://a:b@c:1/d"), "postgres://a@c:1/d");
}

#[tokio::test]
async fn somebody_the_server_does_not_know_is_no_login() {
    if TestApp::postgres().await.is_none() {
        return;
    }
    let known = crate::support::server::url();
    let host = known.rsplit_once('@').map_or_else(|| known.split_once("://").unwrap().1, |(_, host)| host);
    let why = usable(&format!("postgres://nobody_of_this_name@{host}")).await.unwrap_err();
    assert!(why.contains("cannot log in"), "{why}");
}

#[test]
fn only_what_is_older_than_a_day_counts_as_left_behind() {
    let name = |hours: u64| {
        let then = u64::try_from(chrono::Utc::now().timestamp()).unwrap() - hours * 3600;
        let at = uuid::Timestamp::from_unix(uuid::NoContext, then, 0);
        format!("sanggar_test_{}", Uuid::new_v7(at).simple())
    };
    assert!(is_stale(&name(25), "sanggar_test_"));
    assert!(!is_stale(&name(23), "sanggar_test_"));
    assert!(!is_stale("sanggar_test_else", "sanggar_test_") && !is_stale("sanggar_docs_1", "sanggar_test_"));
}
