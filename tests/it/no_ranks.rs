//! No face ranks persons. Teachers share what they do when it cannot be turned into a table of who is best: neither a
//! field, nor a list, nor an order of a list may say so. What looks like it stands in a list with its reason.

use std::collections::BTreeSet;

use async_graphql::parser::{
    parse_schema,
    types::{ServiceDocument, TypeKind, TypeSystemDefinition},
};
use serde_json::Value;

/// Words that compare one with others.
const WORDS: &[&str] = &[
    "rank",
    "ranks",
    "ranking",
    "ranked",
    "score",
    "scores",
    "point",
    "points",
    "position",
    "rating",
    "ratings",
    "star",
    "stars",
    "badge",
    "badges",
    "percentile",
    "league",
    "leaderboard",
    "merit",
    "karma",
    "reputation",
    "medal",
    "winner",
    "winners",
    "streak",
    "best",
    "top",
];

/// Names that have such a word and compare no persons for anybody to see, each reviewed, with its reason.
const ALLOWED: &[(&str, &str)] = &[
    ("BestPracticeDetail", "what is particular to sharing what works"),
    ("BestPracticeInput", "what is particular to sharing what works"),
    ("bestPractice", "what is particular to sharing what works"),
    ("BEST_PRACTICE_SHARING", "an activity of a community: sharing what works"),
    ("Items_RankingLine", "the order of seats of one training, to who gives them"),
    ("ObservationRating", "a level that the two of a peer observation talk about"),
    ("ObservationRatingInput", "a level that the two of a peer observation talk about"),
    ("POINTS", "the unit of a threshold of a program"),
    ("RankingLine", "the order of seats of one training, to who gives them"),
    ("RankingLineConnection", "the order of seats of one training, to who gives them"),
    ("RankingLineEdge", "the order of seats of one training, to who gives them"),
    ("SCORE", "the same in capitals; or a unit of a measure of a community"),
    ("ScoreEnrolmentInput", "says what an applicant reached in a training"),
    ("batchRanking", "the order of seats of one training, to who gives them"),
    ("best_practice_sharing", "an activity of a community: sharing what works"),
    ("list_batch_ranking", "the order of seats of one training, to who gives them"),
    ("minimumScore", "what a program asks for: a threshold, of nobody"),
    ("points", "the unit of a threshold of a program"),
    (
        "position",
        "the order in which seats of one training are given out, by published rules, to who gives them",
    ),
    ("ratings", "levels that the two of a peer observation talk about; no third person ever reads them"),
    (
        "score",
        "what an applicant reached in a training, or that a program asks for it; never in a list by it",
    ),
    ("scoreEnrolment", "says what an applicant reached in a training"),
    ("score_enrolment", "says what an applicant reached in a training"),
    ("waitlistPosition", "how many wait before an applicant; it is their own"),
];

/// Orders of lists that compare nobody: what each value goes by.
const ORDERS: &[&str] = &["name", "joined"];

/// The words of a name in whatever case: `minimumScore`, `list_batch_ranking`, `TOP_TEN`.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for c in name.chars() {
        let begins = c.is_uppercase() && before.is_lowercase();
        if begins || !c.is_alphanumeric() {
            words.push(String::new());
        }
        if c.is_alphanumeric() {
            words.last_mut().unwrap().extend(c.to_lowercase());
        }
        before = c;
    }
    words.retain(|word| !word.is_empty());
    words
}

fn compares(name: &str) -> bool {
    words(name).iter().any(|word| WORDS.contains(&word.as_str()))
}

