//! Issuing for work in a community. Whether it was earned, whoever keeps the community's credit has found;
//! numbers, signature and record are those of every certificate.

use chrono::NaiveDate;
use entity::{certificate::Model, person, program};

use super::{
    draft::{Deed, Earned, Letterhead},
    store,
};
use crate::{
    access::{actor::Permit, context::Work},
    certification::certificate::payload::{Community, CompletionLine},
    foundation::error::{Error, Result},
};

/// What was earned in a community.
pub struct CommunityWork {
    /// Where, and by which claim.
    pub community: Community,
    /// By whom; the caller holds the row.
    pub person: person::Model,
    /// For which program; the caller holds the row.
    pub program: program::Model,
    /// Credit hours.
    pub jp: i32,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// Each component with what was asked and reached.
    pub completion: Vec<CompletionLine>,
}

/// Issues the one certificate of a claim, which has none. Locks, numbers and signs before it tells of the issue.
///
/// # Errors
/// `internal` when something it refers to is missing.
pub async fn issue_community_certificate(
    work: &Work<'_>,
    permit: &Permit,
    done: CommunityWork,
) -> Result<Model> {
    let provider = done.program.provider_id;
    let letterhead = Letterhead::of(work, done.program, provider, None).await?;
    let deed = Deed {
        person: &done.person,
        jp: done.jp,
        starts_on: done.starts_on,
        ends_on: done.ends_on,
        origin: Earned::Community(done.community),
        completion: done.completion,
    };
    let rows = store::issue(work, permit, &letterhead, vec![deed]).await?;
    rows.into_iter().next().ok_or_else(|| Error::internal("issue", "nothing was issued"))
}
