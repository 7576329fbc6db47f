//! Where every query starts. Nothing outside the caller's reach can be selected,
//! so nothing outside it can leak through a filter, an edge or a count.

mod account;
mod app;
mod artefact;
mod breach;
mod client;
mod community;
mod correction;
mod credit;
mod data_access;
mod detail;
mod directory;
mod document;
mod erasure;
mod improvement;
mod learning;
mod peer;
mod personal_data;
mod recognition;
mod role;
mod sharing;
mod trail;
mod voice;

use entity::{
    attendance, batch, certificate, competence, enrolment, import_finding, import_job, organisation, person,
    program, region, region_alias, resource_person, school, session, session_teacher,
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, ExprTrait, IntoColumnRef, IntoCondition},
};
use uuid::Uuid;

pub use self::{
    account::*,
    app::*,
    artefact::*,
    breach::*,
    client::*,
    community::*,
    correction::*,
    credit::*,
    data_access::*,
    detail::*,
    directory::*,
    document::{apps_with_documents, client_documents, documents_of_app},
    erasure::{erasures, persons_to_erase},
    improvement::*,
    learning::*,
    peer::*,
    personal_data::own_records,
    recognition::*,
    role::*,
    sharing::*,
    trail::*,
    voice::*,
};

use super::{
    action::Action,
    actor::{Actor, Held},
    grant::Role,
};
use crate::foundation::error::Result;

/// The region `code` and everything below it, as one index range (`.` sorts right before `/`).
pub fn region_within(column: impl IntoColumnRef + Clone, code: &str) -> Condition {
    Condition::any().add(Expr::col(column.clone()).eq(code)).add(
        Condition::all()
            .add(Expr::col(column.clone()).gte(format!("{code}.")))
            .add(Expr::col(column).lt(format!("{code}/"))),
    )
}

/// Regions are public.
pub fn regions() -> Select<region::Entity> {
    region::Entity::find()
}

/// Schools are public; their contacts are not (the view decides).
pub fn schools() -> Select<school::Entity> {
    school::Entity::find()
}

/// Organisations: names of providers are public with the programs they offer.
pub fn organisations() -> Select<organisation::Entity> {
    organisation::Entity::find()
}

/// Programs: published ones for all, drafts for the ministry and the provider's own staff.
pub fn programs(actor: &Actor) -> Select<program::Entity> {
    let open = Condition::any().add(program::Column::Status.ne("draft"));
    let held = actor.grants_for(Action::ProgramRead);
    let seen = held.iter().fold(open, |seen, grant| match (grant.role, grant.organisation) {
        (Role::Ministry | Role::MinistrySystem, _) => seen.add(Expr::value(1).eq(1)),
        (Role::ProviderStaff, Some(id)) => seen.add(program::Column::ProviderId.eq(id)),
        _ => seen,
    });
    program::Entity::find().filter(seen)
}

/// Batches: open ones for all; those that were ever opened for signed-in callers; those that never were
/// (drafts, also when they were cancelled) for the ministry and the provider's own staff.
pub fn batches(actor: &Actor) -> Select<batch::Entity> {
    batch::Entity::find().filter(batches_seen(actor))
}

fn batches_seen(actor: &Actor) -> Condition {
    let floor = if actor.is_public() || !actor.app_covers(Action::BatchRead) {
        batch::Column::Status.eq("open")
    } else {
        batch::Column::OpenedAt.is_not_null()
    };
    actor.grants_for(Action::BatchRead).iter().fold(Condition::any().add(floor), |seen, grant| {
        match (grant.role, grant.organisation) {
            (Role::Ministry | Role::MinistrySystem, _) => seen.add(Expr::value(1).eq(1)),
            (Role::ProviderStaff, Some(id)) => seen.add(batch::Column::ProviderId.eq(id)),
            _ => seen,
        }
    })
}

/// Sessions of the batches the caller sees.
pub fn sessions(actor: &Actor) -> Select<session::Entity> {
    let seen = batch::Entity::find()
        .filter(batches_seen(actor))
        .select_only()
        .column(batch::Column::Id)
        .into_query();
    session::Entity::find().filter(session::Column::BatchId.in_subquery(seen))
}

/// Who teaches the sessions the caller sees.
pub fn session_teachers(actor: &Actor) -> Select<session_teacher::Entity> {
    let seen = sessions(actor).select_only().column(session::Column::Id).into_query();
    session_teacher::Entity::find().filter(session_teacher::Column::SessionId.in_subquery(seen))
}

/// Persons whose trainer burden is within reach: for an organisation, those who teach in its
/// batches or as its own resource persons.
pub fn trainers(actor: &Actor) -> Result<Select<person::Entity>> {
    let condition = actor.condition(Action::BurdenRead, |held| match held {
        Held::Everywhere | Held::Taught(_) | Held::Member(_) | Held::Officer(_) | Held::Account(_) => None,
        Held::Region(code) => Some(region_within((person::Entity, person::Column::RegionCode), code)),
        Held::School(id) => Some(person::Column::SchoolId.eq(id).into_condition()),
        Held::Own(id) => Some(person::Column::Id.eq(id).into_condition()),
        Held::Organisation(id) => Some(
            Condition::any()
                .add(person::Column::Id.in_subquery(teaching_for(id).into_query()))
                .add(person::Column::Id.in_subquery(speaking_for(id).into_query())),
        ),
    })?;
    Ok(person::Entity::find().filter(condition))
}

