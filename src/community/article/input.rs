//! What callers may say about an article.

use async_graphql::InputObject;
use serde::Deserialize;
use utoipa::ToSchema;

/// An article that is worth reading. Give `url` or `doi`, or both.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ShareArticleInput {
    /// What it is called, at most 300 characters.
    #[schema(example = "Umpan balik yang memandu", min_length = 1, max_length = 300)]
    pub title: String,
    /// Who wrote it, 1 to 10, each at most 120 characters.
    #[schema(example = json!(["Rahmat Hidayat"]), min_items = 1, max_items = 10)]
    pub authors: Vec<String>,
    /// Where it is read: an `https` address of at most 500 bytes.
    #[schema(example = "https://contoh.id/umpan-balik", max_length = 500)]
    pub url: Option<String>,
    /// Its digital object identifier, with or without `https://doi.org/`.
    #[schema(example = "10.1234/contoh.2026.7", max_length = 220)]
    pub doi: Option<String>,
    /// Why it matters to you, at most 2,000 characters.
    #[schema(
        example = "Menjelaskan kapan pujian justru menghentikan belajar.",
        min_length = 1,
        max_length = 2000
    )]
    pub why: String,
}

/// Whether you have read it.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MarkArticleInput {
    /// Whether you have.
    #[schema(example = true)]
    pub read: bool,
}
