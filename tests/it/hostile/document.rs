//! Sound documents made unsound: a few seeded changes each, from a swapped word to a flood.

use rand::{RngExt, rngs::StdRng};
use serde_json::{Value, json};

use super::{corpus::Sample, junk};

/// Bytes that a mutated document stays below, so that most get past the limit on bodies.
const LONGEST: usize = 240_000;

/// A request to `/graphql` that nobody would send in earnest.
pub struct Attack {
    /// The body of a POST.
    pub body: Vec<u8>,
    /// The document, where it is short enough to go into an address instead.
    pub query: Option<String>,
}

/// Makes an attack of a sample; words may come from all of them.
pub fn attack(corpus: &[Sample], chance: &mut StdRng) -> Attack {
    let mut sample = corpus[chance.random_range(0..corpus.len())].clone();
    let mut request = json!({});
    // A third stays sound but for its values, so that it gets as far as a resolver.
    let sound = chance.random_ratio(1, 3);
    for _ in 0..chance.random_range(1..4) {
        match chance.random_range(0..10) {
            0..6 if !sound => change_text(&mut sample.query, corpus, chance),
            6 if !sound => change_request(&mut request, chance),
            7 => change_value(&mut sample.variables, chance),
            _ => nudge(&mut sample.variables, chance),
        }
        let mut end = sample.query.len().min(LONGEST);
        while !sample.query.is_char_boundary(end) {
            end -= 1;
        }
        sample.query.truncate(end);
    }
    if chance.random_ratio(1, 50) {
        request["query"] = junk::value(chance);
    } else {
        request["query"] = json!(sample.query);
    }
    request["variables"] = sample.variables;
    let mut body = request.to_string().into_bytes();
    if chance.random_ratio(1, 40) {
        spoil(&mut body, chance);
    }
    let query = (sample.query.len() < 2_000 && chance.random_ratio(1, 20)).then_some(sample.query);
    Attack { body, query }
}

/// Damages bytes: cut, overwritten, or not UTF-8 at all.
pub fn spoil(body: &mut Vec<u8>, chance: &mut StdRng) {
    if body.is_empty() {
        return;
    }
    let at = chance.random_range(0..body.len());
    match chance.random_range(0..3) {
        0 => body.truncate(at),
        1 => body[at] = chance.random_range(0..=255),
        _ => body[at] = 0xff,
    }
}

fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut open = false;
    for c in text.chars() {
        let part_of_word = c.is_ascii_alphanumeric() || c == '_';
        if c.is_whitespace() {
            open = false;
        } else if part_of_word && open {
            words.last_mut().unwrap().push(c);
        } else {
            words.push(c.to_string());
            open = part_of_word;
        }
    }
    words
}

/// How often something is repeated: mostly a little, sometimes absurdly.
fn times(chance: &mut StdRng) -> usize {
    [2, 5, 20, 60, 200, 1_000, 5_000][chance.random_range(0..7)]
}

fn change_text(query: &mut String, corpus: &[Sample], chance: &mut StdRng) {
    let mut words = words(query);
    if words.is_empty() {
        return;
    }
    let (at, other) = (chance.random_range(0..words.len()), chance.random_range(0..words.len()));
    match chance.random_range(0..13) {
        0 => words.swap(at, other),
        1 => {
            words.remove(at);
        }
        2 => {
            let run = words[at.min(other)..=at.max(other)].to_vec();
            let room = LONGEST / run.len().max(1) / 8;
            for _ in 0..times(chance).min(room.max(1)) {
                words.splice(at..at, run.iter().cloned());
            }
        }
        3 => {
            let donor = self::words(&corpus[chance.random_range(0..corpus.len())].query);
            words[at].clone_from(&donor[chance.random_range(0..donor.len())]);
        }
        4 => {
            let deep = times(chance);
            words[at] = format!("{}{}{}", "{ node ".repeat(deep), words[at], "}".repeat(deep));
        }
        5 => {
            let deep = times(chance);
            words[at] = format!("{}{}{}", "[".repeat(deep), words[at], "]".repeat(deep));
        }
        6 => after_brace(&mut words, at, &flood(chance)),
        7 => {
            let directive = [" @include(if: true)", " @skip(if: $x)", " @deprecated", " @a(b: {c: [1]})"]
                [chance.random_range(0..4)];
            words[at] += &directive.repeat(times(chance));
        }
        8 => {
            let count = times(chance).min(400);
            after_brace(&mut words, at, "...F0");
            words.push(fragments(count, chance.random_bool(0.3)));
        }
        9 => words[at] = junk::text(chance),
        10 => {
            let numbers =
                ["99999999999999999999999", "-1", "1e400", "-0", "0x10", "2147483648", "1.7976e309"];
            words[at] = numbers[chance.random_range(0..numbers.len())].to_owned();
        }
        11 => words.truncate(at),
        _ => words[at] = format!("\"\"\" {} \"\"\" # {}\n", junk::text(chance), words[at]),
    }
    *query = words.join(" ");
}

