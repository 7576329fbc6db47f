//! Series of meetings, who could not come to them, and the plan that keeps itself; both faces, both engines.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{activity, community, membership};
use sanggar::worker::rhythm;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, Set};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    support::{
        Face, Outcome, TestApp,
        app::start,
        rows::{activity_row, community_row, membership_row, office_row, school_row, session_row},
        training::{BANDUNG, USUAL, World},
    },
};

/// A community with a chair and two more members, all of the school that teaches Monday to Friday, 7 to 14.
pub struct Group<'a> {
    pub world: World<'a>,
    pub id: Uuid,
    pub chair: Uuid,
    pub members: Vec<Uuid>,
}

impl<'a> Group<'a> {
    pub async fn new(app: &'a TestApp) -> Self {
        let world = World::new(app).await;
        let id = Uuid::now_v7();
        world.insert(community_row(id, BANDUNG)).await;
        let mut members = Vec::new();
        for name in ["Ketua Ratna", "Anggota Siti", "Anggota Budi"] {
            let person = world.teacher(name).await;
            world.insert(membership_row(Uuid::now_v7(), id, person)).await;
            members.push(person);
        }
        world.insert(office_row(Uuid::now_v7(), id, members[0], "chair")).await;
        Self { world, id, chair: members[0], members }
    }

    pub fn app(&self) -> &'a TestApp {
        self.world.app
    }

    pub fn token(&self) -> String {
        self.world.token(self.chair)
    }

    pub async fn call(&self, face: Face, operation: &str, args: Value) -> Outcome {
        self.app().call(face, Some(&self.token()), operation, args).await
    }

    pub async fn create(&self, face: Face, input: Value) -> Outcome {
        self.call(face, "create_meeting_series", json!({ "id": self.id, "input": input })).await
    }

    /// What stands in the plan of a series, by original start.
    pub async fn meetings(&self, series: &Value) -> Vec<activity::Model> {
        let id: Uuid = series["id"].as_str().unwrap().parse().unwrap();
        activity::Entity::find()
            .filter(activity::Column::SeriesId.eq(id))
            .order_by_asc(activity::Column::Occurrence)
            .all(self.app().services.store.reader())
            .await
            .unwrap()
    }

    /// Changes a row as somebody would by hand.
    pub async fn touch(&self, row: &activity::Model, change: impl FnOnce(&mut activity::Model)) {
        let mut row = row.clone();
        change(&mut row);
        (row.version, row.revision) = (row.version + 1, row.revision + 1);
        row.into_active_model().reset_all().update(self.app().services.store.writer()).await.unwrap();
    }

    pub async fn set_community(&self, change: community::ActiveModel) {
        let change = community::ActiveModel { id: Set(self.id), ..change };
        change.update(self.app().services.store.writer()).await.unwrap();
    }
}

pub fn input(rule: &str, starts: &str) -> Value {
    json!({
        "title": "Pertemuan  rutin", "kind": "meeting", "mode": "face_to_face", "place": "Ruang guru",
        "startsAt": starts, "timezone": "Asia/Jakarta", "minutes": 150, "rule": rule,
    })
}

/// The second Saturday of each month, nine in the morning.
pub fn saturdays() -> Value {
    input("freq=monthly;byday=2SA", "2026-03-14T09:00:00")
}

fn standing(rows: &[activity::Model], status: &str) -> Vec<String> {
    let days = rows.iter().filter(|row| row.status == status);
    days.map(|row| row.occurrence.clone().unwrap()[..10].to_owned()).collect()
}

