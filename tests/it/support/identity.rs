//! Accounts, apps, what an app may do for whom, and tokens that came through one: put in as rows.

use chrono::TimeDelta;
use entity::{account, app_authorization, oauth_client, role_grant, token_family};
use sanggar::access::{
    grant::{Grant, Role},
    oauth_scope::{self, OAuthScope, Scopes},
    token::{self, Claims},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use super::{
    TestApp,
    app::{URL, start},
    directory::put,
};

/// Who holds a role.
#[derive(Clone, Copy)]
pub enum Holder {
    Account(Uuid),
    Client(Uuid),
}

/// Somebody who came through an app, with every row behind it.
pub struct Through {
    pub token: String,
    pub account: Uuid,
    pub client: Uuid,
    pub authorization: Uuid,
    pub family: Uuid,
    pub jti: Uuid,
    pub roles: Vec<Uuid>,
}

/// All scopes.
pub fn every_scope() -> Scopes {
    OAuthScope::ALL.iter().copied().collect()
}

/// All scopes but this one.
pub fn all_but(scope: OAuthScope) -> Scopes {
    every_scope().into_iter().filter(|one| *one != scope).collect()
}

/// An active account.
pub fn account_row(id: Uuid, person_id: Option<Uuid>) -> account::Model {
    account::Model {
        id,
        person_id,
        login: id.to_string(),
        name: "Seseorang".to_owned(),
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
        created_at: start(),
        updated_at: start(),
    }
}

/// An approved app.
pub fn client_row(id: Uuid) -> oauth_client::Model {
    oauth_client::Model {
        id,
        name: "Aplikasi Guru".to_owned(),
        kind: "public".to_owned(),
        status: "approved".to_owned(),
        status_reason: None,
        redirect_uris: json!(["https://aplikasi.example/kembali"]),
        grant_types: json!(["authorization_code", "refresh_token"]),
        scopes: json!([]),
        auth_method: "none".to_owned(),
        jwks: None,
        contact: "pengembang@aplikasi.example".to_owned(),
        homepage: None,
        policy_uri: None,
        dpop_required: false,
        persisted_only: false,
        registered_by: "ministry".to_owned(),
        decided_by: Some("ministry".to_owned()),
        decided_at: Some(start()),
        version: 1,
        created_at: start(),
        updated_at: start(),
    }
}

/// A live role without an end.
pub fn role_grant_row(id: Uuid, holder: Holder, grant: &Grant) -> role_grant::Model {
    let (account_id, client_id) = match holder {
        Holder::Account(id) => (Some(id), None),
        Holder::Client(id) => (None, Some(id)),
    };
    role_grant::Model {
        id,
        account_id,
        client_id,
        role: grant.role.name().to_owned(),
        region_code: grant.region.clone(),
        organisation_id: grant.organisation,
        school_id: grant.school,
        person_id: grant.person,
        reason: "SK 1/2026".to_owned(),
        given_by: "ministry".to_owned(),
        given_at: start(),
        expires_at: None,
        withdrawn_at: None,
        withdrawn_by: None,
        withdrawn_reason: None,
        version: 1,
        created_at: start(),
        updated_at: start(),
    }
}

/// The account of a person, and the role of this organisation's staff that it holds: their ids.
pub async fn put_staff(app: &TestApp, [account, grant]: [Uuid; 2], person: Uuid, organisation: Uuid) {
    put(app, account_row(account, Some(person))).await;
    let staff = Grant::provider_staff(organisation);
    put(app, role_grant_row(grant, Holder::Account(account), &staff)).await;
}

fn authorization_row(id: Uuid, account: Uuid, client: Uuid) -> app_authorization::Model {
    app_authorization::Model {
        id,
        account_id: account,
        client_id: client,
        scopes: json!([]),
        text_version: 1,
        given_at: start(),
        withdrawn_at: None,
        used_at: None,
        version: 1,
        created_at: start(),
        updated_at: start(),
    }
}

fn family_row(id: Uuid, client: Uuid, authorization: Uuid, second_factor: bool) -> token_family::Model {
    token_family::Model {
        id,
        client_id: client,
        authorization_id: authorization,
        scopes: json!([]),
        generation: 1,
        confirmed: 0,
        dpop_jkt: None,
        second_factor,
        refreshed_at: start(),
        expires_at: start() + TimeDelta::days(300),
        revoked_at: None,
        revoked_reason: None,
        created_at: start(),
    }
}

impl TestApp {
    /// A token of whoever holds these, through an app that may do this much, with a second factor.
    pub async fn app_token(&self, grants: &[Grant], scopes: Scopes) -> String {
        self.through_app(grants, &scopes, true).await.token
    }

    /// The same with the rows behind it. The teacher among the grants is who the account belongs to.
    pub async fn through_app(&self, grants: &[Grant], scopes: &Scopes, second_factor: bool) -> Through {
        let person = grants.iter().find(|grant| grant.role == Role::Teacher).and_then(|grant| grant.person);
        let account = self.account_of(person).await;
        let (client, authorization, family) = (Uuid::now_v7(), Uuid::now_v7(), Uuid::now_v7());
        put(self, client_row(client)).await;
        put(self, authorization_row(authorization, account, client)).await;
        put(self, family_row(family, client, authorization, second_factor)).await;
        let mut roles = Vec::new();
        for grant in grants.iter().filter(|grant| grant.role != Role::Teacher) {
            let id = Uuid::now_v7();
            put(self, role_grant_row(id, Holder::Account(account), grant)).await;
            roles.push(id);
        }
        let (token, jti) = self.oauth_token(&account.to_string(), client, Some(family), scopes);
        Through { token, account, client, authorization, family, jti, roles }
    }

    /// A system that acts for itself: its client and its token.
    pub async fn system(&self, grants: &[Grant], scopes: &Scopes) -> (Uuid, String) {
        let client = Uuid::now_v7();
        put(self, client_row(client)).await;
        for grant in grants {
            put(self, role_grant_row(Uuid::now_v7(), Holder::Client(client), grant)).await;
        }
        (client, self.oauth_token(&client.to_string(), client, None, scopes).0)
    }

    /// The account of this person, which is made where there is none.
    async fn account_of(&self, person: Option<Uuid>) -> Uuid {
        if let Some(person) = person {
            let known = account::Entity::find().filter(account::Column::PersonId.eq(person));
            if let Some(row) = known.one(self.services.store.reader()).await.unwrap() {
                return row.id;
            }
        }
        let id = Uuid::now_v7();
        put(self, account_row(id, person)).await;
        id
    }

    fn oauth_token(
        &self,
        subject: &str,
        client: Uuid,
        family: Option<Uuid>,
        scopes: &Scopes,
    ) -> (String, Uuid) {
        let (now, jti) = (self.services.clock.now(), Uuid::now_v7());
        let claims = Claims::new(URL, URL, subject, Vec::new(), jti, now, TimeDelta::days(200));
        let claims =
            Claims { client_id: Some(client), scope: Some(oauth_scope::line(scopes)), sid: family, ..claims };
        (token::issue(&self.services.keyring, &claims, now).unwrap(), jti)
    }
}
