//! Withdrawing what one agreed to.

use entity::{
    app_authorization::{Column, Model},
    oauth_client,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use super::view::{AppAuthorization, AppAuthorizationId};
use crate::{
    access::{
        action::Action,
        actor::{Permit, Place},
        context::{Command, Work},
        scope,
    },
    foundation::error::{Error, Result},
    identity::oauth::consent,
};

/// Lets an app do nothing for the caller any more. Every token that it holds ends at once.
pub struct WithdrawAppAuthorization {
    /// Which consent.
    pub id: AppAuthorizationId,
}

impl Command for WithdrawAppAuthorization {
    type Output = AppAuthorization;
    const ACTION: Action = Action::AppAuthorizationWithdraw;

    async fn run(&self, work: &Work<'_>) -> Result<AppAuthorization> {
        let row = scope::app_authorizations(work.actor)?
            .filter(Column::Id.eq(self.id.uuid()))
            .lock_exclusive()
            .one(work.db())
            .await?
            .ok_or(Error::NotFound("app-authorization"))?;
        let permit =
            work.permit(Self::ACTION, &Place { account: Some(row.account_id), ..Place::default() })?;
        work.expect(row.version)?;
        if row.withdrawn_at.is_some() {
            return Err(Error::conflict("app_authorization_withdrawn"));
        }
        let client = oauth_client::Entity::find_by_id(row.client_id).one(work.db()).await?;
        let client = client.ok_or_else(|| Error::internal("app_authorization.client_id", "leads nowhere"))?;
        let row = end(work, &permit, row).await?;
        Ok(AppAuthorization::new(row, client))
    }
}

async fn end(work: &Work<'_>, _: &Permit, row: Model) -> Result<Model> {
    consent::end(work.tx, row).await
}
