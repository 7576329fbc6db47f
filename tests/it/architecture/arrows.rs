//! The arrow rule: which room of the house may use which.

use super::source::{Source, code};

/// Rooms of `src/`, and the rooms each may use besides itself.
const ROOMS: &[(&str, &[&str])] = &[
    ("locales", &[]),
    ("foundation", &["locales"]),
    ("access", &["foundation"]),
    ("directory", &["access", "foundation"]),
    ("identity", &["directory", "access", "foundation"]),
    ("training", &["directory", "access", "foundation"]),
    ("certification", &["training", "directory", "access", "foundation"]),
    ("community", &["certification", "training", "directory", "access", "foundation"]),
    ("learning", &["community", "certification", "training", "directory", "access", "foundation"]),
    ("exchange", &["certification", "training", "directory", "access", "foundation"]),
    (
        "privacy",
        &[
            "exchange",
            "learning",
            "community",
            "certification",
            "training",
            "identity",
            "directory",
            "access",
            "foundation",
        ],
    ),
    (
        "rest",
        &[
            "privacy",
            "learning",
            "exchange",
            "community",
            "certification",
            "training",
            "identity",
            "directory",
            "access",
            "foundation",
        ],
    ),
    (
        "worker",
        &[
            "privacy",
            "community",
            "certification",
            "training",
            "identity",
            "directory",
            "access",
            "foundation",
        ],
    ),
    // GraphQL travels over HTTP: it reads callers and words errors as the REST face does.
    (
        "graphql",
        &[
            "rest",
            "privacy",
            "learning",
            "exchange",
            "community",
            "certification",
            "training",
            "identity",
            "directory",
            "access",
            "foundation",
        ],
    ),
];

/// What stands above both faces: wires everything, and nobody below may use it.
fn is_top(room: &str) -> bool {
    !ROOMS.iter().any(|(name, _)| *name == room)
}

/// The room a file of `src/` belongs to: its first folder, or its own name.
fn room(path: &str) -> &str {
    let inside = path.strip_prefix("src/").unwrap_or(path);
    inside.split('/').next().unwrap_or(inside).trim_end_matches(".rs")
}

/// How many modules deep a file is (`src/foundation/error.rs` is two).
fn depth(path: &str) -> usize {
    let inside = path.strip_prefix("src/").unwrap_or(path).trim_end_matches(".rs");
    inside.split('/').filter(|part| !matches!(*part, "mod" | "lib" | "main")).count()
}

/// Every room that `source` names, with the line where it does.
fn uses(source: &Source, rooms: &[&str]) -> Vec<(usize, String)> {
    let text = code(&source.text, false);
    let mut found = Vec::new();
    for (at, _) in text.match_indices("crate::") {
        let line = text[..at].matches('\n').count() + 1;
        let rest = text[at + "crate::".len()..].trim_start();
        for name in first_names(rest) {
            found.push((line, name));
        }
    }
    for (at, after) in climbs(&text) {
        // Only a climb that reaches the root names a room; one below names a sibling.
        if after.0 >= depth(&source.path) && rooms.contains(&after.1.as_str()) {
            found.push((text[..at].matches('\n').count() + 1, after.1));
        }
    }
    found
}

/// The first name of a path, or of each branch of a `{…}` group.
fn first_names(text: &str) -> Vec<String> {
    let Some(group) = text.strip_prefix('{') else { return vec![identifier(text)] };
    let (mut depth, mut names, mut branch) = (1_u32, Vec::new(), String::new());
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => names.push(identifier(std::mem::take(&mut branch).trim())),
            _ if depth == 1 => branch.push(c),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    names.push(identifier(branch.trim()));
    names.retain(|name| !name.is_empty());
    names
}

fn identifier(text: &str) -> String {
    text.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect()
}

/// Each `super::super::name` with how many steps it climbs.
fn climbs(text: &str) -> Vec<(usize, (usize, String))> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].find("super::") {
        let start = at + next;
        let mut end = start;
        let mut steps = 0;
        while text[end..].starts_with("super::") {
            (end, steps) = (end + "super::".len(), steps + 1);
        }
        for name in first_names(&text[end..]) {
            found.push((start, (steps, name)));
        }
        at = end;
    }
    found
}

