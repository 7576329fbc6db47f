//! Codes and their texts: every code the source can answer with has words in every language.

use std::collections::{BTreeMap, BTreeSet};

use super::source::{Source, code};

/// A call that carries a code: its name, which argument is the code, what goes before it in the catalogue.
const CALLS: &[(&str, usize, &str)] = &[
    ("Fault::new", 1, ""),
    ("Error::conflict", 0, ""),
    ("Error::invalid", 1, ""),
    ("Error::malformed", 1, ""),
    ("Error::Unauthenticated", 0, ""),
    ("Unauthenticated", 0, ""),
    (".require", 2, ""),
    ("Error::NotFound", 0, "noun-"),
    ("NotFound", 0, "noun-"),
];

/// Catalogue keys that the source's calls need, each with where.
pub fn needed(sources: &[Source]) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for source in sources {
        let text = untested(&code(&source.text, true));
        for (name, position, prefix) in CALLS {
            for (at, _) in text.match_indices(&format!("{name}(")) {
                let inside = &text[at + name.len() + 1..];
                let Some(argument) = arguments(inside).into_iter().nth(*position) else { continue };
                for literal in code_literals(&argument) {
                    let line = text[..at].matches('\n').count() + 1;
                    let key = format!("{prefix}{}", literal.replace('_', "-"));
                    found.entry(key).or_insert_with(|| format!("{}:{line}", source.path));
                }
            }
        }
    }
    found
}

/// The source without its unit tests, which may invent codes.
fn untested(text: &str) -> String {
    text.split("#[cfg(test)]\nmod ").next().unwrap_or_default().to_owned()
}

/// The top-level arguments of a call, from just behind its parenthesis.
fn arguments(text: &str) -> Vec<String> {
    let (mut depth, mut quoted, mut escaped) = (0_i32, false, false);
    let (mut all, mut one) = (Vec::new(), String::new());
    for c in text.chars() {
        match c {
            _ if quoted => {
                quoted = c != '"' || escaped;
                escaped = c == '\\' && !escaped;
            }
            '"' => quoted = true,
            '(' | '[' | '{' => depth += 1,
            ')' if depth == 0 => break,
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 0 => {
                all.push(std::mem::take(&mut one));
                continue;
            }
            _ => {}
        }
        one.push(c);
    }
    all.push(one);
    all
}

/// The strings of an argument that are codes: the argument itself, or the branches of an `if` or `match`.
fn code_literals(argument: &str) -> Vec<String> {
    let is_code = |t: &str| {
        !t.is_empty() && t.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    };
    let parts: Vec<&str> = argument.split('"').collect();
    let branches =
        argument.trim_start().starts_with('"') || argument.contains("if ") || argument.contains("match ");
    (1..parts.len())
        .step_by(2)
        .filter(|i| branches && !parts[i - 1].trim_end().ends_with("=="))
        .map(|i| parts[i].to_owned())
        .filter(|t| is_code(t))
        .collect()
}

/// A catalogue's entries with the variables each names, and what stands in it twice.
pub fn catalogue(files: &[Source]) -> (BTreeMap<String, BTreeSet<String>>, Vec<String>) {
    let (mut entries, mut twice) = (BTreeMap::new(), Vec::new());
    for file in files {
        let mut current: Option<String> = None;
        for line in file.text.lines().filter(|line| !line.starts_with('#')) {
            if line.starts_with(|c: char| c.is_ascii_alphabetic())
                && let Some((key, _)) = line.split_once('=')
            {
                let key = key.trim().to_owned();
                if entries.insert(key.clone(), BTreeSet::new()).is_some() {
                    twice.push(format!("{}: {key}", file.path));
                }
                current = Some(key);
            }
            if let Some(entry) = current.as_ref().and_then(|key| entries.get_mut(key)) {
                entry.extend(variables(line));
            }
        }
    }
    (entries, twice)
}

fn variables(line: &str) -> BTreeSet<String> {
    line.split('$')
        .skip(1)
        .map(|rest| {
            rest.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-')).collect()
        })
        .filter(|name: &String| !name.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<String> {
        needed(&[Source { path: "src/x.rs".into(), text: text.to_owned() }]).into_keys().collect()
    }

    #[test]
    fn codes_are_found_in_every_call_that_carries_one() {
        assert_eq!(keys("Err(Fault::new(format!(\"/{i}, x\"), \"a_b\"))"), ["a-b"]);
        assert_eq!(keys("Error::conflict(\"seats_exhausted\")"), ["seats-exhausted"]);
        assert_eq!(
            keys("faults.require(\n  f(a, b).await?,\n  \"/regionCode\",\n  \"reference_unknown\",\n)"),
            ["reference-unknown"]
        );
        assert_eq!(keys("ok_or(Error::NotFound(\"organisation\"))"), ["noun-organisation"]);
        assert_eq!(
            keys("Error::conflict(if late { \"too_late\" } else { \"too_early\" })"),
            ["too-early", "too-late"]
        );
        assert_eq!(keys("// Error::conflict(\"in_a_comment\")\nError::conflict(code)"), Vec::<String>::new());
        assert_eq!(
            keys("#[cfg(test)]\nmod tests { fn f() { Error::conflict(\"invented\"); } }"),
            Vec::<String>::new()
        );
    }

    #[test]
    fn a_catalogue_tells_its_keys_variables_and_repetitions() {
        let text = "# a = b\nfirst-key = One { $x } of { $max }.\nsecond = Two\n    lines with { $y }.\nfirst-key = Again.\n";
        let (entries, twice) = catalogue(&[Source { path: "a.ftl".into(), text: text.to_owned() }]);
        assert_eq!(entries["second"], BTreeSet::from(["y".to_owned()]));
        assert_eq!(entries.len(), 2);
        assert_eq!(twice, ["a.ftl: first-key"]);
    }
}
