//! Who was at an activity and how it is known: by an officer, by a code that was shown in the room, by the
//! person's own word. Through both faces, on both engines.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use futures_util::future::join_all;
use sanggar::{
    access::{actor::Actor, grant::Grant},
    community::activity::{
        check_in::write::{CheckInActivity, CheckInActivityInput},
        input::ReportActivityInput,
        write::ReportActivity,
    },
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    support::{Face, Outcome, TestApp, app::start, group::Group, interleave::interleave, training::BOGOR},
};

const HOUR: TimeDelta = TimeDelta::hours(1);

fn list(id: Uuid, entries: &[(Uuid, i32)]) -> Value {
    let entries: Vec<_> =
        entries.iter().map(|(person, minutes)| json!({ "personId": person, "minutes": minutes })).collect();
    json!({ "id": id, "input": { "entries": entries } })
}

fn faults(outcome: &Outcome) -> Vec<(&str, &str)> {
    let mut told: Vec<_> = outcome.faults.iter().map(|(p, c)| (p.as_str(), c.as_str())).collect();
    told.sort_unstable();
    told
}

async fn code_now(group: &Group<'_>, face: Face, id: Uuid) -> Value {
    group.lead(face, "get_activity_check_in_code", json!({ "id": id })).await.ok()
}

/// Takes everybody off an activity behind the service's back: the next face meets at the same hour.
async fn forget(app: &TestApp, activity: Uuid) {
    use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
    let rows = entity::activity_attendance::Column::ActivityId.eq(activity);
    let all = entity::activity_attendance::Entity::delete_many().filter(rows);
    all.exec(app.services.store.writer()).await.unwrap();
}

