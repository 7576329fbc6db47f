//! Finding consents, and asking whether one counts.

use entity::{
    person,
    sharing_consent::{Column, Entity, Model},
};
use sea_orm::{ColumnTrait, ConnectionTrait, Order, PaginatorTrait, QueryFilter, Select};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    rule::SharingPurpose,
    texts,
    view::{SharingConsent, SharingConsentId},
};
use crate::{
    access::{context::Ctx, oauth_scope::OAuthScope, scope},
    directory::person::view::PersonId,
    foundation::{
        error::{Error, Result},
        page::{Keyset, Page, PageRequest},
    },
};

/// What to narrow a list of consents by.
#[derive(Debug, Clone, Default, Serialize, Deserialize, async_graphql::InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "SharingConsentFilter")]
pub struct SharingConsentFilter {
    /// Only those of this person.
    pub person_id: Option<PersonId>,
    /// Only those to this.
    pub purpose: Option<SharingPurpose>,
}

fn select(ctx: &Ctx, filter: &SharingConsentFilter) -> Result<Select<Entity>> {
    let mut select = scope::sharing_consents(&ctx.actor)?;
    if let Some(person) = filter.person_id {
        select = select.filter(Column::PersonId.eq(person.uuid()));
    }
    if let Some(purpose) = filter.purpose {
        select = select.filter(Column::Purpose.eq(purpose.as_str()));
    }
    Ok(select)
}

/// A row with the person it is of.
fn shown((row, person): (Model, Option<person::Model>)) -> Result<SharingConsent> {
    let person = person.ok_or_else(|| Error::internal("sharing_consent.person_id", "leads nowhere"))?;
    SharingConsent::of(row, person.restricted_at.is_some())
}

/// A page of consents, the newest first: of one person, their history.
///
/// # Errors
/// `forbidden`.
pub async fn list(
    ctx: &Ctx,
    filter: &SharingConsentFilter,
    page: &PageRequest,
) -> Result<Page<SharingConsent>> {
    let newest = Keyset::new("sharing_consents", [(Entity, Column::Id)], Order::Desc)?.over(filter)?;
    let mut query = select(ctx, filter)?;
    let walk = newest.walk::<(Uuid,), _>(&mut query, page, ctx.cursors())?;
    let rows = query.find_also_related(person::Entity).all(ctx.db()).await?;
    let rows = rows.into_iter().map(shown).collect::<Result<Vec<_>>>()?;
    let page = walk.page(ctx.db(), rows, |row| (row.id.uuid(),)).await?;
    page.rows.iter().for_each(|(_, row)| note(ctx, row));
    Ok(page)
}

/// Notes what of somebody else is shown.
fn note(ctx: &Ctx, row: &SharingConsent) {
    let person = row.person_id.uuid();
    if ctx.actor.person() != Some(person) {
        ctx.looks.note(person, OAuthScope::PersonalDataRead, ["purpose", "givenAt"]);
    }
}

/// How many there are.
///
/// # Errors
/// `forbidden`.
pub async fn count(ctx: &Ctx, filter: &SharingConsentFilter) -> Result<u64> {
    Ok(select(ctx, filter)?.count(ctx.db()).await?)
}

/// Those with these ids, in no order; those out of reach are left out.
///
/// # Errors
/// `forbidden`.
pub async fn by_ids(ctx: &Ctx, ids: &[SharingConsentId]) -> Result<Vec<SharingConsent>> {
    let ids = ids.iter().map(|id| id.uuid());
    let query = scope::sharing_consents(&ctx.actor)?.filter(Column::Id.is_in(ids));
    let rows = query.find_also_related(person::Entity).all(ctx.db()).await?;
    let found: Vec<SharingConsent> = rows.into_iter().map(shown).collect::<Result<_>>()?;
    found.iter().for_each(|row| note(ctx, row));
    Ok(found)
}

/// Whether this person, by the id that their record has now, agrees to `purpose` at this moment. One statement.
///
/// # Errors
/// Whatever the database answers.
pub async fn in_force(db: &impl ConnectionTrait, person: Uuid, purpose: SharingPurpose) -> Result<bool> {
    let who = scope::sharing_persons(purpose.as_str(), texts::edition(purpose));
    Ok(who.filter(person::Column::Id.eq(person)).count(db).await? > 0)
}
