//! The authorization server: apps that act for people, systems that act for themselves, and each way in which that can
//! be attacked.

mod access;
mod apps;
mod clients;
mod consent;
mod flow;
mod pages;
mod possession;
mod refresh;
mod stage;
mod system;

pub use stage::{Stage, VERIFIER};
