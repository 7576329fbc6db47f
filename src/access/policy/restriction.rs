//! Restricting the use of a record: by the person, by an officer of their region for them, and by the ministry. Who may
//! lift it is narrower still, by who set it (`directory::restriction::rule`).

use super::{Reach::*, Row};
use crate::access::{action::Action::*, grant::Role::*};

/// Who may do what there.
pub const RESTRICTION: &[Row] = &[
    (Ministry, RestrictionRead, Everywhere),
    (Ministry, RestrictionSet, Everywhere),
    (Ministry, RestrictionLift, Everywhere),
    (RegionalOfficer, RestrictionRead, Region),
    (RegionalOfficer, RestrictionSet, Region),
    (RegionalOfficer, RestrictionLift, Region),
    (Principal, RestrictionRead, Own),
    (Principal, RestrictionSet, Own),
    (Principal, RestrictionLift, Own),
    (ResourcePerson, RestrictionRead, Own),
    (ResourcePerson, RestrictionSet, Own),
    (ResourcePerson, RestrictionLift, Own),
    (Teacher, RestrictionRead, Own),
    (Teacher, RestrictionSet, Own),
    (Teacher, RestrictionLift, Own),
];
