//! Resource persons and what shows their competence.

use async_graphql::{ComplexObject, Context, Object};

use super::{
    list::{self, List},
    loader::{self, CompetencesOf, Shared},
    node::{call, with_key},
};
use crate::{
    directory::{
        organisation::view::Organisation,
        person::view::Person,
        resource_person::{
            decide::{CompetenceReasonInput, RefuseCompetence, VerifyCompetence, WithdrawCompetence},
            read::{self, Competences, ResourcePersonFilter},
            view::{Competence, CompetenceId, ResourcePerson, ResourcePersonId},
            write::{ClaimCompetence, ClaimCompetenceInput, CreateResourcePerson, CreateResourcePersonInput},
        },
    },
    foundation::error::{Error, Result},
    training::program::view::{Program, ProgramId},
};

#[ComplexObject]
impl ResourcePerson {
    /// The person's record; null when it is outside your reach.
    async fn person(&self, ctx: &Context<'_>) -> std::result::Result<Option<Person>, Shared> {
        match loader::opt(ctx, self.person_id).await {
            // Whoever may read no persons at all still learns who teaches.
            Err(refused) if matches!(*refused, Error::Forbidden(_)) => Ok(None),
            found => found,
        }
    }

    /// On whose behalf they teach, where so.
    async fn organisation(&self, ctx: &Context<'_>) -> std::result::Result<Option<Organisation>, Shared> {
        loader::edge(ctx, self.organisation_id).await
    }

    /// What shows that they can teach which program, oldest first. There is one per program at most.
    async fn competences(&self, ctx: &Context<'_>) -> std::result::Result<Vec<Competence>, Shared> {
        Ok(loader::opt(ctx, CompetencesOf(self.id)).await?.unwrap_or_default())
    }
}

#[ComplexObject]
impl Competence {
    /// Whose it is.
    async fn resource_person(&self, ctx: &Context<'_>) -> std::result::Result<ResourcePerson, Shared> {
        loader::one(ctx, self.resource_person_id, "resource_person").await
    }

    /// The program it is for; null when it is outside your reach, like another provider's draft.
    async fn program(&self, ctx: &Context<'_>) -> std::result::Result<Option<Program>, Shared> {
        loader::opt(ctx, ProgramId::from(self.program_id.uuid())).await
    }
}

/// Reads.
#[derive(Default)]
pub struct ResourcePersonQuery;

#[Object]
impl ResourcePersonQuery {
    /// Who teaches, by name.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn resource_persons(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to narrow the list by.")] filter: Option<ResourcePersonFilter>,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<ResourcePerson>> {
        let (filter, call) = (filter.unwrap_or_default(), call(ctx)?);
        let page = list::request(ctx, first, after, last, before)?;
        let page = read::list(call, &filter, Competences::Left, &page).await?;
        let total = if list::wants_total(ctx) { Some(read::count(call, &filter).await?) } else { None };
        Ok(list::connection(page, total))
    }

    /// One resource person by id.
    async fn resource_person(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The resource person's id.")] id: ResourcePersonId,
    ) -> Result<ResourcePerson> {
        read::find(call(ctx)?, id, Competences::Left).await
    }

    /// One competence by id: where it stands, and for whom it concerns the evidence and what was decided on it.
    async fn competence(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The competence's id.")] id: CompetenceId,
    ) -> Result<Competence> {
        read::find_competence(call(ctx)?, id).await
    }
}

/// Commands.
#[derive(Default)]
pub struct ResourcePersonMutation;

#[Object]
impl ResourcePersonMutation {
    /// Registers a person as one who teaches. Before they may, competence is claimed and verified.
    async fn create_resource_person(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who, and on whose behalf.")] input: CreateResourcePersonInput,
    ) -> Result<ResourcePerson> {
        with_key(ctx)?.write(CreateResourcePerson(input)).await
    }

    /// Gives evidence that a resource person can teach a program: the first, or other evidence after a refusal.
    async fn claim_competence(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The resource person's id.")] id: ResourcePersonId,
        #[graphql(desc = "The program and the evidence.")] input: ClaimCompetenceInput,
    ) -> Result<Competence> {
        with_key(ctx)?.write(ClaimCompetence { id, input }).await
    }

    /// Verifies evidence: the resource person may teach the program from now on. Nobody verifies their own.
    async fn verify_competence(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The competence's id.")] id: CompetenceId,
    ) -> Result<Competence> {
        with_key(ctx)?.write(VerifyCompetence(id)).await
    }

    /// Refuses evidence; other evidence may be given.
    async fn refuse_competence(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The competence's id.")] id: CompetenceId,
        #[graphql(desc = "Why.")] input: CompetenceReasonInput,
    ) -> Result<Competence> {
        with_key(ctx)?.write(RefuseCompetence { id, input }).await
    }

    /// Withdraws verified competence: the resource person may no longer teach the program.
    async fn withdraw_competence(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The competence's id.")] id: CompetenceId,
        #[graphql(desc = "Why.")] input: CompetenceReasonInput,
    ) -> Result<Competence> {
        with_key(ctx)?.write(WithdrawCompetence { id, input }).await
    }
}
