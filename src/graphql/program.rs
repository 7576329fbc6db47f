//! Programs.

use async_graphql::{ComplexObject, Context, Lookahead, Object};

use super::{
    list::{self, List},
    loader::{self, Shared},
    node::{call, with_key},
};
use crate::{
    directory::organisation::view::Organisation,
    foundation::error::Result,
    training::program::{
        input::{CreateProgramInput, UnpublishProgramInput, UpdateProgramInput},
        read::{self, ProgramFilter, ProgramPlan},
        view::{Program, ProgramId},
        write::{ArchiveProgram, CreateProgram, PublishProgram, UnpublishProgram, UpdateProgram},
    },
};

#[ComplexObject]
impl Program {
    /// Who offers it.
    async fn provider(&self, ctx: &Context<'_>) -> std::result::Result<Organisation, Shared> {
        match &self.joined_provider {
            Some(joined) => Ok((**joined).clone()),
            None => loader::one(ctx, self.provider_id, "organisation").await,
        }
    }
}

/// What the selection below one program wants along with it.
pub fn plan(program: &Lookahead<'_>) -> ProgramPlan {
    ProgramPlan { provider: program.field("provider").exists() }
}

/// Reads.
#[derive(Default)]
pub struct ProgramQuery;

#[Object]
impl ProgramQuery {
    /// Curricula with their form, hours, audience and pass rule, by title. Drafts are shown to their
    /// provider's staff only.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn programs(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to narrow the list by.")] filter: Option<ProgramFilter>,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<Program>> {
        let (filter, call) = (filter.unwrap_or_default(), call(ctx)?);
        let plan = ProgramPlan { provider: list::wants(ctx, "provider") };
        let page = read::list(call, &filter, plan, &list::request(ctx, first, after, last, before)?).await?;
        let total = if list::wants_total(ctx) { Some(read::count(call, &filter).await?) } else { None };
        Ok(list::connection(page, total))
    }

    /// One program by its id.
    async fn program(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The program's id.")] id: ProgramId,
    ) -> Result<Program> {
        read::find(call(ctx)?, id, plan(&ctx.look_ahead())).await
    }
}

/// Commands.
#[derive(Default)]
pub struct ProgramMutation;

#[Object]
impl ProgramMutation {
    /// Drafts a program. It is shown to its provider's staff only, until it is published.
    async fn create_program(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it is.")] input: CreateProgramInput,
    ) -> Result<Program> {
        with_key(ctx)?.write(CreateProgram(input)).await
    }

    /// Changes a draft; of a published program only the description.
    async fn update_program(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The program's id.")] id: ProgramId,
        #[graphql(desc = "The version you read.")] version: Option<i64>,
        #[graphql(desc = "The changes; what is left out stays.")] input: UpdateProgramInput,
    ) -> Result<Program> {
        with_key(ctx)?.write(UpdateProgram { id, version, input }).await
    }

    /// Offers a program: batches of it may be planned from now on, its curriculum is fixed.
    async fn publish_program(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The program's id.")] id: ProgramId,
    ) -> Result<Program> {
        with_key(ctx)?.write(PublishProgram { id }).await
    }

    /// Takes a published program back to the draft, as long as no batch of it was planned, for a stated reason.
    async fn unpublish_program(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The program's id.")] id: ProgramId,
        #[graphql(desc = "Why.")] input: UnpublishProgramInput,
    ) -> Result<Program> {
        with_key(ctx)?.write(UnpublishProgram { id, input }).await
    }

    /// Stops offering a program: no new batch is planned, those there are go on.
    async fn archive_program(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The program's id.")] id: ProgramId,
    ) -> Result<Program> {
        with_key(ctx)?.write(ArchiveProgram { id }).await
    }
}
