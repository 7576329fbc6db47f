//! What communities make: who sees it when, how it goes out, and how others carry it on with credit.

use chrono::TimeDelta;
use entity::community;
use sanggar::access::grant::Grant;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    support::{
        Face, TestApp,
        app::start,
        directory::put,
        rows::{activity_row, community_row, membership_row, office_row, person_row},
        training::{BANDUNG, BOGOR, World},
    },
};

/// A community with a chair, an author and a colleague.
struct Group {
    id: Uuid,
    chair: String,
    author: String,
    colleague: String,
}

async fn member(app: &TestApp, community: Uuid, region: &str, name: &str) -> (Uuid, String) {
    let person = Uuid::now_v7();
    put(app, person_row(person, name, None, region)).await;
    put(app, membership_row(Uuid::now_v7(), community, person)).await;
    (person, app.token(Grant::teacher(person)))
}

async fn group(app: &TestApp, region: &str) -> Group {
    let id = Uuid::now_v7();
    put(app, community_row(id, region)).await;
    let (person, chair) = member(app, id, region, "Ketua").await;
    put(app, office_row(Uuid::now_v7(), id, person, "chair")).await;
    let (_, author) = member(app, id, region, "Siti Aminah").await;
    let (_, colleague) = member(app, id, region, "Budi Santoso").await;
    Group { id, chair, author, colleague }
}

/// A teacher of a region who is in no community.
async fn stranger(app: &TestApp, region: &str) -> String {
    let person = Uuid::now_v7();
    put(app, person_row(person, "Orang lain", None, region)).await;
    app.token(Grant::teacher(person))
}

fn wanted(title: &str) -> Value {
    json!({
        "kind": "common_assessment", "title": title, "summary": "Untuk awal semester.", "subject": "Matematika",
        "level": "sd", "licence": "cc_by_sa", "body": "# Soal\n\n1. Berapa 2 × 3?\n",
        "alignment": [{ "framework": "competency", "code": "K2.3", "note": "Asesmen" }]
    })
}

async fn begin(app: &TestApp, face: Face, group: &Group, title: &str) -> String {
    let args = json!({ "id": group.id, "input": wanted(title) });
    let made = app.call(face, Some(&group.author), "create_artefact", args).await.ok();
    made["id"].as_str().unwrap().to_owned()
}

async fn review(app: &TestApp, face: Face, token: &str, id: &str, number: i32, verdict: &str) -> String {
    let input = json!({ "number": number, "verdict": verdict, "comment": "Sudah dicoba di kelas." });
    let said = app.call(face, Some(token), "review_artefact", json!({ "id": id, "input": input })).await;
    said.code.unwrap_or_default()
}

async fn publish(app: &TestApp, face: Face, token: &str, id: &str, audience: &str) -> String {
    let args = json!({ "id": id, "input": { "audience": audience } });
    let said = app.call(face, Some(token), "publish_artefact", args).await;
    said.code.unwrap_or_default()
}

/// Begins, lets a colleague approve and publishes for everyone.
async fn published(app: &TestApp, face: Face, group: &Group, title: &str) -> String {
    let id = begin(app, face, group, title).await;
    assert_eq!(review(app, face, &group.colleague, &id, 1, "approved").await, "");
    assert_eq!(publish(app, face, &group.chair, &id, "everyone").await, "");
    id
}

