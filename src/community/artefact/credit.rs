//! Where an artefact comes from: each step names its community and its authors, so that whoever carries
//! something on cannot help giving credit.

use entity::{
    artefact::{Entity, Model},
    community,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::{
    lock::licence,
    read::authors,
    versions::seen,
    view::{ArtefactCredit, ArtefactId},
};
use crate::{access::context::Ctx, foundation::error::Result};

/// How many steps back are told.
const MOST_STEPS: usize = 20;

/// The artefact and what it carries on, back to where it began (20 steps at most). Steps whose artefact
/// is out of the caller's reach are told as well: they are the credit that is owed.
///
/// # Errors
/// `not_found` when the artefact is out of the caller's reach.
pub async fn of(ctx: &Ctx, id: ArtefactId) -> Result<Vec<ArtefactCredit>> {
    let (row, inside) = seen(ctx, id).await?;
    let shown = if inside { row.latest } else { row.published.unwrap_or(row.latest) };
    let mut chain: Vec<(Model, i32)> = vec![(row, shown)];
    while let Some((last, _)) = chain.last()
        && chain.len() < MOST_STEPS
        && let (Some(source), Some(number)) = (last.forked_from_id, last.forked_from_number)
        && let Some(row) = Entity::find_by_id(source).one(ctx.db()).await?
    {
        chain.push((row, number));
    }
    let mut authors = authors(ctx.db(), chain.iter().map(|(row, _)| row.id).collect()).await?;
    let communities: Vec<(Uuid, String)> = community::Entity::find()
        .select_only()
        .columns([community::Column::Id, community::Column::Name])
        .filter(community::Column::Id.is_in(chain.iter().map(|(row, _)| row.community_id)))
        .into_tuple()
        .all(ctx.db())
        .await?;
    let name = |id: Uuid| communities.iter().find(|(known, _)| *known == id).map(|(_, name)| name.clone());
    let step = |(row, number): (Model, i32)| {
        Ok(ArtefactCredit {
            artefact_id: row.id.into(),
            number,
            licence: licence(&row)?,
            community: name(row.community_id).unwrap_or_default(),
            authors: authors.remove(&row.id).unwrap_or_default(),
            title: row.title,
        })
    };
    chain.into_iter().map(step).collect()
}
