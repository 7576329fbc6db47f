//! The feed of a community costs the same for a page of one and of a hundred, in its first year and after
//! ten thousand activities.

use chrono::TimeDelta;
use entity::{activity, activity_attendance, comment};
use sanggar::{access::grant::Grant, community::activity::rule::ActivityKind};
use sea_orm::{EntityTrait, IntoActiveModel};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    support::{
        Face, TestApp,
        app::start,
        directory::put,
        group::{Group, presence_row},
        rows::activity_row,
        voice::comment_row,
    },
};

/// The most statements of one page.
const MOST: u64 = 4;

const QUERY: &str = "query($id: ID!, $n: Int, $after: String) { communityFeed(id: $id, first: $n, after: $after) {
    edges { node { activityId seriesId attended activity { id title status startsAt } detail { __typename ... on JointWorkDetail { artefactCount } } firstAttendees { personId personName } comments newestComment { authorName beginning at } } }
    pageInfo { hasNextPage endCursor } } }";

/// `count` activities of all kinds before the start of the tests, a day apart, four members at each.
async fn fill(group: &Group<'_>, from: i64, count: i64, members: &[Uuid]) {
    let writer = group.world.app.services.store.writer();
    let days: Vec<i64> = (from..from + count).collect();
    for chunk in days.chunks(500) {
        let (mut activities, mut present) = (Vec::new(), Vec::new());
        for day in chunk {
            let id = Uuid::now_v7();
            let row = activity_row(id, group.id, start() - TimeDelta::hours(4) - TimeDelta::days(*day));
            let attended = i32::try_from(members.len()).unwrap();
            for (nth, person) in members.iter().enumerate() {
                let at = row.ends_at + TimeDelta::seconds(i64::try_from(nth).unwrap());
                present.push(presence_row(id, *person, 180, at).into_active_model());
            }
            let kinds = ActivityKind::ALL;
            let row = activity::Model {
                kind: kinds[usize::try_from(*day).unwrap() % kinds.len()].as_str().to_owned(),
                status: "reported".to_owned(),
                title: format!("Hari {day}"),
                attended,
                ..row
            };
            activities.push(row.into_active_model());
        }
        let comments = said_about(group, &activities);
        activity::Entity::insert_many(activities).exec_without_returning(writer).await.unwrap();
        activity_attendance::Entity::insert_many(present).exec_without_returning(writer).await.unwrap();
        comment::Entity::insert_many(comments).exec_without_returning(writer).await.unwrap();
    }
}

/// Two comments on each of these, a minute apart.
fn said_about(group: &Group<'_>, activities: &[activity::ActiveModel]) -> Vec<comment::ActiveModel> {
    let said = |row: &activity::ActiveModel, nth: i64| {
        let subject_id = *row.id.as_ref();
        let (subject_kind, created_at) = ("activity".to_owned(), start() + TimeDelta::minutes(nth));
        let body = format!("Kata {nth} {}", "x".repeat(300));
        let row = comment_row(Uuid::now_v7(), group.id, group.member);
        comment::Model { subject_kind, subject_id, body, created_at, ..row }.into_active_model()
    };
    activities.iter().flat_map(|row| [said(row, 1), said(row, 2)]).collect()
}

/// One page through a face: its items, the cursor to go on with, and the statements it took.
async fn page(group: &Group<'_>, face: Face, size: usize, after: Option<&str>) -> (Vec<Value>, Value, u64) {
    let app = group.world.app;
    let token = app.token(Grant::teacher(group.member));
    let before = app.services.store.statements();
    let (items, next) = if face == Face::Rest {
        let after = after.map(|cursor| format!("&after={cursor}")).unwrap_or_default();
        let path = format!("/v1/communities/{}/feed?limit={size}{after}", group.id);
        let (status, body) = app.get(&path, Some(&token)).await;
        assert_eq!(status, 200, "{body}");
        (body["items"].as_array().unwrap().clone(), body["next"].clone())
    } else {
        let answer =
            app.graphql(Some(&token), QUERY, json!({ "id": group.id, "n": size, "after": after })).await;
        let feed = &answer["data"]["communityFeed"];
        let edges = feed["edges"].as_array().unwrap_or_else(|| panic!("{answer}"));
        let more = feed["pageInfo"]["hasNextPage"] == true;
        let next = if more { feed["pageInfo"]["endCursor"].clone() } else { Value::Null };
        (edges.iter().map(|edge| edge["node"].clone()).collect(), next)
    };
    (items, next, app.services.store.statements() - before)
}