both_engines! {
    async fn the_code_in_the_room_changes_every_half_minute_and_is_for_officers_to_show(app: TestApp) {
        let group = Group::new(&app).await;
        let id = group.activity(HOUR, "planned").await;
        let stranger = group.world.teacher("Rina").await;
        for face in Face::BOTH {
            app.clock.set(start() + TimeDelta::minutes(29));
            let early = code_now(&group, face, id).await;
            assert_eq!((&early["code"], &early["nextAt"], &early["validFrom"]), (&Value::Null, &json!("2026-03-02T08:30:00Z"), &Value::Null));
            assert_eq!((&early["opensAt"], &early["closesAt"]), (&json!("2026-03-02T08:30:00Z"), &json!("2026-03-02T12:00:00Z")));
            app.clock.set(start() + TimeDelta::minutes(45) + TimeDelta::seconds(10));
            let shown = code_now(&group, face, id).await;
            assert_eq!((&shown["validFrom"], &shown["validUntil"], &shown["nextAt"]),
                (&json!("2026-03-02T08:45:00Z"), &json!("2026-03-02T08:45:30Z"), &json!("2026-03-02T08:45:30Z")));
            app.pass(TimeDelta::seconds(19));
            assert_eq!(code_now(&group, face, id).await["code"], shown["code"]);
            app.pass(TimeDelta::seconds(1));
            let next = code_now(&group, face, id).await;
            assert_ne!(next["code"], shown["code"]);
            app.clock.set(start() + HOUR * 4 - TimeDelta::seconds(1));
            let last = code_now(&group, face, id).await;
            assert!(last["code"].is_string() && last["nextAt"].is_null(), "{last}");
            app.pass(TimeDelta::seconds(1));
            let over = code_now(&group, face, id).await;
            assert_eq!((&over["code"], &over["nextAt"]), (&Value::Null, &Value::Null));
            let of = |person: Uuid| group.call_as(person, face, "get_activity_check_in_code", json!({ "id": id }));
            assert_eq!(of(group.member).await.refused(), "forbidden");
            assert_eq!(of(stranger).await.refused(), "not_found");
            let ministry = app.call(face, Some(&app.ministry()), "get_activity_check_in_code", json!({ "id": id })).await;
            assert_eq!(ministry.refused(), "forbidden", "who is not in the room shows no code");
        }
        let off = group.activity(HOUR, "cancelled").await;
        app.clock.set(start() + HOUR);
        let none = code_now(&group, Face::Rest, off).await;
        assert_eq!((&none["code"], &none["nextAt"]), (&Value::Null, &Value::Null));
        assert_eq!(app.events("activity.checked_in").await.len(), 0, "reading a code writes nothing");
    }

    async fn a_member_checks_in_by_the_code_once_however_often_it_is_sent(app: TestApp) {
        let group = Group::new(&app).await;
        for (nth, face) in Face::BOTH.into_iter().enumerate() {
            app.clock.set(start() + TimeDelta::minutes(60) + TimeDelta::seconds(12));
            let id = group.activity(HOUR - TimeDelta::minutes(30), "planned").await;
            let shown = code_now(&group, face, id).await["code"].as_str().unwrap().to_owned();
            app.pass(TimeDelta::minutes(5));
            let seen = json!({ "id": id, "input": { "code": shown.to_lowercase(), "observedAt": "2026-03-02T09:00:20Z" } });
            let first = group.call_as(group.member, face, "check_in_activity", seen).await.ok();
            assert_eq!((&first["minutes"], &first["method"], &first["personName"]), (&json!(150), &json!("code"), &json!("Budi Santoso")));
            assert_eq!((&first["observedAt"], &first["schoolName"]), (&json!("2026-03-02T09:00:20Z"), &json!("SMP Negeri 2")));
            let again = group.check_in(group.member, face, id, &shown).await.ok();
            assert_eq!(again, first);
            let other = group.code(id, start() + TimeDelta::minutes(90));
            assert_eq!(group.check_in(group.member, face, id, &other).await.ok(), first, "another good code too");
            let row = group.read(id).await;
            assert_eq!((row.attended, row.version), (1, 2));

            // Who comes before the start is there from the start on; a phone's clock that is off does not count.
            let early = group.code(id, start() + TimeDelta::minutes(10));
            let off = json!({ "id": id, "input": { "code": early, "observedAt": "2031-01-01T00:00:00Z" } });
            let chair = group.call_as(group.chair, face, "check_in_activity", off).await.ok();
            assert_eq!((&chair["minutes"], &chair["observedAt"]), (&json!(180), &json!("2026-03-02T08:10:00Z")));
            let told = app.events("activity.checked_in").await;
            assert_eq!(told.len(), 2 * nth + 2, "one event each");
            assert_eq!(told[2 * nth].payload["personIds"], json!([group.member]));
            assert!(!told[2 * nth].payload.to_string().contains(&shown), "a code is in no event");
            forget(&app, id).await;
        }
    }

    async fn what_is_no_code_of_this_meeting_is_refused_without_a_reason(app: TestApp) {
        let group = Group::new(&app).await;
        let (id, other) = (group.activity(HOUR, "planned").await, group.activity(HOUR, "planned").await);
        let at = start() + HOUR * 2;
        app.clock.set(at);
        let good = group.code(id, at);
        let mut changed = good.clone();
        changed.replace_range(16..17, if good.ends_with('7') { "8" } else { "7" });
        let wrong = [
            changed,
            group.code(other, at),
            group.code(id, start() + TimeDelta::minutes(29)),
            group.code(id, start() + HOUR * 4),
            "K7Q2M-9XWTR-4FDJC".to_owned(),
            "ya".to_owned(),
        ];
        let stranger = group.world.teacher("Rina").await;
        for face in Face::BOTH {
            for code in &wrong {
                let outcome = group.check_in(group.member, face, id, code).await;
                assert_eq!(faults(&outcome), [("/code", "check_in_code_wrong")], "{face:?} {code}");
            }
            assert_eq!(group.check_in(stranger, face, id, &good).await.refused(), "not_found");
            let office = app.token(Grant::regional_officer("32"));
            let args = json!({ "id": id, "input": { "code": good } });
            assert_eq!(app.call(face, Some(&office), "check_in_activity", args).await.refused(), "forbidden");
        }
        assert!(group.present(id).await.is_empty());
    }

    async fn a_phone_that_was_offline_sends_its_code_within_a_week_and_before_the_report(app: TestApp) {
        let group = Group::new(&app).await;
        for face in Face::BOTH {
            app.clock.set(start() + HOUR * 5);
            let id = group.activity(HOUR, "planned").await;
            let code = group.code(id, start() + HOUR + TimeDelta::minutes(20));
            group.lead(face, "hold_activity", json!({ "id": id })).await.ok();
            app.clock.set(start() + HOUR * 4 + TimeDelta::days(7) - TimeDelta::seconds(1));
            let late = group.check_in(group.member, face, id, &code).await.ok();
            assert_eq!((&late["minutes"], &late["observedAt"]), (&json!(160), &json!("2026-03-02T09:20:00Z")));
            app.pass(TimeDelta::seconds(1));
            assert_eq!(group.check_in(group.chair, face, id, &code).await.refused(), "check_in_too_late");
            assert_eq!(group.check_in(group.member, face, id, &code).await.ok(), late, "who is on the list stays");

            app.clock.set(start() + HOUR * 5);
            group.lead(face, "report_activity", json!({ "id": id, "input": { "notes": "Hasil" } })).await.ok();
            assert_eq!(group.check_in(group.chair, face, id, &code).await.refused(), "activity_takes_no_attendance");
            assert_eq!(group.check_in(group.member, face, id, &code).await.ok(), late, "a lost answer is told again");
            group.lead(face, "reopen_activity", json!({ "id": id, "input": { "reason": "Ketua belum" } })).await.ok();
            group.check_in(group.chair, face, id, &code).await.ok();
            assert_eq!(group.read(id).await.attended, 2);

            let off = group.activity(HOUR, "cancelled").await;
            let code = group.code(off, start() + HOUR);
            assert_eq!(group.check_in(group.member, face, off, &code).await.refused(), "activity_takes_no_attendance");
            forget(&app, id).await;
        }
    }

    async fn a_word_afterwards_is_weaker_than_a_code_and_than_an_officer(app: TestApp) {
        let group = Group::new(&app).await;
        let third = group.joined("Rina").await;
        for (nth, face) in Face::BOTH.into_iter().enumerate() {
            app.clock.set(start() + HOUR * 5);
            let id = group.activity(HOUR, "planned").await;
            let confirm = |person: Uuid| group.call_as(person, face, "confirm_activity", json!({ "id": id }));
            assert_eq!(confirm(group.member).await.refused(), "activity_not_held");
            group.lead(face, "hold_activity", json!({ "id": id })).await.ok();
            let said = confirm(group.member).await.ok();
            assert_eq!((&said["method"], &said["minutes"]), (&json!("confirmation"), &json!(180)));
            assert_eq!(confirm(group.member).await.ok(), said);

            let code = group.code(id, start() + HOUR * 2);
            let proved = group.check_in(group.member, face, id, &code).await.ok();
            assert_eq!((&proved["method"], &proved["minutes"]), (&json!("code"), &json!(120)));
            assert_eq!(confirm(group.member).await.ok(), proved, "a code is not downgraded");

            confirm(third).await.ok();
            let record = |entries: &[(Uuid, i32)]| group.lead(face, "record_activity_attendance", list(id, entries));
            let told = record(&[(third, 180), (group.member, 120)]).await.ok();
            assert_eq!((&told["correctedCount"], &told["unchangedCount"], &told["attended"]), (&json!(1), &json!(1), &json!(2)));
            let told = record(&[(third, 0), (group.member, 60)]).await.ok();
            assert_eq!((&told["removedCount"], &told["correctedCount"], &told["attended"]), (&json!(1), &json!(1), &json!(1)));
            assert_eq!(group.present(id).await, [(group.member, 60, "organiser".to_owned())]);
            let kept = group.check_in(group.member, face, id, &code).await.ok();
            assert_eq!(kept["minutes"], 60, "an officer's word stands");

            app.clock.set(start() + HOUR * 4 + TimeDelta::days(3));
            assert_eq!(confirm(group.chair).await.refused(), "confirmation_too_late");
            assert_eq!(confirm(third).await.refused(), "attendance_removed");
            assert_eq!(app.events("activity.confirmed").await.len(), 2 * (nth + 1));
            forget(&app, id).await;
        }
    }

    async fn an_officer_records_a_whole_activity_or_learns_of_every_fault(app: TestApp) {
        let group = Group::new(&app).await;
        let stranger = group.world.teacher("Rina").await;
        for face in Face::BOTH {
            app.clock.set(start());
            let id = group.activity(HOUR, "planned").await;
            let record = |entries: &[(Uuid, i32)]| group.lead(face, "record_activity_attendance", list(id, entries));
            assert_eq!(record(&[(group.chair, 10)]).await.refused(), "activity_not_begun");
            app.clock.set(start() + HOUR);
            let outcome = record(&[(group.chair, 181), (group.chair, 10), (stranger, 10), (Uuid::now_v7(), 0)]).await;
            assert_eq!(faults(&outcome), [
                ("/entries/0/minutes", "minutes_out_of_range"),
                ("/entries/1/personId", "person_listed_twice"),
                ("/entries/2/personId", "person_not_member"),
                ("/entries/3/personId", "person_not_member"),
            ]);
            assert!(group.present(id).await.is_empty() && group.read(id).await.version == 1);
            assert!(!record(&[]).await.faults.is_empty());
            let endless: Vec<(Uuid, i32)> = (0..301).map(|_| (group.chair, 1)).collect();
            assert_eq!(record(&endless).await.faults.len(), 1);

            let told = record(&[(group.chair, 180), (group.member, 90)]).await.ok();
            assert_eq!((&told["recordedCount"], &told["attended"]), (&json!(2), &json!(2)));
            let told = record(&[(group.chair, 180), (group.member, 90)]).await.ok();
            assert_eq!((&told["recordedCount"], &told["unchangedCount"]), (&json!(0), &json!(2)));
            assert_eq!(group.read(id).await.version, 2, "nothing new is no new version");

            let page = group.call_as(group.member, face, "list_activity_attendance", json!({ "id": id, "first": 1 })).await.ok();
            let next = json!({ "id": id, "first": 1, "after": page["next"] });
            let more = group.call_as(group.member, face, "list_activity_attendance", next).await.ok();
            let names: BTreeSet<_> = [&page, &more].map(|p| p["items"][0]["personName"].as_str().unwrap().to_owned()).into();
            assert_eq!(names, ["Budi Santoso", "Siti Aminah"].map(str::to_owned).into());
            assert_eq!((&more["next"], &more["items"][0]["schoolName"]), (&Value::Null, &json!("SMP Negeri 2")));
            for (grant, code) in [
                (Grant::teacher(stranger), "not_found"),
                (Grant::regional_officer(BOGOR), "not_found"),
                (Grant::provider_staff(group.world.provider), "forbidden"),
            ] {
                let token = app.token(grant);
                let outcome = app.call(face, Some(&token), "list_activity_attendance", json!({ "id": id })).await;
                assert_eq!(outcome.refused(), code);
            }
            app.clock.set(start() + HOUR * 5);
            group.lead(face, "hold_activity", json!({ "id": id })).await.ok();
            group.lead(face, "report_activity", json!({ "id": id, "input": { "notes": "Hasil" } })).await.ok();
            assert_eq!(record(&[(group.member, 80)]).await.refused(), "activity_takes_no_attendance");
            group.lead(face, "reopen_activity", json!({ "id": id, "input": { "reason": "Salah catat" } })).await.ok();
            record(&[(group.member, 80)]).await.ok();
            forget(&app, id).await;
        }
        let told = app.events("activity_attendance.recorded").await;
        assert_eq!(told.len(), 4);
        assert_eq!(told[0].payload["attended"], 2);
    }

    async fn thirty_phones_at_once_and_two_of_one_person_are_counted_once_each(app: TestApp) {
        let group = Group::new(&app).await;
        let id = group.activity(HOUR, "planned").await;
        app.clock.set(start() + HOUR * 2);
        let code = group.code(id, start() + HOUR * 2);
        let mut members = Vec::new();
        for nth in 0..30 {
            members.push(group.joined(&format!("Guru {nth}")).await);
        }
        let calls = members.iter().enumerate().flat_map(|(nth, person)| {
            let (group, code) = (&group, &code);
            (0..2).map(move |again| group.check_in(*person, Face::BOTH[(nth + again) % 2], id, code))
        });
        for outcome in join_all(calls).await {
            assert_eq!(outcome.ok()["minutes"], 120);
        }
        let row = group.read(id).await;
        assert_eq!((row.attended, row.version, group.present(id).await.len()), (30, 31, 30));
        assert_eq!(app.events("activity.checked_in").await.len(), 30);

        let chair = Actor::new("ketua", vec![Grant::teacher(group.chair)]);
        let (one, other) = (app.ctx(chair.clone()), app.ctx(chair));
        let input = CheckInActivityInput { code: code.clone(), observed_at: None };
        let (first, second) = (input.clone(), input);
        let (left, right) = interleave(
            &app,
            async move { one.write(CheckInActivity { id: id.into(), input: first }).await },
            async move { other.write(CheckInActivity { id: id.into(), input: second }).await },
        )
        .await;
        assert_eq!(left.unwrap(), right.unwrap());
        assert_eq!(group.read(id).await.attended, 31);
    }

    async fn a_late_phone_is_on_the_list_of_the_report_or_told_that_it_is_too_late(app: TestApp) {
        let group = Group::new(&app).await;
        for report_first in [true, false] {
            let id = group.activity(TimeDelta::hours(-4), "held").await;
            group.was_there(id, group.chair, 180, start()).await;
            let code = group.code(id, start() - HOUR * 2);
            let actor = |person: Uuid| Actor::new(person.to_string(), vec![Grant::teacher(person)]);
            let (office, phone) = (app.ctx(actor(group.chair)), app.ctx(actor(group.member)));
            let input = ReportActivityInput { notes: "Hasil".to_owned() };
            let report = async move { office.write(ReportActivity { id: id.into(), input }).await };
            let input = CheckInActivityInput { code, observed_at: None };
            let check_in = async move { phone.write(CheckInActivity { id: id.into(), input }).await };
            let (reported, checked_in) = if report_first {
                interleave(&app, report, check_in).await
            } else {
                let (checked_in, reported) = interleave(&app, check_in, report).await;
                (reported, checked_in)
            };
            let (reported, row) = (reported.unwrap(), group.read(id).await);
            assert_eq!(row.status, "reported");
            match checked_in {
                Ok(_) => assert_eq!((reported.attended, group.present(id).await.len()), (2, 2)),
                Err(refused) => {
                    assert_eq!(refused.code(), "activity_takes_no_attendance");
                    assert_eq!(group.present(id).await.len(), 1);
                }
            }
        }
    }

    async fn nobody_is_at_two_meetings_at_once(app: TestApp) {
        let group = Group::new(&app).await;
        for face in Face::BOTH {
            app.clock.set(start() + HOUR * 2);
            let (one, other) = (group.activity(HOUR, "planned").await, group.activity(HOUR * 2, "planned").await);
            let code = group.code(one, start() + HOUR * 2);
            group.check_in(group.member, face, one, &code).await.ok();
            let code = group.code(other, start() + HOUR * 2);
            assert_eq!(group.check_in(group.member, face, other, &code).await.refused(), "attendance_elsewhere");
            let entries = json!([{ "personId": group.chair, "minutes": 60 }, { "personId": group.member, "minutes": 60 }]);
            let both = json!({ "id": other, "input": { "entries": entries } });
            let both = group.lead(face, "record_activity_attendance", both).await;
            assert_eq!(faults(&both), [("/entries/1/personId", "attendance_elsewhere")]);
            app.clock.set(start() + HOUR * 6);
            group.lead(face, "hold_activity", json!({ "id": other })).await.ok();
            let said = group.call_as(group.member, face, "confirm_activity", json!({ "id": other })).await;
            assert_eq!(said.refused(), "attendance_elsewhere");
            forget(&app, one).await;
            group.call_as(group.member, face, "confirm_activity", json!({ "id": other })).await.ok();
            forget(&app, other).await;
        }
    }
}