both_engines! {
    async fn what_a_member_writes_goes_out_once_a_colleague_approved_it(app: TestApp) {
        World::new(&app).await;
        let (own, reader) = (group(&app, BANDUNG).await, stranger(&app, BOGOR).await);
        for face in Face::BOTH {
            let id = begin(&app, face, &own, &format!("Asesmen {face:?}")).await;
            let get = json!({ "id": id });
            assert_eq!(app.call(face, Some(&reader), "get_artefact", get.clone()).await.refused(), "not_found");
            assert_eq!(publish(&app, face, &own.chair, &id, "everyone").await, "artefact_not_reviewed");
            assert_eq!(review(&app, face, &own.author, &id, 1, "approved").await, "artefact_review_of_own");
            assert_eq!(review(&app, face, &own.colleague, &id, 1, "changes_wanted").await, "");
            assert_eq!(publish(&app, face, &own.chair, &id, "community").await, "artefact_changes_wanted");
            assert_eq!(review(&app, face, &own.colleague, &id, 1, "approved").await, "");
            assert_eq!(publish(&app, face, &own.author, &id, "everyone").await, "forbidden");
            assert_eq!(publish(&app, face, &own.chair, &id, "everyone").await, "");
            let found = app.call(face, Some(&reader), "get_artefact", get.clone()).await.ok();
            assert_eq!((&found["status"], &found["published"]), (&json!("published"), &json!(1)));
            assert_eq!(found["authors"][0]["name"], "Siti Aminah");
            let version = app.call(face, Some(&reader), "get_artefact_version", get.clone()).await.ok();
            assert_eq!(version["body"], "# Soal\n\n1. Berapa 2 × 3?\n");
            assert_eq!(version["alignment"][0]["code"], "K2.3");
            let reviews = app.call(face, Some(&reader), "list_artefact_reviews", get.clone()).await;
            assert_eq!(reviews.refused(), "not_found", "what colleagues say stays among them");
            let reviews = app.call(face, Some(&own.author), "list_artefact_reviews", get).await.ok();
            assert_eq!(reviews["items"].as_array().unwrap().len(), 1);
            assert_eq!(reviews["items"][0]["verdict"], "approved");
        }
        assert_eq!(app.events("artefact.published").await.len(), 2);
    }

    async fn what_is_for_the_region_is_seen_by_whoever_works_there(app: TestApp) {
        World::new(&app).await;
        let own = group(&app, BANDUNG).await;
        let district = format!("{BANDUNG}.01");
        put(&app, entity::region::Model { code: district.clone(), level: "district".to_owned(), name: "Kecamatan".to_owned(), parent_code: Some(BANDUNG.to_owned()), valid_from: None, valid_until: None, successor_code: None, version: 1, created_at: start(), updated_at: start() }).await;
        let (near, far) = (stranger(&app, &district).await, stranger(&app, BOGOR).await);
        for face in Face::BOTH {
            let id = begin(&app, face, &own, &format!("Wilayah {face:?}")).await;
            review(&app, face, &own.colleague, &id, 1, "approved").await;
            assert_eq!(publish(&app, face, &own.chair, &id, "region").await, "");
            let get = json!({ "id": id });
            app.call(face, Some(&near), "get_artefact", get.clone()).await.ok();
            assert_eq!(app.call(face, Some(&far), "get_artefact", get.clone()).await.refused(), "not_found");
            let listed = app.call(face, Some(&far), "list_artefacts", json!({})).await.ok();
            assert_eq!(listed["items"], json!([]));
            let officer = app.token(Grant::regional_officer(BANDUNG));
            app.call(face, Some(&officer), "get_artefact", get).await.ok();
        }
    }

    async fn what_was_published_stays_until_the_next_version_is(app: TestApp) {
        World::new(&app).await;
        let (own, reader) = (group(&app, BANDUNG).await, stranger(&app, BOGOR).await);
        for face in Face::BOTH {
            let id = published(&app, face, &own, &format!("Versi {face:?}")).await;
            let input = json!({ "body": "Soal yang diperbaiki", "note": "Soal 2 diganti" });
            let args = json!({ "id": id, "input": input });
            let revised = app.call(face, Some(&own.colleague), "revise_artefact", args).await.ok();
            assert_eq!((&revised["latest"], &revised["published"]), (&json!(2), &json!(1)));
            assert_eq!(revised["authors"].as_array().unwrap().len(), 2, "whoever writes is named");
            let get = |number: Value| json!({ "id": id, "number": number });
            let outside = app.call(face, Some(&reader), "get_artefact_version", get(Value::Null)).await.ok();
            assert_eq!(outside["number"], 1);
            let ahead = app.call(face, Some(&reader), "get_artefact_version", get(json!(2))).await;
            assert_eq!(ahead.refused(), "not_found");
            let inside = app.call(face, Some(&own.author), "get_artefact_version", get(Value::Null)).await.ok();
            assert_eq!((&inside["number"], &inside["note"]), (&json!(2), &json!("Soal 2 diganti")));
            let versions = app.call(face, Some(&own.author), "list_artefact_versions", json!({ "id": id })).await.ok();
            let numbers: Vec<_> = versions["items"].as_array().unwrap().iter().map(|v| v["number"].clone()).collect();
            assert_eq!(numbers, [json!(2), json!(1)]);
            let versions = app.call(face, Some(&reader), "list_artefact_versions", json!({ "id": id })).await.ok();
            assert_eq!(versions["items"].as_array().unwrap().len(), 1);
            // Both wrote: neither may approve, and what was said of version 1 is not said of 2.
            assert_eq!(review(&app, face, &own.colleague, &id, 2, "approved").await, "artefact_review_of_own");
            assert_eq!(review(&app, face, &own.chair, &id, 1, "approved").await, "artefact_version_not_newest");
            assert_eq!(publish(&app, face, &own.chair, &id, "everyone").await, "artefact_not_reviewed");
            assert_eq!(review(&app, face, &own.chair, &id, 2, "approved").await, "");
            assert_eq!(publish(&app, face, &own.chair, &id, "everyone").await, "");
            let outside = app.call(face, Some(&reader), "get_artefact_version", get(Value::Null)).await.ok();
            assert_eq!(outside["number"], 2);
        }
    }

    async fn whoever_carries_something_on_gives_credit(app: TestApp) {
        World::new(&app).await;
        let (own, other) = (group(&app, BANDUNG).await, group(&app, BOGOR).await);
        for face in Face::BOTH {
            let id = published(&app, face, &own, &format!("Asal {face:?}")).await;
            let fork = |community: Uuid, licence: &str| {
                json!({ "id": id, "input": { "communityId": community, "licence": licence, "title": "Versi Bogor" } })
            };
            let wider = app.call(face, Some(&other.author), "fork_artefact", fork(other.id, "cc_by")).await;
            assert_eq!(wider.refused(), "licence_not_allowed_by_source");
            let own_again = app.call(face, Some(&own.author), "fork_artefact", fork(own.id, "cc_by_sa")).await;
            assert_eq!(own_again.refused(), "artefact_fork_of_own");
            let foreign = app.call(face, Some(&own.author), "fork_artefact", fork(other.id, "cc_by_sa")).await;
            assert_eq!(foreign.refused(), "forbidden", "one carries on for one's own community");
            let made = app.call(face, Some(&other.author), "fork_artefact", fork(other.id, "cc_by_sa")).await.ok();
            assert_eq!((&made["forkedFromId"], &made["forkedFromNumber"]), (&json!(id), &json!(1)));
            assert_eq!((&made["status"], &made["title"]), (&json!("draft"), &json!("Versi Bogor")));
            let source = app.call(face, Some(&own.author), "get_artefact", json!({ "id": id })).await.ok();
            assert_eq!(source["forks"], 1);
            let of = json!({ "id": made["id"] });
            let credits = app.call(face, Some(&other.author), "get_artefact_credits", of).await.ok();
            assert_eq!(credits.as_array().unwrap().len(), 2);
            assert_eq!((&credits[1]["artefactId"], &credits[1]["number"]), (&json!(id), &json!(1)));
            assert_eq!(credits[1]["authors"][0]["name"], "Siti Aminah");
            // A member of both carries on nothing that nobody approved for others.
            let inner = begin(&app, face, &own, &format!("Dalam {face:?}")).await;
            assert_eq!(publish(&app, face, &own.chair, &inner, "community").await, "");
            let (both, token) = member(&app, own.id, BANDUNG, "Dua kelompok").await;
            put(&app, membership_row(Uuid::now_v7(), other.id, both)).await;
            let inner = json!({ "id": inner, "input": { "communityId": other.id } });
            let inner = app.call(face, Some(&token), "fork_artefact", inner).await;
            assert_eq!(inner.refused(), "artefact_not_published");
            let draft = begin(&app, face, &own, &format!("Belum {face:?}")).await;
            let unseen = json!({ "id": draft, "input": { "communityId": other.id } });
            let unseen = app.call(face, Some(&other.author), "fork_artefact", unseen).await;
            assert_eq!(unseen.refused(), "not_found");
        }
    }

    async fn what_should_not_be_out_is_taken_back_with_a_reason(app: TestApp) {
        World::new(&app).await;
        let (own, reader) = (group(&app, BANDUNG).await, stranger(&app, BOGOR).await);
        let near = app.token(Grant::regional_officer("32"));
        for (face, token) in Face::BOTH.into_iter().zip([app.ministry(), near]) {
            let id = published(&app, face, &own, &format!("Ditarik {face:?}")).await;
            let with = |reason: &str| json!({ "id": id, "input": { "reason": reason } });
            let silent = app.call(face, Some(&token), "withdraw_artefact", with(" ")).await;
            assert_eq!(silent.faults, [("/reason".to_owned(), "reason_missing".to_owned())]);
            let member = app.call(face, Some(&own.author), "withdraw_artefact", with("Salah")).await;
            assert_eq!(member.refused(), "forbidden");
            let gone = app.call(face, Some(&token), "withdraw_artefact", with("Memuat nama siswa")).await.ok();
            assert_eq!((&gone["status"], &gone["statusReason"]), (&json!("withdrawn"), &json!("Memuat nama siswa")));
            let get = json!({ "id": id });
            assert_eq!(app.call(face, Some(&reader), "get_artefact", get.clone()).await.refused(), "not_found");
            app.call(face, Some(&own.author), "get_artefact", get.clone()).await.ok();
            app.call(face, Some(&app.ministry()), "get_artefact", get).await.ok();
            let again = app.call(face, Some(&token), "withdraw_artefact", with("Sekali lagi")).await;
            assert_eq!(again.refused(), "artefact_not_published");
            assert_eq!(publish(&app, face, &own.chair, &id, "everyone").await, "artefact_withdrawn");
            let mended = json!({ "id": id, "input": { "body": "Tanpa nama" } });
            app.call(face, Some(&own.author), "revise_artefact", mended).await.ok();
            assert_eq!(review(&app, face, &own.colleague, &id, 2, "approved").await, "");
            assert_eq!(publish(&app, face, &own.chair, &id, "everyone").await, "", "there is a way back");
        }
    }

    async fn a_file_belongs_to_the_version_that_names_it(app: TestApp) {
        World::new(&app).await;
        let (own, reader) = (group(&app, BANDUNG).await, stranger(&app, BOGOR).await);
        let id = published(&app, Face::Rest, &own, "Dengan lampiran").await;
        let bring = async |token: &str, name: &str, bytes: Vec<u8>| {
            let path = format!("/v1/artefacts/{id}/attachments?filename={name}");
            let sent = app.request(reqwest::Method::POST, &path, Some(token)).body(bytes).send().await.unwrap();
            (sent.status().as_u16(), sent.json::<Value>().await.unwrap())
        };
        let pdf = b"%PDF-1.7\nisi".to_vec();
        let (status, made) = bring(&own.author, "soal.pdf", pdf.clone()).await;
        assert_eq!((status, made["mediaType"].as_str()), (201, Some("application/pdf")), "{made}");
        let path = made["path"].as_str().unwrap().to_owned();
        let get = async |token: &str| app.request(reqwest::Method::GET, &path, Some(token)).send().await.unwrap();
        assert_eq!(get(&reader).await.status(), 404, "no published version names it yet");
        let input = json!({ "body": "Lihat lampiran", "attachmentIds": [made["id"]] });
        app.call(Face::Rest, Some(&own.author), "revise_artefact", json!({ "id": id, "input": input })).await.ok();
        assert_eq!(get(&reader).await.status(), 404);
        review(&app, Face::Rest, &own.colleague, &id, 2, "approved").await;
        publish(&app, Face::Rest, &own.chair, &id, "everyone").await;
        let file = get(&reader).await;
        assert_eq!(file.status(), 200);
        let header = |name: &str| file.headers()[name].to_str().unwrap().to_owned();
        assert_eq!(header("content-disposition"), "attachment; filename*=UTF-8''soal.pdf");
        assert_eq!(header("content-security-policy"), "default-src 'none'; sandbox");
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(file.bytes().await.unwrap(), pdf);
        for (name, bytes, status, code) in [
            ("soal.html", b"<html><script>alert(1)</script>".to_vec(), 422, "file_type_not_taken"),
            ("soal.pdf", b"MZ\x90\x00\x03".to_vec(), 422, "file_type_not_taken"),
            ("..%2Fsoal.pdf", pdf.clone(), 422, "file_name_malformed"),
            ("soal.pdf", Vec::new(), 422, "file_empty"),
        ] {
            let (answered, problem) = bring(&own.author, name, bytes).await;
            assert_eq!((answered, problem["errors"][0]["code"].as_str()), (status, Some(code)), "{problem}");
        }
        let (status, problem) = bring(&own.author, "besar.pdf", [pdf.clone(), vec![b' '; 10 * 1024 * 1024]].concat()).await;
        assert_eq!((status, problem["code"].as_str()), (413, Some("too_large")));
        let (status, _) = bring(&reader, "soal.pdf", pdf.clone()).await;
        assert_eq!(status, 403, "whoever reads it may not bring files to it");
        // Carried on, the file comes along, and the other community hands it out by its own rules.
        let other = group(&app, BOGOR).await;
        let fork = json!({ "id": id, "input": { "communityId": other.id } });
        let fork = app.call(Face::Rest, Some(&other.author), "fork_artefact", fork).await.ok();
        let version = app.call(Face::Rest, Some(&other.author), "get_artefact_version", json!({ "id": fork["id"] })).await.ok();
        assert_eq!(version["attachments"][0]["sha256"], made["sha256"]);
        assert_ne!(version["attachments"][0]["id"], made["id"]);
        let foreign = json!({ "body": "x", "attachmentIds": [version["attachments"][0]["id"]] });
        let foreign = app.call(Face::Rest, Some(&own.author), "revise_artefact", json!({ "id": id, "input": foreign })).await;
        assert_eq!(foreign.faults, [("/attachmentIds/0".to_owned(), "reference_unknown".to_owned())]);
    }

    async fn every_fault_of_an_artefact_is_told_at_once(app: TestApp) {
        World::new(&app).await;
        let (own, other) = (group(&app, BANDUNG).await, group(&app, BOGOR).await);
        let foreign = Uuid::now_v7();
        put(&app, activity_row(foreign, other.id, start() + TimeDelta::days(1))).await;
        for face in Face::BOTH {
            let input = json!({
                "kind": "lesson_plan", "title": " ", "licence": "public_domain", "body": "", "subject": "a\u{202E}b",
                "activityId": foreign, "alignment": [{ "framework": "curriculum", "code": "" }]
            });
            let args = json!({ "id": own.id, "input": input });
            let mut found = app.call(face, Some(&own.author), "create_artefact", args).await.faults;
            found.sort();
            let all = [
                ("/activityId", "reference_unknown"),
                ("/alignment/0/code", "text_missing"),
                ("/body", "text_missing"),
                ("/subject", "text_has_direction_controls"),
                ("/title", "text_missing"),
            ];
            assert_eq!(found, all.map(|(at, code)| (at.to_owned(), code.to_owned())));
            let stranger = json!({ "id": own.id, "input": wanted("Asing") });
            let stranger = app.call(face, Some(&other.author), "create_artefact", stranger).await;
            assert_eq!(stranger.refused(), "forbidden");
        }
    }

    async fn a_closed_community_makes_nothing_new(app: TestApp) {
        World::new(&app).await;
        let own = group(&app, BANDUNG).await;
        let id = begin(&app, Face::Rest, &own, "Lama").await;
        use sea_orm::{ActiveModelTrait, ActiveValue::Set};
        let closed = community::ActiveModel { id: Set(own.id), status: Set("closed".to_owned()), ..Default::default() };
        closed.update(app.services.store.writer()).await.unwrap();
        for face in Face::BOTH {
            let new = json!({ "id": own.id, "input": wanted("Baru") });
            assert_eq!(app.call(face, Some(&own.author), "create_artefact", new).await.refused(), "community_closed");
            assert_eq!(publish(&app, face, &own.chair, &id, "community").await, "community_closed");
        }
    }

    async fn a_change_by_whoever_read_an_older_state_is_refused(app: TestApp) {
        World::new(&app).await;
        let own = group(&app, BANDUNG).await;
        for face in Face::BOTH {
            let id = begin(&app, face, &own, &format!("Judul {face:?}")).await;
            let change = |version: i64, title: &str| json!({ "id": id, "version": version, "input": { "title": title, "subject": null } });
            let changed = app.call(face, Some(&own.colleague), "update_artefact", change(1, "Judul baru")).await.ok();
            assert_eq!((&changed["title"], &changed["subject"]), (&json!("Judul baru"), &Value::Null));
            let stale = app.call(face, Some(&own.colleague), "update_artefact", change(1, "Lain")).await;
            assert_eq!(stale.refused(), "stale_version");
            // What went out is called as it was when a colleague approved it.
            let out = published(&app, face, &own, &format!("Terbit {face:?}")).await;
            let renamed = json!({ "id": out, "version": 3, "input": { "title": "Diam-diam" } });
            let renamed = app.call(face, Some(&own.colleague), "update_artefact", renamed).await;
            assert_eq!(renamed.refused(), "artefact_out");
        }
    }

    async fn a_list_is_narrowed_and_read_page_by_page(app: TestApp) {
        World::new(&app).await;
        let (own, reader) = (group(&app, BANDUNG).await, stranger(&app, BOGOR).await);
        for title in ["Asesmen A", "Asesmen B", "Modul C"] {
            published(&app, Face::Rest, &own, title).await;
        }
        for face in Face::BOTH {
            let first = json!({ "q": "asesmen", "first": 1 });
            let page = app.call(face, Some(&reader), "list_artefacts", first).await.ok();
            assert_eq!(page["items"][0]["title"], "Asesmen A");
            let next = json!({ "q": "asesmen", "first": 1, "after": page["next"] });
            let page = app.call(face, Some(&reader), "list_artefacts", next).await.ok();
            assert_eq!((&page["items"][0]["title"], &page["next"]), (&json!("Asesmen B"), &Value::Null));
            let none = app.call(face, Some(&reader), "list_artefacts", json!({ "kind": "article" })).await.ok();
            assert_eq!(none["items"], json!([]));
            let theirs = json!({ "communityId": own.id, "subject": "Matematika", "level": "sd", "status": "published" });
            let theirs = app.call(face, Some(&reader), "list_artefacts", theirs).await.ok();
            assert_eq!(theirs["items"].as_array().unwrap().len(), 3);
        }
    }
}
