//! Communities: founded, found, changed, begun, gone quiet and ended, through both faces, on both engines.

use chrono::TimeDelta;
use entity::{activity, community, community_school, meeting_series, membership};
use sanggar::worker;
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    support::{
        Face, TestApp,
        app::start,
        directory::put,
        group::presence_row,
        rows::{activity_row, community_row, membership_row},
        village::{DISTRICT, Village, charter, column, told},
    },
};

async fn read(app: &TestApp, id: Uuid) -> community::Model {
    community::Entity::find_by_id(id).one(app.services.store.reader()).await.unwrap().unwrap()
}

/// A series of weekly meetings.
fn series_row(community: Uuid) -> meeting_series::Model {
    meeting_series::Model {
        id: Uuid::now_v7(),
        community_id: community,
        title: "Pertemuan rutin".to_owned(),
        description: None,
        kind: "meeting".to_owned(),
        place: None,
        mode: "face_to_face".to_owned(),
        starts_at_local: "2026-03-05T13:00:00".to_owned(),
        timezone: "Asia/Jakarta".to_owned(),
        minutes: 120,
        rule: "FREQ=WEEKLY".to_owned(),
        pauses: json!([]),
        status: "active".to_owned(),
        materialised_until: start().date_naive(),
        version: 1,
        created_at: start(),
        updated_at: start(),
    }
}

