//! Changing clients.

mod decide;
mod register;
pub mod secret;
mod update;

pub use decide::{ApproveOAuthClient, RefuseOAuthClient, ResumeOAuthClient, SuspendOAuthClient};
pub(crate) use register::ITSELF;
pub use register::{RegisterOAuthClient, Registered, register_itself};
pub use secret::{CreateOAuthClientSecret, WithdrawOAuthClientSecret};
pub use update::UpdateOAuthClient;

use entity::oauth_client::{Column, Model};
use sea_orm::{ActiveModelTrait, ColumnTrait, IntoActiveModel, QueryFilter, QuerySelect};
use serde_json::json;

use super::view::OAuthClientId;
use crate::{
    access::{actor::Permit, context::Work, scope},
    foundation::{
        error::{Error, Result},
        event::Event,
    },
};

/// The row, locked until the transaction ends.
async fn lock(work: &Work<'_>, id: OAuthClientId) -> Result<Model> {
    let found = scope::oauth_clients(work.actor)?.filter(Column::Id.eq(id.uuid())).lock_exclusive();
    found.one(work.db()).await?.ok_or(Error::NotFound("oauth-client"))
}

/// Writes the whole row in its next version; the trail keeps what was before.
async fn store(
    work: &Work<'_>,
    _: &Permit,
    before: &Model,
    mut row: Model,
    kind: &'static str,
) -> Result<Model> {
    row.version += 1;
    row.updated_at = work.now();
    row.clone().into_active_model().reset_all().update(work.db()).await?;
    work.changed(before, &row);
    work.emit(happened(kind, &row)).await?;
    Ok(row)
}

/// What is told of a client: what people see of it anyway, never its keys and secrets, nor whom to write to.
fn happened(kind: &'static str, row: &Model) -> Event {
    Event::new(kind, "oauth_client", row.id, row.version)
        .with(json!({ "name": row.name, "kind": row.kind, "status": row.status }))
}
