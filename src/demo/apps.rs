//! The apps and systems of the demo: one of each kind, let in by the ministry.

use super::World;
use crate::{
    access::{
        grant::Role,
        oauth_scope::OAuthScope::{
            self, CertificatesRead, CommunitiesRead, DirectoryRead, LearningRead, LearningWrite,
            TrainingsApply, TrainingsRead,
        },
    },
    foundation::error::Result,
    identity::{
        client::{
            input::{CreateOAuthClientSecretInput, RegisterOAuthClientInput},
            rule::{
                ClientAuthMethod,
                ClientGrantType::{self, AuthorizationCode, ClientCredentials, RefreshToken},
                OAuthClientKind,
            },
            view::{OAuthClient, OAuthClientSecret},
            write::{CreateOAuthClientSecret, RegisterOAuthClient},
        },
        role::{input::GiveRoleGrantInput, write::GiveRoleGrant},
    },
};

/// What the demo has of them.
pub(super) struct Apps {
    /// On teachers' phones.
    pub app: OAuthClient,
    /// On a server of the ministry.
    pub system: OAuthClient,
    /// The system's secret, as it is shown once.
    pub secret: OAuthClientSecret,
}

impl Apps {
    /// Name, `client_id` and secret of each.
    pub(super) fn shown(&self) -> Vec<(String, String, Option<String>)> {
        vec![
            (self.app.name.clone(), self.app.id.to_string(), None),
            (self.system.name.clone(), self.system.id.to_string(), self.secret.secret.clone()),
        ]
    }

    /// One id of each noun.
    pub(super) fn examples(&self) -> Vec<(&'static str, String)> {
        vec![
            ("oauth_client", self.system.id.to_string()),
            ("oauth_client_secret", self.secret.id.to_string()),
        ]
    }
}

/// Registers them.
pub(super) async fn admit(world: &World<'_>) -> Result<Apps> {
    world.at(-30, 9);
    let app = world.ctx.write(RegisterOAuthClient(app())).await?;
    let system = world.ctx.write(RegisterOAuthClient(system())).await?;
    let input = CreateOAuthClientSecretInput { days: Some(366) };
    let secret = world.ctx.write(CreateOAuthClientSecret { id: system.id, input }).await?;
    give_role(world, &system).await?;
    Ok(Apps { app, system, secret })
}

fn app() -> RegisterOAuthClientInput {
    let scopes = [
        DirectoryRead,
        TrainingsRead,
        TrainingsApply,
        CertificatesRead,
        CommunitiesRead,
        LearningRead,
        LearningWrite,
    ];
    RegisterOAuthClientInput {
        redirect_uris: ["http://127.0.0.1/callback", "id.sanggar.demo:/callback"].map(str::to_owned).to_vec(),
        homepage: Some("https://aplikasi.contoh.id".to_owned()),
        policy_uri: Some("https://aplikasi.contoh.id/privasi".to_owned()),
        ..input("Aplikasi Guru (demo)", &[AuthorizationCode, RefreshToken], &scopes)
    }
}

fn system() -> RegisterOAuthClientInput {
    RegisterOAuthClientInput {
        kind: OAuthClientKind::Confidential,
        auth_method: ClientAuthMethod::ClientSecretBasic,
        ..input(
            "Sistem Sertifikasi (demo)",
            &[ClientCredentials],
            &[DirectoryRead, TrainingsRead, CertificatesRead],
        )
    }
}

fn input(name: &str, grants: &[ClientGrantType], scopes: &[OAuthScope]) -> RegisterOAuthClientInput {
    RegisterOAuthClientInput {
        name: name.to_owned(),
        kind: OAuthClientKind::Public,
        redirect_uris: Vec::new(),
        grant_types: grants.to_vec(),
        scopes: scopes.to_vec(),
        auth_method: ClientAuthMethod::None,
        jwks: None,
        contact: "tim.aplikasi@contoh.id".to_owned(),
        homepage: None,
        policy_uri: None,
        dpop_required: false,
        persisted_only: false,
        pending: false,
    }
}

/// What the system may do: read, as the ministry's other systems do.
async fn give_role(world: &World<'_>, system: &OAuthClient) -> Result<()> {
    let input = GiveRoleGrantInput {
        account_id: None,
        client_id: Some(system.id),
        role: Role::MinistrySystem,
        region_code: None,
        organisation_id: None,
        school_id: None,
        reason: "Menarik sertifikat untuk basis data kementerian".to_owned(),
        expires_at: None,
    };
    world.ctx.write(GiveRoleGrant(input)).await.map(drop)
}
