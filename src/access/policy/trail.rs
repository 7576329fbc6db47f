//! The audit trail.

use super::{Reach::*, Row};
use crate::access::{action::Action::*, grant::Role::*};

/// Who may do what there.
pub const TRAIL: &[Row] = &[
    // Those who answer for what happened, and nobody else: it shows what things were before.
    (Ministry, AuditEntryRead, Everywhere),
    (RegionalOfficer, AuditEntryRead, Region),
];
