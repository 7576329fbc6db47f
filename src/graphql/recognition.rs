//! The criteria of recognition, and notes of progress.

use async_graphql::{Context, Object};

use super::{
    list::{self, List},
    node::{call, with_key},
};
use crate::{
    community::{
        group::view::CommunityId,
        recognition::{
            note::{
                read as notes,
                view::{ProgressNote, ProgressNoteId},
                write::{MakeProgressNote, MakeProgressNoteInput},
            },
            scheme::{
                input::{CreateRecognitionSchemeInput, UpdateRecognitionSchemeInput},
                read as schemes,
                view::{RecognitionScheme, RecognitionSchemeId},
                write::{
                    CreateRecognitionScheme, PublishRecognitionScheme, RetireRecognitionScheme,
                    UpdateRecognitionScheme,
                },
            },
        },
    },
    foundation::error::Result,
};

/// Reads.
#[derive(Default)]
pub struct RecognitionQuery;

#[Object]
impl RecognitionQuery {
    /// The criteria by which communities are recognised, the newest edition first. Drafts are shown to the ministry
    /// only.
    async fn recognition_schemes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<RecognitionScheme>> {
        let call = call(ctx)?;
        let page = schemes::list(call, &list::request(ctx, first, after, last, before)?).await?;
        let total = if list::wants_total(ctx) { Some(schemes::count(call).await?) } else { None };
        Ok(list::connection(page, total))
    }

    /// One edition of the criteria by its id.
    async fn recognition_scheme(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The edition's id.")] id: RecognitionSchemeId,
    ) -> Result<RecognitionScheme> {
        schemes::find(call(ctx)?, id).await
    }

    /// How a community went on, month by month, the latest first.
    async fn progress_notes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The community's id.")] id: CommunityId,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<ProgressNote>> {
        let call = call(ctx)?;
        let page = notes::list(call, id, &list::request(ctx, first, after, last, before)?).await?;
        let total = if list::wants_total(ctx) { Some(notes::count(call, id).await?) } else { None };
        Ok(list::connection(page, total))
    }

    /// One note of progress by its id.
    async fn progress_note(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The note's id.")] id: ProgressNoteId,
    ) -> Result<ProgressNote> {
        notes::find(call(ctx)?, id).await
    }
}

/// Commands.
#[derive(Default)]
pub struct RecognitionMutation;

#[Object]
impl RecognitionMutation {
    /// Drafts the next edition of the criteria. It is shown to the ministry only, until it is published.
    async fn create_recognition_scheme(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it asks for.")] input: CreateRecognitionSchemeInput,
    ) -> Result<RecognitionScheme> {
        with_key(ctx)?.write(CreateRecognitionScheme(input)).await
    }

    /// Changes a draft. What was published never changes: write a new edition.
    async fn update_recognition_scheme(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The edition's id.")] id: RecognitionSchemeId,
        #[graphql(desc = "The version you read.")] version: Option<i64>,
        #[graphql(desc = "The changes; what is left out stays.")] input: UpdateRecognitionSchemeInput,
    ) -> Result<RecognitionScheme> {
        with_key(ctx)?.write(UpdateRecognitionScheme { id, version, input }).await
    }

    /// Puts a draft in force, from its first year on. What it says never changes again.
    async fn publish_recognition_scheme(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The edition's id.")] id: RecognitionSchemeId,
    ) -> Result<RecognitionScheme> {
        with_key(ctx)?.write(PublishRecognitionScheme(id)).await
    }

    /// Ends an edition: no year that begins later is looked at by it; rounds that were counted by it keep it.
    async fn retire_recognition_scheme(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The edition's id.")] id: RecognitionSchemeId,
    ) -> Result<RecognitionScheme> {
        with_key(ctx)?.write(RetireRecognitionScheme(id)).await
    }

    /// Notes how a community went on in a month that is over. The service does so by itself a week after each month;
    /// doing it again changes nothing and answers with the note there is.
    async fn make_progress_note(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The community's id.")] id: CommunityId,
        #[graphql(desc = "Which month.")] input: MakeProgressNoteInput,
    ) -> Result<ProgressNote> {
        with_key(ctx)?.write(MakeProgressNote { community: id, input }).await
    }
}
