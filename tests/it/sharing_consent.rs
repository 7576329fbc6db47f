//! Consent to optional sharing, from the words to the public check, through both faces, on both engines.

use entity::sharing_consent;
use reqwest::Method;
use sanggar::access::{grant::Grant, oauth_scope::OAuthScope};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    certificate::{OVER, completed, issue},
    support::{
        Face, TestApp,
        identity::{all_but, every_scope},
        own_rows::consent_row,
        training::World,
    },
};

const NAME: &str = "Siti Nurhaliza, S.Pd.";
const MASKED: &str = "S*** N********, S.Pd.";

/// A teacher with a certificate.
async fn holder(world: &World<'_>) -> (Uuid, Value) {
    let batch = world.batch(OVER).await;
    let person = world.teacher(NAME).await;
    (person, issue(world, Face::Rest, completed(world, batch, person).await).await)
}

/// What a person agrees to.
fn agreeing(person: Uuid, edition: i32) -> Value {
    json!({ "id": person, "input": { "purpose": "name_on_verification", "edition": edition, "language": "id" } })
}

/// What was signed.
async fn signed(app: &TestApp, certificate: &Value) -> Value {
    let one = json!({ "id": certificate["id"] });
    app.call(Face::Rest, Some(&app.ministry()), "get_certificate", one).await.ok()["signed"].clone()
}

/// The name that anyone sees: as data through both faces, and on the page, which says the same.
async fn name_shown(app: &TestApp, certificate: &Value) -> String {
    let asked = json!({ "id": certificate["verificationId"] });
    let told = app.call(Face::Rest, None, "get_verification", asked.clone()).await.ok();
    assert_eq!(told, app.call(Face::Graphql, None, "get_verification", asked).await.ok());
    let name = told["holderName"].as_str().unwrap().to_owned();
    assert_eq!(told["holderNameIsWhole"], json!(name == NAME));
    let path = format!("/verify/{}", certificate["verificationId"].as_str().unwrap());
    let page = app.request(Method::GET, &path, None).send().await.unwrap().text().await.unwrap();
    assert_eq!((page.contains(NAME), page.contains(MASKED)), (name == NAME, name == MASKED), "{page}");
    name
}

