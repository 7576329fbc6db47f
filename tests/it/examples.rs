//! The contract's examples work on the demo as it stands, and the demo is the same every time.

use sanggar::{
    demo,
    foundation::store::Store,
    rest::{examples::IDS, openapi},
};
use serde_json::Value;

use crate::support::{TestApp, database};

async fn filled() -> (TestApp, demo::Shown) {
    let (url, leftover) = database::sqlite().await;
    let store = Store::open(&url, database::SIZES).await.unwrap();
    let (services, shown) = demo::fill(store, "http://sanggar.test", std::env::temp_dir()).await.unwrap();
    (TestApp::over(services, leftover), shown)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_read_of_the_contract_answers_its_example_on_the_demo() {
    let (app, shown) = filled().await;
    let printed: Vec<_> = IDS.iter().map(|(noun, id)| ((*noun).to_owned(), (*id).to_owned())).collect();
    let real: Vec<_> = shown.examples.iter().map(|(noun, id)| ((*noun).to_owned(), id.clone())).collect();
    let lines: String = real.iter().map(|(noun, id)| format!("    (\"{noun}\", \"{id}\"),\n")).collect();
    assert_eq!(printed, real, "the demo changed; put these into src/rest/examples.rs:\n{lines}");
    let ministry = &shown.tokens[0].2;
    let mut asked = 0;
    for (path, item) in openapi::DOCUMENT["paths"].as_object().unwrap() {
        let operation = &item["get"];
        if operation.is_null() {
            continue;
        }
        let Some(path) = filled_in(path, operation) else { continue };
        let (status, body) = app.get(&path, Some(ministry)).await;
        assert_eq!(status, 200, "{path}: {body}");
        asked += 1;
    }
    assert!(asked > 20, "only {asked} reads were asked");
}

/// The path with its example; `None` for what the demo has none of (imports).
fn filled_in(path: &str, operation: &Value) -> Option<String> {
    let mut path = path.to_owned();
    for parameter in operation["parameters"].as_array().into_iter().flatten() {
        if parameter["in"] == "path" {
            let name = parameter["name"].as_str()?;
            path = path.replace(&format!("{{{name}}}"), parameter["example"].as_str()?);
        }
    }
    Some(path)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_demo_shows_every_state_and_about_what_it_promises() {
    let (app, shown) = filled().await;
    let of = |what: &str| shown.counts.iter().find(|(name, _)| *name == what).unwrap().1;
    assert!((450..=550).contains(&of("people")), "{:?}", shown.counts);
    assert!((270..=330).contains(&of("certificates")), "{:?}", shown.counts);
    assert!(of("of them revoked") >= 3);
    let ministry = Some(shown.tokens[0].2.as_str());
    for status in ["draft", "open", "closed", "running", "finished", "cancelled"] {
        let (_, page) = app.get(&format!("/v1/batches?status={status}"), ministry).await;
        assert!(!page["items"].as_array().unwrap().is_empty(), "no batch is {status}");
    }
    let (code, provinces) = app.get("/v1/regions?level=province&limit=100", None).await;
    assert_eq!((code, provinces["items"].as_array().unwrap().len()), (200, 38));
}
