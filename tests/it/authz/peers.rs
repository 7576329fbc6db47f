//! What the members of a side's community do among themselves.

use entity::{chapter_note, reading_chapter};
use uuid::Uuid;

use super::land::Side;
use crate::support::{
    TestApp,
    app::start,
    directory::put,
    improvement::improvement_row,
    own_rows::{put_article, put_plan},
    rows::{instrument_row, membership_row, observation_row, person_row, reading_row},
    voice::{appeal_row, comment_row, proposal_row, report_row},
};

/// A lesson that a colleague watches, and a book that the community reads.
pub async fn fill_peers(app: &TestApp, side: &Side) {
    put(app, person_row(side.colleague, "Rekan", Some(side.school), side.region)).await;
    put(app, membership_row(Uuid::now_v7(), side.community, side.colleague)).await;
    put(app, instrument_row(side.instrument, side.community)).await;
    put(app, observation_row(side.observation, side.community, side.colleague, side.person)).await;
    put_plan(app, side.person, side.own).await;
    put_article(app, side.article, side.community, side.colleague).await;
    put(app, reading_row(side.reading, side.community)).await;
    put(app, improvement_row(side.improvement, side.community, Some(side.colleague))).await;
    let chapter = reading_chapter::Model {
        reading_id: side.reading,
        number: 1,
        title: "Tujuan".to_owned(),
        pages: None,
        due_on: None,
        leader_id: None,
        activity_id: None,
    };
    put(app, chapter).await;
    let note = chapter_note::Model {
        id: side.note,
        reading_id: side.reading,
        chapter: 1,
        person_id: side.colleague,
        text: "Menuntun.".to_owned(),
        version: 1,
        created_at: start(),
        updated_at: start(),
    };
    put(app, note).await;
    put(app, comment_row(side.comment, side.community, side.person)).await;
    put(app, proposal_row(side.proposal, side.community, side.person)).await;
    // What the colleague said: nobody looks after what is their own.
    let said = Uuid::now_v7();
    put(app, comment_row(said, side.community, side.colleague)).await;
    put(app, appeal_row(side.appeal, side.community, said)).await;
    put(app, report_row(side.report, side.community, said)).await;
}
