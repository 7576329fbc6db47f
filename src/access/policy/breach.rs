//! The register of breaches of personal data.

use super::{Reach::*, Row};
use crate::access::{action::Action::*, grant::Role::*};

/// Who may do what there.
pub const BREACHES: &[Row] = &[
    // Who answers for the data before the authority, and nobody else: a hole that is not closed yet is not for others to read of.
    (Ministry, BreachRead, Everywhere),
    (Ministry, BreachRecord, Everywhere),
    (Ministry, BreachUpdate, Everywhere),
    (Ministry, BreachContain, Everywhere),
    (Ministry, BreachNotifyAuthority, Everywhere),
    (Ministry, BreachNotifyPersons, Everywhere),
    (Ministry, BreachClose, Everywhere),
    (Ministry, BreachReopen, Everywhere),
];
