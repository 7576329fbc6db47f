//! Many who follow their communities on two nodes, each a process: the same as `sanggar bench subscribers`, smaller.

use std::process::Command;

use crate::support::server;

/// Runs it; answers what it printed.
fn measured(more: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_sanggar"))
        .env_clear()
        .env("TMPDIR", folder.path())
        .args(["bench", "subscribers", "--nodes", "2", "--subscribers", "240", "--communities", "4"])
        .args(["--events", "36", "--per-second", "20"])
        .args(more)
        .current_dir(folder.path())
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is left behind");
    text
}

fn assert_told(text: &str) {
    // Of twenty, one is a member of no community and two are of two: 240 have 252 memberships with nine events each.
    assert!(text.contains("228 of them members; 36 events of 4 communities"), "{text}");
    assert!(text.contains("2268 deliveries, each once"), "{text}");
    assert!(text.contains("all 240 were refused"), "{text}");
    assert!(text.contains("48 were cut off and came back"), "{text}");
}

#[test]
fn everybody_hears_all_that_they_may_and_nothing_else_over_one_file() {
    let text = measured(&[]);
    assert!(text.contains("SQLite: 240 subscribers on 2 nodes"), "{text}");
    assert_told(&text);
}

#[tokio::test]
async fn everybody_hears_all_that_they_may_and_nothing_else_over_one_server() {
    if server::usable(&server::url()).await.is_err() && !server::required() {
        return;
    }
    let text = tokio::task::spawn_blocking(|| measured(&["--postgres", &server::url()])).await.unwrap();
    assert!(text.contains("PostgreSQL: 240 subscribers on 2 nodes"), "{text}");
    assert_told(&text);
}

#[test]
fn a_community_too_few_is_refused() {
    let output = Command::new(env!("CARGO_BIN_EXE_sanggar"))
        .args(["bench", "subscribers", "--communities", "2"])
        .output()
        .unwrap();
    assert!(!output.status.success(), "whoever is a member of two needs a third that is not theirs");
}
