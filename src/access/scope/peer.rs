//! Where queries about what colleagues do with one another start: lessons they watch, books they read.

use entity::{book_reading, chapter_note, observation, observation_instrument};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::IntoCondition,
};
use uuid::Uuid;

use super::community::{joined_by, led_by, within_communities};
use crate::{
    access::{
        action::Action,
        actor::{Actor, Held},
    },
    foundation::error::Result,
};

/// Instruments that were ever published, for every signed-in caller: a form names nobody. Drafts are for
/// those who may write them.
pub fn observation_instruments(actor: &Actor) -> Result<Select<observation_instrument::Entity>> {
    let condition = actor.condition(Action::ObservationInstrumentRead, |_| None)?;
    let seen = observation_instrument::Entity::find().filter(condition);
    let writes = actor.reaches(Action::ObservationInstrumentUpdate);
    if writes.contains(&Held::Everywhere) {
        return Ok(seen);
    }
    let published = Condition::any().add(observation_instrument::Column::Status.ne("draft"));
    Ok(seen.filter(writes.into_iter().fold(published, |seen, held| match held {
        Held::Officer(person) => {
            seen.add(observation_instrument::Column::CommunityId.in_subquery(led_by(person).into_query()))
        }
        _ => seen,
    })))
}

/// Whether a person is one of the two.
fn is_of(person: Uuid) -> Condition {
    Condition::any()
        .add(observation::Column::ObserverId.eq(person))
        .add(observation::Column::ObservedId.eq(person))
}

/// Peer observations: those of the caller, and in the caller's communities those that both of the two
/// share. There is no other way to one: not by region, school or office, not for the ministry.
pub fn observations(actor: &Actor) -> Result<Select<observation::Entity>> {
    let condition = actor.condition(Action::ObservationRead, |held| match held {
        Held::Own(person) => Some(is_of(person)),
        Held::Member(person) => Some(
            Condition::all()
                .add(observation::Column::ObserverSharedAt.is_not_null())
                .add(observation::Column::ObservedSharedAt.is_not_null())
                .add(observation::Column::CommunityId.in_subquery(joined_by(person).into_query())),
        ),
        Held::Everywhere
        | Held::Region(_)
        | Held::Organisation(_)
        | Held::School(_)
        | Held::Taught(_)
        | Held::Officer(_)
        | Held::Account(_) => Some(nothing()),
    })?;
    // Even a table that said so by mistake would open none: what is not the caller's own or shared has
    // no way in, so an empty condition ("everything") is closed here as well.
    Ok(observation::Entity::find().filter(if condition.is_empty() { nothing() } else { condition }))
}

fn nothing() -> Condition {
    observation::Column::Id.is_null().into_condition()
}

/// Readings of books within reach.
pub fn book_readings(actor: &Actor) -> Result<Select<book_reading::Entity>> {
    let column = book_reading::Column::CommunityId;
    let condition = within_communities(actor, Action::BookReadingRead, column, |_| None)?;
    Ok(book_reading::Entity::find().filter(condition))
}

/// Notes on the chapters of what the caller's own communities read.
pub fn chapter_notes(actor: &Actor) -> Result<Select<chapter_note::Entity>> {
    let column = book_reading::Column::CommunityId;
    let seen = book_reading::Entity::find()
        .filter(within_communities(actor, Action::ChapterNoteRead, column, |_| None)?)
        .select_only()
        .column(book_reading::Column::Id)
        .into_query();
    Ok(chapter_note::Entity::find().filter(chapter_note::Column::ReadingId.in_subquery(seen)))
}
