//! What comes in about registered documents.

use async_graphql::InputObject;
use serde::Deserialize;
use utoipa::ToSchema;

/// A document to register.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RegisterClientDocumentInput {
    /// What its makers call it, at most 100 characters.
    #[schema(example = "MyCertificates", max_length = 100)]
    pub name: String,
    /// The text, letter by letter as the app will send it; at most 64 KiB. It must fit the schema.
    #[schema(
        example = "query MyCertificates { certificates(first: 20) { nodes { number } } }",
        max_length = 65536
    )]
    pub document: String,
}
