//! The recognition of a side's community.

use entity::award_round;
use uuid::Uuid;

use super::{land::Side, oracle::Thing};
use crate::support::{
    TestApp,
    directory::put,
    recognition::{entry_row, note_row, objection_row, round_row, scheme_row},
};

/// One of each.
pub struct Recognition {
    scheme: Uuid,
    note: Uuid,
    round: Uuid,
    /// Of another year, only counted.
    draft: Uuid,
    entry: Uuid,
    objection: Uuid,
}

impl Default for Recognition {
    fn default() -> Self {
        let id = Uuid::now_v7;
        Self { scheme: id(), note: id(), round: id(), draft: id(), entry: id(), objection: id() }
    }
}

impl Recognition {
    /// The id of one of them.
    pub fn id(&self, thing: Thing) -> Uuid {
        match thing {
            Thing::RecognitionScheme => self.scheme,
            Thing::ProgressNote => self.note,
            Thing::AwardRound => self.round,
            Thing::DraftAwardRound => self.draft,
            Thing::AwardEntry => self.entry,
            Thing::AwardObjection => self.objection,
            other => panic!("{other:?} is no recognition"),
        }
    }

    /// Puts them in: a round that was announced with an entry that is contested, and one that was only counted.
    pub async fn fill(&self, app: &TestApp, side: &Side, at: usize) {
        let nth = i32::try_from(at).unwrap();
        put(app, scheme_row(self.scheme, nth + 1)).await;
        put(app, note_row(self.note, side.community)).await;
        let round = round_row(self.round, self.scheme, side.region, 2010 + nth);
        put(app, round.clone()).await;
        let draft = round_row(self.draft, self.scheme, side.region, 2020 + nth);
        put(app, award_round::Model { status: "computed".to_owned(), ..draft }).await;
        let entry = entry_row(self.entry, &round, side.community);
        put(app, entry.clone()).await;
        put(app, objection_row(self.objection, &entry)).await;
    }
}
