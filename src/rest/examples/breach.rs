//! Bodies of the commands about breaches.

use serde_json::{Value, json};

/// The body of a command about breaches; none for others.
pub(super) fn command(id: &str) -> Option<Value> {
    let body = match id {
        "record_breach" => json!({ "title": "Laptop dinas hilang",
            "whatHappened": "Laptop berisi salinan daftar peserta pelatihan hilang di kereta.",
            "discoveredAt": "2026-11-23T01:00:00Z", "occurredFrom": "2026-11-22T09:00:00Z",
            "dataClasses": ["identity", "contact"], "cause": "lost_device", "personsEstimated": 120,
            "regionCodes": ["32.73"], "consequences": "Nomor telepon dapat dipakai untuk penipuan.",
            "measures": "Kunci akses perangkat dicabut.", "contact": "Pejabat PDP, pdp@contoh.go.id" }),
        "update_breach" => json!({ "personsEstimated": 118 }),
        "contain_breach" => json!({ "containedAt": "2026-11-23T01:30:00Z" }),
        "notify_breach_authority" => json!({ "notifiedAt": "2026-11-23T01:45:00Z", "channel": "letter",
            "reference": "PDP/2026/0117" }),
        "notify_breach_persons" => {
            json!({ "notifiedAt": "2026-11-23T01:50:00Z", "channel": "email", "persons": 120 })
        }
        "close_breach" => json!({ "lessons": "Daftar peserta tidak lagi disimpan di perangkat." }),
        "reopen_breach" => json!({ "reason": "Salinan kedua ditemukan." }),
        _ => return None,
    };
    Some(body)
}
