//! Writing instruments: drafts, editions, and what becomes of them.

use entity::observation_instrument::{ActiveModel, Column, Entity, Model};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};
use serde_json::{Value, json};

use super::{
    input::{CreateObservationInstrumentInput, UpdateObservationInstrumentInput},
    rule::{self, Criterion},
    state::InstrumentStatus,
    view::{ObservationInstrument, ObservationInstrumentId, status},
};
use crate::{
    access::{
        action::Action,
        actor::{Permit, Place},
        context::{Command, Work},
        scope,
    },
    community::group::{lock as community_lock, view::CommunityId},
    foundation::{
        error::{Error, Fault, Faults, Result},
        event::Event,
        patch, text, version,
    },
};

/// Writes a draft: a new instrument, or a new edition of one.
pub struct CreateObservationInstrument(pub CreateObservationInstrumentInput);

impl Command for CreateObservationInstrument {
    type Output = ObservationInstrument;
    const ACTION: Action = Action::ObservationInstrumentCreate;

    async fn run(&self, work: &Work<'_>) -> Result<ObservationInstrument> {
        let Self(input) = self;
        let (mut faults, mut before, mut owner) = (Faults::new(), None, input.community_id);
        if let Some(id) = input.supersedes_id {
            // Held still, so that it gets one next edition.
            let found = match seen(work, id).await? {
                Some(row) => editions(work, &row).await?.into_iter().find(|one| one.id == row.id),
                None => None,
            };
            faults.require(found.is_some(), "/supersedesId", "reference_unknown");
            let other = found.as_ref().is_some_and(|row| {
                input.community_id.is_some_and(|owner| Some(owner.uuid()) != row.community_id)
            });
            faults.require(!other, "/communityId", "instrument_of_other_owner");
            owner = found.as_ref().map_or(owner, |row| row.community_id.map(Into::into));
            before = found;
        }
        let (place, region) = belongs(work, owner).await?;
        let permit = work.permit(Self::ACTION, &place)?;
        let code = match (&before, &input.code) {
            (Some(row), None) => Some(row.code.clone()),
            (Some(row), Some(given)) => {
                faults.require(
                    given.trim().eq_ignore_ascii_case(&row.code),
                    "/code",
                    "instrument_code_differs",
                );
                Some(row.code.clone())
            }
            (None, Some(given)) => faults.take("/code", rule::code(given)),
            (None, None) => {
                faults.push(Fault::new("/code", "field_missing"));
                None
            }
        };
        if let Some(row) = &before {
            let next = Entity::find().filter(Column::SupersedesId.eq(row.id)).count(work.db()).await?;
            faults.require(next == 0, "/supersedesId", "instrument_superseded");
        } else if let Some(code) = &code {
            faults.require(!is_taken(work, owner, code).await?, "/code", "instrument_code_taken");
        }
        let title = faults.take("/title", text::line(&input.title, 200));
        let description = input.description.as_deref().map(|raw| text::as_given(raw, 2_000));
        let description = description.and_then(|parsed| faults.take("/description", parsed));
        let criteria = checked(&mut faults, &input.criteria)?;
        faults.done()?;
        let (Some(code), Some(title)) = (code, title) else { return Err(Error::invalid("", "invalid")) };
        let row = Model {
            id: work.new_id(),
            community_id: owner.map(CommunityId::uuid),
            code,
            edition: before.as_ref().map_or(1, |row| row.edition + 1),
            supersedes_id: before.map(|row| row.id),
            title,
            description,
            criteria,
            status: InstrumentStatus::Draft.as_str().to_owned(),
            status_since: work.now(),
            version: 1,
            created_at: work.now(),
            updated_at: work.now(),
        };
        insert(work, &permit, region, row).await
    }
}

/// Changes a draft.
pub struct UpdateObservationInstrument {
    /// Which one.
    pub id: ObservationInstrumentId,
    /// The version the caller read.
    pub version: Option<i64>,
    /// The changes.
    pub input: UpdateObservationInstrumentInput,
}