both_engines! {
    async fn a_teacher_founds_a_group_and_is_its_first_member_and_chair(app: TestApp) {
        let village = Village::new(&app).await;
        let siti = village.teacher("Siti Rahmawati").await;
        let token = village.token(siti);
        for face in Face::BOTH {
            let new = charter("plc", "school", json!({
                "schoolId": village.school, "subject": " Matematika ", "level": "sd", "learningDay": "thursday",
                "agreements": "Mulai tepat waktu.\n\n  Saling  menyimak.", "openness": "request",
            }));
            let made = village.call(face, &token, "create_community", new).await.ok();
            assert_eq!((&made["status"], &made["version"], &made["memberCount"]), (&json!("forming"), &json!(1), &json!(1)));
            assert_eq!((&made["regionCode"], &made["timezone"]), (&json!(DISTRICT), &json!("Asia/Jakarta")));
            assert_eq!((&made["subject"], &made["agreements"]), (&json!("Matematika"), &json!("Mulai tepat waktu.\nSaling menyimak.")));
            assert_eq!((&made["dormancy"], &made["nextMeetingAt"], &made["schoolIds"]), (&Value::Null, &Value::Null, &json!([])));
            let read = village.step(face, &token, "get_community", &made["id"]).await.ok();
            assert_eq!(read, made);
            let members = village.step(face, &token, "list_memberships", &made["id"]).await.ok();
            assert_eq!(column(&members, "name"), ["Siti Rahmawati"]);
            assert_eq!((&members["items"][0]["offices"], &members["items"][0]["status"]), (&json!(["chair"]), &json!("active")));
            assert_eq!(members["items"][0]["schoolName"], "SD Negeri 1 Sukasari");
        }
        for kind in ["community.created", "membership.admitted", "office.appointed"] {
            assert_eq!(app.events(kind).await.len(), 2, "{kind}");
        }
    }

    async fn every_fault_of_a_new_group_is_told_at_once(app: TestApp) {
        let village = Village::new(&app).await;
        let siti = village.teacher("Siti").await;
        let nobody = Uuid::now_v7();
        for face in Face::BOTH {
            let token = village.token(siti);
            let bad = charter("plc", "region", json!({ "regionCode": DISTRICT, "schoolId": village.school,
                "schoolIds": [village.school, village.neighbour], "name": " ", "goals": "\n", "cadenceDays": 181,
                "expectations": "x".repeat(2001) }));
            let outcome = village.call(face, &token, "create_community", bad).await;
            if face == Face::Graphql {
                assert_eq!(told(&outcome), [("/anchor", "plc_without_school"), ("/cadenceDays", "cadence_out_of_range"),
                    ("/expectations", "text_too_long"), ("/goals", "text_missing"), ("/name", "text_missing"),
                    ("/schoolId", "field_of_another_anchor"), ("/schoolIds", "field_of_another_anchor")]);
            } else {
                // REST knows lengths and limits from the document before the command is asked.
                assert_eq!(outcome.code.as_deref(), Some("invalid"));
            }
            let refusals = [
                (charter("kkg", "school", json!({})), ("/schoolId", "field_missing")),
                (charter("kkg", "school", json!({ "schoolId": nobody })), ("/schoolId", "reference_unknown")),
                (charter("kkg", "region", json!({})), ("/regionCode", "field_missing")),
                (charter("kkg", "region", json!({ "regionCode": "99" })), ("/regionCode", "reference_unknown")),
                (charter("kkg", "region", json!({ "regionCode": "35" })), ("/regionCode", "founder_elsewhere")),
                (charter("kkg", "school", json!({ "schoolId": village.neighbour })), ("/schoolId", "founder_elsewhere")),
                (charter("kkg", "cluster", json!({})), ("/schoolIds", "field_missing")),
                (charter("kkg", "cluster", json!({ "schoolIds": [village.school, village.school] })), ("/schoolIds/1", "school_listed_twice")),
                (charter("kkg", "cluster", json!({ "schoolIds": [village.school, nobody] })), ("/schoolIds/1", "reference_unknown")),
                (charter("kkg", "cluster", json!({ "schoolIds": [village.school, village.neighbour], "schoolId": village.country.bandung })), ("/schoolIds", "core_school_missing")),
                (charter("kkg", "cluster", json!({ "schoolIds": [village.school, village.country.surabaya] })), ("/schoolIds", "cluster_without_region")),
                (charter("kkg", "cluster", json!({ "schoolIds": [village.school, village.neighbour], "regionCode": "35" })), ("/schoolIds", "school_outside_region")),
                (charter("kkks", "region", json!({ "regionCode": DISTRICT })), ("/chairId", "chair_not_principal")),
            ];
            for (input, fault) in refusals {
                let outcome = village.call(face, &token, "create_community", input.clone()).await;
                assert_eq!(told(&outcome), [fault], "{face:?} {input}");
            }
        }
        assert!(app.events("community.created").await.is_empty());
    }

    async fn a_group_is_founded_for_a_school_by_its_principal_and_for_a_region_by_its_officer(app: TestApp) {
        let village = Village::new(&app).await;
        let siti = village.teacher("Siti").await;
        let head = village.person("Kepala", "principal", "pns", Some(village.school)).await;
        let stranger = village.person("Jauh", "teacher", "pns", Some(village.country.surabaya)).await;
        for face in Face::BOTH {
            let of_school = charter("plc", "school", json!({ "schoolId": village.school, "chairId": siti }));
            village.call(face, &village.principal(head), "create_community", of_school).await.ok();
            let next_door = charter("plc", "school", json!({ "schoolId": village.neighbour, "chairId": siti }));
            assert_eq!(village.call(face, &village.principal(head), "create_community", next_door).await.refused(), "forbidden");
            let own = charter("mkks", "region", json!({ "regionCode": DISTRICT }));
            village.call(face, &village.principal(head), "create_community", own).await.ok();
            let cluster = json!({ "schoolIds": [village.school, village.neighbour], "schoolId": village.school, "chairId": siti });
            let made = village.call(face, &village.officer(), "create_community", charter("kkg", "cluster", cluster)).await.ok();
            assert_eq!((&made["regionCode"], &made["schoolId"]), (&json!(DISTRICT), &json!(village.school)));
            assert_eq!(made["schoolIds"].as_array().unwrap().len(), 2);
            let unnamed = charter("kkg", "region", json!({ "regionCode": "32.73" }));
            let outcome = village.call(face, &village.officer(), "create_community", unnamed).await;
            assert_eq!(told(&outcome), [("/chairId", "field_missing")]);
            let far = charter("kkg", "region", json!({ "regionCode": "35", "chairId": siti }));
            assert_eq!(village.call(face, &village.officer(), "create_community", far).await.refused(), "forbidden");
            let unknown = charter("kkg", "region", json!({ "regionCode": "32.73", "chairId": stranger }));
            let outcome = village.call(face, &village.officer(), "create_community", unknown).await;
            assert_eq!(told(&outcome), [("/chairId", "reference_unknown")]);
            let for_others = charter("kkg", "school", json!({ "schoolId": village.school, "chairId": head }));
            assert_eq!(village.call(face, &village.token(siti), "create_community", for_others).await.refused(), "forbidden");
        }
    }

    async fn a_group_is_changed_by_its_officers_on_the_version_they_read(app: TestApp) {
        let village = Village::new(&app).await;
        for face in Face::BOTH {
            let group = village.group("open").await;
            let (chair, member) = (village.token(group.chair), village.token(group.member));
            let change = |version: Value, input: Value| json!({ "id": group.id, "version": version, "input": input });
            let input = json!({ "name": "KKG Baru", "subject": null, "learningDay": "friday", "cadenceDays": 30, "expectations": "Saling membantu." });
            let changed = village.call(face, &chair, "update_community", change(json!(1), input)).await.ok();
            assert_eq!((&changed["name"], &changed["cadenceDays"], &changed["version"]), (&json!("KKG Baru"), &json!(30), &json!(2)));
            for (version, code) in [(json!(1), "stale_version"), (json!(null), "precondition_required")] {
                let outcome = village.call(face, &chair, "update_community", change(version, json!({ "name": "Lain" }))).await;
                assert_eq!(outcome.refused(), code);
            }
            let same = village.call(face, &chair, "update_community", change(json!(2), json!({ "name": "KKG Baru" }))).await.ok();
            assert_eq!(same["version"], 2);
            let refused = village.call(face, &member, "update_community", change(json!(2), json!({ "name": "Lain" }))).await;
            assert_eq!(refused.refused(), "forbidden");
            let schools = json!({ "schoolIds": [village.school, village.neighbour] });
            let outcome = village.call(face, &chair, "update_community", change(json!(2), schools)).await;
            assert_eq!(told(&outcome), [("/schoolIds", "field_of_another_anchor")]);
            let nulls = json!({ "name": null, "goals": null, "openness": null, "cadenceDays": null, "schoolIds": null });
            let outcome = village.call(face, &chair, "update_community", change(json!(2), nulls)).await;
            assert_eq!(told(&outcome), ["/cadenceDays", "/goals", "/name", "/openness", "/schoolIds"].map(|at| (at, "field_missing")));
        }
        assert_eq!(app.events("community.updated").await.len(), 2);
    }

    async fn a_cluster_takes_in_and_lets_go_schools(app: TestApp) {
        let village = Village::new(&app).await;
        let siti = village.teacher("Siti").await;
        for face in Face::BOTH {
            let cluster = json!({ "schoolIds": [village.school, village.neighbour], "regionCode": "32" });
            let made = village.call(face, &village.token(siti), "create_community", charter("kkg", "cluster", cluster)).await.ok();
            let change = |version: i64, schools: Value| json!({ "id": made["id"], "version": version, "input": { "schoolIds": schools } });
            let three = json!([village.school, village.neighbour, village.country.bandung]);
            let changed = village.call(face, &village.token(siti), "update_community", change(1, three)).await.ok();
            assert_eq!((changed["schoolIds"].as_array().unwrap().len(), &changed["version"]), (3, &json!(2)));
            let away = json!([village.school, village.country.surabaya]);
            let outcome = village.call(face, &village.token(siti), "update_community", change(2, away)).await;
            assert_eq!(told(&outcome), [("/schoolIds", "school_outside_region")]);
        }
    }

    async fn a_group_begins_with_a_chair_and_a_second_member(app: TestApp) {
        let village = Village::new(&app).await;
        let (siti, budi) = (village.teacher("Siti").await, village.teacher("Budi").await);
        for face in Face::BOTH {
            let new = charter("kkg", "school", json!({ "schoolId": village.school }));
            let made = village.call(face, &village.token(siti), "create_community", new).await.ok();
            let alone = village.step(face, &village.token(siti), "activate_community", &made["id"]).await;
            assert_eq!(alone.refused(), "community_too_small");
            village.step(face, &village.token(budi), "request_membership", &made["id"]).await.ok();
            assert_eq!(village.step(face, &village.token(budi), "activate_community", &made["id"]).await.refused(), "forbidden");
            let active = village.step(face, &village.token(siti), "activate_community", &made["id"]).await.ok();
            assert_eq!((&active["status"], &active["memberCount"]), (&json!("active"), &json!(2)));
            assert_eq!(active["dormancy"], json!({ "quietSince": "2026-03-02T08:00:00Z", "dueAt": "2026-04-13T08:00:00Z", "isQuiet": false }));
            let again = village.step(face, &village.token(siti), "activate_community", &made["id"]).await;
            assert_eq!(again.refused(), "community_not_forming");
        }
        assert_eq!(app.events("community.activated").await.len(), 2);
    }

    async fn a_community_that_went_quiet_is_noted_by_the_service_and_never_before(app: TestApp) {
        let village = Village::new(&app).await;
        let (quiet, lively) = (village.group("open").await, village.group("open").await);
        let officer = village.officer();
        for face in Face::BOTH {
            let early = village.step(face, &officer, "rest_community", quiet.id).await;
            assert_eq!(early.refused(), "community_not_quiet");
        }
        app.pass(TimeDelta::days(42) - TimeDelta::seconds(1));
        assert_eq!(worker::dormancy::run_once(&app.services).await.unwrap(), 0);
        let row = read(&app, lively.id).await;
        let held = community::ActiveModel { last_held_at: sea_orm::ActiveValue::Set(Some(start() + TimeDelta::days(30))), ..row.into() };
        community::Entity::update(held).exec(app.services.store.writer()).await.unwrap();
        app.pass(TimeDelta::seconds(1));
        // Two nodes at once: each community is noted once.
        let (one, other) = tokio::join!(worker::dormancy::run_once(&app.services), worker::dormancy::run_once(&app.services));
        assert_eq!(one.unwrap() + other.unwrap(), 1);
        assert_eq!((read(&app, quiet.id).await.status, read(&app, lively.id).await.status), ("dormant".to_owned(), "active".to_owned()));
        assert_eq!(app.events("community.rested").await.len(), 1);
        for face in Face::BOTH {
            assert_eq!(village.step(face, &officer, "rest_community", quiet.id).await.refused(), "community_not_active");
            assert_eq!(village.step(face, &village.token(quiet.chair), "rest_community", quiet.id).await.refused(), "forbidden");
        }
        let woken = village.step(Face::Rest, &village.token(quiet.chair), "activate_community", quiet.id).await.ok();
        assert_eq!((&woken["status"], &woken["dormancy"]["isQuiet"]), (&json!("active"), &json!(false)));
        assert_eq!(worker::dormancy::run_once(&app.services).await.unwrap(), 0);
    }

    async fn nothing_ends_silently_with_a_group(app: TestApp) {
        let village = Village::new(&app).await;
        for face in Face::BOTH {
            let group = village.group("request").await;
            let (asks, invited) = (village.teacher("Minta").await, village.teacher("Undang").await);
            for (person, status) in [(asks, "requested"), (invited, "invited")] {
                let row = membership_row(Uuid::now_v7(), group.id, person);
                put(&app, membership::Model { status: status.to_owned(), joined_at: None, ..row }).await;
            }
            let (planned, past) = (Uuid::now_v7(), Uuid::now_v7());
            put(&app, activity_row(planned, group.id, start() + TimeDelta::days(3))).await;
            let held = activity_row(past, group.id, start() - TimeDelta::days(3));
            put(&app, activity::Model { status: "held".to_owned(), ..held }).await;
            put(&app, series_row(group.id)).await;
            let chair = village.token(group.chair);
            let empty = village.call(face, &chair, "close_community", json!({ "id": group.id, "input": { "reason": "  " } })).await;
            assert_eq!(told(&empty), [("/reason", "reason_missing")]);
            assert_eq!(village.because(face, &village.token(group.member), "close_community", group.id).await.refused(), "forbidden");
            let due = village.because(face, &chair, "close_community", group.id).await;
            assert_eq!(due.refused(), "community_reports_due", "who was there would have been there for nothing");
            let report = json!({ "id": past, "input": { "notes": "Selesai." } });
            assert_eq!(village.call(face, &village.token(group.member), "report_activity", report.clone()).await.refused(), "forbidden");
            put(&app, presence_row(past, group.member, 180, start() - TimeDelta::days(3))).await;
            village.call(face, &village.officer(), "report_activity", report).await.ok();
            let closed = village.because(face, &chair, "close_community", group.id).await.ok();
            assert_eq!((&closed["status"], &closed["statusReason"], &closed["nextMeetingAt"]), (&json!("closed"), &json!("Pindah tugas"), &Value::Null));
            let db = app.services.store.reader();
            let row = activity::Entity::find_by_id(planned).one(db).await.unwrap().unwrap();
            assert_eq!((row.status.as_str(), row.status_reason.as_deref(), row.version, row.revision), ("cancelled", Some("Pindah tugas"), 2, 1));
            assert_eq!(activity::Entity::find_by_id(past).one(db).await.unwrap().unwrap().status, "reported");
            for person in [asks, invited] {
                let mine = village.step(face, &village.token(person), "list_person_memberships", person).await.ok();
                assert_eq!((&mine["items"][0]["status"], &mine["items"][0]["reason"]), (&json!("refused"), &json!("Pindah tugas")));
            }
            // The chair is no officer any more, and nobody joins what has ended.
            assert_eq!(village.because(face, &chair, "close_community", group.id).await.refused(), "forbidden");
            assert_eq!(village.because(face, &village.officer(), "close_community", group.id).await.refused(), "community_closed");
            assert_eq!(village.step(face, &village.token(asks), "request_membership", group.id).await.refused(), "community_closed");
            village.step(face, &village.token(group.member), "leave_membership", group.membership).await.ok();
        }
        for (kind, count) in [("community.closed", 2), ("activity.cancelled", 2), ("membership.refused", 4), ("office.ended", 2)] {
            assert_eq!(app.events(kind).await.len(), count, "{kind}");
        }
        assert!(meeting_series::Entity::find().all(app.services.store.reader()).await.unwrap().iter().all(|row| row.status == "ended" && row.version == 2));
        assert_eq!(app.events("meeting_series.ended").await.len(), 2);
    }

    async fn one_finds_the_groups_one_could_join(app: TestApp) {
        let village = Village::new(&app).await;
        let person = village.teacher("Siti").await;
        let id = Uuid::now_v7;
        let usual = |name: &str, kind: &str, region: &str| community::Model {
            name: name.to_owned(), kind: kind.to_owned(), level: None, ..community_row(id(), region)
        };
        let at = |school: Uuid, row: community::Model| community::Model { anchor: "school".to_owned(), school_id: Some(school), ..row };
        let cluster = community::Model { anchor: "cluster".to_owned(), ..usual("B Gugus", "kkg", DISTRICT) };
        let cluster_id = cluster.id;
        for row in [
            at(village.school, usual("A Sekolah", "plc", DISTRICT)),
            cluster,
            usual("C Kecamatan", "kkg", DISTRICT),
            community::Model { level: Some("sd".to_owned()), subject: Some("Matematika".to_owned()), ..usual("D Kota", "kkg", "32.73") },
            community::Model { subject: Some("Français".to_owned()), ..usual("E Provinsi", "book_club", "32") },
            // Not for them: of another school, level, kind, province, or ended.
            at(village.neighbour, usual("Tetangga", "plc", DISTRICT)),
            community::Model { level: Some("smp".to_owned()), ..usual("Tingkat lain", "book_club", DISTRICT) },
            usual("Mapel", "mgmp", "32.73"),
            usual("Jauh", "kkg", "35"),
            community::Model { status: "closed".to_owned(), ..usual("Tutup", "kkg", DISTRICT) },
        ] {
            let (community, name) = (row.id, row.name.clone());
            put(&app, row).await;
            if name == "C Kecamatan" || name == "E Provinsi" {
                let days = if name == "C Kecamatan" { 2 } else { 9 };
                put(&app, activity_row(id(), community, start() + TimeDelta::days(days))).await;
                put(&app, activity_row(id(), community, start() - TimeDelta::days(1))).await;
            }
        }
        put(&app, community_school::Model { community_id: cluster_id, school_id: village.school }).await;
        let token = village.token(person);
        for face in Face::BOTH {
            let list = async |args: Value| column(&village.call(face, &token, "list_communities", args).await.ok(), "name");
            let near = json!({ "nearSchoolId": village.school });
            assert_eq!(list(near).await, ["A Sekolah", "B Gugus", "C Kecamatan", "D Kota", "E Provinsi"]);
            assert_eq!(list(json!({ "nearSchoolId": village.school, "kind": "kkg", "level": "sd" })).await, ["D Kota"]);
            assert_eq!(list(json!({ "meetsBefore": "2026-03-05T00:00:00Z" })).await, ["C Kecamatan"]);
            assert_eq!(list(json!({ "meetsBefore": "2026-03-12T00:00:00Z" })).await, ["C Kecamatan", "E Provinsi"]);
            assert_eq!(list(json!({ "subject": "matematika" })).await, ["D Kota"]);
            assert_eq!(list(json!({ "subject": "FRANçAIS" })).await, ["E Provinsi"]);
            let other = list(json!({ "subject": "FRANÇAIS" })).await;
            assert!(other.is_empty(), "letters beyond ASCII are told apart by case, on both engines: {other:?}");
            assert_eq!(list(json!({ "regionCode": "35" })).await, ["Jauh"]);
            assert_eq!(list(json!({ "q": "te" })).await, ["Tetangga"]);
            assert_eq!(list(json!({ "status": "closed", "openness": "request" })).await, ["Tutup"]);
            let page = village.call(face, &token, "list_communities", json!({ "first": 3 })).await.ok();
            let rest = village.call(face, &token, "list_communities", json!({ "first": 100, "after": page["next"] })).await.ok();
            assert_eq!((column(&page, "name").len(), column(&rest, "name").len()), (3, 7));
            let unknown = village.call(face, &token, "list_communities", json!({ "nearSchoolId": Uuid::now_v7() })).await;
            assert_eq!(told(&unknown), [("/nearSchoolId", "reference_unknown")]);
            assert_eq!(app.call(face, None, "list_communities", json!({})).await.refused(), "unauthenticated");
        }
        // A page costs two statements at any size, edges and all.
        let query = "query($n: Int!) { communities(first: $n) { totalCount nodes { name memberCount nextMeetingAt
            region { name } school { name } schools { name } dormancy { isQuiet } } } }";
        for n in [2, 10] {
            let before = app.services.store.statements();
            let answer = app.graphql(Some(&token), query, json!({ "n": n })).await;
            let spent = app.services.store.statements() - before;
            assert_eq!(answer["data"]["communities"]["nodes"].as_array().unwrap().len(), n, "{answer}");
            // The caller's record, the page, its clusters, their schools, the total.
            assert!(spent <= 5, "{spent} statements for {n}");
        }
    }
}
