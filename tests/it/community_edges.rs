//! A mobile screen in one query: a person's communities, and what is around each, through edges. Edges show what the
//! lists show, cost few statements at any size, and never take their parent away.

use chrono::TimeDelta;
use entity::{activity, artefact, book_reading, community};
use sanggar::access::grant::Grant;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    support::{
        TestApp,
        app::start,
        group::Group,
        rows::{
            activity_row, artefact_row, artefact_version_row, community_row, membership_row, partner_row,
            reading_row,
        },
        training::BANDUNG,
    },
};

/// All of it.
const AROUND: &str = "nextMeeting { title startsAt } upcomingActivities(first: 2) { title community { name } }
    recentActivities(first: 2) { title artefacts { title } } members(first: 2) { name person { name } }
    offices { office name } partners { organisationName } artefacts { title } bookReadings { book { title } }";

/// One more community of the member, with something of everything: two meetings that were held, three planned.
async fn another(group: &Group<'_>, name: &str) -> Uuid {
    let world = &group.world;
    let id = Uuid::now_v7();
    world.insert(community::Model { name: name.to_owned(), ..community_row(id, BANDUNG) }).await;
    fill(group, id).await;
    world.insert(membership_row(Uuid::now_v7(), id, group.member)).await;
    id
}

async fn fill(group: &Group<'_>, id: Uuid) {
    let world = &group.world;
    let mut last = Uuid::nil();
    for (days, status) in
        [(-14, "reported"), (-7, "held"), (-3, "cancelled"), (7, "planned"), (14, "planned"), (21, "planned")]
    {
        last = if days == -7 { Uuid::now_v7() } else { last };
        let row =
            activity_row(if days == -7 { last } else { Uuid::now_v7() }, id, start() + TimeDelta::days(days));
        world
            .insert(activity::Model { title: format!("Hari {days}"), status: status.to_owned(), ..row })
            .await;
    }
    world.insert(partner_row(Uuid::now_v7(), id, world.provider)).await;
    for (title, status, audience) in
        [("A bersama", "published", Some("everyone")), ("B rancangan", "draft", None)]
    {
        let work = Uuid::now_v7();
        let row = artefact::Model {
            title: title.to_owned(),
            status: status.to_owned(),
            audience: audience.map(str::to_owned),
            published: audience.map(|_| 1),
            published_at: audience.map(|_| start()),
            activity_id: Some(last),
            ..artefact_row(work, id, BANDUNG)
        };
        world.insert(row).await;
        world.insert(artefact_version_row(work, group.chair)).await;
    }
    for (days, title) in [(0, "Lama"), (1, "Baru")] {
        let row = reading_row(Uuid::now_v7(), id);
        let created_at = start() + TimeDelta::days(days);
        world.insert(book_reading::Model { title: title.to_owned(), created_at, ..row }).await;
    }
}

fn names(rows: &Value, field: &str) -> Vec<String> {
    let rows = rows.as_array().unwrap_or_else(|| panic!("{rows}"));
    rows.iter().map(|row| row[field].as_str().unwrap_or_default().to_owned()).collect()
}