impl Command for UpdateObservationInstrument {
    type Output = ObservationInstrument;
    const ACTION: Action = Action::ObservationInstrumentUpdate;

    async fn run(&self, work: &Work<'_>) -> Result<ObservationInstrument> {
        let held = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &held.place)?;
        version::check(self.version, held.row.version)?;
        status(&held.row)?.require_draft()?;
        let mut faults = Faults::new();
        let input = &self.input;
        let title = patch::required(&mut faults, "/title", &input.title, |raw| text::line(raw, 200));
        let description = patch::optional(&mut faults, "/description", &input.description, |raw| {
            text::as_given(raw, 2_000)
        });
        let criteria = patch::required(&mut faults, "/criteria", &input.criteria, |raw| Ok(raw.clone()));
        let criteria = criteria.map(|raw| checked(&mut faults, &raw)).transpose()?;
        faults.done()?;
        let mut change = held.row.clone().into_active_model();
        if let Some(title) = title {
            change.title = Set(title);
        }
        if let Some(description) = description {
            change.description = Set(description);
        }
        if let Some(criteria) = criteria {
            change.criteria = Set(criteria);
        }
        if !change.is_changed() {
            return held.row.try_into();
        }
        update(work, &permit, &held, change, "observation_instrument.updated").await
    }
}

/// Publishes a draft: what it says is fixed from now on. The editions before it retire.
pub struct PublishObservationInstrument(pub ObservationInstrumentId);

impl Command for PublishObservationInstrument {
    type Output = ObservationInstrument;
    const ACTION: Action = Action::ObservationInstrumentPublish;

    async fn run(&self, work: &Work<'_>) -> Result<ObservationInstrument> {
        let held = lock(work, self.0).await?;
        let permit = work.permit(Self::ACTION, &held.place)?;
        work.expect(held.row.version)?;
        let next = status(&held.row)?.publish()?;
        let later = |row: &&Model| row.edition > held.row.edition && row.status == PUBLISHED;
        if held.others.iter().any(|row| later(&row)) {
            return Err(Error::conflict("instrument_superseded"));
        }
        retire_earlier(work, &permit, &held).await?;
        step(work, &permit, &held, next, "observation_instrument.published").await
    }
}

/// Retires an instrument: nothing is planned with it any more.
pub struct RetireObservationInstrument(pub ObservationInstrumentId);

impl Command for RetireObservationInstrument {
    type Output = ObservationInstrument;
    const ACTION: Action = Action::ObservationInstrumentRetire;

    async fn run(&self, work: &Work<'_>) -> Result<ObservationInstrument> {
        let held = lock(work, self.0).await?;
        let permit = work.permit(Self::ACTION, &held.place)?;
        work.expect(held.row.version)?;
        let next = status(&held.row)?.retire()?;
        step(work, &permit, &held, next, "observation_instrument.retired").await
    }
}

/// An instrument, locked, and where it belongs.
struct Held {
    row: Model,
    /// Its other editions, locked too.
    others: Vec<Model>,
    place: Place,
    region: Option<String>,
}

const PUBLISHED: &str = InstrumentStatus::Published.as_str();

async fn lock(work: &Work<'_>, id: ObservationInstrumentId) -> Result<Held> {
    let found = seen(work, id).await?.ok_or(Error::NotFound("observation_instrument"))?;
    // A community comes before what belongs to it, so that no two commands wait for each other.
    let (place, region) = belongs(work, found.community_id.map(Into::into)).await?;
    let mut others = editions(work, &found).await?;
    let at = others.iter().position(|row| row.id == found.id);
    let row = at.map(|at| others.remove(at)).ok_or(Error::NotFound("observation_instrument"))?;
    Ok(Held { row, others, place, region })
}

