//! A person's own copy of what is held on them, and what erasure leaves of it; through both faces, on both engines.

use std::collections::{BTreeMap, BTreeSet};

use entity::{
    account, account_identity, appeal, artefact_review, article, browser_session, calendar_feed,
    certificate_payload, chapter_note, coaching, comment, comment_mention, comment_reaction, competence,
    enrolment, idempotency_key, learning_evidence, learning_goal, learning_plan, learning_reflection,
    membership, observation, person, proposal, proposal_vote, report, resource_person, role_grant,
};
use sanggar::{
    access::{grant::Grant, oauth_scope::OAuthScope, veil::Veil},
    foundation::id::global,
    privacy::register::{erase, sections},
};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, TransactionTrait};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    support::{
        Face, TestApp,
        app::start,
        circle::Circle,
        directory::put,
        identity::{Through, all_but, every_scope},
        own_rows::{article_row, feed_row, learning_goal_row, learning_plan_row, learning_reflection_row},
        rows::{
            activity_row, artefact_row, artefact_version_row, certificate_row, membership_row,
            observation_row, organisation_row, program_row, reading_row,
        },
        voice::{appeal_row, comment_row, named, proposal_row, report_row},
    },
};

/// Stands in every text that is the teacher's own, and nowhere else.
const CANARY: &str = "Burung Kenari Kuning";
/// Stands in what opens something of theirs.
const SECRET: &str = "rahasia-kunci-perak";

fn canary() -> String {
    format!("{CANARY} bernyanyi.")
}

/// What the teacher has in rooms where only their own rows are needed; answers how they sign in.
async fn settled(circle: &Circle<'_>, teacher: Uuid) -> Through {
    let (app, id) = (circle.app, Uuid::now_v7);
    let (plan, goal) = (id(), id());
    put(app, learning_plan::Model { period: CANARY.to_owned(), ..learning_plan_row(plan, teacher) }).await;
    put(app, learning_goal::Model { text: canary(), ..learning_goal_row(goal, plan, teacher) }).await;
    let reflection = learning_reflection_row(id(), plan, teacher);
    put(app, learning_reflection::Model { text: canary(), ..reflection }).await;
    let evidence = learning_evidence::Model {
        id: id(),
        plan_id: plan,
        person_id: teacher,
        goal_id: Some(goal),
        certificate_id: None,
        activity_id: None,
        artefact_id: None,
        url: Some("https://contoh.id/bukti".to_owned()),
        text: canary(),
        created_at: start(),
    };
    put(app, evidence).await;
    put(app, calendar_feed::Model { label: Some(canary()), ..feed_row(id(), teacher) }).await;
    let grants = [Grant::teacher(teacher), Grant::principal(circle.country.bandung, Some(teacher))];
    let through = app.through_app(&grants, &every_scope(), true).await;
    let change = account::ActiveModel {
        name: sea_orm::ActiveValue::Set(CANARY.to_owned()),
        password_hash: sea_orm::ActiveValue::Set(Some(SECRET.to_owned())),
        ..Default::default()
    };
    let update = account::Entity::update_many().set(change).filter(account::Column::Id.eq(through.account));
    update.exec(app.services.store.writer()).await.unwrap();
    let session = browser_session::Model {
        hash: SECRET.to_owned(),
        account_id: through.account,
        stage: "signed_in".to_owned(),
        csrf: SECRET.to_owned(),
        second_factor: false,
        totp_sealed: Some(SECRET.to_owned()),
        created_at: start(),
        seen_at: start(),
        expires_at: start(),
        ended_at: None,
    };
    put(app, session).await;
    let linked = account_identity::Model {
        id: id(),
        account_id: through.account,
        provider: "belajar".to_owned(),
        issuer: "https://belajar.example".to_owned(),
        subject: CANARY.to_owned(),
        linked_at: start(),
        used_at: start(),
    };
    put(app, linked).await;
    let answer = idempotency_key::Model {
        caller: format!("0123 {}", through.account),
        key: "kunci".to_owned(),
        request_hash: String::new(),
        response: json!({ "name": CANARY }),
        created_at: start(),
    };
    put(app, answer).await;
    through
}

