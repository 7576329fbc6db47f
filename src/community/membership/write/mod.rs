//! Changing memberships. Each command locks the community, then the membership; asks for a permit; lets the rule
//! decide; takes its step; and tells of it last. Whoever refers to a person locks that first, as a merge
//! of two records does.

mod answer;
mod ask;
mod end;

pub use answer::{AcceptMembership, AdmitMembership, DeclineMembership, RefuseMembership};
pub(in crate::community) use ask::lock_person;
pub use ask::{InviteMembership, RequestMembership};
pub use end::{LeaveMembership, RemoveMembership};

use entity::membership::{ActiveModel, Model};
use sea_orm::{ActiveValue::Set, IntoActiveModel};
use serde_json::json;

use super::{lock::HeldMembership, read, state::MembershipStatus, view::Membership};
use crate::{
    access::{actor::Permit, context::Work},
    foundation::{
        error::{Error, Fault, Result},
        event::Event,
        text::Reason,
    },
};

/// The reason of an input.
fn reason(raw: &str) -> Result<Reason> {
    Reason::parse(raw).map_err(|fault| Error::Invalid(vec![Fault { pointer: "/reason".to_owned(), ..fault }]))
}

/// One step of one membership, and its view; what is told of it comes with it.
async fn step(
    work: &Work<'_>,
    permit: &Permit,
    held: HeldMembership,
    next: MembershipStatus,
    reason: Option<Reason>,
    event: &'static str,
) -> Result<Membership> {
    let (view, told) = stepped(work, permit, &held, next, reason, event).await?;
    work.emit(told).await?;
    Ok(view)
}

async fn stepped(
    work: &Work<'_>,
    permit: &Permit,
    held: &HeldMembership,
    next: MembershipStatus,
    reason: Option<Reason>,
    event: &'static str,
) -> Result<(Membership, Event)> {
    let mut change = held.row.clone().into_active_model();
    change.status = Set(next.as_str().to_owned());
    if let Some(reason) = reason {
        change.reason = Set(Some(reason.as_str().to_owned()));
    }
    if next == MembershipStatus::Active {
        change.joined_at = Set(Some(work.now()));
    }
    if !next.is_live() {
        change.ended_at = Set(Some(work.now()));
    }
    let row = update(work, permit, &held.row, change).await?;
    let view = read::view_of(work.db(), work.actor, row.id).await?;
    Ok((view, happened(event, &held.community.row.region_code, &row)))
}

async fn update(work: &Work<'_>, _: &Permit, found: &Model, mut change: ActiveModel) -> Result<Model> {
    change.version = Set(found.version + 1);
    change.updated_at = Set(work.now());
    work.save(found, change).await
}

/// What is told of a change to a membership of a community in `region`: where it stands, never what was
/// said with it.
pub(in crate::community) fn happened(kind: &'static str, region: &str, row: &Model) -> Event {
    Event::new(kind, "membership", row.id, row.version).in_region(Some(region)).with(json!({
        "communityId": row.community_id,
        "personId": row.person_id,
        "status": row.status,
    }))
}
