//! Reading versions and reviews. The community reads all of them, everyone else the one that was published.

use std::collections::HashMap;

use entity::{artefact, artefact_attachment, artefact_review, artefact_version, person};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, Order, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    Select,
};
use serde_json::Value;
use uuid::Uuid;

use super::{
    rule::{Alignment, Verdict},
    view::{ArtefactId, ArtefactReview, ArtefactRevision, ArtefactVersion, Attachment, Author},
};
use crate::{
    access::{action::Action, context::Ctx, scope},
    foundation::{
        error::{Error, Fault, Result},
        page::{Keyset, Page, PageRequest},
    },
};

/// One version, with its text.
///
/// # Errors
/// `not_found` when the artefact, or this version of it, is out of the caller's reach.
pub async fn find(ctx: &Ctx, id: ArtefactId, number: Option<i32>) -> Result<ArtefactVersion> {
    let (row, inside) = seen(ctx, id).await?;
    let shown = if inside { Some(row.latest) } else { row.published };
    let number = number.or(shown).ok_or(Error::NotFound("artefact-version"))?;
    if !inside && row.published != Some(number) {
        return Err(Error::NotFound("artefact-version"));
    }
    let found = artefact_version::Entity::find_by_id((row.id, number)).one(ctx.db()).await?;
    view(ctx.db(), found.ok_or(Error::NotFound("artefact-version"))?).await
}

/// A page of the versions of an artefact, the newest first, without their texts.
///
/// # Errors
/// `not_found` when the artefact is out of the caller's reach.
pub async fn list(ctx: &Ctx, id: ArtefactId, page: &PageRequest) -> Result<Page<ArtefactRevision>> {
    let mut query = of(ctx, id).await?;
    let columns = [(artefact_version::Entity, artefact_version::Column::Number)];
    let newest = Keyset::new("artefact_versions", columns, Order::Desc)?.over(&id)?;
    let walk = newest.walk::<(i32,), _>(&mut query, page, ctx.cursors())?;
    let rows = query.all(ctx.db()).await?;
    let names = names(ctx.db(), rows.iter().map(|row| row.written_by).collect()).await?;
    let views = rows.into_iter().map(|row| ArtefactRevision {
        number: row.number,
        note: row.note,
        written_by: author(&names, row.written_by),
        created_at: row.created_at,
    });
    walk.page(ctx.db(), views.collect(), |row| (row.number,)).await
}

/// How many versions the caller sees.
///
/// # Errors
/// As [`list`].
pub async fn count(ctx: &Ctx, id: ArtefactId) -> Result<u64> {
    Ok(of(ctx, id).await?.count(ctx.db()).await?)
}

/// A page of what colleagues said about an artefact, by version, the newest first. For its community alone.
///
/// # Errors
/// `not_found` when the caller is not of the community.
pub async fn reviews(ctx: &Ctx, id: ArtefactId, page: &PageRequest) -> Result<Page<ArtefactReview>> {
    let mut query = reviews_of(ctx, id).await?;
    let entity = artefact_review::Entity;
    let columns = [(entity, artefact_review::Column::Number), (entity, artefact_review::Column::ReviewerId)];
    let newest = Keyset::new("artefact_reviews", columns, Order::Desc)?.over(&id)?;
    let walk = newest.walk::<(i32, Uuid), _>(&mut query, page, ctx.cursors())?;
    let rows = query.all(ctx.db()).await?;
    let names = names(ctx.db(), rows.iter().map(|row| row.reviewer_id).collect()).await?;
    let view = |row: artefact_review::Model| {
        let verdict = Verdict::parse(&row.verdict);
        Ok(ArtefactReview {
            number: row.number,
            reviewer: author(&names, row.reviewer_id),
            verdict: verdict.map_err(|f| Error::internal("artefact_review.verdict", f.code))?,
            comment: row.comment,
            created_at: row.created_at,
        })
    };
    let views = rows.into_iter().map(view).collect::<Result<Vec<_>>>()?;
    walk.page(ctx.db(), views, |row| (row.number, row.reviewer.person_id.uuid())).await
}

/// How many there are.
///
/// # Errors
/// As [`reviews`].
pub async fn count_reviews(ctx: &Ctx, id: ArtefactId) -> Result<u64> {
    Ok(reviews_of(ctx, id).await?.count(ctx.db()).await?)
}

/// The artefact, and whether the caller is of its community.
pub(super) async fn seen(ctx: &Ctx, id: ArtefactId) -> Result<(artefact::Model, bool)> {
    let query = scope::artefacts(&ctx.actor)?.filter(artefact::Column::Id.eq(id.uuid()));
    let row = query.one(ctx.db()).await?.ok_or(Error::NotFound("artefact"))?;
    let inside = match ctx.actor.person_for(Action::ArtefactRead) {
        Some(_) if ctx.actor.may(Action::ArtefactReview) => is_of(ctx, row.community_id).await?,
        _ => false,
    };
    Ok((row, inside))
}