/// What the teacher has among others.
async fn among_others(circle: &Circle<'_>, teacher: Uuid) {
    let (app, id, community) = (circle.app, Uuid::now_v7, circle.community);
    let joined = membership_row(id(), community, teacher);
    put(app, membership::Model { message: Some(canary()), ..joined }).await;
    let said = id();
    put(app, comment::Model { body: canary(), ..comment_row(said, community, teacher) }).await;
    put(app, appeal::Model { words: canary(), ..appeal_row(id(), community, said) }).await;
    let others = id();
    let body = "Terima kasih.".to_owned();
    put(app, comment::Model { body, ..comment_row(others, community, circle.member) }).await;
    put(app, comment_mention::Model { comment_id: others, person_id: teacher }).await;
    let reaction = comment_reaction::Model {
        comment_id: others,
        kind: "like".to_owned(),
        person_id: teacher,
        reacted_at: start(),
    };
    put(app, reaction).await;
    let seen = observation_row(id(), community, circle.observer, teacher);
    let text = || Some(canary());
    put(
        app,
        observation::Model {
            focus: canary(),
            evidence: text(),
            feedback: text(),
            reflection: text(),
            ..seen
        },
    )
    .await;
    let by_them = observation_row(id(), community, teacher, circle.observed);
    put(app, observation::Model { reflection: Some("Milik Siti sendiri.".to_owned()), ..by_them }).await;
    let meeting = id();
    put(app, activity_row(meeting, community, start())).await;
    put(app, article::Model { why: canary(), ..article_row(id(), community, meeting, teacher) }).await;
    let coached = coaching::Model {
        activity_id: meeting,
        coach_id: circle.chair,
        coachee_id: teacher,
        focus: canary(),
        next_steps: text(),
        coach_shared_at: None,
        coachee_shared_at: None,
        version: 1,
        created_at: start(),
        updated_at: start(),
    };
    put(app, coached).await;
    let reading = id();
    put(app, reading_row(reading, community)).await;
    let note = chapter_note::Model {
        id: id(),
        reading_id: reading,
        chapter: 1,
        person_id: teacher,
        text: canary(),
        version: 1,
        created_at: start(),
        updated_at: start(),
    };
    put(app, note).await;
    let artefact = id();
    put(app, artefact_row(artefact, community, "32.73.01")).await;
    put(app, artefact_version_row(artefact, circle.member)).await;
    let review = artefact_review::Model {
        artefact_id: artefact,
        number: 1,
        reviewer_id: teacher,
        verdict: "approved".to_owned(),
        comment: text(),
        created_at: start(),
    };
    put(app, review).await;
}

/// Their enrolment, their certificate, and them as a resource person.
async fn trained(circle: &Circle<'_>, teacher: Uuid) -> Uuid {
    let (app, id) = (circle.app, Uuid::now_v7);
    let (batch, _) = circle.country.batch(app, "Angkatan Kenari").await;
    let applied = circle.country.enrolment(app, batch, teacher, "withdrawn").await;
    let change =
        enrolment::ActiveModel { reason: sea_orm::ActiveValue::Set(Some(canary())), ..Default::default() };
    let update = enrolment::Entity::update_many().set(change).filter(enrolment::Column::Id.eq(applied));
    update.exec(app.services.store.writer()).await.unwrap();
    let (provider, program, certificate, speaker) = (id(), id(), id(), id());
    put(app, organisation_row(provider, "KENARI")).await;
    put(app, program_row(program, provider)).await;
    put(app, certificate_row(certificate, teacher, program, provider)).await;
    let proof = certificate_payload::Model {
        certificate_id: certificate,
        payload: "{}".to_owned(),
        hash: "0".repeat(64),
        jws: "kepala.isi.tanda".to_owned(),
        kid: "k".to_owned(),
    };
    put(app, proof).await;
    let row = resource_person::Model {
        id: speaker,
        person_id: teacher,
        organisation_id: None,
        biography: Some(canary()),
        version: 1,
        created_at: start(),
        updated_at: start(),
    };
    put(app, row).await;
    let claimed = competence::Model {
        id: id(),
        resource_person_id: speaker,
        program_id: program,
        evidence: canary(),
        evidence_url: None,
        status: "claimed".to_owned(),
        reason: None,
        decided_by: None,
        decided_at: None,
        version: 1,
        created_at: start(),
        updated_at: start(),
    };
    put(app, claimed).await;
    certificate
}