fn after_brace(words: &mut Vec<String>, from: usize, text: &str) {
    let found = words.iter().skip(from).position(|word| word == "{").map_or(0, |place| place + from + 1);
    words.insert(found.min(words.len()), text.to_owned());
}

fn flood(chance: &mut StdRng) -> String {
    let field =
        ["__typename", "__schema { types { fields { type { name } } } }", "regions { totalCount }", "x"]
            [chance.random_range(0..4)];
    (0..times(chance)).map(|n| format!("a{n}: {field} ")).collect()
}

/// A chain in which each fragment names the next twice, or a ring.
fn fragments(count: usize, ring: bool) -> String {
    let text = (0..count).map(|n| {
        let next = if n + 1 < count {
            format!("...F{0} ...F{0}", n + 1)
        } else if ring {
            "...F0".to_owned()
        } else {
            "__typename".to_owned()
        };
        format!("fragment F{n} on Query {{ {next} }} ")
    });
    text.collect()
}

/// Puts another value of the same type in the place of one.
pub fn nudge(value: &mut Value, chance: &mut StdRng) {
    match value {
        Value::Object(map) if !map.is_empty() => {
            let at = chance.random_range(0..map.len());
            map.values_mut().nth(at).into_iter().for_each(|inner| nudge(inner, chance));
        }
        Value::Array(list) if !list.is_empty() => {
            let at = chance.random_range(0..list.len());
            nudge(&mut list[at], chance);
        }
        Value::String(text) => *text = junk::text(chance),
        Value::Bool(flag) => *flag = !*flag,
        Value::Number(number) => {
            let numbers = [0, -1, 1, 100, 101, 1_000, 1_001, 32_768, 2_147_483_647, -2_147_483_648];
            *number = numbers[chance.random_range(0..numbers.len())].into();
        }
        _ => {}
    }
}

/// Puts something else somewhere into a value.
pub fn change_value(value: &mut Value, chance: &mut StdRng) {
    let descend = chance.random_ratio(4, 5);
    match value {
        Value::Object(map) if descend && !map.is_empty() => {
            let at = chance.random_range(0..map.len());
            let key = map.keys().nth(at).unwrap().clone();
            match chance.random_range(0..10) {
                0 => {
                    map.remove(&key);
                }
                1 => {
                    map.insert(junk::text(chance), junk::value(chance));
                }
                _ => change_value(map.get_mut(&key).unwrap(), chance),
            }
        }
        Value::Array(list) if descend && !list.is_empty() => {
            let at = chance.random_range(0..list.len());
            match chance.random_range(0..6) {
                0 => {
                    let again = list[at].clone();
                    let count = times(chance).min(1_000);
                    list.extend(std::iter::repeat_n(again, count));
                }
                _ => change_value(&mut list[at], chance),
            }
        }
        other => *other = junk::value(chance),
    }
}

fn change_request(request: &mut Value, chance: &mut StdRng) {
    match chance.random_range(0..4) {
        0 => request["operationName"] = junk::value(chance),
        1 => request["extensions"] = junk::value(chance),
        2 => {
            let hash = ["0".repeat(64), junk::text(chance)][chance.random_range(0..2)].clone();
            let version = [json!(1), json!(2), json!("1"), json!(null)][chance.random_range(0..4)].clone();
            request["extensions"] = json!({ "persistedQuery": { "version": version, "sha256Hash": hash } });
        }
        _ => request[junk::text(chance)] = junk::value(chance),
    }
}
