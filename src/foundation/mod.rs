//! What every noun needs and no noun owns: errors, time, ids, the store, the one
//! way to write, pages, events, languages. Knows no noun.

pub mod audit;
pub mod blobs;
pub mod bounded;
pub mod chain;
pub mod change;
pub mod clock;
pub mod dates;
pub mod deadline;
pub mod document_check;
pub mod domain_enum;
pub mod error;
pub mod event;
pub mod id;
pub mod language;
pub mod live;
pub mod network;
pub mod page;
pub mod patch;
pub mod places;
pub mod prefix;
pub mod reads;
pub mod store;
pub mod text;
pub mod trail;
pub mod trail_values;
pub mod transaction;
pub mod version;
