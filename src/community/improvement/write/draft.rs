//! Writing an item down, changing it, and saying how it goes.

use entity::improvement::{ActiveModel, Entity, Model};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};
use serde_json::json;
use uuid::Uuid;

use super::{Locked, announced, check_owner, lock, said, shown, today, update};
use crate::{
    access::{
        action::Action,
        actor::Permit,
        context::{Command, Work},
    },
    community::{
        group::{lock as community_lock, view::CommunityId},
        improvement::{
            input::{CreateImprovementInput, NoteImprovementInput, UpdateImprovementInput},
            measure::Value,
            rule::{self, check_target, measured_on},
            state::ImprovementStatus,
            view::{Improvement, ImprovementId},
        },
    },
    foundation::{
        dates,
        error::{Error, Fault, Faults, Result},
        patch, text, version,
    },
};

/// Writes down what is to be improved.
pub struct CreateImprovement {
    /// In which community.
    pub community: CommunityId,
    /// What.
    pub input: CreateImprovementInput,
}

impl Command for CreateImprovement {
    type Output = Improvement;
    const ACTION: Action = Action::ImprovementCreate;

    async fn run(&self, work: &Work<'_>) -> Result<Improvement> {
        let held = community_lock::lock(work, self.community).await?;
        let permit = work.permit(Self::ACTION, &held.place)?;
        held.status.require_alive()?;
        let mut faults = Faults::new();
        let row = checked(work, held.row.id, &self.input, &mut faults);
        faults.done()?;
        let row = row.ok_or_else(|| Error::invalid("", "invalid"))?;
        insert(work, &permit, held.row.region_code, row).await
    }
}

/// The row of an item, with every fault noted.
fn checked(
    work: &Work<'_>,
    community: Uuid,
    input: &CreateImprovementInput,
    faults: &mut Faults,
) -> Option<Model> {
    let title = faults.take("/title", text::line(&input.title, rule::TITLE));
    let problem = faults.take("/problem", said(&input.problem));
    let evidence = faults.take("/evidence", said(&input.evidence));
    let url = input.evidence_url.as_deref().map(text::web_address);
    let evidence_url = url.and_then(|parsed| faults.take("/evidenceUrl", parsed));
    let measure = faults.take("/measure", text::line(&input.measure, rule::MEASURE));
    let baseline = faults.take("/baseline", Value::parse(&input.baseline, input.unit));
    let target = faults.take("/target", Value::parse(&input.target, input.unit));
    check_target(faults, baseline, target, input.direction);
    let baseline_on = faults.take("/baselineOn", measured_on(input.baseline_on, None, today(work)));
    Some(Model {
        id: work.new_id(),
        community_id: community,
        title: title?,
        problem: problem?,
        evidence: evidence?,
        evidence_url,
        measure: measure?,
        unit: input.unit.as_str().to_owned(),
        direction: input.direction.as_str().to_owned(),
        baseline: baseline?.0,
        baseline_on: baseline_on?,
        target: target?.0,
        strategy: None,
        owner_id: None,
        due_on: None,
        progress: None,
        after_value: None,
        after_on: None,
        review: None,
        closing_note: None,
        status: ImprovementStatus::Identified.as_str().to_owned(),
        status_reason: None,
        status_since: work.now(),
        version: 1,
        created_at: work.now(),
        updated_at: work.now(),
    })
}

async fn insert(work: &Work<'_>, _: &Permit, region: String, row: Model) -> Result<Improvement> {
    Entity::insert(row.clone().into_active_model()).exec_without_returning(work.db()).await?;
    announced(work, "improvement.created", region, row, json!({})).await
}

/// Changes what an item says, until it was reviewed.
pub struct UpdateImprovement {
    /// Which one.
    pub id: ImprovementId,
    /// The version the caller read.
    pub version: Option<i64>,
    /// The changes.
    pub input: UpdateImprovementInput,
}

impl Command for UpdateImprovement {
    type Output = Improvement;
    const ACTION: Action = Action::ImprovementUpdate;

    async fn run(&self, work: &Work<'_>) -> Result<Improvement> {
        let locked = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &locked.community.place)?;
        version::check(self.version, locked.row.version)?;
        locked.is.status.require_open()?;
        if measures(&self.input) {
            locked.is.status.require_measure_open()?;
        }
        let mut faults = Faults::new();
        let mut change = locked.row.clone();
        words(&self.input, &mut change, &mut faults);
        measure(work, &self.input, &locked, &mut change, &mut faults);
        care(work, &self.input, &locked, &mut change, &mut faults).await?;
        faults.done()?;
        if change == locked.row {
            return shown(work, change).await;
        }
        let change: ActiveModel = change.into_active_model().reset_all();
        update(work, &permit, &locked, change, ("improvement.updated", json!({}))).await
    }
}

