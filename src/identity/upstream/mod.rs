//! Signing in with an account that people have elsewhere (OpenID Connect Core 1.0, the code flow with PKCE): several
//! providers at once, by configuration only. A provider proves who somebody is; whom that is here, the link between the
//! two accounts says. Nobody gets an account by it: accounts are given by whoever knows the person (ADR 34).

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use serde::{Deserialize, Serialize};

use crate::{
    access::{context::Services, provider::Provider},
    foundation::error::{Error, Result},
};

mod back;
mod discovery;
mod fetch;
mod link;
pub mod linked;
pub mod rule;
mod start;
mod token;

pub use back::{Arrived, Back, finish};
pub use start::{COOKIE_SECONDS, Started, start};

use discovery::Kept;
use fetch::Fetch;

/// Why somebody who came through a provider is not signed in. Each has a page of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The provider does not answer, or not as agreed.
    Away,
    /// The person, or the provider, said no.
    Denied,
    /// Nobody began this sign-in here, not in this browser, not with this provider, too long ago, or it was used.
    Lost,
    /// What the provider said is not proven.
    Untrusted,
    /// The provider did not say, or has not verified, what we know people by.
    Unverified,
    /// Not of an organisation whose people may come this way.
    Outside,
    /// No account here belongs to them, or more than one might.
    NoAccount,
    /// Their account here belongs to another account of this provider.
    LinkedOtherwise,
    /// Their account here is blocked.
    Blocked,
}

impl Refusal {
    /// The end of the keys of its texts.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Away => "away",
            Self::Denied => "denied",
            Self::Lost => "lost",
            Self::Untrusted => "untrusted",
            Self::Unverified => "unverified",
            Self::Outside => "outside",
            Self::NoAccount => "no-account",
            Self::LinkedOtherwise => "linked-otherwise",
            Self::Blocked => "blocked",
        }
    }

    /// Every one.
    pub const ALL: [Self; 9] = [
        Self::Away,
        Self::Denied,
        Self::Lost,
        Self::Untrusted,
        Self::Unverified,
        Self::Outside,
        Self::NoAccount,
        Self::LinkedOtherwise,
        Self::Blocked,
    ];
}

/// What comes of a step: it went on, or was refused with a reason for the page.
pub type Step<T> = Result<std::result::Result<T, Refusal>>;

/// The providers that sign people in, in the order of the settings.
pub fn providers(services: &Services) -> &[Provider] {
    &services.settings.providers
}

/// The provider of this name.
///
/// # Errors
/// `not_found` (an address) when there is none.
pub fn provider<'a>(services: &'a Services, name: &str) -> Result<&'a Provider> {
    let found = providers(services).iter().find(|provider| provider.name == name);
    found.ok_or(Error::NotFound(crate::foundation::error::ADDRESS))
}

/// What a process knows of its providers: their addresses and keys, read when first needed and again when too old.
#[derive(Default)]
pub struct Upstream {
    client: std::sync::OnceLock<Option<reqwest::Client>>,
    known: Mutex<HashMap<String, Arc<Kept>>>,
}

impl Upstream {
    /// Nothing known so far.
    pub fn new() -> Self {
        Self::default()
    }

    /// What asks `provider`; none where this machine has no certificates to trust.
    fn fetch(&self, provider: &Provider) -> Option<Fetch> {
        let client = self.client.get_or_init(fetch::client).clone()?;
        Some(Fetch::new(client, provider))
    }
}

/// Where the provider sends people back to; registered there.
pub fn back_url(services: &Services, provider: &Provider) -> String {
    format!("{}/sign-in/back/{}", services.settings.public_url, provider.name)
}
