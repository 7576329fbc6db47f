//! The recognition of communities, as a test usually wants it.

use entity::{award_entry, award_objection, award_round, progress_note, recognition_scheme};
use sanggar::community::{
    activity::rule::ActivityKind,
    recognition::{
        facts::RecognitionFacts,
        record::{EntryRecord, NoteRecord, SCHEMA_VERSION, seal},
        rule::{Criterion, CriterionCode},
    },
};
use serde_json::json;
use uuid::Uuid;

use super::app::start;

fn criteria() -> Vec<Criterion> {
    vec![Criterion { code: CriterionCode::Regularity, least: 50, growth: 5, ceiling: 75 }]
}

fn facts(year: i32) -> RecognitionFacts {
    RecognitionFacts {
        from: format!("{year}-01-01").parse().unwrap(),
        until: format!("{}-01-01", year + 1).parse().unwrap(),
        cadence_days: 14,
        days: 365,
        days_in_rhythm: 100,
        activities: 5,
        kinds: vec![ActivityKind::Meeting],
        reuses: 0,
        improved: 0,
    }
}

/// Published criteria.
pub fn scheme_row(id: Uuid, edition: i32) -> recognition_scheme::Model {
    recognition_scheme::Model {
        id,
        edition,
        from_year: 2025,
        description: "Satu kriteria.".to_owned(),
        criteria: json!(criteria()),
        needed: 1,
        status: "published".to_owned(),
        retired_year: None,
        version: 1,
        created_at: start(),
        updated_at: start(),
    }
}

/// A round that was announced today.
pub fn round_row(id: Uuid, scheme: Uuid, region: &str, year: i32) -> award_round::Model {
    award_round::Model {
        id,
        region_code: region.to_owned(),
        year,
        scheme_id: scheme,
        status: "announced".to_owned(),
        status_reason: None,
        communities: 1,
        awarded: 0,
        announcement: 1,
        announced_by: Some("test".to_owned()),
        announced_at: Some(start()),
        contest_until: Some(start() + chrono::TimeDelta::days(14)),
        finalised_at: None,
        version: 1,
        created_at: start(),
        updated_at: start(),
    }
}

/// A community in a round that does not meet its criteria.
pub fn entry_row(id: Uuid, round: &award_round::Model, community: Uuid) -> award_entry::Model {
    let record = EntryRecord {
        schema_version: SCHEMA_VERSION,
        community_id: community,
        edition: 1,
        criteria: criteria(),
        needed: 1,
        facts: facts(round.year),
        before: facts(round.year - 1),
    };
    let sealed = seal(&record).unwrap();
    award_entry::Model {
        id,
        round_id: round.id,
        community_id: community,
        region_code: round.region_code.clone(),
        community_name: "KKG Gugus Cengkeh".to_owned(),
        year: round.year,
        awarded: false,
        record: sealed.text,
        sha256: sealed.sha256,
        computed_at: start(),
        version: 1,
        created_at: start(),
        updated_at: start(),
    }
}

/// What a community said against its entry.
pub fn objection_row(id: Uuid, entry: &award_entry::Model) -> award_objection::Model {
    award_objection::Model {
        id,
        round_id: entry.round_id,
        entry_id: entry.id,
        community_id: entry.community_id,
        announcement: 1,
        announced_by: Some("test".to_owned()),
        reason: "Dua pertemuan belum terhitung.".to_owned(),
        status: "open".to_owned(),
        answer: None,
        was_awarded: false,
        is_awarded: None,
        decided_at: None,
        version: 1,
        created_at: start(),
        updated_at: start(),
    }
}

/// A note of January 2026.
pub fn note_row(id: Uuid, community: Uuid) -> progress_note::Model {
    let record = NoteRecord {
        schema_version: SCHEMA_VERSION,
        community_id: community,
        facts: facts(2026),
        before: facts(2025),
    };
    let sealed = seal(&record).unwrap();
    progress_note::Model {
        id,
        community_id: community,
        month: "2026-01-01".parse().unwrap(),
        record: sealed.text,
        sha256: sealed.sha256,
        created_at: start(),
    }
}
