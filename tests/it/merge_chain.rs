//! Three records of one human that become one, one after the other: nothing is left on the way and nothing counts twice.
//! Through both faces, on both engines.

use chrono::TimeDelta;
use entity::{activity, activity_attendance, activity_removal, membership};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    proposal::{open, propose, vote},
    support::{
        Face, TestApp,
        app::start,
        circle::Circle,
        directory::put,
        group::presence_row,
        rows::{activity_row, membership_row},
    },
};

async fn three(circle: &Circle<'_>) -> [Uuid; 3] {
    [
        circle.person("Sri W.").await,
        circle.person("Sri Wahyuni").await,
        circle.person("Sri Wahyuni, S.Pd.").await,
    ]
}

async fn merge(app: &TestApp, face: Face, from: Uuid, into: Uuid) {
    let args = json!({ "id": from, "input": { "intoId": into, "reason": "Orang yang sama." } });
    app.call(face, Some(&app.ministry()), "merge_person", args).await.ok();
}

async fn memberships(app: &TestApp, person: Uuid) -> Vec<membership::Model> {
    let theirs = membership::Entity::find().filter(membership::Column::PersonId.eq(person));
    theirs.all(app.services.store.reader()).await.unwrap()
}

/// Who was at an activity, and how many it says there were.
async fn present(app: &TestApp, id: Uuid) -> (Vec<(Uuid, i32)>, i32) {
    let reader = app.services.store.reader();
    let there = activity_attendance::Entity::find().filter(activity_attendance::Column::ActivityId.eq(id));
    let there = there
        .order_by_asc(activity_attendance::Column::Minutes)
        .all(reader)
        .await
        .unwrap()
        .into_iter()
        .map(|row| (row.person_id, row.minutes))
        .collect();
    (there, activity::Entity::find_by_id(id).one(reader).await.unwrap().unwrap().attended)
}

both_engines! {
    async fn three_records_of_one_human_are_one_member_who_was_there_once(app: TestApp) {
        let circle = Circle::new(&app).await;
        for face in Face::BOTH {
            let [first, second, third] = three(&circle).await;
            let early = start() - TimeDelta::days(900);
            for (person, status, joined_at) in [
                (first, "active", Some(early)), (second, "requested", None), (third, "active", Some(start() - TimeDelta::days(90))),
            ] {
                let row = membership_row(Uuid::now_v7(), circle.community, person);
                put(&app, membership::Model { status: status.to_owned(), joined_at, ..row }).await;
            }
            let (all, one, off) = (Uuid::now_v7(), Uuid::now_v7(), Uuid::now_v7());
            for (id, days, attended) in [(all, 3, 3), (one, 2, 1), (off, 1, 0)] {
                let row = activity_row(id, circle.community, start() - TimeDelta::days(days));
                put(&app, activity::Model { status: "held".to_owned(), attended, ..row }).await;
            }
            for (id, person, minutes) in [(all, first, 60), (all, second, 90), (all, third, 120), (one, first, 45)] {
                put(&app, presence_row(id, person, minutes, start())).await;
            }
            let removal = activity_removal::Model { activity_id: off, person_id: first, removed_at: start(), removed_by: "test".to_owned() };
            put(&app, removal).await;

            merge(&app, face, first, second).await;
            assert_eq!(present(&app, all).await, (vec![(second, 90), (third, 120)], 2), "{face:?}");
            merge(&app, face, second, third).await;
            assert!(memberships(&app, first).await.is_empty() && memberships(&app, second).await.is_empty());
            let live: Vec<_> = memberships(&app, third).await.into_iter().filter(|row| row.status != "left").collect();
            let stands: Vec<_> = live.iter().map(|row| (row.status.as_str(), row.joined_at)).collect();
            assert_eq!(stands, [("active", Some(early))], "a member once, since the earliest of the days");
            assert_eq!(present(&app, all).await, (vec![(third, 120)], 1));
            assert_eq!(present(&app, one).await, (vec![(third, 45)], 1));
            // Whom an officer took off a list two records ago stays off it, under the number they have now and the first one.
            for person in [third, first] {
                let confirmed = circle.ask(face, person, "confirm_activity", json!({ "id": off })).await;
                assert_eq!(confirmed.refused(), "attendance_removed", "{face:?}");
            }
            // A token of the first record is that of the last one.
            let mine = circle.ask(face, first, "list_person_memberships", json!({ "id": third, "status": "active" })).await.ok();
            assert_eq!(mine["items"].as_array().unwrap().len(), 1);
        }
    }

    async fn three_records_of_one_human_have_one_vote(app: TestApp) {
        let circle = Circle::new(&app).await;
        for face in Face::BOTH {
            let persons = three(&circle).await;
            for person in persons {
                circle.join(person).await;
            }
            let voted = async |votes: [Option<&str>; 3]| {
                let id = propose(&circle, face, circle.chair, false).await["id"].clone();
                open(&circle, face, &id, "simple_majority", 10).await;
                for (person, choice) in persons.into_iter().zip(votes) {
                    if let Some(choice) = choice {
                        vote(&circle, face, person, &id, choice).await.ok();
                    }
                }
                id
            };
            let over = voted([Some("yes"), Some("no"), Some("yes")]).await;
            app.pass(TimeDelta::days(8));
            let votes = [
                // Of the record that remains there is a vote, or of one on the way, or of the first alone, or none.
                ([Some("yes"), Some("no"), Some("abstain")], [2, 1], json!("abstain")),
                ([Some("yes"), None, Some("no")], [2, 1], json!("no")),
                ([Some("yes"), Some("no"), None], [1, 1], json!("no")),
                ([Some("yes"), None, None], [1, 1], json!("yes")),
                ([None, None, None], [0, 0], Value::Null),
            ];
            let mut still_open = Vec::new();
            for (cast, turnouts, stays) in votes {
                still_open.push((voted(cast).await, turnouts, stays));
            }
            let [first, second, third] = persons;
            let read = async |id: &Value, person: Uuid| circle.ask(face, person, "get_proposal", json!({ "id": id })).await.ok()["voting"].clone();
            merge(&app, face, first, second).await;
            for (id, turnouts, _) in &still_open {
                assert_eq!(read(id, second).await["turnout"], turnouts[0], "{face:?}");
            }
            merge(&app, face, second, third).await;
            for (id, turnouts, stays) in &still_open {
                let voting = read(id, third).await;
                assert_eq!((&voting["turnout"], &voting["myVote"]), (&json!(turnouts[1]), stays), "{face:?}");
                let again = vote(&circle, face, third, id, "yes").await.ok();
                assert_eq!(again["voting"]["turnout"], 1, "in place of any before, whichever record cast it");
            }
            let result = read(&over, third).await["result"].clone();
            assert_eq!((&result["yes"], &result["no"]), (&json!(2), &json!(1)), "what a vote came to stands");
        }
    }
}
