//! What activities cost, and what a community saved against outside trainings; through both faces, on both engines.

use chrono::TimeDelta;
use entity::batch;
use sanggar::access::grant::Grant;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    support::{
        Face, Outcome, TestApp,
        app::start,
        group::Group,
        rows::batch_row,
        training::{BANDUNG, BOGOR},
    },
};

fn faults(outcome: &Outcome) -> Vec<(&str, &str)> {
    let mut told: Vec<_> = outcome.faults.iter().map(|(p, c)| (p.as_str(), c.as_str())).collect();
    told.sort_unstable();
    told
}

fn cost(activity: Uuid, amount: i64, payer: &str) -> Value {
    json!({ "id": activity, "input": { "what": "Fotokopi soal", "amountRupiah": amount, "paidBy": payer } })
}

/// A finished direct batch of 32 JP of 45 minutes with `taken` participants who paid `rupiah` each.
async fn training(group: &Group<'_>, region: &str, taken: i32, rupiah: i64, change: fn(&mut batch::Model)) {
    let mut row = batch_row(Uuid::now_v7(), group.world.program, group.world.provider);
    row.region_code = region.to_owned();
    row.status = "finished".to_owned();
    row.ends_on = (start() - TimeDelta::days(100)).date_naive();
    (row.taken, row.cost_rupiah) = (taken, rupiah);
    change(&mut row);
    group.world.insert(row).await;
}

