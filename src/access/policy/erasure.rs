//! Being erased. Whoever decides is neither whom it is about nor who asked; the command sees to that.

use super::{Reach::*, Row};
use crate::access::{action::Action::*, grant::Role::*};

/// Who may do what there.
pub const ERASURE: &[Row] = &[
    (Ministry, ErasureRead, Everywhere),
    (Ministry, ErasurePreview, Everywhere),
    (Ministry, ErasureRequest, Everywhere),
    (Ministry, ErasureWithdraw, Everywhere),
    // It cannot be undone: the ministry alone.
    (Ministry, ErasureApprove, Everywhere),
    (Ministry, ErasureReject, Everywhere),
    // For whoever does not use the service themselves.
    (RegionalOfficer, ErasureRead, Region),
    (RegionalOfficer, ErasurePreview, Region),
    (RegionalOfficer, ErasureRequest, Region),
    (RegionalOfficer, ErasureWithdraw, Region),
    (Principal, ErasureRead, Own),
    (Principal, ErasurePreview, Own),
    (Principal, ErasureRequest, Own),
    (Principal, ErasureWithdraw, Own),
    (ResourcePerson, ErasureRead, Own),
    (ResourcePerson, ErasurePreview, Own),
    (ResourcePerson, ErasureRequest, Own),
    (ResourcePerson, ErasureWithdraw, Own),
    (Teacher, ErasureRead, Own),
    (Teacher, ErasurePreview, Own),
    (Teacher, ErasureRequest, Own),
    (Teacher, ErasureWithdraw, Own),
];