fn utc(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

const SATURDAYS: [&str; 6] =
    ["2026-03-14", "2026-04-11", "2026-05-09", "2026-06-13", "2026-07-11", "2026-08-08"];

both_engines! {
    async fn a_series_puts_the_meetings_of_half_a_year_into_the_plan(app: TestApp) {
        let group = Group::new(&app).await;
        for face in Face::BOTH {
            let made = group.create(face, saturdays()).await.ok();
            assert_eq!((&made["rule"], &made["title"]), (&json!("FREQ=MONTHLY;BYDAY=2SA"), &json!("Pertemuan rutin")));
            assert_eq!((&made["status"], &made["plannedUntil"], &made["warnings"]), (&json!("active"), &json!("2026-08-29"), &json!([])));
            let rows = group.meetings(&made).await;
            assert_eq!(standing(&rows, "planned"), SATURDAYS);
            let first = &rows[0];
            assert_eq!((first.starts_at, first.ends_at), (utc("2026-03-14T02:00:00Z"), utc("2026-03-14T04:30:00Z")));
            assert_eq!((first.region_code.as_str(), first.revision, first.place.as_deref()), (BANDUNG, 0, Some("Ruang guru")));
            let read = group.call(face, "get_meeting_series", json!({ "id": made["id"] })).await.ok();
            assert_eq!(read, made);
            let member = app.token(sanggar::access::grant::Grant::teacher(group.members[1]));
            let list = app.call(face, Some(&member), "list_community_meeting_series", json!({ "id": group.id })).await.ok();
            assert!(list["items"].as_array().unwrap().contains(&made));
        }
        let (created, meetings) = (app.events("meeting_series.created").await, app.events("activity.created").await);
        assert_eq!((created.len(), meetings.len()), (2, 12));
        assert_eq!((&created[0].payload["meetings"], &meetings[0].payload["occurrence"]), (&json!(6), &json!("2026-03-14T09:00:00")));
    }

    async fn every_fault_of_a_series_is_told_at_once(app: TestApp) {
        let group = Group::new(&app).await;
        for face in Face::BOTH {
            let mut bad = input("FREQ=HOURLY;BYHOUR=9", "2026-03-14 09:00");
            bad["title"] = json!("");
            bad["timezone"] = json!("UTC");
            bad["minutes"] = json!(0);
            bad["pauses"] = json!([{ "from": "2026-07-01", "until": "2026-06-01", "reason": " " }, { "from": "2026-07-01", "until": "2026-06-01", "reason": "Libur" }]);
            bad["despiteClashes"] = json!("\u{202E}");
            let told = group.create(face, bad).await.faults;
            let told: Vec<_> = told.iter().map(|(p, c)| (p.as_str(), c.as_str())).collect();
            let range = ("/minutes", "series_minutes_out_of_range");
            let expected = [
                ("/title", "text_missing"), ("/startsAt", "local_time_malformed"), ("/timezone", "time_zone_unknown"), range,
                ("/rule", "rule_too_often"), ("/rule", "rule_part_unsupported"), ("/pauses/0/reason", "reason_missing"),
                ("/pauses/1/until", "pause_reversed"), ("/despiteClashes", "text_has_direction_controls"),
            ];
            if face == Face::Graphql {
                assert_eq!(told, expected, "{face:?}");
            } else {
                assert!(!told.is_empty(), "what the document itself rules out is told first");
            }
            for (rule, starts, fault) in [
                ("FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", "2026-03-14T09:00:00", ("/rule", "rule_never_fires")),
                ("FREQ=MONTHLY;BYDAY=1SA", "2026-03-14T09:00:00", ("/startsAt", "series_start_not_in_rule")),
                ("FREQ=WEEKLY;BYDAY=2SA", "2026-03-14T09:00:00", ("/rule", "rule_contradicts_itself")),
                ("FREQ=WEEKLY", "2026-02-28T09:00:00", ("/startsAt", "series_start_past")),
                ("FREQ=WEEKLY;UNTIL=20260301T000000Z", "2026-03-14T09:00:00", ("/rule", "rule_ends_before_start")),
            ] {
                let told = group.create(face, input(rule, starts)).await.faults;
                assert_eq!(told, [(fault.0.to_owned(), fault.1.to_owned())], "{rule}");
            }
        }
        assert_eq!(app.events("meeting_series.created").await.len(), 0);
    }

    async fn only_officers_plan_and_only_members_see(app: TestApp) {
        let app = &app;
        let group = Group::new(app).await;
        let stranger = group.world.teacher("Tamu").await;
        for face in Face::BOTH {
            let made = group.create(face, saturdays()).await.ok();
            let as_of = |who: Uuid, operation: &'static str, args: Value| {
                let token = group.world.token(who);
                async move { app.call(face, Some(&token), operation, args).await }
            };
            let (member, chair) = (group.members[1], group.chair);
            let create = json!({ "id": group.id, "input": saturdays() });
            let change = json!({ "id": made["id"], "version": 1, "input": { "title": "Lain" } });
            let end = json!({ "id": made["id"], "input": { "from": "2026-05-01" } });
            for (operation, args) in [("create_meeting_series", &create), ("preview_meeting_series", &create), ("update_meeting_series", &change), ("end_meeting_series", &end)] {
                assert_eq!(as_of(member, operation, args.clone()).await.refused(), "forbidden", "{operation}");
                let hidden = if operation.starts_with("create") || operation.starts_with("preview") { "forbidden" } else { "not_found" };
                assert_eq!(as_of(stranger, operation, args.clone()).await.refused(), hidden, "{operation}");
            }
            assert_eq!(as_of(stranger, "get_meeting_series", json!({ "id": made["id"] })).await.refused(), "not_found");
            let list = as_of(stranger, "list_community_meeting_series", json!({ "id": group.id })).await.ok();
            assert_eq!(list["items"], json!([]));
            assert_eq!(as_of(chair, "update_meeting_series", json!({ "id": made["id"], "input": { "title": "Lain" } })).await.refused(), "precondition_required");
            assert_eq!(as_of(chair, "update_meeting_series", json!({ "id": made["id"], "version": 7, "input": { "title": "Lain" } })).await.refused(), "stale_version");
        }
        group.set_community(community::ActiveModel { status: Set("closed".to_owned()), ..Default::default() }).await;
        assert_eq!(group.create(Face::Rest, saturdays()).await.refused(), "community_closed");
    }

    async fn a_change_of_a_series_leaves_alone_what_somebody_settled_by_hand(app: TestApp) {
        let group = Group::new(&app).await;
        for face in Face::BOTH {
            let made = group.create(face, saturdays()).await.ok();
            let rows = group.meetings(&made).await;
            group.touch(&rows[1], |row| row.starts_at += TimeDelta::days(1)).await;
            group.touch(&rows[2], |row| "cancelled".clone_into(&mut row.status)).await;
            let update = |version: i64, input: Value| {
                group.call(face, "update_meeting_series", json!({ "id": made["id"], "version": version, "input": input }))
            };
            let renamed = update(1, json!({ "title": "Rapat", "minutes": 120, "place": null })).await.ok();
            assert_eq!((&renamed["version"], &renamed["place"]), (&json!(2), &Value::Null));
            let rows = group.meetings(&made).await;
            assert_eq!((rows[0].title.as_str(), rows[0].minutes, rows[0].revision, rows[0].version), ("Rapat", 120, 1, 2));
            assert_eq!(rows[0].ends_at, utc("2026-03-14T04:00:00Z"));
            assert_eq!((rows[1].title.as_str(), rows[1].minutes), ("Pertemuan rutin", 150), "moved by hand");
            let same = update(2, json!({ "title": "Rapat" })).await.ok();
            assert_eq!(same["version"], 2, "nothing changed");

            let holidays = json!([{ "from": "2026-06-10", "until": "2026-07-12", "reason": "Libur kenaikan kelas" }]);
            update(2, json!({ "pauses": holidays })).await.ok();
            let rows = group.meetings(&made).await;
            assert_eq!(standing(&rows, "cancelled"), ["2026-05-09", "2026-06-13", "2026-07-11"]);
            assert_eq!((rows[3].status_reason.as_deref(), rows[3].revision), (Some("Libur kenaikan kelas"), 2));
            update(3, json!({ "pauses": null })).await.ok();
            let rows = group.meetings(&made).await;
            assert_eq!(standing(&rows, "cancelled"), ["2026-05-09"], "what the series took back came back");
            assert_eq!((rows[3].status_reason.as_deref(), rows[3].revision), (None, 3));

            let stale = update(4, json!({ "rule": "FREQ=MONTHLY;BYDAY=1SA" })).await;
            assert_eq!(stale.faults, [("/startsAt".to_owned(), "series_start_not_in_rule".to_owned())]);
            let moved = update(4, json!({ "rule": "FREQ=MONTHLY;BYDAY=1SA,2SA", "startsAt": "2026-06-06T09:00:00" })).await.ok();
            assert_eq!(moved["startsAt"], "2026-06-06T09:00:00");
            let rows = group.meetings(&made).await;
            assert_eq!(standing(&rows, "cancelled"), ["2026-03-14", "2026-05-09"]);
            assert_eq!(rows[0].status_reason.as_deref(), Some("Jadwal pertemuan rutin berubah."));
            assert_eq!(standing(&rows, "planned"), ["2026-04-11", "2026-06-06", "2026-06-13", "2026-07-04", "2026-07-11", "2026-08-01", "2026-08-08"]);
            let past = update(5, json!({ "startsAt": "2026-02-07T09:00:00" })).await;
            assert_eq!(past.faults, [("/startsAt".to_owned(), "series_start_past".to_owned())]);
        }
        assert_eq!(app.events("meeting_series.updated").await.len(), 8);
        assert!(!app.events("activity.cancelled").await.is_empty() && !app.events("activity.updated").await.is_empty());
    }

    async fn an_ended_series_has_no_more_meetings_and_keeps_what_was_held(app: TestApp) {
        let group = Group::new(&app).await;
        for face in Face::BOTH {
            let made = group.create(face, saturdays()).await.ok();
            let rows = group.meetings(&made).await;
            group.touch(&rows[4], |row| row.starts_at += TimeDelta::days(2)).await;
            group.touch(&rows[5], |row| "held".clone_into(&mut row.status)).await;
            let end = |from: &str| group.call(face, "end_meeting_series", json!({ "id": made["id"], "input": { "from": from, "reason": "Digabung" } }));
            assert_eq!(end("2026-03-01").await.faults, [("/from".to_owned(), "series_end_past".to_owned())]);
            let ended = end("2026-05-09").await.ok();
            assert_eq!((&ended["status"], &ended["rule"]), (&json!("ended"), &json!("FREQ=MONTHLY;BYDAY=2SA;UNTIL=20260508T165959Z")));
            let rows = group.meetings(&made).await;
            assert_eq!(standing(&rows, "planned"), ["2026-03-14", "2026-04-11"]);
            assert_eq!(standing(&rows, "held"), ["2026-08-08"]);
            assert!(rows[2..5].iter().all(|row| row.status_reason.as_deref() == Some("Digabung")));
            assert_eq!(end("2026-06-01").await.refused(), "meeting_series_ended");
            let change = json!({ "id": made["id"], "version": 2, "input": { "title": "Lain" } });
            assert_eq!(group.call(face, "update_meeting_series", change).await.refused(), "meeting_series_ended");
        }
        assert_eq!(app.events("meeting_series.ended").await.len(), 2);
    }

    async fn meetings_in_lessons_need_a_reason_that_is_kept(app: TestApp) {
        let group = Group::new(&app).await;
        let wednesdays = || input("FREQ=WEEKLY;BYDAY=WE", "2026-03-04T13:00:00");
        for face in Face::BOTH {
            let refused = group.create(face, wednesdays()).await;
            assert_eq!(refused.clone().refused(), "meetings_clash_with_teaching");
            let words = refused.data.to_string();
            assert!(words.contains("26 pertemuan") && words.contains("3 anggota") && words.contains("2026-03-04"), "{words}");
            let mut reasoned = wednesdays();
            reasoned["despiteClashes"] = json!("Kepala sekolah menyetujui");
            let made = group.create(face, reasoned).await.ok();
            assert_eq!(made["warnings"][0]["code"], "meetings_clash_with_teaching");
            let change = json!({ "id": made["id"], "version": 1, "input": { "minutes": 60 } });
            assert_eq!(group.call(face, "update_meeting_series", change).await.refused(), "meetings_clash_with_teaching");
            let renamed = json!({ "id": made["id"], "version": 1, "input": { "title": "Lain" } });
            group.call(face, "update_meeting_series", renamed).await.ok();
        }
        assert_eq!(app.events("meeting_series.created").await[0].payload["despiteClashes"], "Kepala sekolah menyetujui");
        group.set_community(community::ActiveModel { learning_day: Set(Some("wednesday".to_owned())), ..Default::default() }).await;
        group.create(Face::Rest, wednesdays()).await.ok();
        let after_school = input("FREQ=WEEKLY;BYDAY=TU", "2026-03-03T14:00:00");
        group.create(Face::Graphql, after_school).await.ok();
    }

    async fn members_who_are_engaged_elsewhere_are_counted_and_never_named(app: TestApp) {
        let group = Group::new(&app).await;
        let (world, siti) = (&group.world, group.members[1]);
        let other = Uuid::now_v7();
        world.insert(community_row(other, BANDUNG)).await;
        world.insert(membership_row(Uuid::now_v7(), other, siti)).await;
        let secret = activity_row(Uuid::now_v7(), other, utc("2026-04-11T03:00:00Z"));
        world.insert(activity::Model { title: "Rahasia lain".to_owned(), ..secret }).await;
        let batch = world.batch(USUAL).await;
        world.insert(session_row(Uuid::now_v7(), batch, utc("2026-05-09T01:00:00Z"))).await;
        for person in &group.members {
            world.enrolment(batch, *person, "accepted", start()).await;
        }
        for face in Face::BOTH {
            let made = group.create(face, saturdays()).await.ok();
            assert_eq!(made["warnings"][0]["code"], "meetings_overlap_others");
            let detail = made["warnings"][0]["detail"].as_str().unwrap();
            assert!(detail.contains('2') && detail.contains('3'), "{detail}");
            let preview = group.call(face, "preview_meeting_series", json!({ "id": group.id, "input": saturdays() })).await.ok();
            let meetings = preview["meetings"].as_array().unwrap();
            assert_eq!(meetings.len(), 60);
            let counts = |at: usize| (meetings[at]["teaching"].clone(), meetings[at]["inMeetings"].clone(), meetings[at]["inTrainings"].clone());
            assert_eq!(counts(0), (json!(0), json!(0), json!(0)));
            assert_eq!(counts(1), (json!(0), json!(1), json!(0)));
            assert_eq!(counts(2), (json!(0), json!(0), json!(3)));
            let all = format!("{made}{preview}");
            assert!(!all.contains("Siti") && !all.contains("Rahasia") && !all.contains(&siti.to_string()));
            let rows = group.meetings(&made).await;
            let clashes = group.call(face, "get_activity_clashes", json!({ "id": rows[2].id })).await.ok();
            assert_eq!((&clashes["inTrainings"], &clashes["startsAt"]), (&json!(3), &json!("2026-05-09T02:00:00Z")));
        }
    }

    async fn a_preview_proposes_slots_that_suit_more_members_and_changes_nothing(app: TestApp) {
        let group = Group::new(&app).await;
        // Another member's school gives lessons on Saturdays too, an hour longer.
        let school = Uuid::now_v7();
        group.world.insert(entity::school::Model { teaching_days: 63, teaching_until: 900, ..school_row(school, "20219181") }).await;
        let guest = group.world.person("Tamu", Some(school), BANDUNG).await;
        group.world.insert(membership_row(Uuid::now_v7(), group.id, guest)).await;
        for face in Face::BOTH {
            let asked = input("FREQ=WEEKLY;BYDAY=WE", "2026-03-04T13:00:00");
            let preview = group.call(face, "preview_meeting_series", json!({ "id": group.id, "input": asked })).await.ok();
            let first = &preview["meetings"][0];
            assert_eq!((&first["teaching"], &first["schoolCount"]), (&json!(4), &json!(2)));
            assert_eq!((&first["schools"][0]["members"], &first["schools"][0]["minutes"]), (&json!(3), &json!(60)));
            let proposals = preview["proposals"].as_array().unwrap();
            assert_eq!(proposals.len(), 5);
            assert!(proposals.iter().all(|one| one["teaching"] == 0), "{preview}");
            assert_eq!((&proposals[0]["startsAt"], &proposals[0]["rule"]), (&json!("2026-03-04T15:00:00"), &json!("FREQ=WEEKLY;BYDAY=WE")));
            assert!(proposals.iter().any(|one| one["rule"] == "FREQ=WEEKLY;BYDAY=SA"), "{preview}");
            // What is proposed can be made.
            let slot = &proposals[4];
            let made = group.create(face, input(slot["rule"].as_str().unwrap(), slot["startsAt"].as_str().unwrap())).await.ok();
            assert_eq!(made["warnings"], json!([]));
        }
        assert_eq!(app.events("meeting_series.created").await.len(), 2);
    }

    async fn looking_for_clashes_takes_few_statements_at_any_size(app: TestApp) {
        let group = Group::new(&app).await;
        for person in group.world.teachers(100).await {
            group.world.insert(membership_row(Uuid::now_v7(), group.id, person)).await;
        }
        for rule in ["FREQ=MONTHLY;BYDAY=1SA;COUNT=1", "FREQ=DAILY"] {
            let input = json!({ "id": group.id, "input": input(rule, "2026-03-07T15:00:00") });
            let before = app.services.store.statements();
            group.call(Face::Rest, "preview_meeting_series", input).await.ok();
            let spent = app.services.store.statements() - before;
            // The community, whether the caller is in it and leads it, and one for each kind of engagement.
            assert!(spent <= 7, "{spent} statements");
        }
        let before = app.services.store.statements();
        group.create(Face::Rest, input("FREQ=DAILY", "2026-03-03T15:00:00")).await.ok();
        assert!(app.services.store.statements() - before <= 40, "{} statements for 180 meetings", app.services.store.statements() - before);
    }

    async fn the_plan_keeps_itself_half_a_year_ahead_and_never_twice(app: TestApp) {
        let group = Group::new(&app).await;
        let made = group.create(Face::Rest, saturdays()).await.ok();
        assert_eq!(rhythm::run_once(&app.services).await.unwrap(), 0);
        let rows = group.meetings(&made).await;
        group.touch(&rows[5], |row| "cancelled".clone_into(&mut row.status)).await;
        app.pass(TimeDelta::days(60));
        let (first, second) = tokio::join!(rhythm::run_once(&app.services), rhythm::run_once(&app.services));
        assert_eq!(first.unwrap() + second.unwrap(), 2, "September and October, once");
        assert_eq!(rhythm::run_once(&app.services).await.unwrap(), 0);
        let rows = group.meetings(&made).await;
        assert_eq!((rows.len(), standing(&rows, "cancelled")), (8, vec!["2026-08-08".to_owned()]));
        let read = group.call(Face::Rest, "get_meeting_series", json!({ "id": made["id"] })).await.ok();
        assert_eq!((&read["version"], &read["plannedUntil"]), (&json!(1), &json!("2026-10-28")));
        let actors: Vec<_> = app.events("activity.created").await.into_iter().map(|event| event.actor).collect();
        assert_eq!(actors.iter().filter(|actor| *actor == "worker:rhythm").count(), 2);
        group.set_community(community::ActiveModel { status: Set("closed".to_owned()), ..Default::default() }).await;
        app.pass(TimeDelta::days(60));
        assert_eq!(rhythm::run_once(&app.services).await.unwrap(), 0, "a closed community meets no more");
    }

    async fn a_community_has_room_for_twenty_series(app: TestApp) {
        let group = Group::new(&app).await;
        for _ in 0..20 {
            group.world.insert(crate::support::rows::series_row(Uuid::now_v7(), group.id)).await;
        }
        assert_eq!(group.create(Face::Rest, saturdays()).await.refused(), "meeting_series_too_many");
        let left = membership::Entity::update_many()
            .filter(membership::Column::CommunityId.eq(group.id))
            .col_expr(membership::Column::Status, sea_orm::sea_query::Expr::value("left"));
        left.exec(app.services.store.writer()).await.unwrap();
        let list = json!({ "id": group.id, "first": 7 });
        let member = app.call(Face::Graphql, Some(&group.world.token(group.members[1])), "list_community_meeting_series", list).await.ok();
        assert_eq!(member["items"], json!([]), "who left sees nothing");
    }
}
