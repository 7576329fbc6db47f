//! Working an entry out again: from the text that decided, and from the records as they are now.

use entity::{
    award_entry::{Column, Model},
    community,
};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter};

use super::view::{AwardEntryId, AwardReproduction};
use crate::{
    access::{context::Ctx, scope},
    community::recognition::{
        facts::{RecognitionFacts, Span},
        gather,
        record::{self, EntryRecord},
        view::award_lines,
    },
    foundation::error::{Error, Result},
};

/// An entry, worked out again.
///
/// # Errors
/// `not_found`.
pub async fn reproduction(ctx: &Ctx, id: AwardEntryId) -> Result<AwardReproduction> {
    let entries = scope::award_entries(&ctx.actor)?.filter(Column::Id.eq(id.uuid()));
    let entry = entries.one(ctx.db()).await?.ok_or(Error::NotFound("award_entry"))?;
    let communities = scope::communities(&ctx.actor)?;
    let of = communities.filter(community::Column::Id.eq(entry.community_id));
    let community = of.one(ctx.db()).await?.ok_or(Error::NotFound("community"))?;
    let kept: EntryRecord = record::read(&entry.record)?;
    let now = recounted(ctx.db(), &community, entry.year, kept.clone()).await?;
    Ok(AwardReproduction {
        entry_id: id,
        reproduced: is_reproduced(&entry, &kept),
        records_unchanged: now == kept,
        awarded_now: now.verdict().awarded,
        lines_now: award_lines(&now),
    })
}

/// Whether the text is the one that was hashed, about this community, and says what was told.
fn is_reproduced(entry: &Model, kept: &EntryRecord) -> bool {
    record::hash(&entry.record) == entry.sha256
        && kept.community_id == entry.community_id
        && kept.verdict().awarded == entry.awarded
}

/// The record with what the community did, counted now; criteria and edition stay, and what its charter meant: another
/// charter since is no other past.
///
/// # Errors
/// `unavailable` or `internal` when the database does not answer.
pub async fn recounted(
    db: &impl ConnectionTrait,
    community: &community::Model,
    year: i32,
    kept: EntryRecord,
) -> Result<EntryRecord> {
    let (span, before) = years(year)?;
    let all = Span { from: before.from, until: span.until };
    let known = gather::known(db, std::slice::from_ref(community), all).await?.pop();
    let mut known = known.ok_or(Error::NotFound("community"))?;
    known.noted = vec![(before.from, kept.before.cadence_days), (span.from, kept.facts.cadence_days)];
    let (facts, before) = (RecognitionFacts::of(&known, span), RecognitionFacts::of(&known, before));
    Ok(EntryRecord { facts, before, ..kept })
}

/// A year and the one before.
///
/// # Errors
/// `internal` for a year that no round is for.
pub fn years(year: i32) -> Result<(Span, Span)> {
    let span = |year| Span::year(year).map_err(|f| Error::internal("the year of a round", f.code));
    Ok((span(year)?, span(year - 1)?))
}
