//! Registering resource persons and claiming competence.

use async_graphql::InputObject;
use entity::{
    competence, person,
    resource_person::{Column, Entity, Model},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    rule::{self, CompetenceStatus},
    view::{Competence, ResourcePerson, ResourcePersonId, TaughtProgram},
};
use crate::{
    access::{
        action::Action,
        actor::{Permit, Place},
        context::{Command, Work},
        scope,
    },
    directory::{
        organisation::view::OrganisationId,
        person::{view::PersonId, write as persons},
    },
    foundation::{
        error::{Error, Fault, Faults, Result},
        event::Event,
        id::Id,
        text,
    },
};

/// Longest biography, in characters.
const BIOGRAPHY_CHARS: usize = 1_000;
/// Who shall teach.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateResourcePersonInput {
    /// The person it is.
    #[schema(value_type = String, format = "uuid")]
    pub person_id: PersonId,
    /// On whose behalf they teach, where so.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub organisation_id: Option<OrganisationId>,
    /// What they are known for, at most 1,000 characters.
    #[schema(example = "Pelatih numerasi sejak 2015.", max_length = 1000)]
    pub biography: Option<String>,
}

/// Registers a person as one who teaches. Competence is claimed and verified apart.
pub struct CreateResourcePerson(pub CreateResourcePersonInput);

impl Command for CreateResourcePerson {
    type Output = ResourcePerson;
    const ACTION: Action = Action::ResourcePersonCreate;

    async fn run(&self, work: &Work<'_>) -> Result<ResourcePerson> {
        let Self(input) = self;
        let found = persons::reached(work, input.person_id).await?;
        let mut at = found.as_ref().map(|person| place(person, None)).unwrap_or_default();
        at.organisation = input.organisation_id.map(|id| id.uuid());
        let permit = work.permit(Self::ACTION, &at)?;
        let mut faults = Faults::new();
        faults.require(found.is_some(), "/personId", "reference_unknown");
        if let Some(id) = input.organisation_id {
            let known = scope::organisations()
                .filter(entity::organisation::Column::Id.eq(id.uuid()))
                .one(work.db())
                .await?
                .is_some();
            faults.require(known, "/organisationId", "reference_unknown");
        }
        let biography = input
            .biography
            .as_deref()
            .and_then(|words| faults.take("/biography", text::line(words, BIOGRAPHY_CHARS)));
        faults.done()?;
        let Some(person) = found else { return Err(Error::NotFound("person")) };
        persons::require_current(work, &person).await?;
        if let Some(known) = of_person(work, person.id).await? {
            let fault = Fault::new("/personId", "resource_person_already_known").with("id", known.id);
            return Err(Error::conflict_with(fault));
        }
        let row = Model {
            id: work.new_id(),
            person_id: person.id,
            organisation_id: input.organisation_id.map(Into::into),
            biography,
            version: 1,
            created_at: work.now(),
            updated_at: work.now(),
        };
        insert(work, &permit, row, person).await
    }
}

async fn of_person(work: &Work<'_>, person: Uuid) -> Result<Option<Model>> {
    Ok(Entity::find().filter(Column::PersonId.eq(person)).one(work.db()).await?)
}

async fn insert(work: &Work<'_>, _: &Permit, row: Model, person: person::Model) -> Result<ResourcePerson> {
    Entity::insert(row.clone().into_active_model()).exec_without_returning(work.db()).await?;
    let event = Event::new("resource_person.created", "resource_person", row.id, row.version)
        .in_region(person.region_code.clone())
        .with(json!({ "personId": row.person_id, "organisationId": row.organisation_id }));
    work.emit(event).await?;
    Ok((row, person).into())
}

/// What shows that a resource person can teach a program.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ClaimCompetenceInput {
    /// The program.
    #[schema(value_type = String, format = "uuid")]
    pub program_id: Id<TaughtProgram>,
    /// What shows it: a certificate, a portfolio, years of practice; at most 1,000 characters.
    #[schema(example = "Sertifikat pelatih nasional Numerasi 2025", max_length = 1000)]
    pub evidence: String,
    /// Where it can be seen, starting with `https://` or `http://`.
    #[schema(example = "https://contoh.id/portofolio", format = "uri", max_length = 500)]
    pub evidence_url: Option<String>,
}

/// Gives evidence for one program: the first, or other evidence after a refusal.
pub struct ClaimCompetence {
    /// Whose.
    pub id: ResourcePersonId,
    /// The evidence.
    pub input: ClaimCompetenceInput,
}

impl Command for ClaimCompetence {
    type Output = Competence;
    const ACTION: Action = Action::CompetenceClaim;

