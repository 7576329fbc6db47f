//! An article as both faces show it.

use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    community::{activity::view::ActivityId, group::view::CommunityId},
    directory::person::view::PersonId,
    foundation::id::{Id, Kind},
};

/// The id of an article.
pub type ArticleId = Id<Article>;

impl Kind for Article {
    const NAME: &'static str = "Article";
}

/// An article that a community shares.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Article {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: ArticleId,
    /// Of which community.
    #[schema(value_type = String, format = "uuid")]
    pub community_id: CommunityId,
    /// At which activity it was shared.
    #[schema(value_type = String, format = "uuid")]
    pub activity_id: ActivityId,
    /// What it is called.
    #[schema(example = "Umpan balik yang memandu", max_length = 300)]
    pub title: String,
    /// Who wrote it.
    #[schema(min_items = 1, max_items = 10)]
    pub authors: Vec<String>,
    /// Where it is read; null where only its identifier is known.
    #[schema(example = "https://contoh.id/umpan-balik", max_length = 500)]
    pub url: Option<String>,
    /// Its digital object identifier; null where it has none.
    #[schema(example = "10.1234/contoh.2026.7", max_length = 220)]
    pub doi: Option<String>,
    /// Why it matters, in the words of who shared it.
    #[schema(max_length = 2000)]
    pub why: String,
    /// Who shared it.
    #[schema(value_type = String, format = "uuid")]
    pub shared_by_id: PersonId,
    /// That person's name.
    #[schema(example = "Siti Rahmawati", max_length = 120)]
    pub shared_by_name: String,
    /// Whether it is pinned.
    pub is_pinned: bool,
    /// How many members have read it. Who they are is told to nobody.
    #[schema(minimum = 0)]
    pub reads: i32,
    /// Whether you have.
    pub read_by_me: bool,
    /// Grows by one with every change of the article itself, not with marks.
    pub version: i64,
    /// When the record came to be.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

/// What became of an article that was taken away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RemovedArticle {
    /// Which one it was.
    #[schema(value_type = String, format = "uuid")]
    pub article_id: ArticleId,
}
