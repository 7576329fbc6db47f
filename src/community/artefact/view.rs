//! An artefact as both faces show it.

use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    licence::Licence,
    rule::{Alignment, ArtefactKind, ArtefactStatus, Audience, Verdict},
};
use crate::{
    community::{activity::view::ActivityId, group::view::CommunityId},
    directory::{person::view::PersonId, school::rule::SchoolLevel},
    foundation::{
        error::{Error, Fault, Result},
        id::{Id, Kind},
    },
};

/// The id of an artefact.
pub type ArtefactId = Id<Artefact>;

impl Kind for Artefact {
    const NAME: &'static str = "Artefact";
}

/// The id of an attachment.
pub type AttachmentId = Id<Attachment>;

impl Kind for Attachment {
    const NAME: &'static str = "Attachment";
}

/// A thing a community made (perangkat).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
#[graphql(complex)]
pub struct Artefact {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: ArtefactId,
    /// The community that made it.
    #[schema(value_type = String, format = "uuid")]
    pub community_id: CommunityId,
    /// What kind of thing it is.
    pub kind: ArtefactKind,
    /// What it is called.
    #[schema(example = "Asesmen diagnostik numerasi kelas 4", max_length = 200)]
    pub title: String,
    /// What it is for, in a few lines.
    #[schema(max_length = 2000)]
    pub summary: String,
    /// The subject it is for; null = any.
    #[schema(example = "Matematika", max_length = 60)]
    pub subject: Option<String>,
    /// The level of school it is for; null = any.
    pub level: Option<SchoolLevel>,
    /// What others may do with it.
    pub licence: Licence,
    /// Where it stands.
    pub status: ArtefactStatus,
    /// Why it was withdrawn; null otherwise.
    #[schema(max_length = 500)]
    pub status_reason: Option<String>,
    /// Who sees what was published; null before.
    pub audience: Option<Audience>,
    /// The activity at which it was made; null where none was named.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub activity_id: Option<ActivityId>,
    /// The artefact it carries on; null where it began here.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub forked_from_id: Option<ArtefactId>,
    /// The version of that which it carries on.
    #[schema(minimum = 1)]
    pub forked_from_number: Option<i32>,
    /// How many other artefacts carry it on.
    #[schema(minimum = 0)]
    pub forks: i32,
    /// The newest version.
    #[schema(minimum = 1)]
    pub latest: i32,
    /// The version that was published; null before. Whoever is not of the community reads this one.
    #[schema(minimum = 1)]
    pub published: Option<i32>,
    /// When; null before.
    pub published_at: Option<DateTime<Utc>>,
    /// Who made it, by name.
    pub authors: Vec<Author>,
    /// Grows by one with every change; what `If-Match` and `version` refer to.
    pub version: i64,
    /// When the record came to be.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

/// Somebody who is named with what they made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Author {
    /// Who.
    #[schema(value_type = String, format = "uuid")]
    pub person_id: PersonId,
    /// Their name.
    #[schema(example = "Siti Aminah", max_length = 120)]
    pub name: String,
}

/// One version of an artefact. It never changes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ArtefactVersion {
    /// Of which artefact.
    #[schema(value_type = String, format = "uuid")]
    pub artefact_id: ArtefactId,
    /// Counts from 1.
    #[schema(minimum = 1)]
    pub number: i32,
    /// The text itself, Markdown. It is somebody's text: show it as such, and run nothing of it.
    #[schema(max_length = 100_000)]
    pub body: String,
    /// What it serves.
    #[schema(max_items = 30)]
    pub alignment: Vec<Alignment>,
    /// The files that belong to it.
    #[schema(max_items = 20)]
    pub attachments: Vec<Attachment>,
    /// What changed; null where nobody said.
    #[schema(max_length = 500)]
    pub note: Option<String>,
    /// Who wrote it.
    pub written_by: Author,
    /// When.
    pub created_at: DateTime<Utc>,
}