    async fn run(&self, work: &Work<'_>) -> Result<Competence> {
        let (teacher, person) = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &place(&person, Some(&teacher)))?;
        let program = self.input.program_id.uuid();
        let mut faults = Faults::new();
        let known = scope::programs(work.actor)
            .filter(entity::program::Column::Id.eq(program))
            .one(work.db())
            .await?
            .is_some();
        faults.require(known, "/programId", "reference_unknown");
        let evidence = faults.take("/evidence", rule::evidence(&self.input.evidence));
        let url = self
            .input
            .evidence_url
            .as_deref()
            .and_then(|raw| faults.take("/evidenceUrl", text::web_address(raw)));
        faults.done()?;
        let Some(evidence) = evidence else { return Err(Error::invalid("/evidence", "text_missing")) };
        let given = competence::Entity::find()
            .filter(competence::Column::ResourcePersonId.eq(teacher.id))
            .filter(competence::Column::ProgramId.eq(program))
            .one(work.db())
            .await?;
        let (row, fresh) = match given {
            Some(row) => (claimed_again(work, row, evidence, url)?, false),
            None => (first_claim(work, &teacher, program, evidence, url), true),
        };
        claim(work, &permit, &teacher, &person, row, fresh).await
    }
}

fn first_claim(
    work: &Work<'_>,
    teacher: &Model,
    program: Uuid,
    evidence: String,
    evidence_url: Option<String>,
) -> competence::Model {
    competence::Model {
        id: work.new_id(),
        resource_person_id: teacher.id,
        program_id: program,
        evidence,
        evidence_url,
        status: CompetenceStatus::Claimed.as_str().to_owned(),
        reason: None,
        decided_by: None,
        decided_at: None,
        version: 1,
        created_at: work.now(),
        updated_at: work.now(),
    }
}

fn claimed_again(
    work: &Work<'_>,
    row: competence::Model,
    evidence: String,
    evidence_url: Option<String>,
) -> Result<competence::Model> {
    let status = CompetenceStatus::parse(&row.status)
        .map_err(|f| Error::internal("competence.status", f.code))?
        .claim_again(&row.evidence, &evidence)?;
    let again = competence::Model {
        evidence,
        evidence_url,
        status: status.as_str().to_owned(),
        reason: None,
        decided_by: None,
        decided_at: None,
        version: row.version + 1,
        updated_at: work.now(),
        ..row
    };
    work.changed(&row, &again);
    Ok(again)
}

async fn claim(
    work: &Work<'_>,
    _: &Permit,
    teacher: &Model,
    person: &person::Model,
    row: competence::Model,
    fresh: bool,
) -> Result<Competence> {
    let all = row.clone().into_active_model().reset_all();
    if fresh {
        all.insert(work.db()).await?;
    } else {
        all.update(work.db()).await?;
    }
    touch(work, teacher).await?;
    announce(work, "competence.claimed", &row, person).await?;
    Competence::seen_by(work.actor, row, &place(person, Some(teacher)))
}

/// Where a resource person belongs: the person's region, the organisation, the person's own.
pub(super) fn place(person: &person::Model, teacher: Option<&Model>) -> Place {
    Place {
        region: person.region_code.clone(),
        organisation: teacher.and_then(|teacher| teacher.organisation_id),
        person: Some(person.id),
        ..Place::default()
    }
}

/// The resource person, locked until the transaction ends, with the person it is.
pub(super) async fn lock(work: &Work<'_>, id: ResourcePersonId) -> Result<(Model, person::Model)> {
    let gone = || Error::NotFound("resource_person");
    let teacher = scope::resource_persons(work.actor)?
        .filter(Column::Id.eq(id.uuid()))
        .lock_exclusive()
        .one(work.db())
        .await?
        .ok_or_else(gone)?;
    let person = person::Entity::find_by_id(teacher.person_id).one(work.db()).await?.ok_or_else(gone)?;
    Ok((teacher, person))
}

/// Notes on the resource person that something about them changed: their answer shows it.
pub(super) async fn touch(work: &Work<'_>, teacher: &Model) -> Result<()> {
    let mut change = teacher.clone().into_active_model();
    change.version = Set(teacher.version + 1);
    change.updated_at = Set(work.now());
    change.update(work.db()).await?;
    Ok(())
}

pub(super) async fn announce(
    work: &Work<'_>,
    kind: &'static str,
    row: &competence::Model,
    person: &person::Model,
) -> Result<()> {
    let event = Event::new(kind, "competence", row.id, row.version)
        .in_region(person.region_code.clone())
        .with(json!({
            "resourcePersonId": row.resource_person_id,
            "programId": row.program_id,
            "status": row.status,
            "reason": row.reason,
        }));
    work.emit(event).await?;
    Ok(())
}
