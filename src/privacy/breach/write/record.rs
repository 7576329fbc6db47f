//! Writing down what is known of a breach.

use chrono::{DateTime, Utc};
use entity::breach::{ActiveModel, Entity, Model};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde_json::json;

use super::{announced, lock, regions, update};
use crate::{
    access::{
        action::Action,
        actor::{Permit, Place},
        context::{Command, Work},
    },
    foundation::{
        error::{Error, Faults, Result},
        patch, text, version,
    },
    privacy::breach::{
        input::{RecordBreachInput, UpdateBreachInput},
        rule::{self, Persons},
        state::BreachStatus,
        view::{self, Breach, BreachId},
    },
};

/// Writes down that there was a breach; its clock runs from when it was found out.
pub struct RecordBreach(pub RecordBreachInput);

impl Command for RecordBreach {
    type Output = Breach;
    const ACTION: Action = Action::BreachRecord;

    async fn run(&self, work: &Work<'_>) -> Result<Breach> {
        let permit = work.permit(Self::ACTION, &Place::default())?;
        let Self(input) = self;
        let mut faults = Faults::new();
        let regions = regions(work, input.region_codes.as_deref().unwrap_or_default(), &mut faults).await?;
        let row = checked(work, input, regions, &mut faults);
        faults.done()?;
        insert(work, &permit, row.ok_or_else(|| Error::invalid("", "invalid"))?).await
    }
}

/// The row of a breach, with every fault noted.
fn checked(
    work: &Work<'_>,
    input: &RecordBreachInput,
    regions: Vec<String>,
    faults: &mut Faults,
) -> Option<Model> {
    let now = work.now();
    let title = faults.take("/title", text::line(&input.title, rule::TITLE));
    let what_happened = faults.take("/whatHappened", rule::said(&input.what_happened));
    let discovered_at = faults.take("/discoveredAt", rule::discovered(input.discovered_at, now));
    let mut past = |pointer: &str, at: Option<DateTime<Utc>>| faults.take(pointer, rule::past(at?, now));
    let course = (past("/occurredFrom", input.occurred_from), past("/occurredUntil", input.occurred_until));
    rule::check_course(faults, course, discovered_at);
    let classes = faults.take("/dataClasses", rule::classes(&input.data_classes));
    let persons = faults.take("/personsEstimated", Persons::parse(input.persons_estimated));
    let mut said = |pointer: &str, raw: Option<&str>| faults.take(pointer, rule::said(raw?));
    let consequences = said("/consequences", input.consequences.as_deref());
    let measures = said("/measures", input.measures.as_deref());
    let contact =
        input.contact.as_deref().and_then(|raw| faults.take("/contact", text::line(raw, rule::TITLE)));
    Some(Model {
        id: work.new_id(),
        title: title?,
        what_happened: what_happened?,
        discovered_at: discovered_at?,
        occurred_from: course.0,
        occurred_until: course.1,
        data_classes: json!(classes?),
        cause: input.cause.as_str().to_owned(),
        persons_estimated: persons?.get(),
        region_codes: json!(regions),
        consequences,
        measures,
        contact,
        contained_at: None,
        authority_notified_at: None,
        authority_channel: None,
        authority_reference: None,
        authority_not_needed: None,
        persons_notified_at: None,
        persons_channel: None,
        persons_notified: None,
        persons_not_needed: None,
        lessons: None,
        status: BreachStatus::Open.as_str().to_owned(),
        status_reason: None,
        status_since: now,
        closed: 0,
        due_soon_at: None,
        version: 1,
        created_at: now,
        updated_at: now,
    })
}

async fn insert(work: &Work<'_>, _: &Permit, row: Model) -> Result<Breach> {
    Entity::insert(row.clone().into_active_model()).exec_without_returning(work.db()).await?;
    announced(work, "breach.recorded", row).await
}

/// Writes down what is known better by now. When it was found out stays: else the clock could be set back.
pub struct UpdateBreach {
    /// Which one.
    pub id: BreachId,
    /// The version the caller read.
    pub version: Option<i64>,
    /// The changes.
    pub input: UpdateBreachInput,
}

impl Command for UpdateBreach {
    type Output = Breach;
    const ACTION: Action = Action::BreachUpdate;

    async fn run(&self, work: &Work<'_>) -> Result<Breach> {
        let found = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &Place::default())?;
        version::check(self.version, found.version)?;
        view::status(&found)?.require_open()?;
        let mut faults = Faults::new();
        let mut row = found.clone();
        words(&self.input, &mut row, &mut faults);
        facts(&self.input, &mut row, work.now(), &mut faults);
        let named =
            patch::optional(&mut faults, "/regionCodes", &self.input.region_codes, |codes| Ok(codes.clone()));
        if let Some(named) = named {
            let codes = regions(work, named.as_deref().unwrap_or_default(), &mut faults).await?;
            row.region_codes = json!(codes);
        }
        faults.done()?;
        if row == found {
            return Breach::at(found, work.now());
        }
        let change: ActiveModel = row.into_active_model().reset_all();
        update(work, &permit, &found, change, "breach.updated").await
    }
}

fn words(input: &UpdateBreachInput, row: &mut Model, faults: &mut Faults) {
    let title = patch::required(faults, "/title", &input.title, |raw| text::line(raw, rule::TITLE));
    let what = patch::required(faults, "/whatHappened", &input.what_happened, |raw| rule::said(raw));
    let consequences = patch::optional(faults, "/consequences", &input.consequences, |raw| rule::said(raw));
    let measures = patch::optional(faults, "/measures", &input.measures, |raw| rule::said(raw));
    let contact = patch::optional(faults, "/contact", &input.contact, |raw| text::line(raw, rule::TITLE));
    row.title = title.unwrap_or_else(|| row.title.clone());
    row.what_happened = what.unwrap_or_else(|| row.what_happened.clone());
    row.consequences = consequences.unwrap_or_else(|| row.consequences.clone());
    row.measures = measures.unwrap_or_else(|| row.measures.clone());
    row.contact = contact.unwrap_or_else(|| row.contact.clone());
}

fn facts(input: &UpdateBreachInput, row: &mut Model, now: DateTime<Utc>, faults: &mut Faults) {
    let from = patch::optional(faults, "/occurredFrom", &input.occurred_from, |at| rule::past(*at, now));
    let until = patch::optional(faults, "/occurredUntil", &input.occurred_until, |at| rule::past(*at, now));
    let classes = patch::required(faults, "/dataClasses", &input.data_classes, |all| rule::classes(all));
    let cause = patch::required(faults, "/cause", &input.cause, |cause| Ok(*cause));
    let persons =
        patch::required(faults, "/personsEstimated", &input.persons_estimated, |many| Persons::parse(*many));
    row.occurred_from = from.unwrap_or(row.occurred_from);
    row.occurred_until = until.unwrap_or(row.occurred_until);
    rule::check_course(faults, (row.occurred_from, row.occurred_until), Some(row.discovered_at));
    let contained_first = row.contained_at.zip(row.occurred_from).is_some_and(|(at, from)| from > at);
    faults.require(!contained_first, "/occurredFrom", "breach_contained_before_it_began");
    if let Some(classes) = classes {
        row.data_classes = json!(classes);
    }
    if let Some(cause) = cause {
        row.cause = cause.as_str().to_owned();
    }
    row.persons_estimated = persons.map_or(row.persons_estimated, Persons::get);
}
