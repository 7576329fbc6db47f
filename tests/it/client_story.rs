//! One year of a community, lived by a client that others wrote: `urql` over HTTP, with `graphql-ws` listening.
//! `tests/clients/story` holds the story, a file for each chapter; npm installs what its lockfile pins. Where there
//! is no npm this says so and does nothing, unless `CI=true` or `SANGGAR_REQUIRE_CLIENTS` is set.

use std::{
    collections::HashMap,
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{Arc, OnceLock},
};

use chrono::{DateTime, Utc};
use entity::{certificate, program};
use sanggar::{access::grant::Grant, foundation::clock::FixedClock};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    support::{
        Face, TestApp,
        credit::national,
        directory::put,
        rows::{community_row, membership_row, office_row, program_row},
        village::Village,
    },
};

const STORY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/clients/story");
const TOOLS: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/client-story");

/// Where the client is installed; `None`, loudly, where it cannot be.
fn tools() -> Option<&'static Path> {
    static INSTALLED: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    match INSTALLED.get_or_init(install) {
        Ok(tools) => Some(tools),
        Err(why) => {
            let needed = std::env::var("CI").is_ok_and(|ci| ci == "true")
                || std::env::var_os("SANGGAR_REQUIRE_CLIENTS").is_some();
            assert!(!needed, "the story needs node and npm: {why}");
            println!("!!! The story of a real client was NOT told: {why}. !!!");
            None
        }
    }
}

/// Copies the story and installs what it needs beside it, unless that stands there already.
fn install() -> Result<PathBuf, String> {
    let tools = PathBuf::from(TOOLS);
    let told = |e: std::io::Error| format!("{}: {e}", tools.display());
    std::fs::create_dir_all(tools.join("chapters")).map_err(told)?;
    let lock = std::fs::read(Path::new(STORY).join("package-lock.json")).map_err(told)?;
    let installed = std::fs::read(tools.join("installed-lock.json")).is_ok_and(|before| before == lock);
    for stale in std::fs::read_dir(tools.join("chapters")).map_err(told)? {
        std::fs::remove_file(stale.map_err(told)?.path()).map_err(told)?;
    }
    for folder in ["", "chapters"] {
        for file in std::fs::read_dir(Path::new(STORY).join(folder)).map_err(told)? {
            let file = file.map_err(told)?;
            if file.file_type().map_err(told)?.is_file() {
                std::fs::copy(file.path(), tools.join(folder).join(file.file_name())).map_err(told)?;
            }
        }
    }
    if !installed {
        let npm = Command::new("npm")
            .args(["ci", "--no-audit", "--no-fund", "--silent", "--ignore-scripts"])
            .current_dir(&tools)
            .stdin(Stdio::null())
            .output()
            .map_err(|e| format!("npm: {e}"))?;
        if !npm.status.success() {
            return Err(format!("npm ci: {}", String::from_utf8_lossy(&npm.stderr).trim()));
        }
        std::fs::write(tools.join("installed-lock.json"), lock).map_err(told)?;
    }
    let node = Command::new("node").arg("--version").output().map_err(|e| format!("node: {e}"))?;
    if node.status.success() { Ok(tools) } else { Err("node does not run".to_owned()) }
}

/// Who and what is there before the story begins.
async fn cast(app: &TestApp) -> Value {
    let village = Village::new(app).await;
    let mut ids = serde_json::Map::new();
    for (name, school) in [
        ("siti", village.school),
        ("budi", village.neighbour),
        ("ani", village.school),
        ("joko", village.neighbour),
        ("rini", village.school),
        ("maya", village.country.surabaya),
    ] {
        let full = format!("{}{} Rahmawati", name[..1].to_uppercase(), &name[1..]);
        ids.insert(name.to_owned(), json!(village.person(&full, "teacher", "pns", Some(school)).await));
    }
    let person = |name: &str| -> Uuid { serde_json::from_value(ids[name].clone()).unwrap() };
    let tokens: HashMap<&str, String> =
        ids.keys().map(|name| (name.as_str(), app.token(Grant::teacher(person(name))))).collect();
    let elsewhere = Uuid::now_v7();
    put(app, community_row(elsewhere, "35.78")).await;
    put(app, membership_row(Uuid::now_v7(), elsewhere, person("maya"))).await;
    put(app, office_row(Uuid::now_v7(), elsewhere, person("maya"), "chair")).await;
    json!({
        "url": format!("{}/graphql", app.base),
        "socket": format!("{}/graphql/ws", app.base.replace("http", "ws")),
        "tokens": tokens, "ids": ids, "elsewhere": elsewhere,
        "schools": [village.school, village.neighbour], "scheme": scheme(app, village.country.provider).await,
    })
}

/// Five meetings face to face and three tasks for 82 JP.
async fn scheme(app: &TestApp, provider: Uuid) -> Value {
    let id = Uuid::now_v7();
    let row = program_row(id, provider);
    put(
        app,
        program::Model {
            code: "PKB-KKG".to_owned(),
            title: "Pengembangan Keprofesian melalui KKG".to_owned(),
            form: "study_group".to_owned(),
            hours_jp: 82,
            ..row
        },
    )
    .await;
    let staff = app.token(Grant::provider_staff(provider));
    let call = async |operation: &str, args: Value| {
        app.call(Face::Graphql, Some(&staff), operation, args).await.ok()["id"].clone()
    };
    let made = call("create_credit_scheme", json!({ "input": national(id) })).await;
    call("publish_credit_scheme", json!({ "id": made })).await
}

