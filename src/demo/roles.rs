//! An account of the demo, and the role it was given.

use chrono::{DateTime, Utc};
use entity::account;
use sea_orm::{EntityTrait, IntoActiveModel};
use uuid::Uuid;

use super::World;
use crate::{
    access::grant::Role,
    foundation::error::Result,
    identity::{
        protocol,
        role::{input::GiveRoleGrantInput, write::GiveRoleGrant},
    },
};

/// What was made, for the contract's examples.
pub(super) struct Roles {
    account: Uuid,
    grant: Uuid,
}

impl Roles {
    /// The account of an officer of West Java, with the role.
    pub(super) async fn make(world: &World<'_>) -> Result<Self> {
        let account = protocol::write(&world.ctx.services, "account.demo", "demo", "internal", |tx| {
            Box::pin(async move {
                let row = row(tx.new_id(), tx.now());
                let id = row.id;
                account::Entity::insert(row.into_active_model()).exec_without_returning(tx.db()).await?;
                Ok(id)
            })
        })
        .await?;
        let given = GiveRoleGrantInput {
            region_code: Some("32".to_owned()),
            ..GiveRoleGrantInput::national(
                account.into(),
                Role::RegionalOfficer,
                "SK Kepala Dinas 800/32/2026",
            )
        };
        let grant = world.ctx.write(GiveRoleGrant(given)).await?.id.uuid();
        Ok(Self { account, grant })
    }

    /// One id of each noun.
    pub(super) fn examples(&self) -> [(&'static str, String); 2] {
        [("account", self.account.to_string()), ("role_grant", self.grant.to_string())]
    }
}

fn row(id: Uuid, now: DateTime<Utc>) -> account::Model {
    account::Model {
        id,
        person_id: None,
        login: "dinas.jabar".to_owned(),
        name: "Petugas Dinas Jawa Barat".to_owned(),
        email: None,
        language: "id".to_owned(),
        status: "active".to_owned(),
        status_reason: None,
        password_hash: None,
        password_changed_at: None,
        totp_sealed: None,
        totp_confirmed_at: None,
        totp_last_step: None,
        signed_in_at: None,
        version: 1,
        created_at: now,
        updated_at: now,
    }
}
