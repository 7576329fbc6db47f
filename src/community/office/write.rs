//! Appointing to an office, and ending it.

use entity::community_office::{Column, Entity, Model};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder,
};
use serde_json::json;
use uuid::Uuid;

use super::{
    input::AppointOfficeInput,
    lock::{self, HeldOffice},
    read, rule,
    view::{CommunityOffice, CommunityOfficeId},
};
use crate::{
    access::{
        action::Action,
        actor::Permit,
        context::{Command, Work},
    },
    community::{
        group::{
            lock::{self as community_lock, Held},
            rule::{CommunityKind, Office},
            state::CommunityStatus,
            view::CommunityId,
        },
        membership::write::lock_person,
    },
    directory::person::{rule::PersonKind, write::require_current},
    foundation::{
        dates,
        error::{Error, Fault, Faults, Result},
        event::Event,
    },
};

/// Gives somebody an office. Of chair, secretary and treasurer there is one: it is passed on.
pub struct AppointOffice {
    /// In which community.
    pub community: CommunityId,
    /// Who, which, for how long.
    pub input: AppointOfficeInput,
}

impl Command for AppointOffice {
    type Output = CommunityOffice;
    const ACTION: Action = Action::OfficeAppoint;

    async fn run(&self, work: &Work<'_>) -> Result<CommunityOffice> {
        let input = &self.input;
        let person = lock_person(work, input.person_id.uuid()).await?;
        let held = community_lock::lock(work, self.community).await?;
        let place =
            if input.office == Office::Chair { held.place_of_chair(work).await? } else { held.place.clone() };
        let permit = work.permit(Self::ACTION, &place)?;
        held.status.require_alive()?;
        let mut faults = Faults::new();
        match &person {
            None => faults.push(Fault::new("/personId", "reference_unknown")),
            Some(person) => {
                require_current(work, person).await?;
                let kind = PersonKind::parse(&person.kind)
                    .map_err(|fault| Error::internal("person.kind", fault.code))?;
                require_eligible(work, &held, (person.id, kind), input.office, &mut faults).await?;
            }
        }
        let scope = rule::scope(input.office, input.scope.as_deref(), &mut faults);
        let starts_on = faults.take("/startsOn", dates::day(input.starts_on));
        let ends_on = input.ends_on.and_then(|day| faults.take("/endsOn", dates::day(day)));
        if let (Some(first), Some(last)) = (starts_on, ends_on) {
            faults.take("/endsOn", rule::term(first, last));
        }
        faults.done()?;
        let (Some(person), Some(starts_on)) = (person, starts_on) else {
            return Err(Error::invalid("", "invalid"));
        };
        let row = Model {
            id: work.new_id(),
            community_id: held.row.id,
            person_id: person.id,
            office: input.office.as_str().to_owned(),
            scope,
            starts_on,
            ends_on,
            ended_at: None,
            version: 1,
            created_at: work.now(),
            updated_at: work.now(),
        };
        let former = require_room(work, &row, input.office).await?;
        appoint(work, &permit, &held, row, former).await
    }
}

/// Who may hold an office: a member, but for the patron; the chair of principals is a principal.
async fn require_eligible(
    work: &Work<'_>,
    held: &Held,
    (person, kind): (Uuid, PersonKind),
    office: Office,
    faults: &mut Faults,
) -> Result<()> {
    if office.is_for_members() {
        let member = community_lock::is_member(work.db(), held.row.id, person).await?;
        faults.require(member, "/personId", "office_for_members");
    }
    let group =
        CommunityKind::parse(&held.row.kind).map_err(|f| Error::internal("community.kind", f.code))?;
    let unfit = office == Office::Chair && group.is_of_principals() && kind != PersonKind::Principal;
    faults.require(!unfit, "/personId", "chair_not_principal");
    Ok(())
}

