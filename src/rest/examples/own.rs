//! Bodies of commands about what is particular to activities, about own learning, and about moderation.

use serde_json::{Value, json};

use super::id_of;

/// The body of one of these commands.
pub(super) fn command(id: &str) -> Option<Value> {
    let known = |noun| id_of(noun).unwrap_or_default();
    Some(match id {
        "describe_activity" => {
            json!({ "meeting": { "agenda": ["Hasil asesmen kelas 4", "Rencana semester genap"] } })
        }
        "record_coaching" => json!({ "coachId": known("person"), "coacheeId": known("other_person"),
            "focus": "Memberi umpan balik yang memandu" }),
        "share_article" => json!({ "title": "Umpan balik yang memandu", "authors": ["Rahmat Hidayat"],
            "url": "https://contoh.id/umpan-balik", "why": "Menjelaskan kapan pujian justru menghentikan belajar." }),
        "create_learning_plan" => json!({ "period": "2028" }),
        "create_learning_goal" => {
            json!({ "competency": "K1", "text": "Setiap murid saya bertanya sekali seminggu.",
            "dueOn": "2027-06-30" })
        }
        "update_learning_goal" => json!({ "dueOn": "2027-05-31" }),
        "settle_learning_goal" => json!({ "status": "reached" }),
        "add_learning_evidence" => {
            json!({ "url": "https://contoh.id/portofolio", "text": "Rekaman kuis yang disusun murid bersama saya." })
        }
        "record_self_assessment" => json!({ "competency": "K1", "level": 2 }),
        "write_learning_reflection" | "update_learning_reflection" => {
            json!({ "text": "Saya belajar menunggu sebelum menjawab." })
        }
        "share_learning_goal"
        | "unshare_learning_goal"
        | "share_learning_reflection"
        | "unshare_learning_reflection" => {
            json!({ "communityId": known("community") })
        }
        "register_oauth_client" => json!({ "name": "Aplikasi Guru", "kind": "public",
            "redirectUris": ["id.contoh.aplikasi:/callback", "http://127.0.0.1/callback"],
            "grantTypes": ["authorization_code", "refresh_token"], "scopes": ["certificates_read", "trainings_read"],
            "authMethod": "none", "contact": "tim.aplikasi@contoh.id", "homepage": "https://aplikasi.contoh.id",
            "policyUri": "https://aplikasi.contoh.id/privasi", "pending": true }),
        "update_oauth_client" => json!({ "contact": "tim.integrasi@contoh.id" }),
        "refuse_oauth_client" => json!({ "reason": "Kebijakan privasinya belum dapat dibaca." }),
        "suspend_oauth_client" => json!({ "reason": "Kunci aplikasi ini diduga bocor." }),
        "create_oauth_client_secret" => json!({ "days": 180 }),
        "give_sharing_consent" => {
            json!({ "purpose": "name_on_verification", "edition": 1, "language": "id" })
        }
        "set_restriction" => json!({ "reason": "Tanggal lahir pada data ini sedang diperiksa." }),
        "lift_restriction" => json!({ "reason": "Pemeriksaan selesai." }),
        "appeal_comment" | "appeal_proposal" => {
            json!({ "words": "Saya tidak menyebut nama; contoh ini dari buku." })
        }
        "decide_appeal" => json!({ "outcome": "upheld", "reason": "Tidak ada nama yang disebut" }),
        "report_comment" | "report_proposal" => {
            json!({ "code": "privacy", "words": "Menyebut nama murid saya" })
        }
        "dismiss_report" => json!({ "reason": "Tidak ada yang disebut namanya" }),
        "invite_account" => json!({ "login": "siti.aminah", "name": "Siti Aminah",
            "email": "siti.aminah@contoh.sch.id" }),
        "block_account" => json!({ "reason": "Pindah tugas; akun tidak lagi diperlukan." }),
        "remove_account_second_factor" => {
            json!({ "reason": "Ponsel hilang; identitas diperiksa melalui panggilan video." })
        }
        "mark_article" => json!({ "read": true }),
        _ => return None,
    })
}
