//! Who can sign in.

use super::{Reach::*, Row};
use crate::access::{action::Action::*, grant::Role::*};

/// Who may do what there.
pub const ACCOUNT: &[Row] = &[
    (Ministry, AccountRead, Everywhere),
    (Ministry, AccountInvite, Everywhere),
    (Ministry, AccountBlock, Everywhere),
    (Ministry, AccountUnblock, Everywhere),
    (Ministry, AccountSendReset, Everywhere),
    // Whoever takes a second factor away could be the one it protects against: the ministry alone.
    (Ministry, AccountRemoveSecondFactor, Everywhere),
    (RegionalOfficer, AccountRead, Region),
    (RegionalOfficer, AccountInvite, Region),
    (RegionalOfficer, AccountBlock, Region),
    (RegionalOfficer, AccountUnblock, Region),
    (RegionalOfficer, AccountSendReset, Region),
];