fn teaching_for(organisation: Uuid) -> Select<session_teacher::Entity> {
    let sessions = session::Entity::find()
        .select_only()
        .column(session::Column::Id)
        .filter(session::Column::BatchId.in_subquery(run_by(organisation).into_query()))
        .into_query();
    session_teacher::Entity::find()
        .select_only()
        .column(session_teacher::Column::PersonId)
        .filter(session_teacher::Column::SessionId.in_subquery(sessions))
}

fn speaking_for(organisation: Uuid) -> Select<resource_person::Entity> {
    resource_person::Entity::find()
        .select_only()
        .column(resource_person::Column::PersonId)
        .filter(resource_person::Column::OrganisationId.eq(organisation))
}

fn run_by(organisation: Uuid) -> Select<batch::Entity> {
    batch::Entity::find()
        .select_only()
        .column(batch::Column::Id)
        .filter(batch::Column::ProviderId.eq(organisation))
}

fn taught_by(teacher: Uuid) -> Select<session::Entity> {
    let sessions = session_teacher::Entity::find()
        .select_only()
        .column(session_teacher::Column::SessionId)
        .filter(session_teacher::Column::PersonId.eq(teacher))
        .into_query();
    session::Entity::find()
        .select_only()
        .column(session::Column::BatchId)
        .filter(session::Column::Id.in_subquery(sessions))
}

/// Resource persons are known to every signed-in caller.
pub fn resource_persons(actor: &Actor) -> Result<Select<resource_person::Entity>> {
    let condition = actor.condition(Action::ResourcePersonRead, |_| None)?;
    Ok(resource_person::Entity::find().filter(condition))
}

/// Competence evidence, like the resource persons it belongs to.
pub fn competences(actor: &Actor) -> Result<Select<competence::Entity>> {
    let condition = actor.condition(Action::ResourcePersonRead, |_| None)?;
    Ok(competence::Entity::find().filter(condition))
}

/// Enrolments within reach.
pub fn enrolments(actor: &Actor) -> Result<Select<enrolment::Entity>> {
    Ok(enrolment::Entity::find().filter(enrolments_seen(actor, Action::EnrolmentRead)?))
}

fn enrolments_seen(actor: &Actor, action: Action) -> Result<Condition> {
    actor.condition(action, |held| match held {
        Held::Everywhere => None,
        Held::Region(code) => Some(region_within((enrolment::Entity, enrolment::Column::RegionCode), code)),
        Held::School(id) => Some(enrolment::Column::SchoolId.eq(id).into_condition()),
        Held::Own(id) => Some(enrolment::Column::PersonId.eq(id).into_condition()),
        Held::Organisation(id) => {
            Some(enrolment::Column::BatchId.in_subquery(run_by(id).into_query()).into_condition())
        }
        Held::Taught(id) => {
            Some(enrolment::Column::BatchId.in_subquery(taught_by(id).into_query()).into_condition())
        }
        Held::Member(_) | Held::Officer(_) | Held::Account(_) => None,
    })
}

/// Attendance of the enrolments within reach of `attendance.read`.
pub fn attendances(actor: &Actor) -> Result<Select<attendance::Entity>> {
    let seen = enrolment::Entity::find()
        .filter(enrolments_seen(actor, Action::AttendanceRead)?)
        .select_only()
        .column(enrolment::Column::Id)
        .into_query();
    Ok(attendance::Entity::find().filter(attendance::Column::EnrolmentId.in_subquery(seen)))
}

/// Certificates within reach.
pub fn certificates(actor: &Actor) -> Result<Select<certificate::Entity>> {
    let condition = actor.condition(Action::CertificateRead, |held| match held {
        Held::Everywhere | Held::Taught(_) | Held::Member(_) | Held::Officer(_) | Held::Account(_) => None,
        Held::Region(code) => {
            Some(region_within((certificate::Entity, certificate::Column::RegionCode), code))
        }
        Held::School(id) => Some(certificate::Column::SchoolId.eq(id).into_condition()),
        Held::Own(id) => Some(certificate::Column::PersonId.eq(id).into_condition()),
        Held::Organisation(id) => Some(certificate::Column::ProviderId.eq(id).into_condition()),
    })?;
    Ok(certificate::Entity::find().filter(condition))
}

/// Other systems' codes for regions, as public as the regions.
pub fn region_aliases() -> Select<region_alias::Entity> {
    region_alias::Entity::find()
}

/// Imports within reach: all of them, or a refusal.
pub fn imports(actor: &Actor) -> Result<Select<import_job::Entity>> {
    let condition = actor.condition(Action::ImportRead, |_| None)?;
    Ok(import_job::Entity::find().filter(condition))
}

/// What the imports within reach found.
pub fn import_findings(actor: &Actor) -> Result<Select<import_finding::Entity>> {
    let condition = actor.condition(Action::ImportRead, |_| None)?;
    Ok(import_finding::Entity::find().filter(condition))
}

/// The one certificate with this verification id, for anyone: the id is random, and
/// whoever holds it holds the certificate.
pub fn verifiable(verification_id: &str) -> Select<certificate::Entity> {
    certificate::Entity::find().filter(certificate::Column::VerificationId.eq(verification_id))
}
