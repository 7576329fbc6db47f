//! Planning a batch, and changing the plan.

use chrono::SubsecRound;
use entity::{
    batch::{ActiveModel, Model},
    session,
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{NotSet, Set, Unchanged},
    ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
};

use super::{announce, update_row};
use crate::{
    access::{
        action::Action,
        actor::{Permit, Place},
        context::{Command, Work},
        scope,
    },
    directory::region,
    foundation::{
        dates as checked,
        error::{Error, Fault, Faults, Result},
        patch, text, version,
    },
    training::{
        batch::{
            input::{CreateBatchInput, UpdateBatchInput},
            lock::{lock, place, status},
            read,
            rule::{BatchKind, Capacity, CostRupiah, Lineage, Schedule, SourceBatch},
            state::BatchStatus,
            view::{Batch, BatchId},
        },
        enrolment::write::promote_waiting,
        program,
        session::rule::{SessionTimes, SessionZone},
    },
};

/// Plans a batch of a published program. It is shown to its provider's staff only, until it is opened.
pub struct CreateBatch(pub CreateBatchInput);

impl Command for CreateBatch {
    type Output = Batch;
    const ACTION: Action = Action::BatchCreate;

    async fn run(&self, work: &Work<'_>) -> Result<Batch> {
        let Self(input) = self;
        let program = match program::write::lock(work, input.program_id).await {
            Ok(program) => Some(program),
            Err(Error::NotFound(_)) => None,
            Err(error) => return Err(error),
        };
        let place = Place {
            organisation: program.as_ref().map(|p| p.provider_id),
            region: Some(input.region_code.clone()),
            ..Place::default()
        };
        let Some(program) = program else {
            // Who could not plan a batch of any program learns that first.
            work.actor.require_role_for(Self::ACTION)?;
            return Err(Error::invalid("/programId", "reference_unknown"));
        };
        let permit = work.permit(Self::ACTION, &place)?;
        program::write::status(&program)?.require_published()?;
        let mut row = ActiveModel {
            id: Set(work.new_id()),
            program_id: Set(program.id),
            provider_id: Set(program.provider_id),
            status: Set(BatchStatus::Draft.as_str().to_owned()),
            status_reason: Set(None),
            opened_at: Set(None),
            taken: Set(0),
            version: Set(1),
            created_at: Set(work.now()),
            updated_at: Set(work.now()),
            ..Default::default()
        };
        let mut faults = Faults::new();
        let source = source(work, input, &mut faults).await?;
        apply(work, &UpdateBatchInput::from(input), &mut row, &mut faults).await?;
        faults.done()?;
        let kind = input.kind.unwrap_or(BatchKind::Direct);
        let lineage = Lineage::of(kind, program.id, source.as_ref())?;
        row.kind = Set(lineage.kind().as_str().to_owned());
        row.source_batch_id = Set(lineage.source());
        row.generation = Set(lineage.generation());
        insert(work, &permit, row).await
    }
}

/// Changes a batch that has not finished.
pub struct UpdateBatch {
    /// Which one.
    pub id: BatchId,
    /// The version the caller read.
    pub version: Option<i64>,
    /// The changes.
    pub input: UpdateBatchInput,
}

impl Command for UpdateBatch {
    type Output = Batch;
    const ACTION: Action = Action::BatchUpdate;

    async fn run(&self, work: &Work<'_>) -> Result<Batch> {
        let found = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &place(&found))?;
        version::check(self.version, found.version)?;
        self.require_changeable(status(&found)?)?;
        let mut faults = Faults::new();
        let mut change = found.clone().into_active_model();
        apply(work, &self.input, &mut change, &mut faults).await?;
        faults.done()?;
        if let Some(capacity) = self.input.capacity.value() {
            let capacity = Capacity::parse(*capacity).map_err(|f| Error::Invalid(vec![f]))?;
            capacity.require_room_for(found.taken)?;
        }
        if !self.input.starts_on.is_undefined() || !self.input.ends_on.is_undefined() {
            require_sessions_within(work, &found, &change).await?;
        }
        if !change.is_changed() {
            return read::view_of(work.db(), found.id).await;
        }
        let row = update_row(work, &permit, &found, change).await?;
        let mut promoted = Vec::new();
        if row.capacity > found.capacity {
            let free = usize::try_from(row.capacity - row.taken).unwrap_or_default();
            promoted = promote_waiting(work, &permit, &row, free).await?;
        }
        let view = read::view_of(work.db(), row.id).await?;
        announce(work, "batch.updated", &row).await?;
        for event in promoted {
            work.emit(event).await?;
        }
        Ok(view)
    }
}

impl UpdateBatch {
    fn require_changeable(&self, status: BatchStatus) -> Result<()> {
        status.require_planning()?;
        if self.input.touches_offer() {
            status.require_draft()?;
        }
        if self.input.touches_window() && !matches!(status, BatchStatus::Draft | BatchStatus::Open) {
            return Err(Error::conflict_with(Fault::new("", "batch_not_open").with("status", status)));
        }
        Ok(())
    }
}

