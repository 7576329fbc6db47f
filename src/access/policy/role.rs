//! Roles that accounts and clients hold. How far each may be given is `identity::role::delegation`'s: it narrows what
//! stands here.

use super::{Reach::*, Row};
use crate::access::{action::Action::*, grant::Role::*};

/// Who may do what there.
pub const ROLES: &[Row] = &[
    (Ministry, RoleGrantRead, Everywhere),
    (Ministry, RoleGrantGive, Everywhere),
    (Ministry, RoleGrantWithdraw, Everywhere),
    // An officer appoints in the region.
    (RegionalOfficer, RoleGrantRead, Region),
    (RegionalOfficer, RoleGrantGive, Region),
    (RegionalOfficer, RoleGrantWithdraw, Region),
    // A provider's staff appoint each other.
    (ProviderStaff, RoleGrantRead, Organisation),
    (ProviderStaff, RoleGrantGive, Organisation),
    (ProviderStaff, RoleGrantWithdraw, Organisation),
    // Every account of a person is a teacher's: what one holds one sees, and may give up.
    (Teacher, RoleGrantRead, Own),
    (Teacher, RoleGrantWithdraw, Own),
    // Who holds one without being a person of the directory sees and gives up what their account holds.
    (Moderator, RoleGrantRead, Account),
    (Moderator, RoleGrantWithdraw, Account),
    (Principal, RoleGrantRead, Account),
    (Principal, RoleGrantWithdraw, Account),
    (ResourcePerson, RoleGrantRead, Account),
    (ResourcePerson, RoleGrantWithdraw, Account),
    (MinistrySystem, RoleGrantRead, Everywhere),
];
