//! Rows of what members say and propose, as a test usually wants them; and a look for somebody in every table.

use std::collections::BTreeMap;

use entity::{appeal, comment, proposal, report};
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use uuid::Uuid;

use super::{TestApp, app::start};

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

/// An open appeal of the author of a comment that somebody hid.
pub fn appeal_row(id: Uuid, community: Uuid, comment: Uuid) -> appeal::Model {
    appeal::Model {
        id,
        community_id: community,
        subject_kind: "comment".to_owned(),
        subject_id: comment,
        step_id: Uuid::now_v7(),
        step_by: "test".to_owned(),
        words: "Tidak ada nama yang disebut.".to_owned(),
        status: "open".to_owned(),
        answer: None,
        decided_by: None,
        decided_at: None,
        version: 1,
        created_at: start(),
        updated_at: start(),
    }
}

/// An open report of a comment.
pub fn report_row(id: Uuid, community: Uuid, comment: Uuid) -> report::Model {
    report::Model {
        id,
        community_id: community,
        subject_kind: "comment".to_owned(),
        subject_id: comment,
        reporter_mark: id.simple().to_string(),
        code: "privacy".to_owned(),
        words: None,
        status: "open".to_owned(),
        answer: None,
        closed_by: None,
        closed_at: None,
        version: 1,
        created_at: start(),
        updated_at: start(),
    }
}

/// Everything every table holds, as text: uuids in letters on the one engine and in bytes on the other.
#[allow(clippy::disallowed_methods, reason = "a look at the whole database, whatever tables there are")]
pub async fn tables(app: &TestApp) -> BTreeMap<String, String> {
    let db = app.services.store.reader();
    let backend = db.get_database_backend();
    let ask = async |sql: String| {
        let rows = db.query_all_raw(Statement::from_string(backend, sql)).await.unwrap();
        rows.iter()
            .map(|row| row.try_get_by_index::<Option<String>>(0).unwrap().unwrap_or_default())
            .collect::<Vec<_>>()
    };
    let names = match backend {
        DbBackend::Postgres => {
            ask("SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema()".to_owned()).await
        }
        _ => ask("SELECT name FROM sqlite_master WHERE type = 'table'".to_owned()).await,
    };
    let mut all = BTreeMap::new();
    for name in names {
        let rows = match backend {
            DbBackend::Postgres => ask(format!("SELECT t::text FROM \"{name}\" t")).await,
            _ => {
                let columns = ask(format!("SELECT name FROM pragma_table_info('{name}')")).await;
                let quoted: Vec<_> = columns.iter().map(|column| format!("quote(\"{column}\")")).collect();
                ask(format!("SELECT {} FROM \"{name}\"", quoted.join(" || '|' || "))).await
            }
        };
        all.insert(name, rows.join("\n"));
    }
    all
}

/// How often each table names somebody, by id or by name.
pub async fn named(app: &TestApp, person: Uuid, name: &str) -> BTreeMap<String, usize> {
    let marks = [
        person.to_string(),
        person.simple().to_string(),
        person.simple().to_string().to_uppercase(),
        name.to_owned(),
    ];
    let count = |text: &str| marks.iter().map(|mark| text.matches(mark.as_str()).count()).sum::<usize>();
    tables(app)
        .await
        .into_iter()
        .map(|(table, text)| (table, count(&text)))
        .filter(|(_, count)| *count > 0)
        .collect()
}
