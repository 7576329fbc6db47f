//! Who is in a community: asking, inviting, answering, leaving, through both faces, on both engines.

use std::collections::BTreeMap;

use entity::{community_office, membership};
use futures_util::future::join_all;
use sanggar::access::grant::Grant;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    support::{
        Face, TestApp,
        directory::put,
        rows::membership_row,
        village::{Village, column, told},
    },
};

fn status(answer: &Value) -> &str {
    answer["status"].as_str().unwrap()
}

both_engines! {
    async fn everyone_counts_whatever_their_kind_and_employment(app: TestApp) {
        let village = Village::new(&app).await;
        let group = village.group("open").await;
        let people = [("Guru PNS", "teacher", "pns"), ("Guru PPPK", "teacher", "pppk"), ("Guru GTY", "teacher", "gty"),
            ("Guru honorer", "teacher", "honorary"), ("Calon guru", "pre_service_teacher", "none"), ("Tata usaha", "administrator", "honorary")];
        for face in Face::BOTH {
            for (name, kind, employment) in people {
                let school = (kind != "pre_service_teacher").then_some(village.school);
                let person = village.person(name, kind, employment, school).await;
                let joined = village.step(face, &village.token(person), "request_membership", group.id).await.ok();
                assert_eq!((status(&joined), joined["name"].as_str()), ("active", Some(name)), "{face:?}");
                assert_eq!(joined["schoolName"].is_null(), school.is_none());
            }
        }
        assert_eq!(app.events("membership.requested").await.len(), 12);
        let members = village.call(Face::Rest, &village.token(group.member), "list_memberships", json!({ "id": group.id, "first": 100 })).await.ok();
        assert_eq!(members["items"].as_array().unwrap().len(), 14);
    }

    async fn how_open_a_group_is_decides_what_asking_comes_to(app: TestApp) {
        let village = Village::new(&app).await;
        let (asked, invited) = (village.group("request").await, village.group("invitation").await);
        for face in Face::BOTH {
            let person = village.teacher("Ani").await;
            let token = village.token(person);
            let args = json!({ "id": asked.id, "input": { "message": " Saya  mengajar kelas 4. " } });
            let row = village.call(face, &token, "request_membership", args).await.ok();
            assert_eq!((status(&row), &row["message"], &row["joinedAt"]), ("requested", &json!("Saya mengajar kelas 4."), &Value::Null));
            let again = village.step(face, &token, "request_membership", asked.id).await;
            assert_eq!(again.refused(), "membership_exists");
            let refused = village.step(face, &token, "request_membership", invited.id).await;
            assert_eq!(refused.refused(), "community_by_invitation");
            let long = json!({ "id": asked.id, "input": { "message": "x".repeat(501) } });
            assert_eq!(village.call(face, &token, "request_membership", long).await.refused(), "invalid");
            let nowhere = village.step(face, &token, "request_membership", Uuid::now_v7()).await;
            assert_eq!(nowhere.refused(), "not_found");
            let withdrawn = village.step(face, &token, "leave_membership", &row["id"]).await.ok();
            assert_eq!(status(&withdrawn), "withdrawn");
            let over = village.step(face, &token, "leave_membership", &row["id"]).await;
            assert_eq!(over.refused(), "membership_not_active");
            village.step(face, &token, "request_membership", asked.id).await.ok();
        }
        for role in [Grant::regional_officer("32.73"), Grant::ministry()] {
            assert_eq!(village.step(Face::Rest, &app.token(role), "request_membership", asked.id).await.refused(), "forbidden");
        }
    }

    async fn an_officer_answers_who_asks_and_the_person_answers_who_invites(app: TestApp) {
        let village = Village::new(&app).await;
        let group = village.group("request").await;
        let (chair, member) = (village.token(group.chair), village.token(group.member));
        for face in Face::BOTH {
            let (ani, tono, dewi) = (village.teacher("Ani").await, village.teacher("Tono").await, village.teacher("Dewi").await);
            let one = village.step(face, &village.token(ani), "request_membership", group.id).await.ok();
            let two = village.step(face, &village.token(tono), "request_membership", group.id).await.ok();
            // Members neither see requests nor answer them; nor does whoever asks.
            assert_eq!(village.step(face, &member, "get_membership", &one["id"]).await.refused(), "not_found");
            assert_eq!(village.step(face, &member, "admit_membership", &one["id"]).await.refused(), "not_found");
            assert_eq!(village.step(face, &village.token(ani), "admit_membership", &one["id"]).await.refused(), "forbidden");
            let stale = json!({ "id": one["id"], "version": 7 });
            if face == Face::Rest {
                assert_eq!(village.call(face, &chair, "admit_membership", stale).await.refused(), "stale_version");
            }
            let admitted = village.step(face, &chair, "admit_membership", &one["id"]).await.ok();
            assert_eq!((status(&admitted), &admitted["joinedAt"], &admitted["version"]), ("active", &json!("2026-03-02T08:00:00Z"), &json!(2)));
            assert_eq!(village.step(face, &chair, "admit_membership", &one["id"]).await.refused(), "membership_not_requested");
            let unreasoned = village.call(face, &chair, "refuse_membership", json!({ "id": two["id"], "input": { "reason": " " } })).await;
            assert_eq!(told(&unreasoned), [("/reason", "reason_missing")]);
            let refused = village.because(face, &chair, "refuse_membership", &two["id"]).await.ok();
            assert_eq!((status(&refused), &refused["reason"]), ("refused", &json!("Pindah tugas")));
            // Invited, declined, invited again, accepted.
            let invite = json!({ "id": group.id, "input": { "personId": dewi, "message": "Mari bergabung." } });
            assert_eq!(village.call(face, &member, "invite_membership", invite.clone()).await.refused(), "forbidden");
            let first = village.call(face, &chair, "invite_membership", invite.clone()).await.ok();
            assert_eq!(village.step(face, &chair, "accept_membership", &first["id"]).await.refused(), "forbidden");
            let declined = village.step(face, &village.token(dewi), "decline_membership", &first["id"]).await.ok();
            assert_eq!(status(&declined), "declined");
            assert_eq!(village.step(face, &village.token(dewi), "accept_membership", &first["id"]).await.refused(), "membership_not_invited");
            let second = village.call(face, &chair, "invite_membership", invite).await.ok();
            let accepted = village.step(face, &village.token(dewi), "accept_membership", &second["id"]).await.ok();
            assert_eq!((status(&accepted), &accepted["message"]), ("active", &json!("Mari bergabung.")));
            let nobody = json!({ "id": group.id, "input": { "personId": Uuid::now_v7() } });
            assert_eq!(told(&village.call(face, &chair, "invite_membership", nobody).await), [("/personId", "reference_unknown")]);
            // An invitation is taken back.
            let eko = village.teacher("Eko").await;
            let third = village.call(face, &chair, "invite_membership", json!({ "id": group.id, "input": { "personId": eko } })).await.ok();
            let removed = village.because(face, &chair, "remove_membership", &third["id"]).await.ok();
            assert_eq!(status(&removed), "removed");
        }
        let kinds = ["requested", "admitted", "refused", "invited", "declined", "accepted", "removed"];
        let mut counts = BTreeMap::new();
        for kind in kinds {
            counts.insert(kind, app.events(&format!("membership.{kind}")).await.len());
        }
        assert_eq!(counts, BTreeMap::from([("requested", 4), ("admitted", 2), ("refused", 2), ("invited", 6), ("declined", 2), ("accepted", 2), ("removed", 2)]));
        for event in app.events("membership.refused").await {
            assert!(!event.payload.to_string().contains("Pindah"), "{}", event.payload);
        }
    }

    async fn members_see_members_and_only_officers_see_who_asks(app: TestApp) {
        let village = Village::new(&app).await;
        let group = village.group("request").await;
        let (asks, stranger) = (village.teacher("Zul Meminta").await, village.teacher("Orang Luar").await);
        let row = membership_row(Uuid::now_v7(), group.id, asks);
        put(&app, membership::Model { status: "requested".to_owned(), joined_at: None, message: Some("Mohon diterima".to_owned()), ..row }).await;
        let head = village.person("Kepala", "principal", "pns", Some(village.school)).await;
        let (far, provider) = (app.token(Grant::regional_officer("35")), app.token(Grant::provider_staff(village.country.provider)));
        for face in Face::BOTH {
            let seen = async |token: &str, args: Value| {
                let mut all = json!({ "id": group.id });
                all.as_object_mut().unwrap().extend(args.as_object().unwrap().clone());
                village.call(face, token, "list_memberships", all).await.ok()
            };
            let names = ["Budi Santoso", "Siti Rahmawati"];
            assert_eq!(column(&seen(&village.token(group.member), json!({})).await, "name"), names);
            let all = seen(&village.token(group.chair), json!({})).await;
            assert_eq!(column(&all, "name"), ["Budi Santoso", "Siti Rahmawati", "Zul Meminta"]);
            assert_eq!(all["items"][2]["message"], "Mohon diterima");
            assert_eq!(column(&seen(&village.token(group.chair), json!({ "status": "requested" })).await, "name"), ["Zul Meminta"]);
            let mine = seen(&village.token(asks), json!({})).await;
            assert_eq!((column(&mine, "name"), &mine["items"][0]["message"]), (vec!["Zul Meminta".to_owned()], &json!("Mohon diterima")));
            assert!(column(&seen(&village.token(stranger), json!({})).await, "name").is_empty());
            assert!(column(&seen(&far, json!({})).await, "name").is_empty());
            for over in [village.officer(), village.principal(head)] {
                let seen = seen(&over, json!({})).await;
                assert_eq!(column(&seen, "name").len(), 3);
                assert_eq!(seen["items"][2]["message"], Value::Null, "what was said is for the officers of the group");
            }
            assert_eq!(village.step(face, &provider, "list_memberships", group.id).await.refused(), "forbidden");
            assert_eq!(village.step(face, &village.token(asks), "list_memberships", Uuid::now_v7()).await.refused(), "not_found");
            // By name, or as they came; a page at a time.
            let came = seen(&village.token(group.chair), json!({ "order": "joined", "first": 2 })).await;
            assert_eq!(column(&came, "name"), ["Siti Rahmawati", "Budi Santoso"]);
            let rest = seen(&village.token(group.chair), json!({ "order": "joined", "first": 2, "after": came["next"] })).await;
            assert_eq!(column(&rest, "name"), ["Zul Meminta"]);
            let named = seen(&village.token(group.chair), json!({ "order": "name", "first": 1 })).await;
            let next = seen(&village.token(group.chair), json!({ "order": "name", "first": 1, "after": named["next"] })).await;
            assert_eq!(column(&next, "name"), ["Siti Rahmawati"]);
            // My communities.
            let mine = village.step(face, &village.token(group.chair), "list_person_memberships", group.chair).await.ok();
            assert_eq!((&mine["items"][0]["communityName"], &mine["items"][0]["offices"]), (&json!("KKG Gugus Cengkeh"), &json!(["chair"])));
            let others = village.step(face, &village.token(group.member), "list_person_memberships", group.chair).await;
            assert_eq!(others.refused(), "not_found");
            let of_school = village.step(face, &village.principal(head), "list_person_memberships", group.chair).await.ok();
            assert_eq!(column(&of_school, "communityName").len(), 1);
        }
    }

    async fn many_requests_of_one_person_come_to_one_membership(app: TestApp) {
        let village = Village::new(&app).await;
        let group = village.group("open").await;
        let person = village.teacher("Ani").await;
        let token = village.token(person);
        let calls = (0..64).map(|n| {
            let face = Face::BOTH[n % 2];
            village.step(face, &token, "request_membership", group.id)
        });
        let mut told: BTreeMap<String, usize> = BTreeMap::new();
        for outcome in join_all(calls).await {
            *told.entry(outcome.code.unwrap_or_else(|| "ok".to_owned())).or_default() += 1;
        }
        assert_eq!(told.get("ok"), Some(&1), "{told:?}");
        assert!(told.keys().all(|code| ["ok", "membership_exists", "unavailable"].contains(&code.as_str())), "{told:?}");
        let rows = membership::Entity::find().filter(membership::Column::PersonId.eq(person));
        assert_eq!(rows.count(app.services.store.reader()).await.unwrap(), 1);
        assert_eq!(app.events("membership.requested").await.len(), 1);
    }

    async fn whoever_goes_gives_up_their_offices_and_the_chair_passes_theirs_on_first(app: TestApp) {
        let village = Village::new(&app).await;
        for face in Face::BOTH {
            let group = village.group("open").await;
            let (chair, member) = (village.token(group.chair), village.token(group.member));
            let mine = village.step(face, &chair, "list_person_memberships", group.chair).await.ok();
            let own = &mine["items"][0]["id"];
            assert_eq!(village.step(face, &chair, "leave_membership", own).await.refused(), "chair_not_passed_on");
            let officer = village.officer();
            assert_eq!(village.because(face, &officer, "remove_membership", own).await.refused(), "chair_not_passed_on");
            let appoint = |office: &str| json!({ "id": group.id, "input": { "personId": group.member, "office": office, "startsOn": "2026-03-02" } });
            village.call(face, &chair, "appoint_office", appoint("treasurer")).await.ok();
            village.call(face, &chair, "appoint_office", appoint("chair")).await.ok();
            assert_eq!(village.step(face, &member, "leave_membership", group.membership).await.refused(), "chair_not_passed_on");
            let left = village.step(face, &chair, "leave_membership", own).await.ok();
            assert_eq!((status(&left), &left["offices"], left["endedAt"].is_null()), ("left", &json!([]), false));
            // Whoever left comes again, as a new membership.
            village.step(face, &chair, "request_membership", group.id).await.ok();
            let pass_back = json!({ "id": group.id, "input": { "personId": group.chair, "office": "chair", "startsOn": "2026-03-02" } });
            village.call(face, &member, "appoint_office", pass_back).await.ok();
            assert_eq!(village.because(face, &member, "remove_membership", group.membership).await.ok()["status"], "removed");
            let held = community_office::Entity::find()
                .filter(community_office::Column::PersonId.eq(group.member))
                .filter(community_office::Column::EndedAt.is_null());
            assert_eq!(held.count(app.services.store.reader()).await.unwrap(), 0);
        }
    }

    async fn lists_of_members_cost_few_statements_at_any_size(app: TestApp) {
        let village = Village::new(&app).await;
        let group = village.group("open").await;
        for n in 0..20 {
            let person = village.teacher(&format!("Guru {n:02}")).await;
            put(&app, membership::Model { reason: Some("x".to_owned()), ..membership_row(Uuid::now_v7(), group.id, person) }).await;
        }
        let query = "query($id: ID!, $n: Int!) { memberships(id: $id, first: $n) { totalCount nodes { name offices reason
            school { name } community { name region { name } } } } }";
        for n in [2, 22] {
            let before = app.services.store.statements();
            let answer = app.graphql(Some(&village.token(group.chair)), query, json!({ "id": group.id, "n": n })).await;
            let spent = app.services.store.statements() - before;
            assert_eq!(answer["data"]["memberships"]["nodes"].as_array().unwrap().len(), n, "{answer}");
            // The caller's record; the group and the page, twice with the total; offices; whose officer the caller
            // is; schools, communities and their regions.
            assert!(spent <= 10, "{spent} statements for {n}");
        }
    }
}
