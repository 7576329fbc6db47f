//! Everything that is built into the service may be given away with it: each dependency's licence
//! is one of those listed here. Nothing is downloaded; `deny.toml` says the same to `cargo deny`.

use std::process::Command;

use serde_json::Value;

/// Licences whose terms a permissive project can pass on.
const ALLOWED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

#[test]
fn every_dependency_may_be_passed_on() {
    let metadata = metadata();
    let packages = metadata["packages"].as_array().unwrap();
    assert!(packages.len() > 100, "only {} packages were found", packages.len());
    let refused: Vec<String> = packages
        .iter()
        .filter(|package| !package["license"].as_str().is_some_and(acceptable))
        .map(|package| format!("{} {}: {}", package["name"], package["version"], package["license"]))
        .collect();
    assert!(refused.is_empty(), "not on the list of licences:\n{}", refused.join("\n"));
}

#[test]
fn deny_toml_allows_the_same_licences() {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/deny.toml")).unwrap();
    let list = text.split_once("allow = [").unwrap().1.split_once(']').unwrap().0;
    let listed: Vec<&str> = list.split('"').skip(1).step_by(2).collect();
    assert_eq!(listed, ALLOWED);
}

#[test]
fn everything_comes_from_the_public_registry_or_this_workspace() {
    for package in metadata()["packages"].as_array().unwrap() {
        let source = package["source"].as_str().unwrap_or("workspace");
        assert!(source == "workspace" || source.starts_with("registry+"), "{}: {source}", package["name"]);
    }
}

#[test]
fn an_expression_is_acceptable_only_when_one_choice_is() {
    for good in [
        "MIT",
        "MIT OR GPL-3.0",
        "Apache-2.0/MIT",
        "(MIT OR Apache-2.0) AND Unicode-3.0",
        "MIT AND (GPL-2.0 OR ISC)",
    ] {
        assert!(acceptable(good), "{good}");
    }
    for bad in
        ["GPL-3.0", "AGPL-3.0-only", "MIT AND GPL-2.0", "SSPL-1.0 OR BUSL-1.1", "", "(MIT", "Proprietary"]
    {
        assert!(!acceptable(bad), "{bad}");
    }
}

fn metadata() -> Value {
    let rustc = Command::new("rustc").arg("-vV").output().unwrap();
    let rustc = String::from_utf8(rustc.stdout).unwrap();
    let host = rustc.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--locked", "--offline", "--filter-platform", host])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Whether an SPDX expression (also with the old `/` for `OR`) leaves a choice that is allowed.
fn acceptable(expression: &str) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let tokens: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    let good = any_of(&tokens, &mut at);
    good && at == tokens.len()
}

fn any_of(tokens: &[&str], at: &mut usize) -> bool {
    let mut good = all_of(tokens, at);
    while tokens.get(*at) == Some(&"OR") {
        *at += 1;
        good |= all_of(tokens, at);
    }
    good
}

fn all_of(tokens: &[&str], at: &mut usize) -> bool {
    let mut good = one(tokens, at);
    while tokens.get(*at) == Some(&"AND") {
        *at += 1;
        good &= one(tokens, at);
    }
    good
}

fn one(tokens: &[&str], at: &mut usize) -> bool {
    let Some(token) = tokens.get(*at) else { return false };
    *at += 1;
    if *token == "(" {
        let good = any_of(tokens, at);
        *at += 1;
        return good && tokens.get(*at - 1) == Some(&")");
    }
    if tokens.get(*at) == Some(&"WITH") {
        *at += 2;
        let exception = tokens.get(*at - 1).copied().unwrap_or_default();
        return ALLOWED.contains(&format!("{token} WITH {exception}").as_str());
    }
    ALLOWED.contains(token)
}
