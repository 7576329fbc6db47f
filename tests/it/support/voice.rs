//! Rows of what members say and propose, as a test usually wants them.

use entity::{comment, proposal};
use uuid::Uuid;

use super::app::start;

/// Something a member said about the community itself.
pub fn comment_row(id: Uuid, community: Uuid, author: Uuid) -> comment::Model {
    comment::Model {
        id,
        community_id: community,
        subject_kind: "community".to_owned(),
        subject_id: community,
        parent_id: None,
        author_id: author,
        body: "Selamat datang.".to_owned(),
        status: "visible".to_owned(),
        hidden_code: None,
        hidden_reason: None,
        edited_at: None,
        version: 1,
        created_at: start(),
        updated_at: start(),
    }
}

/// An open proposal by name.
pub fn proposal_row(id: Uuid, community: Uuid, author: Uuid) -> proposal::Model {
    proposal::Model {
        id,
        community_id: community,
        title: "Pindah ke hari Kamis".to_owned(),
        body: "Pada hari Sabtu banyak yang berhalangan.".to_owned(),
        anonymous: false,
        author_id: Some(author),
        author_sealed: None,
        author_mark: None,
        status: "open".to_owned(),
        status_reason: None,
        status_since: start(),
        voting_rule: None,
        quorum_percent: None,
        eligible: None,
        voting_closes_at: None,
        version: 1,
        created_at: start(),
        updated_at: start(),
    }
}