/// The batch that a cascade passes on, as far as the caller sees it.
async fn source(
    work: &Work<'_>,
    input: &CreateBatchInput,
    faults: &mut Faults,
) -> Result<Option<SourceBatch>> {
    let Some(id) = input.source_batch_id else { return Ok(None) };
    let found =
        scope::batches(work.actor).filter(entity::batch::Column::Id.eq(id.uuid())).one(work.db()).await?;
    let Some(row) = found else {
        faults.push(Fault::new("/sourceBatchId", "reference_unknown"));
        return Ok(None);
    };
    Ok(Some(SourceBatch {
        id: row.id,
        program_id: row.program_id,
        status: status(&row)?,
        generation: row.generation,
    }))
}

/// Puts what is said and sound into `row`, and what is not into `faults`.
async fn apply(
    work: &Work<'_>,
    input: &UpdateBatchInput,
    row: &mut ActiveModel,
    faults: &mut Faults,
) -> Result<()> {
    if let Some(name) = patch::required(faults, "/name", &input.name, |raw| text::line(raw, 200)) {
        row.name = Set(name);
    }
    if let Some(place) = patch::required(faults, "/place", &input.place, |raw| text::line(raw, 200)) {
        row.place = Set(place);
    }
    if let Some(code) = patch::required(faults, "/regionCode", &input.region_code, |code| Ok(code.clone())) {
        faults.require(region::read::exists(work.db(), &code).await?, "/regionCode", "reference_unknown");
        row.region_code = Set(code);
    }
    if let Some(seats) = patch::required(faults, "/capacity", &input.capacity, |n| Capacity::parse(*n)) {
        row.capacity = Set(seats.get());
    }
    if let Some(cost) = patch::required(faults, "/costRupiah", &input.cost_rupiah, |n| CostRupiah::parse(*n))
    {
        row.cost_rupiah = Set(cost.get());
    }
    if let Some(selection) = patch::required(faults, "/selection", &input.selection, |rule| Ok(*rule)) {
        row.selection = Set(selection.as_str().to_owned());
    }
    if apply_dates(input, row, faults)
        && let Some(schedule) = dates(row)
    {
        schedule.faults().into_iter().for_each(|fault| faults.push(fault));
    }
    Ok(())
}

/// Instants are kept to the second: both engines then order and show them alike. Answers whether every
/// date that is said is one that can be taken.
fn apply_dates(input: &UpdateBatchInput, row: &mut ActiveModel, faults: &mut Faults) -> bool {
    let mut found = Faults::new();
    if let Some(day) = patch::required(&mut found, "/startsOn", &input.starts_on, |day| checked::day(*day)) {
        row.starts_on = Set(day);
    }
    if let Some(day) = patch::required(&mut found, "/endsOn", &input.ends_on, |day| checked::day(*day)) {
        row.ends_on = Set(day);
    }
    let (opens, closes) = (&input.registration_opens_at, &input.registration_closes_at);
    if let Some(at) = patch::required(&mut found, "/registrationOpensAt", opens, |at| checked::instant(*at)) {
        row.registration_opens_at = Set(at.trunc_subsecs(0));
    }
    if let Some(at) = patch::required(&mut found, "/registrationClosesAt", closes, |at| checked::instant(*at))
    {
        row.registration_closes_at = Set(at.trunc_subsecs(0));
    }
    let sound = found.is_empty();
    faults.extend(found);
    sound
}

fn dates(row: &ActiveModel) -> Option<Schedule> {
    let changed = [&row.starts_on, &row.ends_on].into_iter().any(|day| matches!(day, Set(_)))
        || [&row.registration_opens_at, &row.registration_closes_at]
            .into_iter()
            .any(|at| matches!(at, Set(_)));
    match (&row.registration_opens_at, &row.registration_closes_at, &row.starts_on, &row.ends_on) {
        (NotSet, ..) | (_, NotSet, ..) | (_, _, NotSet, _) | (_, _, _, NotSet) => None,
        (
            Set(opens) | Unchanged(opens),
            Set(closes) | Unchanged(closes),
            Set(starts) | Unchanged(starts),
            Set(ends) | Unchanged(ends),
        ) if changed => Some(Schedule {
            registration_opens_at: *opens,
            registration_closes_at: *closes,
            starts_on: *starts,
            ends_on: *ends,
        }),
        _ => None,
    }
}

/// Refuses days that leave a session outside.
async fn require_sessions_within(work: &Work<'_>, found: &Model, change: &ActiveModel) -> Result<()> {
    let Some(Schedule { starts_on, ends_on, .. }) = dates(change) else { return Ok(()) };
    let sessions =
        session::Entity::find().filter(session::Column::BatchId.eq(found.id)).all(work.db()).await?;
    let mut outside = 0;
    for session in sessions {
        let zone =
            SessionZone::parse(&session.timezone).map_err(|f| Error::internal("session.timezone", f.code))?;
        let within = SessionTimes::within(session.starts_at, session.ends_at, zone, (starts_on, ends_on));
        outside += i32::from(within.is_err());
    }
    if outside == 0 {
        return Ok(());
    }
    Err(Error::conflict_with(Fault::new("", "sessions_outside_batch_dates").with("sessions", outside)))
}

async fn insert(work: &Work<'_>, _: &Permit, row: ActiveModel) -> Result<Batch> {
    let row = row.insert(work.db()).await?;
    let view = read::view_of(work.db(), row.id).await?;
    announce(work, "batch.created", &row).await?;
    Ok(view)
}
