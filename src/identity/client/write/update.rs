//! Changing what a client says of itself.

use entity::oauth_client::Model;
use serde_json::json;

use super::{lock, store};
use crate::{
    access::{
        action::Action,
        actor::Place,
        context::{Command, Work},
    },
    foundation::{
        error::{Error, Fault, Faults, Result},
        patch, version,
    },
    identity::client::{
        input::UpdateOAuthClientInput,
        jwks,
        metadata::Metadata,
        rule::OAuthClientStatus,
        view::{self, OAuthClient, OAuthClientId},
    },
};

/// Changes a client. What it was trusted with changes at once: codes for an address that is gone, and scopes that
/// were taken away, are good for nothing.
pub struct UpdateOAuthClient {
    /// Which one.
    pub id: OAuthClientId,
    /// The version the caller read.
    pub version: Option<i64>,
    /// The changes.
    pub input: UpdateOAuthClientInput,
}

impl Command for UpdateOAuthClient {
    type Output = OAuthClient;
    const ACTION: Action = Action::OAuthClientUpdate;

    async fn run(&self, work: &Work<'_>) -> Result<OAuthClient> {
        let found = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &Place::default())?;
        version::check(self.version, found.version)?;
        let status = OAuthClientStatus::parse(&found.status);
        if !status.map_err(|f| Error::internal("oauth_client.status", f.code))?.is_open() {
            return Err(Error::conflict("oauth_client_was_refused"));
        }
        let mut row = self.changed(&found)?;
        let said = view::metadata(&row)?.checked()?;
        put(&mut row, said);
        if row == found {
            return found.try_into();
        }
        store(work, &permit, &found, row, "oauth_client.updated").await?.try_into()
    }
}

impl UpdateOAuthClient {
    /// The row with the changes, not yet checked as a whole.
    fn changed(&self, found: &Model) -> Result<Model> {
        let (input, mut row) = (&self.input, found.clone());
        let mut faults = Faults::new();
        let mut text = |pointer: &str, change| -> Option<String> {
            patch::required(&mut faults, pointer, change, |text: &String| Ok(text.clone()))
        };
        row.name = text("/name", &input.name).unwrap_or(row.name);
        row.contact = text("/contact", &input.contact).unwrap_or(row.contact);
        let uris = patch::required(&mut faults, "/redirectUris", &input.redirect_uris, |all| Ok(json!(all)));
        row.redirect_uris = uris.unwrap_or(row.redirect_uris);
        let scopes = patch::required(&mut faults, "/scopes", &input.scopes, |all| Ok(json!(all)));
        row.scopes = scopes.unwrap_or(row.scopes);
        let dpop = patch::required(&mut faults, "/dpopRequired", &input.dpop_required, |yes| Ok(*yes));
        row.dpop_required = dpop.unwrap_or(row.dpop_required);
        let known = patch::required(&mut faults, "/persistedOnly", &input.persisted_only, |yes| Ok(*yes));
        row.persisted_only = known.unwrap_or(row.persisted_only);
        let as_it_is = |text: &String| -> std::result::Result<String, Fault> { Ok(text.clone()) };
        if let Some(homepage) = patch::optional(&mut faults, "/homepage", &input.homepage, as_it_is) {
            row.homepage = homepage;
        }
        if let Some(policy) = patch::optional(&mut faults, "/policyUri", &input.policy_uri, as_it_is) {
            row.policy_uri = policy;
        }
        if let Some(set) = patch::optional(&mut faults, "/jwks", &input.jwks, |text| jwks::parse(text)) {
            row.jwks = set;
        }
        faults.done()?;
        Ok(row)
    }
}

/// What was checked, in its normal form.
fn put(row: &mut Model, said: Metadata) {
    row.name = said.name;
    row.contact = said.contact;
    row.homepage = said.homepage;
    row.policy_uri = said.policy_uri;
    row.scopes = json!(said.scopes);
}