both_engines! {
    async fn one_query_shows_a_person_their_communities_and_what_is_around_them(app: TestApp) {
        let group = Group::new(&app).await;
        fill(&group, group.id).await;
        let token = app.token(Grant::teacher(group.member));
        let query = format!("{{ me {{ memberships {{ status community {{ {AROUND} }} }} upcomingActivities(first: 2) {{ title }} }} }}");
        let answer = app.graphql(Some(&token), &query, json!({})).await;
        assert!(answer["errors"].is_null(), "{answer}");
        let me = &answer["data"]["me"];
        assert_eq!(names(&me["upcomingActivities"], "title"), ["Hari 7", "Hari 14"]);
        let seen = &me["memberships"][0]["community"];
        assert_eq!(seen["nextMeeting"]["title"], "Hari 7");
        assert_eq!(names(&seen["upcomingActivities"], "title"), ["Hari 7", "Hari 14"]);
        assert_eq!(seen["upcomingActivities"][0]["community"]["name"], "KKG Gugus Cengkeh");
        assert_eq!(names(&seen["recentActivities"], "title"), ["Hari -7", "Hari -14"], "the newest first, nothing cancelled");
        assert_eq!(names(&seen["recentActivities"][0]["artefacts"], "title"), ["A bersama", "B rancangan"]);
        assert_eq!(names(&seen["members"], "name"), ["Siti Aminah", "Budi Santoso"]);
        assert_eq!(seen["members"][1]["person"]["name"], "Budi Santoso", "oneself the directory shows");
        assert_eq!(seen["offices"], json!([{ "office": "CHAIR", "name": "Siti Aminah" }]));
        assert_eq!(seen["partners"].as_array().map(Vec::len), Some(1));
        assert_eq!(names(&seen["artefacts"], "title"), ["A bersama", "B rancangan"]);
        let books: Vec<_> = seen["bookReadings"].as_array().unwrap().iter().map(|one| one["book"]["title"].clone()).collect();
        assert_eq!(books, ["Baru", "Lama"], "the newest first");
    }

    async fn a_screen_of_many_communities_takes_few_statements_at_any_size(app: TestApp) {
        let group = Group::new(&app).await;
        fill(&group, group.id).await;
        for nth in 1..20 {
            another(&group, &format!("KKG {nth:02}")).await;
        }
        let token = app.token(Grant::teacher(group.member));
        let query = format!("query($n: Int) {{ me {{ memberships(first: $n) {{ community {{ {AROUND} }} }} }} }}");
        let mut spent = Vec::new();
        for size in [1, 5, 20] {
            let before = app.services.store.statements();
            let answer = app.graphql(Some(&token), &query, json!({ "n": size })).await;
            assert!(answer["errors"].is_null(), "{answer}");
            assert_eq!(answer["data"]["me"]["memberships"].as_array().map(Vec::len), Some(size));
            spent.push(app.services.store.statements() - before);
        }
        assert!(spent[0] <= 26, "{spent:?} statements for eight edges, the edges below them, and what they show");
        assert!(spent[2] <= spent[0] + 26, "{spent:?}: a loader may take a second round on a busy machine, no more");
    }

    async fn who_may_not_see_inside_sees_the_community_all_the_same(app: TestApp) {
        let group = Group::new(&app).await;
        fill(&group, group.id).await;
        let stranger = group.world.teacher("Joko").await;
        let query = format!("query($id: ID!) {{ community(id: $id) {{ name {AROUND} }} me {{ memberships {{ id }} upcomingActivities {{ id }} }} }}");
        for (who, grant) in [
            ("a stranger", Grant::teacher(stranger)),
            ("a provider", Grant::provider_staff(group.world.provider)),
            ("a resource person", Grant::resource_person(stranger)),
        ] {
            let answer = app.graphql(Some(&app.token(grant)), &query, json!({ "id": group.id })).await;
            assert!(answer["errors"].is_null(), "{who}: {answer}");
            assert_eq!(answer["data"]["me"], json!({ "memberships": [], "upcomingActivities": [] }), "{who}");
            let seen = &answer["data"]["community"];
            assert_eq!((&seen["name"], &seen["nextMeeting"]), (&json!("KKG Gugus Cengkeh"), &Value::Null), "{who}");
            for inside in ["upcomingActivities", "recentActivities", "members", "offices", "bookReadings"] {
                assert_eq!(seen[inside], json!([]), "{who}: {inside}");
            }
            assert_eq!(seen["partners"].as_array().map(Vec::len), Some(1), "{who}: partners are known to all");
            assert!(!names(&seen["artefacts"], "title").contains(&"B rancangan".to_owned()), "{who}: {seen}");
        }
        let officer = app.graphql(Some(&app.token(Grant::regional_officer("32"))), &query, json!({ "id": group.id })).await;
        assert_eq!(names(&officer["data"]["community"]["members"], "name"), ["Siti Aminah", "Budi Santoso"]);
    }

    async fn an_edge_of_a_wrong_size_is_refused(app: TestApp) {
        let group = Group::new(&app).await;
        let token = app.token(Grant::teacher(group.member));
        for size in [0, -1, 101] {
            let query = "query($id: ID!, $n: Int) { community(id: $id) { members(first: $n) { id } } }";
            let answer = app.graphql(Some(&token), query, json!({ "id": group.id, "n": size })).await;
            assert!(answer["errors"][0]["extensions"]["code"].is_string(), "{size}: {answer}");
        }
    }
}
