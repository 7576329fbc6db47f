//! Limits that were learnt: who counts as present and when, what stands in a plan, what a scheme and an instrument
//! may say, and how an observation may end. Through both faces, on both engines.

use chrono::TimeDelta;
use entity::{activity_removal, community, membership, observation_instrument};
use futures_util::future::join_all;
use sanggar::worker::files;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines, rhythm,
    support::{
        Face, Outcome, TestApp,
        app::start,
        circle::Circle,
        credit::{self, national, program_of, published},
        group::Group,
        rows::membership_row,
    },
};

fn told(outcome: &Outcome) -> Vec<(&str, &str)> {
    let mut told: Vec<_> = outcome.faults.iter().map(|(at, code)| (at.as_str(), code.as_str())).collect();
    told.sort_unstable();
    told
}

fn list(id: Uuid, entries: &[(Uuid, i32)]) -> Value {
    let line = |(person, minutes): &(Uuid, i32)| json!({ "personId": person, "minutes": minutes });
    json!({ "id": id, "input": { "entries": entries.iter().map(line).collect::<Vec<_>>() } })
}

/// A teacher whose membership began and ended so many days from the start of the tests.
async fn member_of(group: &Group<'_>, joined: i64, ended: Option<i64>) -> Uuid {
    let person = group.world.teacher("Rina Kusuma").await;
    let day = |days: i64| start() + TimeDelta::days(days);
    let row = membership_row(Uuid::now_v7(), group.id, person);
    let status = if ended.is_some() { "left" } else { "active" }.to_owned();
    let (joined_at, ended_at) = (Some(day(joined)), ended.map(day));
    group.world.insert(membership::Model { status, joined_at, ended_at, ..row }).await;
    person
}

fn plan(kind: &str, starts: &str, ends: &str) -> Value {
    json!({ "kind": kind, "title": "Menyusun soal", "mode": "face_to_face", "startsAt": starts, "endsAt": ends })
}

