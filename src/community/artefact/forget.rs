//! Files that no row needs any more. Whoever takes a row away notes its bytes as released, in the same transaction;
//! a job lets go of them later, if still no row needs them. The note is what the two ends hold on to: whoever
//! brings the same bytes again takes it away first.

use chrono::TimeDelta;
use entity::{
    artefact_attachment,
    released_file::{Column, Entity, Model},
};
use sea_orm::{
    ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::OnConflict,
};

use crate::{
    access::{
        action::Action,
        actor::{Permit, Place},
        context::{Command, Ctx, Work},
    },
    foundation::error::Result,
};

/// How long bytes stay after their row went: whoever is reading them gets to the end.
pub const STAYS: TimeDelta = TimeDelta::hours(1);

/// Notes that a row of these bytes went.
pub(super) async fn release(work: &Work<'_>, _: &Permit, sha256: String) -> Result<()> {
    let row = Model { sha256, released_at: work.now() };
    let again = OnConflict::column(Column::Sha256).update_column(Column::ReleasedAt).to_owned();
    Entity::insert(row.into_active_model()).on_conflict(again).exec_without_returning(work.db()).await?;
    Ok(())
}

/// These bytes are needed again: waits for a job that is about to let go of them, and no later one will. They may be
/// gone now, so the caller looks.
pub(super) async fn claim(work: &Work<'_>, _: &Permit, sha256: &str) -> Result<()> {
    Entity::delete_by_id(sha256).exec(work.db()).await?;
    Ok(())
}

/// The hashes of bytes that were released long enough ago, the earliest first, at most `most`.
///
/// # Errors
/// `unavailable` or `internal` when the database does not answer.
pub async fn due(ctx: &Ctx, most: u64) -> Result<Vec<String>> {
    let found = Entity::find()
        .select_only()
        .column(Column::Sha256)
        .filter(Column::ReleasedAt.lt(ctx.now() - STAYS))
        .order_by_asc(Column::ReleasedAt)
        .limit(most);
    Ok(found.into_tuple().all(ctx.db()).await?)
}

/// Lets go of bytes that were released, unless a row needs them. Answers whether they went. Nobody asks for it; time does.
pub struct ForgetFile {
    /// Their hash.
    pub sha256: String,
}

impl Command for ForgetFile {
    type Output = bool;
    // As whoever may take any artefact back.
    const ACTION: Action = Action::ArtefactWithdraw;

    async fn run(&self, work: &Work<'_>) -> Result<bool> {
        let found = Entity::find_by_id(&self.sha256).lock_exclusive().one(work.db()).await?;
        let permit = work.permit(Self::ACTION, &Place::default())?;
        if found.is_none() {
            return Ok(false);
        }
        let needed = artefact_attachment::Entity::find()
            .filter(artefact_attachment::Column::Sha256.eq(&self.sha256))
            .count(work.db())
            .await?;
        forget(work, &permit, &self.sha256, needed == 0).await?;
        Ok(needed == 0)
    }
}

async fn forget(work: &Work<'_>, _: &Permit, sha256: &str, gone: bool) -> Result<()> {
    if gone {
        // Before the note goes: cut short here, the next run does it again.
        work.services.blobs.forget(sha256).await?;
    }
    Entity::delete_by_id(sha256).exec(work.db()).await?;
    Ok(())
}
