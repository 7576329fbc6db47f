//! Which documents a pinned app may send.

use super::{Reach::*, Row};
use crate::access::{action::Action::*, grant::Role::*};

/// Who may do what there: whoever looks after apps.
pub const DOCUMENT: &[Row] = &[
    (Ministry, ClientDocumentRead, Everywhere),
    (Ministry, ClientDocumentRegister, Everywhere),
    (Ministry, ClientDocumentDelete, Everywhere),
];
