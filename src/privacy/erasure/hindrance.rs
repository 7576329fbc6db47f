//! What somebody must have ended before they are erased: what others still count on them for by name. All of it is told
//! at once.

use entity::{batch, community, community_office, enrolment, resource_person, session, session_teacher};
use sea_orm::{ColumnTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationTrait};
use uuid::Uuid;

use crate::{
    access::context::Work,
    foundation::error::{Error, Fault, Result},
};

/// What is named of one kind; whoever has more hears of the rest when these are ended.
const MOST: u64 = 100;

/// Everything that stands in the way. The rows that could come to are held until the transaction ends.
///
/// # Errors
/// Whatever the database answers.
pub async fn of(work: &Work<'_>, persons: &[Uuid]) -> Result<Vec<Fault>> {
    // Whoever puts a resource person down for a session holds this row.
    resource_person::Entity::find()
        .filter(resource_person::Column::PersonId.is_in(persons.iter().copied()))
        .order_by_asc(resource_person::Column::Id)
        .lock_exclusive()
        .all(work.db())
        .await?;
    let mut faults = enrolled(work, persons).await?;
    faults.extend(teaching(work, persons).await?);
    faults.extend(in_office(work, persons).await?);
    Ok(faults)
}

/// That nothing stands in the way.
///
/// # Errors
/// `erasure_hindered`, with everything that does.
pub fn require_none(faults: Vec<Fault>) -> Result<()> {
    if faults.is_empty() {
        return Ok(());
    }
    let first = Fault::new("", "erasure_hindered").with("count", faults.len());
    Error::conflicts(std::iter::once(first).chain(faults).collect())
}

fn named(code: &'static str, what: &str, id: Uuid) -> Fault {
    Fault::new("", code).with("what", what).with("id", id)
}

/// A seat in a batch that is not over, or the wish for one.
async fn enrolled(work: &Work<'_>, persons: &[Uuid]) -> Result<Vec<Fault>> {
    let theirs = enrolment::Entity::find()
        .filter(enrolment::Column::PersonId.is_in(persons.iter().copied()))
        .filter(enrolment::Column::Status.is_in(["applied", "accepted", "waitlisted"]))
        .order_by_asc(enrolment::Column::Id)
        .lock_exclusive()
        .all(work.db())
        .await?;
    let batches = batch::Entity::find()
        .filter(batch::Column::Id.is_in(theirs.iter().map(|row| row.batch_id)))
        .filter(batch::Column::Status.is_not_in(["finished", "cancelled"]))
        .order_by_asc(batch::Column::Id)
        .limit(MOST)
        .all(work.db())
        .await?;
    Ok(batches.iter().map(|row| named("erasure_enrolled", &row.name, row.id)).collect())
}

/// A session that they are to teach.
async fn teaching(work: &Work<'_>, persons: &[Uuid]) -> Result<Vec<Fault>> {
    let ahead = session::Entity::find()
        .join(JoinType::InnerJoin, session_teacher::Relation::Session.def().rev())
        .join(JoinType::InnerJoin, session::Relation::Batch.def())
        .filter(session_teacher::Column::PersonId.is_in(persons.iter().copied()))
        .filter(session::Column::EndsAt.gt(work.now()))
        .filter(batch::Column::Status.ne("cancelled"))
        .order_by_asc(session::Column::Id)
        .limit(MOST)
        .all(work.db())
        .await?;
    Ok(ahead.iter().map(|row| named("erasure_teaches", &row.title, row.id)).collect())
}

/// The chair of a community, which is passed on as long as the community is there.
async fn in_office(work: &Work<'_>, persons: &[Uuid]) -> Result<Vec<Fault>> {
    let chaired = community::Entity::find()
        .join(JoinType::InnerJoin, community_office::Relation::Community.def().rev())
        .filter(community_office::Column::PersonId.is_in(persons.iter().copied()))
        .filter(community_office::Column::Office.eq("chair"))
        .filter(community_office::Column::EndedAt.is_null())
        .filter(community::Column::Status.ne("closed"))
        .order_by_asc(community::Column::Id)
        .limit(MOST)
        .all(work.db())
        .await?;
    Ok(chaired.iter().map(|row| named("erasure_in_office", &row.name, row.id)).collect())
}
