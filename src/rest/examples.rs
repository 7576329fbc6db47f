//! Ids of the demo for the contract's examples, so that "Try it out" works on the demo as
//! it stands. The demo is the same every time; a test holds these to it and prints new ones.

use serde_json::{Value, json};

/// Field or path, as it names the thing, and the demo's id of one.
pub const IDS: &[(&str, &str)] = &[
    ("organisation", "018be54e-5d00-72c1-ac46-e38c4de65902"),
    ("school", "018be54e-5d00-7d7d-867f-297741f65ce3"),
    ("person", "018be54e-5d00-7e52-99ad-625a516f5d8c"),
    ("other_person", "018be54e-5d00-7fb1-b55c-2a57e4e92483"),
    ("resource_person", "018be54e-5d00-7986-9a9b-a8535552d315"),
    ("competence", "018be54e-5d00-737a-9fe4-55dd1a485ba9"),
    ("program", "018be54e-5d00-7d25-9a03-d085d55b3e79"),
    ("batch", "01a1d2a2-1500-74ac-81e8-fc94a3203201"),
    ("session", "01a1d2a2-1500-77c2-98a5-54a1fd6d3000"),
    ("enrolment", "01a1dcee-cd00-7d05-bdd5-7f371d988b49"),
    ("certificate", "018febeb-0880-7f16-8f7c-0c1ec6cad5e3"),
    ("verification", "4JTQXGVVHE7XDNCQ9ZSP8F5X72"),
];

/// Thing and the version in which the demo begins with it.
pub const VERSIONS: &[(&str, i64)] =
    &[("organisation", 1), ("school", 1), ("person", 1), ("program", 2), ("batch", 29), ("session", 2)];

fn version_of(noun: &str) -> Option<i64> {
    VERSIONS.iter().find(|(name, _)| *name == noun).map(|(_, version)| *version)
}

fn id_of(noun: &str) -> Option<&'static str> {
    IDS.iter().find(|(name, _)| *name == noun).map(|(_, id)| *id)
}

/// What a path like `/v1/batches/{id}/open` is about.
fn noun_of_path(path: &str) -> Option<&'static str> {
    let noun = match path.split('/').nth(2)? {
        "organisations" => "organisation",
        "schools" => "school",
        "persons" => "person",
        "resource-persons" => "resource_person",
        "competences" => "competence",
        "programs" => "program",
        "batches" => "batch",
        "sessions" => "session",
        "enrolments" => "enrolment",
        "certificates" => "certificate",
        "verifications" => "verification",
        _ => return None,
    };
    Some(noun)
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
            (Some("path"), "id" | "verificationId") => noun_of_path(path).and_then(id_of).map(str::to_owned),
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
    let known = |noun| id_of(noun).unwrap_or_default();
    match id {
        "create_organisation" => json!({ "code": "BGTK-JABAR", "kind": "training_centre", "regionCode": "32",
            "name": "Balai Guru dan Tenaga Kependidikan Provinsi Jawa Barat" }),
        "update_organisation" => json!({ "name": "Balai Besar Guru dan Tenaga Kependidikan Jawa Barat" }),
        "update_school" => json!({ "phone": "+62224203520", "email": "surat@contoh.sch.id" }),
        "create_person" => json!({ "kind": "teacher", "name": "Siti Aminah", "employment": "honorary",
            "schoolId": known("school"), "subject": "Matematika" }),
        "update_person" => json!({ "phone": "0812-3456-7890" }),
        "merge_person" => json!({ "intoId": known("other_person"),
            "reason": "NIK dan ijazah sama; data lama dari sekolah sebelumnya." }),
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
        "issue_certificate" => json!({ "enrolmentId": known("enrolment") }),
        "revoke_certificate" => json!({ "reason": "Terbit atas nama orang yang salah" }),
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
