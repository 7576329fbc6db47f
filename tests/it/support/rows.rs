//! Rows as a test usually wants them.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    activity, artefact, artefact_version, batch, book_reading, certificate, community, community_office,
    community_partner, credit_scheme, enrolment, meeting_series, membership, observation,
    observation_instrument, organisation, person, program, school, session,
};
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
        restricted_at: None,
        restricted_by: None,
        erased_at: None,
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
        community_id: None,
        claim_id: None,
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

/// An active district group of primary-school teachers that one joins by asking.
pub fn community_row(id: Uuid, region: &str) -> community::Model {
    community::Model {
        id,
        kind: "kkg".to_owned(),
        name: "KKG Gugus Cengkeh".to_owned(),
        anchor: "region".to_owned(),
        region_code: region.to_owned(),
        school_id: None,
        subject: None,
        level: Some("sd".to_owned()),
        openness: "request".to_owned(),
        goals: "Setiap guru kelas mampu menyusun asesmen diagnostik.".to_owned(),
        agreements: None,
        expectations: None,
        cadence_days: 14,
        learning_day: None,
        timezone: "Asia/Jakarta".to_owned(),
        status: "active".to_owned(),
        status_reason: None,
        status_since: start(),
        last_held_at: None,
        version: 1,
        created_at: start() - TimeDelta::days(400),
        updated_at: start(),
    }
}

/// An active membership.
pub fn membership_row(id: Uuid, community: Uuid, person: Uuid) -> membership::Model {
    membership::Model {
        id,
        community_id: community,
        person_id: person,
        status: "active".to_owned(),
        reason: None,
        message: None,
        joined_at: Some(start() - TimeDelta::days(400)),
        ended_at: None,
        version: 1,
        created_at: start(),
        updated_at: start(),
    }
}

/// An office that is held.
pub fn office_row(id: Uuid, community: Uuid, person: Uuid, office: &str) -> community_office::Model {
    community_office::Model {
        id,
        community_id: community,
        person_id: person,
        office: office.to_owned(),
        scope: None,
        starts_on: start().date_naive(),
        ends_on: None,
        ended_at: None,
        version: 1,
        created_at: start(),
        updated_at: start(),
    }
}

/// An organisation that gives of what its people know.
pub fn partner_row(id: Uuid, community: Uuid, organisation: Uuid) -> community_partner::Model {
    community_partner::Model {
        id,
        community_id: community,
        organisation_id: organisation,
        contribution: "expertise".to_owned(),
        description: "Dosen pendamping".to_owned(),
        value_rupiah: None,
        since: start().date_naive(),
        until: None,
        version: 1,
        created_at: start(),
        updated_at: start(),
    }
}

/// A planned meeting of three hours, in one room.
pub fn activity_row(id: Uuid, community: Uuid, starts_at: DateTime<Utc>) -> activity::Model {
    activity::Model {
        id,
        community_id: community,
        region_code: BANDUNG.to_owned(),
        series_id: None,
        occurrence: None,
        kind: "meeting".to_owned(),
        title: "Menyusun asesmen diagnostik".to_owned(),
        description: None,
        starts_at,
        ends_at: starts_at + TimeDelta::minutes(180),
        timezone: "Asia/Jakarta".to_owned(),
        minutes: 180,
        place: Some("SD Negeri 1 Kembangsari".to_owned()),
        mode: "face_to_face".to_owned(),
        status: "planned".to_owned(),
        status_reason: None,
        revision: 0,
        notes: None,
        detail: None,
        held_at: None,
        reported_at: None,
        reported_by: None,
        attended: 0,
        version: 1,
        created_at: start(),
        updated_at: start(),
    }
}

/// A common assessment that only its community sees.
pub fn artefact_row(id: Uuid, community: Uuid, region: &str) -> artefact::Model {
    artefact::Model {
        id,
        community_id: community,
        region_code: region.to_owned(),
        audience_region: region.chars().take(5).collect(),
        kind: "common_assessment".to_owned(),
        title: "Asesmen diagnostik".to_owned(),
        summary: String::new(),
        subject: None,
        level: None,
        licence: "cc_by_sa".to_owned(),
        status: "draft".to_owned(),
        status_reason: None,
        audience: None,
        activity_id: None,
        forked_from_id: None,
        forked_from_number: None,
        forks: 0,
        latest: 1,
        published: None,
        published_at: None,
        version: 1,
        created_at: start(),
        updated_at: start(),
    }
}

