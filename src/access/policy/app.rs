//! What apps may do for one: everybody who signs in sees and withdraws it for themselves, and nobody for others.

use super::{Reach::*, Row};
use crate::access::{action::Action::*, grant::Role::*};

/// Who may do what there.
pub const APP: &[Row] = &[
    (Ministry, AppAuthorizationRead, Account),
    (Ministry, AppAuthorizationWithdraw, Account),
    (RegionalOfficer, AppAuthorizationRead, Account),
    (RegionalOfficer, AppAuthorizationWithdraw, Account),
    (ProviderStaff, AppAuthorizationRead, Account),
    (ProviderStaff, AppAuthorizationWithdraw, Account),
    (Principal, AppAuthorizationRead, Account),
    (Principal, AppAuthorizationWithdraw, Account),
    (ResourcePerson, AppAuthorizationRead, Account),
    (ResourcePerson, AppAuthorizationWithdraw, Account),
    (Teacher, AppAuthorizationRead, Account),
    (Teacher, AppAuthorizationWithdraw, Account),
    (Moderator, AppAuthorizationRead, Account),
    (Moderator, AppAuthorizationWithdraw, Account),
];
