//! The steps of a round.

use entity::award_entry;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use serde_json::json;

use super::{Held, lock, open_objections, update};
use crate::{
    access::{
        action::Action,
        context::{Command, Work},
    },
    community::recognition::round::{
        input::RetractAwardRoundInput,
        state::contest_until,
        view::{AwardRound, AwardRoundId},
    },
    foundation::{
        error::{Error, Faults, Result},
        event::Event,
        text::Reason,
    },
};

/// Tells everybody who is recognised. Communities may object for fourteen days.
pub struct AnnounceAwardRound(pub AwardRoundId);

impl Command for AnnounceAwardRound {
    type Output = AwardRound;
    const ACTION: Action = Action::AwardRoundAnnounce;

    async fn run(&self, work: &Work<'_>) -> Result<AwardRound> {
        let Held { row, status, place } = lock(work, self.0).await?;
        let permit = work.permit(Self::ACTION, &place)?;
        work.expect(row.version)?;
        let next = status.announce()?;
        let mut change = row.clone().into_active_model();
        change.status = Set(next.as_str().to_owned());
        change.status_reason = Set(None);
        change.announcement = Set(row.announcement + 1);
        change.announced_by = Set(Some(work.actor.subject.clone()));
        change.announced_at = Set(Some(work.now()));
        change.contest_until = Set(Some(contest_until(work.now())));
        update(work, &permit, &row, change, "award_round.announced").await
    }
}

/// Takes an announcement back, for a reason: it can be counted again. Objections stay, and the next announcement
/// opens fourteen days anew.
pub struct RetractAwardRound {
    /// Which round.
    pub id: AwardRoundId,
    /// Why.
    pub input: RetractAwardRoundInput,
}

impl Command for RetractAwardRound {
    type Output = AwardRound;
    const ACTION: Action = Action::AwardRoundRetract;

    fn why(&self) -> Option<&str> {
        Some(&self.input.reason)
    }

    async fn run(&self, work: &Work<'_>) -> Result<AwardRound> {
        let Held { row, status, place } = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &place)?;
        work.expect(row.version)?;
        let next = status.retract()?;
        let mut faults = Faults::new();
        let reason = faults.take("/reason", Reason::parse(&self.input.reason));
        faults.done()?;
        let mut change = row.clone().into_active_model();
        change.status = Set(next.as_str().to_owned());
        change.status_reason = Set(reason.map(|reason| reason.as_str().to_owned()));
        change.announced_at = Set(None);
        change.contest_until = Set(None);
        update(work, &permit, &row, change, "award_round.retracted").await
    }
}

/// Settles a round, once the days for objections are over and each of them was decided.
pub struct FinaliseAwardRound(pub AwardRoundId);

impl Command for FinaliseAwardRound {
    type Output = AwardRound;
    const ACTION: Action = Action::AwardRoundFinalise;

    async fn run(&self, work: &Work<'_>) -> Result<AwardRound> {
        let Held { row, status, place } = lock(work, self.0).await?;
        let permit = work.permit(Self::ACTION, &place)?;
        work.expect(row.version)?;
        status.require_announced()?;
        let until = row.contest_until.ok_or_else(|| Error::internal("an announced round", "has no end"))?;
        let next = status.finalise(until, open_objections(work, row.id).await?, work.now())?;
        let mut change = row.clone().into_active_model();
        change.status = Set(next.as_str().to_owned());
        change.finalised_at = Set(Some(work.now()));
        let given = award_entry::Entity::find()
            .filter(award_entry::Column::RoundId.eq(row.id))
            .filter(award_entry::Column::Awarded.eq(true))
            .order_by_asc(award_entry::Column::CommunityName)
            .order_by_asc(award_entry::Column::Id)
            .all(work.db())
            .await?;
        let settled = update(work, &permit, &row, change, "award_round.finalised").await?;
        for entry in given {
            work.emit(told_given(&entry)).await?;
        }
        Ok(settled)
    }
}

/// The event by which a community and those who follow it learn that it is recognised.
fn told_given(entry: &award_entry::Model) -> Event {
    Event::new("award_entry.given", "award_entry", entry.id, entry.version)
        .in_region(Some(entry.region_code.clone()))
        .with(json!({
            "communityId": entry.community_id,
            "roundId": entry.round_id,
            "year": entry.year,
            "sha256": entry.sha256,
        }))
}
