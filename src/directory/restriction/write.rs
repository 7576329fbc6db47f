//! Restricting the use of a record, and lifting that.

use async_graphql::InputObject;
use entity::person::{Column, Model};
use sea_orm::{ActiveValue::Set, ColumnTrait, IntoActiveModel, QueryFilter, QuerySelect};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::{
    rule::{self, RestrictedBy},
    view::{Restriction, standing},
};
use crate::{
    access::{
        action::Action,
        actor::{Held, Permit, Place},
        context::{Command, Work},
        scope,
    },
    directory::person::{merged, rule::require_held, view::PersonId},
    foundation::{
        error::{Error, Faults, Result},
        event::Event,
        text::Reason,
    },
};

/// Why the use of a record is restricted, or no longer.
#[derive(Debug, Clone, Default, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RestrictionInput {
    /// Why; at most 500 characters. The person themselves need not say.
    #[schema(example = "Tanggal lahir pada data ini sedang diperiksa.", max_length = 500)]
    pub reason: Option<String>,
}

/// Restricts the use of a person's record.
pub struct SetRestriction {
    /// Whose record.
    pub person: PersonId,
    /// Why.
    pub input: RestrictionInput,
}

/// Lets a person's record be used as before.
pub struct LiftRestriction {
    /// Whose record.
    pub person: PersonId,
    /// Why.
    pub input: RestrictionInput,
}

impl Command for SetRestriction {
    type Output = Restriction;
    const ACTION: Action = Action::RestrictionSet;

    fn why(&self) -> Option<&str> {
        self.input.reason.as_deref()
    }

    async fn run(&self, work: &Work<'_>) -> Result<Restriction> {
        let (row, permit) = hold(work, Self::ACTION, self.person).await?;
        let by = caller(work, Self::ACTION, &row);
        require_reason(&self.input, by)?;
        rule::set(standing(&row)?, by)?;
        change(work, &permit, row, Some(by)).await
    }
}

impl Command for LiftRestriction {
    type Output = Restriction;
    const ACTION: Action = Action::RestrictionLift;

    fn why(&self) -> Option<&str> {
        self.input.reason.as_deref()
    }

    async fn run(&self, work: &Work<'_>) -> Result<Restriction> {
        let (row, permit) = hold(work, Self::ACTION, self.person).await?;
        let by = caller(work, Self::ACTION, &row);
        require_reason(&self.input, by)?;
        rule::lift(standing(&row)?, by)?;
        change(work, &permit, row, None).await
    }
}

/// The record, locked, with the proof that the caller may, in the version they read.
async fn hold(work: &Work<'_>, action: Action, person: PersonId) -> Result<(Model, Permit)> {
    let row = scope::concerned(work.actor, action)?
        .filter(Column::Id.eq(person.uuid()))
        .lock_exclusive()
        .one(work.db())
        .await?
        .ok_or(Error::NotFound("person"))?;
    let place = Place {
        region: row.region_code.clone(),
        school: row.school_id,
        person: Some(row.id),
        ..Place::default()
    };
    let permit = work.permit(action, &place)?;
    work.expect(row.version)?;
    require_held(row.erased_at)?;
    merged::require_current(work.db(), row.id).await?;
    Ok((row, permit))
}

/// As whom the caller does it. Whoever the record is about does it as the person, whatever else they are.
fn caller(work: &Work<'_>, action: Action, row: &Model) -> RestrictedBy {
    if work.actor.person() == Some(row.id) {
        RestrictedBy::Person
    } else if work.actor.reaches(action).contains(&Held::Everywhere) {
        RestrictedBy::Ministry
    } else {
        RestrictedBy::Officer
    }
}

/// The person need not say why; whoever does it to somebody else must.
fn require_reason(input: &RestrictionInput, by: RestrictedBy) -> Result<()> {
    let mut faults = Faults::new();
    match &input.reason {
        Some(reason) => {
            faults.take("/reason", Reason::parse(reason));
        }
        None => faults.require(by == RestrictedBy::Person, "/reason", "reason_missing"),
    }
    faults.done()
}

async fn change(work: &Work<'_>, _: &Permit, row: Model, by: Option<RestrictedBy>) -> Result<Restriction> {
    // What the ministry takes over was restricted all the while.
    let since = by.map(|_| row.restricted_at.unwrap_or_else(|| work.now()));
    let mut change = row.clone().into_active_model();
    change.restricted_at = Set(since);
    change.restricted_by = Set(by.map(|by| by.as_str().to_owned()));
    change.version = Set(row.version + 1);
    change.updated_at = Set(work.now());
    let row = work.save(&row, change).await?;
    let kind = if by.is_some() { "person.restricted" } else { "person.restriction_lifted" };
    let event = Event::new(kind, "person", row.id, row.version)
        .in_region(row.region_code.clone())
        .with(json!({ "restrictedBy": row.restricted_by }));
    work.emit(event).await?;
    row.try_into()
}
