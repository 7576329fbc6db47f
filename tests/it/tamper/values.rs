//! Personal values of the audit trail, beside its chain: shown in their places, forgotten without a mark on the chain, and
//! held against their hashes.

use entity::{audit_value, person};
use sanggar::foundation::trail_values;

use super::*;
use crate::support::directory::Country;

/// A teacher whose name, subject and phone were changed; answers who, and the number of that entry.
async fn renamed(app: &TestApp, country: &Country, face: Face) -> (Uuid, i64) {
    let siti = country.teacher(app, "Siti", country.bandung).await;
    let input = json!({ "name": "Siti Aminah", "subject": "Fisika", "phone": "0813-9876-5432" });
    let change = json!({ "id": siti, "version": 1, "input": input });
    app.call(face, Some(&app.ministry()), "update_person", change).await.ok();
    let seq = Head::read(app.services.store.writer()).await.unwrap().seq;
    (siti, seq)
}

async fn changes(app: &TestApp, face: Face, seq: i64) -> Value {
    app.call(face, Some(&app.ministry()), "get_audit_entry", json!({ "seq": seq })).await.ok()["changes"]
        .clone()
}

async fn values(app: &TestApp) -> Vec<audit_value::Model> {
    let all = audit_value::Entity::find()
        .order_by_asc(audit_value::Column::Seq)
        .order_by_asc(audit_value::Column::Place);
    all.all(app.services.store.writer()).await.unwrap()
}

async fn put_all(app: &TestApp, rows: &[audit_value::Model]) {
    let db = app.services.store.writer();
    audit_value::Entity::delete_many().exec(db).await.unwrap();
    let rows = rows.iter().cloned().map(audit_value::ActiveModel::from);
    audit_value::Entity::insert_many(rows).exec_without_returning(db).await.unwrap();
}

async fn audit_faults(app: &TestApp) -> Vec<String> {
    let mut told = Vec::new();
    fsck::inspect_audit(&app.services, None, &mut |fault| told.push(fault)).await.unwrap();
    told
}

async fn mark_erased(app: &TestApp, id: Uuid) {
    let erased_at = Set(Some(app.services.clock.now()));
    let row = person::ActiveModel { id: Set(id), erased_at, ..Default::default() };
    row.update(app.services.store.writer()).await.unwrap();
}

/// What somebody does to the values behind the service's back.
type Edit<'a> = &'a dyn Fn(&mut Vec<audit_value::Model>);

both_engines! {
    async fn personal_values_stand_beside_the_chain_and_are_shown_in_their_places(app: TestApp) {
        let country = Country::new(&app).await;
        for face in Face::BOTH {
            let (siti, seq) = renamed(&app, &country, face).await;
            let change = |field: &str, before: Value, after: &str, masked: bool| json!({
                "kind": "person", "rowId": siti, "field": field, "before": before, "after": after,
                "masked": masked, "withheld": null,
            });
            let told = json!([
                change("name", json!("Siti"), "Siti Aminah", false),
                change("subject", Value::Null, "Fisika", false),
                change("phone", Value::Null, "+6•••32", true),
            ]);
            assert_eq!(changes(&app, face, seq).await, told, "{face:?}");
            let of = values(&app).await.into_iter().filter(|value| value.person_id == Some(siti));
            assert_eq!(of.map(|value| (value.seq, value.place)).collect::<Vec<_>>(), [(seq, 1), (seq, 2), (seq, 3)]);
            let before = app.services.store.statements();
            app.call(face, Some(&app.ministry()), "list_audit_entries", json!({})).await.ok();
            let spent = app.services.store.statements() - before;
            assert!(spent <= 4, "{face:?}: {spent} statements for a page, and for who saw it");
        }
        let entries = audit_entry::Entity::find().all(app.services.store.reader()).await.unwrap();
        for canary in ["Siti", "Fisika", "+6•••32"] {
            assert!(!format!("{entries:?}").contains(canary), "{canary} is in the chain");
        }
        assert_eq!(audit_faults(&app).await, Vec::<String>::new());
    }

    async fn forgotten_values_leave_the_chain_whole(app: TestApp) {
        let country = Country::new(&app).await;
        let (siti, seq) = renamed(&app, &country, Face::Rest).await;
        let (_, other) = renamed(&app, &country, Face::Graphql).await;
        assert_eq!(trail_values::forget(app.services.store.writer(), siti).await.unwrap(), 3);
        // Of somebody who is there, what is missing was taken.
        let told = audit_faults(&app).await;
        assert_eq!(told.len(), 3, "{told:?}");
        assert!(told.iter().all(|fault| fault.contains("is missing")), "{told:?}");
        mark_erased(&app, siti).await;
        assert_eq!(audit_faults(&app).await, Vec::<String>::new());
        for face in Face::BOTH {
            for field in changes(&app, face, seq).await.as_array().unwrap() {
                let seen = (&field["before"], &field["after"], &field["withheld"]);
                assert_eq!(seen, (&Value::Null, &Value::Null, &json!("erased")), "{face:?}");
            }
            assert_eq!(changes(&app, face, other).await[0]["after"], "Siti Aminah");
        }
        // And what is older than ten years may go, whoever it is about.
        app.pass(trail_values::KEPT + TimeDelta::days(1));
        audit_value::Entity::delete_many().exec(app.services.store.writer()).await.unwrap();
        assert_eq!(audit_faults(&app).await, Vec::<String>::new());
        assert_eq!(changes(&app, Face::Rest, other).await[0]["withheld"], "expired");
    }

    async fn a_value_that_was_edited_moved_or_put_in_is_found(app: TestApp) {
        let country = Country::new(&app).await;
        let (siti, seq) = renamed(&app, &country, Face::Rest).await;
        let (budi, _) = renamed(&app, &country, Face::Rest).await;
        let rows = values(&app).await;
        let at = rows.iter().position(|row| row.person_id == Some(siti) && row.place == 1).unwrap();
        let edits: [(&str, Edit<'_>); 8] = [
            ("another before", &|rows| rows[at].before = Some("Sita".to_owned())),
            ("no before", &|rows| rows[at].before = None),
            ("another after", &|rows| rows[at].after = Some("Sita".to_owned())),
            ("another salt", &|rows| rows[at].salt = "00".repeat(16)),
            ("given to somebody else", &|rows| rows[at].person_id = Some(budi)),
            ("given to nobody", &|rows| rows[at].person_id = None),
            ("two in each other's place", &|rows| {
                (rows[at].place, rows[at + 1].place) = (rows[at + 1].place, rows[at].place);
            }),
            ("one more", &|rows| rows.push(audit_value::Model { place: 9, ..rows[at].clone() })),
        ];
        for (what, edit) in edits {
            let mut edited = rows.clone();
            edit(&mut edited);
            assert_ne!(edited, rows, "{what} is no edit");
            put_all(&app, &edited).await;
            let told = audit_faults(&app).await;
            assert!(told.iter().any(|fault| fault.contains(&format!("audit entry {seq} "))), "{what}: {told:?}");
            if what != "one more" {
                for face in Face::BOTH {
                    let told = changes(&app, face, seq).await;
                    assert_eq!((&told[0]["withheld"], &told[0]["after"]), (&json!("altered"), &Value::Null), "{what}");
                }
            }
        }
        put_all(&app, &rows).await;
        assert_eq!(audit_faults(&app).await, Vec::<String>::new());
    }
}