both_engines! {
    async fn presence_is_of_those_who_were_members_on_that_day(app: TestApp) {
        let group = Group::new(&app).await;
        for (face, days) in Face::BOTH.into_iter().zip([-1, -2]) {
            let id = group.activity(TimeDelta::days(days), "held").await;
            let late = member_of(&group, 0, None).await;
            let gone = member_of(&group, -90, Some(-10)).await;
            let left_since = member_of(&group, -90, Some(0)).await;
            let stranger = group.world.teacher("Orang lain").await;
            let all = list(id, &[(late, 60), (gone, 60), (left_since, 60), (stranger, 60), (group.member, 60)]);
            let outcome = group.lead(face, "record_activity_attendance", all).await;
            assert_eq!(told(&outcome), [
                ("/entries/0/personId", "person_not_member_then"),
                ("/entries/1/personId", "person_not_member_then"),
                ("/entries/3/personId", "person_not_member"),
            ], "{face:?}");
            let sound = list(id, &[(left_since, 60), (group.member, 60)]);
            group.lead(face, "record_activity_attendance", sound).await.ok();
            let confirmed = group.call_as(late, face, "confirm_activity", json!({ "id": id })).await;
            assert_eq!(confirmed.refused(), "person_not_member_then");
            let code = group.code(id, start() + TimeDelta::days(days));
            assert_eq!(group.check_in(late, face, id, &code).await.refused(), "person_not_member_then");
            assert_eq!(group.present(id).await.len(), 2);
        }
    }

    async fn whom_an_officer_took_off_the_list_stays_off_it_until_an_officer_says_otherwise(app: TestApp) {
        let group = Group::new(&app).await;
        for (face, days) in Face::BOTH.into_iter().zip([-1, -2]) {
            let id = group.activity(TimeDelta::days(days), "held").await;
            let code = group.code(id, start() + TimeDelta::days(days));
            group.check_in(group.member, face, id, &code).await.ok();
            group.lead(face, "record_activity_attendance", list(id, &[(group.member, 0)])).await.ok();
            for _ in 0..2 {
                assert_eq!(group.check_in(group.member, face, id, &code).await.refused(), "attendance_removed");
                let confirmed = group.call_as(group.member, face, "confirm_activity", json!({ "id": id })).await;
                assert_eq!(confirmed.refused(), "attendance_removed");
            }
            assert!(group.present(id).await.is_empty());
            // Whoever was never on it may say so; and the officer's later word counts.
            group.call_as(group.chair, face, "confirm_activity", json!({ "id": id })).await.ok();
            group.lead(face, "record_activity_attendance", list(id, &[(group.member, 90)])).await.ok();
            let again = group.check_in(group.member, face, id, &code).await.ok();
            assert_eq!((&again["minutes"], &again["method"]), (&json!(90), &json!("organiser")));
        }
    }

    async fn a_removal_follows_a_person_into_the_record_that_survives(app: TestApp) {
        let group = Group::new(&app).await;
        let (id, other) = (group.activity(TimeDelta::days(-1), "held").await, group.activity(TimeDelta::days(-2), "held").await);
        let twin = group.joined("Budi Santosa").await;
        for (activity, person) in [(id, twin), (other, twin), (other, group.member)] {
            let row = activity_removal::Model { activity_id: activity, person_id: person, removed_at: start(), removed_by: "test".to_owned() };
            group.world.insert(row).await;
        }
        let merge = json!({ "id": twin, "input": { "intoId": group.member, "reason": "NIK dan ijazah sama" } });
        app.call(Face::Rest, Some(&app.ministry()), "merge_person", merge).await.ok();
        let confirmed = group.call_as(group.member, Face::Graphql, "confirm_activity", json!({ "id": id })).await;
        assert_eq!(confirmed.refused(), "attendance_removed");
        let of = |person: Uuid| activity_removal::Entity::find().filter(activity_removal::Column::PersonId.eq(person));
        let reader = app.services.store.reader();
        assert_eq!((of(twin).count(reader).await.unwrap(), of(group.member).count(reader).await.unwrap()), (0, 2));
    }

    async fn a_community_did_nothing_before_it_was_founded(app: TestApp) {
        let group = Group::new(&app).await;
        let founded = community::ActiveModel { id: Set(group.id), created_at: Set(start() - TimeDelta::days(1)), ..Default::default() };
        founded.update(app.services.store.writer()).await.unwrap();
        for (face, hour) in Face::BOTH.into_iter().zip([1, 2]) {
            let at = |day: &str| plan("meeting", &format!("{day}T0{hour}:00:00Z"), &format!("{day}T0{hour}:45:00Z"));
            let create = async |input: Value| group.lead(face, "create_activity", json!({ "id": group.id, "input": input })).await;
            assert_eq!(told(&create(at("2026-02-28")).await), [("/startsAt", "activity_before_community")], "{face:?}");
            let made = create(at("2026-03-01")).await.ok();
            let earlier = json!({ "startsAt": "2026-02-20T01:00:00Z", "endsAt": "2026-02-20T02:00:00Z" });
            let outcome = group.lead(face, "update_activity", json!({ "id": made["id"], "version": 1, "input": earlier })).await;
            assert_eq!(told(&outcome), [("/startsAt", "activity_before_community")]);
        }
    }

    async fn a_single_activity_asks_for_free_time_as_a_series_does(app: TestApp) {
        let group = Group::new(&app).await;
        for (face, day) in Face::BOTH.into_iter().zip(["03", "04"]) {
            let at = |kind: &str, hour: u32| plan(kind, &format!("2026-03-{day}T{hour:02}:00:00Z"), &format!("2026-03-{day}T{:02}:30:00Z", hour + 1));
            let create = async |input: Value| group.lead(face, "create_activity", json!({ "id": group.id, "input": input })).await;
            // Nine in the morning by the clocks of the school: lessons.
            assert_eq!(create(at("meeting", 2)).await.refused(), "meetings_clash_with_teaching", "{face:?}");
            let mut despite = at("meeting", 2);
            despite["despiteClashes"] = json!(" ");
            assert_eq!(told(&create(despite.clone()).await), [("/despiteClashes", "reason_missing")]);
            despite["despiteClashes"] = json!("Disepakati kepala sekolah");
            create(despite.clone()).await.ok();
            assert_eq!(create(despite.clone()).await.refused(), "activity_double_booked");
            assert_eq!(create(at("coaching", 3)).await.refused(), "activity_double_booked", "half an hour of it is enough");
            // Lessons are watched in lessons, by two at a time.
            create(at("peer_observation", 2)).await.ok();
            create(at("peer_observation", 2)).await.ok();
            let made = create(at("meeting", 8)).await.ok();
            let to = |hour: u32, version: i64, reason: Value| json!({ "id": made["id"], "version": version, "input": {
                "startsAt": format!("2026-03-{day}T{hour:02}:00:00Z"), "endsAt": format!("2026-03-{day}T{hour:02}:45:00Z"), "despiteClashes": reason } });
            let update = async |args: Value| group.lead(face, "update_activity", args).await;
            assert_eq!(update(to(2, 1, json!("Disepakati"))).await.refused(), "activity_double_booked");
            assert_eq!(update(to(5, 1, Value::Null)).await.refused(), "meetings_clash_with_teaching");
            assert_eq!(update(to(5, 1, json!("Disepakati"))).await.ok()["version"], 2);
            update(to(9, 2, Value::Null)).await.ok();
            // What took place is noted as it was.
            let past = plan("meeting", &format!("2026-02-{}T02:00:00Z", 20 + day.parse::<i32>().unwrap()), &format!("2026-02-{}T03:00:00Z", 20 + day.parse::<i32>().unwrap()));
            create(past).await.ok();
        }
        let told = app.events("activity.created").await;
        assert!(told.iter().any(|event| event.payload["despiteClashes"] == "Disepakati kepala sekolah"));
    }

    async fn a_preview_is_bounded_as_the_series_is(app: TestApp) {
        let group = rhythm::Group::new(&app).await;
        for face in Face::BOTH {
            for operation in ["preview_meeting_series", "create_meeting_series"] {
                for (starts, code) in [
                    ("2026-02-28T09:00:00", "series_start_past"),
                    ("2027-06-05T09:00:00", "series_start_too_far"),
                    ("9959-03-06T09:00:00", "series_start_too_far"),
                ] {
                    let input = rhythm::input("FREQ=DAILY", starts);
                    let outcome = group.call(face, operation, json!({ "id": group.id, "input": input })).await;
                    assert_eq!(told(&outcome), [("/startsAt", code)], "{face:?} {operation} {starts}");
                }
            }
        }
    }

    async fn of_the_editions_of_an_instrument_one_is_published(app: TestApp) {
        let circle = Circle::new(&app).await;
        let ministry = app.ministry();
        let criteria = json!([{ "code": "TANYA", "text": "Murid bertanya", "look": "Tanpa diminta.", "levels": ["Belum tampak", "Tampak"] }]);
        for (face, national) in [(Face::Rest, false), (Face::Graphql, true)] {
            let token = if national { ministry.clone() } else { circle.teacher(circle.chair) };
            let call = async |operation: &str, args: Value| app.call(face, Some(&token), operation, args).await;
            let mut first = json!({ "code": "TANYA", "title": "Siapa yang bertanya", "criteria": criteria });
            if !national {
                first["communityId"] = json!(circle.community);
            }
            let first = call("create_observation_instrument", json!({ "input": first })).await.ok();
            let next = |of: &Value| json!({ "input": { "supersedesId": of["id"], "title": "Edisi baru", "criteria": criteria } });
            // Of many who write the next edition at once one does.
            let second = next(&first);
            let all = join_all((0..6).map(|_| call("create_observation_instrument", second.clone()))).await;
            let made: Vec<&Outcome> = all.iter().filter(|outcome| outcome.code.is_none()).collect();
            assert_eq!(made.len(), 1);
            let second = made[0].data.clone();
            for outcome in all.iter().filter(|outcome| outcome.code.is_some()) {
                assert_eq!(told(outcome), [("/supersedesId", "instrument_superseded")]);
            }
            let third = call("create_observation_instrument", next(&second)).await.ok();
            call("publish_observation_instrument", json!({ "id": first["id"] })).await.ok();
            let publish = |made: &Value| json!({ "id": made["id"] });
            let both = [publish(&second), publish(&third), publish(&third), publish(&second)];
            let both = join_all(both.map(|args| call("publish_observation_instrument", args))).await;
            for refused in both.into_iter().filter_map(|outcome| outcome.code) {
                assert!(["instrument_not_draft", "instrument_superseded"].contains(&refused.as_str()), "{refused}");
            }
            let code = observation_instrument::Column::Code.eq("TANYA");
            let owner = observation_instrument::Column::CommunityId;
            let owner = if national { owner.is_null() } else { owner.eq(circle.community) };
            let rows = observation_instrument::Entity::find().filter(code).filter(owner);
            let rows = rows.all(app.services.store.reader()).await.unwrap();
            let mut standing: Vec<(i32, String)> = rows.into_iter().map(|row| (row.edition, row.status)).collect();
            standing.sort();
            assert_eq!(standing, [(1, "retired".to_owned()), (2, "retired".to_owned()), (3, "published".to_owned())]);
        }
    }

    async fn an_observation_ends_without_a_reflection_when_the_observed_teacher_says_why(app: TestApp) {
        let circle = Circle::new(&app).await;
        for face in Face::BOTH {
            let id = circle.discussed(face).await;
            let close = async |person: Uuid, input: Value| circle.ask(face, person, "close_observation", json!({ "id": id, "input": input })).await;
            let why = json!({ "reason": "Sudah kami bicarakan langsung" });
            assert_eq!(close(circle.observed, json!({})).await.refused(), "observation_not_reflected");
            assert_eq!(close(circle.observer, why.clone()).await.refused(), "observed_only");
            let bad = close(circle.observed, json!({ "reason": "NISN 0051234567" })).await;
            assert_eq!(told(&bad), [("/reason", "child_identity_suspected")]);
            assert_eq!(told(&close(circle.observed, json!({ "reason": " " })).await), [("/reason", "text_missing")]);
            let closed = close(circle.observed, why.clone()).await.ok();
            assert_eq!((&closed["status"], &closed["statusReason"]), (&json!("closed"), &why["reason"]));
            assert_eq!(close(circle.observed, why.clone()).await.refused(), "observation_not_reflected");
            // Shared by both it is read by members, but not why there is no reflection.
            for person in [circle.observer, circle.observed] {
                circle.ask(face, person, "share_observation", json!({ "id": id, "input": {} })).await.ok();
            }
            let shown = circle.ask(face, circle.member, "get_observation", json!({ "id": id })).await.ok();
            assert_eq!((&shown["status"], &shown["statusReason"]), (&json!("closed"), &Value::Null));
            let id = circle.discussed(face).await;
            circle.ask(face, circle.observed, "reflect_observation", json!({ "id": id, "input": { "reflection": "Ya." } })).await.ok();
            let reflected = circle.ask(face, circle.observed, "close_observation", json!({ "id": id, "input": why })).await;
            assert_eq!(reflected.refused(), "observation_reflected");
        }
    }

    async fn a_scheme_is_for_the_kinds_of_communities_it_names_and_for_activities_of_its_length(app: TestApp) {
        let world = crate::support::training::World::new(&app).await;
        let group = credit::Group::new(&world).await;
        let person = group.member("Siti").await;
        let (token, staff) = (world.token(person), world.staff());
        group.whole_cycle(&[person]).await;
        for face in Face::BOTH {
            let mut input = national(program_of(&world).await);
            (input["communityKinds"], input["leastMinutes"]) = (json!(["mgmp", "mgmp"]), json!(721));
            let outcome = app.call(face, Some(&staff), "create_credit_scheme", json!({ "input": input.clone() })).await;
            if face == Face::Graphql {
                assert_eq!(told(&outcome), [("/communityKinds", "community_kind_twice"), ("/leastMinutes", "least_minutes_out_of_range")]);
            } else {
                // REST knows limits from the document before the command is asked.
                assert_eq!(outcome.code.as_deref(), Some("invalid"));
            }
            (input["communityKinds"], input["leastMinutes"]) = (json!(["mgmp"]), json!(181));
            let made = app.call(face, Some(&staff), "create_credit_scheme", json!({ "input": input.clone() })).await.ok();
            assert_eq!((&made["communityKinds"], &made["leastMinutes"]), (&json!(["mgmp"]), &json!(181)));
            app.call(face, Some(&staff), "publish_credit_scheme", json!({ "id": made["id"] })).await.ok();
            let ask = async |operation: &str, args: Value| app.call(face, Some(&token), operation, args).await;
            let statement = |scheme: &Value| json!({ "id": group.community, "schemeId": scheme, "startsOn": credit::FIRST });
            assert_eq!(ask("get_credit_statement", statement(&made["id"])).await.refused(), "credit_scheme_for_others");
            let claim = json!({ "id": group.community, "input": { "schemeId": made["id"], "startsOn": credit::FIRST } });
            assert_eq!(ask("claim_credit", claim).await.refused(), "credit_scheme_for_others");
            // For these communities, but longer meetings than they had.
            input["programId"] = json!(program_of(&world).await);
            input["communityKinds"] = json!(["mgmp", "kkg"]);
            let longer = published(&world, input.clone()).await;
            let found = ask("get_credit_statement", statement(&json!(longer))).await.ok();
            assert_eq!(found["jp"], 0);
            assert!(found["activities"].as_array().unwrap().iter().all(|one| one["reason"] == "too_short"), "{found}");
            (input["programId"], input["leastMinutes"]) = (json!(program_of(&world).await), json!(180));
            let right = published(&world, input).await;
            assert_eq!(ask("get_credit_statement", statement(&json!(right))).await.ok()["jp"], 82);
        }
    }

    async fn a_file_is_taken_away_again_and_its_bytes_go_when_nothing_needs_them(app: TestApp) {
        let circle = Circle::new(&app).await;
        let author = circle.teacher(circle.member);
        let run = || files::run_once(&app.services);
        for face in Face::BOTH {
            let text = format!("Soal 1 ({face:?}): berapa 2 kali 3?");
            let artefact = async || {
                let input = json!({ "kind": "common_assessment", "title": "Asesmen", "licence": "cc_by", "body": "# Soal" });
                circle.ask(face, circle.member, "create_artefact", json!({ "id": circle.community, "input": input })).await.ok()["id"].clone()
            };
            let bring = async |id: &Value| {
                let path = format!("/v1/artefacts/{}/attachments?filename=soal.txt", id.as_str().unwrap());
                let sent = app.request(reqwest::Method::POST, &path, Some(&author)).body(text.clone()).send().await.unwrap();
                assert_eq!(sent.status(), 201);
                sent.json::<Value>().await.unwrap()
            };
            let name = async |id: &Value, file: &Value| {
                let input = json!({ "body": "# Soal dengan berkas", "attachmentIds": [file["id"]] });
                circle.ask(face, circle.member, "revise_artefact", json!({ "id": id, "input": input })).await.ok()
            };
            let detach = async |person: Uuid, file: &Value| circle.ask(face, person, "detach_artefact", json!({ "id": file["id"] })).await;
            let (one, other) = (artefact().await, artefact().await);
            let (first, second) = (bring(&one).await, bring(&other).await);
            let sha = first["sha256"].as_str().unwrap();
            assert_eq!(sha, second["sha256"], "kept once");
            name(&one, &first).await;
            for (person, code) in [(circle.outsider, "not_found"), (circle.other_member, "not_found"), (circle.observer, "forbidden")] {
                assert_eq!(detach(person, &first).await.refused(), code, "{face:?}");
            }
            let gone = detach(circle.member, &first).await.ok();
            assert_eq!((&gone["filename"], &gone["sha256"]), (&json!("soal.txt"), &json!(sha)));
            let version = circle.ask(Face::Rest, circle.member, "get_artefact_version", json!({ "id": one })).await.ok();
            assert_eq!((&version["number"], &version["attachments"]), (&json!(2), &json!([])));
            assert_eq!(detach(circle.member, &first).await.refused(), "not_found");
            let (status, _) = app.get(&format!("/v1/attachments/{}/content", first["id"].as_str().unwrap()), Some(&author)).await;
            assert_eq!(status, 404);
            app.pass(TimeDelta::hours(2));
            assert_eq!(run().await.unwrap(), 0, "another row needs the bytes");
            detach(circle.member, &second).await.ok();
            assert_eq!(run().await.unwrap(), 0, "not at once");
            assert!(app.services.blobs.has(sha).await.unwrap());
            app.pass(TimeDelta::hours(2));
            assert_eq!((run().await.unwrap(), run().await.unwrap()), (1, 0));
            assert!(!app.services.blobs.has(sha).await.unwrap());
            // Brought again they are there again, and stay: a job that comes later finds no note.
            let third = bring(&one).await;
            assert!(app.services.blobs.has(sha).await.unwrap());
            name(&one, &third).await;
            let verdict = json!({ "id": one, "input": { "number": 3, "verdict": "approved" } });
            circle.ask(face, circle.observed, "review_artefact", verdict).await.ok();
            assert_eq!(detach(circle.member, &third).await.refused(), "attachment_reviewed");
            circle.ask(face, circle.chair, "publish_artefact", json!({ "id": one, "input": { "audience": "community" } })).await.ok();
            assert_eq!(detach(circle.member, &third).await.refused(), "attachment_published");
            app.pass(TimeDelta::hours(2));
            assert_eq!(run().await.unwrap(), 0);
        }
        assert_eq!(app.events("artefact.detached").await.len(), 4);
    }

    async fn bytes_that_are_brought_while_the_last_of_them_go_are_there_afterwards(app: TestApp) {
        let circle = Circle::new(&app).await;
        let author = circle.teacher(circle.member);
        let input = json!({ "kind": "article", "title": "Bacaan", "licence": "cc_by", "body": "Isi" });
        let made = circle.ask(Face::Rest, circle.member, "create_artefact", json!({ "id": circle.community, "input": input })).await.ok();
        let path = format!("/v1/artefacts/{}/attachments?filename=bacaan.txt", made["id"].as_str().unwrap());
        let bring = async || {
            let sent = app.request(reqwest::Method::POST, &path, Some(&author)).body("Isi bacaan").send().await.unwrap();
            assert_eq!(sent.status(), 201);
            sent.json::<Value>().await.unwrap()
        };
        for _ in 0..5 {
            let file = bring().await;
            circle.ask(Face::Graphql, circle.member, "detach_artefact", json!({ "id": file["id"] })).await.ok();
            app.pass(TimeDelta::hours(2));
            let (file, gone) = tokio::join!(bring(), files::run_once(&app.services));
            gone.unwrap();
            let content = format!("/v1/attachments/{}/content", file["id"].as_str().unwrap());
            let read = app.request(reqwest::Method::GET, &content, Some(&author)).send().await.unwrap();
            assert_eq!(read.text().await.unwrap(), "Isi bacaan");
        }
    }
}
