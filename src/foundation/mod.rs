//! What every noun needs and no noun owns: errors, time, ids, the store, the one
//! way to write, pages, events, languages. Knows no noun.

pub mod bounded;
pub mod chain;
pub mod clock;
pub mod domain_enum;
pub mod error;
pub mod event;
pub mod id;
pub mod language;
pub mod page;
pub mod patch;
pub mod prefix;
pub mod store;
pub mod text;
pub mod trail;
pub mod transaction;
pub mod version;