both_engines! {
    async fn whoever_agrees_is_named_whole_until_they_take_it_back(app: TestApp) {
        let world = World::new(&app).await;
        for face in Face::BOTH {
            let (person, certificate) = holder(&world).await;
            let own = world.token(person);
            assert_eq!(name_shown(&app, &certificate).await, MASKED);
            let before = signed(&app, &certificate).await;
            let words = app.call(face, None, "get_consent_texts", json!({})).await.ok();
            let words = words["texts"].as_array().unwrap().iter().find(|text| text["language"] == "id").unwrap();
            assert!(words["text"].as_str().unwrap().starts_with("Saya setuju"), "{words}");
            let given = app.call(face, Some(&own), "give_sharing_consent", agreeing(person, 1)).await.ok();
            assert_eq!((&given["inForce"], &given["textHash"]), (&json!(true), &words["hash"]), "{face:?}: {given}");
            assert_eq!(name_shown(&app, &certificate).await, NAME);
            let again = app.call(face, Some(&own), "give_sharing_consent", agreeing(person, 1)).await;
            assert_eq!(again.refused(), "sharing_consent_in_force");

            let gone = app.call(face, Some(&own), "withdraw_sharing_consent", json!({ "id": given["id"] })).await.ok();
            assert_eq!((&gone["inForce"], &gone["ending"], &gone["version"]), (&json!(false), &json!("withdrawn"), &json!(2)));
            assert_eq!(name_shown(&app, &certificate).await, MASKED);
            let twice = app.call(face, Some(&own), "withdraw_sharing_consent", json!({ "id": given["id"] })).await;
            assert_eq!(twice.refused(), "sharing_consent_ended");
            // Agreeing anew is a consent of its own; the history stays.
            app.call(face, Some(&own), "give_sharing_consent", agreeing(person, 1)).await.ok();
            let history = app.call(face, Some(&own), "list_sharing_consents", json!({})).await.ok();
            let history = history["items"].as_array().unwrap();
            assert!(history.len() == 2 && history.contains(&gone), "{history:?}");
            assert_eq!(signed(&app, &certificate).await, before, "what was signed stays as it was");
        }
        assert_eq!(app.events("sharing_consent.given").await.len(), 4);
        let told = app.events("sharing_consent.withdrawn").await;
        assert!(told.len() == 2 && !told[0].payload.to_string().contains("Siti"), "{told:?}");
    }

    async fn nobody_agrees_or_takes_back_for_somebody_else(app: TestApp) {
        let world = World::new(&app).await;
        for face in Face::BOTH {
            let (person, certificate) = holder(&world).await;
            let colleague = world.token(world.teacher("Budi").await);
            let officer = app.token(Grant::regional_officer("32"));
            let give = |token: String| {
                let app = &app;
                async move { app.call(face, Some(&token), "give_sharing_consent", agreeing(person, 1)).await.refused() }
            };
            assert_eq!(give(colleague.clone()).await, "not_found");
            for token in [&officer, &app.ministry(), &world.staff()] {
                assert_eq!(give(token.clone()).await, "forbidden");
            }
            let without = app.app_token(&[Grant::teacher(person)], all_but(OAuthScope::PersonalDataManage)).await;
            assert_eq!(give(without).await, "insufficient_scope");
            assert_eq!(name_shown(&app, &certificate).await, MASKED);

            let through = app.app_token(&[Grant::teacher(person)], every_scope()).await;
            let given = app.call(face, Some(&through), "give_sharing_consent", agreeing(person, 1)).await.ok();
            let id = json!({ "id": given["id"] });
            assert_eq!(app.call(face, Some(&colleague), "withdraw_sharing_consent", id.clone()).await.refused(), "not_found");
            assert_eq!(app.call(face, Some(&app.ministry()), "withdraw_sharing_consent", id).await.refused(), "forbidden");
            let seen = app.call(face, Some(&colleague), "list_sharing_consents", json!({ "personId": person })).await.ok();
            assert_eq!(seen["items"], json!([]));
            assert_eq!(app.call(face, Some(&officer), "list_sharing_consents", json!({})).await.refused(), "forbidden");
            // Whoever answers for the registry can prove it.
            let proof = app.call(face, Some(&app.ministry()), "list_sharing_consents", json!({ "personId": person })).await.ok();
            assert_eq!(proof["items"], json!([given]));
            assert_eq!(name_shown(&app, &certificate).await, NAME);
        }
    }

    async fn only_the_words_of_today_count(app: TestApp) {
        let world = World::new(&app).await;
        for face in Face::BOTH {
            let (person, certificate) = holder(&world).await;
            let own = world.token(person);
            for edition in [-1, 0, 2] {
                let refused = app.call(face, Some(&own), "give_sharing_consent", agreeing(person, edition)).await;
                assert_eq!(refused.refused(), "consent_text_outdated");
            }
            // What was agreed to in older words counts no longer, and ends when the new ones are agreed to.
            let old = Uuid::now_v7();
            world.insert(sharing_consent::Model { edition: 0, ..consent_row(old, person) }).await;
            assert_eq!(name_shown(&app, &certificate).await, MASKED);
            let listed = app.call(face, Some(&own), "list_sharing_consents", json!({})).await.ok();
            assert_eq!((&listed["items"][0]["inForce"], &listed["items"][0]["endedAt"]), (&json!(false), &Value::Null));
            let mut args = agreeing(person, 1);
            args["key"] = json!(format!("{face:?}"));
            let given = app.call(face, Some(&own), "give_sharing_consent", args.clone()).await.ok();
            assert_eq!(app.call(face, Some(&own), "give_sharing_consent", args).await.ok(), given, "a retry has one effect");
            assert_eq!(name_shown(&app, &certificate).await, NAME);
            let listed = app.call(face, Some(&own), "list_sharing_consents", json!({})).await.ok();
            let listed = listed["items"].as_array().unwrap();
            assert!(listed.contains(&given), "{listed:?}");
            assert!(listed.iter().any(|one| one["id"] == json!(old) && one["ending"] == "replaced"), "{listed:?}");
        }
        let (person, _) = holder(&world).await;
        let own = world.token(person);
        let given = app.call(Face::Rest, Some(&own), "give_sharing_consent", agreeing(person, 1)).await.ok();
        let stale = json!({ "id": given["id"], "version": 9 });
        assert_eq!(app.call(Face::Rest, Some(&own), "withdraw_sharing_consent", stale).await.refused(), "stale_version");
    }

    async fn a_merge_carries_the_history_and_no_consent(app: TestApp) {
        let world = World::new(&app).await;
        let (old, certificate) = holder(&world).await;
        let new = world.teacher(NAME).await;
        app.call(Face::Rest, Some(&world.token(old)), "give_sharing_consent", agreeing(old, 1)).await.ok();
        assert_eq!(name_shown(&app, &certificate).await, NAME);
        let merge = json!({ "id": old, "input": { "intoId": new, "reason": "NIK dan ijazah sama" } });
        app.call(Face::Rest, Some(&app.ministry()), "merge_person", merge).await.ok();
        assert_eq!(name_shown(&app, &certificate).await, MASKED);
        let own = world.token(new);
        for face in Face::BOTH {
            let listed = app.call(face, Some(&own), "list_sharing_consents", json!({})).await.ok();
            assert_eq!((&listed["items"][0]["ending"], &listed["items"][0]["personId"]), (&json!("merged"), &json!(new)));
        }
        app.call(Face::Rest, Some(&own), "give_sharing_consent", agreeing(new, 1)).await.ok();
        assert_eq!(name_shown(&app, &certificate).await, NAME, "the certificate is theirs now");
    }
}
