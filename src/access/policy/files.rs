//! Files beside what communities make.

use super::{Reach::*, Row};
use crate::access::{action::Action::*, grant::Role::*};

/// Who may do what there.
pub const FILES: &[Row] = &[
    // Whoever brought a file or is an author, among the members; nobody from outside.
    (Principal, ArtefactDetach, Member),
    (Teacher, ArtefactDetach, Member),
];
