//! How every operation is called.

use serde_json::{Value, json};

use super::{land::Side, operations::Operation, rows::audit_seq};
use crate::support::{Face, face::dummy_args};

/// Arguments that name what is there. Versions are stale, so that a permitted change changes nothing.
pub fn args(operation: &Operation, side: &Side, face: Face, nth: usize) -> Value {
    let (name, _, thing) = *operation;
    let id = side.id(thing);
    let input = match name {
        "get_retention_rules" => return json!({}),
        "start_import" => return dummy_args(name, face).unwrap(),
        "get_audit_entry" => return json!({ "seq": audit_seq(side) }),
        "create_organisation" => {
            json!({ "code": format!("BARU-{nth}"), "kind": "company", "name": "Baru", "regionCode": side.region })
        }
        "invite_account" => json!({
            "login": format!("baru-{nth}"), "name": "Baru", "email": "baru@contoh.sch.id", "personId": side.trainer
        }),
        "create_person" => {
            json!({ "kind": "teacher", "name": "Baru", "employment": "pns", "schoolId": side.school })
        }
        "create_resource_person" => json!({ "personId": side.trainer, "organisationId": side.organisation }),
        "create_program" => json!({
            "providerId": side.organisation, "code": format!("BARU-{nth}"), "title": "Baru", "form": "in_service",
            "hoursJp": 8, "attendancePercent": 80
        }),
        "create_batch" => json!({
            "programId": id, "name": format!("Baru {nth}"), "regionCode": side.region, "place": "Aula",
            "startsOn": "2026-04-01", "endsOn": "2026-04-02", "registrationOpensAt": "2026-03-03T00:00:00Z",
            "registrationClosesAt": "2026-03-20T00:00:00Z", "capacity": 10
        }),
        "create_session" => json!({
            "title": "Baru", "startsAt": "2026-03-05T01:00:00Z", "endsAt": "2026-03-05T02:00:00Z",
            "timezone": "Asia/Jakarta"
        }),
        "create_credit_scheme" => json!({
            "programId": id, "code": format!("BARU-{nth}"), "cycleDays": 90, "effectiveFrom": "2026-01-01",
            "components": [{ "code": "IN", "title": "Pertemuan", "kinds": ["meeting"], "mode": "any",
                "required": 2, "jpEach": 4, "minMinutesPercent": 75 }]
        }),
        "update_credit_scheme" => json!({ "cycleDays": 100 }),
        "claim_credit" => json!({
            "personId": side.person, "schemeId": side.credit_scheme, "startsOn": "2026-01-01"
        }),
        "get_credit_statement" => {
            return json!({ "id": id, "personId": side.person, "schemeId": side.credit_scheme });
        }
        "create_meeting_series" | "preview_meeting_series" => json!({
            "title": "Rutin", "kind": "meeting", "mode": "online", "startsAt": "2026-03-14T09:00:00",
            "timezone": "Asia/Jakarta", "minutes": 60, "rule": "FREQ=MONTHLY;BYDAY=2SA"
        }),
        "end_meeting_series" => json!({ "from": "2027-01-01" }),
        "give_role_grant" => json!({
            "accountId": side.account, "role": "provider_staff", "organisationId": side.organisation,
            "reason": "SK 1/2026"
        }),
        "request_erasure" => json!({ "personId": side.person, "reason": "Surat 12/X/2026" }),
        "reject_erasure" => json!({ "reason": " " }),
        "record_breach" => json!({
            "title": "Laptop hilang", "whatHappened": "Hilang di kereta.", "discoveredAt": "2026-03-01T00:00:00Z",
            "dataClasses": ["identity"], "cause": "lost_device", "personsEstimated": 10
        }),
        "update_breach" => json!({ "personsEstimated": 12 }),
        "contain_breach" => json!({ "containedAt": "2026-03-01T00:00:00Z" }),
        "notify_breach_authority" | "notify_breach_persons" => json!({ "notNeededBecause": "Tersandi." }),
        "close_breach" => json!({ "lessons": "Jangan dibawa pulang." }),
        // Words of an edition that there is not, and no reason: who may is told so, and everything stays for the others.
        "give_sharing_consent" => {
            json!({ "purpose": "name_on_verification", "edition": 99, "language": "id" })
        }
        "set_restriction" | "lift_restriction" => json!({ "reason": " " }),
        "withdraw_role_grant" => json!({ "reason": "Pindah tugas." }),
        // Without a reason: who may is told so, and nothing is asked for.
        "request_correction" => json!({ "words": "Keliru.", "reason": " " }),
        "accept_correction" | "reject_correction" => json!({ "reason": " " }),
        "create_calendar_feed" => json!({ "label": "Ponsel" }),
        "update_organisation" | "update_person" => json!({ "name": "Lain" }),
        "update_batch" => json!({ "place": "Lain" }),
        "update_program" | "update_session" | "update_meeting_series" => json!({ "title": "Lain" }),
        "update_school" => json!({ "phone": "+62224203520" }),
        "merge_person" => json!({ "intoId": id, "reason": "Terdaftar dua kali." }),
        "claim_competence" => json!({ "programId": side.program, "evidence": "Bukti baru" }),
        "assign_session_teacher" | "unassign_session_teacher" => json!({ "resourcePersonId": side.speaker }),
        "apply_enrolment" => return json!({ "id": side.batch, "input": { "personId": side.person } }),
        "record_attendance" => json!({ "entries": [{ "enrolmentId": side.enrolment, "minutes": 10 }] }),
        "score_enrolment" => json!({ "score": 80 }),
        "extend_batch" => {
            json!({ "registrationClosesAt": "2026-03-15T00:00:00Z", "reason": "Kursi masih ada." })
        }
        "create_artefact" => json!({
            "kind": "lesson_plan", "title": format!("Baru {nth}"), "licence": "cc_by", "body": "Isi"
        }),
        "update_artefact" => json!({ "title": "Lain" }),
        "revise_artefact" => json!({ "body": "Isi baru" }),
        "review_artefact" => json!({ "number": 99, "verdict": "approved" }),
        "publish_artefact" => json!({ "audience": "community" }),
        "fork_artefact" => return json!({ "id": side.artefact, "input": { "communityId": id } }),
        "issue_certificate" => return json!({ "input": { "enrolmentId": id } }),
        "create_activity" => json!({
            "kind": "meeting", "title": "Baru", "startsAt": "2026-03-05T01:00:00Z", "endsAt": "2026-03-05T02:00:00Z",
            "mode": "online"
        }),
        "update_activity" => json!({ "title": "Lain" }),
        "record_activity_attendance" => json!({ "entries": [{ "personId": side.person, "minutes": 10 }] }),
        "check_in_activity" => json!({ "code": "K7Q2M-9XWTR-4FDJC" }),
        "report_activity" => json!({ "notes": "Hasil" }),
        "create_activity_cost" => json!({ "what": "Fotokopi", "amountRupiah": 1, "paidBy": "members" }),
        "create_community" => json!({
            "kind": "kkg", "name": format!("Kelompok {nth}"), "anchor": "school", "schoolId": side.school,
            "openness": "open", "goals": "Belajar bersama.", "cadenceDays": 14, "chairId": side.person
        }),
        "update_community" => json!({ "name": "Lain" }),
        "invite_membership" => json!({ "personId": side.trainer }),
        // The last day lies before the first: who may is told so, and nothing changes.
        "appoint_office" => json!({
            "personId": side.person, "office": "secretary", "startsOn": "2026-03-02", "endsOn": "2026-03-01"
        }),
        "create_partner" => json!({
            "organisationId": side.organisation, "contribution": "place", "description": "Aula", "since": "2026-03-02"
        }),
        "update_partner" => json!({ "description": "Lain" }),
        "register_client_document" => json!({ "name": "Dokumen", "document": " " }),
        // Without a reason: who may is told so, and the community stays as it is for the others.
        "close_community" | "withdraw_artefact" => json!({ "reason": " " }),
        "refuse_membership" | "remove_membership" => json!({ "reason": "Alasan yang cukup panjang." }),
        "create_observation_instrument" => {
            json!({ "communityId": id, "code": format!("BARU-{nth}"), "title": "Baru",
            "criteria": [{ "code": "A", "text": "A", "look": "A", "levels": ["Belum", "Sudah"] }] })
        }
        "plan_observation" => {
            json!({ "observerId": side.person, "observedId": side.colleague, "focus": "Bertanya",
            "lessonAt": "2026-03-20T00:00:00Z", "subject": "IPA", "grade": "4" })
        }
        "update_observation_instrument" => json!({ "title": "Lain" }),
        "update_observation" => json!({ "grade": "5" }),
        "record_observation" => json!({ "evidence": "Tiga murid bertanya." }),
        "give_observation_feedback" => json!({ "feedback": "Beri waktu." }),
        "reflect_observation" => json!({ "reflection": "Ya." }),
        "create_book_reading" => json!({ "book": { "title": "Buku", "authors": ["Penulis"],
            "chapters": [{ "number": 1, "title": "Satu" }] } }),
        "create_learning_goal" => json!({ "text": "Bertanya." }),
        "update_learning_goal" | "update_learning_reflection" => json!({ "text": "Kata lain." }),
        "settle_learning_goal" => json!({ "status": "open" }),
        "add_learning_evidence" => json!({ "url": "https://contoh.id", "text": "Rekaman." }),
        "record_self_assessment" => json!({ "competency": "K1", "level": 2 }),
        "write_learning_reflection" => json!({ "text": "Menunggu." }),
        "share_learning_goal"
        | "share_learning_reflection"
        | "unshare_learning_goal"
        | "unshare_learning_reflection" => {
            json!({ "personId": side.trainer })
        }
        "describe_activity" => json!({ "meeting": { "agenda": ["Satu"] } }),
        "record_coaching" => {
            json!({ "coachId": side.colleague, "coacheeId": side.colleague, "focus": "Tenang" })
        }
        "share_article" => {
            json!({ "title": "Artikel", "authors": ["Penulis"], "url": "https://contoh.id", "why": "Ya." })
        }
        "mark_article" => json!({ "read": true }),
        "update_book_reading" => json!({ "schedule": [] }),
        "create_improvement" => {
            json!({ "title": format!("Baru {nth}"), "problem": "Masalah", "evidence": "Bukti",
            "measure": "Tuntas", "unit": "percent", "direction": "higher", "baseline": "40", "baselineOn": "2026-03-01",
            "target": "70" })
        }
        "update_improvement" => json!({ "title": "Lain" }),
        "agree_improvement" => {
            json!({ "strategy": "Cara", "ownerId": side.colleague, "dueOn": "2026-06-30" })
        }
        "note_improvement" => json!({ "progress": "Berjalan." }),
        "review_improvement" => json!({ "after": "60", "afterOn": "2026-03-02", "review": "Membaik." }),
        "close_improvement" => json!({ "note": "Selesai." }),
        "link_improvement" | "unlink_improvement" => json!({ "artefactId": side.artefact }),
        "write_chapter_note" => json!({ "chapter": 1, "text": "Ya." }),
        "mark_chapter" => json!({ "chapter": 1, "read": true }),
        // Nothing of it is sound: who may is told so, and everything stays as it is for the others.
        "create_recognition_scheme" => {
            json!({ "fromYear": 1, "description": "Ya", "criteria": [], "needed": 1 })
        }
        "update_recognition_scheme" => json!({ "needed": 1 }),
        "make_progress_note" => json!({ "month": "2030-01-01" }),
        "compute_award_round" => json!({ "regionCode": side.region, "year": 2090 }),
        "retract_award_round" | "raise_award_objection" => json!({ "reason": " " }),
        "decide_award_objection" => json!({ "outcome": "upheld", "answer": " " }),
        "create_comment" | "update_comment" => json!({ "body": "Ya." }),
        "react_comment" => json!({ "kind": "agree", "on": true }),
        "hide_comment" => json!({ "code": "abuse", "reason": "Kasar." }),
        "create_proposal" => json!({ "title": "Hari Kamis", "body": "Ya.", "anonymous": true }),
        "open_proposal_voting" => json!({ "closesAt": "2026-03-09T08:00:00Z", "quorumPercent": 50,
            "rule": "two_thirds" }),
        "vote_proposal" => json!({ "choice": "yes" }),
        "decide_proposal" => json!({ "decision": "Ya." }),
        "appeal_comment" | "appeal_proposal" => json!({ "words": "Tidak benar." }),
        "report_comment" | "report_proposal" => json!({ "code": "abuse" }),
        // Without a name: who may is told so, and no client is made.
        "register_oauth_client" => {
            json!({ "name": " ", "kind": "public", "authMethod": "none", "redirectUris": [],
            "grantTypes": ["authorization_code"], "scopes": ["certificates_read"], "contact": "tim@contoh.id" })
        }
        "update_oauth_client" => json!({ "name": "Lain" }),
        "refuse_oauth_client" | "suspend_oauth_client" => json!({ "reason": " " }),
        "create_oauth_client_secret" => json!({ "days": 30 }),
        "decide_appeal" => json!({ "outcome": "dismissed", "reason": "Kasar." }),
        "dismiss_report" => json!({ "reason": "Tidak apa-apa." }),
        "restore_comment"
        | "reopen_proposal"
        | "remove_proposal"
        | "unseal_proposal"
        | "block_account"
        | "remove_account_second_factor"
        | "cancel_observation"
        | "stop_book_reading"
        | "reopen_improvement"
        | "drop_improvement"
        | "refuse_competence"
        | "withdraw_competence"
        | "withdraw_enrolment"
        | "reject_enrolment"
        | "reopen_enrolment"
        | "unpublish_program"
        | "cancel_batch"
        | "cancel_activity"
        | "reopen_activity"
        | "reopen_breach"
        | "revoke_certificate" => json!({ "reason": "Alasan yang cukup panjang." }),
        _ => return json!({ "id": id }),
    };
    json!({ "id": id, "input": input, "version": 999 })
}
