//! Counting the communities of a region.

use chrono::{Datelike, NaiveTime};
use entity::{award_entry, award_round, community, recognition_scheme, region};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use super::{Held, lock, place, tally, told, update};
use crate::{
    access::{
        action::Action,
        actor::Permit,
        context::{Command, Work},
        scope,
    },
    community::{
        group::state::CommunityStatus,
        recognition::{
            gather::{self, CHUNK, Counted},
            record::{self, EntryRecord, SCHEMA_VERSION},
            round::{
                input::ComputeAwardRoundInput,
                reproduce::years,
                rule,
                state::AwardRoundStatus,
                view::{AwardRound, AwardRoundId},
            },
            scheme::{read::of_year, view::criteria},
        },
    },
    foundation::error::{Error, Fault, Faults, Result},
};

/// Counts what the communities of a region did in a year, and which of them meet the criteria. Nobody but those who look
/// after the region sees it before it is announced.
pub struct ComputeAwardRound(pub ComputeAwardRoundInput);

impl Command for ComputeAwardRound {
    type Output = AwardRound;
    const ACTION: Action = Action::AwardRoundCompute;

    async fn run(&self, work: &Work<'_>) -> Result<AwardRound> {
        let permit = work.permit(Self::ACTION, &place(&self.0.region_code))?;
        let (region_code, year) = sound(work, &self.0).await?;
        let edition = of_year(work.db(), year).await?;
        let edition = edition.ok_or_else(|| {
            Error::conflict_with(Fault::new("", "award_without_criteria").with("year", year))
        })?;
        let row = award_round::Model {
            id: work.new_id(),
            region_code,
            year,
            scheme_id: edition.id,
            status: AwardRoundStatus::Computed.as_str().to_owned(),
            status_reason: None,
            communities: 0,
            awarded: 0,
            announcement: 0,
            announced_by: None,
            announced_at: None,
            contest_until: None,
            finalised_at: None,
            version: 1,
            created_at: work.now(),
            updated_at: work.now(),
        };
        insert(work, &permit, row, &edition).await
    }
}

async fn sound(work: &Work<'_>, input: &ComputeAwardRoundInput) -> Result<(String, i32)> {
    let mut faults = Faults::new();
    let region = faults.take("/regionCode", rule::region(&input.region_code));
    let this_year = work.services.issuer_day(work.now()).year();
    let year = faults.take("/year", rule::year(input.year, this_year));
    if let Some(code) = &region {
        let known = region::Entity::find_by_id(code.clone()).one(work.db()).await?;
        faults.require(known.is_some(), "/regionCode", "reference_unknown");
    }
    faults.done()?;
    region.zip(year).ok_or_else(|| Error::invalid("/year", "year_out_of_range"))
}

async fn insert(
    work: &Work<'_>,
    permit: &Permit,
    mut row: award_round::Model,
    edition: &recognition_scheme::Model,
) -> Result<AwardRound> {
    use award_round::Column::{RegionCode, Year};
    // Whoever counts the same at the same time waits here, and finds that it was done.
    let once = OnConflict::columns([RegionCode, Year]).do_nothing().to_owned();
    let inserted = award_round::Entity::insert(row.clone().into_active_model()).on_conflict(once);
    if inserted.exec_without_returning(work.db()).await? == 0 {
        let fault = Fault::new("", "award_round_exists");
        return Err(Error::conflict_with(fault.with("year", row.year)));
    }
    count(work, permit, &row, edition).await?;
    (row.communities, row.awarded) = tally(work, row.id).await?;
    let change = award_round::ActiveModel {
        communities: Set(row.communities),
        awarded: Set(row.awarded),
        ..Default::default()
    };
    award_round::Entity::update_many()
        .set(change)
        .filter(award_round::Column::Id.eq(row.id))
        .exec(work.db())
        .await?;
    work.emit(told("award_round.computed", &row)).await?;
    row.try_into()
}

/// Counts again, by the records as they are now and the same edition of the criteria, before it is announced.
/// Communities that came since are added; those that were closed since keep their entry.
pub struct RecomputeAwardRound(pub AwardRoundId);

impl Command for RecomputeAwardRound {
    type Output = AwardRound;
    const ACTION: Action = Action::AwardRoundRecompute;