/// Whether something about how it is measured is said.
const fn measures(input: &UpdateImprovementInput) -> bool {
    !(input.measure.is_undefined()
        && input.unit.is_undefined()
        && input.direction.is_undefined()
        && input.baseline.is_undefined()
        && input.baseline_on.is_undefined()
        && input.target.is_undefined())
}

fn words(input: &UpdateImprovementInput, row: &mut Model, faults: &mut Faults) {
    let title = patch::required(faults, "/title", &input.title, |raw| text::line(raw, rule::TITLE));
    let problem = patch::required(faults, "/problem", &input.problem, |raw| said(raw));
    let evidence = patch::required(faults, "/evidence", &input.evidence, |raw| said(raw));
    let url = patch::optional(faults, "/evidenceUrl", &input.evidence_url, |raw| text::web_address(raw));
    row.title = title.unwrap_or_else(|| row.title.clone());
    row.problem = problem.unwrap_or_else(|| row.problem.clone());
    row.evidence = evidence.unwrap_or_else(|| row.evidence.clone());
    row.evidence_url = url.unwrap_or_else(|| row.evidence_url.clone());
}

/// The measure as a whole: another unit or direction judges the values that stay as well.
fn measure(
    work: &Work<'_>,
    input: &UpdateImprovementInput,
    locked: &Locked,
    row: &mut Model,
    faults: &mut Faults,
) {
    let name = patch::required(faults, "/measure", &input.measure, |raw| text::line(raw, rule::MEASURE));
    let unit = patch::required(faults, "/unit", &input.unit, |unit| Ok(*unit)).unwrap_or(locked.is.unit);
    let direction = patch::required(faults, "/direction", &input.direction, |way| Ok(*way))
        .unwrap_or(locked.is.direction);
    let value =
        |faults: &mut Faults, at: &str, field: &async_graphql::MaybeUndefined<String>, before: i64| {
            if field.is_undefined() {
                let kept = Value(before).to_string();
                return faults.take(at, Value::parse(&kept, unit));
            }
            patch::required(faults, at, field, |raw| Value::parse(raw, unit))
        };
    let baseline = value(faults, "/baseline", &input.baseline, row.baseline);
    let target = value(faults, "/target", &input.target, row.target);
    check_target(faults, baseline, target, direction);
    let on = patch::required(faults, "/baselineOn", &input.baseline_on, |day| {
        measured_on(*day, None, today(work))
    });
    row.measure = name.unwrap_or_else(|| row.measure.clone());
    unit.as_str().clone_into(&mut row.unit);
    direction.as_str().clone_into(&mut row.direction);
    row.baseline = baseline.map_or(row.baseline, |value| value.0);
    row.target = target.map_or(row.target, |value| value.0);
    row.baseline_on = on.unwrap_or(row.baseline_on);
}

/// Who looks after it and until when, once that was agreed.
async fn care(
    work: &Work<'_>,
    input: &UpdateImprovementInput,
    locked: &Locked,
    row: &mut Model,
    faults: &mut Faults,
) -> Result<()> {
    let agreed = locked.is.status != ImprovementStatus::Identified;
    for (at, said) in [("/ownerId", !input.owner_id.is_undefined()), ("/dueOn", !input.due_on.is_undefined())]
    {
        if said && !agreed {
            faults.push(Fault::new(at, "improvement_not_yet_agreed"));
        }
    }
    if !agreed {
        return Ok(());
    }
    if let Some(owner) = patch::required(faults, "/ownerId", &input.owner_id, |id| Ok(*id)) {
        check_owner(work, locked.row.community_id, owner, faults).await?;
        row.owner_id = Some(owner.uuid());
    }
    if let Some(due) = patch::required(faults, "/dueOn", &input.due_on, |day| due(*day, work)) {
        row.due_on = Some(due);
    }
    Ok(())
}

/// A day until which something should be done: today or later.
pub(super) fn due(day: chrono::NaiveDate, work: &Work<'_>) -> std::result::Result<chrono::NaiveDate, Fault> {
    let day = dates::day(day)?;
    if day < today(work) { Err(Fault::new("", "due_in_past")) } else { Ok(day) }
}

/// Says how it goes.
pub struct NoteImprovement {
    /// Which item.
    pub id: ImprovementId,
    /// How.
    pub input: NoteImprovementInput,
}

impl Command for NoteImprovement {
    type Output = Improvement;
    const ACTION: Action = Action::ImprovementNote;

    async fn run(&self, work: &Work<'_>) -> Result<Improvement> {
        let locked = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &locked.place_of_owner())?;
        work.expect(locked.row.version)?;
        locked.is.status.require_open()?;
        let mut faults = Faults::new();
        let progress = faults.take("/progress", said(&self.input.progress));
        faults.done()?;
        if progress == locked.row.progress {
            return shown(work, locked.row).await;
        }
        let mut change = locked.row.clone().into_active_model();
        change.progress = Set(progress);
        update(work, &permit, &locked, change, ("improvement.noted", json!({}))).await
    }
}
