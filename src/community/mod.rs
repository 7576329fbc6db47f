//! What teachers do among themselves: communities (KKG, MGMP, learning communities, book clubs), who is in
//! them, when they meet and what they do there. Peer sharing is neither direct nor cascade training: it is
//! community activity, with its own record and its own credit. Points to the directory, training and
//! certification; nothing below points here.

pub mod activity;
pub mod artefact;
pub mod article;
pub mod book;
pub mod calendar;
pub mod coaching;
mod colleague;
pub mod credit;
pub mod discussion;
pub mod group;
pub mod identity;
pub mod improvement;
pub mod live;
pub mod membership;
pub mod moderation;
pub mod observation;
pub mod office;
pub mod partner;
pub mod proposal;
pub mod recognition;
pub mod savings;
pub mod series;