/// A version, without its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ArtefactRevision {
    /// Counts from 1.
    #[schema(minimum = 1)]
    pub number: i32,
    /// What changed; null where nobody said.
    #[schema(max_length = 500)]
    pub note: Option<String>,
    /// Who wrote it.
    pub written_by: Author,
    /// When.
    pub created_at: DateTime<Utc>,
}

/// A file beside an artefact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Attachment {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: AttachmentId,
    /// What it is called.
    #[schema(example = "soal-diagnostik.pdf", max_length = 120)]
    pub filename: String,
    /// What its bytes are, by looking at them.
    #[schema(example = "application/pdf", max_length = 100)]
    pub media_type: String,
    /// How many bytes.
    #[schema(minimum = 1, maximum = 10_485_760)]
    pub bytes: i64,
    /// SHA-256 of the bytes, hexadecimal.
    #[schema(max_length = 64)]
    pub sha256: String,
    /// Where the bytes are, on this service.
    #[schema(example = "/v1/attachments/018be54e-5d00-72c1-ac46-e38c4de65902/content", max_length = 100)]
    pub path: String,
}

/// What a colleague says about a version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ArtefactReview {
    /// Which version.
    #[schema(minimum = 1)]
    pub number: i32,
    /// Who says it.
    pub reviewer: Author,
    /// What.
    pub verdict: Verdict,
    /// In words; null where the verdict says enough.
    #[schema(max_length = 2000)]
    pub comment: Option<String>,
    /// When.
    pub created_at: DateTime<Utc>,
}

/// One step of where an artefact comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ArtefactCredit {
    /// The artefact.
    #[schema(value_type = String, format = "uuid")]
    pub artefact_id: ArtefactId,
    /// What it is called.
    #[schema(max_length = 200)]
    pub title: String,
    /// The version that was carried on; of the artefact itself, the one that is shown.
    #[schema(minimum = 1)]
    pub number: i32,
    /// What others may do with it.
    pub licence: Licence,
    /// The community that made it.
    #[schema(max_length = 150)]
    pub community: String,
    /// Who made it.
    pub authors: Vec<Author>,
}

impl Artefact {
    /// The view of a row and of its authors.
    ///
    /// # Errors
    /// `internal` when a column holds what no rule knows.
    pub fn of(row: entity::artefact::Model, authors: Vec<Author>) -> Result<Self> {
        let odd = |column: &'static str| move |f: Fault| Error::internal(column, f.code);
        let level = row.level.as_deref().map(SchoolLevel::parse).transpose();
        let audience = row.audience.as_deref().map(Audience::parse).transpose();
        Ok(Self {
            id: row.id.into(),
            community_id: row.community_id.into(),
            kind: ArtefactKind::parse(&row.kind).map_err(odd("artefact.kind"))?,
            title: row.title,
            summary: row.summary,
            subject: row.subject,
            level: level.map_err(odd("artefact.level"))?,
            licence: Licence::parse(&row.licence).map_err(odd("artefact.licence"))?,
            status: ArtefactStatus::parse(&row.status).map_err(odd("artefact.status"))?,
            status_reason: row.status_reason,
            audience: audience.map_err(odd("artefact.audience"))?,
            activity_id: row.activity_id.map(Into::into),
            forked_from_id: row.forked_from_id.map(Into::into),
            forked_from_number: row.forked_from_number,
            forks: row.forks,
            latest: row.latest,
            published: row.published,
            published_at: row.published_at,
            authors,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }
}

impl From<entity::artefact_attachment::Model> for Attachment {
    fn from(row: entity::artefact_attachment::Model) -> Self {
        Self {
            path: format!("/v1/attachments/{}/content", row.id),
            id: row.id.into(),
            filename: row.filename,
            media_type: row.media_type,
            bytes: row.bytes,
            sha256: row.sha256,
        }
    }
}