/// What of `sources` breaks the arrow rule, one line each. Macros stand at the crate's root and
/// belong to the room that declares them.
pub fn violations(sources: &[Source]) -> Vec<String> {
    let macros: Vec<(String, &str)> = sources.iter().flat_map(exported_macros).collect();
    let names: Vec<&str> = sources.iter().map(|s| room(&s.path)).collect();
    let mut broken = Vec::new();
    for source in sources {
        let from = room(&source.path);
        for (line, name) in uses(source, &names) {
            let to = macros.iter().find(|(m, _)| *m == name).map_or(name.as_str(), |(_, home)| *home);
            if !allowed(from, to) {
                broken.push(format!("{}:{line}: `{from}` must not use `{to}`", source.path));
            }
        }
    }
    broken
}

fn exported_macros(source: &Source) -> Vec<(String, &str)> {
    let text = code(&source.text, false);
    text.split("#[macro_export]")
        .skip(1)
        .filter_map(|rest| {
            Some((identifier(rest.split_once("macro_rules!")?.1.trim_start()), room(&source.path)))
        })
        .collect()
}

fn allowed(from: &str, to: &str) -> bool {
    if from == to {
        return true;
    }
    match ROOMS.iter().find(|(name, _)| *name == from) {
        Some((_, below)) => below.contains(&to),
        None => is_top(from) && !matches!(to, "main"),
    }
}

/// What makes a file of rules more than rules: input, output, time, the caller.
const IMPURE: &[&str] = &[
    "sea_orm::",
    "actix_web::",
    "tokio::",
    "reqwest::",
    "std::fs",
    "std::net",
    "std::time::SystemTime",
    "Utc::now",
    "access::context",
    "async fn",
    ".await",
];

/// Rule files that do more than decide.
pub fn impure_rules(sources: &[Source]) -> Vec<String> {
    let mut broken = Vec::new();
    for source in sources.iter().filter(|s| is_rule(&s.path)) {
        let text = code(&source.text, false);
        for needle in IMPURE.iter().filter(|needle| text.contains(**needle)) {
            broken.push(format!("{}: a rule is pure, but here stands `{needle}`", source.path));
        }
    }
    broken
}

fn is_rule(path: &str) -> bool {
    path.ends_with("/rule.rs") || path.contains("/rule/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn planted(path: &str, text: &str) -> Vec<String> {
        violations(&[
            Source {
                path: "src/foundation/domain_enum.rs".into(),
                text: "#[macro_export]\nmacro_rules! domain_enum {}".into(),
            },
            Source { path: "src/rest/call.rs".into(), text: String::new() },
            Source { path: path.to_owned(), text: text.to_owned() },
        ])
    }

    #[test]
    fn a_planted_arrow_upwards_is_found_however_it_is_written() {
        for (path, text) in [
            ("src/foundation/page.rs", "use crate::access::actor::Actor;"),
            ("src/access/policy.rs", "use crate::{foundation::error::Error, directory::school};"),
            (
                "src/directory/school/read.rs",
                "use crate::{\n    access::scope,\n    training::{batch, program},\n};",
            ),
            ("src/training/batch/write.rs", "fn f() { crate::certification::certificate::write::issue(); }"),
            ("src/certification/certificate/view.rs", "use crate::rest::reply;"),
            ("src/training/batch/read.rs", "use super::super::super::rest::call;"),
            ("src/rest/batch.rs", "use crate::graphql::list;"),
            ("src/graphql/batch.rs", "use crate::startup::run;"),
            ("src/directory/school/write.rs", "use crate::exchange::import;"),
        ] {
            assert_eq!(planted(path, text).len(), 1, "{path}: {text}");
        }
    }

    #[test]
    fn an_arrow_downwards_is_no_violation() {
        for (path, text) in [
            ("src/foundation/page.rs", "use super::error::Error; // crate::access is above"),
            ("src/access/policy.rs", "use crate::foundation::error::Error;"),
            ("src/training/batch/rule.rs", "use crate::domain_enum;\nuse super::super::program;"),
            ("src/graphql/batch.rs", "use crate::{rest::problem, training::batch::{read, rule::{self, X}}};"),
            ("src/startup.rs", "use crate::{config::Config, graphql, rest};"),
            ("src/exchange/import.rs", "const NOTE: &str = \"crate::rest::call\"; use crate::certification;"),
        ] {
            assert_eq!(planted(path, text), Vec::<String>::new(), "{path}: {text}");
        }
    }

    #[test]
    fn a_rule_that_reads_the_clock_or_the_database_is_found() {
        let rule = |text: &str| {
            impure_rules(&[Source { path: "src/training/batch/rule.rs".into(), text: text.to_owned() }]).len()
        };
        assert_eq!(rule("use sea_orm::EntityTrait;"), 1);
        assert_eq!(rule("pub async fn check() { Utc::now() }"), 2);
        assert_eq!(rule("/// What `sea_orm::` stores.\npub fn check() {}"), 0);
    }
}
