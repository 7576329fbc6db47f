//! What communities improve.

use super::{Reach::*, Row};
use crate::access::{action::Action::*, grant::Role::*};

/// Who may do what there.
pub const IMPROVEMENT: &[Row] = &[
    // Whoever looks after a region or the country sees what is improved; it is changed by those whose it is.
    (Ministry, ImprovementRead, Everywhere),
    (RegionalOfficer, ImprovementRead, Region),
    // A principal works on what the groups of the school improve, and on what falls to them in their own groups.
    (Principal, ImprovementRead, School),
    (Principal, ImprovementRead, Member),
    (Principal, ImprovementCreate, School),
    (Principal, ImprovementUpdate, School),
    (Principal, ImprovementAgree, School),
    (Principal, ImprovementStart, School),
    (Principal, ImprovementNote, School),
    (Principal, ImprovementReview, School),
    (Principal, ImprovementClose, School),
    (Principal, ImprovementReopen, School),
    (Principal, ImprovementDrop, School),
    (Principal, ImprovementLink, School),
    (Principal, ImprovementUnlink, School),
    (Principal, ImprovementCreate, Officer),
    (Principal, ImprovementUpdate, Officer),
    (Principal, ImprovementAgree, Officer),
    (Principal, ImprovementStart, Officer),
    (Principal, ImprovementNote, Officer),
    (Principal, ImprovementReview, Officer),
    (Principal, ImprovementClose, Officer),
    (Principal, ImprovementReopen, Officer),
    (Principal, ImprovementDrop, Officer),
    (Principal, ImprovementLink, Officer),
    (Principal, ImprovementUnlink, Officer),
    (Principal, ImprovementNote, Own),
    (Principal, ImprovementReview, Own),
    // Officers lead the way; whoever looks after an item says how it goes and what came of it.
    (Teacher, ImprovementRead, Member),
    (Teacher, ImprovementCreate, Officer),
    (Teacher, ImprovementUpdate, Officer),
    (Teacher, ImprovementAgree, Officer),
    (Teacher, ImprovementStart, Officer),
    (Teacher, ImprovementNote, Officer),
    (Teacher, ImprovementReview, Officer),
    (Teacher, ImprovementClose, Officer),
    (Teacher, ImprovementReopen, Officer),
    (Teacher, ImprovementDrop, Officer),
    (Teacher, ImprovementLink, Officer),
    (Teacher, ImprovementUnlink, Officer),
    (Teacher, ImprovementNote, Own),
    (Teacher, ImprovementReview, Own),
    // A ministry system reads, and changes nothing.
    (MinistrySystem, ImprovementRead, Everywhere),
];