/// Every edition of an instrument, the first one first, locked in that order: whoever changes one of them
/// waits for whoever changes another, so that never two are published.
async fn editions(work: &Work<'_>, row: &Model) -> Result<Vec<Model>> {
    let same = match row.community_id {
        Some(id) => Column::CommunityId.eq(id),
        None => Column::CommunityId.is_null(),
    };
    let all = Entity::find().filter(same).filter(Column::Code.eq(&row.code)).order_by_asc(Column::Edition);
    Ok(all.lock_exclusive().all(work.db()).await?)
}

async fn seen(work: &Work<'_>, id: ObservationInstrumentId) -> Result<Option<Model>> {
    let found = scope::observation_instruments(work.actor)?.filter(Column::Id.eq(id.uuid()));
    Ok(found.one(work.db()).await?)
}

/// Where an owner's instruments belong, and in which region; a national one belongs to nobody below the ministry.
async fn belongs(work: &Work<'_>, owner: Option<CommunityId>) -> Result<(Place, Option<String>)> {
    match owner {
        None => Ok((Place::default(), None)),
        Some(id) => {
            let held = community_lock::lock(work, id).await?;
            Ok((held.place, Some(held.row.region_code)))
        }
    }
}

async fn is_taken(work: &Work<'_>, owner: Option<CommunityId>, code: &str) -> Result<bool> {
    let same = match owner {
        Some(id) => Column::CommunityId.eq(id.uuid()),
        None => Column::CommunityId.is_null(),
    };
    let found = Entity::find().filter(same).filter(Column::Code.eq(code));
    Ok(found.count(work.db()).await? > 0)
}

fn checked(faults: &mut Faults, raw: &[Criterion]) -> Result<Value> {
    let criteria = match rule::criteria(raw) {
        Ok(criteria) => criteria,
        Err(found) => {
            faults.extend(found);
            Vec::new()
        }
    };
    serde_json::to_value(criteria).map_err(|e| Error::internal("write the criteria", e))
}

/// The editions before retire as the next one is published, in the same transaction, also where one was left out.
async fn retire_earlier(work: &Work<'_>, permit: &Permit, of: &Held) -> Result<()> {
    for row in of.others.iter().filter(|row| row.edition < of.row.edition) {
        if let Ok(next) = status(row)?.retire() {
            let (row, region) = (row.clone(), of.region.clone());
            let held = Held { row, others: Vec::new(), place: Place::default(), region };
            step(work, permit, &held, next, "observation_instrument.retired").await?;
        }
    }
    Ok(())
}

async fn step(
    work: &Work<'_>,
    permit: &Permit,
    held: &Held,
    next: InstrumentStatus,
    kind: &'static str,
) -> Result<ObservationInstrument> {
    let mut change = held.row.clone().into_active_model();
    change.status = Set(next.as_str().to_owned());
    change.status_since = Set(work.now());
    update(work, permit, held, change, kind).await
}

async fn insert(
    work: &Work<'_>,
    _: &Permit,
    region: Option<String>,
    row: Model,
) -> Result<ObservationInstrument> {
    Entity::insert(row.clone().into_active_model()).exec_without_returning(work.db()).await?;
    announce(work, "observation_instrument.created", region, &row).await?;
    row.try_into()
}

async fn update(
    work: &Work<'_>,
    _: &Permit,
    held: &Held,
    mut change: ActiveModel,
    kind: &'static str,
) -> Result<ObservationInstrument> {
    change.version = Set(held.row.version + 1);
    change.updated_at = Set(work.now());
    let row = change.update(work.db()).await?;
    announce(work, kind, held.region.clone(), &row).await?;
    row.try_into()
}

async fn announce(work: &Work<'_>, kind: &'static str, region: Option<String>, row: &Model) -> Result<()> {
    let event = Event::new(kind, "observation_instrument", row.id, row.version)
        .in_region(region)
        .with(json!({ "communityId": row.community_id, "code": row.code, "edition": row.edition, "status": row.status }));
    work.emit(event).await?;
    Ok(())
}
