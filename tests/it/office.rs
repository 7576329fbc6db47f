//! Offices of communities and those who stand by them, through both faces, on both engines.

use entity::{community, community_office};
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    support::{
        Face, TestApp,
        directory::put,
        rows::office_row,
        village::{Group, Village, column, told},
    },
};

fn appoint(group: &Group, person: Uuid, office: &str, more: Value) -> Value {
    let mut input = json!({ "personId": person, "office": office, "startsOn": "2026-03-02" });
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    json!({ "id": group.id, "input": input })
}

both_engines! {
    async fn an_office_is_given_passed_on_and_ended(app: TestApp) {
        let village = Village::new(&app).await;
        for face in Face::BOTH {
            let group = village.group("open").await;
            let (chair, member) = (village.token(group.chair), village.token(group.member));
            let term = json!({ "endsOn": "2029-03-01" });
            let given = village.call(face, &chair, "appoint_office", appoint(&group, group.member, "secretary", term)).await.ok();
            assert_eq!((&given["office"], &given["name"], &given["termOver"]), (&json!("secretary"), &json!("Siti Rahmawati"), &json!(false)));
            // Passed on: the former holder's ends in the same step.
            village.call(face, &chair, "appoint_office", appoint(&group, group.chair, "secretary", json!({}))).await.ok();
            let now = village.step(face, &member, "list_offices", group.id).await.ok();
            // The row of the chair is put in with an id of today, which is later than the tests' clock.
            assert_eq!(column(&now, "office"), ["secretary", "chair"]);
            assert_eq!(column(&now, "name"), ["Budi Santoso", "Budi Santoso"]);
            let all = village.call(face, &member, "list_offices", json!({ "id": group.id, "includeFormer": true })).await.ok();
            assert_eq!(column(&all, "office").len(), 3);
            let again = village.call(face, &chair, "appoint_office", appoint(&group, group.chair, "secretary", json!({}))).await;
            assert_eq!(again.refused(), "office_held_already");
            let (of_secretary, of_chair) = (&now["items"][0]["id"], &now["items"][1]["id"]);
            assert_eq!(village.step(face, &chair, "end_office", of_chair).await.refused(), "chair_not_passed_on");
            assert_eq!(village.step(face, &member, "end_office", of_secretary).await.refused(), "forbidden");
            let ended = village.step(face, &chair, "end_office", of_secretary).await.ok();
            assert_eq!((&ended["endedAt"], &ended["version"]), (&json!("2026-03-02T08:00:00Z"), &json!(2)));
            assert_eq!(village.step(face, &chair, "end_office", of_secretary).await.refused(), "office_ended");
            assert_eq!(village.step(face, &chair, "end_office", Uuid::now_v7()).await.refused(), "not_found");
            let stranger = village.teacher("Orang Luar").await;
            assert!(column(&village.step(face, &village.token(stranger), "list_offices", group.id).await.ok(), "office").is_empty());
        }
        assert_eq!((app.events("office.appointed").await.len(), app.events("office.ended").await.len()), (4, 4));
    }

    async fn what_an_office_needs_is_told_at_once(app: TestApp) {
        let village = Village::new(&app).await;
        for face in Face::BOTH {
            let group = village.group("open").await;
            let stranger = village.teacher("Orang Luar").await;
            let chair = village.token(group.chair);
            let call = async |args: Value| village.call(face, &chair, "appoint_office", args).await;
            let bad = call(appoint(&group, stranger, "subject_guide", json!({ "startsOn": "2026-03-02", "endsOn": "2026-03-02" }))).await;
            assert_eq!(told(&bad), [("/endsOn", "office_term_reversed"), ("/personId", "office_for_members"), ("/scope", "field_missing")]);
            let idle = call(appoint(&group, group.member, "chair", json!({ "scope": "IPA" }))).await;
            assert_eq!(told(&idle), [("/scope", "office_without_scope")]);
            let wild = call(appoint(&group, Uuid::now_v7(), "patron", json!({ "startsOn": "1899-12-31" }))).await;
            assert_eq!(told(&wild), [("/personId", "reference_unknown"), ("/startsOn", "date_out_of_range")]);
            // A patron stands over the group; guides are several, each of one subject.
            call(appoint(&group, stranger, "patron", json!({}))).await.ok();
            for subject in ["IPA", "Matematika"] {
                call(appoint(&group, group.member, "subject_guide", json!({ "scope": subject }))).await.ok();
            }
            let twice = call(appoint(&group, group.member, "subject_guide", json!({ "scope": " IPA" }))).await;
            assert_eq!(twice.refused(), "office_held_already");
            let refused = village.call(face, &village.token(group.member), "appoint_office", appoint(&group, group.chair, "treasurer", json!({}))).await;
            assert_eq!(refused.refused(), "forbidden", "a guide is there for a subject, not for the group");
            let outside = village.call(face, &village.token(village.teacher("Lain").await), "appoint_office", appoint(&group, group.chair, "treasurer", json!({}))).await;
            assert_eq!(outside.refused(), "forbidden");
        }
    }

    async fn principals_chair_their_own_groups(app: TestApp) {
        let village = Village::new(&app).await;
        for face in Face::BOTH {
            let head = village.person("Kepala", "principal", "pns", Some(village.school)).await;
            let teacher = village.teacher("Guru").await;
            let group = village.group_of("open", head, teacher).await;
            let row = community::Entity::find_by_id(group.id).one(app.services.store.reader()).await.unwrap().unwrap();
            let kkks = community::ActiveModel { kind: sea_orm::ActiveValue::Set("kkks".to_owned()), ..row.into() };
            community::Entity::update(kkks).exec(app.services.store.writer()).await.unwrap();
            let outcome = village.call(face, &village.principal(head), "appoint_office", appoint(&group, teacher, "chair", json!({}))).await;
            assert_eq!(told(&outcome), [("/personId", "chair_not_principal")]);
        }
    }

    async fn a_term_that_ran_out_is_shown_and_ends_no_office(app: TestApp) {
        let village = Village::new(&app).await;
        let group = village.group("open").await;
        let row = office_row(Uuid::now_v7(), group.id, group.member, "treasurer");
        put(&app, community_office::Model { ends_on: Some("2026-03-01".parse().unwrap()), ..row }).await;
        for face in Face::BOTH {
            let list = village.call(face, &village.token(group.member), "list_offices", json!({ "id": group.id, "office": "treasurer" })).await.ok();
            assert_eq!((&list["items"][0]["termOver"], &list["items"][0]["endedAt"]), (&json!(true), &Value::Null));
            // And its holder may still act.
            let person = village.teacher("Ani").await;
            let invite = json!({ "id": group.id, "input": { "personId": person } });
            village.call(face, &village.token(group.member), "invite_membership", invite).await.ok();
        }
    }

    async fn a_partner_is_written_down_changed_and_struck_off(app: TestApp) {
        let village = Village::new(&app).await;
        let organisation = village.country.provider;
        for face in Face::BOTH {
            let group = village.group("open").await;
            let (chair, member) = (village.token(group.chair), village.token(group.member));
            let input = json!({ "organisationId": organisation, "contribution": "expertise", "description": "Dosen  pendamping",
                "valueRupiah": 2_500_000, "since": "2026-03-02" });
            let args = json!({ "id": group.id, "input": input });
            assert_eq!(village.call(face, &member, "create_partner", args.clone()).await.refused(), "forbidden");
            let made = village.call(face, &chair, "create_partner", args).await.ok();
            assert_eq!((&made["organisationName"], &made["description"]), (&json!("Balai BGTK-JABAR"), &json!("Dosen pendamping")));
            let bad = json!({ "id": group.id, "input": { "organisationId": Uuid::now_v7(), "contribution": "money", "description": " ",
                "valueRupiah": 5, "since": "2026-03-02", "until": "2026-03-01" } });
            let outcome = village.call(face, &chair, "create_partner", bad).await;
            assert_eq!(told(&outcome), [("/description", "text_missing"), ("/organisationId", "reference_unknown"), ("/until", "partner_days_reversed")]);
            let change = |version: Value, input: Value| json!({ "id": made["id"], "version": version, "input": input });
            let changed = village.call(face, &chair, "update_partner", change(json!(1), json!({ "until": "2027-03-01", "valueRupiah": null }))).await.ok();
            assert_eq!((&changed["until"], &changed["valueRupiah"], &changed["version"]), (&json!("2027-03-01"), &Value::Null, &json!(2)));
            let early = village.call(face, &chair, "update_partner", change(json!(2), json!({ "since": "2028-01-01" }))).await;
            assert_eq!(told(&early), [("/until", "partner_days_reversed")]);
            let stale = village.call(face, &chair, "update_partner", change(json!(1), json!({ "until": null }))).await;
            assert_eq!(stale.refused(), "stale_version");
            assert_eq!(village.call(face, &member, "update_partner", change(json!(2), json!({ "until": null }))).await.refused(), "forbidden");
            // Partners are as known as the group.
            let stranger = village.token(village.teacher("Orang Luar").await);
            assert_eq!(column(&village.step(face, &stranger, "list_partners", group.id).await.ok(), "contribution"), ["expertise"]);
            let unnamed = village.step(face, &chair, "delete_partner", &made["id"]).await;
            assert_eq!(unnamed.refused(), "precondition_required");
            village.call(face, &chair, "delete_partner", json!({ "id": made["id"], "version": 2 })).await.ok();
            assert!(column(&village.step(face, &chair, "list_partners", group.id).await.ok(), "id").is_empty());
            assert_eq!(village.call(face, &chair, "delete_partner", json!({ "id": made["id"], "version": 2 })).await.refused(), "not_found");
        }
        for kind in ["partner.created", "partner.updated", "partner.deleted"] {
            assert_eq!(app.events(kind).await.len(), 2, "{kind}");
        }
    }
}