    async fn run(&self, work: &Work<'_>) -> Result<AwardRound> {
        let Held { row, status, place } = lock(work, self.0).await?;
        let permit = work.permit(Self::ACTION, &place)?;
        work.expect(row.version)?;
        status.require_computed()?;
        let edition = recognition_scheme::Entity::find_by_id(row.scheme_id).one(work.db()).await?;
        let edition = edition.ok_or_else(|| Error::internal("the criteria of a round", "are missing"))?;
        count(work, &permit, &row, &edition).await?;
        let mut change = row.clone().into_active_model();
        let (communities, awarded) = tally(work, row.id).await?;
        change.communities = Set(communities);
        change.awarded = Set(awarded);
        update(work, &permit, &row, change, "award_round.recomputed").await
    }
}

/// Counts every community of the round, some at a time.
async fn count(
    work: &Work<'_>,
    permit: &Permit,
    round: &award_round::Model,
    edition: &recognition_scheme::Model,
) -> Result<()> {
    let criteria = criteria(edition)?;
    let (span, before) = years(round.year)?;
    let mut after = Uuid::nil();
    loop {
        let communities = communities(work, round, after).await?;
        let Some(last) = communities.last() else { return Ok(()) };
        after = last.id;
        let counted = gather::counted(work.db(), &communities, span, before).await?;
        // Who was founded after the year by its own clocks was not there.
        let there = communities.iter().zip(counted).filter(|(_, counted)| counted.facts.days > 0);
        let record = |(community, Counted { facts, before }): (&community::Model, Counted)| {
            let record = EntryRecord {
                schema_version: SCHEMA_VERSION,
                community_id: community.id,
                edition: edition.edition,
                criteria: criteria.clone(),
                needed: edition.needed,
                facts,
                before,
            };
            entry(work, round, community, &record)
        };
        let entries = there.map(record).collect::<Result<Vec<_>>>()?;
        if !entries.is_empty() {
            put(work, permit, entries).await?;
        }
    }
}

/// The next communities by id that belong to a round: at work, and founded before its year was over.
async fn communities(
    work: &Work<'_>,
    round: &award_round::Model,
    after: Uuid,
) -> Result<Vec<community::Model>> {
    use community::Column::{CreatedAt, Id, RegionCode, Status};
    let region = if rule::takes_below(&round.region_code) {
        scope::region_within((community::Entity, RegionCode), &round.region_code)
    } else {
        sea_orm::Condition::all().add(RegionCode.eq(round.region_code.as_str()))
    };
    let (span, _) = years(round.year)?;
    let rows = scope::communities(work.actor)?
        .filter(region)
        .filter(Status.is_in([CommunityStatus::Active, CommunityStatus::Dormant]))
        .filter(CreatedAt.lt(span.until.and_time(NaiveTime::MIN).and_utc()))
        .filter(Id.gt(after))
        .order_by_asc(Id)
        .limit(CHUNK as u64);
    Ok(rows.all(work.db()).await?)
}

/// The entry of a community.
fn entry(
    work: &Work<'_>,
    round: &award_round::Model,
    community: &community::Model,
    record: &EntryRecord,
) -> Result<award_entry::Model> {
    let sealed = record::seal(record)?;
    Ok(award_entry::Model {
        id: work.new_id(),
        round_id: round.id,
        community_id: community.id,
        region_code: community.region_code.clone(),
        community_name: community.name.clone(),
        year: round.year,
        awarded: record.verdict().awarded,
        record: sealed.text,
        sha256: sealed.sha256,
        computed_at: work.now(),
        version: 1,
        created_at: work.now(),
        updated_at: work.now(),
    })
}

/// Puts entries in the place of those that were there, which keep their ids.
async fn put(work: &Work<'_>, _: &Permit, entries: Vec<award_entry::Model>) -> Result<()> {
    use award_entry::Column::{
        Awarded, CommunityId, CommunityName, ComputedAt, Record, RegionCode, RoundId, Sha256, UpdatedAt,
        Version,
    };
    let again = OnConflict::columns([RoundId, CommunityId])
        .update_columns([RegionCode, CommunityName, Awarded, Record, Sha256, ComputedAt, UpdatedAt])
        .value(Version, Expr::col((award_entry::Entity, Version)).add(1))
        .to_owned();
    let rows = entries.into_iter().map(IntoActiveModel::into_active_model);
    award_entry::Entity::insert_many(rows).on_conflict(again).exec_without_returning(work.db()).await?;
    Ok(())
}
