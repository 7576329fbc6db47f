//! Rows as a test usually wants them.

use entity::{organisation, person, program, school};
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
