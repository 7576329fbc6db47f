//! The house's own source as text: which files there are, and what of them is code.

use std::path::{Path, PathBuf};

/// A file of the project.
pub struct Source {
    /// Path from the project's root, with forward slashes.
    pub path: String,
    /// The whole text.
    pub text: String,
}

/// The project's root.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below `folder` whose name ends in `ending`, in a stable order.
pub fn files(folder: &str, ending: &str) -> Vec<Source> {
    let mut paths = Vec::new();
    gather(&root().join(folder), ending, &mut paths);
    paths.sort();
    paths
        .into_iter()
        .map(|path| Source {
            text: std::fs::read_to_string(&path).unwrap(),
            path: path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/"),
        })
        .collect()
}

fn gather(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display())) {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(&path, ending, found);
        } else if path.to_str().unwrap().ends_with(ending) {
            found.push(path);
        }
    }
}

/// `text` with every comment, and the inside of every string where `strings` is false, turned into
/// spaces, so that positions and lines stay what they were.
pub fn code(text: &str, strings: bool) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let end = match (chars[at], chars.get(at + 1)) {
            ('/', Some('/')) => line_end(&chars, at),
            ('/', Some('*')) => block_end(&chars, at),
            ('"', _) => string_end(&chars, at, raw_hashes(&chars, at)),
            ('\'', _) => char_end(&chars, at),
            _ => at + 1,
        };
        let kept = chars[at] != '/' || end == at + 1;
        let quoted = chars[at] == '"' && !strings;
        for (offset, c) in chars[at..end].iter().enumerate() {
            let edge = offset == 0 || at + offset + 1 == end;
            let shown = *c == '\n' || (kept && (!quoted || edge));
            out.push(if shown { *c } else { ' ' });
        }
        at = end;
    }
    out
}

fn line_end(chars: &[char], at: usize) -> usize {
    (at..chars.len()).find(|i| chars[*i] == '\n').unwrap_or(chars.len())
}

fn block_end(chars: &[char], at: usize) -> usize {
    let mut depth = 0_u32;
    let mut i = at;
    while i < chars.len() {
        match (chars[i], chars.get(i + 1)) {
            ('/', Some('*')) => (depth, i) = (depth + 1, i + 2),
            ('*', Some('/')) => (depth, i) = (depth - 1, i + 2),
            _ => i += 1,
        }
        if depth == 0 {
            return i;
        }
    }
    chars.len()
}

/// How many hashes a raw string at `at` has; `None` for an ordinary string.
fn raw_hashes(chars: &[char], at: usize) -> Option<usize> {
    let hashes = chars[..at].iter().rev().take_while(|c| **c == '#').count();
    (at > hashes && chars[at - hashes - 1] == 'r').then_some(hashes)
}

fn string_end(chars: &[char], at: usize, raw: Option<usize>) -> usize {
    let mut i = at + 1;
    while i < chars.len() {
        match (chars[i], raw) {
            ('\\', None) => i += 1,
            ('"', None) => return i + 1,
            ('"', Some(n)) if chars[i + 1..].iter().take(n).filter(|c| **c == '#').count() == n => {
                return i + 1;
            }
            _ => {}
        }
        i += 1;
    }
    chars.len()
}

/// The end of a character literal; a lifetime is one character long.
fn char_end(chars: &[char], at: usize) -> usize {
    match (chars.get(at + 1), chars.get(at + 2)) {
        (Some('\\'), _) => {
            (at + 3..chars.len()).find(|i| chars[*i] == '\'').map_or(chars.len(), |quote| quote + 1)
        }
        (Some(_), Some('\'')) => at + 3,
        _ => at + 1,
    }
}

#[test]
fn comments_and_strings_are_told_from_code() {
    let text = "a /* b /* c */ d */ e // f\n\"g // \\\" h\" 'x' 'l '\"' r#\"i \" j\"# k";
    let bare = code(text, false);
    assert_eq!(bare.chars().count(), text.chars().count());
    let words: Vec<&str> = bare.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    assert_eq!(words, ["a", "e", "x", "l", "r", "k"]);
    assert!(code(text, true).contains("g // \\\" h"));
    assert!(code(text, true).contains("i \" j"));
}
