//! The house holds itself to its own rules: arrows, names, sizes, portable SQL, words for every code.

mod arrows;
mod source;
mod words;

use std::collections::BTreeSet;

use source::{code, files, root};

/// The most lines a file of the house, and a file of tests, may have. About 300 is the aim; what passes it is printed.
const MOST_LINES: usize = 400;
const MOST_LINES_OF_TESTS: usize = 500;
const MANY_LINES: usize = 300;

/// Names that say nothing about what is inside.
const EMPTY_NAMES: &[&str] = &["util", "utils", "helper", "helpers", "common", "misc", "manager", "service"];

/// What ties a schema to one engine (a sequence, a trigger, a lock that only PostgreSQL has).
const DOES_NOT_TRAVEL: &[&str] = &[
    "serial",
    "bigserial",
    "smallserial",
    "sequence",
    "nextval",
    "currval",
    "setval",
    "identity",
    "autoincrement",
    "pg_advisory_lock",
    "pg_advisory_xact_lock",
    "pg_try_advisory_lock",
    "pg_try_advisory_xact_lock",
    "listen",
    "notify",
    "pg_notify",
    "domain",
    "int4range",
    "int8range",
    "numrange",
    "tsrange",
    "tstzrange",
    "daterange",
    "trigger",
    "xmin",
    "xmax",
    "xid",
    "txid_current",
    "pg_current_xact_id",
    "grant",
    "revoke",
    "extension",
    "unlogged",
    "inherits",
    "plpgsql",
    "function",
    "procedure",
    "ctid",
    "rowid",
];

