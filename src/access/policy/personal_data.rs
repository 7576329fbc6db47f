//! The copy of what is held on a person: theirs, and nobody's by office, region or ministry.

use super::{Reach::*, Row};
use crate::access::{action::Action::*, grant::Role::*};

/// Who may do what there.
pub const PERSONAL_DATA: &[Row] = &[
    (Principal, PersonalDataRead, Own),
    (ResourcePerson, PersonalDataRead, Own),
    (Teacher, PersonalDataRead, Own),
];
