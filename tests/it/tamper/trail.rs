//! The audit trail itself, edited: each column, entries taken away, put in another order or cut off at the end; and
//! entries from before apps, reasons and changes were kept.

use entity::ledger;
use sanggar::foundation::{
    audit::{AuditKey, FORMAT},
    event::Event,
    transaction::Origin,
};

use super::*;

/// A trail with something in every column: an app, an account, reasons and changes.
async fn full(app: &TestApp) -> Vec<audit_entry::Model> {
    let world = World::new(app).await;
    two(&world).await;
    let origin = Origin {
        actor: "siti".to_owned(),
        caller: "siti".to_owned(),
        request_id: "r".to_owned(),
        client: Some("app".to_owned()),
        account: Some("account".to_owned()),
        reason: Some("Alasan".to_owned()),
        ..Origin::default()
    };
    for version in [1, 2] {
        let work = app.services.writes.run("test.happen", origin.clone(), move |tx| {
            Box::pin(async move {
                tx.emit(Event::new("school.updated", "school", Uuid::nil(), version)).await.map(|_| ())
            })
        });
        work.await.unwrap();
    }
    let rows = entries(app).await;
    assert!(rows.iter().any(|row| row.changes.is_some()), "nothing changed in this world");
    assert_eq!(faults(app).await, Vec::<String>::new());
    rows
}

async fn entries(app: &TestApp) -> Vec<audit_entry::Model> {
    let all = audit_entry::Entity::find().order_by_asc(audit_entry::Column::Seq);
    all.all(app.services.store.writer()).await.unwrap()
}

/// Puts the trail back, or another in its place.
async fn put_all(app: &TestApp, rows: &[audit_entry::Model]) {
    let db = app.services.store.writer();
    audit_entry::Entity::delete_many().exec(db).await.unwrap();
    let rows = rows.iter().cloned().map(audit_entry::ActiveModel::from);
    audit_entry::Entity::insert_many(rows).exec_without_returning(db).await.unwrap();
}

/// The trail as a program from before would have written it.
async fn from_before(app: &TestApp, rows: &[audit_entry::Model], places: bool) -> Vec<audit_entry::Model> {
    let key = AuditKey::new(*app.services.keyring.audit().bytes());
    let (mut previous, mut old) = (String::new(), Vec::new());
    for row in rows {
        let mut row = audit_entry::Model {
            format: None,
            client: None,
            account: None,
            reason: None,
            changes: None,
            first_pos: row.first_pos.filter(|_| places),
            last_pos: row.last_pos.filter(|_| places),
            previous_hash: previous,
            ..row.clone()
        };
        row.hash = key.seal(&row).unwrap();
        previous = row.hash.clone();
        old.push(row);
    }
    put_all(app, &old).await;
    // Nothing stood apart then.
    entity::audit_value::Entity::delete_many().exec(app.services.store.writer()).await.unwrap();
    let end = ledger::ActiveModel { id: Set(1), audit_hash: Set(previous), ..Default::default() };
    end.update(app.services.store.writer()).await.unwrap();
    old
}