/// The second Saturday of each month at nine in the morning, from 2026-03-14 on; nothing stands in the plan yet.
pub fn series_row(id: Uuid, community: Uuid) -> meeting_series::Model {
    meeting_series::Model {
        id,
        community_id: community,
        title: "Pertemuan rutin".to_owned(),
        description: None,
        kind: "meeting".to_owned(),
        place: None,
        mode: "face_to_face".to_owned(),
        starts_at_local: "2026-03-14T09:00:00".to_owned(),
        timezone: "Asia/Jakarta".to_owned(),
        minutes: 150,
        rule: "FREQ=MONTHLY;BYDAY=2SA".to_owned(),
        pauses: json!([]),
        status: "active".to_owned(),
        materialised_until: start().date_naive(),
        version: 1,
        created_at: start(),
        updated_at: start(),
    }
}

/// A published instrument with one criterion.
pub fn instrument_row(id: Uuid, community: Uuid) -> observation_instrument::Model {
    observation_instrument::Model {
        id,
        community_id: Some(community),
        code: "BERTANYA".to_owned(),
        edition: 1,
        supersedes_id: None,
        title: "Siapa yang bertanya di kelas".to_owned(),
        description: None,
        criteria: json!([{ "code": "TANYA", "text": "Murid bertanya", "look": "Tanpa diminta.",
            "levels": ["Belum tampak", "Tampak"] }]),
        status: "published".to_owned(),
        status_since: start(),
        version: 1,
        created_at: start(),
        updated_at: start(),
    }
}

/// A published scheme: two meetings for 8 JP in half a year.
pub fn credit_scheme_row(id: Uuid, program: Uuid, provider: Uuid) -> credit_scheme::Model {
    credit_scheme::Model {
        id,
        program_id: program,
        provider_id: provider,
        code: "PKB-KKG".to_owned(),
        edition: 1,
        description: String::new(),
        components: json!([{
            "code": "IN", "title": "Pertemuan", "kinds": ["meeting"], "mode": "any", "required": 2,
            "jpEach": 4, "jpTotal": null, "minMinutesPercent": 75,
        }]),
        cycle_days: 180,
        monthly_cap_jp: None,
        minutes_per_jp: 45,
        community_kinds: json!([]),
        least_minutes: None,
        effective_from: "2025-01-01".parse().unwrap(),
        retired_on: None,
        status: "published".to_owned(),
        version: 1,
        created_at: start(),
        updated_at: start(),
    }
}

/// A planned observation that the observer proposed; nobody shares it.
pub fn observation_row(id: Uuid, community: Uuid, observer: Uuid, observed: Uuid) -> observation::Model {
    observation::Model {
        id,
        community_id: community,
        activity_id: None,
        observer_id: observer,
        observed_id: observed,
        proposed_by_id: observer,
        agreed_at: None,
        instrument_id: None,
        school_id: None,
        lesson_at: start(),
        subject: "Matematika".to_owned(),
        grade: "Kelas 4B".to_owned(),
        focus: "Siapa yang bertanya?".to_owned(),
        status: "planned".to_owned(),
        status_reason: None,
        evidence: None,
        ratings: json!([]),
        feedback: None,
        reflection: None,
        observer_shared_at: None,
        observed_shared_at: None,
        reflection_shared_at: None,
        version: 1,
        created_at: start(),
        updated_at: start(),
    }
}

/// A planned reading, without its chapters.
pub fn reading_row(id: Uuid, community: Uuid) -> book_reading::Model {
    book_reading::Model {
        id,
        community_id: community,
        title: "Pendidikan yang Memerdekakan".to_owned(),
        authors: json!(["Ki Hadjar Dewantara"]),
        isbn: None,
        publisher: None,
        year: None,
        status: "planned".to_owned(),
        status_reason: None,
        status_since: start(),
        version: 1,
        created_at: start(),
        updated_at: start(),
    }
}

/// The first version of an artefact.
pub fn artefact_version_row(artefact: Uuid, by: Uuid) -> artefact_version::Model {
    artefact_version::Model {
        artefact_id: artefact,
        number: 1,
        body: "1. Berapa 2 × 3?".to_owned(),
        alignment: json!([]),
        attachments: json!([]),
        note: None,
        written_by: by,
        created_at: start(),
    }
}
