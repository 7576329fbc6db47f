//! What comments are about: the one place that knows every kind, and whether the caller sees one of it.

use entity::{activity, artefact, book_reading, comment, proposal};
use sea_orm::{ColumnTrait, ConnectionTrait, PaginatorTrait, QueryFilter};
use uuid::Uuid;

use super::{input::CommentAbout, rule::CommentSubject};
use crate::{
    access::{actor::Actor, scope},
    community::activity::rule::ActivityKind,
    foundation::error::{Error, Fault, Result},
};

/// One thing of a community.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subject {
    /// Of which kind.
    pub kind: CommentSubject,
    /// Which one.
    pub id: Uuid,
    /// Where it was named.
    pub pointer: &'static str,
}

impl Subject {
    /// What was named, in a community.
    ///
    /// # Errors
    /// `comment_subject_ambiguous` at `base` where more than one thing was named.
    pub fn named(community: Uuid, about: CommentAbout) -> std::result::Result<Self, Fault> {
        let CommentAbout { activity_id, artefact_id, reading_id, proposal_id } = about;
        let mut named = [
            activity_id.map(|id| (CommentSubject::Activity, id.uuid(), "/about/activityId")),
            artefact_id.map(|id| (CommentSubject::Artefact, id.uuid(), "/about/artefactId")),
            reading_id.map(|id| (CommentSubject::BookReading, id.uuid(), "/about/readingId")),
            proposal_id.map(|id| (CommentSubject::Proposal, id.uuid(), "/about/proposalId")),
        ]
        .into_iter()
        .flatten();
        let (kind, id, pointer) = named.next().unwrap_or((CommentSubject::Community, community, "/about"));
        if named.next().is_some() {
            return Err(Fault::new("/about", "comment_subject_ambiguous"));
        }
        Ok(Self { kind, id, pointer })
    }

    /// What a row is about.
    ///
    /// # Errors
    /// `internal` when the column holds what no rule knows.
    pub fn of(row: &comment::Model) -> Result<Self> {
        let kind = CommentSubject::parse(&row.subject_kind)
            .map_err(|f| Error::internal("comment.subject_kind", f.code))?;
        Ok(Self { kind, id: row.subject_id, pointer: "/about" })
    }

    /// Whether it is of the community and the caller sees it.
    ///
    /// # Errors
    /// `forbidden` for whose role sees nothing of its kind; `unavailable` when the database does not answer.
    pub async fn is_seen(&self, db: &impl ConnectionTrait, actor: &Actor, community: Uuid) -> Result<bool> {
        let (id, of) = (self.id, community);
        let found = match self.kind {
            CommentSubject::Community => return Ok(id == of),
            CommentSubject::Activity => {
                use activity::Column;
                // What two keep between them is not talked about by all.
                let private = [ActivityKind::PeerObservation, ActivityKind::Coaching];
                let seen = scope::activities(actor)?.filter(Column::Id.eq(id));
                let seen = seen.filter(Column::Kind.is_not_in(private));
                seen.filter(Column::CommunityId.eq(of)).count(db).await?
            }
            CommentSubject::Artefact => {
                use artefact::Column;
                let seen = scope::artefacts(actor)?.filter(Column::Id.eq(id));
                seen.filter(Column::CommunityId.eq(of)).count(db).await?
            }
            CommentSubject::BookReading => {
                use book_reading::Column;
                let seen = scope::book_readings(actor)?.filter(Column::Id.eq(id));
                seen.filter(Column::CommunityId.eq(of)).count(db).await?
            }
            CommentSubject::Proposal => {
                use proposal::Column;
                let seen = scope::proposals(actor)?.filter(Column::Id.eq(id));
                seen.filter(Column::CommunityId.eq(of)).count(db).await?
            }
        };
        Ok(found > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_named_is_the_community_and_two_things_are_one_too_many() {
        let (community, id) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let itself = Subject::named(community, CommentAbout::default()).unwrap();
        assert_eq!((itself.kind, itself.id), (CommentSubject::Community, community));
        let one = CommentAbout { activity_id: Some(id.into()), ..CommentAbout::default() };
        assert_eq!(Subject::named(community, one).unwrap().kind, CommentSubject::Activity);
        let two = CommentAbout { proposal_id: Some(id.into()), ..one };
        assert_eq!(Subject::named(community, two).unwrap_err().code, "comment_subject_ambiguous");
    }
}
