//! Rows as a test usually wants them.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{batch, certificate, enrolment, organisation, person, program, school, session};
use serde_json::json;
use uuid::Uuid;

use super::{app::start, training::BANDUNG};

pub fn organisation_row(id: Uuid, code: &str) -> organisation::Model {
    organisation::Model {
        id,
        code: code.to_owned(),
        kind: "training_centre".to_owned(),
        name: format!("Balai {code}"),
        region_code: Some("32".to_owned()),
        version: 1,
        created_at: start(),
        updated_at: start(),
    }
}

pub fn school_row(id: Uuid, npsn: &str) -> school::Model {
    school::Model {
        id,
        npsn: npsn.to_owned(),
        name: "SMP Negeri 2".to_owned(),
        level: "smp".to_owned(),
        ownership: "public".to_owned(),
        address: None,
        region_code: BANDUNG.to_owned(),
        latitude: None,
        longitude: None,
        provisional: false,
        phone: None,
        email: None,
        timezone: "Asia/Jakarta".to_owned(),
        teaching_days: 31,
        teaching_from: 420,
        teaching_until: 840,
        version: 1,
        created_at: start(),
        updated_at: start(),
    }
}

pub fn program_row(id: Uuid, provider: Uuid) -> program::Model {
    program::Model {
        id,
        provider_id: provider,
        code: "GB-INKLUSIF".to_owned(),
        title: "Guru Belajar: Seri Pendidikan Inklusif".to_owned(),
        description: String::new(),
        form: "in_service".to_owned(),
        hours_jp: 32,
        minutes_per_jp: 45,
        pro_rata: false,
        attendance_percent: 80,
        minimum_score: Some(70),
        audience: json!([]),
        competencies: json!([]),
        status: "published".to_owned(),
        version: 1,
        created_at: start(),
        updated_at: start(),
    }
}

pub fn person_row(id: Uuid, name: &str, school: Option<Uuid>, region: &str) -> person::Model {
    person::Model {
        id,
        kind: "teacher".to_owned(),
        name: name.to_owned(),
        nuptk: None,
        nip: None,
        nik_sealed: None,
        nik_index: None,
        sex: None,
        birth_date: None,
        employment: "honorary".to_owned(),
        subject: None,
        school_id: school,
        region_code: Some(region.to_owned()),
        phone: None,
        email: None,
        merged_into: None,
        version: 1,
        created_at: start(),
        updated_at: start(),
    }
}

/// An open batch with thirty seats; registration lasts from a day ago to a week from now.
pub fn batch_row(id: Uuid, program: Uuid, provider: Uuid) -> batch::Model {
    batch::Model {
        id,
        program_id: program,
        provider_id: provider,
        name: "Angkatan 1".to_owned(),
        kind: "direct".to_owned(),
        source_batch_id: None,
        generation: 0,
        region_code: BANDUNG.to_owned(),
        place: "Aula".to_owned(),
        starts_on: (start() - TimeDelta::days(1)).date_naive(),
        ends_on: (start() + TimeDelta::days(18)).date_naive(),
        registration_opens_at: start() - TimeDelta::days(1),
        registration_closes_at: start() + TimeDelta::days(7),
        capacity: 30,
        taken: 0,
        selection: "first_come".to_owned(),
        cost_rupiah: 0,
        status: "open".to_owned(),
        status_reason: None,
        opened_at: Some(start()),
        version: 1,
        created_at: start(),
        updated_at: start(),
    }
}

/// A session of 100 minutes.
pub fn session_row(id: Uuid, batch: Uuid, starts_at: DateTime<Utc>) -> session::Model {
    session::Model {
        id,
        batch_id: batch,
        title: "Pembukaan".to_owned(),
        starts_at,
        ends_at: starts_at + TimeDelta::minutes(100),
        timezone: "Asia/Jakarta".to_owned(),
        minutes: 100,
        place: None,
        version: 1,
        created_at: start(),
        updated_at: start(),
    }
}

/// An enrolment of somebody at no school.
pub fn enrolment_row(
    id: Uuid,
    batch: Uuid,
    person: Uuid,
    status: &str,
    applied_at: DateTime<Utc>,
) -> enrolment::Model {
    enrolment::Model {
        id,
        batch_id: batch,
        person_id: person,
        school_id: None,
        region_code: Some(BANDUNG.to_owned()),
        status: status.to_owned(),
        reason: None,
        applied_at,
        decided_at: None,
        score: None,
        jp_earned: None,
        completions: i32::from(status == "completed"),
        version: 1,
        created_at: applied_at,
        updated_at: applied_at,
    }
}

/// A valid certificate over 32 JP of direct training, as an issued one is stored.
pub fn certificate_row(id: Uuid, person: Uuid, program: Uuid, provider: Uuid) -> certificate::Model {
    certificate::Model {
        id,
        number: format!("N-{id}"),
        verification_id: format!("v-{id}"),
        source: "training".to_owned(),
        enrolment_id: None,
        completion: None,
        person_id: person,
        program_id: program,
        batch_id: None,
        provider_id: provider,
        school_id: None,
        region_code: Some(BANDUNG.to_owned()),
        holder_name: "Siti".to_owned(),
        title: "Pelatihan".to_owned(),
        hours_jp: 32,
        kind: "direct".to_owned(),
        generation: 0,
        starts_on: start().date_naive(),
        ends_on: start().date_naive(),
        status: "valid".to_owned(),
        status_reason: None,
        issued_at: start(),
        valid_until: None,
        superseded_by: None,
        changed_at: start(),
        changed_pos: next_pos(),
        version: 1,
    }
}

/// A position in the feed that no other row of this run has.
pub fn next_pos() -> i64 {
    use std::sync::atomic::{AtomicI64, Ordering};
    static NEXT: AtomicI64 = AtomicI64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}
