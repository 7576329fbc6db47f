//! Consent to optional sharing: the person's alone to give and to take back. Whoever answers for the registry can prove
//! that it was given (UU 27/2022, article 24).

use super::{Reach::*, Row};
use crate::access::{action::Action::*, grant::Role::*};

/// Who may do what there.
pub const SHARING: &[Row] = &[
    (Ministry, SharingConsentRead, Everywhere),
    (Principal, SharingConsentRead, Own),
    (Principal, SharingConsentGive, Own),
    (Principal, SharingConsentWithdraw, Own),
    (ResourcePerson, SharingConsentRead, Own),
    (ResourcePerson, SharingConsentGive, Own),
    (ResourcePerson, SharingConsentWithdraw, Own),
    (Teacher, SharingConsentRead, Own),
    (Teacher, SharingConsentGive, Own),
    (Teacher, SharingConsentWithdraw, Own),
];