both_engines! {
    async fn the_feed_shows_what_was_done_the_newest_first_with_three_names(app: TestApp) {
        let group = Group::new(&app).await;
        let mut members = vec![group.member, group.chair];
        for name in ["Rina", "Dewi"] {
            members.push(group.joined(name).await);
        }
        fill(&group, 1, 2, &members).await;
        let off = group.activity(-TimeDelta::hours(1), "cancelled").await;
        let coming = group.activity(TimeDelta::days(1), "planned").await;
        for face in Face::BOTH {
            let (items, next, _) = page(&group, face, 20, None).await;
            let titles: Vec<_> = items.iter().map(|item| item["activity"]["title"].as_str().unwrap()).collect();
            assert_eq!((titles, next), (vec!["Menyusun asesmen diagnostik", "Hari 1", "Hari 2"], Value::Null));
            let names: Vec<_> = items[1]["firstAttendees"].as_array().unwrap().iter().map(|one| one["personName"].as_str().unwrap()).collect();
            assert_eq!(names, ["Budi Santoso", "Siti Aminah", "Rina"], "in the order of recording");
            assert_eq!((&items[1]["attended"], &items[1]["seriesId"]), (&json!(4), &Value::Null));
            assert_eq!((&items[0]["attended"], &items[0]["firstAttendees"]), (&json!(0), &json!([])));

            let shown = async |until: Value| {
                let args = json!({ "id": group.id, "until": until });
                let page = group.call_as(group.member, face, "list_community_feed", args).await.ok();
                page["items"].as_array().unwrap().iter().map(|item| item["activityId"].clone()).collect::<Vec<_>>()
            };
            assert_eq!(shown(json!("2027-01-01T00:00:00Z")).await[0], json!(coming), "the plan too, where it is asked for");
            assert_eq!(shown(Value::Null).await[0], json!(off));
            let stranger = group.world.teacher("Joko").await;
            let nothing = group.call_as(stranger, face, "list_community_feed", json!({ "id": group.id })).await.ok();
            assert_eq!(nothing["items"], json!([]));
            let nowhere = group.call_as(stranger, face, "list_community_feed", json!({ "id": Uuid::now_v7() })).await;
            assert_eq!(nowhere.refused(), "not_found");
        }
    }

    async fn the_feed_shows_the_newest_of_what_was_said_to_whom_it_is_for(app: TestApp) {
        let group = Group::new(&app).await;
        fill(&group, 1, 1, &[group.member]).await;
        let quiet = group.activity(-TimeDelta::hours(1), "planned").await;
        for face in Face::BOTH {
            let (items, ..) = page(&group, face, 20, None).await;
            assert_eq!((&items[0]["comments"], &items[0]["newestComment"]), (&json!(0), &Value::Null));
            let newest = &items[1]["newestComment"];
            assert_eq!((&items[1]["comments"], &newest["authorName"]), (&json!(2), &json!("Budi Santoso")));
            let beginning = newest["beginning"].as_str().unwrap();
            assert!(beginning.starts_with("Kata 2 ") && beginning.chars().count() == 200, "{beginning}");
            let office = app.call(face, Some(&app.ministry()), "list_community_feed", json!({ "id": group.id })).await.ok();
            assert_eq!((&office["items"][1]["comments"], &office["items"][1]["newestComment"]), (&Value::Null, &Value::Null));
        }
        // What is hidden is neither counted nor shown.
        let hidden = comment_row(Uuid::now_v7(), group.id, group.member);
        let (subject_kind, subject_id, status) = ("activity".to_owned(), quiet, "hidden".to_owned());
        put(&app, comment::Model { subject_kind, subject_id, status, ..hidden }).await;
        let (items, ..) = page(&group, Face::Rest, 20, None).await;
        assert_eq!((&items[0]["comments"], &items[0]["newestComment"]), (&json!(0), &Value::Null));
    }

    async fn a_page_of_the_feed_takes_at_most_four_statements_at_any_size_and_age(app: TestApp) {
        let group = Group::new(&app).await;
        let mut members = vec![group.member, group.chair];
        for name in ["Rina", "Dewi"] {
            members.push(group.joined(name).await);
        }
        let mut costs = Vec::new();
        for (from, count) in [(0, 10), (10, 9_990)] {
            fill(&group, from, count, &members).await;
            for face in Face::BOTH {
                for size in [1, 20, 100] {
                    let (items, next, spent) = page(&group, face, size, None).await;
                    assert_eq!(items.len(), size.min(usize::try_from(from + count).unwrap()));
                    assert!(items.iter().all(|item| matches!(item["firstAttendees"].as_array().unwrap().len(), 1 | 3)), "of a coaching, oneself alone");
                    assert!(items.iter().all(|item| item["comments"] == 2));
                    assert!(spent <= MOST, "{spent} statements for {size} of {} through {face:?}", from + count);
                    costs.push(spent);
                    if let Some(cursor) = next.as_str() {
                        let (more, _, spent) = page(&group, face, size, Some(cursor)).await;
                        assert!(!more.is_empty() && more[0]["activityId"] != items[0]["activityId"]);
                        assert!(spent <= MOST, "{spent} statements for a further page");
                        costs.push(spent);
                    }
                }
            }
        }
        let (least, most) = (costs.iter().min().unwrap(), costs.iter().max().unwrap());
        println!("a page of the feed took {least} to {most} statements");
        assert!(most - least <= 1, "flat but for a page of which nothing stands elsewhere: {costs:?}");
        let (items, ..) = page(&group, Face::Rest, 100, None).await;
        for kind in ActivityKind::ALL {
            let is_of = |item: &&Value| item["activity"]["kind"] == kind.as_str();
            let item = items.iter().find(is_of).unwrap();
            let needs_words = matches!(kind, ActivityKind::Meeting | ActivityKind::BestPracticeSharing | ActivityKind::StudentLedIct | ActivityKind::BookClubMeeting);
            assert_eq!(item["detail"].is_null(), needs_words, "{kind}: {item}");
            assert!(needs_words || item["detail"]["kind"] == kind.as_str());
        }
    }
}
