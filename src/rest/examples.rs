//! Ids of the demo for the contract's examples, so that "Try it out" works on the demo as
//! it stands. The demo is the same every time; a test holds these to it and prints new ones.

mod breach;
mod own;
mod paths;
mod shown;

use serde_json::{Value, json};

use paths::noun_of_path;
pub use shown::{IDS, VERSIONS};

fn version_of(noun: &str) -> Option<i64> {
    VERSIONS.iter().find(|(name, _)| *name == noun).map(|(_, version)| *version)
}

fn id_of(noun: &str) -> Option<&'static str> {
    IDS.iter().find(|(name, _)| *name == noun).map(|(_, id)| *id)
}

/// What a field like `sourceBatchId` names.
fn noun_of_field(field: &str) -> Option<&'static str> {
    let noun = match field {
        "organisationId" | "providerId" => "organisation",
        "schoolId" => "school",
        "personId" | "intoId" | "holderId" => "person",
        "resourcePersonId" => "resource_person",
        "programId" => "program",
        "batchId" | "sourceBatchId" => "batch",
        "sessionId" => "session",
        "enrolmentId" => "enrolment",
        "certificateId" => "certificate",
        "artefactId" | "forkedFromId" => "artefact",
        "activityId" => "activity",
        "proposalId" => "proposal",
        "roundId" => "award_round",
        "entryId" => "award_entry",
        "seriesId" => "meeting_series",
        "instrumentId" | "supersedesId" => "observation_instrument",
        "observationId" => "observation",
        "articleId" => "article",
        "goalId" => "learning_goal",
        "planId" => "learning_plan",
        "evidenceId" => "learning_evidence",
        "readingId" => "book_reading",
        "improvementId" => "improvement",
        "schemeId" => "credit_scheme",
        "communityId" => "community",
        "membershipId" => "membership",
        _ => return None,
    };
    Some(noun)
}

/// Gives the parameters of an operation at `path` an example that works on the demo. What may be left
/// out has none: explorers send every example, and a filter or key nobody chose surprises.
pub fn parameters(path: &str, operation: &mut Value) {
    for parameter in operation.get_mut("parameters").and_then(Value::as_array_mut).into_iter().flatten() {
        let name = parameter["name"].as_str().unwrap_or_default().to_owned();
        let example = match (parameter["in"].as_str(), name.as_str()) {
            // Only its owner has one: no example can be anybody's.
            (Some("path"), "id")
                if ["/v1/calendar-feeds/", "/v1/app-authorizations/"]
                    .iter()
                    .any(|own| path.starts_with(own)) =>
            {
                Some("018be54e-5d00-7000-8000-000000000000".to_owned())
            }
            // The demo has no app that is pinned.
            (Some("path"), "id")
                if path.ends_with("/documents") || path.starts_with("/v1/client-documents/") =>
            {
                Some("018be54e-5d00-7000-8000-000000000001".to_owned())
            }
            (Some("path"), "id") if path.starts_with("/calendar/") => {
                Some("5d41402abc4b2a76b9719d911017c592ae2f8b10".to_owned())
            }
            (Some("path"), "id" | "verificationId") => noun_of_path(path).and_then(id_of).map(str::to_owned),
            (Some("query"), "schemeId") => id_of("credit_scheme").map(str::to_owned),
            (Some("path"), "code") => Some("32.73".to_owned()),
            (Some("path"), "npsn") => Some("99000001".to_owned()),
            (Some("header"), "If-Match") if parameter["required"] == true => {
                noun_of_path(path).and_then(version_of).map(|n| format!("\"v{n}\""))
            }
            _ => None,
        };
        if let Some(example) = example {
            parameter["example"] = json!(example);
        } else if parameter["required"] != true
            && let Some(parameter) = parameter.as_object_mut()
        {
            parameter.remove("example");
        }
    }
}

/// Gives a command one whole body that works on the demo as it stands.
pub fn body(operation: &mut Value) {
    let id = operation["operationId"].as_str().unwrap_or_default();
    if id == "start_import" {
        let file = "code,name\n34,DI Yogyakarta\n96,Papua Barat Daya\n";
        operation["requestBody"]["content"]["text/csv"]["example"] = json!(file);
        return;
    }
    let example = command(id);
    let content = operation.get_mut("requestBody").and_then(|body| body.get_mut("content"));
    let content = content.and_then(Value::as_object_mut);
    for (media, body) in content.into_iter().flatten() {
        if media.ends_with("json") {
            body["example"] = example.clone();
        }
    }
}

