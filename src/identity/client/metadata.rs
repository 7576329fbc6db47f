//! What a client says of itself, and that it hangs together; the same for the ministry's registration and for that of
//! strangers (RFC 7591, section 2). Pure.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    jwks, redirect,
    rule::{ClientAuthMethod, ClientGrantType, OAuthClientKind},
};
use crate::{
    access::oauth_scope::Scopes,
    foundation::{
        error::{Fault, Faults, Result},
        text,
    },
};

/// The longest name of a client, in characters.
pub const MAX_NAME: usize = 80;
/// The longest words on whom to write to, in characters.
pub const MAX_CONTACT: usize = 200;

/// What a client says of itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Metadata {
    /// What people are asked to trust.
    pub name: String,
    /// Whether it keeps a secret.
    pub kind: OAuthClientKind,
    /// Where codes may be sent.
    pub redirect_uris: Vec<String>,
    /// What it turns into tokens.
    pub grant_types: BTreeSet<ClientGrantType>,
    /// What it may ask for.
    pub scopes: Scopes,
    /// How it proves itself.
    pub auth_method: ClientAuthMethod,
    /// Its public keys.
    pub jwks: Option<Value>,
    /// Whom to write to about it.
    pub contact: String,
    /// Its page.
    pub homepage: Option<String>,
    /// What it does with data.
    pub policy_uri: Option<String>,
}

/// A page of a client, on the web, by `https`.
///
/// # Errors
/// As [`text::web_address`].
pub fn page(raw: &str) -> std::result::Result<String, Fault> {
    let address = text::web_address(raw)?;
    if address.starts_with("https://") { Ok(address) } else { Err(Fault::new("", "url_malformed")) }
}

impl Metadata {
    /// That everything is sound and hangs together; texts come back in their normal form.
    ///
    /// # Errors
    /// `invalid` with every fault.
    pub fn checked(mut self) -> Result<Self> {
        let mut faults = Faults::new();
        self.name = faults.take("/name", text::line(&self.name, MAX_NAME)).unwrap_or_default();
        self.contact = faults.take("/contact", text::line(&self.contact, MAX_CONTACT)).unwrap_or_default();
        self.homepage = self.homepage.and_then(|raw| faults.take("/homepage", page(&raw)));
        self.policy_uri = self.policy_uri.and_then(|raw| faults.take("/policyUri", page(&raw)));
        if let Some(jwks) = &self.jwks {
            faults.take("/jwks", jwks::check(jwks));
        }
        self.check_addresses(&mut faults);
        self.check_grants(&mut faults);
        self.check_proof(&mut faults);
        faults.done()?;
        Ok(self)
    }

    fn check_addresses(&self, faults: &mut Faults) {
        for (at, uri) in self.redirect_uris.iter().enumerate() {
            faults.take(&format!("/redirectUris/{at}"), redirect::check(uri));
            let seen = self.redirect_uris.iter().take(at).any(|other| other == uri);
            faults.require(!seen, &format!("/redirectUris/{at}"), "redirect_uri_repeated");
        }
        if self.redirect_uris.len() > redirect::MOST {
            faults.push(Fault::new("/redirectUris", "redirect_uris_too_many").with("max", redirect::MOST));
        }
        // A code needs somewhere to go; an address without use is one more to watch over.
        let needed = self.grant_types.contains(&ClientGrantType::AuthorizationCode);
        faults.require(
            needed != self.redirect_uris.is_empty(),
            "/redirectUris",
            if needed { "redirect_uri_missing" } else { "redirect_uri_without_use" },
        );
    }

    fn check_grants(&self, faults: &mut Faults) {
        use ClientGrantType::{AuthorizationCode, ClientCredentials, RefreshToken};
        faults.require(!self.grant_types.is_empty(), "/grantTypes", "grant_types_missing");
        faults.require(!self.scopes.is_empty(), "/scopes", "client_scopes_missing");
        let refreshes = self.grant_types.contains(&RefreshToken);
        faults.require(
            !refreshes || self.grant_types.contains(&AuthorizationCode),
            "/grantTypes",
            "refresh_without_code",
        );
        let for_itself = self.grant_types.contains(&ClientCredentials);
        faults.require(
            !for_itself || self.kind == OAuthClientKind::Confidential,
            "/grantTypes",
            "public_client_for_itself",
        );
    }

