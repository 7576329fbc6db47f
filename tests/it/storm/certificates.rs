//! Certificates are issued while the program is killed: every one that was acknowledged is
//! there, each with its one event, and nothing is half issued.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use chrono::TimeDelta;
use entity::{certificate, event};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    certificate::{OVER, passed},
    support::{
        TestApp,
        child::{self, Service},
        database,
        training::{Wanted, World},
    },
};

/// Kills in the midst of it.
const KILLS: usize = 3;
/// Certificates acknowledged before each kill.
const BETWEEN: usize = 20;
/// Completions that wait for a certificate: more than the clients get to before the last kill.
const COMPLETED: usize = 160;
/// How many clients issue at once.
const CLIENTS: usize = 4;

/// What the clients share.
#[derive(Default)]
struct Desk {
    waiting: Vec<Uuid>,
    /// Certificate by enrolment.
    acknowledged: BTreeMap<Uuid, Uuid>,
    unanswered: Vec<Uuid>,
}

/// One certificate: its id when it was acknowledged, nothing when the service was too busy.
async fn issue(
    http: &reqwest::Client,
    base: &str,
    token: &str,
    enrolment: Uuid,
) -> reqwest::Result<Option<Uuid>> {
    let request = http.post(format!("{base}/v1/certificates")).bearer_auth(token);
    let request = request.header("Idempotency-Key", enrolment.to_string());
    let answer = request.json(&json!({ "enrolmentId": enrolment })).send().await?;
    let status = answer.status().as_u16();
    let told: Value = answer.json().await?;
    assert!(matches!(status, 201 | 503), "{status} {told}");
    Ok((status == 201).then(|| told["id"].as_str().unwrap().parse().unwrap()))
}

/// Issues until the service is gone or nobody waits.
async fn client(base: String, token: String, desk: Arc<Mutex<Desk>>) {
    let http = reqwest::Client::builder().timeout(Duration::from_secs(30)).build().unwrap();
    loop {
        let Some(enrolment) = desk.lock().unwrap().waiting.pop() else { return };
        let answered = issue(&http, &base, &token, enrolment).await;
        let mut desk = desk.lock().unwrap();
        match answered {
            Ok(Some(id)) => drop(desk.acknowledged.insert(enrolment, id)),
            Ok(None) => desk.waiting.push(enrolment),
            Err(_) => {
                desk.unanswered.push(enrolment);
                return;
            }
        }
    }
}

async fn killed(app: TestApp, url: &str) {
    let world = World::new(&app).await;
    let batch = world.batch(Wanted { capacity: COMPLETED as i32, ..OVER }).await;
    let session = world.session(batch, TimeDelta::days(-3)).await;
    let desk = Arc::new(Mutex::new(Desk::default()));
    for person in world.teachers(COMPLETED).await {
        let enrolment = passed(&world, batch, session, person).await;
        desk.lock().unwrap().waiting.push(enrolment);
    }
    world.set_taken(batch, COMPLETED as i32).await;
    let folder = tempfile::tempdir().unwrap();
    let mut service = Service::start(url, folder.path()).await;
    let token = child::ministry(url, folder.path());
    let (http, mut cut) = (reqwest::Client::new(), 0);
    let decide = http.post(format!("{}/v1/batches/{batch}/complete", service.base)).bearer_auth(&token);
    assert_eq!(decide.send().await.unwrap().status().as_u16(), 200, "nobody is decided about");
    for cycle in 1..=KILLS {
        let clients: Vec<_> = (0..CLIENTS)
            .map(|_| tokio::spawn(client(service.base.clone(), token.clone(), desk.clone())))
            .collect();
        let began = Instant::now();
        while desk.lock().unwrap().acknowledged.len() < cycle * BETWEEN {
            assert!(began.elapsed() < Duration::from_secs(60), "next to nothing is issued");
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        service.kill();
        for client in clients {
            client.await.unwrap();
        }
        service = Service::start(url, folder.path()).await;
        let unanswered = std::mem::take(&mut desk.lock().unwrap().unanswered);
        cut += unanswered.len();
        for enrolment in unanswered {
            let id = issue(&http, &service.base, &token, enrolment).await.unwrap();
            desk.lock().unwrap().acknowledged.insert(enrolment, id.expect("could not be sent again"));
        }
    }
    service.kill();
    assert!(cut > 0, "every kill came when nobody was waiting for an answer");
    let acknowledged = std::mem::take(&mut desk.lock().unwrap().acknowledged);
    println!("{} certificates acknowledged, {cut} of them after a kill", acknowledged.len());
    let reader = app.services.store.reader();
    let there = certificate::Entity::find().all(reader).await.unwrap();
    let there: BTreeMap<Uuid, Uuid> =
        there.into_iter().map(|row| (row.enrolment_id.unwrap(), row.id)).collect();
    assert_eq!(there, acknowledged, "what is there is what was acknowledged");
    let told = event::Entity::find().filter(event::Column::Kind.eq("certificate.issued"));
    let mut told: Vec<String> = told.all(reader).await.unwrap().into_iter().map(|e| e.subject_id).collect();
    told.sort();
    let mut ids: Vec<String> = there.values().map(Uuid::to_string).collect();
    ids.sort();
    assert_eq!(told, ids, "each has its one event");
    child::fsck(url, folder.path());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_acknowledged_certificate_outlives_a_kill_on_sqlite() {
    let (url, leftover) = database::sqlite().await;
    killed(TestApp::on(&url, leftover).await, &url).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_acknowledged_certificate_outlives_a_kill_on_postgres() {
    let Some((url, leftover)) = database::postgres().await else { return };
    killed(TestApp::on(&url, leftover).await, &url).await;
}