/// The body of a command; a command that takes no field takes `{}`.
fn command(id: &str) -> Value {
    if let Some(body) = own::command(id).or_else(|| breach::command(id)) {
        return body;
    }
    let known = |noun| id_of(noun).unwrap_or_default();
    match id {
        "create_meeting_series" | "preview_meeting_series" => {
            json!({ "title": "Pertemuan rutin KKG", "kind": "meeting",
            "mode": "face_to_face", "place": "SD Negeri 1 Kembangsari", "startsAt": "2027-07-10T09:00:00",
            "timezone": "Asia/Jakarta", "minutes": 150, "rule": "FREQ=MONTHLY;BYDAY=2SA",
            "pauses": [{ "from": "2027-12-20", "until": "2028-01-01", "reason": "Libur semester ganjil" }] })
        }
        "update_meeting_series" => json!({ "place": "SD Negeri 2 Kembangsari" }),
        "end_meeting_series" => {
            json!({ "from": "2027-05-01", "reason": "Diganti pertemuan per mata pelajaran" })
        }
        "create_calendar_feed" => json!({ "label": "Ponsel" }),
        "create_organisation" => json!({ "code": "BGTK-JABAR", "kind": "training_centre", "regionCode": "32",
            "name": "Balai Guru dan Tenaga Kependidikan Provinsi Jawa Barat" }),
        "give_role_grant" => json!({ "accountId": known("account"), "role": "provider_staff",
            "organisationId": known("organisation"), "reason": "SK Kepala Balai 800/123/2026",
            "expiresAt": "2028-12-31T17:00:00Z" }),
        "withdraw_role_grant" => json!({ "reason": "Pindah tugas ke kabupaten lain." }),
        "update_organisation" => json!({ "name": "Balai Besar Guru dan Tenaga Kependidikan Jawa Barat" }),
        "update_school" => json!({ "phone": "+62224203520", "email": "surat@contoh.sch.id" }),
        "create_person" => json!({ "kind": "teacher", "name": "Siti Aminah", "employment": "honorary",
            "schoolId": known("school"), "subject": "Matematika" }),
        "update_person" => json!({ "phone": "0812-3456-7890" }),
        "merge_person" => json!({ "intoId": known("other_person"),
            "reason": "NIK dan ijazah sama; data lama dari sekolah sebelumnya." }),
        "request_correction" => {
            json!({ "changes": { "name": "Siti Aminah, S.Pd.", "phone": "0812-3456-7890" },
            "words": "Nama di sertifikat saya juga kurang gelar.", "reason": "Sesuai KTP dan ijazah." })
        }
        "accept_correction" => json!({ "reason": "Sesuai dengan ijazah yang ditunjukkan." }),
        "reject_correction" => json!({ "reason": "Nama di ijazah tertulis seperti di data kami." }),
        "create_resource_person" => {
            json!({ "personId": known("person"), "biography": "Pelatih numerasi sejak 2015." })
        }
        "claim_competence" => {
            json!({ "programId": known("program"), "evidence": "Sertifikat pelatih nasional Numerasi 2025",
            "evidenceUrl": "https://contoh.id/portofolio" })
        }
        "refuse_competence" | "withdraw_competence" => {
            json!({ "reason": "Sertifikat yang dilampirkan sudah tidak berlaku." })
        }
        "create_program" => json!({ "providerId": known("organisation"), "code": "GB-NUMERASI",
            "title": "Guru Belajar: Seri Numerasi", "form": "in_service", "hoursJp": 32, "attendancePercent": 80,
            "minimumScore": 70, "competencies": ["K1", "K3"] }),
        "update_program" => {
            json!({ "description": "Peserta mencoba di kelas sendiri, lalu membahas hasilnya bersama." })
        }
        "create_batch" => json!({ "programId": known("program"), "name": "Angkatan 4", "regionCode": "32.73",
            "place": "Aula BGTK Jawa Barat, Bandung", "startsOn": "2027-02-06", "endsOn": "2027-02-20",
            "registrationOpensAt": "2026-12-01T00:00:00Z", "registrationClosesAt": "2027-01-25T00:00:00Z",
            "capacity": 30, "selection": "first_come", "costRupiah": 0 }),
        "update_batch" => json!({ "capacity": 24 }),
        "unpublish_program" => json!({ "reason": "Materinya masih akan diperbaiki" }),
        "extend_batch" => {
            json!({ "registrationClosesAt": "2026-12-30T00:00:00Z", "reason": "Masih ada kursi kosong" })
        }
        "cancel_batch" => json!({ "reason": "Narasumber berhalangan" }),
        "create_session" => {
            json!({ "title": "Menyusun asesmen diagnostik", "startsAt": "2027-01-09T06:00:00Z",
            "endsAt": "2027-01-09T08:00:00Z", "timezone": "Asia/Jakarta", "place": "Lab Komputer 2" })
        }
        "update_session" => json!({ "title": "Menyusun asesmen diagnostik", "place": "Lab Komputer 2" }),
        "assign_session_teacher" | "unassign_session_teacher" => {
            json!({ "resourcePersonId": known("resource_person") })
        }
        "record_attendance" => json!({ "entries": [{ "enrolmentId": known("enrolment"), "minutes": 90 }] }),
        "apply_enrolment" => json!({ "personId": known("person") }),
        "reject_enrolment" => json!({ "reason": "Sudah mengikuti pelatihan yang sama tahun lalu" }),
        "withdraw_enrolment" => json!({ "reason": "Pindah tugas" }),
        "reopen_enrolment" => json!({ "reason": "Presensi sesi kedua belum tercatat" }),
        "score_enrolment" => json!({ "score": 85 }),
        "create_artefact" => {
            json!({ "kind": "common_assessment", "title": "Asesmen diagnostik numerasi kelas 5",
            "summary": "Untuk dua minggu pertama semester.", "subject": "Matematika", "level": "sd",
            "licence": "cc_by_sa", "body": "# Petunjuk\n\nBacalah soal bersama-sama.\n",
            "alignment": [{ "framework": "competency", "code": "K2.3" }] })
        }
        "update_artefact" => json!({ "summary": "Untuk awal semester, kelas 5." }),
        "revise_artefact" => {
            json!({ "body": "# Petunjuk\n\nBacalah soal bersama-sama, lalu kerjakan sendiri.\n",
            "note": "Petunjuk diperjelas" })
        }
        "review_artefact" => {
            json!({ "number": 1, "verdict": "approved", "comment": "Sudah dicoba di kelas saya." })
        }
        "publish_artefact" => json!({ "audience": "everyone" }),
        "withdraw_artefact" => json!({ "reason": "Satu soal keliru." }),
        "fork_artefact" => json!({ "communityId": known("community") }),
        "issue_certificate" => json!({ "enrolmentId": known("enrolment") }),
        "revoke_certificate" => json!({ "reason": "Terbit atas nama orang yang salah" }),
        "create_activity" => {
            json!({ "kind": "common_assessment", "title": "Menyusun asesmen diagnostik kelas 4",
            "startsAt": "2026-12-05T01:00:00Z", "endsAt": "2026-12-05T04:00:00Z",
            "place": "SD Negeri 1 Kembangsari", "mode": "face_to_face" })
        }
        "update_activity" => json!({ "title": "Menyusun asesmen diagnostik kelas 5" }),
        "cancel_activity" => json!({ "reason": "Balai desa dipakai untuk posyandu" }),
        "report_activity" => {
            json!({ "notes": "Tersusun 20 soal diagnostik. Dicoba di kelas masing-masing sebelum pertemuan berikut." })
        }
        "reopen_activity" => json!({ "reason": "Tiga anggota belum tercatat hadir" }),
        "record_activity_attendance" => {
            json!({ "entries": [{ "personId": known("person"), "minutes": 180 }] })
        }
        "check_in_activity" => json!({ "code": "K7Q2M-9XWTR-4FDJC" }),
        "create_activity_cost" => {
            json!({ "what": "Fotokopi soal", "amountRupiah": 45000, "paidBy": "members" })
        }
        "create_credit_scheme" => {
            json!({ "programId": known("program"), "code": "PKB-KKG-2", "cycleDays": 180,
            "effectiveFrom": "2026-01-01", "components": [
                { "code": "IN", "title": "Pertemuan tatap muka", "kinds": ["meeting"], "mode": "face_to_face",
                    "required": 2, "jpEach": 4, "minMinutesPercent": 75 },
                { "code": "ON", "title": "Tugas penerapan di sekolah", "kinds": ["peer_observation"],
                    "mode": "any", "required": 1, "jpTotal": 4, "minMinutesPercent": 75 }] })
        }
        "update_credit_scheme" => {
            json!({ "description": "Lima pertemuan dan tiga tugas dalam satu siklus." })
        }
        "claim_credit" => json!({ "personId": known("person"), "schemeId": known("credit_scheme"),
            "startsOn": "2026-09-07" }),
        other => community_command(other, known),
    }
}