/// The sections of a copy by their names, each with its rows as they are stored.
type Sections = BTreeMap<String, Vec<Value>>;

async fn copy(app: &TestApp, face: Face, token: &str, id: Uuid) -> (Sections, String) {
    if face == Face::Rest {
        let path = format!("/v1/persons/{id}/personal-data");
        let answer = app.request(reqwest::Method::GET, &path, Some(token)).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        assert_eq!(answer.headers()["cache-control"], "no-store");
        assert!(answer.headers()["content-disposition"].to_str().unwrap().starts_with("attachment"));
        let text = answer.text().await.unwrap();
        let whole: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(whole["personId"], id.to_string());
        assert!(whole["finishedAt"].is_string() && whole["note"].as_str().unwrap().len() > 50, "{whole}");
        let sections = whole["sections"].as_array().unwrap().iter();
        let copy = sections.map(|section| {
            assert!(section["explanation"].as_str().unwrap().len() > 5, "{section}");
            (section["name"].as_str().unwrap().to_owned(), section["rows"].as_array().unwrap().clone())
        });
        return (copy.collect(), text);
    }
    let query =
        "query($id: ID!) { personalData(id: $id) { sections { name rows(first: 100) { rows next } } } }";
    let answer = app.graphql(Some(token), query, json!({ "id": global("Person", &id.to_string()) })).await;
    let sections =
        answer["data"]["personalData"]["sections"].as_array().unwrap_or_else(|| panic!("{answer}"));
    let copy = sections.iter().map(|section| {
        let rows = section["rows"]["rows"].as_array().unwrap().iter();
        let rows = rows.map(|row| serde_json::from_str(row.as_str().unwrap()).unwrap()).collect();
        (section["name"].as_str().unwrap().to_owned(), rows)
    });
    (copy.collect(), answer.to_string())
}