both_engines! {
    async fn costs_are_recorded_by_officers_and_read_by_members_until_credit_counts(app: TestApp) {
        let group = Group::new(&app).await;
        let stranger = group.world.teacher("Rina").await;
        for face in Face::BOTH {
            let id = group.activity(TimeDelta::hours(-5), "held").await;
            let made = group.lead(face, "create_activity_cost", cost(id, 45_000, "members")).await.ok();
            assert_eq!((&made["amountRupiah"], &made["paidBy"], &made["version"]), (&json!(45_000), &json!("members"), &json!(1)));
            app.pass(TimeDelta::seconds(1));
            group.lead(face, "create_activity_cost", cost(id, 2_000_000_000, "partner")).await.ok();
            let outcome = group.lead(face, "create_activity_cost", json!({ "id": id, "input": { "what": " ", "amountRupiah": 1, "paidBy": "school" } })).await;
            assert_eq!(faults(&outcome), [("/what", "text_missing")]);
            for wild in [-1_i64, 2_000_000_001] {
                let outcome = group.lead(face, "create_activity_cost", cost(id, wild, "school")).await;
                assert_eq!(faults(&outcome)[0].0, "/amountRupiah", "{face:?} {wild}");
            }
            assert_eq!(group.call_as(group.member, face, "create_activity_cost", cost(id, 1, "school")).await.refused(), "forbidden");
            assert_eq!(group.call_as(stranger, face, "create_activity_cost", cost(id, 1, "school")).await.refused(), "not_found");

            let page = group.call_as(group.member, face, "list_activity_costs", json!({ "id": id, "first": 1 })).await.ok();
            assert_eq!((&page["items"][0], page["next"].is_string()), (&made, true));
            assert_eq!(group.call_as(stranger, face, "list_activity_costs", json!({ "id": id })).await.refused(), "not_found");
            let query = "query($id: ID!) { activity(id: $id) { costs { amountRupiah paidBy } } }";
            let answer = app.graphql(Some(&app.token(Grant::teacher(group.member))), query, json!({ "id": id })).await;
            assert_eq!(answer["data"]["activity"]["costs"][1], json!({ "amountRupiah": 2_000_000_000_i64, "paidBy": "PARTNER" }), "{answer}");

            let one = json!({ "id": made["id"], "version": 1 });
            if face == Face::Rest {
                assert_eq!(group.lead(face, "delete_activity_cost", json!({ "id": made["id"] })).await.refused(), "precondition_required");
            }
            assert_eq!(group.lead(face, "delete_activity_cost", json!({ "id": made["id"], "version": 2 })).await.refused(), "stale_version");
            assert_eq!(group.call_as(group.member, face, "delete_activity_cost", one.clone()).await.refused(), "forbidden");
            assert_eq!(group.lead(face, "delete_activity_cost", one.clone()).await.ok(), made);
            assert_eq!(group.lead(face, "delete_activity_cost", one).await.refused(), "not_found");

            let credited = group.activity(TimeDelta::hours(-5), "credited").await;
            assert_eq!(group.lead(face, "create_activity_cost", cost(credited, 1, "school")).await.refused(), "activity_credited");
        }
        assert_eq!(app.events("activity_cost.created").await.len(), 4);
        let deleted = app.events("activity_cost.deleted").await;
        assert_eq!((deleted.len(), deleted[0].subject_version), (2, 2));
    }

    async fn savings_are_told_term_by_term_against_trainings_of_the_province(app: TestApp) {
        let group = Group::new(&app).await;
        let (first, second) = (group.activity(TimeDelta::days(-10), "reported").await, group.activity(TimeDelta::days(-9), "credited").await);
        for (activity, person, minutes) in [(first, group.chair, 180), (first, group.member, 90), (second, group.chair, 170)] {
            group.was_there(activity, person, minutes, start()).await;
        }
        // What was not reported, or lies outside the period, does not count.
        for (day, status) in [(-8, "held"), (-400, "reported"), (5, "planned")] {
            let other = group.activity(TimeDelta::days(day), status).await;
            group.was_there(other, group.chair, 180, start()).await;
        }
        for face in Face::BOTH {
            let ask = async |args: Value| {
                let mut args = args;
                args["id"] = json!(group.id);
                group.call_as(group.member, face, "get_community_savings", args).await
            };
            if face == Face::Rest {
                let nothing = ask(json!({})).await.ok();
                assert_eq!((&nothing["reason"], &nothing["savedRupiah"], &nothing["comparison"]), (&json!("savings_incomparable"), &Value::Null, &Value::Null));
                assert_eq!((&nothing["activities"], &nothing["participantMinutes"]), (&json!(2), &json!(440)));
                assert!(nothing["rule"].as_str().unwrap().starts_with("Tidak ada pelatihan"), "{nothing}");
                for (region, taken, rupiah, change) in [
                    (BOGOR, 30, 480_000, (|_| ()) as fn(&mut batch::Model)),
                    (BANDUNG, 10, 0, |_| ()),
                    (BANDUNG, 0, 9_000_000, |_| ()),
                    (BANDUNG, 10, 9_000_000, |row| row.kind = "cascade".to_owned()),
                    (BANDUNG, 10, 9_000_000, |row| row.status = "running".to_owned()),
                    (BANDUNG, 10, 9_000_000, |row| row.ends_on = (start() - TimeDelta::days(1100)).date_naive()),
                ] {
                    training(&group, region, taken, rupiah, change).await;
                }
                for (activity, amount, payer) in [(first, 30_000, "members"), (first, 12_000, "members"), (first, 5_000, "school")] {
                    group.lead(face, "create_activity_cost", cost(activity, amount, payer)).await.ok();
                }
            }
            let told = ask(json!({})).await.ok();
            let comparison = &told["comparison"];
            // 30 paid 480,000 and 10 nothing, for 1,440 minutes each: 250 rupiah a minute.
            assert_eq!((&comparison["batches"], &comparison["participants"]), (&json!(2), &json!(40)));
            assert_eq!((&comparison["paidRupiah"], &comparison["participantMinutes"]), (&json!(14_400_000), &json!(57_600)));
            assert_eq!((&comparison["rupiahPerHour"], &comparison["regionCode"]), (&json!(15_000), &json!("32")));
            assert_eq!((&comparison["endedFrom"], &comparison["endedUntil"]), (&json!("2023-03-02"), &json!("2026-03-02")));
            assert_eq!((&told["comparableRupiah"], &told["costsRupiah"], &told["savedRupiah"]), (&json!(110_000), &json!(47_000), &json!(63_000)));
            let costs = json!([{ "paidBy": "school", "amountRupiah": 5_000 }, { "paidBy": "members", "amountRupiah": 42_000 }]);
            let mut plain = told["costs"].clone();
            plain.as_array_mut().unwrap().iter_mut().for_each(|cost| { cost.as_object_mut().unwrap().remove("__typename"); });
            assert_eq!((plain, &told["reason"]), (costs, &Value::Null));
            assert!(told["rule"].as_str().unwrap().contains("15000 rupiah") || told["rule"].as_str().unwrap().contains("15.000"), "{}", told["rule"]);
            let long = ask(json!({ "from": "2025-01-01T00:00:00Z" })).await.ok();
            assert_eq!((&long["activities"], &long["participantMinutes"]), (&json!(3), &json!(620)));
            let wild = ask(json!({ "from": "2026-03-01T00:00:00Z", "until": "2026-02-01T00:00:00Z" })).await;
            assert_eq!(faults(&wild), [("/until", "savings_period_reversed")]);
            assert_eq!(faults(&ask(json!({ "from": "2000-01-01T00:00:00Z" })).await), [("/until", "savings_period_too_long")]);
        }
        let stranger = group.world.teacher("Rina").await;
        let of = |grant: Grant| app.token(grant);
        for (token, code) in [(of(Grant::teacher(stranger)), "forbidden"), (of(Grant::provider_staff(group.world.provider)), "forbidden")] {
            let outcome = app.call(Face::Rest, Some(&token), "get_community_savings", json!({ "id": group.id })).await;
            assert_eq!(outcome.refused(), code);
        }
        let nowhere = app.call(Face::Rest, Some(&app.ministry()), "get_community_savings", json!({ "id": Uuid::now_v7() })).await;
        assert_eq!(nowhere.refused(), "not_found");
    }

    async fn a_province_without_trainings_is_compared_with_the_country(app: TestApp) {
        let group = Group::new(&app).await;
        let id = group.activity(TimeDelta::days(-10), "reported").await;
        group.was_there(id, group.chair, 60, start()).await;
        let far = entity::region::Model {
            code: "35".to_owned(), level: "province".to_owned(), name: "Jawa Timur".to_owned(), parent_code: None,
            valid_from: None, valid_until: None, successor_code: None, version: 1, created_at: start(), updated_at: start(),
        };
        group.world.insert(far).await;
        training(&group, "35", 1, 1_440_000, |_| ()).await;
        let told = group.lead(Face::Graphql, "get_community_savings", json!({ "id": group.id })).await.ok();
        assert_eq!((&told["comparison"]["regionCode"], &told["savedRupiah"]), (&Value::Null, &json!(60_000)), "{told}");
    }
}