/// The body of a command on a community, its members, offices and partners.
fn community_command(id: &str, known: impl Fn(&'static str) -> &'static str) -> Value {
    match id {
        "create_community" => json!({ "kind": "kkg", "name": "KKG Kecamatan Kembangsari", "anchor": "region",
            "regionCode": "32.73", "level": "sd", "openness": "request", "cadenceDays": 14,
            "goals": "Setiap guru kelas mampu menyusun asesmen diagnostik.",
            "agreements": "Kita mulai tepat waktu.", "learningDay": "thursday", "chairId": known("other_person") }),
        "update_community" => json!({ "agreements": "Kita mulai tepat waktu dan saling menyimak." }),
        "close_community" => json!({ "reason": "Digabung dengan KKG Gugus Pala" }),
        "request_membership" => json!({ "message": "Saya mengajar kelas 4 di gugus ini." }),
        "invite_membership" => {
            json!({ "personId": known("person"), "message": "Mari bergabung dengan kelompok kami." })
        }
        "refuse_membership" => json!({ "reason": "Kelompok ini untuk guru matematika." }),
        "remove_membership" => json!({ "reason": "Pindah tugas ke kabupaten lain." }),
        "appoint_office" => json!({ "personId": known("other_person"), "office": "patron",
            "startsOn": "2026-12-01", "endsOn": "2029-11-30" }),
        "create_partner" => json!({ "organisationId": known("organisation"), "contribution": "expertise",
            "description": "Dosen pendamping sekali sebulan", "valueRupiah": 2_500_000, "since": "2026-12-01" }),
        "update_partner" => json!({ "until": "2027-11-30" }),
        "register_client_document" => json!({ "name": "MyCertificates",
            "document": "query MyCertificates { certificates(first: 20) { nodes { number } } }" }),
        "create_observation_instrument" => {
            json!({ "code": "GILIRAN", "title": "Siapa yang mendapat giliran",
            "criteria": [{ "code": "TANYA", "text": "Murid mengajukan pertanyaan",
                "look": "Murid bertanya kepada guru atau teman tanpa diminta.",
                "levels": ["Hanya guru yang bertanya.", "Beberapa murid bertanya."] }] })
        }
        "update_observation_instrument" => json!({ "title": "Siapa bertanya, siapa menjawab" }),
        "plan_observation" => json!({ "observerId": known("other_person"), "observedId": known("person"),
            "focus": "Apakah semua murid mendapat giliran bertanya?", "lessonAt": "2027-02-03T01:00:00Z",
            "subject": "Matematika", "grade": "Kelas 4B" }),
        "update_observation" => json!({ "lessonAt": "2027-02-04T01:00:00Z" }),
        "cancel_observation" => json!({ "reason": "Jadwal pelajaran berubah" }),
        "record_observation" => json!({
            "evidence": "Guru menunggu lima detik setelah bertanya; tiga murid di belakang mengangkat tangan." }),
        "give_observation_feedback" => json!({ "feedback":
            "Waktu tunggu itu memberi ruang. Apa yang terjadi bila pertanyaan berikutnya datang dari murid?" }),
        "reflect_observation" => {
            json!({ "reflection": "Saya terlalu cepat menjawab sendiri. Besok saya coba menunggu." })
        }
        "share_observation" => json!({ "withReflection": false }),
        "create_improvement" => json!({ "title": "Pemahaman pecahan di kelas 4",
            "problem": "Banyak siswa menghafal cara, tanpa memahami nilai pecahan.",
            "evidence": "Asesmen diagnostik bulan Juli di enam sekolah.", "measure": "Siswa yang tuntas",
            "unit": "percent", "direction": "higher", "baseline": "42.5", "baselineOn": "2026-07-20", "target": "70" }),
        "update_improvement" => json!({ "title": "Pemahaman pecahan" }),
        "agree_improvement" => json!({ "strategy": "Benda konkret dahulu, lalu gambar, baru lambang.",
            "ownerId": known("person"), "dueOn": "2027-03-31" }),
        "note_improvement" => json!({ "progress": "Tiga sekolah sudah mencoba; bahan ajar dibagikan." }),
        "review_improvement" => json!({ "after": "71", "afterOn": "2026-11-20",
            "review": "Benda konkret membantu; waktu di kelas 4 perlu ditambah." }),
        "close_improvement" => json!({ "note": "Dilanjutkan sebagai kebiasaan kelompok." }),
        "reopen_improvement" => json!({ "reason": "Satu sekolah belum diukur ulang" }),
        "drop_improvement" => json!({ "reason": "Digabung dengan pokok lain" }),
        "link_improvement" | "unlink_improvement" => json!({ "activityId": known("activity") }),
        "create_recognition_scheme" => json!({ "fromYear": 2027,
            "description": "Kelompok dihargai atas kemajuannya sendiri: tiga dari empat kriteria.", "needed": 3,
            "criteria": [{ "code": "regularity", "least": 50, "growth": 5, "ceiling": 75 },
                { "code": "breadth", "least": 2, "growth": 1, "ceiling": 5 },
                { "code": "reuse", "least": 0, "growth": 1, "ceiling": 3 },
                { "code": "improvement", "least": 1, "growth": 0, "ceiling": 2 }] }),
        "update_recognition_scheme" => json!({ "needed": 2 }),
        "make_progress_note" => json!({ "month": "2026-10-01" }),
        "compute_award_round" => json!({ "regionCode": "32.73", "year": 2025 }),
        "retract_award_round" => json!({ "reason": "Laporan dua kelompok belum dihitung" }),
        "raise_award_objection" => {
            json!({ "reason": "Pertemuan bulan Mei sudah dilaporkan, tetapi belum terhitung." })
        }
        "decide_award_objection" => {
            json!({ "outcome": "upheld", "answer": "Laporannya sudah masuk; dihitung ulang." })
        }
        "create_book_reading" => json!({ "book": { "title": "Pendidikan yang Memerdekakan",
                "authors": ["Ki Hadjar Dewantara"], "isbn": "978-602-03-3294-9", "year": 2017,
                "chapters": [{ "number": 1, "title": "Tujuan pendidikan", "pages": "1-24" },
                    { "number": 2, "title": "Among" }] },
            "schedule": [{ "chapter": 1, "dueOn": "2027-02-06" }, { "chapter": 2, "dueOn": "2027-02-20" }] }),
        "update_book_reading" => json!({ "schedule": [{ "chapter": 1, "dueOn": "2027-02-13" }] }),
        "stop_book_reading" => json!({ "reason": "Kami memilih buku lain" }),
        "write_chapter_note" => {
            json!({ "chapter": 1, "text": "Bagian tentang menuntun mengubah cara saya menegur murid." })
        }
        "mark_chapter" => json!({ "chapter": 1, "read": true }),
        "create_comment" => {
            json!({ "about": { "proposalId": known("proposal") }, "body": "Saya setuju; Kamis lebih longgar." })
        }
        "update_comment" => json!({ "body": "Saya setuju; Kamis sore lebih longgar." }),
        "react_comment" => json!({ "kind": "agree", "on": true }),
        "hide_comment" => json!({ "code": "privacy", "reason": "Nama murid tidak perlu disebut" }),
        "restore_comment" => json!({ "reason": "Nama murid sudah dihapus" }),
        "create_proposal" => json!({ "title": "Pertemuan pindah ke hari Kamis",
            "body": "Pada hari Sabtu banyak dari kita mengurus keluarga.", "anonymous": true }),
        "open_proposal_voting" => {
            json!({ "closesAt": "2027-02-13T10:00:00Z", "rule": "simple_majority", "quorumPercent": 50 })
        }
        "reopen_proposal" => json!({ "reason": "Terlalu sedikit yang sempat memilih" }),
        "vote_proposal" => json!({ "choice": "yes" }),
        "decide_proposal" => json!({ "decision": "Mulai bulan depan kita bertemu pada hari Kamis" }),
        "remove_proposal" => json!({ "reason": "Menyerang seorang rekan secara pribadi" }),
        "unseal_proposal" => json!({ "reason": "Ancaman terhadap seorang rekan, dilaporkan ke polisi" }),
        _ => json!({}),
    }
}

/// Gives every id field of every schema an example that works on the demo.
pub fn schemas(schemas: &mut Value) {
    for schema in schemas.as_object_mut().into_iter().flat_map(|map| map.values_mut()) {
        for (field, property) in
            schema.get_mut("properties").and_then(Value::as_object_mut).into_iter().flatten()
        {
            if let Some(id) = noun_of_field(field).and_then(id_of)
                && property["example"].is_null()
                && property["$ref"].is_null()
            {
                property["example"] = json!(id);
            }
        }
    }
}
