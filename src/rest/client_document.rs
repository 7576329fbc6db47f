//! `/v1/oauth-clients/{id}/documents`, `/v1/client-documents`

use actix_web::{delete, get, post, web::Path};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    call::{Call, Nothing, Params, Write},
    reply::{self, Answer, Items},
};
use crate::identity::client::view::OAuthClientId;
use crate::{
    foundation::page::{MAX_LIMIT, PageRequest},
    identity::document::{
        input::RegisterClientDocumentInput,
        read,
        view::{ClientDocument, ClientDocumentId},
        write::{DeleteClientDocument, RegisterClientDocument},
    },
};

const TAG: &str = "Registered documents";

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_client_documents)
        .service(register_client_document)
        .service(get_client_document)
        .service(delete_client_document);
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListParams {
    /// The cursor of the page before: its `next`.
    after: Option<String>,
    /// Rows wanted, 20 unless said.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
}

/// List the documents of an app
///
/// GraphQL documents that an app may send which sends no others, in the order in which they were registered.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The app's `client_id`"), ListParams),
    responses((status = 200, description = "A page of documents", body = Items<ClientDocument>)))]
#[get("/v1/oauth-clients/{id}/documents")]
async fn list_client_documents(
    call: Call,
    id: Path<OAuthClientId>,
    Params(params): Params<ListParams>,
) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    reply::page(&call.http, read::list(&call.ctx, *id, &page).await?)
}

/// Register a document
///
/// A GraphQL document that the app may send. It is held to the schema; the app sends it, or its hash as
/// `extensions.persistedQuery`. What is not registered is refused with `persisted_query_only` where the app is pinned.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The app's `client_id`")), request_body = RegisterClientDocumentInput,
    responses((status = 201, description = "Registered", body = ClientDocument)))]
#[post("/v1/oauth-clients/{id}/documents")]
async fn register_client_document(
    call: Write<RegisterClientDocumentInput>,
    id: Path<OAuthClientId>,
) -> Answer {
    let made = call.ctx.write(RegisterClientDocument { client: *id, input: call.body }).await?;
    reply::created(&made, made.version, &format!("/v1/client-documents/{}", made.id))
}

/// Get a registered document
///
/// One document by its id. Its `ETag` is what `If-Match` of a deletion wants.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The document's id")),
    responses((status = 200, description = "The document", body = ClientDocument)))]
#[get("/v1/client-documents/{id}")]
async fn get_client_document(call: Call, id: Path<ClientDocumentId>) -> Answer {
    let found = read::find(&call.ctx, *id).await?;
    reply::resource(&call.http, &found, found.version)
}

/// Delete a registered document
///
/// A pinned app can no longer send it, from its next request on. Answers with the document as it was. Send the version
/// you read in `If-Match`.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The document's id")),
    responses((status = 200, description = "Deleted", body = ClientDocument)))]
#[delete("/v1/client-documents/{id}")]
async fn delete_client_document(call: Write<Nothing>, id: Path<ClientDocumentId>) -> Answer {
    let version = call.version()?;
    let deleted = call.ctx.write(DeleteClientDocument { id: *id, version }).await?;
    reply::plain(&deleted)
}
