//! What communities make.

use async_graphql::{ComplexObject, Context, Object};

use super::{
    list::{self, List},
    loader::{self, Shared},
    node::{call, with_key},
};
use crate::{
    community::{
        activity::view::Activity,
        artefact::{
            credit,
            input::{
                CreateArtefactInput, ForkArtefactInput, PublishArtefactInput, ReviewArtefactInput,
                ReviseArtefactInput, UpdateArtefactInput, WithdrawArtefactInput,
            },
            read::{self, ArtefactFilter},
            versions,
            view::{
                Artefact, ArtefactCredit, ArtefactId, ArtefactReview, ArtefactRevision, ArtefactVersion,
                Attachment, AttachmentId,
            },
            write::{
                CreateArtefact, DetachArtefact, ForkArtefact, PublishArtefact, ReviewArtefact,
                ReviseArtefact, UpdateArtefact, WithdrawArtefact,
            },
        },
        group::view::CommunityId,
    },
    foundation::error::Result,
};

#[ComplexObject]
impl Artefact {
    /// The artefact it carries on; null where it began here or the other is out of your reach.
    async fn forked_from(&self, ctx: &Context<'_>) -> std::result::Result<Option<Artefact>, Shared> {
        loader::edge(ctx, self.forked_from_id).await
    }

    /// The activity at which it was made; null where none was named or it is out of your reach.
    async fn activity(&self, ctx: &Context<'_>) -> std::result::Result<Option<Activity>, Shared> {
        loader::edge(ctx, self.activity_id).await
    }
}

/// Reads.
#[derive(Default)]
pub struct ArtefactQuery;

#[Object]
impl ArtefactQuery {
    /// What communities made and you may see, by title: all of your own communities, and of others what
    /// was published for everyone, or for the region you work in.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn artefacts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to narrow the list by.")] filter: Option<ArtefactFilter>,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<Artefact>> {
        let (filter, call) = (filter.unwrap_or_default(), call(ctx)?);
        let page = read::list(call, &filter, &list::request(ctx, first, after, last, before)?).await?;
        let total = if list::wants_total(ctx) { Some(read::count(call, &filter).await?) } else { None };
        Ok(list::connection(page, total))
    }

    /// One artefact by its id.
    async fn artefact(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The artefact's id.")] id: ArtefactId,
    ) -> Result<Artefact> {
        read::find(call(ctx)?, id).await
    }

    /// The versions of an artefact, the newest first, without their texts. Whoever is not of the community
    /// sees the published one.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn artefact_versions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The artefact's id.")] id: ArtefactId,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<ArtefactRevision>> {
        let call = call(ctx)?;
        let page = versions::list(call, id, &list::request(ctx, first, after, last, before)?).await?;
        let total = if list::wants_total(ctx) { Some(versions::count(call, id).await?) } else { None };
        Ok(list::connection(page, total))
    }

    /// A version of an artefact with its text, what it serves and its files.
    async fn artefact_version(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The artefact's id.")] id: ArtefactId,
        #[graphql(desc = "Which version; the newest that you may read unless said.")] number: Option<i32>,
    ) -> Result<ArtefactVersion> {
        versions::find(call(ctx)?, id, number).await
    }

    /// What colleagues say about the versions of an artefact, the newest first. For its community alone.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn artefact_reviews(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The artefact's id.")] id: ArtefactId,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<ArtefactReview>> {
        let call = call(ctx)?;
        let page = versions::reviews(call, id, &list::request(ctx, first, after, last, before)?).await?;
        let total =
            if list::wants_total(ctx) { Some(versions::count_reviews(call, id).await?) } else { None };
        Ok(list::connection(page, total))
    }

    /// The artefact and what it carries on, step by step back to where it began, each with its community
    /// and authors.
    async fn artefact_credits(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The artefact's id.")] id: ArtefactId,
    ) -> Result<Vec<ArtefactCredit>> {
        credit::of(call(ctx)?, id).await
    }
}

/// Commands.
#[derive(Default)]
pub struct ArtefactMutation;

#[Object]
impl ArtefactMutation {
    /// Begins an artefact of a community; a member writes the first version. Only the community sees it
    /// until an officer publishes it.
    async fn create_artefact(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The community's id.")] id: CommunityId,
        #[graphql(desc = "What it is.")] input: CreateArtefactInput,
    ) -> Result<Artefact> {
        with_key(ctx)?.write(CreateArtefact { community: id, input }).await
    }

    /// Changes what an artefact is called and for whom it is; its text is changed by a new version.
    async fn update_artefact(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The artefact's id.")] id: ArtefactId,
        #[graphql(desc = "The version you read.")] version: Option<i64>,
        #[graphql(desc = "The changes; what is left out stays.")] input: UpdateArtefactInput,
    ) -> Result<Artefact> {
        with_key(ctx)?.write(UpdateArtefact { id, version, input }).await
    }

    /// Writes a new version of an artefact; whoever writes is named as an author. What was published stays
    /// published until the new version is.
    async fn revise_artefact(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The artefact's id.")] id: ArtefactId,
        #[graphql(desc = "What it now says.")] input: ReviseArtefactInput,
    ) -> Result<Artefact> {
        with_key(ctx)?.write(ReviseArtefact { id, input }).await
    }

    /// Says what a member who did not write it thinks of the newest version; said again, it replaces what
    /// was said.
    async fn review_artefact(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The artefact's id.")] id: ArtefactId,
        #[graphql(desc = "What you say.")] input: ReviewArtefactInput,
    ) -> Result<Artefact> {
        with_key(ctx)?.write(ReviewArtefact { id, input }).await
    }

    /// Lets the newest version out: to the community, to whoever works in its regency or city, or to
    /// everyone. Beyond the community only what a colleague who did not write it approved; nowhere what a
    /// colleague wants changed.
    async fn publish_artefact(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The artefact's id.")] id: ArtefactId,
        #[graphql(desc = "To whom.")] input: PublishArtefactInput,
    ) -> Result<Artefact> {
        with_key(ctx)?.write(PublishArtefact { id, input }).await
    }

    /// Takes an artefact back, for a stated reason. It may be published again.
    async fn withdraw_artefact(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The artefact's id.")] id: ArtefactId,
        #[graphql(desc = "Why.")] input: WithdrawArtefactInput,
    ) -> Result<Artefact> {
        with_key(ctx)?.write(WithdrawArtefact { id, input }).await
    }

    /// Begins an artefact of your own community with the published version of this one. Where it comes from
    /// stays named for ever, and its licence is never made wider.
    async fn fork_artefact(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The artefact's id.")] id: ArtefactId,
        #[graphql(desc = "Where, and how it is called there.")] input: ForkArtefactInput,
    ) -> Result<Artefact> {
        with_key(ctx)?.write(ForkArtefact { id, input }).await
    }

    /// Takes a file away from an artefact and from its draft versions that name it, by whoever brought it or is
    /// an author. What was published, or a colleague spoke about, keeps its files. Answers with the file as it was.
    async fn detach_artefact(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The attachment's id.")] id: AttachmentId,
    ) -> Result<Attachment> {
        with_key(ctx)?.write(DetachArtefact { id }).await
    }
}
