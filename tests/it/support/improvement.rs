//! What a community improves, as a test usually wants it.

use entity::improvement;
use uuid::Uuid;

use super::app::start;

/// An item of improvement for which a strategy was agreed.
pub fn improvement_row(id: Uuid, community: Uuid, owner: Option<Uuid>) -> improvement::Model {
    improvement::Model {
        id,
        community_id: community,
        title: "Pemahaman pecahan".to_owned(),
        problem: "Banyak siswa menghafal cara.".to_owned(),
        evidence: "Asesmen diagnostik.".to_owned(),
        evidence_url: None,
        measure: "Siswa yang tuntas".to_owned(),
        unit: "percent".to_owned(),
        direction: "higher".to_owned(),
        baseline: 4_000,
        baseline_on: start().date_naive(),
        target: 7_000,
        strategy: Some("Benda konkret dahulu.".to_owned()),
        owner_id: owner,
        due_on: Some(start().date_naive() + chrono::Days::new(90)),
        progress: None,
        after_value: None,
        after_on: None,
        review: None,
        closing_note: None,
        status: "strategy_agreed".to_owned(),
        status_reason: None,
        status_since: start(),
        version: 1,
        created_at: start(),
        updated_at: start(),
    }
}
