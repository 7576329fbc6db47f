//! Who saw what is held on a person: the person reads it, and the ministry, which answers for it. Nobody in between: an
//! officer would read in it which colleagues look at whom.

use super::{Reach::*, Row};
use crate::access::{action::Action::*, grant::Role::*};

/// Who may do what there.
pub const DATA_ACCESS: &[Row] = &[
    (Ministry, DataAccessRead, Everywhere),
    (Principal, DataAccessRead, Own),
    (ResourcePerson, DataAccessRead, Own),
    (Teacher, DataAccessRead, Own),
];
