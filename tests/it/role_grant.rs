//! Roles that accounts and clients hold, through both faces, on both engines.

use chrono::TimeDelta;
use entity::{account, oauth_client, organisation, role_grant};
use sanggar::access::grant::Grant;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    support::{
        Face, TestApp,
        app::start,
        directory::{Country, put},
        identity::{account_row, client_row, every_scope},
    },
};

async fn account(app: &TestApp) -> Uuid {
    let id = Uuid::now_v7();
    put(app, account_row(id, None)).await;
    id
}

/// The country with its provider in West Java.
async fn country(app: &TestApp) -> Country {
    let country = Country::new(app).await;
    let reader = app.services.store.reader();
    let row = organisation::Entity::find_by_id(country.provider).one(reader).await.unwrap().unwrap();
    let mut row = row.into_active_model();
    row.region_code = Set(Some("32".to_owned()));
    row.update(app.services.store.writer()).await.unwrap();
    country
}

fn give(account: Uuid, role: &str, place: Value) -> Value {
    let mut input = json!({ "accountId": account, "role": role, "reason": "SK 1/2026" });
    for (name, value) in place.as_object().unwrap() {
        input[name] = value.clone();
    }
    json!({ "input": input })
}

both_engines! {
    async fn a_role_is_given_read_listed_and_withdrawn_and_stays_as_history(app: TestApp) {
        country(&app).await;
        let ministry = app.ministry();
        for face in Face::BOTH {
            let holder = account(&app).await;
            let place = json!({ "regionCode": "32.73", "expiresAt": "2026-12-31T17:00:00Z" });
            let made = app.call(face, Some(&ministry), "give_role_grant", give(holder, "regional_officer", place)).await.ok();
            assert_eq!((&made["state"], &made["secondFactorNeeded"]), (&json!("live"), &json!(false)), "{face:?}: {made}");
            assert_eq!((&made["givenBy"], &made["accountId"]), (&json!("ministry"), &json!(holder)));
            let id = made["id"].clone();
            let read = app.call(face, Some(&ministry), "get_role_grant", json!({ "id": id })).await.ok();
            assert_eq!(read, made, "{face:?}");
            let gone = json!({ "id": id, "input": { "reason": "Pindah tugas." } });
            let gone = app.call(face, Some(&ministry), "withdraw_role_grant", gone).await.ok();
            assert_eq!((&gone["state"], &gone["withdrawnReason"]), (&json!("withdrawn"), &json!("Pindah tugas.")));
            let again = json!({ "id": id, "input": { "reason": "Sekali lagi." } });
            assert_eq!(app.call(face, Some(&ministry), "withdraw_role_grant", again).await.refused(), "role_grant_withdrawn");
            let of = |state: &str| json!({ "accountId": holder, "role": "regional_officer", "regionCode": "32", "state": state });
            for (state, rows) in [("withdrawn", 1), ("live", 0), ("expired", 0)] {
                let listed = app.call(face, Some(&ministry), "list_role_grants", of(state)).await.ok();
                assert_eq!(listed["items"].as_array().unwrap().len(), rows, "{face:?} {state}");
            }
        }
        assert_eq!(app.events("role_grant.given").await.len(), 2);
        assert_eq!(app.events("role_grant.withdrawn").await.len(), 2);
    }

    async fn an_officer_gives_within_the_region_and_nothing_beyond(app: TestApp) {
        let country = country(&app).await;
        let officer = app.token(Grant::regional_officer("32"));
        let allowed = [
            ("principal", json!({ "schoolId": country.bandung })),
            ("regional_officer", json!({ "regionCode": "32.73" })),
        ];
        let refused = [
            ("principal", json!({ "schoolId": country.surabaya })),
            // Who unseals proposals or issues certificates is not for an officer to say, who does neither.
            ("moderator", json!({ "regionCode": "32.73" })),
            ("provider_staff", json!({ "organisationId": country.provider })),
            ("regional_officer", json!({ "regionCode": "32" })),
            ("regional_officer", json!({ "regionCode": "35.78" })),
            ("ministry", json!({})),
            ("ministry_system", json!({})),
        ];
        for face in Face::BOTH {
            for (role, place) in &allowed {
                let args = give(account(&app).await, role, place.clone());
                app.call(face, Some(&officer), "give_role_grant", args).await.ok();
            }
            for (role, place) in refused.iter().filter(|one| matches!(one.0, "moderator" | "provider_staff")) {
                let args = give(account(&app).await, role, place.clone());
                app.call(face, Some(&app.ministry()), "give_role_grant", args).await.ok();
            }
            for (role, place) in &refused {
                let args = give(account(&app).await, role, place.clone());
                let outcome = app.call(face, Some(&officer), "give_role_grant", args).await;
                assert_eq!(outcome.refused(), "forbidden", "{face:?} {role} {place}");
            }
        }
    }

    async fn staff_give_their_own_role_in_their_own_organisation_and_a_principal_none(app: TestApp) {
        let country = country(&app).await;
        let staff = app.token(Grant::provider_staff(country.provider));
        let args = give(account(&app).await, "provider_staff", json!({ "organisationId": country.provider }));
        let made = app.call(Face::Rest, Some(&staff), "give_role_grant", args.clone()).await.ok();
        assert_eq!(made["secondFactorNeeded"], true, "who can issue proves a second factor");
        let other = app.token(Grant::provider_staff(Uuid::now_v7()));
        let principal = app.token(Grant::principal(country.bandung, None));
        for token in [&other, &principal] {
            assert_eq!(app.call(Face::Rest, Some(token), "give_role_grant", args.clone()).await.refused(), "forbidden");
        }
        let school = give(account(&app).await, "principal", json!({ "schoolId": country.bandung }));
        for token in [&staff, &principal] {
            let outcome = app.call(Face::Graphql, Some(token), "give_role_grant", school.clone()).await;
            assert_eq!(outcome.refused(), "forbidden");
        }
    }

    async fn every_fault_of_a_role_is_told_at_once(app: TestApp) {
        country(&app).await;
        let ministry = app.ministry();
        for face in Face::BOTH {
            let bad = json!({ "input": { "role": "regional_officer", "regionCode": "99", "reason": " ",
                "expiresAt": "2020-01-01T00:00:00Z" } });
            let outcome = app.call(face, Some(&ministry), "give_role_grant", bad).await;
            let mut told: Vec<_> = outcome.faults.iter().map(|f| (f.0.as_str(), f.1.as_str())).collect();
            told.sort_unstable();
            let all = [
                ("/accountId", "role_grant_holder_ambiguous"),
                ("/expiresAt", "role_grant_expiry_past"),
                ("/reason", "reason_missing"),
                ("/regionCode", "reference_unknown"),
            ];
            assert_eq!(told, all, "{face:?}");
            for (role, place, pointer, code) in [
                ("regional_officer", json!({}), "/regionCode", "grant_place_missing"),
                ("ministry", json!({ "regionCode": "32" }), "/regionCode", "grant_place_unexpected"),
                ("resource_person", json!({}), "/accountId", "grant_place_missing"),
                ("teacher", json!({}), "/role", "role_grant_teacher"),
            ] {
                let args = give(account(&app).await, role, place);
                let outcome = app.call(face, Some(&ministry), "give_role_grant", args).await;
                assert_eq!(outcome.faults, [(pointer.to_owned(), code.to_owned())], "{face:?} {role}");
            }
        }
    }

    async fn who_cannot_sign_in_or_is_not_approved_is_given_nothing_and_nobody_twice(app: TestApp) {
        country(&app).await;
        let ministry = app.ministry();
        let blocked = Uuid::now_v7();
        put(&app, account::Model { status: "blocked".to_owned(), ..account_row(blocked, None) }).await;
        let pending = Uuid::now_v7();
        put(&app, oauth_client::Model { status: "pending".to_owned(), ..client_row(pending) }).await;
        let for_client = json!({ "input": { "clientId": pending, "role": "ministry_system", "reason": "SK 2/2026" } });
        for face in Face::BOTH {
            let outcome = app.call(face, Some(&ministry), "give_role_grant", give(blocked, "ministry", json!({}))).await;
            assert_eq!(outcome.refused(), "role_grant_account_blocked", "{face:?}");
            let outcome = app.call(face, Some(&ministry), "give_role_grant", for_client.clone()).await;
            assert_eq!(outcome.refused(), "role_grant_client_not_approved", "{face:?}");
            let args = give(account(&app).await, "moderator", json!({ "regionCode": "32" }));
            app.call(face, Some(&ministry), "give_role_grant", args.clone()).await.ok();
            assert_eq!(app.call(face, Some(&ministry), "give_role_grant", args).await.refused(), "role_grant_held");
        }
    }

    async fn nobody_gives_themselves_a_role_nor_one_that_outlives_their_own(app: TestApp) {
        let country = country(&app).await;
        let through = app.through_app(&[Grant::regional_officer("32")], &every_scope(), true).await;
        let own = give(through.account, "principal", json!({ "schoolId": country.bandung }));
        assert_eq!(app.call(Face::Rest, Some(&through.token), "give_role_grant", own).await.refused(), "role_grant_own");
        let end = start() + TimeDelta::days(10);
        let row = role_grant::Entity::find_by_id(through.roles[0]).one(app.services.store.reader()).await.unwrap().unwrap();
        let mut row = row.into_active_model();
        row.expires_at = Set(Some(end));
        row.update(app.services.store.writer()).await.unwrap();
        for face in Face::BOTH {
            for until in [json!(null), json!(end + TimeDelta::seconds(1))] {
                let args = give(account(&app).await, "regional_officer", json!({ "regionCode": "32.73", "expiresAt": until }));
                let outcome = app.call(face, Some(&through.token), "give_role_grant", args).await;
                assert_eq!(outcome.faults, [("/expiresAt".to_owned(), "role_grant_outlives_giver".to_owned())], "{until}");
            }
            let args = give(account(&app).await, "regional_officer", json!({ "regionCode": "32.73", "expiresAt": end }));
            app.call(face, Some(&through.token), "give_role_grant", args).await.ok();
        }
    }

    async fn whoever_holds_a_role_sees_it_and_gives_it_up(app: TestApp) {
        let country = country(&app).await;
        let siti = country.teacher(&app, "Siti Aminah", country.bandung).await;
        for face in Face::BOTH {
            let grants = [Grant::teacher(siti), Grant::regional_officer("32")];
            let through = app.through_app(&grants, &every_scope(), true).await;
            let stranger = app.token(Grant::teacher(Uuid::now_v7()));
            let id = json!({ "id": through.roles[0] });
            assert_eq!(app.call(face, Some(&stranger), "get_role_grant", id.clone()).await.refused(), "not_found");
            app.call(face, Some(&through.token), "get_role_grant", id).await.ok();
            let gone = json!({ "id": through.roles[0], "input": { "reason": "Purnatugas." } });
            let gone = app.call(face, Some(&through.token), "withdraw_role_grant", gone).await.ok();
            assert_eq!(gone["state"], "withdrawn", "{face:?}");
            let me = app.get("/v1/me", Some(&through.token)).await.1;
            assert_eq!(me["roles"], json!(["teacher"]), "it counts no longer: {me}");
        }
    }

    async fn an_officer_takes_back_what_they_could_give_and_not_what_they_could_not(app: TestApp) {
        country(&app).await;
        let (ministry, officer) = (app.ministry(), app.token(Grant::regional_officer("32")));
        for (code, outcome) in [("32.73", None), ("32", Some("forbidden")), ("35", Some("not_found"))] {
            let args = give(account(&app).await, "regional_officer", json!({ "regionCode": code }));
            let made = app.call(Face::Rest, Some(&ministry), "give_role_grant", args).await.ok();
            let gone = json!({ "id": made["id"], "input": { "reason": "Selesai." } });
            let gone = app.call(Face::Rest, Some(&officer), "withdraw_role_grant", gone).await;
            assert_eq!(gone.code.as_deref(), outcome, "{code}");
        }
    }

    async fn a_client_is_given_the_role_of_a_system_and_no_other_by_the_ministry_alone(app: TestApp) {
        country(&app).await;
        let (ministry, officer) = (app.ministry(), app.token(Grant::regional_officer("32")));
        let of = |client: Uuid, role: &str, place: Value| {
            let mut args = give(client, role, place);
            let input = args["input"].as_object_mut().unwrap();
            let id = input.remove("accountId").unwrap();
            input.insert("clientId".to_owned(), id);
            args
        };
        for face in Face::BOTH {
            let client = Uuid::now_v7();
            put(&app, client_row(client)).await;
            for (role, place) in [("ministry", json!({})), ("moderator", json!({ "regionCode": "32" }))] {
                let outcome = app.call(face, Some(&ministry), "give_role_grant", of(client, role, place)).await;
                assert_eq!(outcome.faults, [("/role".to_owned(), "role_grant_not_for_clients".to_owned())], "{face:?} {role}");
            }
            let args = of(client, "ministry_system", json!({}));
            assert_eq!(app.call(face, Some(&officer), "give_role_grant", args.clone()).await.refused(), "forbidden");
            app.call(face, Some(&ministry), "give_role_grant", args).await.ok();
        }
    }

    async fn two_accounts_of_one_human_are_one_after_a_merge(app: TestApp) {
        let country = country(&app).await;
        let ministry = app.ministry();
        let [old, new] = [country.teacher(&app, "Siti A.", country.bandung).await, country.teacher(&app, "Siti Aminah", country.bandung).await];
        let retired = app.through_app(&[Grant::teacher(old), Grant::regional_officer("32")], &every_scope(), true).await;
        let survivor = app.through_app(&[Grant::teacher(new)], &every_scope(), true).await;
        let merge = json!({ "id": old, "input": { "intoId": new, "reason": "Orang yang sama" } });
        app.call(Face::Rest, Some(&ministry), "merge_person", merge).await.ok();
        for face in Face::BOTH {
            for holder in [retired.account, survivor.account] {
                let own = give(holder, "regional_officer", json!({ "regionCode": "32.73" }));
                let outcome = app.call(face, Some(&retired.token), "give_role_grant", own).await;
                assert_eq!(outcome.refused(), "role_grant_own", "{face:?} {holder}");
            }
            let args = give(retired.account, "principal", json!({ "schoolId": country.bandung }));
            let made = app.call(face, Some(&ministry), "give_role_grant", args).await.ok();
            assert_eq!(made["personId"], json!(new), "as the record that there is");
            let gone = json!({ "id": made["id"], "input": { "reason": "Purnatugas." } });
            let gone = app.call(face, Some(&retired.token), "withdraw_role_grant", gone).await.ok();
            assert_eq!(gone["state"], "withdrawn", "{face:?}");
        }
    }

    async fn whoever_is_in_no_directory_sees_their_role_and_gives_it_up_and_no_other(app: TestApp) {
        let country = country(&app).await;
        for grant in [Grant::moderator("32"), Grant::principal(country.bandung, None)] {
            for face in Face::BOTH {
                let through = app.through_app(std::slice::from_ref(&grant), &every_scope(), true).await;
                let other = app.through_app(std::slice::from_ref(&grant), &every_scope(), true).await;
                let listed = app.call(face, Some(&through.token), "list_role_grants", json!({})).await.ok();
                let ids: Vec<_> = listed["items"].as_array().unwrap().iter().map(|row| row["id"].clone()).collect();
                assert_eq!(ids, [json!(through.roles[0])], "{face:?} {}", grant.role);
                let of = |id: Uuid| json!({ "id": id, "input": { "reason": "Purnatugas." } });
                let foreign = app.call(face, Some(&through.token), "withdraw_role_grant", of(other.roles[0])).await;
                assert_eq!(foreign.refused(), "not_found", "{face:?} {}", grant.role);
                let gone = app.call(face, Some(&through.token), "withdraw_role_grant", of(through.roles[0])).await.ok();
                assert_eq!(gone["state"], "withdrawn", "{face:?} {}", grant.role);
            }
        }
    }

    async fn a_role_that_waits_for_a_second_factor_bounds_nothing(app: TestApp) {
        country(&app).await;
        let through = app.through_app(&[Grant::regional_officer("32"), Grant::ministry()], &every_scope(), false).await;
        let row = role_grant::Entity::find_by_id(through.roles[0]).one(app.services.store.reader()).await.unwrap().unwrap();
        let mut row = row.into_active_model();
        row.expires_at = Set(Some(start() + TimeDelta::days(10)));
        row.update(app.services.store.writer()).await.unwrap();
        for face in Face::BOTH {
            let args = give(account(&app).await, "regional_officer", json!({ "regionCode": "32.73" }));
            let outcome = app.call(face, Some(&through.token), "give_role_grant", args).await;
            assert_eq!(outcome.faults, [("/expiresAt".to_owned(), "role_grant_outlives_giver".to_owned())], "{face:?}");
        }
    }

    async fn the_trail_tells_why_a_role_was_given_and_what_withdrawing_changed(app: TestApp) {
        country(&app).await;
        let ministry = app.ministry();
        for face in Face::BOTH {
            let args = give(account(&app).await, "regional_officer", json!({ "regionCode": "32.73" }));
            let made = app.call(face, Some(&ministry), "give_role_grant", args).await.ok();
            let gone = json!({ "id": made["id"], "input": { "reason": "Pindah tugas." } });
            app.call(face, Some(&ministry), "withdraw_role_grant", gone).await.ok();
            let filter = json!({ "subjectKind": "role_grant", "subjectId": made["id"] });
            let listed = app.call(face, Some(&ministry), "list_audit_entries", filter).await.ok();
            let (withdrawn, given) = (&listed["items"][0], &listed["items"][1]);
            assert_eq!((&given["reason"], &withdrawn["reason"]), (&json!("SK 1/2026"), &json!("Pindah tugas.")), "{face:?}");
            let changes = withdrawn["changes"].as_array().unwrap();
            assert!(changes.iter().any(|change| change["field"] == "withdrawn_at"), "{withdrawn}");
        }
    }
}