/// Every name of the committed OpenAPI document: schemas, their fields and values, operations, parameters.
fn names_of_rest(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for key in ["properties", "schemas"] {
                found.extend(
                    fields.get(key).and_then(Value::as_object).into_iter().flatten().map(|(k, _)| k.clone()),
                );
            }
            for key in ["operationId", "name"] {
                found.extend(fields.get(key).and_then(Value::as_str).map(str::to_owned));
            }
            let values = fields.get("enum").and_then(Value::as_array).into_iter().flatten();
            found.extend(values.filter_map(Value::as_str).map(str::to_owned));
            // Examples are texts of people, not names of the contract.
            fields
                .iter()
                .filter(|(key, _)| !key.starts_with("example"))
                .for_each(|(_, v)| names_of_rest(v, found));
        }
        Value::Array(items) => items.iter().for_each(|item| names_of_rest(item, found)),
        _ => {}
    }
}

/// Every name of the committed SDL: types, their fields, arguments and values.
fn names_of_graphql(schema: &ServiceDocument) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for definition in &schema.definitions {
        let TypeSystemDefinition::Type(ty) = definition else { continue };
        found.insert(ty.node.name.node.to_string());
        let fields = match &ty.node.kind {
            TypeKind::Object(object) => object.fields.as_slice(),
            TypeKind::Interface(interface) => interface.fields.as_slice(),
            _ => &[],
        };
        for field in fields {
            found.insert(field.node.name.node.to_string());
            found.extend(field.node.arguments.iter().map(|argument| argument.node.name.node.to_string()));
        }
        match &ty.node.kind {
            TypeKind::InputObject(input) => {
                found.extend(input.fields.iter().map(|field| field.node.name.node.to_string()));
            }
            TypeKind::Enum(list) => {
                found.extend(list.values.iter().map(|value| value.node.value.node.to_string()));
            }
            _ => {}
        }
    }
    found
}

fn contracts() -> (Value, ServiceDocument) {
    let rest = serde_json::from_str(include_str!("../../openapi/openapi.json")).unwrap();
    (rest, parse_schema(include_str!("../../openapi/schema.graphql")).unwrap())
}

#[test]
fn no_face_ranks_persons() {
    let (rest, graphql) = contracts();
    let mut names = names_of_graphql(&graphql);
    names_of_rest(&rest, &mut names);
    assert!(names.len() > 1_000, "only {} names were found", names.len());
    let allowed = |name: &str| ALLOWED.iter().any(|(known, _)| *known == name);
    let told: Vec<_> = names.iter().filter(|name| compares(name) && !allowed(name)).collect();
    assert!(told.is_empty(), "these read like a table of who is best: {told:?}");
    let gone: Vec<_> = ALLOWED.iter().filter(|(name, _)| !names.contains(*name)).collect();
    assert!(gone.is_empty(), "allowed and no longer there: {gone:?}");
}

#[test]
fn no_list_is_in_an_order_of_merit() {
    let (rest, _) = contracts();
    let mut orders = 0;
    for (path, item) in rest["paths"].as_object().unwrap() {
        for parameter in item["get"]["parameters"].as_array().into_iter().flatten() {
            let name = parameter["name"].as_str().unwrap().to_lowercase();
            if !["order", "orderby", "sort", "sortby"].contains(&name.as_str()) {
                continue;
            }
            orders += 1;
            let schema = parameter["schema"]["$ref"]
                .as_str()
                .unwrap_or_else(|| panic!("{path} {name} is no closed list"));
            let list = &rest["components"]["schemas"][schema.rsplit('/').next().unwrap()]["enum"];
            for value in list.as_array().unwrap() {
                let value = value.as_str().unwrap();
                assert!(ORDERS.contains(&value), "{path}: who decides what goes before by {value:?}?");
            }
        }
    }
    assert!(orders > 0, "the lists have other names for their order");
}

#[test]
fn a_name_is_read_word_by_word() {
    for (name, expected) in [
        ("minimumScore", true),
        ("TOP_TEN", true),
        ("list_batch_ranking", true),
        ("startsAt", false),
        ("scoreboardless", false),
        ("stop_book_reading", false),
        ("pointer", false),
    ] {
        assert_eq!(compares(name), expected, "{name}");
    }
}
