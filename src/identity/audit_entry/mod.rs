//! An entry of the audit trail: who did what to which things, when, why, through which app, and what it changed. They
//! are written with every change (`foundation::transaction`), never changed, and read here by those who answer for
//! what happened: the ministry, and officers for what lies wholly in their region.

pub mod read;
mod values;
pub mod view;
