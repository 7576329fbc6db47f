//! Sessions, who teaches them, and what that costs schools and teachers.

use async_graphql::{ComplexObject, Context, Object};

use super::{
    list::{self, List},
    loader::{self, Shared},
    node::{call, with_key},
};
use crate::{
    directory::{person::view::PersonId, resource_person::view::ResourcePerson},
    foundation::error::Result,
    training::{
        batch::view::{Batch, BatchId},
        session::{
            clash::{self, SessionClashes},
            input::{
                AssignSessionTeacherInput, CreateSessionInput, UnassignSessionTeacherInput,
                UpdateSessionInput,
            },
            ledger::{self, TrainerBurden},
            read,
            view::{Session, SessionId, SessionTeacher},
            write::{
                AssignSessionTeacher, CreateSession, DeleteSession, UnassignSessionTeacher, UpdateSession,
            },
        },
    },
};

#[ComplexObject]
impl Session {
    /// Its batch.
    async fn batch(&self, ctx: &Context<'_>) -> std::result::Result<Batch, Shared> {
        loader::one(ctx, self.batch_id, "batch").await
    }
}

#[ComplexObject]
impl SessionTeacher {
    /// The resource person, with the evidence of their competence.
    async fn resource_person(&self, ctx: &Context<'_>) -> std::result::Result<ResourcePerson, Shared> {
        loader::one(ctx, self.resource_person_id, "resource-person").await
    }
}

/// Reads.
#[derive(Default)]
pub struct SessionQuery;

#[Object]
impl SessionQuery {
    /// The sessions of a batch, by start.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn sessions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The batch's id.")] id: BatchId,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<Session>> {
        let call = call(ctx)?;
        let page = read::list(call, id, &list::request(ctx, first, after, last, before)?).await?;
        let total = if list::wants_total(ctx) { Some(read::count(call, id).await?) } else { None };
        Ok(list::connection(page, total))
    }

    /// One session by its id.
    async fn session(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The session's id.")] id: SessionId,
    ) -> Result<Session> {
        read::find(call(ctx)?, id).await
    }

    /// Which schools' teaching hours a session falls into. Persons are counted by school, never named.
    async fn session_clashes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The session's id.")] id: SessionId,
    ) -> Result<SessionClashes> {
        clash::session_clashes(call(ctx)?, id).await
    }

    /// How many minutes a person teaches others, term by term, beside the cap for serving teachers.
    async fn trainer_burden(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The person's id.")] id: PersonId,
    ) -> Result<TrainerBurden> {
        ledger::trainer_burden(call(ctx)?, id).await
    }
}

/// Commands.
#[derive(Default)]
pub struct SessionMutation;

#[Object]
impl SessionMutation {
    /// Puts a session on the plan of a batch that has not finished, until completions were decided. `warnings` tell whether it falls into
    /// teaching hours.
    async fn create_session(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The batch's id.")] id: BatchId,
        #[graphql(desc = "What it is.")] input: CreateSessionInput,
    ) -> Result<Session> {
        let call = with_key(ctx)?;
        let language = call.language;
        call.write(CreateSession { batch: id, input, language }).await
    }

    /// Changes a session of a batch that has not finished; its times only until attendance was recorded
    /// or completions of the batch were decided. The ledger of whoever teaches it moves along; past twice the
    /// cap that takes `overrideReason` and the right to override, as an assignment does.
    async fn update_session(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The session's id.")] id: SessionId,
        #[graphql(desc = "The version you read.")] version: Option<i64>,
        #[graphql(desc = "The changes; what is left out stays.")] input: UpdateSessionInput,
    ) -> Result<Session> {
        let call = with_key(ctx)?;
        let language = call.language;
        call.write(UpdateSession { id, version, input, language }).await
    }

    /// Takes a session off the plan, as long as nobody attended it and no completion of the batch was decided;
    /// a batch that was opened keeps at least one.
    /// Answers with the session as it was.
    async fn delete_session(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The session's id.")] id: SessionId,
        #[graphql(desc = "The version you read.")] version: Option<i64>,
    ) -> Result<Session> {
        with_key(ctx)?.write(DeleteSession { id, version }).await
    }

    /// Lets a resource person teach a session: with verified competence for the program, and free at that
    /// time. Past the cap of a serving teacher's term `warnings` say so; past twice the cap it takes
    /// somebody with the right to override, and a reason.
    async fn assign_session_teacher(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The session's id.")] id: SessionId,
        #[graphql(desc = "Who.")] input: AssignSessionTeacherInput,
    ) -> Result<Session> {
        let call = with_key(ctx)?;
        let language = call.language;
        call.write(AssignSessionTeacher { id, input, language }).await
    }

    /// Takes a resource person off a session that nobody attended yet.
    async fn unassign_session_teacher(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The session's id.")] id: SessionId,
        #[graphql(desc = "Who.")] input: UnassignSessionTeacherInput,
    ) -> Result<Session> {
        with_key(ctx)?.write(UnassignSessionTeacher { id, input }).await
    }
}
