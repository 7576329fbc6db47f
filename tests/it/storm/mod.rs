//! The reset storm: honest clients write while others send a write and reset the socket,
//! and then the program is killed. Whatever was acknowledged must be there. With the plain
//! way to write it is not, and the control at the end shows that this storm would tell.
//!
//! `SANGGAR_STORM_SECONDS` lets every storm blow longer than the few seconds it has here.

mod certificates;
mod clients;
mod plain;

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use clients::{Notes, Target};
use entity::{audit_entry, event, ledger, organisation};
use plain::Plain;
use sanggar::{
    access::keys::{Keyring, store::KeySettings},
    foundation::{
        audit::{AuditKey, event_hash},
        store::Store,
    },
};
use sea_orm::{DatabaseConnection, EntityTrait, QueryOrder, QuerySelect};

use crate::{
    both_engines,
    support::{
        TestApp,
        child::{self, Service},
        database,
    },
};

/// The cycles of storm, kill and restart.
const KILLS: u32 = 3;

/// How long a storm blows.
fn seconds(usual: u64) -> Duration {
    let wished = std::env::var("SANGGAR_STORM_SECONDS").ok().map(|text| text.parse().unwrap());
    Duration::from_secs(wished.unwrap_or(usual))
}

async fn codes(connection: &DatabaseConnection) -> BTreeSet<String> {
    let codes = organisation::Entity::find().select_only().column(organisation::Column::Code);
    codes.into_tuple::<String>().all(connection).await.unwrap().into_iter().collect()
}

/// Every row has its one event, positions have no gap, and the audit trail is one chain:
/// nothing is half written and nothing twice.
async fn whole(connection: &DatabaseConnection, ring: &Keyring) {
    let key = AuditKey::new(*ring.audit().bytes());
    let rows = codes(connection).await;
    let events = event::Entity::find().order_by_asc(event::Column::Pos).all(connection).await.unwrap();
    let told: BTreeSet<String> = events.iter().map(|e| e.subject_id.clone()).collect();
    assert_eq!(
        (rows.len(), told.len()),
        (events.len(), events.len()),
        "a row without its event, or an event twice"
    );
    assert!(events.iter().zip(1..).all(|(event, pos)| event.pos == pos), "positions have a gap");
    let entries =
        audit_entry::Entity::find().order_by_asc(audit_entry::Column::Seq).all(connection).await.unwrap();
    let mut previous = String::new();
    for (entry, seq) in entries.iter().zip(1..) {
        assert_eq!((entry.seq, &entry.previous_hash), (seq, &previous));
        assert_eq!(entry.hash, key.seal(entry).unwrap());
        previous.clone_from(&entry.hash);
    }
    let ledger = ledger::Entity::find().one(connection).await.unwrap().unwrap();
    assert_eq!((ledger.pos, ledger.audit_seq), (events.len() as i64, entries.len() as i64));
    assert_eq!(ledger.audit_hash, previous);
    let told = entries.iter().flat_map(|entry| entry.subjects.as_array().unwrap());
    assert!(events.iter().zip(told).all(|(event, told)| told[4] == event_hash(event).unwrap()));
}

/// Fails a storm in which too little happened to tell anything.
fn blew(what: &str, notes: &Notes) {
    println!(
        "{what}: {} writes acknowledged, {} without an answer, {} sockets reset",
        notes.acknowledged.len(),
        notes.unanswered.len(),
        notes.resets
    );
    assert!(notes.acknowledged.len() >= 40 && notes.resets >= 80, "{what}: too little happened: {notes:?}");
}

both_engines! {
    async fn no_acknowledged_write_is_lost_while_other_clients_reset_their_sockets(app: TestApp) {
        let address = app.base.trim_start_matches("http://").parse().unwrap();
        let target = Target { address, token: app.ministry(), mark: String::new() };
        let storm = target.storm();
        storm.blow(seconds(6), 60).await;
        let notes = storm.end().await;
        blew("storm", &notes);
        assert_eq!(notes.missing(&codes(app.services.store.reader()).await), Vec::<&String>::new());
        // Writes of clients that went away may still be running.
        assert!(app.services.writes.drain(Duration::from_secs(30)).await);
        whole(app.services.store.reader(), &app.services.keyring).await;
    }
}

