//! Objecting to an entry, and deciding about it.

use entity::{
    award_entry,
    award_objection::{self, Column, Entity, Model},
    award_round, community,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, sea_query::OnConflict,
};
use serde_json::json;
use uuid::Uuid;

use super::{Held, lock, tally};
use crate::{
    access::{
        action::Action,
        actor::{Permit, Place},
        context::{Command, Work},
        scope,
    },
    community::{
        group::lock as community_lock,
        recognition::{
            record::{self, EntryRecord},
            round::{
                input::{DecideAwardObjectionInput, RaiseAwardObjectionInput},
                reproduce::recounted,
                state::{AwardObjectionOutcome, AwardObjectionStatus, require_contest},
                view::{AwardEntryId, AwardObjection, AwardObjectionId, objection_status},
            },
        },
    },
    foundation::{
        error::{Error, Faults, Result},
        event::Event,
        text::Reason,
    },
};

/// Says for a community what was counted wrongly, within fourteen days of the announcement and once for each.
pub struct RaiseAwardObjection {
    /// Against which entry.
    pub entry: AwardEntryId,
    /// What.
    pub input: RaiseAwardObjectionInput,
}

impl Command for RaiseAwardObjection {
    type Output = AwardObjection;
    const ACTION: Action = Action::AwardObjectionRaise;

    async fn run(&self, work: &Work<'_>) -> Result<AwardObjection> {
        let seen = scope::award_entries(work.actor)?.filter(award_entry::Column::Id.eq(self.entry.uuid()));
        let found = seen.clone().one(work.db()).await?.ok_or(Error::NotFound("award_entry"))?;
        let Held { row: round, status, .. } = lock(work, found.round_id.into()).await?;
        // Under the lock of its round it stays as it is.
        let entry = seen.one(work.db()).await?.ok_or(Error::NotFound("award_entry"))?;
        let (community, place) = community_of(work, entry.community_id).await?;
        let permit = work.permit(Self::ACTION, &place)?;
        require_contest(status, round.contest_until, work.now())?;
        let mut faults = Faults::new();
        let reason = faults.take("/reason", Reason::parse(&self.input.reason));
        faults.done()?;
        let row = Model {
            id: work.new_id(),
            round_id: round.id,
            entry_id: entry.id,
            community_id: entry.community_id,
            announcement: round.announcement,
            announced_by: round.announced_by,
            reason: reason.map(|reason| reason.as_str().to_owned()).unwrap_or_default(),
            status: AwardObjectionStatus::Open.as_str().to_owned(),
            answer: None,
            was_awarded: entry.awarded,
            is_awarded: None,
            decided_at: None,
            version: 1,
            created_at: work.now(),
            updated_at: work.now(),
        };
        insert(work, &permit, &community, row).await
    }
}

/// A community and where it belongs.
async fn community_of(work: &Work<'_>, id: Uuid) -> Result<(community::Model, Place)> {
    let found = scope::communities(work.actor)?.filter(community::Column::Id.eq(id));
    let row = found.one(work.db()).await?.ok_or(Error::NotFound("community"))?;
    let place = community_lock::place(work.db(), work.actor, &row).await?;
    Ok((row, place))
}

async fn insert(
    work: &Work<'_>,
    _: &Permit,
    community: &community::Model,
    row: Model,
) -> Result<AwardObjection> {
    let once = OnConflict::columns([Column::EntryId, Column::Announcement]).do_nothing().to_owned();
    let inserted = Entity::insert(row.clone().into_active_model()).on_conflict(once);
    if inserted.exec_without_returning(work.db()).await? == 0 {
        return Err(Error::conflict("award_objection_exists"));
    }
    work.emit(told("award_objection.raised", community, &row)).await?;
    row.try_into()
}

/// Decides about an objection: counts the community again, by the records as they are now, or leaves it as it is. Never
/// by whoever announced the round.
pub struct DecideAwardObjection {
    /// Which one.
    pub id: AwardObjectionId,
    /// What, and why.
    pub input: DecideAwardObjectionInput,
}

impl Command for DecideAwardObjection {
    type Output = AwardObjection;
    const ACTION: Action = Action::AwardObjectionDecide;

