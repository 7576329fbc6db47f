//! A certificate (sertifikat): the signed claim that a person completed a program
//! worth a number of JP. Its payload is frozen at issue and never changes; what
//! changes is only its state (valid, suspended, revoked, superseded), kept beside it. The one
//! exception is the holder's erasure ([`redact`]).

pub mod dates;
pub mod filter;
pub mod integrity;
pub mod mask;
pub mod number;
pub mod payload;
pub mod read;
pub mod redact;
pub mod rule;
pub mod state;
pub mod stored;
pub mod verification_id;
pub mod verify;
pub mod view;
pub mod write;
