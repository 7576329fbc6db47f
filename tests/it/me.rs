//! The caller, told to themselves.

use sanggar::access::grant::Grant;
use serde_json::json;

use crate::{
    both_engines,
    certificate::{OVER, completed, issue},
    support::{Face, TestApp, directory::Country, training::World},
};

both_engines! {
    async fn a_caller_without_a_token_is_nobody_in_particular(app: TestApp) {
        for face in Face::BOTH {
            let me = app.call(face, None, "get_me", json!({})).await.ok();
            assert_eq!((&me["subject"], &me["roles"], &me["language"]), (&json!("public"), &json!([]), &json!("id")), "{face:?}");
        }
        let (_, me) = app.get("/v1/me", None).await;
        assert_eq!(me["person"], json!(null));
    }

    async fn a_caller_learns_every_role_and_the_own_record(app: TestApp) {
        let country = Country::new(&app).await;
        let siti = country.teacher(&app, "Siti Aminah", country.bandung).await;
        let token = app.token_of("siti", vec![Grant::teacher(siti), Grant::regional_officer("32"), Grant::regional_officer("35")]);
        let (_, me) = app.get("/v1/me", Some(&token)).await;
        assert_eq!(me["roles"], json!(["regional_officer", "teacher"]));
        assert_eq!(me["grants"][1]["regionCode"], "32");
        assert_eq!(me["person"]["name"], "Siti Aminah");
        let query = "{ me { roles grants { role region { name } } person { name school { name region { name } } } } }";
        let answer = app.graphql(Some(&token), query, json!({})).await;
        let me = &answer["data"]["me"];
        assert_eq!(me["grants"][2]["region"]["name"], "Jawa Timur", "{answer}");
        assert_eq!(me["person"]["school"]["region"]["name"], "Sukasari");
    }

    async fn a_token_from_before_a_merge_shows_the_surviving_record(app: TestApp) {
        let country = Country::new(&app).await;
        let old = country.teacher(&app, "Siti A.", country.bandung).await;
        let new = country.teacher(&app, "Siti Aminah", country.surabaya).await;
        let token = app.token(Grant::teacher(old));
        let merge = json!({ "id": old, "input": { "intoId": new, "reason": "orang yang sama" } });
        app.call(Face::Rest, Some(&app.ministry()), "merge_person", merge).await.ok();
        let (_, me) = app.get("/v1/me", Some(&token)).await;
        assert_eq!(me["person"]["id"], json!(new));
    }

    async fn a_token_from_before_a_merge_reaches_what_is_now_the_survivors(app: TestApp) {
        let world = World::new(&app).await;
        let (old, new) = (world.teacher("Siti A.").await, world.teacher("Siti Aminah").await);
        let enrolment = completed(&world, world.batch(OVER).await, old).await;
        let made = issue(&world, Face::Rest, enrolment).await;
        let token = app.token(Grant::teacher(old));
        let merge = json!({ "id": old, "input": { "intoId": new, "reason": "orang yang sama" } });
        app.call(Face::Rest, Some(&app.ministry()), "merge_person", merge).await.ok();
        for face in Face::BOTH {
            let listed = app.call(face, Some(&token), "list_certificates", json!({})).await.ok();
            assert_eq!(listed["items"][0]["id"], made["id"], "{face:?}: {listed}");
            let me = app.call(face, Some(&token), "get_me", json!({})).await.ok();
            assert_eq!(me["grants"][0]["personId"], json!(new), "{face:?}: {me}");
        }
    }
}