    fn check_proof(&self, faults: &mut Faults) {
        let keeps_none = self.auth_method == ClientAuthMethod::None;
        faults.require(
            keeps_none == (self.kind == OAuthClientKind::Public),
            "/authMethod",
            "auth_method_not_of_kind",
        );
        let signs = self.auth_method == ClientAuthMethod::PrivateKeyJwt;
        faults.require(
            signs == self.jwks.is_some(),
            "/jwks",
            if signs { "jwks_missing" } else { "jwks_without_use" },
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{access::oauth_scope::OAuthScope, foundation::error::Error};
    use proptest::prelude::*;

    fn app() -> Metadata {
        Metadata {
            name: "Aplikasi Guru".to_owned(),
            kind: OAuthClientKind::Public,
            redirect_uris: vec!["id.sekolah.app:/callback".to_owned()],
            grant_types: [ClientGrantType::AuthorizationCode, ClientGrantType::RefreshToken].into(),
            scopes: [OAuthScope::CertificatesRead].into(),
            auth_method: ClientAuthMethod::None,
            jwks: None,
            contact: "dev@sekolah.id".to_owned(),
            homepage: None,
            policy_uri: None,
        }
    }

    fn codes(metadata: Metadata) -> Vec<(String, &'static str)> {
        match metadata.checked() {
            Err(Error::Invalid(faults)) => faults.into_iter().map(|f| (f.pointer, f.code)).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn an_app_and_a_system_hang_together() {
        assert_eq!(app().checked().unwrap(), app());
        let system = Metadata {
            kind: OAuthClientKind::Confidential,
            redirect_uris: Vec::new(),
            grant_types: [ClientGrantType::ClientCredentials].into(),
            auth_method: ClientAuthMethod::ClientSecretBasic,
            ..app()
        };
        assert!(system.checked().is_ok());
    }

    #[test]
    fn every_fault_is_told_at_once() {
        let bad = Metadata {
            name: " ".to_owned(),
            redirect_uris: vec!["http://localhost/".to_owned()],
            grant_types: [ClientGrantType::ClientCredentials].into(),
            scopes: Scopes::new(),
            auth_method: ClientAuthMethod::PrivateKeyJwt,
            homepage: Some("http://sekolah.id".to_owned()),
            ..app()
        };
        assert_eq!(
            codes(bad),
            [
                ("/name".to_owned(), "text_missing"),
                ("/homepage".to_owned(), "url_malformed"),
                ("/redirectUris/0".to_owned(), "redirect_uri_not_allowed"),
                ("/redirectUris".to_owned(), "redirect_uri_without_use"),
                ("/scopes".to_owned(), "client_scopes_missing"),
                ("/grantTypes".to_owned(), "public_client_for_itself"),
                ("/authMethod".to_owned(), "auth_method_not_of_kind"),
                ("/jwks".to_owned(), "jwks_missing"),
            ]
        );
    }

    proptest! {
        #[test]
        fn whatever_is_taken_keeps_the_rules_of_its_kind(
            kind in 0..2_usize, method in 0..3_usize, grants in proptest::collection::btree_set(0..3_usize, 0..4),
            addresses in 0..3_usize,
        ) {
            let metadata = Metadata {
                kind: OAuthClientKind::ALL[kind],
                auth_method: ClientAuthMethod::ALL[method],
                grant_types: grants.into_iter().map(|at| ClientGrantType::ALL[at]).collect(),
                redirect_uris: (0..addresses).map(|n| format!("https://app.sekolah.id/{n}")).collect(),
                ..app()
            };
            if let Ok(taken) = metadata.checked() {
                let public = taken.kind == OAuthClientKind::Public;
                prop_assert_eq!(public, taken.auth_method == ClientAuthMethod::None);
                prop_assert!(!public || !taken.grant_types.contains(&ClientGrantType::ClientCredentials));
                prop_assert_eq!(
                    taken.grant_types.contains(&ClientGrantType::AuthorizationCode), !taken.redirect_uris.is_empty());
            }
        }
    }
}
