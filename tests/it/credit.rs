//! How a community's work stands for somebody: what counts, what does not and why, and who may see it;
//! through both faces, on both engines.

use chrono::TimeDelta;
use entity::activity;
use sanggar::access::grant::Grant;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    support::{
        Face, TestApp,
        credit::{Group, day, national, published},
        training::{BOGOR, USUAL, Wanted, World},
    },
};

fn reason(statement: &Value, activity: Uuid) -> (Value, Value) {
    let all = statement["activities"].as_array().unwrap();
    let found = all.iter().find(|one| one["activityId"] == json!(activity));
    let found = found.unwrap_or_else(|| panic!("{activity} was not looked at: {statement}"));
    assert_eq!(found["counts"] == json!(true), found["reason"].is_null());
    (found["reason"].clone(), found["jp"].clone())
}

both_engines! {
    async fn five_meetings_and_three_tasks_are_82_jp(app: TestApp) {
        let world = World::new(&app).await;
        let group = Group::new(&world).await;
        let siti = group.member("Siti").await;
        group.whole_cycle(&[siti]).await;
        for face in Face::BOTH {
            let told = group.statement(face, siti).await;
            assert_eq!((&told["complete"], &told["jp"], &told["jpTotal"]), (&json!(true), &json!(82), &json!(82)), "{face:?}");
            assert_eq!((&told["startsOn"], &told["endsOn"]), (&json!("2025-10-01"), &json!("2026-03-29")));
            assert_eq!((&told["code"], &told["edition"], &told["schemeId"]), (&json!("PKB-KKG"), &json!(1), &json!(group.scheme)));
            assert_eq!((&told["personId"], &told["communityId"]), (&json!(siti), &json!(group.community)));
            assert_eq!(told["title"], "Pengembangan Keprofesian melalui KKG");
            let line = |n: usize| ["code", "required", "actual", "met", "jp"].map(|field| told["components"][n][field].clone());
            assert_eq!(line(0), [json!("IN"), json!(5), json!(5), json!(true), json!(50)]);
            assert_eq!(line(1), [json!("ON"), json!(3), json!(3), json!(true), json!(32)]);
            assert_eq!(told["activities"].as_array().unwrap().len(), 8);
        }
    }

    async fn every_activity_is_told_with_the_reason_when_it_does_not_count(app: TestApp) {
        let world = World::new(&app).await;
        let group = Group::new(&world).await;
        let siti = group.member("Siti").await;
        let with = async |activity: Uuid, minutes: i32| {
            group.attended(activity, siti, minutes).await;
            activity
        };
        let held = group.row("meeting", 1, |row| activity::Model { status: "held".to_owned(), ..row }).await;
        let online = group.row("meeting", 2, |row| activity::Model { mode: "online".to_owned(), ..row }).await;
        let short = group.row("meeting", 3, |row| activity::Model {
            minutes: 40, ends_at: row.starts_at + TimeDelta::minutes(40), ..row
        }).await;
        let cancelled = group.row("meeting", 4, |row| activity::Model { status: "cancelled".to_owned(), ..row }).await;
        let missed = group.did("meeting", 5).await;
        let expected = [
            (with(held, 180).await, json!("not_reported")),
            (with(online, 180).await, json!("not_in_scheme")),
            (with(short, 40).await, json!("too_short")),
            (missed, json!("not_attended")),
            (with(group.did("meeting", 6).await, 134).await, json!("attended_too_little")),
            (with(group.did("coaching", 7).await, 180).await, json!("not_in_scheme")),
            (with(group.did("meeting", 9).await, 135).await, Value::Null),
            // Midnight in Jakarta is 17:00 UTC of the day before: this one lies across the beginning.
            (with(group.row("meeting", 0, |row| activity::Model {
                starts_at: day(0) - TimeDelta::hours(10), ends_at: day(0) - TimeDelta::hours(7), ..row
            }).await, 180).await, json!("outside_cycle")),
        ];
        let batch = world.batch(Wanted { status: "running", ..USUAL }).await;
        let enrolment = world.enrolment(batch, siti, "accepted", day(0)).await;
        let trained = group.did("meeting", 8).await;
        group.attended(trained, siti, 180).await;
        let session = Uuid::now_v7();
        world.insert(crate::support::rows::session_row(session, batch, day(8) + TimeDelta::minutes(179))).await;
        world.attended(session, enrolment, 1).await;
        for face in Face::BOTH {
            let told = group.statement(face, siti).await;
            for (activity, expected) in &expected {
                assert_eq!(&reason(&told, *activity).0, expected, "{face:?}");
            }
            assert_eq!(reason(&told, trained).0, json!("overlaps_training"), "no hour counts twice");
            assert!(!told.to_string().contains(&cancelled.to_string()));
            assert_eq!((&told["jp"], &told["complete"]), (&json!(10), &json!(false)));
        }
    }

    async fn more_than_is_asked_for_is_not_needed_and_a_month_has_its_cap(app: TestApp) {
        let world = World::new(&app).await;
        let group = Group::new(&world).await;
        let siti = group.member("Siti").await;
        let mut activities = Vec::new();
        for n in 0..6 {
            let activity = group.did("meeting", n).await;
            group.attended(activity, siti, 180).await;
            activities.push(activity);
        }
        let mut capped = national(group.program);
        capped["code"] = json!("PKB-BATAS");
        capped["monthlyCapJp"] = json!(25);
        let capped = published(&world, capped).await;
        for face in Face::BOTH {
            let told = group.statement(face, siti).await;
            assert_eq!(reason(&told, activities[5]), (json!("not_needed"), json!(0)));
            assert_eq!(told["jp"], 50);
            let mut asked = group.asked();
            asked["schemeId"] = json!(capped);
            let told = app.call(face, Some(&world.token(siti)), "get_credit_statement", asked).await.ok();
            assert_eq!((&told["jp"], &told["monthlyCapJp"]), (&json!(20), &json!(25)));
            assert_eq!(reason(&told, activities[1]), (Value::Null, json!(10)));
            assert_eq!(reason(&told, activities[2]), (json!("beyond_monthly_cap"), json!(0)));
        }
    }

    async fn a_statement_is_its_persons_own_and_a_ministrys(app: TestApp) {
        let world = World::new(&app).await;
        let group = Group::new(&world).await;
        let (siti, budi) = (group.member("Siti").await, group.member("Budi").await);
        let mut of_siti = group.asked();
        of_siti["personId"] = json!(siti);
        let principal = app.token(Grant::principal(world.school, Some(world.teacher("Kepala").await)));
        for face in Face::BOTH {
            let ask = async |token: &str, args: &Value| app.call(face, Some(token), "get_credit_statement", args.clone()).await;
            for token in [world.token(siti), group.officer("32.73"), group.officer("32"), app.ministry(), app.token(Grant::ministry_system())] {
                assert_eq!(ask(&token, &of_siti).await.ok()["personId"], json!(siti));
            }
            for token in [world.token(budi), group.officer(BOGOR), principal.clone()] {
                assert_eq!(ask(&token, &of_siti).await.refused(), "not_found", "{face:?}");
            }
            assert_eq!(ask(&world.staff(), &of_siti).await.refused(), "forbidden");
            assert_eq!(app.call(face, None, "get_credit_statement", of_siti.clone()).await.refused(), "unauthenticated");
            let nobody = ask(&app.ministry(), &group.asked()).await;
            assert_eq!(nobody.faults, [("/personId".to_owned(), "field_missing".to_owned())]);
            for (field, wrong, code) in [
                ("startsOn", json!("2026-03-03"), "credit_cycle_to_come"), ("startsOn", json!("1899-12-31"), "date_out_of_range"),
            ] {
                let mut args = group.asked();
                args[field] = wrong;
                assert_eq!(ask(&world.token(siti), &args).await.faults, [(format!("/{field}"), code.to_owned())], "{face:?}");
            }
            for (field, noun) in [("id", "community"), ("schemeId", "credit scheme")] {
                let mut args = group.asked();
                args[field] = json!(Uuid::now_v7());
                let refused = ask(&world.token(siti), &args).await;
                assert_eq!(refused.code.as_deref(), Some("not_found"), "{noun}");
            }
        }
    }

    async fn who_is_no_member_sees_only_what_they_attended(app: TestApp) {
        let world = World::new(&app).await;
        let group = Group::new(&world).await;
        let guest = world.teacher("Tamu").await;
        let (seen, unseen) = (group.did("meeting", 1).await, group.did("meeting", 2).await);
        group.attended(seen, guest, 180).await;
        for face in Face::BOTH {
            let told = group.statement(face, guest).await;
            assert_eq!(reason(&told, seen), (Value::Null, json!(10)));
            assert!(!told.to_string().contains(&unseen.to_string()), "{face:?}");
        }
    }

    async fn a_cycle_is_held_to_the_edition_in_force_when_it_began(app: TestApp) {
        let world = World::new(&app).await;
        let group = Group::new(&world).await;
        let siti = group.member("Siti").await;
        let mut second = national(group.program);
        second["supersedes"] = json!(group.scheme);
        second["effectiveFrom"] = json!("2026-03-02");
        second["cycleDays"] = json!(90);
        let second = published(&world, second).await;
        let token = world.token(siti);
        for face in Face::BOTH {
            // Whichever edition is named, the cycle began by the first; the one that begins today by the second.
            for named in [group.scheme, second] {
                for (starts_on, edition, ends_on) in [("2025-10-01", 1, "2026-03-29"), ("2026-03-02", 2, "2026-05-30")] {
                    let args = json!({ "id": group.community, "schemeId": named, "startsOn": starts_on });
                    let told = app.call(face, Some(&token), "get_credit_statement", args).await.ok();
                    assert_eq!((&told["edition"], &told["endsOn"]), (&json!(edition), &json!(ends_on)), "{face:?}");
                }
            }
            let args = json!({ "id": group.community, "schemeId": group.scheme, "startsOn": "2024-12-31" });
            assert_eq!(app.call(face, Some(&token), "get_credit_statement", args).await.refused(), "credit_scheme_not_in_force");
            let latest = json!({ "id": group.community, "schemeId": group.scheme });
            let told = app.call(face, Some(&token), "get_credit_statement", latest).await.ok();
            assert_eq!((&told["startsOn"], &told["endsOn"]), (&json!("2025-09-04"), &json!("2026-03-02")), "it ends today");
        }
    }

    async fn a_statement_takes_as_many_statements_however_much_was_done(app: TestApp) {
        let world = World::new(&app).await;
        let group = Group::new(&world).await;
        let siti = group.member("Siti").await;
        let mut spent = Vec::new();
        for n in 0..3 {
            for _ in 0..20 * n {
                let activity = group.did("meeting", n).await;
                group.attended(activity, siti, 180).await;
            }
            let before = app.services.store.statements();
            group.statement(Face::Rest, siti).await;
            spent.push(app.services.store.statements() - before);
        }
        assert!(spent.iter().all(|n| *n == spent[0] && *n <= 12), "{spent:?} statements");
    }
}
