//! What somebody wrote, reviewed and brought follows a merge of records. Where both wrote or reviewed the same
//! thing, the survivor's stays; and what one human wrote the same human no longer approves.

use std::collections::BTreeSet;

use entity::{artefact_attachment, artefact_author, artefact_review, artefact_version};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::Expr};
use uuid::Uuid;

use crate::{access::context::Work, foundation::error::Result};

/// Lets everything follow from the retired record to the survivor.
pub(super) async fn follow(work: &Work<'_>, from: Uuid, into: Uuid) -> Result<()> {
    authors(work, from, into).await?;
    reviews(work, from, into).await?;
    artefact_version::Entity::update_many()
        .col_expr(artefact_version::Column::WrittenBy, Expr::value(into))
        .filter(artefact_version::Column::WrittenBy.eq(from))
        .exec(work.db())
        .await?;
    artefact_attachment::Entity::update_many()
        .col_expr(artefact_attachment::Column::UploadedBy, Expr::value(into))
        .filter(artefact_attachment::Column::UploadedBy.eq(from))
        .exec(work.db())
        .await?;
    Ok(())
}

async fn written_by(work: &Work<'_>, person: Uuid) -> Result<BTreeSet<Uuid>> {
    let theirs = artefact_author::Entity::find()
        .select_only()
        .column(artefact_author::Column::ArtefactId)
        .filter(artefact_author::Column::PersonId.eq(person));
    Ok(theirs.into_tuple::<Uuid>().all(work.db()).await?.into_iter().collect())
}

async fn authors(work: &Work<'_>, from: Uuid, into: Uuid) -> Result<()> {
    let both: Vec<Uuid> =
        written_by(work, from).await?.intersection(&written_by(work, into).await?).copied().collect();
    artefact_author::Entity::delete_many()
        .filter(artefact_author::Column::PersonId.eq(from))
        .filter(artefact_author::Column::ArtefactId.is_in(both))
        .exec(work.db())
        .await?;
    artefact_author::Entity::update_many()
        .col_expr(artefact_author::Column::PersonId, Expr::value(into))
        .filter(artefact_author::Column::PersonId.eq(from))
        .exec(work.db())
        .await?;
    Ok(())
}

async fn reviews(work: &Work<'_>, from: Uuid, into: Uuid) -> Result<()> {
    let of =
        |person: Uuid| artefact_review::Entity::find().filter(artefact_review::Column::ReviewerId.eq(person));
    let kept = of(into).all(work.db()).await?;
    let own = written_by(work, into).await?;
    for row in of(from).all(work.db()).await? {
        let key = (row.artefact_id, row.number, from);
        let twin = kept.iter().any(|mine| (mine.artefact_id, mine.number) == (row.artefact_id, row.number));
        if twin || own.contains(&row.artefact_id) {
            artefact_review::Entity::delete_by_id(key).exec(work.db()).await?;
        }
    }
    artefact_review::Entity::delete_many()
        .filter(artefact_review::Column::ReviewerId.eq(into))
        .filter(artefact_review::Column::ArtefactId.is_in(own))
        .exec(work.db())
        .await?;
    artefact_review::Entity::update_many()
        .col_expr(artefact_review::Column::ReviewerId, Expr::value(into))
        .filter(artefact_review::Column::ReviewerId.eq(from))
        .exec(work.db())
        .await?;
    Ok(())
}
