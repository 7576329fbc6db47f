//! What callers say about artefacts.

use async_graphql::{InputObject, MaybeUndefined};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    licence::Licence,
    rule::{self, Alignment, ArtefactKind, Audience, MAX_BODY, Verdict},
    view::AttachmentId,
};
use crate::{
    community::{activity::view::ActivityId, group::view::CommunityId},
    directory::school::rule::SchoolLevel,
    foundation::{
        error::{Fault, Faults},
        text,
    },
};

/// The most files of one version.
pub const MAX_ATTACHMENTS: usize = 20;

/// A new artefact, with its first version.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateArtefactInput {
    /// What kind of thing it is.
    pub kind: ArtefactKind,
    /// What it is called, 1 to 200 characters.
    #[schema(example = "Asesmen diagnostik numerasi kelas 4", min_length = 1, max_length = 200)]
    pub title: String,
    /// What it is for, at most 2,000 characters.
    #[schema(max_length = 2000)]
    pub summary: Option<String>,
    /// The subject it is for; leave out for any.
    #[schema(example = "Matematika", max_length = 60)]
    pub subject: Option<String>,
    /// The level of school it is for; leave out for any.
    pub level: Option<SchoolLevel>,
    /// What others may do with it.
    pub licence: Licence,
    /// The activity of the community at which it was made.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub activity_id: Option<ActivityId>,
    /// The text itself, Markdown, 1 to 100,000 characters. No pupil is named in it.
    #[schema(min_length = 1, max_length = 100_000)]
    pub body: String,
    /// What it serves, at most 30 entries.
    #[serde(default)]
    #[graphql(default)]
    #[schema(max_items = 30)]
    pub alignment: Vec<Alignment>,
}

/// What may be changed about an artefact itself (JSON merge patch, RFC 7396); its text is changed by a new version.
#[derive(Debug, Clone, Default, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateArtefactInput {
    /// What it is called. Never null.
    #[serde(default)]
    #[schema(value_type = String, required = false, max_length = 200)]
    pub title: MaybeUndefined<String>,
    /// What it is for.
    #[serde(default)]
    #[schema(value_type = Option<String>, required = false, max_length = 2000)]
    pub summary: MaybeUndefined<String>,
    /// The subject it is for; null = any.
    #[serde(default)]
    #[schema(value_type = Option<String>, required = false, max_length = 60)]
    pub subject: MaybeUndefined<String>,
    /// The level of school it is for; null = any.
    #[serde(default)]
    #[schema(value_type = Option<SchoolLevel>, required = false)]
    pub level: MaybeUndefined<SchoolLevel>,
}

/// A new version.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReviseArtefactInput {
    /// The text itself, Markdown, 1 to 100,000 characters. No pupil is named in it.
    #[schema(min_length = 1, max_length = 100_000)]
    pub body: String,
    /// What it serves, at most 30 entries.
    #[serde(default)]
    #[graphql(default)]
    #[schema(max_items = 30)]
    pub alignment: Vec<Alignment>,
    /// The files that belong to it, of those that were attached to the artefact; at most 20.
    #[serde(default)]
    #[graphql(default)]
    #[schema(value_type = Vec<String>, max_items = 20)]
    pub attachment_ids: Vec<AttachmentId>,
    /// What changed, at most 500 characters.
    #[schema(example = "Dua soal diperbaiki setelah diuji di kelas", max_length = 500)]
    pub note: Option<String>,
}

/// What a colleague says about the newest version.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReviewArtefactInput {
    /// The version you read: a newer one is not what you speak of.
    #[schema(example = 1, minimum = 1)]
    pub number: i32,
    /// What you say.
    pub verdict: Verdict,
    /// In words, at most 2,000 characters; needed when something should change.
    #[schema(max_length = 2000)]
    pub comment: Option<String>,
}

/// To whom the newest version goes out.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PublishArtefactInput {
    /// Who shall see it.
    pub audience: Audience,
}

/// Why an artefact is taken back.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WithdrawArtefactInput {
    /// The reason, 1 to 500 characters; all who could see it may read it.
    #[schema(example = "Satu soal memuat nama siswa.", min_length = 1, max_length = 500)]
    pub reason: String,
}

/// Which community carries an artefact on.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ForkArtefactInput {
    /// Your community.
    #[schema(value_type = String, format = "uuid")]
    pub community_id: CommunityId,
    /// What it shall be called there; as it is called now unless said.
    #[schema(max_length = 200)]
    pub title: Option<String>,
    /// What others may do with it there; as it is now unless said, and never more than now.
    pub licence: Option<Licence>,
}

/// A version's content, checked.
#[derive(Debug, Clone)]
pub struct Content {
    /// The text.
    pub body: String,
    /// What it serves.
    pub alignment: Vec<Alignment>,
}

/// Checks a version's content; every fault is noted.
pub fn content(faults: &mut Faults, body: &str, alignment: &[Alignment]) -> Option<Content> {
    let body = faults.take("/body", text::as_given(body, MAX_BODY));
    let alignment = match rule::alignment(alignment) {
        Ok(alignment) => Some(alignment),
        Err(found) => {
            faults.extend(found);
            None
        }
    };
    Some(Content { body: body?, alignment: alignment? })
}

/// A summary, perhaps empty.
///
/// # Errors
/// As [`text::paragraphs`].
pub fn summary(raw: &str) -> Result<String, Fault> {
    text::paragraphs(raw, 2_000)
}

/// A comment; blank = none.
///
/// # Errors
/// As [`text::paragraphs`].
pub fn comment(raw: Option<&str>) -> Result<Option<String>, Fault> {
    let said = text::paragraphs(raw.unwrap_or_default(), 2_000)?;
    Ok((!said.is_empty()).then_some(said))
}
