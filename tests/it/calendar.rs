//! Calendars to subscribe to: what they hold, whom they serve, when they stop. Both engines; the addresses
//! through both faces.

use chrono::TimeDelta;
use entity::{calendar_feed, idempotency_key, membership};
use sanggar::{
    access::{actor::Actor, grant::Grant},
    community::calendar::{input::CreateCalendarFeedInput, write::CreateCalendarFeed},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    rhythm::{Group, input, saturdays},
    support::{
        Face, TestApp,
        app::{URL, start},
        interleave::interleave,
        own_rows::feed_row,
        rows::{activity_row, session_row},
        training::USUAL,
    },
};

/// What a calendar program gets at an address: the status and the text.
async fn fetch(app: &TestApp, url: &Value) -> (u16, String) {
    let path = url.as_str().unwrap().strip_prefix(URL).unwrap();
    let answer = app.request(reqwest::Method::GET, path, None).send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

async fn feed(group: &Group<'_>, face: Face, input: Value) -> Value {
    group.call(face, "create_calendar_feed", json!({ "input": input })).await.ok()
}

/// The lines of a calendar, unfolded.
fn lines(text: &str) -> Vec<String> {
    text.replace("\r\n ", "").split("\r\n").map(str::to_owned).collect()
}

both_engines! {
    async fn a_calendar_holds_rules_exceptions_and_single_meetings(app: TestApp) {
        let group = Group::new(&app).await;
        let mut monthly = saturdays();
        monthly["title"] = json!("Rapat; \\ rutin, bulanan");
        monthly["pauses"] = json!([{ "from": "2026-06-10", "until": "2026-07-12", "reason": "Libur kenaikan kelas" }]);
        let made = group.create(Face::Rest, monthly).await.ok();
        let rows = group.meetings(&made).await;
        assert_eq!(rows.len(), 4);
        group.touch(&rows[1], |row| { row.starts_at += TimeDelta::hours(26); row.ends_at += TimeDelta::hours(26); }).await;
        group.touch(&rows[2], |row| "cancelled".clone_into(&mut row.status)).await;
        let single = Uuid::now_v7();
        group.world.insert(activity_row(single, group.id, start() + TimeDelta::days(2))).await;
        let cancelled = activity_row(Uuid::now_v7(), group.id, start() + TimeDelta::days(3));
        group.world.insert(entity::activity::Model { status: "cancelled".to_owned(), ..cancelled }).await;
        for face in Face::BOTH {
            let address = feed(&group, face, json!({ "communityId": group.id, "label": "Ponsel" })).await;
            let (status, text) = fetch(&app, &address["url"]).await;
            assert_eq!(status, 200);
            assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"), "{text}");
            let lines = lines(&text);
            let has = |line: &str| assert!(lines.iter().any(|found| found == line), "{line} is not in\n{text}");
            has("NAME:KKG Gugus Cengkeh");
            has("SUMMARY:Rapat\\; \\\\ rutin\\, bulanan");
            has("DTSTART;TZID=Asia/Jakarta:20260314T090000");
            has("RRULE:FREQ=MONTHLY;BYDAY=2SA");
            for except in ["20260509", "20260613", "20260711"] {
                has(&format!("EXDATE;TZID=Asia/Jakarta:{except}T090000"));
            }
            has("RECURRENCE-ID;TZID=Asia/Jakarta:20260411T090000");
            has("DTSTART;TZID=Asia/Jakarta:20260412T110000");
            has(&format!("UID:{}", made["id"].as_str().unwrap()));
            has(&format!("UID:{single}"));
            has("STATUS:CANCELLED");
            assert_eq!(lines.iter().filter(|line| *line == "BEGIN:VEVENT").count(), 4, "{text}");
            for name in ["Ratna", "Siti", "Budi"] {
                assert!(!text.contains(name), "nobody is named");
            }
        }
    }

    async fn ones_own_calendar_holds_all_communities_and_the_trainings_one_has_a_seat_in(app: TestApp) {
        let group = Group::new(&app).await;
        group.create(Face::Rest, saturdays()).await.ok();
        let (mine, theirs) = (group.world.batch(USUAL).await, group.world.batch(USUAL).await);
        let (seat, none) = (Uuid::now_v7(), Uuid::now_v7());
        group.world.insert(session_row(seat, mine, start() + TimeDelta::days(3))).await;
        group.world.insert(session_row(none, theirs, start() + TimeDelta::days(3))).await;
        group.world.enrolment(mine, group.chair, "accepted", start()).await;
        group.world.enrolment(theirs, group.chair, "applied", start()).await;
        let address = feed(&group, Face::Graphql, json!({})).await;
        let before = app.services.store.statements();
        let (status, text) = fetch(&app, &address["url"]).await;
        let spent = app.services.store.statements() - before;
        assert_eq!(status, 200);
        assert!(text.contains(&format!("UID:{seat}")) && !text.contains(&none.to_string()), "{text}");
        assert!(text.contains("CATEGORIES:KKG Gugus Cengkeh") && text.contains("CATEGORIES:Angkatan 1"), "{text}");
        assert!(text.contains("LOCATION:Aula"), "{text}");
        assert!(spent <= 7, "{spent} statements");
    }

    async fn an_unchanged_calendar_is_not_sent_again_and_is_kept_for_its_owner_alone(app: TestApp) {
        let group = Group::new(&app).await;
        let made = group.create(Face::Rest, saturdays()).await.ok();
        let address = feed(&group, Face::Rest, json!({})).await;
        let path = address["url"].as_str().unwrap().strip_prefix(URL).unwrap();
        let get = |etag: Option<String>| {
            let request = app.request(reqwest::Method::GET, path, None);
            match etag { Some(etag) => request.header("If-None-Match", etag), None => request }.send()
        };
        let first = get(None).await.unwrap();
        assert_eq!(first.headers()["content-type"], "text/calendar; charset=utf-8");
        assert!(first.headers()["cache-control"].to_str().unwrap().contains("private"));
        let etag = first.headers()["etag"].to_str().unwrap().to_owned();
        assert_eq!(get(Some(etag.clone())).await.unwrap().status(), 304);
        let change = json!({ "id": made["id"], "version": 1, "input": { "title": "Lain" } });
        group.call(Face::Rest, "update_meeting_series", change).await.ok();
        assert_eq!(get(Some(etag)).await.unwrap().status(), 200);
        let post = app.request(reqwest::Method::POST, path, None).send().await.unwrap();
        assert_eq!(post.status(), 405);
    }

    async fn an_address_stops_when_it_is_revoked_or_its_owner_left(app: TestApp) {
        let group = Group::new(&app).await;
        for face in Face::BOTH {
            let (own, of_group) = (feed(&group, face, json!({})).await, feed(&group, face, json!({ "communityId": group.id })).await);
            let listed = group.call(face, "list_calendar_feeds", json!({ "first": 100 })).await.ok();
            let listed = listed["items"].as_array().unwrap().clone();
            assert!(listed.iter().any(|one| one["id"] == own["id"]) && listed.iter().all(|one| one["url"].is_null()));
            let another = app.call(face, Some(&group.world.token(group.members[1])), "list_calendar_feeds", json!({})).await.ok();
            assert_eq!(another["items"], json!([]));
            let revoke = json!({ "id": own["id"] });
            let stranger = app.call(face, Some(&group.world.token(group.members[1])), "revoke_calendar_feed", revoke.clone()).await;
            assert_eq!(stranger.refused(), "not_found");
            assert_eq!(app.call(face, Some(&app.ministry()), "revoke_calendar_feed", revoke.clone()).await.refused(), "forbidden");
            assert_eq!(fetch(&app, &own["url"]).await.0, 200);
            let revoked = group.call(face, "revoke_calendar_feed", revoke.clone()).await.ok();
            assert!(revoked["revokedAt"].is_string());
            assert_eq!(group.call(face, "revoke_calendar_feed", revoke).await.refused(), "calendar_feed_revoked");
            assert_eq!(fetch(&app, &own["url"]).await.0, 404);
            assert_eq!(fetch(&app, &of_group["url"]).await.0, 200);
        }
        let url = feed(&group, Face::Rest, json!({ "communityId": group.id })).await["url"].clone();
        let gone = membership::Entity::update_many()
            .col_expr(membership::Column::Status, Expr::value("left"))
            .filter(membership::Column::PersonId.eq(group.chair));
        gone.exec(app.services.store.writer()).await.unwrap();
        assert_eq!(fetch(&app, &url).await.0, 404);
        for unknown in ["/calendar/0000000000000000000000000000000000000000.ics", "/calendar/%00.ics", "/calendar/.ics", "/calendar/x"] {
            let status = app.request(reqwest::Method::GET, unknown, None).send().await.unwrap().status();
            assert_eq!(status, 404, "{unknown}");
        }
    }

    async fn a_secret_is_stored_nowhere_and_a_repeated_request_is_answered_with_it_all_the_same(app: TestApp) {
        let group = Group::new(&app).await;
        for face in Face::BOTH {
            let args = json!({ "input": { "label": "Ponsel" }, "key": format!("{face:?}") });
            let first = group.call(face, "create_calendar_feed", args.clone()).await.ok();
            let again = group.call(face, "create_calendar_feed", args).await.ok();
            assert_eq!(first, again);
            let secret = first["url"].as_str().unwrap().rsplit('/').next().unwrap().strip_suffix(".ics").unwrap();
            assert_eq!(secret.len(), 40);
            let reader = app.services.store.reader();
            let kept = format!("{:?}{:?}{:?}",
                calendar_feed::Entity::find().all(reader).await.unwrap(),
                idempotency_key::Entity::find().all(reader).await.unwrap(),
                app.events("calendar_feed.created").await);
            assert!(!kept.contains(secret), "{kept}");
        }
        assert_eq!(app.events("calendar_feed.created").await.len(), 2);
    }

    async fn an_address_is_made_for_ones_own_communities_twenty_at_most(app: TestApp) {
        let group = Group::new(&app).await;
        let stranger = group.world.token(group.world.teacher("Tamu").await);
        for face in Face::BOTH {
            let args = json!({ "input": { "communityId": group.id, "label": "a\u{202E}" } });
            let outcome = app.call(face, Some(&stranger), "create_calendar_feed", args).await;
            let told: Vec<_> = outcome.faults.iter().map(|(p, c)| (p.as_str(), c.as_str())).collect();
            assert_eq!(told, [("/label", "text_has_direction_controls"), ("/communityId", "calendar_needs_membership")]);
        }
        for _ in 0..20 {
            feed(&group, Face::Rest, json!({})).await;
        }
        let more = group.call(Face::Graphql, "create_calendar_feed", json!({ "input": {} })).await;
        assert_eq!(more.refused(), "calendar_feeds_too_many");
    }

    async fn two_addresses_made_at_once_are_counted_one_after_the_other(app: TestApp) {
        let group = Group::new(&app).await;
        for _ in 0..19 {
            group.world.insert(feed_row(Uuid::now_v7(), group.chair)).await;
        }
        let make = || {
            let chair = Actor::new(group.chair.to_string(), vec![Grant::teacher(group.chair)]);
            let ctx = app.ctx(chair);
            async move { ctx.write(CreateCalendarFeed { input: CreateCalendarFeedInput::default() }).await.map(|_| ()) }
        };
        let (first, second) = interleave(&app, make(), make()).await;
        assert!(first.is_ok(), "{first:?}");
        assert_eq!(second.unwrap_err().code(), "calendar_feeds_too_many");
    }

    async fn the_calendar_of_a_merged_record_is_that_of_the_one_that_remains(app: TestApp) {
        let group = Group::new(&app).await;
        group.create(Face::Rest, input("FREQ=WEEKLY;BYDAY=SA", "2026-03-07T09:00:00")).await.ok();
        let retired = group.world.teacher("Ratna lama").await;
        let token = group.world.token(retired);
        let address = app.call(Face::Rest, Some(&token), "create_calendar_feed", json!({ "input": {} })).await.ok();
        assert!(!fetch(&app, &address["url"]).await.1.contains("RRULE"));
        let merge = json!({ "id": retired, "version": 1, "input": { "intoId": group.chair, "reason": "Satu orang" } });
        app.call(Face::Rest, Some(&app.ministry()), "merge_person", merge).await.ok();
        assert!(fetch(&app, &address["url"]).await.1.contains("RRULE:FREQ=WEEKLY;BYDAY=SA"));
        group.call(Face::Rest, "revoke_calendar_feed", json!({ "id": address["id"] })).await.ok();
        assert_eq!(fetch(&app, &address["url"]).await.0, 404, "its owner can still revoke it");
    }
}
