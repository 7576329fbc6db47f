//! How long what is held stays.

use super::{Reach::*, Row};
use crate::access::{action::Action::*, grant::Role::*};

/// Who may do what there.
pub const RETENTION: &[Row] = &[
    // It counts rows of everybody: for whoever answers for all of it.
    (Ministry, RetentionRuleRead, Everywhere),
];
