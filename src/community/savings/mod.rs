//! What a community saved (penghematan) by learning among colleagues, against outside trainings of the same
//! hours: the rule is shown with every term it was worked out from, so that anybody can check it.

pub mod read;
pub mod rule;
pub mod view;
