//! Who sees into a coaching as people leave their community; through both faces, on both engines.

use std::time::Duration;

use entity::membership;
use sanggar::access::grant::Grant;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    activity_detail::{detail, held, in_feed},
    both_engines,
    support::{
        Face, TestApp,
        circle::{Circle, DISTRICT},
        socket::Socket,
    },
};

const SECRET: &str = "Suara yang tenang";

/// Two new members, and their coaching as both of them share it.
async fn shared(circle: &Circle<'_>, face: Face) -> (Uuid, Uuid, Uuid) {
    let (coach, coachee) = (circle.person("Sri Wahyuni").await, circle.person("Tono Hartono").await);
    circle.join(coach).await;
    circle.join(coachee).await;
    let id = held(circle, "coaching", "held").await;
    let words = json!({ "coachId": coach, "coacheeId": coachee, "focus": SECRET, "nextSteps": SECRET });
    circle.ask(face, coach, "record_coaching", json!({ "id": id, "input": words })).await.ok();
    for person in [coach, coachee] {
        circle.ask(face, person, "share_coaching", json!({ "id": id })).await.ok();
    }
    (id, coach, coachee)
}

async fn leave(app: &TestApp, person: Uuid) {
    let gone = membership::Entity::update_many()
        .col_expr(membership::Column::Status, Expr::value("left"))
        .filter(membership::Column::PersonId.eq(person));
    gone.exec(app.services.store.writer()).await.unwrap();
}

/// The inside of an activity as every way to it shows it to this token: by itself, in the feed, along edges.
async fn insides(circle: &Circle<'_>, face: Face, token: &str, id: Uuid) -> Vec<Value> {
    let app = circle.app;
    let read = app.call(face, Some(token), "get_activity_detail", json!({ "id": id })).await.ok();
    let page = json!({ "id": circle.community, "first": 20 });
    let feed = app.call(face, Some(token), "list_community_feed", page).await.ok();
    let item = feed["items"].as_array().unwrap().iter().find(|item| item["activityId"] == json!(id));
    let inside =
        "detail { ... on CoachingDetail { coach { personName } coachee { personName } focus nextSteps } }";
    let edges = format!(
        "query($id: ID!, $of: ID!) {{ activity(id: $id) {{ {inside} }} activities(id: $of, first: 20) {{ nodes {{ id {inside} }} }} }}"
    );
    let edges = app.graphql(Some(token), &edges, json!({ "id": id, "of": circle.community })).await;
    let listed = edges["data"]["activities"]["nodes"].as_array().unwrap_or_else(|| panic!("{edges}"));
    let global = json!(sanggar::foundation::id::global("Activity", &id.to_string()));
    let listed = listed.iter().find(|one| one["id"] == global).unwrap();
    let of = |value: &Value| value["detail"].clone();
    vec![of(&read), of(item.unwrap()), of(&edges["data"]["activity"]), of(listed)]
}

fn is_open(inside: &Value) -> bool {
    let told = inside.to_string();
    assert_eq!(
        told.contains(SECRET),
        told.contains("Tono") && told.contains("Sri"),
        "all of it or nothing: {told}"
    );
    told.contains(SECRET)
}

both_engines! {
    async fn who_left_sees_into_no_coaching_of_theirs_through_any_door(app: TestApp) {
        let circle = Circle::new(&app).await;
        for face in Face::BOTH {
            let (id, coach, coachee) = shared(&circle, face).await;
            // Both of them still find the activity by an office, whether they are members or not.
            let offices = [coach, coachee].map(|person| {
                let teacher = Grant::teacher(person);
                let (region, school) = (Grant::regional_officer(DISTRICT), Grant::principal(circle.country.bandung, Some(person)));
                [app.token_of("r", vec![teacher.clone(), region]), app.token(school.clone()), app.token_of("s", vec![teacher, school])]
            });
            for token in offices.iter().flatten() {
                assert!(insides(&circle, face, token, id).await.iter().all(is_open), "a member's own");
            }
            leave(&app, coachee).await;
            for token in &offices[1] {
                let seen = insides(&circle, face, token, id).await;
                assert!(!seen.iter().any(is_open), "{seen:?}");
                for operation in ["share_coaching", "unshare_coaching"] {
                    let refused = app.call(face, Some(token), operation, json!({ "id": id })).await.refused();
                    assert!(["forbidden", "not_found"].contains(&refused.as_str()), "{operation}: {refused}");
                }
            }
            // Who has no office does not find the activity.
            for operation in ["get_activity", "get_activity_detail", "share_coaching", "unshare_coaching"] {
                assert_eq!(circle.ask(face, coachee, operation, json!({ "id": id })).await.refused(), "not_found", "{operation}");
            }
            let feed = circle.ask(face, coachee, "list_community_feed", json!({ "id": circle.community })).await.ok();
            assert_eq!(feed["items"], json!([]));
            let node = json!({ "id": sanggar::foundation::id::global("Activity", &id.to_string()) });
            let query = "query($id: ID!) { node(id: $id) { ... on Activity { detail { ... on CoachingDetail { focus } } } } }";
            let answer = app.graphql(Some(&circle.teacher(coachee)), query, node).await;
            assert!(answer["data"]["node"].is_null(), "{answer}");
            // Who remains of the two still sees their own.
            for token in &offices[0] {
                assert!(insides(&circle, face, token, id).await.iter().all(is_open));
            }
            leave(&app, coach).await;
            for token in &offices[0] {
                assert!(!insides(&circle, face, token, id).await.iter().any(is_open));
            }
        }
    }

    async fn what_was_shared_goes_with_whoever_leaves_and_is_not_for_those_who_left(app: TestApp) {
        let circle = Circle::new(&app).await;
        for face in Face::BOTH {
            let (id, coach, _) = shared(&circle, face).await;
            let reader = circle.person("Wati").await;
            circle.join(reader).await;
            let head = app.token(Grant::principal(circle.country.bandung, Some(reader)));
            assert!(insides(&circle, face, &head, id).await.iter().all(is_open), "shared with members");
            leave(&app, reader).await;
            assert!(!insides(&circle, face, &head, id).await.iter().any(is_open), "the school's head, and no member any more");
            assert!(is_open(&detail(&circle, face, circle.member, id).await));
            leave(&app, coach).await;
            for person in [circle.member, circle.chair] {
                assert!(!is_open(&detail(&circle, face, person, id).await) && !is_open(&in_feed(&circle, face, person, id).await));
            }
        }
    }

    async fn of_a_coaching_nobody_hears_and_who_left_follows_nothing(app: TestApp) {
        let circle = Circle::new(&app).await;
        let mut member = Socket::open(&app, &circle.teacher(circle.member)).await;
        member.follow("1", &circle.community.to_string(), None).await;
        member.update().await;
        let (_, coach, _) = shared(&circle, Face::Graphql).await;
        assert!(member.hear_within(Duration::from_millis(600)).await.is_none(), "it is the two's");
        leave(&app, coach).await;
        let mut gone = Socket::open(&app, &circle.teacher(coach)).await;
        gone.follow("1", &circle.community.to_string(), None).await;
        let told = gone.hear().await;
        assert_eq!(told["payload"][0]["extensions"]["code"], "not_found", "{told}");
        for kind in ["recorded", "shared"] {
            for event in app.events(&format!("coaching.{kind}")).await {
                let payload = event.payload.to_string();
                assert!(!payload.contains(SECRET) && !payload.contains(&coach.to_string()), "{payload}");
            }
        }
    }
}