#[test]
fn no_arrow_of_the_house_runs_back() {
    let sources = files("src", ".rs");
    assert!(sources.len() > 50, "the source was not found");
    let broken = arrows::violations(&sources);
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn tables_and_migrations_know_nothing_of_the_house() {
    for source in files("entity/src", ".rs").into_iter().chain(files("migration/src", ".rs")) {
        assert!(!code(&source.text, false).contains("sanggar::"), "{} uses the service", source.path);
    }
}

#[test]
fn rules_decide_and_do_nothing_else() {
    let broken = arrows::impure_rules(&files("src", ".rs"));
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn no_file_outgrows_a_reader() {
    let mut sizes: Vec<(usize, String)> = ["src", "entity/src", "migration/src", "tests"]
        .iter()
        .flat_map(|folder| files(folder, ".rs"))
        .map(|source| (source.text.lines().count(), source.path))
        .filter(|(lines, _)| *lines > MANY_LINES)
        .collect();
    sizes.sort_by(|a, b| b.cmp(a));
    for (lines, path) in &sizes {
        println!("{lines:>5} lines  {path}");
    }
    let most = |path: &str| if path.starts_with("tests/") { MOST_LINES_OF_TESTS } else { MOST_LINES };
    let too_long: Vec<_> = sizes.iter().filter(|(lines, path)| *lines > most(path)).collect();
    assert!(too_long.is_empty(), "too long to read at once: {too_long:?}");
}

#[test]
fn every_file_name_says_what_is_inside() {
    for source in
        ["src", "entity/src", "migration/src", "tests"].iter().flat_map(|folder| files(folder, ".rs"))
    {
        let empty = source.path.split(['/', '.']).find(|part| EMPTY_NAMES.contains(part));
        assert_eq!(empty, None, "{}", source.path);
    }
}

#[test]
fn the_schema_travels_between_engines() {
    let sql = files("migration/src", ".sql");
    assert!(!sql.is_empty(), "the migrations were not found");
    for source in sql.iter().chain(&files("migration/src", ".rs")) {
        let words = tied_words(&source.text);
        assert!(words.is_empty(), "{}: {words:?} does not travel", source.path);
    }
}

#[test]
fn a_planted_sequence_trigger_or_range_is_found() {
    let planted = "CREATE TABLE \"a\" (\"id\" BIGSERIAL, \"during\" tstzrange);\nCREATE TRIGGER t;";
    assert_eq!(tied_words(planted), BTreeSet::from(["bigserial", "trigger", "tstzrange"].map(str::to_owned)));
    assert!(tied_words("-- no SEQUENCE here\nCREATE TABLE \"event\" (\"pos\" bigint NOT NULL);").is_empty());
}

/// The words of `text` that tie it to one engine; comments do not count.
fn tied_words(text: &str) -> BTreeSet<String> {
    let lines = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("--") && !line.trim_start().starts_with("//"));
    lines
        .flat_map(|line| line.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')))
        .map(str::to_ascii_lowercase)
        .filter(|word| DOES_NOT_TRAVEL.contains(&word.as_str()))
        .collect()
}

#[test]
fn every_code_has_words_in_every_language() {
    let needed = words::needed(&files("src", ".rs"));
    assert!(needed.len() > 30, "only {} codes were found", needed.len());
    for language in ["id", "en"] {
        let (entries, _) = words::catalogue(&files(&format!("locales/{language}"), ".ftl"));
        let missing: Vec<_> = needed.iter().filter(|(key, _)| !entries.contains_key(*key)).collect();
        assert!(missing.is_empty(), "no words in locales/{language} for {missing:#?}");
    }
}

#[test]
fn every_action_and_every_state_has_words_in_both_languages() {
    use sanggar::{
        access::action::Action,
        community::{
            activity::state::ActivityStatus,
            artefact::rule::ArtefactStatus,
            book::state::ReadingStatus,
            credit::scheme::state::CreditSchemeStatus,
            observation::{instrument::state::InstrumentStatus, state::ObservationStatus},
        },
        directory::resource_person::rule::CompetenceStatus,
        training::{
            batch::state::BatchStatus, enrolment::rule::EnrolmentStatus, program::rule::ProgramStatus,
        },
    };
    let mut keys: Vec<String> = Action::ALL.iter().map(|a| format!("action-{}", a.name())).collect();
    keys.extend(ProgramStatus::ALL.iter().map(|s| format!("status-program-{}", s.as_str())));
    keys.extend(BatchStatus::ALL.iter().map(|s| format!("status-batch-{}", s.as_str())));
    keys.extend(EnrolmentStatus::ALL.iter().map(|s| format!("status-enrolment-{}", s.as_str())));
    keys.extend(ArtefactStatus::ALL.iter().map(|s| format!("status-artefact-{}", s.as_str())));
    keys.extend(ActivityStatus::ALL.iter().map(|s| format!("status-activity-{}", s.as_str())));
    keys.extend(CompetenceStatus::ALL.iter().map(|s| format!("status-competence-{}", s.as_str())));
    keys.extend(CreditSchemeStatus::ALL.iter().map(|s| format!("status-credit-scheme-{}", s.as_str())));
    keys.extend(InstrumentStatus::ALL.iter().map(|s| format!("status-instrument-{}", s.as_str())));
    keys.extend(ObservationStatus::ALL.iter().map(|s| format!("status-observation-{}", s.as_str())));
    keys.extend(ReadingStatus::ALL.iter().map(|s| format!("status-reading-{}", s.as_str())));
    for language in ["id", "en"] {
        let (entries, _) = words::catalogue(&files(&format!("locales/{language}"), ".ftl"));
        for key in &keys {
            let key = key.replace(['.', '_'], "-");
            assert!(entries.contains_key(&key), "no words in locales/{language} for {key}");
        }
    }
}

#[test]
fn both_languages_say_the_same_things_with_the_same_values() {
    let (indonesian, twice_id) = words::catalogue(&files("locales/id", ".ftl"));
    let (english, twice_en) = words::catalogue(&files("locales/en", ".ftl"));
    assert_eq!((twice_id, twice_en), (vec![], vec![]), "said twice");
    let only = |a: &std::collections::BTreeMap<_, _>, b: &std::collections::BTreeMap<String, _>| {
        a.keys().filter(|key: &&String| !b.contains_key(*key)).cloned().collect::<Vec<_>>()
    };
    assert_eq!(only(&indonesian, &english), Vec::<String>::new(), "only in Indonesian");
    assert_eq!(only(&english, &indonesian), Vec::<String>::new(), "only in English");
    for (key, variables) in &indonesian {
        assert_eq!(Some(variables), english.get(key), "{key}");
    }
}

#[test]
fn every_catalogue_is_well_formed_and_bundled() {
    let bundled = std::fs::read_to_string(root().join("src/locales.rs")).unwrap();
    for source in files("locales", ".ftl") {
        let faults =
            fluent_bundle::FluentResource::try_new(source.text.clone()).err().map(|(_, faults)| faults);
        assert!(faults.is_none(), "{}: {faults:?}", source.path);
        assert!(bundled.contains(&source.path), "{} is not in src/locales.rs", source.path);
    }
}

#[test]
fn what_the_program_knows_of_personal_columns_is_what_their_docstrings_say() {
    let mut said = Vec::new();
    for source in files("entity/src", ".rs") {
        let Some((_, rest)) = source.text.split_once("table_name = \"") else { continue };
        let table = rest.split('"').next().unwrap();
        let mut class = None;
        for line in source.text.lines().map(str::trim) {
            if let Some((_, told)) = line.split_once("[personal: ") {
                let (what, why) = told.split_once("; purpose: ").unwrap_or_else(|| panic!("{table}: {line}"));
                assert!(why.trim_end_matches(']').len() > 3, "{table}: a column without a purpose: {line}");
                class = Some(what);
            }
            let Some(column) = line.strip_prefix("pub ").and_then(|line| line.split_once(':')) else {
                continue;
            };
            if let Some(class) = class.take() {
                said.push(format!("{table}.{}: {class}", column.0));
            }
        }
    }
    let known = entity::personal::CLASSES;
    let mut known: Vec<_> =
        known.iter().map(|row| format!("{}.{}: {}", row.0, row.1, row.2.as_str())).collect();
    said.sort();
    known.sort();
    assert!(said.len() > 40, "the docstrings were not found");
    assert_eq!(known, said, "entity/src/personal.rs and the docstrings of the columns differ");
}