/// Storms, kills in the midst of it, starts again and looks: everything acknowledged is there,
/// through the service and behind it, and what got no answer can be sent again with its key.
async fn killed(url: &str) {
    let folder = tempfile::tempdir().unwrap();
    let mut service = Service::start(url, folder.path()).await;
    let token = child::ministry(url, folder.path());
    let mut all = Notes::default();
    for cycle in 0..KILLS {
        let target = Target { address: service.address, token: token.clone(), mark: format!("K{cycle}") };
        let storm = target.storm();
        storm.blow(seconds(4) / KILLS, 25).await;
        // While everybody is still writing.
        service.kill();
        let notes = storm.end().await;
        service = Service::start(url, folder.path()).await;
        let target = Target { address: service.address, token: token.clone(), mark: String::new() };
        let http = reqwest::Client::new();
        for code in &notes.unanswered {
            assert!(target.write(&http, code).await.unwrap(), "{code} could not be sent again");
        }
        all.add(notes);
        assert_eq!(all.missing(&listed(&http, &service.base).await), Vec::<&String>::new(), "cycle {cycle}");
    }
    blew("kill -9", &all);
    service.kill();
    let store = Store::open(url, database::SIZES).await.unwrap();
    assert_eq!(all.missing(&codes(store.reader()).await), Vec::<&String>::new());
    let dir = folder.path().join("data/keys");
    let ring = Keyring::open(&KeySettings { dir, ..KeySettings::default() }).unwrap();
    whole(store.reader(), &ring).await;
    store.close().await;
}

/// Every code that the service lists.
async fn listed(http: &reqwest::Client, base: &str) -> BTreeSet<String> {
    let (mut found, mut next) = (BTreeSet::new(), String::new());
    loop {
        let answer = http.get(format!("{base}/v1/organisations?limit=100{next}")).send().await.unwrap();
        let page: serde_json::Value = answer.json().await.unwrap();
        found
            .extend(page["items"].as_array().unwrap().iter().map(|o| o["code"].as_str().unwrap().to_owned()));
        match page["next"].as_str() {
            Some(cursor) => next = format!("&after={cursor}"),
            None => return found,
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_to_a_kill_on_sqlite() {
    let (url, _leftover) = database::sqlite().await;
    killed(&url).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_to_a_kill_on_postgres() {
    let Some((url, _leftover)) = database::postgres().await else { return };
    killed(&url).await;
}

/// The control: the same storm against the plain way loses acknowledged writes on PostgreSQL,
/// so a storm that finds nothing lost has looked.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_storm_finds_what_the_plain_way_loses() {
    let Some((url, _leftover)) = database::postgres().await else { return };
    let started = Instant::now();
    let mut all = Notes::default();
    for round in 0.. {
        let lost = plain_round(&url, round, &mut all).await;
        if lost > 0 {
            blew("plain way", &all);
            println!("plain way: {lost} acknowledged writes lost after {:?}", started.elapsed());
            return;
        }
        assert!(started.elapsed() < Duration::from_secs(60), "the plain way lost nothing: {all:?}");
    }
}

async fn plain_round(url: &str, round: u32, all: &mut Notes) -> usize {
    let plain = Plain::start(url).await;
    let target = Target { address: plain.address, token: "any".to_owned(), mark: format!("P{round}") };
    let storm = target.storm();
    storm.blow(Duration::from_secs(2), 40).await;
    let notes = storm.end().await;
    plain.stop().await;
    let store = Store::open(url, database::SIZES).await.unwrap();
    let lost = notes.missing(&codes(store.reader()).await).len();
    store.close().await;
    all.add(notes);
    lost
}
