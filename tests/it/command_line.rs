//! The program as somebody at a terminal meets it.

use std::process::{Command, Output};

fn run(args: &[&str], variables: &[(&str, &str)]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    Command::new(env!("CARGO_BIN_EXE_sanggar"))
        .env_clear()
        .envs(variables.iter().copied())
        .env("TMPDIR", folder.path())
        .args(args)
        .current_dir(folder.path())
        .output()
        .unwrap()
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn what_serve_refuses_config_refuses_with_the_same_words() {
    for (name, value) in [
        ("SANGGAR_NUMBER_SCHEME", "abc"),
        ("SANGGAR_LOG", "[[["),
        ("SANGGAR_CURSOR_SECRET", "zzz"),
        ("SANGGAR_TOKEN_PEM", "garbage"),
        ("SANGGAR_PUBLIC_URL", "https://a b"),
        ("DATABASE_URL", "mysql://somebody:hush@host/x"),
    ] {
        let [config, serve] = ["config", "serve"].map(|command| run(&[command], &[(name, value)]));
        assert!(!config.status.success() && !serve.status.success(), "{name}");
        assert_eq!(told(&config), told(&serve));
        assert!(told(&config).contains(&format!("from {name}:")), "{}", told(&config));
        assert!(!told(&config).contains("hush"), "{}", told(&config));
    }
}

#[test]
fn the_demo_needs_no_database_of_the_shell_and_says_what_it_does_and_when_it_is() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let listen = format!("0.0.0.0:{port}");
    let output = run(&["demo", "--listen", &listen, "--seconds", "1"], &[("DATABASE_URL", "mysql://host/x")]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{text}{}", told(&output));
    assert!(
        text.contains(&format!("http://localhost:{port}/")) && !text.contains("http://0.0.0.0"),
        "{text}"
    );
    let (before, _) = text.split_once("is ready").unwrap();
    assert!(before.contains("people ...") && before.contains("three years of trainings ..."), "{text}");
    assert!(text.contains("23 November 2026"), "{text}");
}

#[test]
fn a_token_for_a_region_that_cannot_be_is_refused() {
    let output = run(&["token", "--role", "regional_officer", "--region", "99.99.9"], &[]);
    assert!(!output.status.success());
    assert!(told(&output).contains("region"), "{}", told(&output));
}

#[test]
fn a_new_token_key_is_made_on_demand_and_the_old_one_stays_beside_it() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    let variables = [("SANGGAR_DATA_DIR", data.to_str().unwrap())];
    let early = run(&["keys", "rotate"], &variables);
    assert!(!early.status.success() && told(&early).contains("is not there"), "{}", told(&early));
    assert!(run(&["token", "--role", "ministry"], &variables).status.success());
    let done = run(&["keys", "rotate"], &variables);
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(done.status.success() && said.contains("is replaced by"), "{said}{}", told(&done));
    let public = std::fs::read_dir(data.join("keys")).unwrap();
    let public = public.filter(|file| {
        let name = file.as_ref().unwrap().file_name().into_string().unwrap();
        name.starts_with("token-") && name.ends_with(".pub.pem")
    });
    assert_eq!(public.count(), 2);
}

#[test]
fn the_health_check_names_the_address_that_does_not_answer() {
    let variables = [("SANGGAR_LISTEN", "127.0.0.1:1"), ("DATABASE_URL", "mysql://host/x")];
    let output = run(&["healthcheck"], &variables);
    assert!(told(&output).contains("127.0.0.1:1 is not reachable"), "{}", told(&output));
}

#[test]
fn the_audit_trail_is_checked_alone_by_its_name() {
    let alone = run(&["fsck", "audit"], &[]);
    assert!(!alone.status.success() && told(&alone).contains("is missing"), "{}", told(&alone));
    let other = run(&["fsck", "seats"], &[]);
    assert!(!other.status.success() && told(&other).contains("audit"), "{}", told(&other));
}