    async fn run(&self, work: &Work<'_>) -> Result<AwardObjection> {
        let seen = scope::award_objections(work.actor)?.filter(Column::Id.eq(self.id.uuid()));
        let found = seen.clone().one(work.db()).await?.ok_or(Error::NotFound("award_objection"))?;
        let Held { row: round, status, .. } = lock(work, found.round_id.into()).await?;
        let row = seen.one(work.db()).await?.ok_or(Error::NotFound("award_objection"))?;
        let (community, place) = community_of(work, row.community_id).await?;
        let permit = work.permit(Self::ACTION, &place)?;
        work.expect(row.version)?;
        let next = objection_status(&row)?.decide(self.input.outcome)?;
        // What is decided is told: not while nobody may know.
        status.require_announced()?;
        let subject = Some(work.actor.subject.as_str());
        if [&round.announced_by, &row.announced_by].into_iter().any(|by| by.as_deref() == subject) {
            return Err(Error::conflict("award_own_decision"));
        }
        let mut faults = Faults::new();
        let answer = faults.take("/answer", Reason::parse(&self.input.answer));
        faults.done()?;
        let entry = award_entry::Entity::find_by_id(row.entry_id).one(work.db()).await?;
        let entry = entry.ok_or(Error::NotFound("award_entry"))?;
        let (was_awarded, recounted) = match self.input.outcome {
            AwardObjectionOutcome::Upheld => {
                (entry.awarded, Some(recount(work, &permit, &round, &community, entry).await?))
            }
            AwardObjectionOutcome::Dismissed => (entry.awarded, None),
        };
        let mut change = row.clone().into_active_model();
        change.status = Set(next.as_str().to_owned());
        change.answer = Set(answer.map(|answer| answer.as_str().to_owned()));
        change.is_awarded = Set(Some(recounted.as_ref().map_or(was_awarded, |(entry, _)| entry.awarded)));
        change.decided_at = Set(Some(work.now()));
        let decided = update(work, &permit, &community, &row, change).await?;
        if let Some((entry, round)) = recounted {
            work.emit(told_recount(&entry)).await?;
            work.emit(super::told("award_round.recomputed", &round)).await?;
        }
        Ok(decided)
    }
}

/// Counts one community of a round again; its entry and the round since.
async fn recount(
    work: &Work<'_>,
    _: &Permit,
    round: &award_round::Model,
    community: &community::Model,
    found: award_entry::Model,
) -> Result<(award_entry::Model, award_round::Model)> {
    let kept: EntryRecord = record::read(&found.record)?;
    let counted = recounted(work.db(), community, found.year, kept).await?;
    let (sealed, awarded) = (record::seal(&counted)?, counted.verdict().awarded);
    let mut change = found.clone().into_active_model();
    change.awarded = Set(awarded);
    change.record = Set(sealed.text);
    change.sha256 = Set(sealed.sha256);
    change.computed_at = Set(work.now());
    change.version = Set(found.version + 1);
    change.updated_at = Set(work.now());
    let entry = work.save(&found, change).await?;
    let (_, all_awarded) = tally(work, round.id).await?;
    let mut change = round.clone().into_active_model();
    change.awarded = Set(all_awarded);
    change.version = Set(round.version + 1);
    change.updated_at = Set(work.now());
    let round = work.save(round, change).await?;
    Ok((entry, round))
}

/// The event of a recount.
fn told_recount(entry: &award_entry::Model) -> Event {
    Event::new("award_entry.recomputed", "award_entry", entry.id, entry.version)
        .in_region(Some(entry.region_code.clone()))
        .with(json!({
            "communityId": entry.community_id,
            "roundId": entry.round_id,
            "year": entry.year,
            "sha256": entry.sha256,
        }))
}

async fn update(
    work: &Work<'_>,
    _: &Permit,
    community: &community::Model,
    found: &Model,
    mut change: award_objection::ActiveModel,
) -> Result<AwardObjection> {
    change.version = Set(found.version + 1);
    change.updated_at = Set(work.now());
    let row = work.save(found, change).await?;
    work.emit(told("award_objection.decided", community, &row)).await?;
    row.try_into()
}

/// The event of an objection: not a word of what was said.
fn told(kind: &'static str, community: &community::Model, row: &Model) -> Event {
    Event::new(kind, "award_objection", row.id, row.version)
        .in_region(Some(community.region_code.clone()))
        .with(json!({
            "communityId": row.community_id,
            "roundId": row.round_id,
            "entryId": row.entry_id,
            "status": row.status,
            "isAwarded": row.is_awarded,
        }))
}
