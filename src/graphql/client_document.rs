//! Documents registered for apps that send no others.

use async_graphql::{ComplexObject, Context, Object};

use super::{
    list::{self, List},
    node::{call, with_key},
};
use crate::identity::client::view::OAuthClientId;
use crate::{
    foundation::error::Result,
    identity::document::{
        input::RegisterClientDocumentInput,
        read,
        view::{ClientDocument, ClientDocumentId},
        write::{DeleteClientDocument, RegisterClientDocument},
    },
};

#[ComplexObject]
impl ClientDocument {}

/// Reads.
#[derive(Default)]
pub struct ClientDocumentQuery;

#[Object]
impl ClientDocumentQuery {
    /// GraphQL documents that an app may send which sends no others, in the order in which they were registered.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn client_documents(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The app's id.")] id: OAuthClientId,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<ClientDocument>> {
        let call = call(ctx)?;
        let page = read::list(call, id, &list::request(ctx, first, after, last, before)?).await?;
        let total = if list::wants_total(ctx) { Some(read::count(call, id).await?) } else { None };
        Ok(list::connection(page, total))
    }

    /// One registered document by its id.
    async fn client_document(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The document's id.")] id: ClientDocumentId,
    ) -> Result<ClientDocument> {
        read::find(call(ctx)?, id).await
    }
}

/// Commands.
#[derive(Default)]
pub struct ClientDocumentMutation;

#[Object]
impl ClientDocumentMutation {
    /// Registers a GraphQL document that the app may send. It is held to the schema.
    async fn register_client_document(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The app's id.")] id: OAuthClientId,
        #[graphql(desc = "What it is called, and its text.")] input: RegisterClientDocumentInput,
    ) -> Result<ClientDocument> {
        with_key(ctx)?.write(RegisterClientDocument { client: id, input }).await
    }

    /// Takes a document from an app: a pinned app can no longer send it, from its next request on.
    async fn delete_client_document(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The document's id.")] id: ClientDocumentId,
        #[graphql(desc = "The version you read.")] version: Option<i64>,
    ) -> Result<ClientDocument> {
        with_key(ctx)?.write(DeleteClientDocument { id, version }).await
    }
}
