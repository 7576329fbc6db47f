//! What becomes of somebody's part in communities when two records of one human become one.

use entity::{activity, activity_attendance, community_office, membership};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use crate::{
    both_engines,
    support::{
        Face, TestApp,
        app::start,
        directory::put,
        rows::{activity_row, membership_row, office_row},
        village::{Village, column},
    },
};

async fn left_behind(app: &TestApp, person: Uuid) -> u64 {
    let db = app.services.store.reader();
    let members = membership::Entity::find().filter(membership::Column::PersonId.eq(person));
    let offices = community_office::Entity::find().filter(community_office::Column::PersonId.eq(person));
    let there = activity_attendance::Entity::find().filter(activity_attendance::Column::PersonId.eq(person));
    members.count(db).await.unwrap() + offices.count(db).await.unwrap() + there.count(db).await.unwrap()
}

fn attendance_row(activity: Uuid, person: Uuid, minutes: i32) -> activity_attendance::Model {
    activity_attendance::Model {
        activity_id: activity,
        person_id: person,
        method: "organiser".to_owned(),
        minutes,
        observed_at: start(),
        recorded_at: start(),
        recorded_by: "test".to_owned(),
    }
}

both_engines! {
    async fn everything_in_communities_follows_and_nobody_counts_twice(app: TestApp) {
        let village = Village::new(&app).await;
        for face in Face::BOTH {
            let (old, new) = (village.teacher("Siti A.").await, village.teacher("Siti Aminah").await);
            let other = village.teacher("Budi").await;
            // One group that only the retired record is in, as its chair; one that both are in.
            let alone = village.group_of("open", old, other).await;
            let shared = village.group_of("open", other, old).await;
            let waiting = membership_row(Uuid::now_v7(), shared.id, new);
            put(&app, membership::Model { status: "requested".to_owned(), joined_at: None, ..waiting.clone() }).await;
            for (person, scope) in [(old, "IPA"), (new, "IPA"), (old, "IPS")] {
                let row = office_row(Uuid::now_v7(), shared.id, person, "subject_guide");
                put(&app, community_office::Model { scope: Some(scope.to_owned()), ..row }).await;
            }
            let (both, one) = (Uuid::now_v7(), Uuid::now_v7());
            for (id, attended) in [(both, 2), (one, 1)] {
                let row = activity_row(id, shared.id, start());
                put(&app, activity::Model { status: "held".to_owned(), attended, ..row }).await;
                put(&app, attendance_row(id, old, 90)).await;
            }
            put(&app, attendance_row(both, new, 180)).await;

            let args = json!({ "id": old, "input": { "intoId": new, "reason": "NIK dan ijazah sama" } });
            app.call(face, Some(&app.ministry()), "merge_person", args).await.ok();
            assert_eq!(left_behind(&app, old).await, 0, "{face:?}");
            let mine = village.call(face, &village.token(new), "list_person_memberships", json!({ "id": new, "status": "active" })).await.ok();
            let mut groups = column(&mine, "communityId");
            groups.sort();
            let mut expected = [alone.id.to_string(), shared.id.to_string()];
            expected.sort();
            assert_eq!(groups, expected);
            let kept = mine["items"].as_array().unwrap().iter().find(|row| row["communityId"] == json!(shared.id)).unwrap();
            assert_eq!((&kept["id"], &kept["joinedAt"]), (&json!(waiting.id), &json!("2025-01-26T08:00:00Z")));
            assert_eq!(kept["offices"], json!(["subject_guide", "subject_guide"]));
            // The chair goes on as who they are, with a token made before the merge too.
            let member = json!({ "id": alone.id, "version": 1, "input": { "name": "KKG Cengkeh" } });
            village.call(face, &village.token(old), "update_community", member).await.ok();
            let db = app.services.store.reader();
            for (id, minutes) in [(both, 180), (one, 90)] {
                let there = activity_attendance::Entity::find().filter(activity_attendance::Column::ActivityId.eq(id)).all(db).await.unwrap();
                assert_eq!(there.iter().map(|row| (row.person_id, row.minutes)).collect::<Vec<_>>(), [(new, minutes)]);
                let row = activity::Entity::find_by_id(id).one(db).await.unwrap().unwrap();
                assert_eq!((row.attended, row.version), (1, 2));
            }
        }
        for (kind, count) in [("membership.moved", 2), ("membership.merged", 2), ("office.moved", 4), ("office.merged", 2),
            ("activity_attendance.moved", 2), ("activity_attendance.merged", 2), ("person.merged", 2)] {
            assert_eq!(app.events(kind).await.len(), count, "{kind}");
        }
    }

    async fn somebody_who_joins_while_their_records_are_merged_is_in_once(app: TestApp) {
        let village = Village::new(&app).await;
        let group = village.group("open").await;
        let (old, new) = (village.teacher("Siti A.").await, village.teacher("Siti Aminah").await);
        let (ministry, token) = (app.ministry(), village.token(old));
        let args = json!({ "id": old, "input": { "intoId": new, "reason": "NIK dan ijazah sama" } });
        let (merged, joined) = tokio::join!(
            app.call(Face::Rest, Some(&ministry), "merge_person", args),
            village.step(Face::Rest, &token, "request_membership", group.id),
        );
        merged.ok();
        assert_eq!(left_behind(&app, old).await, 0);
        let mine = village.step(Face::Rest, &village.token(new), "list_person_memberships", new).await.ok();
        let refused = joined.code.as_deref();
        assert!(refused.is_none() || refused == Some("person_merged"), "{refused:?}");
        assert_eq!(column(&mine, "id").len(), usize::from(refused.is_none()));
    }
}
