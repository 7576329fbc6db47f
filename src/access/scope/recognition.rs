//! Where queries about the recognition of communities start.

use entity::{award_entry, award_objection, award_round, progress_note, recognition_scheme};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::{IntoCondition, SelectStatement},
};

use super::{
    community::{reached, within_communities},
    region_within,
};
use crate::{
    access::{
        action::Action,
        actor::{Actor, Held},
        grant::Role,
    },
    foundation::error::Result,
};

/// What everybody sees who may read such rows at all, and what the caller reaches besides.
fn open_or(
    actor: &Actor,
    action: Action,
    open: impl IntoCondition,
    reached: impl Fn(Held<'_>) -> Option<Condition>,
) -> Result<Condition> {
    let within = actor.condition(action, reached)?;
    // Without a condition there is nothing to add to: an alternative to everything is everything.
    Ok(if within.is_empty() { within } else { Condition::any().add(open.into_condition()).add(within) })
}

/// Editions of the criteria: those that were published for all who read them; drafts for the ministry.
///
/// # Errors
/// `unauthenticated` for the public, `forbidden` when no role of the caller has the action.
pub fn recognition_schemes(actor: &Actor) -> Result<Select<recognition_scheme::Entity>> {
    let known = actor.condition(Action::RecognitionSchemeRead, |_| None)?;
    let all = recognition_scheme::Entity::find().filter(known);
    Ok(if actor.grants_for(Action::RecognitionSchemeRead).iter().any(|grant| grant.role == Role::Ministry) {
        all
    } else {
        all.filter(recognition_scheme::Column::Status.ne("draft"))
    })
}

/// Notes of progress of the communities within reach.
///
/// # Errors
/// `unauthenticated` for the public, `forbidden` when no role of the caller has the action.
pub fn progress_notes(actor: &Actor) -> Result<Select<progress_note::Entity>> {
    let column = progress_note::Column::CommunityId;
    let condition = within_communities(actor, Action::ProgressNoteRead, column, |_| None)?;
    Ok(progress_note::Entity::find().filter(condition))
}

/// Rounds that were announced for all who read them; those that were only counted for who looks after their region.
///
/// # Errors
/// `unauthenticated` for the public, `forbidden` when no role of the caller has the action.
pub fn award_rounds(actor: &Actor) -> Result<Select<award_round::Entity>> {
    let open = award_round::Column::Status.is_in(["announced", "final"]);
    let condition = open_or(actor, Action::AwardRoundRead, open, |held| match held {
        Held::Region(code) => {
            Some(region_within((award_round::Entity, award_round::Column::RegionCode), code))
        }
        _ => None,
    })?;
    Ok(award_round::Entity::find().filter(condition))
}

/// The ids of the rounds that were announced.
fn announced() -> SelectStatement {
    award_round::Entity::find()
        .select_only()
        .column(award_round::Column::Id)
        .filter(award_round::Column::Status.is_in(["announced", "final"]))
        .into_query()
}

/// Entries of rounds: once a round was announced, those that are recognised for all who read them, the others for their
/// own members; all of them, before too, for who looks after the region.
///
/// # Errors
/// `unauthenticated` for the public, `forbidden` when no role of the caller has the action.
pub fn award_entries(actor: &Actor) -> Result<Select<award_entry::Entity>> {
    use award_entry::Column::{Awarded, CommunityId, RegionCode, RoundId};
    let told = || Condition::all().add(RoundId.in_subquery(announced()));
    let open = told().add(Awarded.eq(true));
    let condition = open_or(actor, Action::AwardEntryRead, open, |held| match held {
        Held::Region(code) => Some(region_within((award_entry::Entity, RegionCode), code)),
        Held::Own(_) => None,
        held => reached(held).map(|ids| told().add(CommunityId.in_subquery(ids.into_query()))),
    })?;
    Ok(award_entry::Entity::find().filter(condition))
}

/// Objections of the communities within reach.
///
/// # Errors
/// `unauthenticated` for the public, `forbidden` when no role of the caller has the action.
pub fn award_objections(actor: &Actor) -> Result<Select<award_objection::Entity>> {
    let column = award_objection::Column::CommunityId;
    let condition = within_communities(actor, Action::AwardObjectionRead, column, |_| None)?;
    Ok(award_objection::Entity::find().filter(condition))
}
