//! What an activity may become that was planned as one of another kind; through both faces, on both engines.

use chrono::TimeDelta;
use entity::activity;
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    support::{
        Face, Outcome, TestApp, app::start, circle::Circle, directory::put, group::Group, rows::activity_row,
    },
};

fn faults(outcome: &Outcome) -> Vec<(&str, &str)> {
    outcome.faults.iter().map(|(pointer, code)| (pointer.as_str(), code.as_str())).collect()
}

/// A planned activity that began so many days ago.
async fn begun(circle: &Circle<'_>, kind: &str, days: i64) -> Uuid {
    let id = Uuid::now_v7();
    let row = activity_row(id, circle.community, start() - TimeDelta::days(days));
    put(circle.app, activity::Model { kind: kind.to_owned(), ..row }).await;
    id
}

/// What comes of changing the kind of an activity as it stands.
async fn become_a(circle: &Circle<'_>, face: Face, id: Uuid, kind: &str) -> Outcome {
    let reader = circle.app.services.store.reader();
    let version = activity::Entity::find_by_id(id).one(reader).await.unwrap().unwrap().version;
    let args = json!({ "id": id, "version": version, "input": { "kind": kind } });
    circle.ask(face, circle.chair, "update_activity", args).await
}

both_engines! {
    async fn a_watched_lesson_that_becomes_a_meeting_asks_for_free_time(app: TestApp) {
        let group = Group::new(&app).await;
        for (face, day) in Face::BOTH.into_iter().zip(["03", "04"]) {
            let create = async |kind: &str, hour: u32| {
                let input = json!({ "kind": kind, "title": "Menyusun soal", "mode": "face_to_face",
                    "startsAt": format!("2026-03-{day}T{hour:02}:00:00Z"), "endsAt": format!("2026-03-{day}T{:02}:30:00Z", hour + 1) });
                group.lead(face, "create_activity", json!({ "id": group.id, "input": input })).await.ok()["id"].clone()
            };
            let change = async |id: &Value, version: i64, input: Value| {
                group.lead(face, "update_activity", json!({ "id": id, "version": version, "input": input })).await
            };
            let to = |kind: &str| json!({ "kind": kind });
            // Nine in the morning by the clocks of the school: lessons are watched then, and nobody meets.
            let watched = create("peer_observation", 2).await;
            let other = create("peer_observation", 2).await;
            for kind in ["meeting", "coaching"] {
                assert_eq!(change(&watched, 1, to(kind)).await.refused(), "meetings_clash_with_teaching", "{face:?} {kind}");
            }
            let reason = json!({ "kind": "meeting", "despiteClashes": "Disepakati kepala sekolah" });
            assert_eq!(change(&watched, 1, reason.clone()).await.ok()["kind"], "meeting");
            assert_eq!(change(&other, 1, reason).await.refused(), "activity_double_booked", "a reason makes no second room");
            // In the afternoon the community has something else to do, until that is a lesson that is watched.
            let meeting = create("meeting", 8).await;
            let third = create("peer_observation", 8).await;
            assert_eq!(change(&third, 1, to("article_sharing")).await.refused(), "activity_double_booked");
            assert_eq!(change(&meeting, 1, to("coaching")).await.ok()["kind"], "coaching", "its own time is its own");
            assert_eq!(change(&meeting, 2, to("peer_observation")).await.ok()["kind"], "peer_observation");
            assert_eq!(change(&third, 1, to("article_sharing")).await.ok()["kind"], "article_sharing");
        }
        let told = app.events("activity.updated").await;
        assert_eq!(told.iter().filter(|event| event.payload["despiteClashes"] == "Disepakati kepala sekolah").count(), 2);
    }

    async fn whoever_was_coached_is_not_told_by_making_it_something_else(app: TestApp) {
        let circle = Circle::new(&app).await;
        for (face, day) in Face::BOTH.into_iter().zip([1, 2]) {
            let id = begun(&circle, "coaching", day).await;
            let entries = json!([{ "personId": circle.observer, "minutes": 60 }, { "personId": circle.observed, "minutes": 60 }]);
            circle.ask(face, circle.chair, "record_activity_attendance", json!({ "id": id, "input": { "entries": entries } })).await.ok();
            for kind in ["meeting", "peer_observation"] {
                assert_eq!(faults(&become_a(&circle, face, id, kind).await), [("/kind", "activity_has_detail")], "{face:?} {kind}");
            }
            let there = circle.ask(face, circle.member, "list_activity_attendance", json!({ "id": id })).await.ok();
            assert_eq!(there["items"], json!([]));
            let page = circle.ask(face, circle.member, "list_community_feed", json!({ "id": circle.community })).await.ok();
            let item = page["items"].as_array().unwrap().iter().find(|item| item["activityId"] == json!(id)).unwrap();
            assert_eq!(item["firstAttendees"], json!([]));
            // Nor by what was written down, to which nobody else came.
            let noted = begun(&circle, "coaching", day + 10).await;
            let words = json!({ "coachId": circle.observer, "coacheeId": circle.observed, "focus": "Suara yang tenang" });
            circle.ask(face, circle.observer, "record_coaching", json!({ "id": noted, "input": words })).await.ok();
            assert_eq!(faults(&become_a(&circle, face, noted, "meeting").await), [("/kind", "activity_has_detail")]);
            // Of one that nobody came to there is nothing to tell.
            let bare = begun(&circle, "coaching", day + 20).await;
            assert_eq!(become_a(&circle, face, bare, "meeting").await.ok()["kind"], "meeting");
        }
    }

    async fn who_came_to_a_meeting_is_not_shown_once_it_is_a_coaching(app: TestApp) {
        let circle = Circle::new(&app).await;
        for (face, day) in Face::BOTH.into_iter().zip([1, 2]) {
            let id = begun(&circle, "meeting", day).await;
            let entries = json!([{ "personId": circle.observer, "minutes": 60 }, { "personId": circle.member, "minutes": 60 }]);
            circle.ask(face, circle.chair, "record_activity_attendance", json!({ "id": id, "input": { "entries": entries } })).await.ok();
            let seen = async || {
                let there = circle.ask(face, circle.member, "list_activity_attendance", json!({ "id": id })).await.ok();
                there["items"].as_array().unwrap().iter().map(|one| one["personName"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
            };
            assert_eq!(seen().await.len(), 2);
            become_a(&circle, face, id, "coaching").await.ok();
            assert_eq!(seen().await, ["Dewi"], "of oneself only");
            assert_eq!(faults(&become_a(&circle, face, id, "meeting").await), [("/kind", "activity_has_detail")], "and there is no way back");
        }
    }
}
