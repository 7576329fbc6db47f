//! Sessions of browsers.

use uuid::Uuid;

/// Who is signed in in a browser.
#[derive(Debug, Clone)]
pub struct Session {
    /// Their account.
    pub account: Uuid,
    /// Who that is in the directory, where they are in it.
    pub person: Option<Uuid>,
    /// What they are called.
    pub name: String,
    /// Whether they proved a second factor.
    pub second_factor: bool,
    /// What every form of this session sends back.
    pub csrf: String,
}
