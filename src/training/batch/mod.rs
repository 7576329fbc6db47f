//! A batch (angkatan) is one running of a program: a place, dates, a number of
//! seats, a registration window, a selection rule and a cost. It is `direct` when
//! a verified resource person teaches the participants, `cascade` when
//! participants of an earlier batch pass it on; only direct hours count for coverage.

pub mod input;
pub mod lock;
pub mod ranking;
pub mod read;
pub mod rule;
pub mod seats;
pub mod state;
pub mod view;
pub mod write;
