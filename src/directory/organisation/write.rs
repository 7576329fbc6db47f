//! Changing organisations.

use async_graphql::{InputObject, MaybeUndefined};
use entity::organisation::{ActiveModel, Column, Entity, Model};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::{
    rule::{self, OrganisationCode, OrganisationKind},
    view::{Organisation, OrganisationId},
};
use crate::{
    access::{
        action::Action,
        actor::{Permit, Place},
        context::{Command, Work},
        scope,
    },
    directory::region,
    foundation::{
        error::{Error, Faults, Result},
        event::Event,
        patch, version,
    },
};

/// What a new organisation is.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateOrganisationInput {
    /// Short code, part of certificate numbers: 2 to 20 letters, digits and dashes. Unique.
    #[schema(example = "BGTK-JABAR", max_length = 20)]
    pub code: String,
    /// What sort of organisation it is.
    pub kind: OrganisationKind,
    /// Official name, at most 200 characters.
    #[schema(example = "Balai Guru dan Tenaga Kependidikan Provinsi Jawa Barat", max_length = 200)]
    pub name: String,
    /// The region it works in; leave out for a national one.
    #[schema(example = "32")]
    pub region_code: Option<String>,
}

/// Registers an organisation.
pub struct CreateOrganisation(pub CreateOrganisationInput);

impl Command for CreateOrganisation {
    type Output = Organisation;
    const ACTION: Action = Action::OrganisationCreate;

    async fn run(&self, work: &Work<'_>) -> Result<Organisation> {
        let Self(input) = self;
        let permit =
            work.permit(Self::ACTION, &Place { region: input.region_code.clone(), ..Place::default() })?;
        let mut faults = Faults::new();
        let code = faults.take("/code", OrganisationCode::parse(&input.code));
        let name = faults.take("/name", rule::name(&input.name));
        if let Some(region) = &input.region_code {
            faults.require(
                region::read::exists(work.db(), region).await?,
                "/regionCode",
                "reference_unknown",
            );
        }
        if let Some(code) = &code {
            let taken = Entity::find().filter(Column::Code.eq(code.as_str())).one(work.db()).await?.is_some();
            faults.require(!taken, "/code", "organisation_code_taken");
        }
        faults.done()?;
        let (Some(code), Some(name)) = (code, name) else { return Err(Error::invalid("", "invalid")) };
        let row = Model {
            id: work.new_id(),
            code: code.as_str().to_owned(),
            kind: input.kind.as_str().to_owned(),
            name,
            region_code: input.region_code.clone(),
            version: 1,
            created_at: work.now(),
            updated_at: work.now(),
        };
        insert(work, &permit, row).await
    }
}

/// What may be changed about an organisation; what is left out stays (JSON merge patch, RFC 7396).
#[derive(Debug, Clone, Default, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateOrganisationInput {
    /// Official name, at most 200 characters. Never null.
    #[serde(default)]
    #[schema(value_type = String, required = false, max_length = 200)]
    pub name: MaybeUndefined<String>,
    /// What sort of organisation it is. Never null.
    #[serde(default)]
    #[schema(value_type = OrganisationKind, required = false)]
    pub kind: MaybeUndefined<OrganisationKind>,
}

/// Changes an organisation. Its code stays: certificates carry it.
pub struct UpdateOrganisation {
    /// Which one.
    pub id: OrganisationId,
    /// The version the caller read.
    pub version: Option<i64>,
    /// The changes.
    pub input: UpdateOrganisationInput,
}

impl Command for UpdateOrganisation {
    type Output = Organisation;
    const ACTION: Action = Action::OrganisationUpdate;

    async fn run(&self, work: &Work<'_>) -> Result<Organisation> {
        let found = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &place(&found))?;
        version::check(self.version, found.version)?;
        let mut faults = Faults::new();
        let name = patch::required(&mut faults, "/name", &self.input.name, |name| rule::name(name));
        let kind = patch::required(&mut faults, "/kind", &self.input.kind, |kind| Ok(*kind));
        faults.done()?;
        let mut change = found.clone().into_active_model();
        if let Some(name) = name {
            change.name = Set(name);
        }
        if let Some(kind) = kind {
            change.kind = Set(kind.as_str().to_owned());
        }
        if !change.is_changed() {
            return found.try_into();
        }
        update(work, &permit, &found, change).await
    }
}

/// Where an organisation belongs.
fn place(row: &Model) -> Place {
    Place { region: row.region_code.clone(), organisation: Some(row.id), ..Place::default() }
}

/// The row, locked until the transaction ends (SQLite has one writer anyway).
async fn lock(work: &Work<'_>, id: OrganisationId) -> Result<Model> {
    scope::organisations()
        .filter(Column::Id.eq(id.uuid()))
        .lock_exclusive()
        .one(work.db())
        .await?
        .ok_or(Error::NotFound("organisation"))
}

async fn insert(work: &Work<'_>, _: &Permit, row: Model) -> Result<Organisation> {
    Entity::insert(row.clone().into_active_model()).exec_without_returning(work.db()).await?;
    announce(work, "organisation.created", &row).await?;
    row.try_into()
}

async fn update(work: &Work<'_>, _: &Permit, found: &Model, mut change: ActiveModel) -> Result<Organisation> {
    change.version = Set(found.version + 1);
    change.updated_at = Set(work.now());
    let row = work.save(found, change).await?;
    announce(work, "organisation.updated", &row).await?;
    row.try_into()
}

async fn announce(work: &Work<'_>, kind: &'static str, row: &Model) -> Result<()> {
    let event = Event::new(kind, "organisation", row.id, row.version)
        .in_region(row.region_code.clone())
        .with(json!({ "code": row.code, "name": row.name, "kind": row.kind }));
    work.emit(event).await?;
    Ok(())
}
