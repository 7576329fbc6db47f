//! What stands below communities, activities and comments: the first few of each, for screens that show all at once.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;

use super::{Loaders, Shared};
use crate::{
    community::{
        activity::{
            self,
            view::{Activity, ActivityId},
        },
        artefact::{self, view::Artefact},
        book::{self, view::BookReading},
        discussion::view::CommentId,
        group::view::CommunityId,
        membership::{self, view::Membership},
        moderation::{history, view::ModerationStep},
        office::{self, view::CommunityOffice},
        partner::{self, view::Partner},
        recognition::{
            note::{self, view::ProgressNote},
            round::{entry, view::AwardEntry},
        },
    },
    foundation::error::Error,
};

/// The keys of one loader by the size asked for: one document may ask for the same edge under several aliases, and
/// each size is one statement.
pub(super) fn by_size<P>(keys: impl Iterator<Item = (P, u64)>) -> HashMap<u64, Vec<P>> {
    let mut sizes: HashMap<u64, Vec<P>> = HashMap::new();
    for (parent, limit) in keys {
        sizes.entry(limit).or_default().push(parent);
    }
    sizes
}

/// A key for the first rows of a kind below a parent, and how they are read. Whoever has no role to read such rows
/// sees none of them, as a stranger does: the parent is shown all the same.
macro_rules! below {
    ($(#[doc = $doc:literal] $key:ident($parent:ty) -> $view:ty = $read:path;)+) => {$(
        #[doc = $doc]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub struct $key {
            /// Below which one.
            pub parent: $parent,
            /// How many at most.
            pub limit: u64,
        }

        impl Loader<$key> for Loaders {
            type Value = Vec<$view>;
            type Error = Shared;

            async fn load(&self, keys: &[$key]) -> Result<HashMap<$key, Vec<$view>>, Shared> {
                let mut all = HashMap::with_capacity(keys.len());
                for (limit, parents) in by_size(keys.iter().map(|key| (key.parent, key.limit))) {
                    let found = match $read(&self.0, &parents, limit).await {
                        Err(Error::Forbidden(_)) => HashMap::new(),
                        found => found.map_err(Shared::new)?,
                    };
                    all.extend(found.into_iter().map(|(parent, rows)| ($key { parent, limit }, rows)));
                }
                Ok(all)
            }
        }
    )+};
}

below! {
    /// The next planned activities of a community.
    NextOf(CommunityId) -> Activity = activity::read::next_of;
    /// The last activities of a community that were held.
    RecentOf(CommunityId) -> Activity = activity::read::recent_of;
    /// The members of a community.
    MembersOf(CommunityId) -> Membership = membership::read::members_of;
    /// The offices held in a community.
    OfficesOf(CommunityId) -> CommunityOffice = office::read::held_in;
    /// The partners of a community.
    PartnersOf(CommunityId) -> Partner = partner::read::first_of;
    /// The artefacts of a community.
    ArtefactsOf(CommunityId) -> Artefact = artefact::read::first_of;
    /// The readings of a community.
    ReadingsOf(CommunityId) -> BookReading = book::read::newest_of;
    /// How a community went on in the latest months.
    ProgressOf(CommunityId) -> ProgressNote = note::read::latest_of;
    /// For which years a community is recognised.
    AwardsOf(CommunityId) -> AwardEntry = entry::latest_of;
    /// The steps of the moderation of a comment.
    StepsOf(CommentId) -> ModerationStep = history::first_of_comments;
    /// The artefacts made at an activity.
    MadeAt(ActivityId) -> Artefact = artefact::read::made_at;
}
