//! Writing down who stands by a community.

use entity::{
    community_partner::{ActiveModel, Column, Entity, Model},
    organisation,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, ModelTrait,
    PaginatorTrait, QueryFilter, QuerySelect,
};
use serde_json::json;
use uuid::Uuid;

use super::{
    input::{CreatePartnerInput, UpdatePartnerInput},
    read, rule,
    view::{Partner, PartnerId},
};
use crate::{
    access::{
        action::Action,
        actor::Permit,
        context::{Command, Work},
        scope,
    },
    community::group::{
        lock::{self as community_lock, Held},
        view::CommunityId,
    },
    foundation::{
        error::{Error, Fault, Faults, Result},
        event::Event,
        version,
    },
};

/// Writes down a partner.
pub struct CreatePartner {
    /// Of which community.
    pub community: CommunityId,
    /// Who, and with what.
    pub input: CreatePartnerInput,
}

impl Command for CreatePartner {
    type Output = Partner;
    const ACTION: Action = Action::PartnerCreate;

    async fn run(&self, work: &Work<'_>) -> Result<Partner> {
        let held = community_lock::lock(work, self.community).await?;
        let permit = work.permit(Self::ACTION, &held.place)?;
        held.status.require_alive()?;
        let mut faults = Faults::new();
        let of = self.input.organisation_id.uuid();
        let known = scope::organisations().filter(organisation::Column::Id.eq(of)).count(work.db()).await?;
        faults.require(known > 0, "/organisationId", "reference_unknown");
        let mut row = ActiveModel { id: Set(work.new_id()), ..Default::default() };
        UpdatePartnerInput::from(&self.input).apply(None, &mut row, &mut faults);
        faults.done()?;
        let partners = Entity::find().filter(Column::CommunityId.eq(held.row.id)).count(work.db()).await?;
        if partners >= rule::MAX_PARTNERS {
            let fault = Fault::new("", "partners_too_many").with("max", rule::MAX_PARTNERS);
            return Err(Error::conflict_with(fault));
        }
        row.community_id = Set(held.row.id);
        row.organisation_id = Set(of);
        insert(work, &permit, &held, row).await
    }
}

/// Changes what is written down of a partner.
pub struct UpdatePartner {
    /// Which one.
    pub id: PartnerId,
    /// The version the caller read.
    pub version: Option<i64>,
    /// The changes.
    pub input: UpdatePartnerInput,
}

impl Command for UpdatePartner {
    type Output = Partner;
    const ACTION: Action = Action::PartnerUpdate;

    async fn run(&self, work: &Work<'_>) -> Result<Partner> {
        let (held, row) = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &held.place)?;
        version::check(self.version, row.version)?;
        held.status.require_alive()?;
        let mut faults = Faults::new();
        let mut change = row.clone().into_active_model();
        self.input.apply(Some(&row), &mut change, &mut faults);
        faults.done()?;
        if !change.is_changed() {
            return read::view_of(work.db(), row.id).await;
        }
        update(work, &permit, &held, &row, change).await
    }
}

/// Strikes a partner off.
pub struct DeletePartner {
    /// Which one.
    pub id: PartnerId,
    /// The version the caller read.
    pub version: Option<i64>,
}

impl Command for DeletePartner {
    type Output = Partner;
    const ACTION: Action = Action::PartnerDelete;

    async fn run(&self, work: &Work<'_>) -> Result<Partner> {
        let (held, row) = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &held.place)?;
        version::check(self.version, row.version)?;
        delete(work, &permit, &held, row).await
    }
}

/// A partner and its community, both locked.
async fn lock(work: &Work<'_>, id: PartnerId) -> Result<(Held, Model)> {
    let seen = scope::partners(work.actor)?.filter(Column::Id.eq(id.uuid()));
    let of: Option<Uuid> =
        seen.clone().select_only().column(Column::CommunityId).into_tuple().one(work.db()).await?;
    let held = community_lock::lock(work, of.ok_or(Error::NotFound("partner"))?.into()).await?;
    let row = seen.lock_exclusive().one(work.db()).await?.ok_or(Error::NotFound("partner"))?;
    Ok((held, row))
}

async fn insert(work: &Work<'_>, _: &Permit, held: &Held, mut row: ActiveModel) -> Result<Partner> {
    row.version = Set(1);
    row.created_at = Set(work.now());
    row.updated_at = Set(work.now());
    let row = row.insert(work.db()).await?;
    let view = read::view_of(work.db(), row.id).await?;
    work.emit(happened("partner.created", held, &row)).await?;
    Ok(view)
}

async fn update(
    work: &Work<'_>,
    _: &Permit,
    held: &Held,
    found: &Model,
    mut change: ActiveModel,
) -> Result<Partner> {
    change.version = Set(found.version + 1);
    change.updated_at = Set(work.now());
    let row = work.save(found, change).await?;
    let view = read::view_of(work.db(), row.id).await?;
    work.emit(happened("partner.updated", held, &row)).await?;
    Ok(view)
}

async fn delete(work: &Work<'_>, _: &Permit, held: &Held, mut row: Model) -> Result<Partner> {
    let mut view = read::view_of(work.db(), row.id).await?;
    row.version += 1;
    row.updated_at = work.now();
    view.version = row.version;
    view.updated_at = row.updated_at;
    row.clone().delete(work.db()).await?;
    work.emit(happened("partner.deleted", held, &row)).await?;
    Ok(view)
}

/// What is told of a change to a partner.
fn happened(kind: &'static str, held: &Held, row: &Model) -> Event {
    Event::new(kind, "partner", row.id, row.version).in_region(Some(held.row.region_code.clone())).with(
        json!({
            "communityId": row.community_id,
            "organisationId": row.organisation_id,
            "contribution": row.contribution,
            "valueRupiah": row.value_rupiah,
            "since": row.since,
            "until": row.until,
        }),
    )
}