/// What somebody does to an entry, by name.
type Edit = (&'static str, fn(&mut audit_entry::Model));

/// Every edit of a column by itself.
const EDITS: &[Edit] = &[
    ("at", |entry| entry.at += TimeDelta::microseconds(1)),
    ("actor", |entry| entry.actor = "nobody".to_owned()),
    ("action", |entry| entry.action = "school.update".to_owned()),
    ("request", |entry| entry.request_id = "other".to_owned()),
    ("subjects", |entry| entry.subjects = json!([])),
    ("previous", |entry| entry.previous_hash = "00".to_owned()),
    ("hash", |entry| entry.hash = "00".to_owned()),
    ("another client", |entry| entry.client = Some("other".to_owned())),
    ("an empty client", |entry| entry.client = Some(String::new())),
    ("another account", |entry| entry.account = Some("other".to_owned())),
    ("another reason", |entry| entry.reason = Some("Lain".to_owned())),
    ("other changes", |entry| entry.changes = Some(json!([{ "kind": "x", "rowId": "x", "fields": [] }]))),
    ("empty changes", |entry| entry.changes = Some(json!([]))),
    ("another format", |entry| entry.format = Some(FORMAT + 1)),
    ("another first event", |entry| entry.first_pos = Some(1_000)),
    ("another last event", |entry| entry.last_pos = Some(1_000)),
    ("no first event", |entry| entry.first_pos = None),
];

/// What is dropped.
const DROPS: &[Edit] = &[
    ("client", |entry| entry.client = None),
    ("account", |entry| entry.account = None),
    ("reason", |entry| entry.reason = None),
    ("format", |entry| entry.format = None),
    ("all that is new", |entry| {
        (entry.format, entry.client, entry.account, entry.reason) = (None, None, None, None);
        (entry.changes, entry.first_pos, entry.last_pos) = (None, None, None);
    }),
    ("where its events are", |entry| (entry.first_pos, entry.last_pos) = (None, None)),
];

/// Makes each edit in the entry at `at`, and puts it back.
async fn each_is_found(app: &TestApp, rows: &[audit_entry::Model], at: usize, edits: &[Edit]) {
    for (what, edit) in edits {
        let mut edited = rows.to_vec();
        edit(&mut edited[at]);
        assert_ne!(edited[at], rows[at], "{what} is no edit");
        put_all(app, &edited).await;
        let mut told = Vec::new();
        fsck::inspect_audit(&app.services, None, &mut |fault| told.push(fault)).await.unwrap();
        assert!(!told.is_empty(), "{what} was not found");
        put_all(app, rows).await;
    }
    assert_eq!(faults(app).await, Vec::<String>::new());
}

both_engines! {
    async fn an_edit_of_any_column_of_the_trail_is_found(app: TestApp) {
        let rows = full(&app).await;
        let last = rows.len() - 1;
        for at in [0, last - 1, last] {
            each_is_found(&app, &rows, at, EDITS).await;
        }
        each_is_found(&app, &rows, last, DROPS).await;
        let changed = rows.iter().position(|row| row.changes.is_some()).unwrap();
        each_is_found(&app, &rows, changed, &[("the changes dropped", |entry| entry.changes = None)]).await;
    }

    async fn a_deleted_or_reordered_entry_is_found(app: TestApp) {
        let rows = full(&app).await;
        for gone in 0..rows.len() {
            let mut left = rows.clone();
            left.remove(gone);
            put_all(&app, &left).await;
            let told = faults(&app).await;
            assert!(!told.is_empty(), "that entry {} is gone was not found", gone + 1);
        }
        for at in 1..rows.len() {
            // Each in the other's place, once as it is and once with the chain mended as far as that goes without a key.
            for mended in [false, true] {
                let mut swapped = rows.clone();
                swapped.swap(at - 1, at);
                for (place, row) in [at - 1, at].map(|place| (place, rows[place].clone())) {
                    swapped[place].seq = row.seq;
                    if mended {
                        swapped[place].previous_hash = row.previous_hash;
                        (swapped[place].first_pos, swapped[place].last_pos) = (row.first_pos, row.last_pos);
                    }
                }
                put_all(&app, &swapped).await;
                assert!(!faults(&app).await.is_empty(), "entries {at} and {} changed places", at + 1);
            }
        }
        put_all(&app, &rows).await;
        assert_eq!(faults(&app).await, Vec::<String>::new());
    }

    async fn a_cut_off_end_of_the_trail_is_found_with_its_head(app: TestApp) {
        let rows = full(&app).await;
        let db = app.services.store.writer();
        let head = Head::read(db).await.unwrap();
        let (last, before) = (&rows[rows.len() - 1], &rows[rows.len() - 2]);
        audit_entry::Entity::delete_by_id(last.seq).exec(db).await.unwrap();
        event::Entity::delete_many().filter(event::Column::Pos.gt(before.last_pos.unwrap())).exec(db).await.unwrap();
        assert!(!faults(&app).await.is_empty(), "the ledger knows the end");
        let end = ledger::ActiveModel {
            id: Set(1),
            pos: Set(before.last_pos.unwrap()),
            audit_seq: Set(before.seq),
            audit_hash: Set(before.hash.clone()),
            last_at: Set(before.at),
        };
        end.update(db).await.unwrap();
        let told = faults_since(&app, Some(&head)).await;
        assert!(told.iter().any(|fault| fault.contains("its end was cut off")), "{told:?}");
    }

    async fn entries_from_before_are_whole_and_take_nothing_in(app: TestApp) {
        let rows = full(&app).await;
        for places in [true, false] {
            let mut old = from_before(&app, &rows, places).await;
            if !places {
                // That an entry does not say where its events are is told until it is filled in.
                assert!(!faults(&app).await.is_empty());
                sanggar::foundation::places::fill(app.services.store.writer()).await.unwrap();
                old = entries(&app).await;
            }
            assert_eq!(faults(&app).await, Vec::<String>::new(), "{places}");
            let last = old.len() - 1;
            let edits: &[Edit] = &[
                ("a client", |entry| entry.client = Some("app".to_owned())),
                ("an account", |entry| entry.account = Some("account".to_owned())),
                ("a reason", |entry| entry.reason = Some("Alasan".to_owned())),
                ("changes", |entry| entry.changes = Some(json!([]))),
                ("a format", |entry| entry.format = Some(FORMAT)),
                ("a first event", |entry| entry.first_pos = Some(1_000)),
                ("no places", |entry| (entry.first_pos, entry.last_pos) = (None, None)),
            ];
            each_is_found(&app, &old, last, edits).await;
        }
        // And what comes after them goes on.
        let input = json!({ "input": { "code": "LANJUT", "kind": "company", "name": "Lanjut" } });
        app.call(Face::Rest, Some(&app.ministry()), "create_organisation", input).await.ok();
        assert_eq!(faults(&app).await, Vec::<String>::new());
        assert_eq!(entries(&app).await.pop().unwrap().format, Some(FORMAT));
    }
}