both_engines! {
    async fn a_person_gets_all_that_is_held_on_them_and_nothing_of_others(app: TestApp) {
        let circle = Circle::new(&app).await;
        let teacher = circle.person("Kenari Lestari").await;
        let through = settled(&circle, teacher).await;
        among_others(&circle, teacher).await;
        let certificate = trained(&circle, teacher).await;
        let contact = person::ActiveModel { phone: sea_orm::ActiveValue::Set(Some("+6281299990000".to_owned())), ..Default::default() };
        let update = person::Entity::update_many().set(contact).filter(person::Column::Id.ne(teacher));
        update.exec(app.services.store.writer()).await.unwrap();
        for face in Face::BOTH {
            let (copy, text) = copy(&app, face, &through.token, teacher).await;
            let names: BTreeSet<&str> = sections().iter().map(|section| section.name).collect();
            assert_eq!(copy.keys().map(String::as_str).collect::<BTreeSet<_>>(), names, "{face:?}");
            assert_eq!(copy["person"][0]["name"], "Kenari Lestari");
            assert_eq!(copy["certificates"][0]["id"], certificate.to_string());
            assert_eq!(copy["certificate_proofs"][0]["jws"], "kepala.isi.tanda");
            assert_eq!(copy["enrolments"].len(), 1);
            assert_eq!((copy["comments"].len(), &copy["comments"][0]["body"]), (1, &json!(canary())));
            assert_eq!(copy["learning_reflections"][0]["text"], canary());
            assert_eq!(copy["roles"][0]["role"], "principal");
            assert_eq!((copy["accounts"].len(), copy["app_consents"].len()), (1, 1));
            assert_eq!((copy["mentions"].len(), copy["reactions"].len(), copy["appeals"].len()), (1, 1, 1));
            assert_eq!(copy["observations_of_me"][0]["reflection"], canary());
            assert!(copy["observations_by_me"][0].get("reflection").is_none());
            assert!(copy["votes"].is_empty() && copy["offices"].is_empty());
            for other in ["Ketua", "Budi", "Siti sendiri", "Dewi", "+6281299990000", "Terima kasih", SECRET] {
                assert!(!text.contains(other), "{face:?}: {other} is in it");
            }
        }
    }

    async fn nobody_else_gets_it_whatever_their_role(app: TestApp) {
        let circle = Circle::new(&app).await;
        let teacher = circle.member;
        for face in Face::BOTH {
            let ask = async |token: Option<&str>, id: Uuid| app.call(face, token, "get_personal_data", json!({ "id": id })).await;
            let unknown = app.token(Grant::principal(circle.country.bandung, None));
            for token in [app.ministry(), app.token(Grant::regional_officer("32")), unknown] {
                assert_eq!(ask(Some(&token), teacher).await.refused(), "forbidden", "{face:?}");
            }
            let principal = app.token(Grant::principal(circle.country.bandung, Some(circle.chair)));
            for token in [principal, circle.teacher(circle.observer)] {
                assert_eq!(ask(Some(&token), teacher).await.refused(), "not_found", "{face:?}");
            }
            assert_eq!(ask(Some(&circle.teacher(teacher)), Uuid::now_v7()).await.refused(), "not_found");
            assert_eq!(ask(None, teacher).await.refused(), "unauthenticated");
            let narrow = app.app_token(&[Grant::teacher(teacher)], all_but(OAuthScope::PersonalDataRead)).await;
            assert_eq!(ask(Some(&narrow), teacher).await.refused(), "insufficient_scope");
        }
        let path = "/v1/persons/nobody/personal-data";
        assert_eq!(app.get(path, Some(&circle.teacher(teacher))).await.0, 400);
    }

    async fn what_was_done_anonymously_is_found_for_its_author_alone(app: TestApp) {
        let circle = Circle::new(&app).await;
        let (veil, teacher, community) = (Veil::new(&app.services.keyring), circle.member, circle.community);
        for (nth, author) in [teacher, circle.chair, circle.observer].into_iter().enumerate() {
            let (id, said) = (Uuid::now_v7(), Uuid::now_v7());
            let row = proposal_row(id, community, author);
            let title = format!("Usul {nth}");
            put(&app, proposal::Model { title, anonymous: true, author_id: None, author_sealed: Some("veil1.x.y".to_owned()), author_mark: Some(veil.mark(id, author)), ..row }).await;
            put(&app, proposal_vote::Model { proposal_id: id, voter_mark: veil.voter(id, author), choice: "for".to_owned() }).await;
            put(&app, comment_row(said, community, circle.observed)).await;
            let row = report_row(Uuid::now_v7(), community, said);
            put(&app, report::Model { reporter_mark: veil.reporter(said, author), words: Some(format!("Laporan {nth}")), ..row }).await;
        }
        for face in Face::BOTH {
            let (copy, text) = copy(&app, face, &circle.teacher(teacher), teacher).await;
            assert_eq!((copy["anonymous_proposals"].len(), &copy["anonymous_proposals"][0]["title"]), (1, &json!("Usul 0")));
            assert_eq!((copy["votes"].len(), &copy["votes"][0]["choice"]), (1, &json!("for")));
            assert_eq!((copy["reports"].len(), &copy["reports"][0]["words"]), (1, &json!("Laporan 0")));
            assert!(!text.contains("_mark") && !text.contains("veil1"), "{text}");
        }
    }

    async fn a_long_section_is_read_page_by_page(app: TestApp) {
        let circle = Circle::new(&app).await;
        for nth in 0..205 {
            let row = comment_row(Uuid::now_v7(), circle.community, circle.member);
            put(&app, comment::Model { body: format!("Ucapan {nth}"), ..row }).await;
        }
        let token = circle.teacher(circle.member);
        let (whole, _) = copy(&app, Face::Rest, &token, circle.member).await;
        assert_eq!(whole["comments"].len(), 205);
        let query = "query($id: ID!, $after: String) { personalData(id: $id) { sections(names: [\"comments\"]) { rows(first: 90, after: $after) { rows next } } } }";
        let (mut found, mut after) = (Vec::new(), Value::Null);
        for _ in 0..4 {
            let variables = json!({ "id": global("Person", &circle.member.to_string()), "after": after });
            let answer = app.graphql(Some(&token), query, variables).await;
            let page = answer["data"]["personalData"]["sections"][0]["rows"].clone();
            found.extend(page["rows"].as_array().unwrap_or_else(|| panic!("{answer}")).iter().cloned());
            after = page["next"].clone();
            if after.is_null() {
                break;
            }
        }
        let rows: Vec<Value> = found.iter().map(|row| serde_json::from_str(row.as_str().unwrap()).unwrap()).collect();
        assert_eq!(rows, whole["comments"]);
        let wrong = query.replace("comments", "secrets");
        let answer = app.graphql(Some(&token), &wrong, json!({ "id": global("Person", &circle.member.to_string()) })).await;
        assert_eq!(answer["errors"][0]["extensions"]["errors"][0]["code"], "personal_data_section_unknown", "{answer}");
    }

    async fn the_copy_tells_what_its_person_did_and_what_was_done_to_their_record(app: TestApp) {
        let circle = Circle::new(&app).await;
        let (token, ministry) = (circle.teacher(circle.member), app.ministry());
        let plan = json!({ "input": { "period": "2031" } });
        app.call(Face::Rest, Some(&token), "create_learning_plan", plan).await.ok();
        for (person, phone) in [(circle.member, "+6281211112222"), (circle.chair, "+6281233334444")] {
            let change = json!({ "id": person, "version": 1, "input": { "phone": phone } });
            app.call(Face::Rest, Some(&ministry), "update_person", change).await.ok();
        }
        for face in Face::BOTH {
            let (copy, _) = copy(&app, face, &token, circle.member).await;
            assert_eq!((copy["deeds"].len(), &copy["deeds"][0]["action"]), (1, &json!("learning_plan.create")));
            let history = &copy["record_history"];
            assert_eq!((history.len(), &history[0]["action"]), (1, &json!("person.update")), "{history:?}");
            assert_eq!(history[0]["subjects"][0][2], circle.member.to_string());
            assert!(history[0].get("hash").is_none());
        }
    }

    async fn erasure_leaves_no_word_of_theirs_and_takes_nobody_elses(app: TestApp) {
        let circle = Circle::new(&app).await;
        let teacher = circle.person("Seorang Guru").await;
        let through = settled(&circle, teacher).await;
        among_others(&circle, teacher).await;
        trained(&circle, teacher).await;
        let nobody = Uuid::now_v7();
        let planted = named(&app, nobody, CANARY).await;
        assert!(planted.len() >= 18, "{planted:?}");
        let before = comment::Entity::find().count(app.services.store.reader()).await.unwrap();

        let writing = app.services.store.writer().begin().await.unwrap();
        let gone = erase(&writing, teacher, &[through.account]).await.unwrap();
        writing.commit().await.unwrap();

        assert_eq!(named(&app, nobody, CANARY).await, BTreeMap::new(), "{gone:?}");
        assert_eq!(named(&app, nobody, SECRET).await, BTreeMap::new());
        assert!(gone.iter().any(|one| (one.table, one.rows) == ("learning_goal", 1)), "{gone:?}");
        let db = app.services.store.reader();
        assert_eq!(comment::Entity::find().count(db).await.unwrap(), before, "a comment has its place");
        let theirs = comment::Entity::find().filter(comment::Column::AuthorId.eq(teacher)).one(db).await.unwrap().unwrap();
        assert_eq!((theirs.status.as_str(), theirs.body.as_str(), theirs.version), ("withdrawn", "", 2));
        assert_eq!(account::Entity::find_by_id(through.account).count(db).await.unwrap(), 0);
        let role = role_grant::Column::PersonId.eq(teacher);
        assert_eq!(role_grant::Entity::find().filter(role).count(db).await.unwrap(), 0);
        // What the registry proves stays, and colleagues still read what is theirs.
        assert_eq!(enrolment::Entity::find().filter(enrolment::Column::PersonId.eq(teacher)).count(db).await.unwrap(), 1);
        let listed = circle.ask(Face::Rest, circle.member, "list_comments", json!({ "id": circle.community, "subjectKind": "community", "subjectId": circle.community })).await;
        assert!(listed.data.to_string().contains("Terima kasih"), "{:?}", listed.data);
        let seen = observation::Entity::find().filter(observation::Column::ObservedId.eq(teacher)).one(db).await.unwrap().unwrap();
        let shown = circle.ask(Face::Rest, circle.observer, "get_observation", json!({ "id": seen.id })).await.ok();
        assert_eq!((&shown["focus"], &shown["ratings"]), (&json!(""), &json!([])));
        // A second time there is nothing left that goes.
        let writing = app.services.store.writer().begin().await.unwrap();
        let again = erase(&writing, teacher, &[through.account]).await.unwrap();
        writing.rollback().await.unwrap();
        assert!(!again.iter().any(|one| one.table.starts_with("learning_") || one.table == "account"), "{again:?}");
    }
}