async fn is_of(ctx: &Ctx, community: Uuid) -> Result<bool> {
    let column = entity::community::Column::Id;
    let within = scope::within_communities(&ctx.actor, Action::ArtefactReview, column, |_| None)?;
    let found = scope::communities(&ctx.actor)?.filter(column.eq(community)).filter(within);
    Ok(found.count(ctx.db()).await? > 0)
}

async fn of(ctx: &Ctx, id: ArtefactId) -> Result<Select<artefact_version::Entity>> {
    let (row, inside) = seen(ctx, id).await?;
    let all = artefact_version::Entity::find().filter(artefact_version::Column::ArtefactId.eq(row.id));
    if inside {
        return Ok(all);
    }
    Ok(all.filter(artefact_version::Column::Number.eq(row.published.unwrap_or_default())))
}

async fn reviews_of(ctx: &Ctx, id: ArtefactId) -> Result<Select<artefact_review::Entity>> {
    match seen(ctx, id).await? {
        (row, true) => {
            Ok(artefact_review::Entity::find().filter(artefact_review::Column::ArtefactId.eq(row.id)))
        }
        _ => Err(Error::NotFound("artefact")),
    }
}

/// The view of a version, with its files and who wrote it.
pub(super) async fn view(db: &impl ConnectionTrait, row: artefact_version::Model) -> Result<ArtefactVersion> {
    let written_by = author(&names(db, vec![row.written_by]).await?, row.written_by);
    let ids: Vec<Uuid> = json("artefact_version.attachments", row.attachments)?;
    Ok(ArtefactVersion {
        artefact_id: row.artefact_id.into(),
        number: row.number,
        body: row.body,
        alignment: json("artefact_version.alignment", row.alignment)?,
        attachments: attachments(db, ids).await?,
        note: row.note,
        written_by,
        created_at: row.created_at,
    })
}

async fn attachments(db: &impl ConnectionTrait, ids: Vec<Uuid>) -> Result<Vec<Attachment>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = artefact_attachment::Entity::find()
        .filter(artefact_attachment::Column::Id.is_in(ids))
        .order_by_asc(artefact_attachment::Column::Id)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

async fn names(db: &impl ConnectionTrait, persons: Vec<Uuid>) -> Result<HashMap<Uuid, String>> {
    if persons.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(Uuid, String)> = person::Entity::find()
        .select_only()
        .columns([person::Column::Id, person::Column::Name])
        .filter(person::Column::Id.is_in(persons))
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

fn author(names: &HashMap<Uuid, String>, person: Uuid) -> Author {
    Author { person_id: person.into(), name: names.get(&person).cloned().unwrap_or_default() }
}

/// What a version serves, as it is stored.
pub(super) fn stored_alignment(alignment: &[Alignment]) -> Result<Value> {
    serde_json::to_value(alignment).map_err(|e| Error::internal("write an alignment", e))
}

/// The files of a version, as they are stored.
pub(super) fn stored(attachments: Vec<Uuid>) -> Result<Value> {
    serde_json::to_value(attachments).map_err(|e| Error::internal("write attachments", e))
}

/// What a column holds as JSON.
pub(super) fn json<T: serde::de::DeserializeOwned>(column: &'static str, value: Value) -> Result<T> {
    serde_json::from_value(value).map_err(|e| Error::internal(column, e))
}

/// That every one of these files was attached to the artefact.
///
/// # Errors
/// `reference_unknown` under the pointer of each that was not; `list_too_long`.
pub(super) async fn require_attached(
    db: &impl ConnectionTrait,
    artefact: Uuid,
    ids: &[Uuid],
    most: usize,
) -> Result<Vec<Fault>> {
    if ids.len() > most {
        return Ok(vec![Fault::new("/attachmentIds", "list_too_long").with("max", most)]);
    }
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let known: Vec<Uuid> = artefact_attachment::Entity::find()
        .select_only()
        .column(artefact_attachment::Column::Id)
        .filter(artefact_attachment::Column::ArtefactId.eq(artefact))
        .filter(artefact_attachment::Column::Id.is_in(ids.iter().copied()))
        .into_tuple()
        .all(db)
        .await?;
    let missing = ids.iter().enumerate().filter(|(_, id)| !known.contains(id));
    Ok(missing.map(|(at, _)| Fault::new(format!("/attachmentIds/{at}"), "reference_unknown")).collect())
}
