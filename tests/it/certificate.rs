//! Certificates from issue to revocation, and the list that ministry systems pull, through
//! both faces, on both engines.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{certificate, certificate_counter, certificate_payload, enrolment, session};
use sanggar::{access::grant::Grant, certification::certificate::payload};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    support::{
        Face, TestApp,
        app::start,
        training::{BANDUNG, BOGOR, USUAL, Wanted, World},
    },
};

/// A batch that is over.
pub const OVER: Wanted = Wanted { status: "finished", ..USUAL };

/// An enrolment that was completed with 32 JP, after 90 of the 100 minutes of the batch's one session.
pub async fn completed(world: &World<'_>, batch: Uuid, person: Uuid) -> Uuid {
    let id = world.enrolment(batch, person, "completed", start() - TimeDelta::days(9)).await;
    let db = world.app.services.store.reader();
    let held = session::Entity::find().filter(session::Column::BatchId.eq(batch)).one(db).await.unwrap();
    let held = match held {
        Some(held) => held.id,
        None => world.session(batch, TimeDelta::days(-3)).await,
    };
    world.attended(held, id, 90).await;
    complete(world, id, start() - TimeDelta::days(1)).await;
    id
}

/// Completes an enrolment at `at` once more, without going through a command.
async fn complete(world: &World<'_>, id: Uuid, at: DateTime<Utc>) {
    let completions = world.read_enrolment(&json!(id)).await.completions + 1;
    let change = enrolment::ActiveModel {
        id: Set(id),
        status: Set("completed".to_owned()),
        score: Set(Some(88)),
        jp_earned: Set(Some(32)),
        decided_at: Set(Some(at)),
        completions: Set(completions),
        ..Default::default()
    };
    change.update(world.app.services.store.writer()).await.unwrap();
}

/// An enrolment that attended 90 of the session's 100 minutes, scored 88 and was completed by
/// the command that does so.
pub async fn assessed(world: &World<'_>, batch: Uuid, session: Uuid, person: Uuid) -> Uuid {
    let id = passed(world, batch, session, person).await;
    step(world, "complete_enrolment", id.to_string()).await;
    id
}

/// An enrolment that attended 90 of the session's 100 minutes and scored 88, not decided about yet.
pub async fn passed(world: &World<'_>, batch: Uuid, session: Uuid, person: Uuid) -> Uuid {
    let id = world.enrolment(batch, person, "accepted", start() - TimeDelta::days(9)).await;
    world.attended(session, id, 90).await;
    let scored = enrolment::ActiveModel { id: Set(id), score: Set(Some(88)), ..Default::default() };
    scored.update(world.app.services.store.writer()).await.unwrap();
    id
}

/// One step of an enrolment, or of a certificate with a reason.
async fn step(world: &World<'_>, command: &str, id: impl Into<Value>) -> Value {
    let arguments = match command {
        "revoke_certificate" | "reopen_enrolment" => {
            json!({ "id": id.into(), "input": { "reason": "Salah orang" } })
        }
        _ => json!({ "id": id.into() }),
    };
    world.app.call(Face::Rest, Some(&world.staff()), command, arguments).await.ok()
}

/// Issues one by one.
pub async fn issue(world: &World<'_>, face: Face, enrolment: Uuid) -> Value {
    world.app.call(face, Some(&world.staff()), "issue_certificate", to(enrolment)).await.ok()
}

fn to(enrolment: Uuid) -> Value {
    json!({ "input": { "enrolmentId": enrolment } })
}