/// What the client told, by name; the chapters in their order.
type Facts = (HashMap<String, Value>, Vec<String>);

/// Lets the client tell the story, and sets the clock whenever it asks to.
fn told(tools: &Path, cast: &Value, clock: &Arc<FixedClock>) -> Facts {
    let mut child = Command::new("node")
        .arg("tell.mjs")
        .current_dir(tools)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut orders = child.stdin.take().unwrap();
    let mut say = |text: &str| writeln!(orders, "{text}").and_then(|()| orders.flush());
    say(&cast.to_string()).unwrap();
    let (mut facts, mut chapters, mut ended) = (HashMap::new(), Vec::new(), false);
    for line in BufReader::new(child.stdout.take().unwrap()).lines() {
        let line = line.unwrap();
        match line.split_once(' ').unwrap_or((line.as_str(), "")) {
            ("AT", instant) => {
                clock.set(instant.parse::<DateTime<Utc>>().unwrap());
                say("OK").unwrap();
            }
            ("FACT", fact) => {
                let (name, value): (String, Value) = serde_json::from_str(fact).unwrap();
                if name == "chapter" {
                    chapters.push(value.as_str().unwrap().to_owned());
                } else {
                    facts.insert(name, value);
                }
            }
            ("END", _) => ended = true,
            _ => println!("{line}"),
        }
    }
    let status = child.wait().unwrap();
    assert!(status.success() && ended, "the story broke off after {chapters:?}; the client says why above");
    (facts, chapters)
}

both_engines! {
    async fn a_year_of_a_community_is_lived_with_a_client_that_others_wrote(app: TestApp) {
        let Some(tools) = tools() else { return };
        let (cast, clock) = (cast(&app).await, app.clock.clone());
        let (facts, chapters) = tokio::task::spawn_blocking(move || told(tools, &cast, &clock)).await.unwrap();
        let mut files: Vec<String> = std::fs::read_dir(format!("{STORY}/chapters")).unwrap()
            .map(|file| file.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned()).collect();
        files.sort();
        assert_eq!(chapters, files, "every chapter was told");
        let refused = |fact: &str| facts[fact].as_array().unwrap().last().unwrap().as_str().unwrap().to_owned();
        for (fact, code) in [
            ("refusedAlone", "community_too_small"),
            ("refusedClash", "meetings_clash_with_teaching"),
            ("refusedMember", "forbidden"),
            ("refusedEarly", "activity_not_begun"),
            ("refusedCode", "forbidden"),
            ("refusedWrongCode", "check_in_code_wrong"),
            ("refusedTooLate", "check_in_too_late"),
            ("refusedStranger", "not_found"),
            ("refusedUnseen", "not_found"),
            ("refusedUnreviewed", "artefact_not_reviewed"),
            ("refusedTarget", "target_not_better"),
            ("refusedStale", "stale_version"),
            ("refusedUntried", "improvement_not_in_progress"),
            ("refusedLink", "forbidden"),
            ("refusedElsewhere", "not_found"),
            ("refusedIncomplete", "credit_component_unmet"),
            ("refusedRini", "credit_component_unmet"),
            ("refusedTwice", "credit_already_claimed"),
        ] {
            assert_eq!(refused(fact), code, "{fact}");
        }
        assert_eq!(facts["improved"], json!({
            "result": { "before": "42.5", "after": "71", "target": "70", "change": "28.5", "missing": "0", "outcome": "REACHED" },
            "attended": 5, "status": "REPORTED", "made": ["COMMON_ASSESSMENT PUBLISHED"],
        }), "from the problem to the result in one query");
        assert_eq!(facts["jp"], 82);
        assert_eq!(facts["certificate"]["hoursJp"], 82);
        let number = facts["certificate"]["number"].as_str().unwrap();
        let row = certificate::Entity::find().filter(certificate::Column::Number.eq(number));
        let row = row.one(app.services.store.reader()).await.unwrap().unwrap();
        assert_eq!((row.hours_jp, row.kind.as_str(), row.status.as_str()), (82, "community", "valid"));
        assert_eq!(facts["credited"], json!(["Maya Rahmawati", "Budi Rahmawati"]));
        // Budi listened from before the plan was made until after the last report.
        let planned = facts["planned"].as_u64().unwrap() + 3;
        assert_eq!(facts["heardCreated"].as_u64(), Some(planned), "meetings of half a year and three tasks");
        assert_eq!(facts["heardMoved"], 1);
        assert_eq!(facts["heardImproved"], json!(["agreed", "closed", "created", "linked", "noted", "reopened", "reviewed", "started", "updated"]));
        assert_eq!((&facts["heardPrivate"], &facts["heardTwice"]), (&json!(0), &json!(false)));
    }
}
