//! Corrections that persons ask for in their own records.

use super::{Reach::*, Row};
use crate::access::{action::Action::*, grant::Role::*};

/// Who may do what there.
pub const CORRECTION: &[Row] = &[
    // Whoever changes the record decides.
    (Ministry, CorrectionRead, Everywhere),
    (Ministry, CorrectionAccept, Everywhere),
    (Ministry, CorrectionReject, Everywhere),
    (RegionalOfficer, CorrectionRead, Region),
    (RegionalOfficer, CorrectionAccept, Region),
    (RegionalOfficer, CorrectionReject, Region),
    // Everybody asks for their own.
    (Principal, CorrectionRead, Own),
    (Principal, CorrectionRequest, Own),
    (Principal, CorrectionWithdraw, Own),
    (ResourcePerson, CorrectionRead, Own),
    (ResourcePerson, CorrectionRequest, Own),
    (ResourcePerson, CorrectionWithdraw, Own),
    (Teacher, CorrectionRead, Own),
    (Teacher, CorrectionRequest, Own),
    (Teacher, CorrectionWithdraw, Own),
];
