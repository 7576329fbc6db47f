//! Who may do what: grants, the permission table, the scopes queries start from,
//! keys and tokens, and the context that every command and read runs in.

pub mod action;
pub mod actor;
pub mod client_use;
pub mod context;
pub mod grant;
pub mod jws;
pub mod keys;
pub mod looks;
pub mod nik;
pub mod oauth_scope;
pub mod policy;
pub mod proof;
pub mod provider;
pub mod purpose;
pub mod rates;
pub mod scope;
pub mod seal;
pub mod token;
pub mod veil;