both_engines! {
    async fn a_completed_enrolment_gets_one_signed_certificate(app: TestApp) {
        let world = World::new(&app).await;
        let batch = world.batch(OVER).await;
        for (face, number) in Face::BOTH.into_iter().zip(["000001/BGTKJABAR/2026", "000002/BGTKJABAR/2026"]) {
            let siti = world.teacher("Siti Nurhaliza, S.Pd.").await;
            let enrolment = completed(&world, batch, siti).await;
            let made = issue(&world, face, enrolment).await;
            assert_eq!(made["number"], number);
            assert_eq!((&made["status"], &made["kind"], &made["hoursJp"]), (&json!("valid"), &json!("direct"), &json!(32)));
            assert_eq!((&made["personId"], &made["enrolmentId"]), (&json!(siti), &json!(enrolment)));
            assert_eq!((&made["schoolId"], &made["regionCode"]), (&json!(world.school), &json!(BANDUNG)));
            let read = app.call(face, Some(&world.token(siti)), "get_certificate", json!({ "id": made["id"] })).await.ok();
            let said = payload::verify(&app.services.keyring, read["signed"]["jws"].as_str().unwrap()).unwrap();
            assert_eq!(read["signed"]["kid"], json!(said.kid));
            assert_eq!(read["signed"]["hash"], json!(payload::hash(&said.text)));
            let said = said.payload;
            assert_eq!((said.number.as_str(), said.holder.id, said.program.jp), (number, siti, 32));
            assert_eq!(said.holder.school_name.as_deref(), Some("SMP Negeri 2"));
            let lines: Vec<_> = said.completion.iter().map(|l| (l.requirement.as_str(), l.required, l.actual, l.met)).collect();
            assert_eq!(lines, [("attendance_minutes", 80, Some(90), true), ("score", 70, Some(88), true)]);
        }
        assert_eq!(app.events("certificate.issued").await.len(), 2);
    }

    async fn a_certificate_never_says_that_a_requirement_is_not_met(app: TestApp) {
        let world = World::new(&app).await;
        let batch = world.batch(OVER).await;
        let enrolment = completed(&world, batch, world.teacher("Siti").await).await;
        world.session(batch, TimeDelta::days(-1)).await;
        for face in Face::BOTH {
            let one = app.call(face, Some(&world.staff()), "issue_certificate", to(enrolment)).await;
            assert_eq!(one.refused(), "completion_no_longer_met", "90 of 200 minutes");
            let all = app.call(face, Some(&world.staff()), "issue_batch_certificates", json!({ "id": batch })).await;
            assert_eq!(all.refused(), "completion_no_longer_met");
        }
        assert!(app.events("certificate.issued").await.is_empty());
    }

    async fn a_second_certificate_of_one_completion_is_refused_and_names_the_first(app: TestApp) {
        let world = World::new(&app).await;
        let batch = world.batch(OVER).await;
        let enrolment = completed(&world, batch, world.teacher("Siti").await).await;
        let made = issue(&world, Face::Rest, enrolment).await;
        for face in Face::BOTH {
            let again = app.call(face, Some(&world.staff()), "issue_certificate", to(enrolment)).await;
            assert!(again.data.to_string().contains(made["id"].as_str().unwrap()), "{face:?}: {}", again.data);
            assert_eq!(again.refused(), "certificate_already_issued");
        }
    }

    async fn sixty_four_calls_for_one_enrolment_make_one_certificate_and_one_event(app: TestApp) {
        let world = World::new(&app).await;
        let batch = world.batch(OVER).await;
        let enrolment = completed(&world, batch, world.teacher("Siti").await).await;
        let staff = world.staff();
        let (body, asked) = (json!({ "enrolmentId": enrolment }), Some(staff.as_str()));
        let calls = (0..64).map(|_| app.post("/v1/certificates", asked, &body));
        let answers = futures_util::future::join_all(calls).await;
        let made = answers.iter().filter(|(status, _)| *status == 201).count();
        let refused = answers.iter().filter(|(_, body)| body["code"] == "certificate_already_issued").count();
        assert_eq!((made, refused), (1, 63), "{answers:?}");
        let db = app.services.store.reader();
        assert_eq!(certificate::Entity::find().count(db).await.unwrap(), 1);
        assert_eq!(certificate_payload::Entity::find().count(db).await.unwrap(), 1);
        assert_eq!(certificate_counter::Entity::find().one(db).await.unwrap().unwrap().last_number, 1);
        assert_eq!(app.events("certificate.issued").await.len(), 1);
    }

    async fn numbers_given_at_once_are_all_different_and_without_gaps(app: TestApp) {
        let world = World::new(&app).await;
        let batch = world.batch(OVER).await;
        let mut enrolments = Vec::new();
        for person in world.teachers(24).await {
            enrolments.push(completed(&world, batch, person).await);
        }
        let staff = world.staff();
        let calls = enrolments.iter().map(|e| app.call(Face::Rest, Some(&staff), "issue_certificate", to(*e)));
        let mut numbers: Vec<String> = futures_util::future::join_all(calls)
            .await
            .into_iter()
            .map(|outcome| outcome.ok()["number"].as_str().unwrap().to_owned())
            .collect();
        numbers.sort();
        let expected: Vec<String> = (1..=24).map(|n| format!("{n:06}/BGTKJABAR/2026")).collect();
        assert_eq!(numbers, expected);
    }

    async fn a_whole_batch_is_certified_at_once_and_only_who_completed(app: TestApp) {
        let world = World::new(&app).await;
        for face in Face::BOTH {
            let batch = world.batch(OVER).await;
            let persons = world.teachers(7).await;
            for (place, person) in persons.iter().enumerate() {
                match place {
                    0 => drop(world.enrolment(batch, *person, "not_completed", start()).await),
                    1 => drop(world.enrolment(batch, *person, "accepted", start()).await),
                    _ => drop(completed(&world, batch, *person).await),
                }
            }
            let had = enrolment::Entity::find().order_by_desc(enrolment::Column::Id).one(app.services.store.reader()).await.unwrap().unwrap();
            issue(&world, face, had.id).await;
            let before = app.events("certificate.issued").await.len();
            let arguments = json!({ "id": batch });
            let made = app.call(face, Some(&world.staff()), "issue_batch_certificates", arguments.clone()).await.ok();
            assert_eq!((&made["issued"], &made["passedOver"]), (&json!(4), &json!(1)), "{made}");
            assert_eq!(made["certificateIds"].as_array().unwrap().len(), 4);
            assert_eq!(app.events("certificate.issued").await.len(), before + 4);
            let again = app.call(face, Some(&world.staff()), "issue_batch_certificates", arguments).await.ok();
            assert_eq!((&again["issued"], &again["passedOver"]), (&json!(0), &json!(5)));
            let listed = app.call(face, Some(&world.staff()), "list_certificates", json!({ "batchId": batch })).await.ok();
            assert_eq!(listed["items"].as_array().unwrap().len(), 5);
        }
    }

    async fn a_batch_certified_twice_at_the_same_time_gives_each_one_certificate(app: TestApp) {
        let world = World::new(&app).await;
        let batch = world.batch(OVER).await;
        for person in world.teachers(12).await {
            completed(&world, batch, person).await;
        }
        let staff = world.staff();
        let calls = (0..6).map(|_| app.call(Face::Rest, Some(&staff), "issue_batch_certificates", json!({ "id": batch })));
        let issued: i64 = futures_util::future::join_all(calls).await.into_iter().map(|o| o.ok()["issued"].as_i64().unwrap()).sum();
        assert_eq!(issued, 12);
        assert_eq!(app.events("certificate.issued").await.len(), 12);
    }

    async fn what_is_not_completed_cannot_be_certified(app: TestApp) {
        let world = World::new(&app).await;
        let batch = world.batch(OVER).await;
        for status in ["applied", "accepted", "waitlisted", "rejected", "withdrawn", "not_completed"] {
            let person = world.teacher("Siti").await;
            let enrolment = world.enrolment(batch, person, status, start()).await;
            for face in Face::BOTH {
                let refused = app.call(face, Some(&world.staff()), "issue_certificate", to(enrolment)).await;
                assert_eq!(refused.refused(), "enrolment_not_completed", "{status}");
            }
        }
        assert_eq!(certificate::Entity::find().count(app.services.store.reader()).await.unwrap(), 0);
    }

    async fn a_last_day_in_the_past_is_refused_and_today_will_do(app: TestApp) {
        let world = World::new(&app).await;
        let batch = world.batch(OVER).await;
        for face in Face::BOTH {
            let enrolment = completed(&world, batch, world.teacher("Siti").await).await;
            let until = |day: &str| json!({ "input": { "enrolmentId": enrolment, "validUntil": day } });
            let past = app.call(face, Some(&world.staff()), "issue_certificate", until("2026-03-01")).await;
            assert_eq!(past.faults, [("/validUntil".to_owned(), "certificate_valid_until_past".to_owned())]);
            let made = app.call(face, Some(&world.staff()), "issue_certificate", until("2026-03-02")).await.ok();
            assert_eq!((&made["validUntil"], &made["status"]), (&json!("2026-03-02"), &json!("valid")));
        }
    }

    async fn only_the_provider_and_the_ministry_issue_and_revoke(app: TestApp) {
        let world = World::new(&app).await;
        let batch = world.batch(OVER).await;
        let siti = world.teacher("Siti").await;
        let enrolment = completed(&world, batch, siti).await;
        let other = app.token(Grant::provider_staff(world.organisation("LPTK-LAIN").await));
        let (teacher, officer) = (world.token(siti), app.token(Grant::regional_officer(BANDUNG)));
        let made = issue(&world, Face::Rest, enrolment).await;
        let away = app.token(Grant::regional_officer(BOGOR));
        let reason = json!({ "id": made["id"], "input": { "reason": "Salah orang" } });
        let cases = [
            (None, "unauthenticated", "unauthenticated"),
            (Some(&other), "not_found", "not_found"),
            // No officer issues or revokes, wherever: told before anything is looked up.
            (Some(&away), "forbidden", "forbidden"),
            (Some(&teacher), "forbidden", "forbidden"),
            (Some(&officer), "forbidden", "forbidden"),
        ];
        for face in Face::BOTH {
            for (token, issuing, revoking) in cases {
                let token = token.map(String::as_str);
                assert_eq!(app.call(face, token, "issue_certificate", to(enrolment)).await.refused(), issuing);
                assert_eq!(app.call(face, token, "revoke_certificate", reason.clone()).await.refused(), revoking);
                let batch = app.call(face, token, "issue_batch_certificates", json!({ "id": batch })).await.refused();
                assert_eq!(batch, if token.is_none() { issuing } else { "forbidden" });
            }
        }
        app.call(Face::Graphql, Some(&app.ministry()), "revoke_certificate", reason).await.ok();
    }

    async fn a_revocation_is_final_needs_a_reason_and_leaves_the_payload(app: TestApp) {
        let world = World::new(&app).await;
        let batch = world.batch(OVER).await;
        for face in Face::BOTH {
            let enrolment = completed(&world, batch, world.teacher("Siti").await).await;
            let made = issue(&world, face, enrolment).await;
            let id: Uuid = made["id"].as_str().unwrap().parse().unwrap();
            let sealed = || certificate_payload::Entity::find_by_id(id).one(app.services.store.reader());
            let before = sealed().await.unwrap();
            let revoke = |reason: &str| json!({ "id": id, "input": { "reason": reason } });
            let mute = app.call(face, Some(&world.staff()), "revoke_certificate", revoke("  ")).await;
            assert_eq!(mute.faults, [("/reason".to_owned(), "reason_missing".to_owned())]);
            app.pass(TimeDelta::minutes(5));
            let gone = app.call(face, Some(&world.staff()), "revoke_certificate", revoke("Salah orang")).await.ok();
            assert_eq!((&gone["status"], &gone["statusReason"], &gone["version"]), (&json!("revoked"), &json!("Salah orang"), &json!(2)));
            assert_ne!(gone["changedAt"], made["changedAt"]);
            let again = app.call(face, Some(&world.staff()), "revoke_certificate", revoke("Lagi")).await;
            assert_eq!(again.refused(), "certificate_already_revoked");
            assert_eq!(sealed().await.unwrap(), before);
            let anew = app.call(face, Some(&world.staff()), "issue_certificate", to(enrolment)).await;
            assert_eq!(anew.refused(), "certificate_revoked_for_completion");
            complete(&world, enrolment, start() + TimeDelta::days(1)).await;
            let second = issue(&world, face, enrolment).await;
            assert_ne!(second["number"], made["number"]);
        }
        assert_eq!(app.events("certificate.revoked").await.len(), 2);
    }

    async fn who_completed_anew_after_a_revocation_is_certified_also_when_two_records_were_merged_since(app: TestApp) {
        let world = World::new(&app).await;
        let batch = world.batch(OVER).await;
        let session = world.session(batch, TimeDelta::days(-3)).await;
        for face in Face::BOTH {
            let (old, current) = (world.teacher("Siti").await, world.teacher("Siti").await);
            let enrolment = assessed(&world, batch, session, old).await;
            let first = issue(&world, face, enrolment).await;
            step(&world, "revoke_certificate", first["id"].clone()).await;
            step(&world, "reopen_enrolment", enrolment.to_string()).await;
            step(&world, "complete_enrolment", enrolment.to_string()).await;
            app.pass(TimeDelta::hours(1));
            let merge = json!({ "id": old, "input": { "intoId": current, "reason": "Data ganda" } });
            app.call(face, Some(&app.ministry()), "merge_person", merge).await.ok();
            let second = issue(&world, face, enrolment).await;
            assert_eq!((&second["personId"], &second["status"]), (&json!(current), &json!("valid")));
        }
    }

    async fn a_merge_does_not_certify_a_revoked_completion_again_and_the_batch_names_it(app: TestApp) {
        let world = World::new(&app).await;
        let batch = world.batch(OVER).await;
        let session = world.session(batch, TimeDelta::days(-3)).await;
        let (old, current) = (world.teacher("Siti").await, world.teacher("Siti").await);
        let enrolment = assessed(&world, batch, session, old).await;
        let other = assessed(&world, batch, session, world.teacher("Budi").await).await;
        let made = issue(&world, Face::Rest, enrolment).await;
        issue(&world, Face::Rest, other).await;
        step(&world, "revoke_certificate", made["id"].clone()).await;
        let merge = json!({ "id": old, "input": { "intoId": current, "reason": "Data ganda" } });
        app.call(Face::Rest, Some(&app.ministry()), "merge_person", merge).await.ok();
        for face in Face::BOTH {
            let again = app.call(face, Some(&world.staff()), "issue_certificate", to(enrolment)).await;
            assert_eq!(again.refused(), "certificate_revoked_for_completion");
            let told = app.call(face, Some(&world.staff()), "issue_batch_certificates", json!({ "id": batch })).await.ok();
            assert_eq!((&told["issued"], &told["passedOver"]), (&json!(0), &json!(1)), "{told}");
            assert_eq!(told["revokedEnrolmentIds"], json!([enrolment]));
        }
    }

    async fn numbers_in_use_are_passed_over_when_the_scheme_meets_them(app: TestApp) {
        let world = World::new(&app).await;
        let batch = world.batch(OVER).await;
        for (n, taken) in (1..=3).enumerate() {
            let id = world.certificate(world.teacher("Lama").await, 8, "direct", "valid", "2025-01-01").await;
            let number = format!("{taken:06}/BGTKJABAR/2026");
            let row = certificate::ActiveModel { id: Set(id), number: Set(number), changed_pos: Set(-1 - n as i64), ..Default::default() };
            row.update(app.services.store.writer()).await.unwrap();
        }
        let made = issue(&world, Face::Rest, completed(&world, batch, world.teacher("Siti").await).await).await;
        assert_eq!(made["number"], "000004/BGTKJABAR/2026");
    }

    async fn the_same_key_issues_once_and_answers_the_same(app: TestApp) {
        let world = World::new(&app).await;
        let batch = world.batch(OVER).await;
        for face in Face::BOTH {
            let mut asked = to(completed(&world, batch, world.teacher("Siti").await).await);
            asked["key"] = json!(format!("{face:?}"));
            let staff = world.staff();
            let first = app.call(face, Some(&staff), "issue_certificate", asked.clone()).await.ok();
            let again = app.call(face, Some(&staff), "issue_certificate", asked).await.ok();
            assert_eq!(first, again);
        }
    }
}
