//! Apps and systems that ask for tokens.

use super::{Reach::*, Row};
use crate::access::{action::Action::*, grant::Role::*};

/// Who may do what there.
pub const CLIENT: &[Row] = &[
    // Who is let in decides what people are asked to trust: that is the ministry's, and nobody else's.
    (Ministry, OAuthClientRead, Everywhere),
    (Ministry, OAuthClientRegister, Everywhere),
    (Ministry, OAuthClientUpdate, Everywhere),
    (Ministry, OAuthClientApprove, Everywhere),
    (Ministry, OAuthClientRefuse, Everywhere),
    (Ministry, OAuthClientSuspend, Everywhere),
    (Ministry, OAuthClientResume, Everywhere),
    (Ministry, OAuthClientSecretCreate, Everywhere),
    (Ministry, OAuthClientSecretWithdraw, Everywhere),
];
