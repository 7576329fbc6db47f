//! Whose reports and appeals somebody may look after who goes by several names, and when a report that was closed opens
//! again; through both faces, on both engines.

use sanggar::access::grant::Grant;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    moderation::{because, call, decision, hide, listed, moderator, proposed, said, words, wrong},
    support::{Face, TestApp, circle::Circle},
};

both_engines! {
    async fn nobody_decides_or_reads_against_what_they_did_under_another_name(app: TestApp) {
        let circle = Circle::new(&app).await;
        let (near, chair, mine) = (moderator(&app, "m-1"), circle.teacher(circle.chair), circle.teacher(circle.observer));
        // Moderators who are members, too, under names that lead to no record.
        let also = |name: &str, person: Uuid| app.token_of(name, vec![Grant::moderator("32"), Grant::teacher(person)]);
        let (chair_also, member_also) = (also("m-7", circle.chair), also("m-8", circle.member));
        for face in Face::BOTH {
            let id = said(&circle, face, circle.member).await;
            hide(&app, face, &chair, &id).await;
            let made = call(&app, face, &circle.teacher(circle.member), "appeal_comment", words(&id)).await.ok();
            let waiting = listed(&app, face, &chair_also, "list_appeals", "open").await;
            assert_eq!((waiting.len(), &waiting[0]["ownDecision"]), (1, &json!(true)));
            let ruling = decision(&made["id"], "dismissed");
            assert_eq!(call(&app, face, &chair_also, "decide_appeal", ruling.clone()).await.refused(), "appeal_own_decision");
            assert_eq!(listed(&app, face, &near, "list_appeals", "open").await[0]["ownDecision"], false);
            call(&app, face, &near, "decide_appeal", ruling).await.ok();

            let anonymous = proposed(&circle, face, circle.member).await;
            let input = json!({ "title": "Pindah ke Jumat", "body": "Sabtu untuk keluarga.", "anonymous": false });
            let args = json!({ "id": circle.community, "input": input });
            let by_name = call(&app, face, &circle.teacher(circle.member), "create_proposal", args).await.ok()["id"].clone();
            for (proposal, refusal) in [(&anonymous, "report_own"), (&by_name, "not_found")] {
                let report = call(&app, face, &mine, "report_proposal", wrong(proposal, "abuse")).await.ok()["id"].clone();
                assert!(listed(&app, face, &member_also, "list_reports", "open").await.is_empty(), "{refusal}");
                assert_eq!(call(&app, face, &member_also, "get_report", json!({ "id": report })).await.refused(), "not_found");
                assert_eq!(call(&app, face, &member_also, "dismiss_report", because(&report, "Tidak")).await.refused(), refusal);
                assert_eq!(listed(&app, face, &chair_also, "list_reports", "open").await[0]["id"], report, "another moderator reads it");
                call(&app, face, &near, "dismiss_report", because(&report, "Usulan biasa")).await.ok();
            }
        }
    }

    async fn a_closed_report_opens_again_when_there_is_something_new_to_look_at(app: TestApp) {
        let circle = Circle::new(&app).await;
        let (first, second) = (moderator(&app, "m-1"), moderator(&app, "m-2"));
        let (mine, chair, author) = (circle.teacher(circle.observer), circle.teacher(circle.chair), circle.teacher(circle.member));
        for face in Face::BOTH {
            let ask = async |token: &str, operation: &str, args: Value| call(&app, face, token, operation, args).await;
            let stands = |report: &Value| [report["id"].clone(), report["status"].clone(), report["code"].clone(), report["version"].clone(), report["answer"].clone()];
            let id = said(&circle, face, circle.member).await;
            let made = ask(&mine, "report_comment", wrong(&id, "privacy")).await.ok();
            let is = |status: &str, code: &str, version: i64, answer: Value| [made["id"].clone(), json!(status), json!(code), json!(version), answer];
            hide(&app, face, &chair, &id).await;
            let told = ask(&mine, "report_comment", wrong(&id, "abuse")).await.ok();
            assert_eq!(stands(&told), is("settled", "privacy", 2, Value::Null), "what is hidden is not reported");
            ask(&chair, "restore_comment", because(&id, "Sudah dibahas")).await.ok();
            let anew = json!({ "id": id, "input": { "code": "abuse", "words": "Sekarang menghina." } });
            let told = ask(&mine, "report_comment", anew).await.ok();
            assert_eq!((stands(&told), &told["words"]), (is("open", "abuse", 3, Value::Null), &json!("Sekarang menghina.")));
            let open = listed(&app, face, &chair, "list_reports", "open").await;
            assert_eq!((open.len(), &open[0]["words"]), (1, &json!("Sekarang menghina.")));
            ask(&chair, "dismiss_report", because(&made["id"], "Tokoh buku")).await.ok();
            let told = ask(&mine, "report_comment", wrong(&id, "privacy")).await.ok();
            assert_eq!(stands(&told), is("dismissed", "abuse", 4, json!("Tokoh buku")), "nothing has changed since");
            let version = ask(&author, "get_comment", json!({ "id": id })).await.ok()["version"].clone();
            ask(&author, "update_comment", json!({ "id": id, "version": version, "input": { "body": "Andi dan ibunya malas." } })).await.ok();
            let told = ask(&mine, "report_comment", wrong(&id, "privacy")).await.ok();
            assert_eq!(stands(&told), is("open", "privacy", 5, Value::Null));
            ask(&author, "withdraw_comment", json!({ "id": id })).await.ok();

            // Who hides what is their own settles nothing.
            let by_chair = said(&circle, face, circle.chair).await;
            let made = ask(&mine, "report_comment", wrong(&by_chair, "abuse")).await.ok();
            hide(&app, face, &chair, &by_chair).await;
            assert_eq!(listed(&app, face, &first, "list_reports", "open").await[0]["id"], made["id"]);
            ask(&first, "dismiss_report", because(&made["id"], "Sudah disembunyikan")).await.ok();

            let id = proposed(&circle, face, circle.member).await;
            let made = ask(&mine, "report_proposal", wrong(&id, "abuse")).await.ok();
            ask(&first, "remove_proposal", because(&id, "Menyerang ketua")).await.ok();
            assert_eq!(ask(&mine, "report_proposal", wrong(&id, "privacy")).await.ok()["status"], "settled");
            let appeal = ask(&author, "appeal_proposal", words(&id)).await.ok();
            ask(&second, "decide_appeal", decision(&appeal["id"], "upheld")).await.ok();
            let told = ask(&mine, "report_proposal", wrong(&id, "privacy")).await.ok();
            assert_eq!(stands(&told), [made["id"].clone(), json!("open"), json!("privacy"), json!(3), Value::Null]);
            ask(&first, "dismiss_report", because(&made["id"], "Usulan biasa")).await.ok();
        }
    }
}