/// That the office is free for this person; answers who held it and passes it on.
async fn require_room(work: &Work<'_>, new: &Model, office: Office) -> Result<Option<Model>> {
    let of =
        Entity::find().filter(Column::CommunityId.eq(new.community_id)).filter(Column::EndedAt.is_null());
    let same = of.clone().filter(Column::Office.eq(office)).order_by_asc(Column::Id).all(work.db()).await?;
    if same.iter().any(|row| row.person_id == new.person_id && row.scope == new.scope) {
        return Err(Error::conflict("office_held_already"));
    }
    if office.is_single() {
        return Ok(same.into_iter().next());
    }
    if of.count(work.db()).await? >= rule::MAX_OFFICES {
        return Err(Error::conflict_with(Fault::new("", "offices_too_many").with("max", rule::MAX_OFFICES)));
    }
    Ok(None)
}

async fn appoint(
    work: &Work<'_>,
    permit: &Permit,
    held: &Held,
    row: Model,
    former: Option<Model>,
) -> Result<CommunityOffice> {
    let ended = match former {
        Some(former) => Some(end(work, permit, former).await?),
        None => None,
    };
    Entity::insert(row.clone().into_active_model()).exec_without_returning(work.db()).await?;
    let view = view(work, row.id).await?;
    let region = &held.row.region_code;
    if let Some(ended) = ended {
        work.emit(happened("office.ended", region, &ended)).await?;
    }
    work.emit(happened("office.appointed", region, &row)).await?;
    Ok(view)
}

/// Ends an office. The chair's is passed on instead, as long as the community is there.
pub struct EndOffice(pub CommunityOfficeId);

impl Command for EndOffice {
    type Output = CommunityOffice;
    const ACTION: Action = Action::OfficeEnd;

    async fn run(&self, work: &Work<'_>) -> Result<CommunityOffice> {
        let HeldOffice { community, row } = lock::lock(work, self.0).await?;
        let permit = work.permit(Self::ACTION, &community.place)?;
        work.expect(row.version)?;
        if row.ended_at.is_some() {
            return Err(Error::conflict("office_ended"));
        }
        if row.office == Office::Chair.as_str() && community.status != CommunityStatus::Closed {
            return Err(Error::conflict("chair_not_passed_on"));
        }
        let row = end(work, &permit, row).await?;
        let view = view(work, row.id).await?;
        work.emit(happened("office.ended", &community.row.region_code, &row)).await?;
        Ok(view)
    }
}

/// Ends every office a person holds in a community they leave; answers what to tell.
///
/// # Errors
/// `chair_not_passed_on` for its chair.
pub(in crate::community) async fn end_held(
    work: &Work<'_>,
    permit: &Permit,
    community: &Held,
    person: Uuid,
) -> Result<Vec<Event>> {
    let held = Entity::find()
        .filter(Column::CommunityId.eq(community.row.id))
        .filter(Column::PersonId.eq(person))
        .filter(Column::EndedAt.is_null())
        .order_by_asc(Column::Id)
        .all(work.db())
        .await?;
    if held.iter().any(|row| row.office == Office::Chair.as_str()) {
        return Err(Error::conflict("chair_not_passed_on"));
    }
    let mut told = Vec::with_capacity(held.len());
    for row in held {
        let row = end(work, permit, row).await?;
        told.push(happened("office.ended", &community.row.region_code, &row));
    }
    Ok(told)
}

async fn end(work: &Work<'_>, _: &Permit, row: Model) -> Result<Model> {
    let mut change = row.clone().into_active_model();
    change.ended_at = Set(Some(work.now()));
    change.version = Set(row.version + 1);
    change.updated_at = Set(work.now());
    work.save(&row, change).await
}

async fn view(work: &Work<'_>, id: Uuid) -> Result<CommunityOffice> {
    read::view_of(work.db(), id, work.services.issuer_day(work.now())).await
}

/// What is told of a change to an office of a community in `region`.
pub(in crate::community) fn happened(kind: &'static str, region: &str, row: &Model) -> Event {
    Event::new(kind, "office", row.id, row.version).in_region(Some(region)).with(json!({
        "communityId": row.community_id,
        "personId": row.person_id,
        "office": row.office,
        "scope": row.scope,
        "startsOn": row.starts_on,
        "endsOn": row.ends_on,
    }))
}
