//! Upstream OpenID providers, as whoever runs the service names them: where people sign in with an account they have
//! already (belajar.id, the madrasah account). Which of our accounts that is, `identity::upstream` decides.

use serde::Serialize;

/// Signature algorithms of ID tokens that may be named. None of them works with a shared secret: what only proves that
/// somebody knows the client's secret proves nothing about the provider.
pub const ALGORITHMS: &[&str] =
    &["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"];

/// One provider. Its secret is in no output.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Provider {
    /// Its name in addresses: 1 to 32 of a-z, 0-9 and dashes. Links of accounts keep it.
    pub name: String,
    /// What stands on its button.
    pub label: String,
    /// Its issuer identifier (OpenID Connect Discovery 1.0, section 3), letter by letter.
    pub issuer: String,
    /// What it calls us.
    pub client_id: String,
    /// What proves that it is us.
    #[serde(skip_serializing)]
    pub client_secret: String,
    /// The claim by which an account is found the first time: `email` (verified) by the account's address, `nuptk` by
    /// the person's teacher number, any other by what the account signs in with.
    #[serde(rename = "match")]
    pub claim: String,
    /// The only organisations or mail domains whose people may come; all where empty.
    pub domains: Vec<String>,
    /// With which algorithms its ID tokens may be signed.
    pub algorithms: Vec<String>,
    /// What we ask it for besides `openid`.
    pub scopes: Vec<String>,
    /// In which language its pages are asked for; the reader's where none is named.
    pub language: Option<String>,
}

impl std::fmt::Debug for Provider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Provider")
            .field("name", &self.name)
            .field("issuer", &self.issuer)
            .finish_non_exhaustive()
    }
}
